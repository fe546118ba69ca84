// Notebook 04: a batch through 20 layers and its gradient back, by start, activation and normalization.
"use strict";

bnExplorables.define("twenty-layers", kit => {
  const { number } = kit;
  const depth = 20;
  const names = { batch: "batch norm", layer: "layer norm", group: "group norm", rms: "RMS norm" };
  const starts = { default: "PyTorch's default", xavier: "Xavier's", he: "He's" };
  let seed = 1;

  // Whole powers of 10⁴ around all values, and not less than ±4 decades, so that small changes look small.
  function range(curves) {
    const logs = curves.flat().filter(value => value > 0 && Number.isFinite(value)).map(Math.log10);
    const low = Math.max(-24, Math.min(-4, 4 * Math.floor(Math.min(...logs) / 4)));
    const high = Math.min(24, Math.max(4, 4 * Math.ceil(Math.max(...logs) / 4)));
    return { from: 10 ** low, to: 10 ** high, log: true };
  }

  const halves = curve => ({ signal: curve.slice(0, depth), gradient: curve.slice(depth) });

  return {
    controls: [
      { kind: "choice", name: "start", label: "weights start by", options: Object.entries(starts) },
      { kind: "range", name: "factor", label: "all weights times", min: 0.5, max: 2, step: 0.05, value: 1, text: factor => `× ${factor}` },
      { kind: "choice", name: "activation", label: "activation", options: [["relu", "ReLU"], ["sigmoid", "sigmoid"]] },
      { kind: "choice", name: "normalization", label: "normalization", options: Object.entries(names) },
      { kind: "button", label: "Other weights", press: api => { seed++; api.changed(); } },
    ],
    panels: [
      {
        title: "Forward: the signal of each layer",
        height: width => Math.min(width * 0.75, 280),
        label: "The standard deviation of a unit's outputs by layer, without and with normalization, on a logarithmic axis.",
      },
      {
        title: "Back: the gradient at each layer's weights",
        height: width => Math.min(width * 0.75, 280),
        label: "The norm of the gradient by layer, without and with normalization, on a logarithmic axis.",
      },
    ],
    letters: 360,
    async compute(call, { start, factor, activation, normalization }, show) {
      const follow = name => call("TwentyLayers.Follow", start, factor, activation, name, seed);
      show({ without: halves(await follow("none")), with: halves(await follow(normalization)) });
    },
    draw(panels, { normalization }, result) {
      ["signal", "gradient"].forEach((what, i) => {
        const curves = [result.without[what], result.with[what]];
        panels[i].begin({
          x: { from: 1, to: depth, label: "layer", ticks: [1, 5, 10, 15, 20] }, y: range(curves),
          marks: [["one", "none"], ["two", names[normalization]]],
        });
        curves.forEach((curve, k) => {
          const points = curve.map((value, layer) => [layer + 1, value]);
          panels[i].line(points, k ? "two" : "one");
          panels[i].dots(points, k ? "dot-two" : "dot-one");
        });
      });
    },
    code({ start, factor, activation, normalization }) {
      const draw = {
        default: "// the weights as PyTorch draws them",
        xavier: "Initialization.XavierNormal(linear.Weight, random);",
        he: "Initialization.KaimingNormal(linear.Weight, random);",
      }[start];
      return `var linear = new Linear<double>(50, 50, random: random);
${draw}
// 20 times, once with "${normalization}" and once with "none":
x = linear.Forward(x);${factor === 1 ? "" : `   // with all weights × ${factor}`}
x = Normalizations.Create<double>("${normalization}", 50).Forward(x);
x = Activations.Create<double>("${activation}").Forward(x);`;
    },
    said(values, result) {
      const side = ({ signal, gradient }) => {
        const left = signal[depth - 1] / signal[0];
        return `the signal of layer 20 is ${number(left, 2)} times that of layer 1 (× ${number(left ** (1 / (depth - 1)), 2)} a layer), `
          + `and the gradient at layer 1 is ${number(gradient[0] / gradient[depth - 1], 2)} times that at layer 20`;
      };
      return `Without normalization, ${side(result.without)}. With ${names[values.normalization]}, ${side(result.with)}.`;
    },
  };
});
