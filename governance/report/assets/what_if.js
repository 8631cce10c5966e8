/* A limit that can be moved: counts documents again from buckets, on the page alone.
   Nothing is sent, nothing is kept; what is decided is the desk's business. */
(function () {
  "use strict";
  const SVG = "http://www.w3.org/2000/svg";
  document.querySelectorAll(".whatif").forEach(function (box) {
    const data = JSON.parse(box.querySelector(".what-if-data").textContent);
    const form = box.querySelector("form");
    const tags = Object.keys(data.languages);
    if (!tags.length) { return; }
    form.hidden = false;
    box.querySelector(".without").hidden = true;
    form.addEventListener("submit", function (event) { event.preventDefault(); });
    const number = new Intl.NumberFormat(document.documentElement.lang || "en");
    tags.forEach(function (tag) {
      form.elements.tag.append(new Option(data.languages[tag].name + " (" + tag + ")", tag));
    });
    form.elements.tag.addEventListener("change", rules);
    form.elements.rule.addEventListener("change", limits);
    form.elements.limit.addEventListener("input", show);
    document.querySelectorAll("[data-what-if]").forEach(function (link) {
      link.addEventListener("click", function () {
        const asked = link.dataset.whatIf.split("|");
        form.elements.tag.value = asked[0];
        rules();
        form.elements.rule.value = asked[1];
        limits();
      });
    });
    rules();

    function rules() {
      const chosen = form.elements.rule.value;
      const names = Object.keys(data.languages[form.elements.tag.value].rules);
      form.elements.rule.replaceChildren();
      names.forEach(function (name) { form.elements.rule.append(new Option(name, name)); });
      if (names.includes(chosen)) { form.elements.rule.value = chosen; }
      limits();
    }
    function now() {
      const own = data.languages[form.elements.tag.value].rules[form.elements.rule.value];
      return Object.assign({}, data.rules[form.elements.rule.value],
        { limit: own.limit, kept: pairs(own.kept), held: pairs(own.held) });
    }
    /* The first bucket, then the documents of it and of those after it. */
    function pairs(packed) {
      return packed.slice(1).map(function (count, at) { return [packed[0] + at, count]; })
        .filter(function (pair) { return pair[1]; });
    }
    function edge(rule, place) {
      return rule.scale === "share" ? place / 100 : Math.pow(2, place / 8) - 1;
    }
    function placeOf(rule, value) {
      return rule.scale === "share" ? Math.round(value * 100) : Math.round(8 * Math.log2(1 + value));
    }
    function limits() {
      const rule = now(), range = form.elements.limit;
      const places = rule.kept.concat(rule.held).map(function (pair) { return pair[0]; });
      if (rule.limit !== null) { places.push(placeOf(rule, rule.limit)); }
      range.min = Math.max(0, Math.min.apply(null, places) - 2);
      range.max = Math.max.apply(null, places) + 2;
      range.value = rule.limit === null ? range.max : placeOf(rule, rule.limit);
      show();
    }
    function sum(pairs, inside) {
      return pairs.reduce(function (all, pair) { return all + (inside(pair[0]) ? pair[1] : 0); }, 0);
    }
    function show() {
      const rule = now(), place = Number(form.elements.limit.value);
      const still = rule.limit !== null && place === placeOf(rule, rule.limit);
      const passes = function (bucket) { return rule.side === "min" ? bucket >= place : bucket < place; };
      const all = sum(rule.kept, function () { return true; });
      const stay = still ? all : sum(rule.kept, passes);
      const free = still ? 0 : sum(rule.held, passes);
      const shown = still ? rule.limit : edge(rule, place);
      const told = Number(shown.toPrecision(3));
      form.elements.at.textContent = told + " " + rule.unit;
      form.elements.limit.setAttribute("aria-valuetext", told + " " + rule.unit);
      put("now", all); put("then", stay + free); put("more", all - stay); put("free", free);
      draw(rule, place);
      form.querySelector(".told").textContent = still ? data.words.still : data.words.moved;
    }
    function put(name, value) { form.querySelector("." + name).textContent = number.format(value); }
    function draw(rule, place) {
      const low = Number(form.elements.limit.min), high = Number(form.elements.limit.max) + 1;
      const width = 700, height = 90, step = width / (high - low);
      const top = Math.max(1, ...rule.kept.concat(rule.held).map(function (pair) { return pair[1]; }));
      const svg = element("svg", { viewBox: "0 0 " + width + " " + (height + 4), class: "what-if" });
      [["kept", "released"], ["held", "removed"]].forEach(function (kind) {
        rule[kind[0]].forEach(function (pair) {
          const tall = Math.max(2, height * pair[1] / top);
          svg.append(element("rect", { class: kind[1], x: (pair[0] - low) * step + (kind[0] === "held" ? step / 2 : 0),
            y: height - tall, width: Math.max(1, step / 2 - 0.5), height: tall }));
        });
      });
      svg.append(element("line", { class: "mark", x1: (place - low) * step, x2: (place - low) * step, y1: 0, y2: height }));
      const bars = form.querySelector(".bars");
      bars.setAttribute("aria-label", data.words.bars);
      bars.replaceChildren(svg);
    }
    function element(name, attributes) {
      const made = document.createElementNS(SVG, name);
      Object.keys(attributes).forEach(function (key) { made.setAttribute(key, attributes[key]); });
      return made;
    }
  });
})();
