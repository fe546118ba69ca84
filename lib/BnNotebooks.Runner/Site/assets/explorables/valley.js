// Notebook 03: gradient descent in a valley that the reader makes narrower or wider.
"use strict";

bnExplorables.define("valley", kit => {
  const { number } = kit;
  const best = kappa => 2 / (1 + 1 / kappa);
  const mapHeight = width => Math.min(width * 0.8, 330);
  const short = value => +value.toPrecision(3);

  let wall, start; // what the mouse takes hold of
  function handles(map) {
    wall = map.make("circle", { r: 9 });
    start = map.make("circle", { r: 9 });
    map.handles.append(wall, start);
    kit.drag(wall, (x, y) => {
      const height = Math.abs((y - map.y(0)) / (map.y(1) - map.y(0)));
      kit.api.set({ kappa: Math.min(Math.max(1 / height ** 2, 1), 100) });
    });
    kit.drag(start, (x, y) => {
      const { kappa } = kit.api.values();
      const along = Math.abs((x - map.x(0)) / (map.x(1) - map.x(0)));
      const across = Math.abs((y - map.y(0)) / (map.y(1) - map.y(0))) * Math.sqrt(kappa);
      kit.api.set({ angle: Math.round(Math.atan2(across, along) * 180 / Math.PI) });
    });
  }

  return {
    controls: [
      { kind: "range", name: "kappa", label: "condition number κ", min: 0, max: 2, step: 0.01, value: 36.1,
        of: raw => 10 ** raw, to: Math.log10 },
      { kind: "range", name: "share", label: "learning rate", min: 0.1, max: 1.2, step: 0.01, value: 1, text: share => `${share} × best` },
      { kind: "range", name: "angle", label: "start, on the rim", min: 0, max: 90, step: 1, value: 45, text: angle => `${angle}°` },
      { kind: "button", label: "Raw columns: κ = 36.1", press: api => api.set({ kappa: 36.1 }) },
      { kind: "button", label: "Normalized: κ = 1.98", press: api => api.set({ kappa: 1.98 }) },
      { kind: "button", label: "Best rate", press: api => api.set({ share: 1 }) },
    ],
    panels: [
      {
        title: "The map, and the way down",
        height: mapHeight,
        label: "Contours of the loss as ellipses, and the path of gradient descent to their middle.",
      },
      {
        title: "What is left of the loss",
        height: width => Math.min(width * 0.7, 310),
        label: "The loss by step, on a logarithmic axis.",
      },
    ],
    letters: 230,
    async compute(call, { kappa, share, angle }, show) {
      const [steps, ...way] = await call("Valley.Descend", kappa, share * best(kappa), angle);
      const [atBest] = await call("Valley.Descend", kappa, best(kappa), angle);
      show({ steps, way: way.flatMap((w, i) => i % 2 ? [[way[i - 1], w]] : []), atBest });
    },
    draw([map, loss], { kappa }, { way }) {
      const reach = 1.12, width = Math.max(map.svg.parentNode.clientWidth, 200);
      const tall = mapHeight(width) / width * reach; // one scale for both axes
      map.begin({ x: { from: -reach, to: reach, bare: true }, y: { from: -tall, to: tall, bare: true } });
      map.ellipse(1, 1 / Math.sqrt(kappa), "valley");
      for (const level of [0.2, 0.4, 0.6, 0.8, 1.3, 1.7, 2.2])
        map.ellipse(level, level / Math.sqrt(kappa), "contour");
      map.line(way, "one solid");
      map.dots(way.slice(0, 300), "dot-one", 3);
      if (!wall)
        handles(map);
      wall.setAttribute("cx", map.x(0));
      wall.setAttribute("cy", map.y(1 / Math.sqrt(kappa)));
      start.setAttribute("cx", map.x(way[0][0]));
      start.setAttribute("cy", map.y(way[0][1]));
      map.text(0, 1 / Math.sqrt(kappa), "↕ drag the rim", { dx: 14, dy: -6 });

      const left = ([w0, w1]) => w0 ** 2 / kappa + w1 ** 2;
      const steps = Math.max(way.length - 1, 10);
      loss.begin({ x: { from: 0, to: steps, label: "steps" }, y: { from: 1e-4, to: 10, log: true } });
      loss.line([[0, 1e-3], [steps, 1e-3]], "ink");
      loss.text(0, 1e-3, "99.9 % of it is gone", { dx: 4, dy: -5 });
      loss.line(way.map((point, step) => [step, left(point) / left(way[0])]), "one solid");
    },
    code: ({ kappa, share }) => `// ℓ = ½ (w₀² / ${short(kappa)} + w₁²)
(w.Gradients[0], w.Gradients[1]) = (w.Values[0] / ${short(kappa)}, w.Values[1]);
new Sgd<double>([w], lr: ${short(share * best(kappa))}).Step();`,
    said({ kappa, share, angle }, { steps, atBest }) {
      const rate = number(share * best(kappa));
      const way = steps < 0 ? "the path climbs out of the valley and never comes back"
        : steps === 5000 ? "after 5,000 steps 99.9 % of the loss is not yet gone"
        : `${steps} ${steps === 1 ? "step" : "steps"} until 99.9 % of the loss is gone`;
      return `κ = ${number(kappa)}, rate ${rate}, from ${angle}° on the rim: ${way}. `
        + `${share === 1 ? "That is the rate that serves both axes equally, 2 / (flat + steep curvature)."
        : `The rate that serves both axes equally, ${number(best(kappa))}, takes ${atBest}.`}`;
    },
  };
});
