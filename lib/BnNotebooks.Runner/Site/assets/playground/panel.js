// Shows a run: both modes of the plane, the losses, what a forgotten Eval() costs, and the layers. Each picture says in words what it shows.
"use strict";

class BnPanel {
  constructor(name, run, changed, point, onPoint) {
    this.element = document.getElementById("run").content.firstElementChild.cloneNode(true);
    this.find = selector => this.element.querySelector(selector);
    this.name = name;
    this.find("[data-name]").textContent = name || "The run";
    this.find("[data-name]").hidden = !name;
    this.find("[data-changed]").textContent = changed;
    this.find("[data-changed]").hidden = !changed;
    this.point = point;
    for (const canvas of this.element.querySelectorAll("canvas"))
      canvas.addEventListener("pointerdown", event => {
        const box = canvas.getBoundingClientRect();
        onPoint((event.clientX - box.left) / box.width, 1 - (event.clientY - box.top) / box.height);
      });
    for (const [axis, input] of [["x", this.find("[data-x]")], ["y", this.find("[data-y]")]]) {
      input.value = point[axis];
      input.addEventListener("input", () => onPoint(...(axis === "x" ? [Number(input.value), this.point.y] : [this.point.x, Number(input.value)])));
    }
    this.of(run);
  }

  of(run) {
    this.run = run;
    this.find("[data-forgotten]").hidden = !run.hasModes;
    this.find("[data-units-box]").hidden = run.settings.normalization === "none" || run.settings.normalization === "weight";
  }

  moveTo(point) {
    this.point = point;
    this.find("[data-x]").value = point.x;
    this.find("[data-y]").value = point.y;
  }

  static percent(share) { return Number.isFinite(share) ? `${Math.round(100 * share)} %` : "–"; }

  static loss(value) { return !Number.isFinite(value) ? "–" : value >= 100 ? value.toExponential(1) : value.toFixed(value < 0.1 ? 3 : 2); }

  drawMaps(whole) {
    const { run } = this;
    for (const canvas of this.element.querySelectorAll("canvas"))
      bnMap.draw(canvas, run, canvas.dataset.map, this.point);
    const size = run.settings.batchSize;
    const companions = size - Math.max(1, Math.floor(size / 32));
    this.find("[data-training-how]").textContent = !run.hasModes ? "nothing depends on the batch"
      : whole ? "among all 256 training points" : size === 1 ? "refused: a batch of one" : `among ${companions === 1 ? "1 training point" : `${companions} training points`}, ringed`;
    this.find("[data-evaluation-how]").textContent = run.hasModes ? "by running averages" : "the same, with this normalization";
  }

  // What is said in words, for those who do not see the pictures too.
  drawWords() {
    const { run } = this, { scores, plane } = run;
    if (!scores || !plane)
      return;
    const percent = BnPanel.percent, loss = BnPanel.loss;
    const refused = run.refused ?? (plane.training === null ? "Batch norm needs two values a channel: a batch of one has no variance." : null);
    const verdict = refused ? `The library refuses: ${refused}`
      : run.ended ? `Diverged at step ${run.steps}, at a learning rate of ${bnCharts.exact(run.rate)}.`
        : !run.hasModes ? "Both modes give the same answers: nothing here depends on the batch."
          : `The two modes disagree at ${percent(plane.share)} of the plane.`;
    this.find("[data-verdict]").textContent = verdict;
    this.find("[data-score=training]").innerHTML = `<b>${percent(scores.trainingAccuracy)}</b> right ${run.hasModes ? `in batches of ${run.settings.batchSize}` : ""} <span>· loss ${loss(scores.trainingLoss)}</span>`;
    this.find("[data-score=evaluation]").innerHTML = `<b>${percent(scores.accuracy)}</b> right <span>· loss ${loss(scores.loss)}</span>`;
    const ones = list => percent(list.filter(p => p > 0.5).length / list.length);
    for (const mode of ["training", "evaluation"])
      this.find(`canvas[data-map=${mode}]`).setAttribute("aria-label", plane[mode] === null ? "No picture: a batch of one is refused."
        : `The plane in ${mode} mode${this.name ? ` of ${this.name}` : ""} after ${run.steps} steps: class 1 at ${ones(plane[mode])} of it. ${run.hasModes ? verdict : ""}`);
  }

  drawLosses() {
    const { run } = this;
    if (!run.scores)
      return;
    this.find("[data-losses]").innerHTML = bnCharts.losses(run.path,
      `After ${run.steps} steps the loss is ${BnPanel.loss(run.scores.trainingLoss)} in training mode and ${BnPanel.loss(run.scores.loss)} in evaluation mode.`);
  }

  drawForgotten(whole) {
    const { run } = this;
    if (!run.hasModes || !run.scores)
      return;
    const size = run.settings.batchSize;
    const bar = (words, share, kind) => `<tr><th scope="row">${words}</th><td><span class="bar-of ${kind}" style="width:${Number.isFinite(share) ? 100 * share : 0}%"></span></td><td class="number">${BnPanel.percent(share)}</td></tr>`;
    this.find("[data-forgotten-bars]").innerHTML = `<table class="bars"><caption>Test points that are answered right</caption><tbody>
      ${bar("evaluation mode", run.scores.accuracy, "evaluation")}
      ${bar(`training mode, batches of ${size}`, run.scores.trainingAccuracy, "training")}
      ${bar("the same, one class in each", run.scores.sortedAccuracy, "training")}</tbody></table>`;
    if (!run.answers) {
      this.find("[data-answers-said]").textContent = "";
      this.find("[data-answers]").textContent = "";
      return;
    }
    const { training, evaluation } = run.answers;
    const ones = training.filter(p => p > 0.5).length;
    const said = `One point among 40 different batches${whole ? " of 257" : ` of ${size}`}: class 1 in ${ones} of 40. In evaluation mode (▲): always class ${evaluation > 0.5 ? 1 : 0}.`;
    this.find("[data-answers-said]").textContent = said;
    this.find("[data-answers]").innerHTML = bnCharts.answers(run.answers, said);
  }

  drawInside() {
    const { run } = this;
    if (!run.layers)
      return;
    const exact = bnCharts.exact;
    this.find("[data-layers]").innerHTML = run.layers.map((layer, i) => `<li><span class="number">${i + 1}</span>${bnCharts.layer(layer)}
      <span class="spread">spread ${exact(layer.spread)}</span><span class="spread">gradient ${exact(layer.gradient)}</span></li>`).join("");
    const { units } = run, has = key => units.some(unit => Number.isFinite(unit[key]));
    const charts = [];
    let said = "";
    if (has("runningMean")) {
      const apart = units.map(unit => Math.abs(unit.runningMean - unit.batchMean) / (unit.batchStd || 1)).filter(Number.isFinite);
      const off = apart.reduce((sum, value) => sum + value, 0) / apart.length;
      said = `A dot is a unit: its running average across, this batch’s number up. On the dashed line they are the same. The means differ by ${exact(off)} standard deviations on average.`;
      charts.push(["mean", bnCharts.twins(units, "runningMean", "batchMean", `Means of the units. They differ by ${exact(off)} standard deviations on average.`)],
        ["standard deviation", bnCharts.twins(units, "runningStd", "batchStd", "Standard deviations of the units, running and of this batch.")]);
    } else
      said = "This normalization keeps no running averages.";
    for (const [key, letter] of [["gamma", "γ"], ["beta", "β"]])
      if (has(key)) {
        const values = units.map(unit => unit[key]).filter(Number.isFinite);
        charts.push([`${letter}, layer by layer`, bnCharts.rows(units, key, run.settings.depth, `${letter} of the units, from ${exact(Math.min(...values))} to ${exact(Math.max(...values))}.`)]);
      }
    this.find("[data-units-said]").textContent = said;
    this.find("[data-units]").innerHTML = charts.map(([title, chart]) => `<figure><figcaption>${title}</figcaption>${chart}</figure>`).join("");
  }

  draw(whole) {
    this.drawMaps(whole);
    this.drawWords();
    this.drawLosses();
    this.drawForgotten(whole);
    this.drawInside();
  }
}
