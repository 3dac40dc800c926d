"use strict";
(() => {
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  // Without marks and case, so that "Muller" finds "Müller".
  const fold = (text) => text.normalize("NFKD").replace(/\p{M}+/gu, "").toLowerCase();

  const form = one("#filters");
  const shown = one("#shown");
  const bars = all(".histogram button");
  const entries = all(".entry").map((element) => ({
    element,
    text: fold(one(".text", element).textContent + " " + element.id),
    section: element.dataset.section,
    kind: element.dataset.kind,
    link: element.dataset.link,
    year: element.dataset.year ? Number(element.dataset.year) : null,
  }));

  const chosen = (name) => all(`input[name="${name}"]:checked`, form).map((box) => box.value);
  const fits = (values, value) => values.length === 0 || values.includes(value);
  const number = (name) => {
    const field = form.elements[name];
    return field && field.value !== "" ? Number(field.value) : null;
  };

  function update() {
    const words = fold(form.elements.search.value).split(/\s+/).filter(Boolean);
    const [sections, kinds, links] = ["section", "kind", "link"].map(chosen);
    const [from, to] = [number("from"), number("to")];
    let count = 0;
    for (const entry of entries) {
      const inYears = from === null && to === null ? true
        : entry.year !== null && (from === null || entry.year >= from) && (to === null || entry.year <= to);
      const visible = inYears && fits(sections, entry.section) && fits(kinds, entry.kind) && fits(links, entry.link)
        && words.every((word) => entry.text.includes(word));
      entry.element.hidden = !visible;
      count += visible ? 1 : 0;
    }
    for (const section of all("main section")) {
      const here = all(".entry", section);
      const left = here.filter((element) => !element.hidden).length;
      section.hidden = left === 0;
      one(".count", section).textContent = left === here.length ? `(${left})` : `(${left} of ${here.length})`;
    }
    for (const bar of bars) {
      const pressed = from === Number(bar.dataset.from) && to === Number(bar.dataset.to);
      bar.setAttribute("aria-pressed", String(pressed));
    }
    one("#nothing").hidden = count > 0;
    shown.textContent = `${count} of ${entries.length} shown`;
  }

  form.addEventListener("input", update);
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => setTimeout(update));

  // The bars are one stop for the Tab key; arrows move among them.
  bars.forEach((bar, place) => {
    bar.tabIndex = place === 0 ? 0 : -1;
    bar.addEventListener("click", () => {
      const pressed = bar.getAttribute("aria-pressed") === "true";
      form.elements.from.value = pressed ? "" : bar.dataset.from;
      form.elements.to.value = pressed ? "" : bar.dataset.to;
      update();
    });
    bar.addEventListener("keydown", (event) => {
      const goal = { ArrowRight: place + 1, ArrowLeft: place - 1, Home: 0, End: bars.length - 1 }[event.key];
      if (goal === undefined || !bars[goal]) return;
      event.preventDefault();
      bar.tabIndex = -1;
      bars[goal].tabIndex = 0;
      bars[goal].focus();
    });
  });

  async function copy(text, html) {
    try {
      const parts = { "text/plain": new Blob([text], { type: "text/plain" }) };
      if (html) parts["text/html"] = new Blob([html], { type: "text/html" });
      await navigator.clipboard.write([new ClipboardItem(parts)]);
      return true;
    } catch {
      const area = document.createElement("textarea");
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      return done;
    }
  }

  one("main").addEventListener("click", async (event) => {
    const button = event.target.closest("button[data-copy]");
    if (!button) return;
    const entry = button.closest(".entry");
    const source = one(button.dataset.copy === "bibtex" ? "pre" : ".citation", entry);
    const label = button.textContent;
    const done = await copy(source.textContent.trim(), button.dataset.copy === "citation" ? source.innerHTML : "");
    button.focus();
    button.textContent = done ? "Copied" : "Not copied";
    shown.textContent = done ? "Copied" : "The browser does not allow copying";
    setTimeout(() => { button.textContent = label; update(); }, 1500);
  });

  // A permalink to an entry shows it, whatever the filters say.
  window.addEventListener("hashchange", () => {
    const goal = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (goal && goal.hidden) { form.reset(); setTimeout(() => goal.scrollIntoView()); }
  });

  document.documentElement.classList.add("js");
  // The section chips do what the contents do for readers without a script; a small screen belongs to the list.
  const small = matchMedia("(max-width: 60rem)").matches;
  all("aside details").forEach((details) => { details.open = !small && details.parentElement === form; });
  update();
})();
