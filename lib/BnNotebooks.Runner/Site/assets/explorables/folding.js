// Notebook 06: a linear unit and the batch norm behind it are two straight lines in a row, in evaluation.
"use strict";

bnExplorables.define("folding", kit => {
  const { number } = kit;
  const slider = (name, label, min, max, value) => ({ kind: "range", name, label, min, max, step: 0.1, value });
  let batch = 1, before = [], of = ""; // the lines of the batches before, of the same two layers

  return {
    controls: [
      slider("w", "weight w", -2, 2, 0.8), slider("b", "bias b", -2, 2, 1),
      slider("mean", "running mean", -2, 2, 0.5), slider("deviation", "running deviation", 0.2, 3, 0.6),
      slider("gamma", "γ", -2, 2, 1), slider("beta", "β", -2, 2, -0.5),
      { kind: "button", label: "Another batch in training mode", press: api => { batch++; api.changed(); } },
    ],
    panels: [{
      title: "What the unit makes of its input x",
      height: width => Math.min(width * 0.55, 320),
      label: "Straight lines over the input: the linear unit, both layers in evaluation with the folded unit on top of them, and both layers in training mode.",
      marks: [["ink", "the linear unit alone"], ["wide", "both, evaluation"], ["one", "folded into one unit"], ["two", "both, training mode"]],
    }],
    letters: 290,
    async compute(call, { w, b, mean, deviation, gamma, beta }, show) {
      const [weight, bias, difference, slope, height] = await call("Folding.Fold", w, b, mean, deviation, gamma, beta, batch);
      const layers = [w, b, gamma, beta].join();
      before = [...(layers === of ? before : []), [slope, height]].slice(-9);
      of = layers;
      show({ weight, bias, difference, slope, height });
    },
    draw([plot], { w, b }, { weight, bias, slope, height }) {
      plot.begin({ x: { from: -3, to: 3, label: "input x" }, y: { from: -5, to: 5 } });
      const line = (slope, height, kind) => plot.line([[-3, height - 3 * slope], [3, height + 3 * slope]], kind);
      for (const [oldSlope, oldHeight] of before.slice(0, -1))
        line(oldSlope, oldHeight, "pale");
      line(w, b, "ink");
      line(weight, bias, "wide");
      line(weight, bias, "one");
      line(slope, height, "two");
    },
    code: ({ gamma, mean, deviation, beta }, result) => `norm.Eval();     // γ = ${gamma}, β = ${beta}, μ = ${mean}, σ = ${deviation}
var (weight, bias) = norm.FoldInto<double>(linear.Weight.Value, linear.Bias.Value);
// ${result ? `weight ${+result.weight.toPrecision(3)}, bias ${+result.bias.toPrecision(3)}` : "…"}`,
    said: (_, { weight, bias, difference, slope, height }) =>
      `In evaluation one unit with weight ${number(weight)} and bias ${number(bias)} does what both layers do; `
      + `the largest difference for inputs from −3 to 3 is ${number(difference, 1)}. `
      + (Math.abs(slope) < 1e-9 ? `In training mode every batch comes out at β, since w or γ is 0.`
        : `In training mode this batch goes along a line of weight ${number(slope)} and bias ${number(height)}, `
          + `the next one along another: no one unit does that.`),
  };
});
