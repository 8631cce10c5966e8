/* The steward's desk: turns what a report marks as open to decision into forms, keeps what is
   decided in this browser, and exports it as decisions.json. It loads nothing, sends nothing
   (but to the server that the page came from, if `endonym review serve` gave it), and stores
   no text of any document. Forms are made element by element, never from markup. */
(() => {
  "use strict";

  const SCHEMA = "endonym.decisions/1";
  const DIGEST = /^[0-9a-f]{64}$/;
  const MOST_COMMENT_CHARS = 500;
  /* kind -> [verdict, what it is called, what it asks for] */
  const VERDICTS = {
    source: [["approve", "Approve"], ["quarantine", "Quarantine"], ["drop", "Drop"]],
    licence: [["conclude", "Conclude the licence", "expression"]],
    threshold: [["move", "Move the limit", "number"], ["off", "Switch the limit off"]],
    rule: [["flag", "Flag for work"], ["accept", "Accept as it is"]],
    sample: [["right", "Rightly decided"], ["wrong-removal", "Wrongly removed"],
             ["wrong-mask", "Masked what is no personal data"],
             ["missed-mask", "Personal data left in clear"],
             ["wrong-language", "Wrong language", "tag"]],
    gate: [["note", "Note"], ["return", "Return for work"]],
  };
  const REASONS = ["checked", "evidence-found", "no-evidence", "rights-unclear", "quality",
    "too-harsh", "too-lenient", "small-language", "wrong-language", "personal-data", "harmful",
    "other"];
  const ROLES = ["steward", "technical", "privacy", "rights", "release"];
  const TARGETS = {
    source: /^[a-z0-9][a-z0-9._-]{0,63}$/,
    licence: /^(?:(?:source|host):)?[a-z0-9][a-z0-9._-]{0,252}$/,
    threshold: /^(?:[a-z]{3}_[A-Z][a-z]{3}|default):[a-z][a-z0-9_-]{1,63}$/,
    rule: /^(?:[a-z]{2,16}\/)?[a-z][a-z0-9_-]{1,63}$/,
    sample: /^[0-9a-f]{32}$/,
    gate: /^G-[A-Z0-9-]{2,20}$/,
  };

  const meta = (name) =>
    document.querySelector(`meta[name="${name}"]`)?.getAttribute("content")?.trim() ?? "";
  const [digest, ...named] = meta("endonym-report").split(/\s+/);
  const [release, version] = (meta("endonym-release") || named.join(" ")).split(/\s+/);
  if (!DIGEST.test(digest || "") || !release || !version) return;
  const KEY = `endonym.desk.${digest}`;

  const translated = (() => {
    try {
      return JSON.parse(document.getElementById("endonym-desk-words")?.textContent || "{}");
    } catch { return {}; }
  })();
  const t = (message, values = {}) =>
    Object.entries(values).reduce(
      (text, [name, value]) => text.replace(`{${name}}`, String(value)),
      translated[message] || message);

  /* ---- what is decided ------------------------------------------------------------------- */

  let state = { name: "", role: "steward", decisions: {} };
  let undone = [];   /* earlier states of `decisions`, the newest last */
  let others = [];   /* what other stewards decided, where a server tells it */
  let problem = "";
  let controls = [];

  const keyOf = (kind, target) => `${kind} ${target}`;
  const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);
  const today = () => {
    const now = new Date(), two = (number) => String(number).padStart(2, "0");
    return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  };
  const newId = () => {
    /* It begins with a letter, so that no recogniser takes it for a number of a person. */
    const bytes = crypto.getRandomValues(new Uint8Array(8));
    const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
    return `d-${"abcdef"[bytes[0] % 6]}${hex.slice(1)}`;
  };

  /* A decision as it may be kept, or null: only known keys, each of its own form. */
  function clean(given) {
    if (!isRecord(given) || !Object.hasOwn(VERDICTS, given.kind)) return null;
    const { kind, target, verdict } = given;
    const known = VERDICTS[kind].find(([name]) => name === verdict);
    if (!known || typeof target !== "string" || !TARGETS[kind].test(target)) return null;
    const asks = known[2];
    let value = given.value ?? null;
    if (asks === "number" && !(typeof value === "number" && Number.isFinite(value))) return null;
    if (asks === "expression" && !(typeof value === "string" && value.trim())) return null;
    if (asks === "tag" && value !== null && !/^[a-z]{3}_[A-Z][a-z]{3}$/.test(value)) return null;
    if (!asks) value = null;
    return {
      id: /^d-[0-9a-f]{8,32}$/.test(given.id) ? given.id : newId(),
      kind, target, verdict, value,
      reason: REASONS.includes(given.reason) ? given.reason : "other",
      comment: String(given.comment ?? "").slice(0, MOST_COMMENT_CHARS),
      scope: given.scope === "media" ? "media" : "text",
      expires: /^\d{4}-\d{2}-\d{2}$/.test(given.expires ?? "") ? given.expires : null,
    };
  }

  function load() {
    let kept = null;
    try { kept = JSON.parse(localStorage.getItem(KEY) || "null"); } catch { kept = null; }
    if (!isRecord(kept)) return;
    state.name = String(kept.name ?? "").slice(0, 120);
    state.role = ROLES.includes(kept.role) ? kept.role : "steward";
    state.decisions = {};
    for (const given of Object.values(isRecord(kept.decisions) ? kept.decisions : {})) {
      const one = clean(given);
      if (one) state.decisions[keyOf(one.kind, one.target)] = one;
    }
  }

  function save() {
    problem = "";
    try { localStorage.setItem(KEY, JSON.stringify(state)); } catch {
      problem = t("This browser keeps nothing: export before you close the page.");
    }
    team.send();
    show();
  }

  function change(edit) {
    undone.push({ ...state.decisions });
    if (undone.length > 200) undone.shift();
    state.decisions = { ...state.decisions };
    edit(state.decisions);
    save();
  }

  function undo() {
    if (!undone.length) return;
    state.decisions = undone.pop();
    save();
    say(t("Undone."));
  }

  const asFile = () => ({
    schema: SCHEMA, release, version, report_digest: digest,
    made_by: { name: state.name.trim(), role: state.role },
    at: today(),
    decisions: Object.values(state.decisions)
      .sort((a, b) => (keyOf(a.kind, a.target) < keyOf(b.kind, b.target) ? -1 : 1)),
  });

  /* ---- small parts of a page --------------------------------------------------------------- */

  let numbers = 0;
  function el(name, attributes = {}, ...children) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
      else if (value === true) made.setAttribute(key, "");
      else if (value !== false && value !== null) made.setAttribute(key, value);
    }
    made.append(...children.filter((child) => child !== null));
    return made;
  }
  function field(label, input) {
    input.id = `desk-${(numbers += 1)}`;
    return el("div", { class: "desk-field" }, el("label", { for: input.id }, label), input);
  }
  function choice(options, chosen) {
    const made = el("select");
    for (const [value, label] of options) {
      made.append(el("option", { value, selected: value === chosen }, label));
    }
    return made;
  }
  const button = (label, onclick, name = "") =>
    el("button", { type: "button", class: `desk-button ${name}`.trim(), onclick }, label);

  /* ---- a thing that can be decided ---------------------------------------------------------- */

  function told(one) {
    const known = VERDICTS[one.kind].find(([name]) => name === one.verdict);
    const value = one.value === null ? "" : ` ${one.value}`;
    return `${t(known ? known[1] : one.verdict)}${value}`;
  }

  function form(control, close) {
    const { kind, target, value, label } = control;
    const held = state.decisions[keyOf(kind, target)];
    const verdict = choice(VERDICTS[kind].map(([name, words]) => [name, t(words)]), held?.verdict);
    const number = el("input", { type: "text", inputmode: "decimal", autocomplete: "off" });
    const expression = el("input", { type: "text", maxlength: 400, autocomplete: "off",
                                     spellcheck: "false", placeholder: "CC-BY-4.0" });
    const tag = el("input", { type: "text", maxlength: 8, autocomplete: "off",
                              spellcheck: "false", placeholder: "swh_Latn" });
    const inputs = { number, expression, tag };
    const fields = {
      number: field(t("New limit"), number),
      expression: field(t("Licence (SPDX expression)"), expression),
      tag: field(t("Language that it is in (tag), if you know"), tag),
    };
    const present = held && held.value !== null ? held.value : value;
    for (const input of Object.values(inputs)) if (input !== tag) input.value = present ?? "";
    if (held?.verdict === "wrong-language") tag.value = held.value ?? "";
    const scope = choice([["text", t("the text")], ["media", t("pictures and media only")]],
                         held?.scope);
    const scopeField = field(t("What it is about"), scope);
    const reason = choice(REASONS.map((one) => [one, t(one.replaceAll("-", " "))]), held?.reason);
    const comment = el("textarea", { rows: 2, maxlength: MOST_COMMENT_CHARS });
    comment.value = held?.comment ?? "";
    const expires = el("input", { type: "date" });
    expires.value = held?.expires ?? "";
    const wrong = el("p", { class: "desk-wrong", role: "alert" });
    const asks = () => VERDICTS[kind].find(([name]) => name === verdict.value)?.[2];
    const fit = () => {
      for (const [name, one] of Object.entries(fields)) one.hidden = name !== asks();
      scopeField.hidden = kind !== "licence";
    };
    verdict.addEventListener("change", fit);
    fit();

    const keep = () => {
      const wanted = asks();
      const raw = wanted ? inputs[wanted].value.trim() : "";
      const read = wanted === "number" ? (raw === "" ? NaN : Number(raw.replace(",", "."))) : raw;
      const one = clean({
        id: held?.id, kind, target, verdict: verdict.value,
        value: wanted === "tag" && raw === "" ? null : wanted ? read : null,
        reason: reason.value, comment: comment.value, scope: scope.value, expires: expires.value,
      });
      if (!one) {
        wrong.textContent = wanted === "number" ? t("Write a number.")
          : wanted === "tag" ? t("Write a tag such as swh_Latn, or nothing.")
          : t("Write a licence such as CC-BY-4.0.");
        inputs[wanted]?.focus();
        return;
      }
      change((decisions) => { decisions[keyOf(kind, target)] = one; });
      close();
      say(t("Decided: {what}.", { what: `${label}: ${told(one)}` }));
    };
    const made = el("fieldset", { class: "desk-form" },
      el("legend", {}, t("Decide about {what}", { what: label })),
      field(t("Verdict"), verdict), fields.number, fields.expression, fields.tag, scopeField,
      field(t("Reason"), reason),
      field(t("Comment (stays with you and the steward's files; write no personal data)"), comment),
      field(t("Counts until (empty: no end)"), expires), wrong,
      el("div", { class: "desk-row" }, button(t("Decide"), keep, "desk-main"),
         button(t("Cancel"), close)));
    made.addEventListener("keydown", (event) => {
      if (event.key === "Escape") { event.stopPropagation(); close(); }
      if (event.key === "Enter" && event.target.tagName === "INPUT") {
        event.preventDefault();
        keep();
      }
    });
    return { made, first: verdict };
  }

  function place(element) {
    if (element.tagName === "TR") {
      const cells = element.querySelectorAll(":scope > td");
      return cells[cells.length - 1] ?? element;
    }
    const isLeaf = ["BUTTON", "INPUT", "SELECT", "A", "CODE", "MARK"].includes(element.tagName);
    return isLeaf ? element.parentElement : element;
  }

  function build(element) {
    const kindGiven = element.dataset.decideKind ?? "";
    const kind = kindGiven.endsWith("sample") ? "sample" : kindGiven;
    const target = (element.dataset.decideTarget ?? "").trim();
    if (!Object.hasOwn(VERDICTS, kind) || !TARGETS[kind].test(target)) return null;
    const control = {
      kind, target, value: element.dataset.decideValue ?? null, element,
      label: element.dataset.decideLabel || target,
    };
    const shown = el("span", { class: "desk-verdict" });
    const also = el("span", { class: "desk-others" });
    const holder = el("div", { class: "desk-holder" });
    let isOpen = false;
    const close = () => {
      isOpen = false;
      holder.replaceChildren();
      open.setAttribute("aria-expanded", "false");
      open.focus();
    };
    const open = button(t("Decide"), () => {
      if (isOpen) { close(); return; }
      isOpen = true;
      open.setAttribute("aria-expanded", "true");
      const { made, first } = form(control, close);
      holder.replaceChildren(made);
      made.scrollIntoView({ block: "nearest" });
      first.focus();
    }, "desk-open");
    open.setAttribute("aria-expanded", "false");
    const back = button(t("Take back"), () => {
      change((decisions) => { delete decisions[keyOf(kind, target)]; });
      open.focus();
      say(t("Taken back: {what}.", { what: control.label }));
    }, "desk-back");
    control.open = open;
    control.update = () => {
      const held = state.decisions[keyOf(kind, target)];
      shown.textContent = held ? told(held) : "";
      shown.hidden = !held;
      back.hidden = !held;
      open.textContent = held ? t("Change") : t("Decide");
      open.setAttribute("aria-label", `${open.textContent}: ${control.label}`);
      back.setAttribute("aria-label", `${back.textContent}: ${control.label}`);
      const theirs = others.filter((one) => one.kind === kind && one.target === target);
      also.textContent = theirs.map((one) => `${one.who}: ${told(one)}`).join("; ");
      also.hidden = !theirs.length;
      also.classList.toggle("desk-conflict", Boolean(held) && !["sample", "gate"].includes(kind) &&
        theirs.some((one) => one.verdict !== held.verdict || one.value !== held.value));
    };
    place(element).append(el("div", { class: "desk-control" }, shown, also, open, back, holder));
    return control;
  }

  /* ---- the panel ----------------------------------------------------------------------------- */

  const live = el("p", { class: "desk-live", role: "status", "aria-live": "polite" });
  const say = (message) => { live.textContent = message; };
  const count = el("p", { class: "desk-count" });
  const decided = el("ul", { class: "desk-list" });
  const open = el("ul", { class: "desk-list" });
  const openCount = el("summary", {});
  const decidedCount = el("summary", {});
  const wrong = el("p", { class: "desk-wrong", role: "alert" });
  const name = el("input", { type: "text", maxlength: 120, autocomplete: "name" });
  const role = choice(ROLES.map((one) => [one, t(one)]), "steward");
  const undoButton = button(t("Undo"), undo);
  const more = el("details", { class: "desk-panel" },
                  el("summary", {}, t("Who decides, and what is decided")));
  const file = el("input", { type: "file", accept: "application/json,.json",
                             class: "desk-file", tabindex: "-1" });

  function jump(control) {
    control.open.scrollIntoView({ block: "center" });
    control.open.focus();
  }
  const isDecided = (control) => Boolean(state.decisions[keyOf(control.kind, control.target)]);
  function next() {
    const undecided = controls.filter((control) => !isDecided(control));
    const here = document.activeElement;
    const after = undecided.find((control) =>
      here.compareDocumentPosition(control.open) & Node.DOCUMENT_POSITION_FOLLOWING);
    if (after || undecided[0]) jump(after ?? undecided[0]);
    else say(t("Everything on this page is decided."));
  }

  function show() {
    for (const control of controls) control.update();
    const all = Object.values(state.decisions);
    const undecided = controls.filter((control) => !isDecided(control));
    count.textContent = t("{decided} decided, {open} of {all} on this page undecided",
      { decided: all.length, open: undecided.length, all: controls.length });
    decidedCount.textContent = t("Decided ({count})", { count: all.length });
    openCount.textContent = t("Undecided on this page ({count})", { count: undecided.length });
    decided.replaceChildren(...all.map((one) => {
      const here = controls.find((it) => it.kind === one.kind && it.target === one.target);
      const label = `${t(one.kind)} ${one.target}: ${told(one)}`;
      const back = button(t("Take back"), () => {
        change((decisions) => { delete decisions[keyOf(one.kind, one.target)]; });
        decidedCount.focus();
      });
      back.setAttribute("aria-label", `${t("Take back")}: ${one.target}`);
      return el("li", {}, here ? button(label, () => jump(here), "desk-link")
                               : el("span", {}, label), back);
    }));
    open.replaceChildren(...undecided.slice(0, 200).map((control) =>
      el("li", {}, button(`${t(control.kind)} ${control.label}`, () => jump(control),
                          "desk-link"))));
    undoButton.disabled = !undone.length;
    wrong.textContent = problem;
  }

  function complain(message, input) {
    problem = message;
    show();
    if (input) {
      more.open = true;
      input.focus();
    }
  }

  function exportFile() {
    if (state.name.trim().length < 2) {
      complain(t("Write your name first: a decision is somebody's."), name);
      return;
    }
    const made = asFile();
    if (!made.decisions.length) { complain(t("Nothing is decided yet.")); return; }
    problem = "";
    const blob = new Blob([JSON.stringify(made, null, 1) + "\n"], { type: "application/json" });
    const address = URL.createObjectURL(blob);
    const link = el("a", { href: address, download: `decisions-${release}-${version}.json` });
    document.body.append(link);
    link.click();
    link.remove();
    setTimeout(() => URL.revokeObjectURL(address), 10_000);
    show();
    say(t("Exported {count} decisions.", { count: made.decisions.length }));
  }

  async function importFile() {
    const chosen = file.files[0];
    file.value = "";
    if (!chosen) return;
    let given = null;
    try { given = JSON.parse(await chosen.text()); } catch { given = null; }
    if (!isRecord(given) || given.schema !== SCHEMA || !Array.isArray(given.decisions)) {
      complain(t("This is no file of decisions."));
      return;
    }
    if (given.report_digest !== digest) {
      complain(t("These decisions are about another report."));
      return;
    }
    const read = given.decisions.map(clean);
    if (read.includes(null)) {
      complain(t("Some of these decisions cannot be read; nothing was taken over."));
      return;
    }
    if (!state.name.trim() && isRecord(given.made_by)) {
      state.name = String(given.made_by.name ?? "").slice(0, 120);
      state.role = ROLES.includes(given.made_by.role) ? given.made_by.role : "steward";
      name.value = state.name;
      role.value = state.role;
    }
    change((decisions) => {
      for (const one of read) decisions[keyOf(one.kind, one.target)] = one;
    });
    say(t("Imported {count} decisions.", { count: read.length }));
  }

  function panel() {
    name.value = state.name;
    role.value = state.role;
    name.addEventListener("input", () => { state.name = name.value; save(); });
    role.addEventListener("change", () => { state.role = role.value; save(); });
    file.addEventListener("change", importFile);
    file.setAttribute("aria-label", t("File of decisions to import"));
    const body = el("div", { class: "desk-body" },
      el("div", { class: "desk-row" }, field(t("Your name"), name), field(t("Your role"), role),
        button(t("Import…"), () => file.click()), file),
      el("details", { class: "desk-decided" }, decidedCount, decided),
      el("details", { class: "desk-undecided" }, openCount, open),
      el("p", { class: "desk-note" },
        t("Kept in this browser only, under this report: verdicts, your name and your comments, "
          + "never a text. Export it; endonym decisions apply shows what it changes.")));
    more.append(body);
    const kind = controls.length ? "desk" : "desk desk-quiet"; // covers no page without a decision
    return el("aside", { class: kind, "aria-label": t("Your decisions") },
      el("div", { class: "desk-row desk-bar" }, count, button(t("Next undecided"), next),
         undoButton, button(t("Export decisions.json"), exportFile, "desk-main")),
      wrong, more, live);
  }

  /* ---- several people at once: only where `endonym review serve` gave the page ----------------- */

  const team = {
    token: "",
    waiting: 0,
    start() {
      if (!location.protocol.startsWith("http")) return;
      try { this.token = sessionStorage.getItem("endonym.token") ?? ""; } catch { /* none */ }
      if (!this.token) return;
      this.poll();
      setInterval(() => this.poll(), 5_000);
    },
    call(method, path, body) {
      return fetch(path, { method, body, headers: {
        "X-Endonym-Token": this.token, "Content-Type": "application/json" } });
    },
    send() {
      if (!this.token || state.name.trim().length < 2) return;
      clearTimeout(this.waiting);
      this.waiting = setTimeout(async () => {
        try {
          const answer = await this.call("PUT", "/api/decisions", JSON.stringify(asFile()));
          if (!answer.ok) throw new Error();
          say(t("Saved for the team."));
        } catch { complain(t("The server did not take it; it is kept in this browser.")); }
      }, 400);
    },
    async poll() {
      try {
        const answer = await this.call("GET", "/api/decisions");
        if (!answer.ok) return;
        const mine = `${state.role} ${state.name.trim()}`;
        others = (await answer.json()).decisions.filter((one) => one.who !== mine);
        show();
      } catch { /* the next poll may succeed */ }
    },
  };

  /* ---- begin ------------------------------------------------------------------------------------ */

  load();
  controls = Array.from(document.querySelectorAll("[data-decide-kind]"), build)
    .filter((control) => control !== null);
  (document.querySelector("[data-desk]") ?? document.body).append(panel());
  addEventListener("storage", (event) => { if (event.key === KEY) { load(); show(); } });
  addEventListener("keydown", (event) => {
    const isTyping = ["INPUT", "TEXTAREA", "SELECT"].includes(event.target.tagName);
    if (isTyping || event.altKey) return;
    if ((event.ctrlKey || event.metaKey) && event.key === "z") { event.preventDefault(); undo(); }
    else if (event.key === "n" && !event.ctrlKey && !event.metaKey) next();
  });
  team.start();
  show();
})();
