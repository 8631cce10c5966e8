/* The reading page: shows one document after the other, keeps a reader's answers in this
   browser, and exports them as labels.json. Nothing is loaded or sent, and of what is kept
   nothing is text: answers, ticks, and where a mark begins and ends. A note goes into the
   export only. */
(() => {
  "use strict";
  const task = JSON.parse(document.getElementById("task").textContent);
  const QUESTIONS = ["language_correct", "unnatural", "artifacts", "porn"];
  const KEY = `endonym.reading.${task.round}.${task.language}.${task.reader}`;
  const articles = Array.from(document.querySelectorAll("article.document"));
  const ids = articles.map((one) => one.dataset.doc);
  const form = document.getElementById("answers");
  const byId = (id) => document.getElementById(id);
  const say = (message) => { byId("said").textContent = message; };
  let at = 0;
  let labels = {};
  const notes = {};

  const blank = () => ({ language_correct: null, unnatural: null, artifacts: null, porn: null,
                         language: null, observations: [], marks: [] });
  const isTag = (value) => typeof value === "string" && /^[a-z]{3}_[A-Z][a-z]{3}$/.test(value);

  /* Only what is known is taken from storage or a file. */
  function clean(given) {
    const made = blank();
    if (typeof given !== "object" || given === null) return made;
    for (const name of QUESTIONS) if (typeof given[name] === "boolean") made[name] = given[name];
    if (isTag(given.language)) made.language = given.language;
    if (Array.isArray(given.observations)) {
      made.observations = task.observations.filter((one) => given.observations.includes(one));
    }
    if (Array.isArray(given.marks)) {
      made.marks = given.marks.filter((one) => one && task.types.includes(one.type) &&
        [0, 1, 2].includes(one.part) && Number.isInteger(one.start) && one.start >= 0 &&
        Number.isInteger(one.end) && one.end > one.start).slice(0, 200)
        .map(({ part, start, end, type }) => ({ part, start, end, type }));
    }
    return made;
  }
  function load() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(KEY) || "null"); } catch { kept = null; }
    labels = {};
    for (const id of ids) if (kept && kept[id]) labels[id] = clean(kept[id]);
  }
  function save() {
    try { localStorage.setItem(KEY, JSON.stringify(labels)); } catch {
      say("This browser keeps nothing: export before you close the page.");
    }
    progress();
  }
  const label = () => (labels[ids[at]] ??= blank());
  const isComplete = (id) => labels[id] && QUESTIONS.every((name) => labels[id][name] !== null);

  function progress() {
    const done = ids.filter(isComplete).length;
    byId("done").textContent = `${done} of ${ids.length} read`;
    const bar = byId("bar");
    bar.max = ids.length;
    bar.value = done;
  }

  function show() {
    articles.forEach((one, index) => { one.hidden = index !== at; });
    const held = labels[ids[at]] ?? blank();
    for (const name of QUESTIONS) {
      for (const input of form.elements[name]) {
        input.checked = held[name] !== null && input.value === (held[name] ? "yes" : "no");
      }
    }
    byId("other").hidden = held.language_correct !== false;
    byId("language").value = held.language ?? "";
    for (const input of document.querySelectorAll("input[name=observation]")) {
      input.checked = held.observations.includes(input.value);
    }
    byId("note").value = notes[ids[at]] ?? "";
    byId("place").textContent = `Document ${at + 1} of ${ids.length}`;
    marks(held);
    progress();
  }

  function marks(held) {
    byId("marks").replaceChildren(...held.marks.map((mark, index) => {
      const item = document.createElement("li");
      const back = document.createElement("button");
      back.type = "button";
      back.textContent = "Take back";
      const told = `${mark.type}, part ${mark.part + 1}, characters ${mark.start} to ${mark.end}`;
      back.setAttribute("aria-label", `Take back: ${told}`);
      back.addEventListener("click", () => { label().marks.splice(index, 1); save(); show(); });
      item.append(`${told} `, back);
      return item;
    }));
  }

  function go(step) {
    const next = Math.min(Math.max(at + step, 0), ids.length - 1);
    if (next === at) { say(step > 0 ? "This was the last one." : "This is the first one."); return; }
    at = next;
    say("");
    show();
    scrollTo(0, 0);
    articles[at].focus();
  }
  function answer(name, value) {
    label()[name] = value;
    if (name === "language_correct" && value) label().language = null;
    save();
    show();
  }
  function allWell() {
    Object.assign(label(), { language_correct: true, unnatural: false, artifacts: false,
                             porn: false, language: null });
    save();
    if (at < ids.length - 1) go(1);
    else { show(); say("This was the last one."); }
  }
  function unread() {
    const left = ids.findIndex((id, index) => index > at && !isComplete(id));
    const first = ids.findIndex((id) => !isComplete(id));
    if (first < 0) { say("Everything is read: export the labels."); return; }
    at = left < 0 ? first : left;
    show();
    articles[at].focus();
  }

  /* Code points before a place in a text: offsets of browsers count UTF-16 units. */
  const points = (text, units) => Array.from(text.slice(0, units)).length;
  function mark() {
    const chosen = getSelection();
    const range = chosen.rangeCount ? chosen.getRangeAt(0) : null;
    const holder = range && !range.collapsed && range.startContainer === range.endContainer &&
      range.startContainer.nodeType === Node.TEXT_NODE
      ? range.startContainer.parentElement.closest(".part") : null;
    if (!holder || !articles[at].contains(holder)) {
      say("Select the personal data inside one part of the text first.");
      return;
    }
    const text = range.startContainer.data;
    label().marks.push({
      part: Number(holder.dataset.part), type: byId("type").value,
      start: points(text, range.startOffset), end: points(text, range.endOffset),
    });
    save();
    show();
    say("Marked.");
  }

  const today = () => {
    const now = new Date(), two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };
  function exportFile() {
    const made = {
      schema: "endonym.reading-labels/1", round: task.round, release: task.release,
      version: task.version, manifest_root: task.manifest_root, language: task.language,
      reader: task.reader, at: today(),
      labels: ids.filter((id) => labels[id] || notes[id])
        .map((id) => ({ doc_id: id, ...clean(labels[id]), note: notes[id] ?? "" })),
    };
    const blob = new Blob([JSON.stringify(made, null, 1) + "\n"], { type: "application/json" });
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = `labels-${task.language}-${task.reader}-${task.round}.json`;
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
    const open = ids.filter((id) => !isComplete(id)).length;
    say(open ? `Exported; ${open} documents are not answered yet.` : "Exported: all are answered.");
  }
  async function importFile(event) {
    const [chosen] = event.target.files;
    let given = null;
    try { given = JSON.parse(await chosen.text()); } catch { given = null; }
    event.target.value = "";
    const same = given && ["round", "language", "reader"].every((key) => given[key] === task[key]);
    if (!same || !Array.isArray(given.labels)) {
      say("These are no labels of this round, language and reader.");
      return;
    }
    for (const one of given.labels) {
      if (one && ids.includes(one.doc_id)) {
        labels[one.doc_id] = clean(one);
        if (one.note) notes[one.doc_id] = String(one.note).slice(0, 500);
      }
    }
    save();
    show();
    say("Imported.");
  }

  form.addEventListener("change", (event) => {
    const { name, value, checked } = event.target;
    if (QUESTIONS.includes(name)) { answer(name, value === "yes"); return; }
    if (name === "observation") {
      const held = label();
      held.observations = task.observations.filter((one) =>
        one === value ? checked : held.observations.includes(one));
      save();
    }
  });
  form.addEventListener("submit", (event) => { event.preventDefault(); go(1); });
  byId("language").addEventListener("change", (event) => {
    const value = event.target.value.trim();
    if (value && !isTag(value)) { say("Write a tag such as swh_Latn, or nothing."); return; }
    label().language = value || null;
    save();
  });
  byId("note").addEventListener("input", (event) => { notes[ids[at]] = event.target.value; });
  byId("mark").addEventListener("mousedown", (event) => event.preventDefault());
  byId("mark").addEventListener("click", mark);
  byId("well").addEventListener("click", allWell);
  byId("back").addEventListener("click", () => go(-1));
  byId("next").addEventListener("click", () => go(1));
  byId("unread").addEventListener("click", unread);
  byId("export").addEventListener("click", exportFile);
  byId("import").addEventListener("click", () => byId("file").click());
  byId("file").addEventListener("change", importFile);
  addEventListener("keydown", (event) => {
    const kind = event.target.tagName === "INPUT" ? event.target.type : event.target.tagName;
    if (["text", "TEXTAREA", "SELECT"].includes(kind) || event.ctrlKey || event.metaKey ||
        event.altKey) return;
    const number = ["1", "2", "3", "4"].indexOf(event.key);
    if (number >= 0) {
      const name = QUESTIONS[number], held = labels[ids[at]] ?? blank();
      answer(name, held[name] === null ? name !== "language_correct" : !held[name]);
    } else if (event.key === "f") allWell();
    else if (event.key === "m") mark();
    else if (event.key === "u") unread();
    else if (event.key === "ArrowRight" && kind !== "radio") go(1);
    else if (event.key === "ArrowLeft" && kind !== "radio") go(-1);
    else return;
    event.preventDefault();
  });
  document.documentElement.classList.add("is-scripted");
  load();
  show();
})();
