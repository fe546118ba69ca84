// Makes of what a run gave what the page shows, as the notebook's own outputs look (OutputRenderer).
"use strict";

const liveOutputs = (() => {
  const chartType = "application/vnd.plotly.v1+json";

  function make(tag, className, ...children) {
    const made = document.createElement(tag);
    made.className = className;
    made.append(...children);
    return made;
  }

  const plain = text => text.replace(/\x1b\[[0-9;]*[A-Za-z]/g, "");

  // Scripts in it do not run: they came with the recorded output, if they were there.
  function html(source) {
    const output = make("div", "output html scroll");
    output.innerHTML = source;
    return output;
  }

  function chart(json) {
    const { layout } = JSON.parse(json);
    const title = new DOMParser().parseFromString(layout?.title?.text ?? "", "text/html").body.textContent.trim();
    const plot = make("div", "plot");
    plot.style.height = `${layout?.height ?? 420}px`;
    const data = make("script", "", json);
    data.type = "application/json";
    return make("figure", "output chart", ...(title ? [make("figcaption", "", title)] : []), plot, data);
  }

  function image(address) {
    const picture = make("img", "");
    picture.src = address;
    picture.alt = "Output of the cell above";
    return make("figure", "output image", picture);
  }

  function display(data) {
    if (data[chartType])
      return chart(data[chartType]);
    if (data["text/html"] !== undefined)
      return html(data["text/html"]);
    if (data["image/svg+xml"])
      return image(`data:image/svg+xml,${encodeURIComponent(data["image/svg+xml"])}`);
    if (data["image/png"])
      return image(`data:image/png;base64,${data["image/png"]}`);
    return make("pre", "output result", plain(data["text/plain"] ?? data["text/markdown"] ?? ""));
  }

  function failure({ name, message, details }) {
    const box = make("div", "output error", make("pre", "", [name, message].filter(Boolean).join(": ")));
    box.setAttribute("role", "note");
    box.setAttribute("aria-label", "Error");
    if (details)
      box.append(make("details", "", make("summary", "", "Details"), make("pre", "", plain(details))));
    return box;
  }

  // Each error is a button that leads to its place.
  function errors(list, goTo) {
    const items = list.map(error => {
      const button = make("button", "", `line ${error.line}: ${error.message} (${error.id})`);
      button.type = "button";
      button.addEventListener("click", () => goTo(error));
      return make("li", "", button);
    });
    const box = make("div", "output error live-errors", make("p", "", "It does not compile, so nothing was run."), make("ul", "", ...items));
    box.setAttribute("role", "group");
    box.setAttribute("aria-label", "Errors");
    return box;
  }

  return {
    make,

    // The elements of a result, in order.
    of: (result, goTo) => [
      ...result.outputs.filter(output => output.kind !== "stream" || output.text)
        .map(output => output.kind === "stream" ? make("pre", "output stream stdout", plain(output.text)) : display(output.data)),
      ...(result.errors.length ? [errors(result.errors, goTo)] : []),
      ...(result.failure ? [failure(result.failure)] : []),
    ],

    // An explorable acts by a script, which ran when the page was opened: a copy of it would be dead.
    actsByScript: result => result.outputs.some(({ data }) =>
      data && !data[chartType] && /<script|data-bn-explorable/.test(data["text/html"]) && !data["text/html"].includes("data-bn-predict")),

    // What needs more than to stand there: charts are drawn, predictions get their controls.
    async wake(container) {
      if (container.querySelector("[data-bn-predict]"))
        window.bnPredict?.();
      const charts = [...container.querySelectorAll("figure.chart")];
      if (charts.length && !window.drawChart) {
        await liveLoad("assets/chart-theme.js");
        await liveLoad("assets/charts.js"); // draws what is there
      } else
        charts.forEach(window.watchChart ?? window.drawChart);
      window.markScrollBoxes?.();
    },
  };
})();
