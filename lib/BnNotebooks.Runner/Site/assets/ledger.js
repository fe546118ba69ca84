// The ledger of claims: filters, and headings that sort. What is chosen stands in the address behind the #, so that a link shows
// the same; all of it works by keyboard, for the controls are the browser's own.
"use strict";

(() => {
  const table = document.querySelector("table.ledger");
  const form = document.querySelector("form.filters");
  const rows = [...table.tBodies[0].rows];
  const texts = new Map(rows.map(row => [row, row.textContent.toLowerCase()]));
  let sort = ""; // a column's key, with a minus for the other way round

  const columns = [...table.tHead.rows[0].cells];
  const keyOf = {
    verdict: row => Number(row.dataset.order),
    claim: row => row.cells[1].textContent,
    found: row => row.cells[2].textContent,
    rests: row => row.cells[3].textContent,
    notebook: row => row.dataset.notebook,
  };
  const compare = (a, b) => typeof a === "number" ? a - b : a.localeCompare(b, "en");

  for (const column of columns) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(column.textContent, Object.assign(document.createElement("span"), { className: "direction", ariaHidden: "true" }));
    button.addEventListener("click", () => {
      sort = sort === column.dataset.key ? `-${sort}` : sort.endsWith(column.dataset.key) ? "" : column.dataset.key;
      show();
    });
    column.replaceChildren(button);
  }

  function chosen() {
    const data = new FormData(form);
    return { verdicts: data.getAll("verdict"), source: data.get("source"), notebook: data.get("notebook"), text: data.get("text").trim() };
  }

  function show(keepAddress) {
    const { verdicts, source, notebook, text } = chosen();
    const words = text.toLowerCase().split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.hidden = verdicts.length > 0 && !verdicts.includes(row.dataset.verdict)
        || source && source !== row.dataset.source
        || notebook && notebook !== row.dataset.notebook
        || !words.every(word => texts.get(row).includes(word));
      shown += row.hidden ? 0 : 1;
    }
    const key = sort.replace("-", "");
    for (const column of columns) {
      const direction = column.dataset.key === key ? sort.startsWith("-") ? "descending" : "ascending" : "";
      if (direction)
        column.setAttribute("aria-sort", direction);
      else
        column.removeAttribute("aria-sort");
    }
    // Where two are equal the ledger's own order stands.
    const ordered = key ? [...rows].sort((a, b) => compare(keyOf[key](a), keyOf[key](b)) * (sort.startsWith("-") ? -1 : 1)) : rows;
    table.tBodies[0].append(...ordered);
    table.querySelector("[data-shown]").textContent = shown === rows.length ? `${shown} claims` : `${shown} of ${rows.length} claims`;
    document.querySelector(".none").hidden = shown > 0;
    if (!keepAddress)
      write({ verdicts, source, notebook, text });
  }

  function write({ verdicts, source, notebook, text }) {
    const state = new URLSearchParams();
    for (const [name, value] of [["verdict", verdicts.join(",")], ["source", source], ["notebook", notebook], ["text", text], ["sort", sort]])
      if (value)
        state.set(name, value);
    history.replaceState(null, "", `#${state}`);
  }

  // An address such as #claim-faster-training leads to a row; one with = says what is chosen.
  function read() {
    const hash = location.hash.slice(1);
    const state = new URLSearchParams(hash.includes("=") ? hash : "");
    const verdicts = (state.get("verdict") ?? "").split(",");
    for (const box of form.elements.verdict.length ? form.elements.verdict : [form.elements.verdict])
      box.checked = verdicts.includes(box.value);
    for (const name of ["source", "notebook", "text"])
      form.elements[name].value = state.get(name) ?? "";
    for (const name of ["source", "notebook"])
      if (form.elements[name].selectedIndex < 0) // one that is no longer there
        form.elements[name].value = "";
    sort = /^-?(verdict|claim|found|rests|notebook)$/.test(state.get("sort") ?? "") ? state.get("sort") : "";
    show(true);
  }

  form.addEventListener("input", () => show());
  form.addEventListener("submit", event => event.preventDefault());
  form.addEventListener("reset", event => {
    event.preventDefault(); // the values that the page came with may be another address's
    history.replaceState(null, "", "#");
    read();
  });
  addEventListener("hashchange", read);
  read();
})();
