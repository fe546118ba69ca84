// What a reader can choose in the playground: its names, its values, how a link holds it, and how a difference is said in words.
"use strict";

const bnSettings = (() => {
  const powers = (from, to) => Array.from({ length: to - from + 1 }, (_, i) => 2 ** (from + i));
  const numbers = list => list.map(value => [value, String(value)]);

  // key -> label, the values with their words, the value at first. The names are those that the engine takes.
  const all = {
    data: ["Data", [["spirals", "spirals"], ["moons", "moons"], ["circles", "circles"], ["scaled", "badly scaled columns"]], "spirals"],
    depth: ["Hidden layers", numbers([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 3],
    width: ["Units in each", numbers([4, 8, 16, 32]), 16],
    normalization: ["Normalization", [
      ["none", "none"], ["batch", "batch norm"], ["layer", "layer norm"], ["group", "group norm"], ["rms", "RMS norm"],
      ["ghost", "ghost batch norm, 16 each"], ["renorm", "batch renorm"], ["switchable", "switchable norm"],
      ["attentive", "attentive norm"], ["stochastic", "stochastic batch norm"], ["noisy", "noisy batch norm"],
      ["weight", "weight norm"], ["dyt", "dynamic tanh"]], "batch"],
    placement: ["Its place", [["before", "before the activation"], ["after", "after the activation"]], "before"],
    activation: ["Activation", [["relu", "ReLU"], ["sigmoid", "sigmoid"]], "relu"],
    start: ["Start of the weights", [["he", "He"], ["xavier", "Xavier"], ["pytorch", "PyTorch’s default"]], "he"],
    batchSize: ["Batch size", numbers(powers(0, 8)), 32],
    rate: ["Learning rate", numbers([0.001, 0.003, 0.01, 0.02, 0.03, 0.1, 0.3, 1, 3]), 0.1],
    growth: ["The rate", [[1, "stays"], [1.03, "grows 3 % a step"]], 1],
    momentum: ["Momentum of the averages", numbers([0.01, 0.03, 0.1, 0.3, 0.5, 1]), 0.1],
    seed: ["Seed", numbers([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]), 1],
  };
  const keys = Object.keys(all);
  const first = () => Object.fromEntries(keys.map(key => [key, all[key][2]]));

  const word = (key, value) => all[key][1].find(([known]) => known === value)[1];
  const parse = (key, text) => all[key][1].find(([known]) => String(known) === text)?.[0];

  // "Hidden layers 10 instead of 3"
  const difference = (key, one, other) => `${all[key][0].toLowerCase()} ${word(key, one)} instead of ${word(key, other)}`;

  // Whether what a point is answered depends on its batch in training mode, and on running averages in evaluation mode.
  const hasModes = settings => ["batch", "ghost", "renorm", "switchable", "attentive", "stochastic", "noisy"].includes(settings.normalization);

  // A state is { settings, other: { key, value } or null, whole, steps, recalibrated: [steps] }; a link names what is not as at first.
  function toHash({ settings, other, whole, steps, recalibrated }) {
    const parts = new URLSearchParams();
    for (const key of keys)
      if (settings[key] !== all[key][2])
        parts.set(key, settings[key]);
    if (other)
      parts.set("b", `${other.key}:${other.value}`);
    if (whole)
      parts.set("companions", "all");
    if (steps)
      parts.set("steps", steps);
    if (recalibrated.length)
      parts.set("recalibrated", recalibrated.join("-"));
    return `#${parts}`;
  }

  // A link may come from anywhere: what it says and there is not, is as at first.
  function fromHash(hash) {
    const parts = new URLSearchParams(hash.slice(1));
    const settings = first();
    for (const key of keys)
      settings[key] = parse(key, parts.get(key) ?? "") ?? settings[key];
    const [key, text] = (parts.get("b") ?? "").split(":");
    const value = Object.hasOwn(all, key) ? parse(key, text ?? "") : undefined;
    const count = text => Math.min(5000, Math.max(0, Math.trunc(Number(text)) || 0));
    const steps = count(parts.get("steps"));
    return {
      settings,
      other: value === undefined ? null : { key, value },
      whole: parts.get("companions") === "all",
      steps,
      recalibrated: (parts.get("recalibrated") ?? "").split("-").filter(text => text !== "").map(count).filter(step => step <= steps),
    };
  }

  return { all, keys, first, word, parse, difference, hasModes, toHash, fromHash };
})();
