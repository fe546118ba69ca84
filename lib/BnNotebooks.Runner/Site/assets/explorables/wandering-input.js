// Notebook 02: what a unit's sigmoid gets, while the layers below it learn.
"use strict";

bnExplorables.define("wandering-input", kit => {
  const { number } = kit;
  const looks = 60, stepsPerLook = 5, units = 16;
  const starts = { default: ["PyTorch's default", "default", 1], xavier: ["Xavier's", "xavier", 1], larger: ["four times Xavier's", "xavier", 4] };

  const training = bnTraining(kit, {
    points: looks,
    begin: (call, { start, rate }, seed) => call("WanderingInput.Begin", starts[start][1], starts[start][2], rate, seed),
    async more(call) {
      const found = await call("WanderingInput.Continue", 2);
      const each = 3 * units;
      return [0, 1].map(look => [0, 1].map(side => found.slice((2 * look + side) * each, (2 * look + side + 1) * each)));
    },
  });

  const quantiles = (run, side, unit) => run.map(look => look[side].slice(3 * unit, 3 * unit + 3));
  const spread = rows => rows.reduce((sum, [low, , high]) => sum + high - low, 0) / rows.length;
  function wander(run, side, unit) {
    const rows = quantiles(run, side, unit), medians = rows.map(([, median]) => median);
    return (Math.max(...medians) - Math.min(...medians)) / spread(rows);
  }
  const all = (run, side) => Array.from({ length: units }, (_, unit) => wander(run, side, unit)).reduce((a, b) => a + b) / units;

  return {
    ...training,
    controls: [
      { kind: "range", name: "unit", label: "watch unit", min: 1, max: units, step: 1, value: 1 },
      { kind: "choice", name: "start", label: "start of both", options: Object.entries(starts).map(([name, [text]]) => [name, text]) },
      { kind: "range", name: "rate", label: "learning rate", min: -1, max: 1, step: 0.1, value: 1, ...kit.log },
      ...training.buttons,
    ],
    panels: ["without batch norm", "with batch norm"].map((title, side) => ({
      title, height: width => Math.min(width * 0.75, 270), label: `The unit's input by training step, ${title}: its median, and a band from its 15th to its 85th percentile.`,
      marks: [[side ? "two solid" : "one", "median, and 15 % to 85 %, in its own spreads"]],
    })),
    letters: 250,
    draw(panels, { unit }, { run }) {
      // In the unit's own spreads: what comes after it sees how far it moves beside how far its samples are apart.
      const both = [0, 1].map(side => quantiles(run, side, unit - 1)).map(rows => rows.map(row => row.map(value => value / spread(rows))));
      const reach = Math.max(2, ...both.flat(2).filter(Number.isFinite).map(Math.abs)) * 1.05;
      panels.forEach((panel, side) => {
        panel.begin({ x: { from: 0, to: looks * stepsPerLook, label: "training steps" }, y: { from: -reach, to: reach } });
        const at = (i, value) => [i * stepsPerLook, value];
        panel.area([...both[side].map(([low], i) => at(i, low)), ...both[side].map(([, , high], i) => at(i, high)).reverse()],
          side ? "band-two" : "band-one");
        panel.line(both[side].map(([, median], i) => at(i, median)), side ? "two solid" : "one");
      });
    },
    code: ({ start, rate, unit }) => `// 3 times, from ${starts[start][0]} start; without batch norm the one in the middle is left out:
layers.AddRange([linear, new BatchNorm1d(16), new Sigmoid()]);
new Sgd(network.Parameters, lr: ${rate}).Step();
// watched: what the third sigmoid gets, x[.., ${unit - 1}]`,
    said: ({ unit }, { run }) => `Unit ${unit}, ${(run.length - 1) * stepsPerLook} steps: the median of its input has wandered `
      + `by ${number(wander(run, 0, unit - 1), 2)} of its own spreads without batch norm, by ${number(wander(run, 1, unit - 1), 2)} with it. `
      + `On average over the 16 units: ${number(all(run, 0), 2)} without, ${number(all(run, 1), 2)} with.`,
  };
});
