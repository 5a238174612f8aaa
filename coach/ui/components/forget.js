// Unsent copies in this tab belong to the person who typed them: nobody else's stay once somebody is here, and none after a sign-out.

const PREFIX = "coach:unsent:";
const HERE = "coach:here";
const LEAVING = "coach:leaving";
const LEAVE = ".st-key-change_person button, .st-key-leave button";
const LONGEST = 600000; // a sign-out at an identity provider may take its time

let listening = false;

export default function mount({ data, parentElement }) {
  parentElement.querySelector(".coach-tab").hidden = true;
  if (!listening) {
    listening = true;
    document.addEventListener("click", (event) => event.target.closest?.(LEAVE) && note(), { capture: true });
  }
  try {
    const left = data.who === "" && Date.now() - Number(sessionStorage.getItem(LEAVING)) < LONGEST;
    if (data.who !== "" || left) {
      sessionStorage.setItem(HERE, data.who);
      sessionStorage.removeItem(LEAVING);
      forget((key) => left || !key.startsWith(PREFIX + data.who + ":"));
    }
  } catch {
    // without storage there is nothing to forget
  }
}

function note() {
  try {
    sessionStorage.setItem(LEAVING, String(Date.now()));
  } catch {
    // without storage there is nothing to forget
  }
}

function forget(wanted) {
  Object.keys(sessionStorage)
    .filter((key) => key.startsWith(PREFIX) && wanted(key))
    .forEach((key) => sessionStorage.removeItem(key));
}
