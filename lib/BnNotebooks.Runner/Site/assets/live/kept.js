// The reader's own code, kept in this browser: only where it differs from the notebook's, and with the sign of the notebook's
// cell, so that a page knows when that has changed since. Where the browser refuses, the page remembers as long as it is open.
"use strict";

const liveKept = (() => {
  const memory = {};
  const key = (notebook, cell) => `bn-notebooks/code/${notebook}/${cell}`;

  // FNV-1a: short, and different for different code as far as this needs it.
  function sign(text) {
    let hash = 0x811c9dc5;
    for (const letter of text)
      hash = Math.imul(hash ^ letter.codePointAt(0), 0x01000193) >>> 0;
    return hash.toString(16);
  }

  return {
    // { code, isOutdated } or null.
    read(notebook, cell, original) {
      let found;
      try {
        found = JSON.parse(localStorage.getItem(key(notebook, cell)));
      } catch {
        // refused, or nothing of ours
      }
      found ??= memory[key(notebook, cell)];
      return typeof found?.code === "string" && found.code !== original
        ? { code: found.code, isOutdated: found.of !== sign(original) }
        : null;
    },

    // Code that is the notebook's is not kept. What was begun on an older cell stays marked so, until it is forgotten.
    write(notebook, cell, code, original, isOutdated) {
      const name = key(notebook, cell);
      delete memory[name];
      try {
        if (code === original)
          return localStorage.removeItem(name);
        memory[name] = { code, of: isOutdated ? "" : sign(original) };
        localStorage.setItem(name, JSON.stringify(memory[name]));
      } catch {
        // the page remembers
      }
    },
  };
})();
