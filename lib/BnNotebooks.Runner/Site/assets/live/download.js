// Makes a file of a page's notebook with the reader's own code in its cells. The notebook comes as a script (PlainNotebook), for
// a page on the disk may read no JSON.
"use strict";

const liveDownload = (() => {
  const notebooks = {};

  return {
    give: (name, notebook) => { notebooks[name] = notebook; },

    // codes: the reader's code by the ids of the cells.
    async save(name, codes) {
      await liveLoad(`assets/notebooks/${encodeURIComponent(name)}.js`);
      const notebook = structuredClone(notebooks[name]);
      for (const cell of notebook.cells)
        if (codes.has(cell.id))
          cell.source = codes.get(cell.id).match(/.*\n|.+$/g) ?? [];
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([JSON.stringify(notebook, null, 1), "\n"], { type: "application/x-ipynb+json" }));
      link.download = `${name}.ipynb`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  };
})();
