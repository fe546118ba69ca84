// Brings the explorables of a page to life: figures of which a cell shows title, picture and C# line. What one needs is loaded a
// screen or two before it is seen, because it is not as high as its picture: NAME.js, which calls
// bnExplorables.define("NAME", kit => …), what all share, and the engine.
"use strict";

const bnExplorables = (() => {
  const shared = ["plot", "kit", "training"];
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

  async function start(figure) {
    const name = figure.dataset.bnExplorable;
    try {
      await Promise.all([...shared, name].map(part => load(`assets/explorables/${part}.js`)));
      bnKit.bring(figure, views[name], call);
    } catch (error) {
      const note = document.createElement("p");
      note.textContent = `This figure stays as it is: ${error.message}`;
      figure.append(note);
    }
  }

  const near = new IntersectionObserver(entries => {
    for (const { isIntersecting, target } of entries.filter(entry => entry.isIntersecting)) {
      near.unobserve(target);
      start(target);
    }
  }, { rootMargin: "1500px" });
  for (const figure of document.querySelectorAll("[data-bn-explorable]"))
    near.observe(figure);

  return { define: (name, view) => { views[name] = view; } };
})();
