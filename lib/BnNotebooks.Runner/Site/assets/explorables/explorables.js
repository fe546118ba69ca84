// Brings the explorables of a page to life: figures of which a cell shows title, picture and C# line. The script of each, NAME.js,
// which calls bnExplorables.define("NAME", kit => …), and what all share are loaded with the page, so that a figure has its place
// from the start; the engine a screen or two before a figure is seen.
"use strict";

const bnExplorables = (() => {
  const shared = ["plot", "kit", "training"];
  const also = { "backward-graph": ["../vendor/katex.min"] };   // sets formulas while one plays with it
  const views = {};    // name -> what its script defined
  const loading = {};  // address -> promise

  const load = address => loading[address] ??= new Promise((done, failed) => {
    const script = document.createElement("script");
    script.src = address;
    script.onload = done;
    script.onerror = () => failed(new Error(`${script.src} is not there. Render the site again.`));
    document.head.append(script);
  });

  async function engine() {
    if (typeof bnEngine === "undefined")
      await load("assets/engine.js");
    return bnEngine.shared("playground");
  }

  // What .NET computes: call("Valley.Descend", …). Numbers come as a plain array, whose map may make anything of them.
  async function call(method, ...parameters) {
    const result = await (await engine()).call(`BnNotebooks.Playground.Explorables.${method}`, ...parameters);
    return ArrayBuffer.isView(result) ? Array.from(result) : result;
  }

  const near = figure => new Promise(done => {
    const observer = new IntersectionObserver(entries => {
      if (!entries.some(entry => entry.isIntersecting))
        return;
      observer.disconnect();
      done();
    }, { rootMargin: "1500px" });
    observer.observe(figure);
  });

  async function start(figure) {
    const name = figure.dataset.bnExplorable;
    try {
      await Promise.all([...shared, ...also[name] ?? [], name].map(part => load(`assets/explorables/${part}.js`)));
      const begin = bnKit.bring(figure, views[name], call);
      await near(figure);
      begin();
    } catch (error) {
      const note = document.createElement("p");
      note.textContent = `This figure stays as it is: ${error.message}`;
      figure.append(note);
    }
  }

  // After the page's own last script, when the colours of code are there.
  addEventListener("DOMContentLoaded", () => document.querySelectorAll("[data-bn-explorable]").forEach(start));

  return { define: (name, view) => { views[name] = view; } };
})();
