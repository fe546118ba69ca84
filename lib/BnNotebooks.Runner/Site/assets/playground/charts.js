// The playground's small charts, each a string of SVG: lines over the steps, a layer's histograms, units beside their twins.
"use strict";

const bnCharts = (() => {
  const round = value => Math.round(value * 10) / 10;
  const exact = value => !Number.isFinite(value) ? "–" : value === 0 ? "0" : Math.abs(value) >= 1000 || Math.abs(value) < 0.001 ? value.toExponential(0).replace("e+", "e") : String(Number(value.toPrecision(2)));

  const svg = (width, height, label, content) =>
    `<svg viewBox="0 0 ${width} ${height}" role="img" aria-label="${label}">${content}</svg>`;

  // The losses of both modes over the steps, on a logarithmic scale.
  function losses(path, label) {
    const [width, height, left, bottom] = [360, 150, 38, 22];
    const lowest = -3, highest = 1;
    const last = Math.max(50, path.at(-1)?.step ?? 0);
    const x = step => left + (width - left - 8) * step / last;
    const y = loss => {
      const at = Math.min(1, Math.max(0, (Math.log10(loss) - lowest) / (highest - lowest)));
      return 6 + (height - bottom - 6) * (1 - at);
    };
    const grid = [0.001, 0.01, 0.1, 1, 10].map(loss =>
      `<line class="grid" x1="${left}" x2="${width - 8}" y1="${round(y(loss))}" y2="${round(y(loss))}"/><text class="tick" x="${left - 5}" y="${round(y(loss) + 3.5)}" text-anchor="end">${loss}</text>`).join("");
    const line = (key, kind) => {
      const points = path.filter(entry => Number.isFinite(entry[key])).map(entry => `${round(x(entry.step))},${round(y(entry[key]))}`);
      return `<polyline class="${kind}" points="${points.join(" ")}"/>`;
    };
    return svg(width, height, label, `${grid}
      <text class="tick" x="${left}" y="${height - 6}">0</text><text class="tick" x="${width - 8}" y="${height - 6}" text-anchor="end">step ${last}</text>
      ${line("trainingLoss", "training")}${line("loss", "evaluation")}`);
  }

  // A layer: what enters its activation above, the gradients there below.
  function layer({ activations, gradients }) {
    const bars = (shares, kind) => {
      const highest = Math.max(0.15, ...shares);
      return shares.map((share, i) => share === 0 ? "" : `<rect class="${kind}" x="${i * 4}" width="3.4" y="${round(38 - 36 * share / highest)}" height="${round(36 * share / highest)}"/>`).join("");
    };
    const frame = "<line class=\"grid\" x1=\"0\" x2=\"96\" y1=\"38\" y2=\"38\"/>";
    return `<svg viewBox="0 0 96 40" aria-hidden="true">${frame}${bars(activations, "activations")}<line class="zero" x1="48" x2="48" y1="0" y2="38"/></svg>
      <svg viewBox="0 0 96 40" aria-hidden="true">${frame}${bars(gradients, "gradients")}</svg>`;
  }

  // Each unit as a dot: the running number across, the batch's up. On the diagonal both are the same.
  function twins(units, across, up, label) {
    const pairs = units.map(unit => [unit[across], unit[up]]).filter(pair => pair.every(Number.isFinite));
    const all = pairs.flat();
    let [low, high] = [Math.min(...all), Math.max(...all)];
    if (high - low < 1e-6)
      [low, high] = [low - 0.5, high + 0.5];
    const [size, edge] = [150, 10];
    const at = value => edge + (size - 2 * edge) * (value - low) / (high - low);
    const dots = pairs.map(([a, b]) => `<circle cx="${round(at(a))}" cy="${round(size - at(b))}" r="2.6"/>`).join("");
    return svg(size, size, label, `<rect class="frame" x="1" y="1" width="${size - 2}" height="${size - 2}"/>
      <line class="zero" x1="${edge}" y1="${size - edge}" x2="${size - edge}" y2="${edge}"/>${dots}
      <text class="tick" x="6" y="${size - 5}">${exact(low)}</text><text class="tick" x="${size - 5}" y="12" text-anchor="end">${exact(high)}</text>`);
  }

  // A number of each unit, a row for each layer, on one scale.
  function rows(units, key, depth, label) {
    const values = units.map(unit => unit[key]).filter(Number.isFinite);
    let [low, high] = [Math.min(...values), Math.max(...values)];
    if (high - low < 1e-6)
      [low, high] = [low - 0.5, high + 0.5];
    const [width, edge] = [150, 10];
    const height = Math.max(40, 14 * depth + 22);
    const x = value => edge + (width - 2 * edge) * (value - low) / (high - low);
    const dots = units.filter(unit => Number.isFinite(unit[key])).map(unit =>
      `<circle cx="${round(x(unit[key]))}" cy="${11 + 14 * unit.layer}" r="2.4"/>`).join("");
    const lines = Array.from({ length: depth }, (_, i) => `<line class="grid" x1="2" x2="${width - 2}" y1="${11 + 14 * i}" y2="${11 + 14 * i}"/>`).join("");
    return svg(width, height, label, `${lines}${dots}<text class="tick" x="2" y="${height - 4}">${exact(low)}</text><text class="tick" x="${width - 2}" y="${height - 4}" text-anchor="end">${exact(high)}</text>`);
  }

  // One point's answers among many batches, from surely class 0 to surely class 1, and the answer in evaluation mode.
  function answers({ evaluation, training }, label) {
    const [width, height] = [360, 62];
    const x = p => 8 + (width - 16) * p;
    const stacks = {};
    const dots = training.map(p => {
      const bin = Math.round(p * 60);
      stacks[bin] = (stacks[bin] ?? 0) + 1;
      return `<circle class="class${p > 0.5 ? 1 : 0}" cx="${round(x(bin / 60))}" cy="${Math.max(5, 42 - 5 * stacks[bin])}" r="2.5"/>`;
    }).join("");
    return svg(width, height, label, `<line class="grid" x1="8" x2="${width - 8}" y1="42" y2="42"/><line class="zero" x1="${width / 2}" x2="${width / 2}" y1="2" y2="42"/>
      ${dots}<path class="now" d="M${round(x(evaluation))} 43 l5 8 h-10 z"/>
      <text class="tick" x="8" y="60">class 0</text><text class="tick" x="${width / 2}" y="60" text-anchor="middle">undecided</text><text class="tick" x="${width - 8}" y="60" text-anchor="end">class 1</text>`);
  }

  return { losses, layer, twins, rows, answers, exact };
})();
