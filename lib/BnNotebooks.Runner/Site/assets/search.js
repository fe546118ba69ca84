// The search of the bar. Its index (search-index.js) and MiniSearch, which reads it, come when the box is first entered. '/' leads
// to the box, the arrows through the places found, Enter to one of them, Escape back.
"use strict";

(() => {
  const box = document.querySelector(".search input");
  if (!box)
    return;
  const found = document.querySelector(".search .found");
  const list = document.getElementById("found");
  const hits = document.querySelector(".search .hits");
  const most = 8;
  let index = null;
  let places = [];
  let at = -1;

  function load(source) {
    return new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.addEventListener("load", resolve);
      script.addEventListener("error", () => reject(new Error(`${source} did not load`)));
      document.head.append(script);
    });
  }

  // The same words count as where the index was made (SearchIndex.cs).
  const options = {
    idField: "place",
    fields: ["heading", "text", "code"],
    storeFields: ["page", "heading", "address", "text"],
    processTerm: term => term.length > 1 || term > "\x7f" ? term.toLowerCase() : null,
    searchOptions: {
      boost: { heading: 5 },
      combineWith: "AND",
      prefix: true,
      fuzzy: term => term.length > 5 ? 0.2 : false,
      weights: { prefix: 0.5, fuzzy: 0.2 },
    },
  };

  function makeReady() {
    index ??= Promise.all([load("assets/vendor/minisearch.js"), load("assets/search-index.js")])
      .then(() => MiniSearch.loadJS(window.bnSearchIndex, options));
    return index;
  }

  async function search() {
    const query = box.value.trim();
    if (!/[^\x00-\x7f]|[a-z0-9]{2}/i.test(query)) { // no word yet that counts
      close();
      return;
    }
    try {
      const ready = await makeReady();
      if (box.value.trim() !== query)
        return; // typed on meanwhile
      const all = ready.search(query);
      places = all.slice(0, most);
      show(all.length, places.map((place, i) => option(place, i)));
    } catch (error) {
      places = [];
      show(0, [], `The search does not work: ${error.message}`);
    }
  }

  function show(count, items, problem) {
    at = -1;
    list.replaceChildren(...items);
    hits.textContent = problem ?? (count === 0 ? "Nothing found." : count > most ? `${most} of ${count} places` : `${count} ${count === 1 ? "place" : "places"}`);
    found.hidden = false;
    box.setAttribute("aria-expanded", String(items.length > 0));
    box.removeAttribute("aria-activedescendant");
  }

  function option(place, i) {
    const item = document.createElement("li");
    item.id = `found-${i}`;
    item.role = "option";
    item.ariaSelected = "false";
    const heading = document.createElement("strong");
    heading.textContent = place.heading;
    const page = document.createElement("span");
    page.className = "page";
    page.textContent = place.page === place.heading ? "" : place.page;
    const excerpt = document.createElement("span");
    excerpt.className = "excerpt";
    excerpt.append(...around(place.text, place.terms));
    item.append(heading, " ", page, excerpt);
    item.addEventListener("click", event => go(i, event.ctrlKey || event.metaKey));
    item.addEventListener("pointermove", () => choose(i));
    return item;
  }

  // The piece of the text where the first of the words stands, with all of them marked.
  function around(text, terms) {
    const words = new RegExp(`(?<![\\p{L}\\p{N}])(?:${terms.map(term => term.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&")).join("|")})`, "giu");
    const first = text.search(words);
    const from = first < 60 ? 0 : text.indexOf(" ", first - 60) + 1;
    const piece = text.slice(from, from + 170);
    const parts = [];
    let end = 0;
    for (const match of piece.matchAll(words)) {
      const mark = document.createElement("mark");
      mark.textContent = match[0];
      parts.push(piece.slice(end, match.index), mark);
      end = match.index + match[0].length;
    }
    return [from > 0 ? "… " : "", ...parts, piece.slice(end), from + 170 < text.length ? " …" : ""];
  }

  function choose(i) {
    if (places.length === 0)
      return;
    list.children[at]?.setAttribute("aria-selected", "false");
    at = (i + places.length) % places.length;
    const item = list.children[at];
    item.setAttribute("aria-selected", "true");
    item.scrollIntoView({ block: "nearest" });
    box.setAttribute("aria-activedescendant", item.id);
  }

  function go(i, beside) {
    const { address } = places[i];
    if (beside) {
      open(address);
      return;
    }
    close();
    location.assign(address);
  }

  function close() {
    found.hidden = true;
    at = -1;
    box.setAttribute("aria-expanded", "false");
    box.removeAttribute("aria-activedescendant");
  }

  box.addEventListener("focus", () => makeReady().catch(() => {}));
  box.addEventListener("input", search);
  box.addEventListener("keydown", event => {
    const shown = !found.hidden && places.length > 0;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (shown)
        choose(event.key === "ArrowDown" ? at + 1 : at < 0 ? -1 : at - 1);
      else
        search();
    } else if (event.key === "Enter" && shown)
      go(Math.max(at, 0), event.ctrlKey || event.metaKey);
    else if (event.key === "Escape" && !found.hidden) {
      event.preventDefault(); // which would empty the box: that is for the second time
      close();
    }
  });
  box.addEventListener("blur", () => setTimeout(close, 150)); // a press on a place comes first
  addEventListener("keydown", event => {
    const writes = event.target.closest?.("input, textarea, select, [contenteditable]");
    if (event.key === "/" && !writes && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      box.focus();
      box.select();
    }
  });
})();
