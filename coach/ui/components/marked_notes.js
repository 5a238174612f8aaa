// Shows notes with stretches of them marked. Text goes through `textContent` alone. Python counts code points and the browser UTF-16
// units: positions are turned from one into the other here, both ways.

const places = new WeakMap();

export default function mount({ data, parentElement, setTriggerValue }) {
  let notes = places.get(parentElement);
  if (notes === undefined) {
    notes = new Notes(parentElement);
    places.set(parentElement, notes);
  }
  notes.send = (picked) => setTriggerValue("picked", picked);
  notes.update(data);
  const leave = () => {
    if (notes.text.isConnected) return;
    notes.listening.abort();
    places.delete(parentElement);
  };
  return () => {
    leave();
    setTimeout(leave, 0);
  };
}

class Notes {
  constructor(place) {
    this.text = place.querySelector(".text");
    this.title = place.querySelector(".title");
    this.steps = place.querySelector(".steps");
    this.where = place.querySelector(".where");
    this.read = place.querySelector(".read");
    this.pick = place.querySelector(".pick");
    this.legend = place.querySelector(".legend");
    this.title.id = "coach-notes-" + crypto.getRandomValues(new Uint32Array(2)).join("-");
    this.text.setAttribute("aria-labelledby", this.title.id);
    this.chosen = []; // the first piece of each mark of the chosen key
    this.at = 0;
    this.picked = null;
    this.listening = new AbortController();
    const { signal } = this.listening;
    place.querySelector(".back").addEventListener("click", () => this.step(-1), { signal });
    place.querySelector(".on").addEventListener("click", () => this.step(1), { signal });
    this.pick.addEventListener("pointerdown", (event) => event.preventDefault(), { signal }); // keeps the selection
    this.pick.addEventListener("click", () => this.use(), { signal });
    document.addEventListener("selectionchange", () => this.select(), { signal });
    // The text takes a caret, so that the keyboard can select in it, and no change of any kind.
    for (const event of ["beforeinput", "paste", "cut", "drop", "dragstart"]) {
      this.text.addEventListener(event, (happening) => happening.preventDefault(), { signal });
    }
    this.text.addEventListener("input", () => this.write(), { signal });
  }

  update(data) {
    this.data = data;
    this.title.textContent = data.label;
    this.text.style.setProperty("--notes-most", data.height + "px");
    this.pick.hidden = data.pick === null;
    this.pick.textContent = data.pick ?? "";
    const shown = JSON.stringify([data.text, data.marks]);
    const anew = shown !== this.shown;
    if (anew) this.write();
    this.shown = shown;
    if (anew || data.focus !== this.focus) this.look();
    this.focus = data.focus;
  }

  write() {
    const { text, marks } = this.data;
    const units = converter(text);
    const stretches = marks.map(([start, end, kind, key, title], n) => ({ n, start: units(start), end: units(end), kind, key, title }));
    const cuts = [...new Set([0, text.length, ...stretches.flatMap(({ start, end }) => [start, end])])].sort((a, b) => a - b);
    const starts = [...stretches].sort((a, b) => a.start - b.start);
    const whole = document.createDocumentFragment();
    let open = [];
    let next = 0;
    this.pieces = [];
    for (let i = 0; i + 1 < cuts.length; i++) {
      open = open.filter(({ end }) => end > cuts[i]);
      while (next < starts.length && starts[next].start === cuts[i]) open.push(starts[next++]);
      const part = document.createTextNode(text.slice(cuts[i], cuts[i + 1]));
      whole.append(open.length > 0 ? this.marked(part, open) : part);
    }
    this.text.replaceChildren(whole);
    this.picked = null;
    this.pick.disabled = true;
    this.explain(stretches);
  }

  marked(part, open) {
    const mark = document.createElement("mark");
    mark.className = [...new Set(open.map(({ kind }) => kind))].join(" ");
    mark.title = [...new Set(open.map(({ title }) => title))].join("; ");
    mark.setAttribute("aria-description", mark.title);
    mark.append(part);
    this.pieces.push({ mark, open });
    return mark;
  }

  explain(stretches) {
    const kinds = new Map(this.data.kinds);
    const seen = new Set(stretches.map(({ kind }) => kind));
    const items = [...kinds.keys()].filter((kind) => seen.has(kind));
    this.legend.replaceChildren(
      ...items.map((kind) => {
        const item = document.createElement("li");
        const mark = document.createElement("mark");
        mark.className = kind;
        mark.textContent = kinds.get(kind);
        item.append(mark);
        return item;
      }),
    );
    this.legend.hidden = items.length === 0;
  }

  // Bring the marks of the chosen key into view.
  look() {
    const seen = new Set();
    this.chosen = [];
    for (const { mark, open } of this.pieces) {
      const mine = this.data.focus === null ? [] : open.filter(({ key }) => key === this.data.focus);
      mark.classList.toggle("chosen", mine.length > 0);
      if (mine.some(({ n }) => !seen.has(n))) this.chosen.push(mark);
      mine.forEach(({ n }) => seen.add(n));
    }
    this.at = 0;
    this.steps.hidden = this.chosen.length === 0;
    this.tell();
    if (this.chosen.length > 0) this.scroll(this.chosen[0]);
  }

  step(by) {
    this.at = (this.at + by + this.chosen.length) % this.chosen.length;
    this.tell();
    this.scroll(this.chosen[this.at]);
    this.read.textContent = `${this.where.textContent}: ${this.chosen[this.at].textContent}`; // read out where it cannot be seen
  }

  tell() {
    this.pieces.forEach(({ mark }) => mark.classList.toggle("current", mark === this.chosen[this.at]));
    this.where.textContent = this.chosen.length > 0 ? `${this.at + 1} of ${this.chosen.length}` : "";
  }

  scroll(mark) {
    const room = this.text.clientHeight;
    const middle = mark.offsetTop + Math.min(mark.offsetHeight, room) / 2;
    this.text.scrollTop = Math.max(0, middle - room / 2); // the text alone: the page stays where it is
  }

  select() {
    const selection = document.getSelection();
    if (selection === null || selection.rangeCount === 0) return;
    const range = selection.getRangeAt(0);
    if (!this.text.contains(range.commonAncestorContainer)) return;
    const before = document.createRange();
    before.selectNodeContents(this.text);
    before.setEnd(range.startContainer, range.startOffset);
    const start = before.toString().length;
    const words = range.toString();
    const kept = words.trim();
    const from = start + words.indexOf(kept);
    this.picked = kept === "" ? null : [from, from + kept.length];
    this.pick.disabled = this.picked === null;
  }

  use() {
    if (this.picked === null) return;
    const [start, end] = this.picked;
    const first = points(this.data.text, 0, start);
    this.send([first, first + points(this.data.text, start, end)]);
    this.picked = null;
    this.pick.disabled = true;
  }
}

// A function from code points to UTF-16 units; where no character takes two units both are the same.
function converter(text) {
  const pairs = []; // code points of the characters that take two units
  for (let i = 0, at = 0; i < text.length; i++, at++) {
    if (isPair(text, i)) {
      pairs.push(at);
      i += 1;
    }
  }
  return (at) => {
    let low = 0;
    let high = pairs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[middle] < at) low = middle + 1;
      else high = middle;
    }
    return at + low;
  };
}

function points(text, start, end) {
  let count = 0;
  for (let i = start; i < end; i++, count++) if (isPair(text, i)) i += 1;
  return count;
}

function isPair(text, i) {
  return (text.charCodeAt(i) & 0xfc00) === 0xd800 && (text.charCodeAt(i + 1) & 0xfc00) === 0xdc00;
}
