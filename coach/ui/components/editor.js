// The editor's half in the browser: it commits what is typed soon after the last key, keeps a copy of what the server has not confirmed,
// and never touches the field while somebody types in it. Text goes through `value` and `textContent` alone, never through markup.

const PREFIX = "coach:unsent:";
const HERE = "coach:here"; // who was here last, and has not left
const PAUSE = 500; // from the last key to the commit
const COPY_PAUSE = 150; // from a key to the copy in this browser
const PATIENCE = 6000; // until a commit without any answer is sent again
const LATEST = 1500; // until a page that was asked for is shown whether the text has arrived or not
const LONG = 20000; // from here on the field has its full height at once: to measure it at each key would be slow
const REMEMBERED = 12; // digests of the last texts that were sent

const desks = new WeakMap(); // one desk for each place on the page
const carets = new Map(); // where the caret was in a field that the page has just taken away

export default function mount({ data, parentElement, setStateValue }) {
  let desk = desks.get(parentElement);
  if (desk !== undefined && desk.key !== keyOf(data)) {
    desk.leave(parentElement);
    desk = undefined;
  }
  if (desk === undefined) {
    desk = new Desk(parentElement, data);
    desks.set(parentElement, desk);
  }
  desk.send = (arrival) => setStateValue("typed", arrival);
  desk.update(data);
  // An earlier run of this function may be cleaned up while the field stays on the page; only a field that is gone is left.
  const leave = () => desk.field.isConnected || desk.leave(parentElement);
  return () => {
    leave();
    setTimeout(leave, 0);
  };
}

const keyOf = (data) => PREFIX + data.who + ":" + data.name;

class Desk {
  constructor(place, data) {
    this.instance = crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.key = keyOf(data);
    this.who = data.who;
    this.field = place.querySelector("textarea");
    this.line = place.querySelector(".state");
    this.number = 0; // of the last change made here
    this.committed = 0; // of the last change that was sent
    this.kept = 0; // of the last change that the server has confirmed
    this.answered = 0; // of the last change that the server has answered, kept or not
    this.base = data.version; // the server's version that this text began from
    this.sent = []; // digests of what was sent from here: such a text on the server is no stranger's
    this.copied = true;
    this.pressed = false; // whether a pointer is down anywhere
    this.composing = false;
    this.focused = 0; // until when the field had the focus
    this.listening = new AbortController();
    this.dress(place, data);
    this.field.value = data.text;
    this.bringBack(data);
    this.listen();
    this.returnCaret();
  }

  get unsaved() {
    return this.number > this.kept;
  }

  dress(place, data) {
    const id = "coach-editor-" + this.instance;
    place.querySelector("label").htmlFor = this.field.id = id;
    this.line.id = id + "-state";
    place.querySelector(".hint").id = id + "-hint";
    this.field.setAttribute("aria-describedby", `${id}-hint ${id}-state`);
    this.label = place.querySelector("label");
    this.hint = place.querySelector(".hint");
    this.field.name = data.name;
  }

  bringBack(data) {
    let copy = null;
    try {
      copy = JSON.parse(sessionStorage.getItem(this.key));
    } catch {
      copy = null; // no storage, or not ours: there is nothing to bring back
    }
    if (copy === null || typeof copy.text !== "string") return;
    this.sent = Array.isArray(copy.sent) ? copy.sent : [];
    if (copy.text === data.text) {
      this.clearCopy();
      return;
    }
    this.field.value = copy.text;
    this.base = this.sent.includes(digest(data.text)) ? data.version : copy.base;
    this.number = 1;
    this.commitSoon(0);
  }

  listen() {
    const on = (target, events, act, options = {}) =>
      events.split(" ").forEach((event) => target.addEventListener(event, act, { signal: this.listening.signal, ...options }));
    on(this.field, "input", () => this.typed());
    on(this.field, "compositionstart", () => (this.composing = true));
    on(this.field, "compositionend", () => {
      this.composing = false;
      this.typed();
    });
    on(this.field, "focus", () => (this.focused = Infinity));
    on(this.field, "blur", () => {
      this.focused = Date.now();
      if (!this.pressed) this.commit();
    });
    // While a button is being pressed, what it does must not move away under the pointer: the text goes right before the click does.
    on(document, "pointerdown", () => (this.pressed = true), { capture: true });
    on(document, "pointerup pointercancel", () => setTimeout(() => this.released(), 50), { capture: true });
    on(document, "click", (event) => this.clicked(event), { capture: true });
    on(window, "popstate", () => this.hold());
    on(window, "pagehide", () => this.hide());
    on(document, "visibilitychange", () => document.visibilityState === "hidden" && this.hide());
    on(window, "online offline", () => this.connection());
    on(window, "beforeunload", (event) => this.unsaved && (!this.copied || !connected()) && event.preventDefault());
    this.watch = new MutationObserver(() => this.connection());
    const app = document.querySelector("[data-test-connection-state]");
    if (app !== null) this.watch.observe(app, { attributes: true, attributeFilter: ["data-test-connection-state"] });
  }

  update(data) {
    this.data = data;
    this.label.textContent = data.label;
    this.hint.textContent = data.hint;
    this.field.placeholder = data.placeholder;
    this.field.style.setProperty("--editor-most", data.height + "px");
    this.field.style.setProperty("--editor-least", Math.max(Math.min(data.height, 120), data.height / 2) + "px");
    this.answer(data);
    this.newer(data);
    this.fit();
    this.tell();
  }

  // What the server says of the changes that were made here.
  answer(data) {
    const of = (token) => (token !== null && token[0] === this.instance ? token[1] : 0);
    const kept = of(data.kept);
    if (kept > this.kept) {
      this.kept = kept;
      this.base = data.kept[2];
      if (this.unsaved) this.copy();
      else this.clearCopy();
    }
    this.answered = Math.max(this.answered, of(data.seen), this.kept);
    if (this.answered >= this.number) this.follow?.();
    if (of(data.dropped) === this.number && this.unsaved) {
      this.show(data);
      this.kept = this.number;
      this.clearCopy();
    }
  }

  // Another text than the one that was typed on stands on the server.
  newer(data) {
    if (this.unsaved && this.answered >= this.committed && data.text === this.field.value) {
      this.base = data.version; // with nothing under way the same text stands here and there
      this.kept = this.number;
      this.clearCopy();
    }
    if (data.version === this.base) return;
    if (!this.unsaved) {
      this.show(data);
    } else if (this.sent.includes(digest(data.text))) {
      this.base = data.version; // it came from here, only its confirmation was lost
      this.commitSoon(0);
    }
  }

  // Show the server's text; the caret stays at the letters where it was.
  show(data) {
    const was = this.field.value;
    this.base = data.version;
    if (was === data.text) return;
    const { selectionStart, selectionEnd, scrollTop } = this.field;
    this.field.value = data.text;
    if (document.activeElement === this.field) {
      this.field.setSelectionRange(moved(selectionStart, was, data.text), moved(selectionEnd, was, data.text));
      this.field.scrollTop = scrollTop;
    }
  }

  typed() {
    this.number += 1;
    this.tell();
    this.fit();
    this.copied = false;
    this.copying ??= setTimeout(() => this.copy(), COPY_PAUSE);
    this.commitSoon(PAUSE);
  }

  commitSoon(wait) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.commit(), wait);
  }

  // Send what stands here and the server does not know; without a connection it is sent once there is one again.
  commit(again = false) {
    clearTimeout(this.waiting);
    if (!this.unsaved || (this.number === this.committed && !again && this.base === this.committedBase)) return;
    if (this.composing) return; // what is being put together counts once it stands
    this.copy();
    if (!connected()) {
      this.tell();
      return;
    }
    const text = this.field.value;
    const over = this.over(text);
    const sum = digest(text);
    this.committed = this.number;
    this.committedBase = this.base;
    if (over === 0 && !this.sent.includes(sum)) this.sent = [...this.sent, sum].slice(-REMEMBERED);
    this.copy();
    this.send({
      who: this.who,
      instance: this.instance,
      number: this.number,
      base: this.base,
      text: over > 0 ? "" : text,
      over,
      sent: this.sent,
    });
    clearTimeout(this.lost);
    this.lost = setTimeout(() => this.answered < this.committed && this.commit(true), PATIENCE);
    this.tell();
  }

  released() {
    if (!this.pressed) return;
    this.pressed = false;
    if (document.activeElement !== this.field) this.commit();
  }

  // A link to another page waits until the text has arrived: a text that is sent while the page changes calls the old page back.
  clicked(event) {
    this.released();
    const link = event.target.closest?.("a[href]");
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    if (!link || !plain || link.target === "_blank" || link.origin !== location.origin) return;
    if (this.passing || !this.unsaved || this.answered >= this.number || !connected()) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    const { href } = link;
    this.follow = () => {
      clearTimeout(late);
      this.follow = undefined;
      this.hold();
      this.passing = true;
      (link.isConnected ? link : [...document.links].find((other) => other.href === href))?.click();
      this.passing = false;
    };
    const late = setTimeout(this.follow, LATEST);
    this.commit();
  }

  // Send nothing while the page changes; what is not sent stays in this browser, and comes back with the field.
  hold() {
    this.copy();
    this.commitSoon(LATEST);
  }

  hide() {
    this.copy();
    this.commit();
  }

  connection() {
    this.tell();
    if (connected() && this.unsaved && this.answered < this.number) setTimeout(() => this.commit(true), 300);
  }

  copy() {
    clearTimeout(this.copying);
    this.copying = undefined;
    if (!this.unsaved) return;
    try {
      if ((sessionStorage.getItem(HERE) ?? this.who) !== this.who) return; // somebody else is here by now
      sessionStorage.setItem(this.key, JSON.stringify({ text: this.field.value, base: this.base, sent: this.sent }));
      this.copied = true;
    } catch {
      this.copied = false; // no room or no storage: the line below the field says so, and leaving the page asks first
    }
  }

  clearCopy() {
    clearTimeout(this.copying);
    this.copying = undefined;
    try {
      sessionStorage.removeItem(this.key);
    } catch {
      // without storage there is no copy
    }
    this.copied = true;
  }

  over(text) {
    const limit = this.data.limit;
    return limit === null || text.length <= limit ? 0 : Math.max(0, points(text) - limit);
  }

  fit() {
    const long = this.field.textLength > LONG;
    this.field.classList.toggle("long", long);
    if (long || CSS.supports("field-sizing", "content")) return;
    this.field.style.height = "auto";
    this.field.style.height = this.field.scrollHeight + 2 + "px";
  }

  tell() {
    const said = this.saying();
    if (this.line.textContent !== said) this.line.textContent = said;
    this.line.classList.toggle("loud", this.loud === true);
  }

  saying() {
    const data = this.data;
    this.loud = false;
    if (data === undefined) return "";
    const near = data.limit !== null && this.field.textLength > 0.9 * data.limit;
    const length = near ? points(this.field.value) : 0;
    const count = near ? ` · ${length.toLocaleString("en-GB")} of ${data.limit.toLocaleString("en-GB")} characters` : "";
    if (!this.unsaved) return (this.field.textLength > 0 || this.kept > 0 ? "Saved" : "") + count;
    if (near && length > data.limit) {
      this.loud = true;
      return `Not saved yet: ${(length - data.limit).toLocaleString("en-GB")} characters too many`;
    }
    if (!connected()) {
      this.loud = true;
      if (!this.copied && this.copying === undefined) return "No connection, and no room in this browser: leave this page open";
      return "No connection: kept in this browser" + count;
    }
    if (data.conflict && this.answered >= this.committed) {
      this.loud = true;
      return "Not saved yet: it was changed elsewhere as well" + count;
    }
    return "Not saved yet" + count;
  }

  returnCaret() {
    const caret = carets.get(this.key);
    carets.delete(this.key);
    if (caret === undefined || Date.now() - caret.at > 1500) return;
    if (document.activeElement !== null && document.activeElement !== document.body) return;
    this.field.focus({ preventScroll: true });
    this.field.setSelectionRange(caret.start, caret.end);
    this.field.scrollTop = caret.top;
  }

  leave(place) {
    this.copy();
    if (Date.now() - this.focused < 200) {
      const { selectionStart: start, selectionEnd: end, scrollTop: top } = this.field;
      carets.set(this.key, { start, end, top, at: Date.now() });
    }
    clearTimeout(this.waiting);
    clearTimeout(this.lost);
    this.listening.abort();
    this.watch.disconnect();
    desks.delete(place);
  }
}

function connected() {
  const app = document.querySelector("[data-test-connection-state]");
  return navigator.onLine && (app === null || app.dataset.testConnectionState === "CONNECTED");
}

// Code points, as Python counts them.
function points(text) {
  let pairs = 0;
  for (let i = 0; i < text.length - 1; i++) {
    if ((text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00) {
      pairs += 1;
      i += 1;
    }
  }
  return text.length - pairs;
}

const TABLE = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let bit = 0; bit < 8; bit++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1;
  return n;
});

// Length and CRC-32 of the UTF-8 bytes: the server counts the same way, and so knows a text that came from here.
function digest(text) {
  const bytes = new TextEncoder().encode(text);
  let sum = 0xffffffff;
  for (const byte of bytes) sum = TABLE[(sum ^ byte) & 0xff] ^ (sum >>> 8);
  return `${bytes.length}:${(sum ^ 0xffffffff) >>> 0}`;
}

// Where a position of the old text lies in the new one: what both begin with and end with stays in place.
function moved(at, was, now) {
  const least = Math.min(was.length, now.length);
  let head = 0;
  while (head < least && was[head] === now[head]) head += 1;
  if (at <= head) return at;
  let tail = 0;
  while (tail < least - head && was[was.length - 1 - tail] === now[now.length - 1 - tail]) tail += 1;
  return at >= was.length - tail ? at + now.length - was.length : head;
}
