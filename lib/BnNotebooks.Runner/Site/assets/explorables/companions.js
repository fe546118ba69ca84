// Notebook 12: one sample's output, by who else is in its batch.
"use strict";

bnExplorables.define("companions", kit => {
  const { number } = kit;
  const times = 400, bin = 0.125, reach = 4;
  const kinds = { all: ["from all the data", 0, 1], one: ["of one class only", 1.5, 0.5] };
  let seed = 1, handle;

  const sorted = values => [...values].sort((a, b) => a - b);

  return {
    controls: [
      { kind: "range", name: "size", label: "batch size", min: 1, max: 6, step: 1, value: 4, of: raw => 2 ** raw, to: Math.log2 },
      { kind: "range", name: "value", label: "sample's value", min: -3, max: 3, step: 0.1, value: 1 },
      { kind: "choice", name: "kind", label: "companions", options: Object.entries(kinds).map(([name, [text]]) => [name, text]) },
      { kind: "button", label: "Other companions", press: api => { seed++; api.changed(); } },
    ],
    panels: [
      {
        title: "A batch: your sample and its companions",
        height: () => 130,
        label: "The values of a batch as dots on a line; the sample stands out and can be dragged.",
        marks: [["two solid", "your sample"], ["dot-pale", "companions"], ["one", "mean ± deviation of the batch"]],
      },
      {
        title: `The sample's output, asked in ${times} batches`,
        height: width => Math.min(width * 0.6, 230),
        label: "A histogram of the sample's output over 400 batches, with a mark for its output in evaluation.",
        marks: [["wide", "in training mode"], ["three", "in evaluation"]],
      },
    ],
    letters: 280,
    async compute(call, { value, size, kind }, show) {
      const found = await call("Companions.Ask", value, size, kinds[kind][1], kinds[kind][2], seed);
      show({ outputs: found.slice(0, times), batch: found.slice(times) });
    },
    draw([line, histogram], { value }, { outputs, batch }) {
      line.begin({ x: { from: -reach, to: reach, label: "value" }, y: { from: -1, to: 1, bare: true } });
      const mean = batch.reduce((a, b) => a + b) / batch.length;
      const deviation = Math.sqrt(batch.reduce((sum, v) => sum + (v - mean) ** 2, 0) / batch.length);
      line.line([[-reach, 0], [reach, 0]], "grid");
      line.line([[mean - deviation, -0.5], [mean + deviation, -0.5]], "one");
      line.dots([[mean, -0.5]], "dot-one", 4);
      line.dots(batch.slice(1).map(v => [v, 0]), "dot-pale", 5);
      if (!handle) {
        handle = line.make("circle", { r: 10 });
        line.handles.append(handle);
        kit.drag(handle, x => {
          const at = (x - line.x(0)) / (line.x(1) - line.x(0));
          kit.api.set({ value: Math.round(Math.min(Math.max(at, -3), 3) * 10) / 10 });
        });
      }
      handle.setAttribute("cx", line.x(value));
      handle.setAttribute("cy", line.y(0));

      const counts = new Map();
      for (const output of outputs) {
        const at = Math.round(Math.min(Math.max(output, -reach), reach) / bin);
        counts.set(at, (counts.get(at) ?? 0) + 1);
      }
      const top = Math.max(...counts.values());
      histogram.begin({ x: { from: -reach, to: reach, label: "output" }, y: { from: 0, to: top * 1.08 } });
      for (const [at, count] of counts)
        histogram.bar((at - 0.5) * bin, (at + 0.5) * bin, count, "bar-one");
      histogram.line([[value, 0], [value, top * 1.08]], "three");
    },
    code: ({ value, size }, result) => `var norm = new BatchNorm1d(1);
norm.Forward(Tensor.Create([${value}f, ..others], [${size}, 1]))[0, 0]    // ${result ? result.outputs[0].toFixed(2) : "…"}`,
    said({ value, size }, { outputs }) {
      const order = sorted(outputs), share = part => order[Math.round(part * (times - 1))];
      return `Value ${number(value)} in a batch of ${size} comes out as ${number(outputs[0], 2)} this time; over ${times} batches `
        + `nine out of ten outputs lie between ${number(share(0.05), 2)} and ${number(share(0.95), 2)}. In evaluation, by the statistics of all the data `
        + `(mean 0, deviation 1), it comes out as ${number(value, 2)}.`;
    },
  };
});
