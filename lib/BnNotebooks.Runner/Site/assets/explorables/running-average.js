// Notebook 06: how a running mean follows the batches, and what evaluation makes of the batch meanwhile.
"use strict";

bnExplorables.define("running-average", kit => {
  const { number } = kit;
  const batches = 300;
  const moves = { stay: "stay", jump: "jump midway", drift: "drift", spread: "spread midway" };
  let seed = 1;

  return {
    controls: [
      { kind: "range", name: "momentum", label: "momentum", min: -3, max: 0, step: 0.05, value: 0.05, ...kit.log },
      { kind: "range", name: "size", label: "values in a batch", min: 1, max: 8, step: 1, value: 16, of: raw => 2 ** raw, to: Math.log2 },
      { kind: "choice", name: "move", label: "the data", options: Object.entries(moves), value: "jump" },
      { kind: "button", label: "Other batches", press: api => { seed++; api.changed(); } },
    ],
    panels: [
      {
        title: "The running mean",
        height: width => Math.min(width * 0.75, 280),
        label: "The batches' means as dots, the mean of the data, and the running mean, by batch.",
        marks: [["dot-pale", "means of the batches"], ["ink", "mean of the data"], ["one", "running mean"]],
      },
      {
        title: "What comes out",
        height: width => Math.min(width * 0.75, 280),
        label: "Mean and deviation of the layer's output for each batch: a band in evaluation, and from minus 1 to 1 in training.",
        marks: [["two solid", "in evaluation: mean, and ± a deviation"], ["ink", "in training: always 0 ± 1"]],
      },
    ],
    letters: 250,
    async compute(call, { momentum, size, move }, show) {
      const found = await call("RunningAverage.Watch", momentum, size, move, seed);
      show(Array.from({ length: batches }, (_, i) => {
        const [batch, running, data, mean, deviation] = found.slice(5 * i, 5 * i + 5);
        return { batch, running, data, mean, deviation };
      }));
    },
    draw([memory, out], { }, rows) {
      const x = { from: 1, to: batches, label: "batches seen", ticks: [1, 100, 200, 300] };
      const along = of => rows.map((row, i) => [i + 1, of(row)]);
      memory.begin({ x, y: { from: 0, to: 12 } });
      memory.dots(along(row => row.batch), "dot-pale", 1.8);
      memory.line(along(row => row.data), "ink");
      memory.line(along(row => row.running), "one");
      out.begin({ x, y: { from: -4, to: 8 } });
      out.area([...along(row => row.mean - row.deviation), ...along(row => row.mean + row.deviation).reverse()], "band-two");
      out.line(along(row => row.mean), "two solid");
      for (const level of [-1, 0, 1])
        out.line([[1, level], [batches, level]], "ink");
    },
    code: ({ momentum, size }) => `var norm = new BatchNorm1d(1, momentum: ${momentum});
norm.Forward(batch);      // (${size}, 1), in training: its own mean, and the running mean follows
norm.Eval();
norm.Forward(batch);      // the same batch, by norm.RunningMean and norm.RunningVar`,
    said({ momentum }, rows) {
      const last = rows[batches - 1], start = (1 - momentum) ** batches;
      return `After ${batches} batches the running mean is ${number(last.running)}, the mean of the data ${number(last.data)}; `
        + `of the start at 0 ${start < 1e-4 ? "less than 0.01" : number(100 * start, 2)} % is left in it. `
        + `In evaluation the last batch comes out with mean ${number(last.mean, 2)} and deviation ${number(last.deviation, 2)}, in training with 0 and 1.`;
    },
  };
});
