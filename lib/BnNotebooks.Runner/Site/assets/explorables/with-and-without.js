// Notebook 01: one network without batch norm and with it, and without it at its best.
"use strict";

bnExplorables.define("with-and-without", kit => {
  const { number } = kit;
  const points = 60, stepsPerPoint = 5, goal = 0.3;
  const starts = { default: "PyTorch's default", xavier: "Xavier's", he: "He's" };
  const drawn = {
    default: "// linear is new Linear(16, 16), with PyTorch's default weights",
    xavier: "Initialization.XavierNormal(linear.Weight, random);",
    he: "Initialization.KaimingNormal(linear.Weight, random);",
  };
  const sides = [["one", "without"], ["two", "with batch norm"], ["three", "without, He's start, rate 0.3"]];

  const training = bnTraining(kit, {
    points,
    seed: 9, // of the first ten the one whose three numbers of steps are nearest to their means
    begin: (call, { start, rate }, seed) => call("WithAndWithout.Begin", start, rate, seed),
    async more(call) {
      const losses = await call("WithAndWithout.Continue", 2);
      return [losses.slice(0, 3), losses.slice(3)];
    },
  });

  function reached(run, side, whole) {
    const at = run.findIndex(losses => losses[side] <= goal);
    return at >= 0 ? `after ${(at + 1) * stepsPerPoint} steps`
      : run.some(losses => !Number.isFinite(losses[side])) ? "never, for the training ran away"
      : `not within ${run.length * stepsPerPoint} steps${whole ? "" : " so far"}`;
  }

  return {
    ...training,
    controls: [
      { kind: "choice", name: "start", label: "start of both", options: Object.entries(starts) },
      { kind: "range", name: "rate", label: "learning rate", min: -2, max: 0.5, step: 0.05, value: 0.1, ...kit.log },
      ...training.buttons,
    ],
    panels: [{
      title: "Training loss",
      height: width => Math.min(width * 0.6, 300),
      label: "The training loss of three networks by step.",
      marks: sides,
    }],
    letters: 250,
    draw([plot], values, { run }) {
      plot.begin({ x: { from: 0, to: points * stepsPerPoint, label: "training steps" }, y: { from: 0, to: 1 } });
      plot.line([[0, goal], [points * stepsPerPoint, goal]], "ink");
      sides.forEach(([kind], side) => plot.line(run.map((losses, i) => [(i + 1) * stepsPerPoint, losses[side]]), kind));
    },
    code: ({ start, rate }) => `// 5 times, then new Linear(16, 2); without batch norm the one in the middle is left out:
layers.AddRange([linear, new BatchNorm1d(16), new ReLU()]);
${drawn[start]}
network.Backward(loss.Backward());
new Sgd(network.Parameters, lr: ${rate}).Step();`,
    said: ({ start, rate }, { run, whole }) => `To a loss of ${goal}, from ${starts[start]} start at rate ${number(rate)}: `
      + `without batch norm ${reached(run, 0, whole)}, with it ${reached(run, 1, whole)}. Without it, but with He's start and rate 0.3: ${reached(run, 2, whole)}.`,
  };
});
