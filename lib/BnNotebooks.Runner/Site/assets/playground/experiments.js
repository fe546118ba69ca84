// The course's experiments, each with a button: what to set, how far to train, and what to look at.
"use strict";

const bnExperiments = [
  {
    name: "10 layers, without batch norm",
    said: "Ten layers from PyTorch’s default start. Run A has batch norm, run B has none. In B, look at the layers: from the second on, what enters the activations spreads a fifth as far, and the gradient in the first is a thousandth of A’s.",
    state: { settings: { depth: 10, start: "pytorch" }, other: { key: "normalization", value: "none" } },
    steps: 300,
  },
  {
    name: "the same with He’s start",
    said: "The same ten layers without batch norm, from He’s start (A) and from PyTorch’s default (B). Only the start differs, and only A learns. Compare the spreads and the gradients, layer by layer.",
    state: { settings: { depth: 10, normalization: "none" }, other: { key: "start", value: "pytorch" } },
    steps: 300,
  },
  {
    name: "batch size 2",
    said: "Trained by twos. The running averages follow batches of two points, so they are noisy: training mode, asked in the midst of all training points, and evaluation mode disagree. Now press ‘Recalibrate’.",
    state: { settings: { data: "moons", batchSize: 2, rate: 0.02 }, whole: true },
    steps: 300,
  },
  {
    name: "forget eval()",
    said: "A network that has learned its task. Look at ‘If you forget Eval()’: the same network, the same test points, asked in training mode. Worst is a batch that has one class only. Move the ＋ to a boundary, and one point gets many answers.",
    state: { settings: { data: "moons" } },
    steps: 300,
  },
  {
    name: "rate that grows 3 % a step",
    said: "Ten layers, and a learning rate that starts at 0.01 and is 275 times that after 190 steps. Run A has batch norm, run B has none. Compare the losses, and go on stepping: both break in the end.",
    state: { settings: { data: "moons", depth: 10, rate: 0.01, growth: 1.03 }, other: { key: "normalization", value: "none" } },
    steps: 190,
  },
  {
    name: "recalibrate",
    said: "One column in fractions, the other in hundreds. The running averages lag behind the weights: evaluation mode suffers, training mode does not. Now press ‘Recalibrate’: the averages are taken anew, the weights stay. (With a smaller momentum they lag more: try 0.01.)",
    state: { settings: { data: "scaled" }, whole: true },
    steps: 300,
  },
];
