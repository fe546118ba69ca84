// Notebook 05b: the graph of batch norm. A node shows its formula and its number, forwards and backwards.
"use strict";

bnExplorables.define("backward-graph", kit => {
  const { html } = kit;
  const targets = [0, 1, 4, 3], gamma = 3, beta = 1, samples = 4;
  const fixed = value => (Math.abs(value) < 5e-5 ? 0 : value).toFixed(4).replace("-", "−");
  const brief = value => (Math.abs(value) < 5e-3 ? 0 : value).toFixed(2).replace("-", "−");
  const root = "\\sqrt{\\sigma^2+\\varepsilon}";

  // Where each node stands (of 360 by 240), what it is made of, its formulas, the C# of its gradient, and how the notebook calls it.
  const nodes = {
    "x": { at: [28, 125], to: ["μ", "σ²", "x̂"], forward: "x_i", each: "x", slope: "dx",
      backward: `\\frac{\\partial\\ell}{\\partial x_i} = \\frac{\\partial\\ell}{\\partial\\hat x_i}\\frac{1}{${root}}`
        + ` + \\frac{\\partial\\ell}{\\partial\\sigma^2}\\frac{2(x_i-\\mu)}{m} + \\frac{\\partial\\ell}{\\partial\\mu}\\frac1m`,
      code: "double[] dx = [.. x.Zip(dHat, (v, d) =>\n    d / sigma + dVariance * 2 * (v - mu) / m + dMu / m)];" },
    "μ": { at: [95, 45], to: ["σ²", "x̂"], forward: "\\mu = \\frac1m\\sum_i x_i",
      value: "mu", slope: "dMu",
      backward: `\\frac{\\partial\\ell}{\\partial\\mu} = \\sum_i \\frac{\\partial\\ell}{\\partial\\hat x_i}\\cdot\\frac{-1}{${root}}\\;(+\\,0\\text{ through }\\sigma^2)`,
      code: "var dMu = -dHat.Sum() / sigma + dVariance * -2 / m * x.Sum(v => v - mu);" },
    "σ²": { at: [115, 192], to: ["x̂"], forward: "\\sigma^2 = \\frac1m\\sum_i (x_i-\\mu)^2", value: "variance", slope: "dVariance",
      backward: "\\frac{\\partial\\ell}{\\partial\\sigma^2} = \\sum_i \\frac{\\partial\\ell}{\\partial\\hat x_i}"
        + "(x_i-\\mu)\\left(-\\tfrac12\\right)(\\sigma^2+\\varepsilon)^{-3/2}",
      code: "var dVariance = dHat.Zip(x, (d, v) => d * (v - mu)).Sum()\n    * -0.5 * Math.Pow(sigma, -3);" },
    "x̂": { at: [175, 125], to: ["y"], forward: `\\hat x_i = \\frac{x_i-\\mu}{${root}}`, each: "xHat", slope: "dHat",
      backward: "\\frac{\\partial\\ell}{\\partial\\hat x_i} = \\gamma\\,\\frac{\\partial\\ell}{\\partial y_i}", code: "double[] dHat = [.. dy.Select(d => gamma * d)];" },
    "γ": { at: [205, 45], to: ["y"], forward: "\\gamma", value: "gamma", slope: "dGamma",
      backward: "\\frac{\\partial\\ell}{\\partial\\gamma} = \\sum_i \\frac{\\partial\\ell}{\\partial y_i}\\,\\hat x_i", code: "var dGamma = dy.Zip(xHat, (d, h) => d * h).Sum();" },
    "β": { at: [265, 45], to: ["y"], forward: "\\beta", value: "beta", slope: "dBeta",
      backward: "\\frac{\\partial\\ell}{\\partial\\beta} = \\sum_i \\frac{\\partial\\ell}{\\partial y_i}", code: "var dBeta = dy.Sum();" },
    "y": { at: [250, 125], to: ["ℓ"], forward: "y_i = \\gamma\\hat x_i + \\beta", each: "y", slope: "dy",
      backward: "\\frac{\\partial\\ell}{\\partial y_i} = y_i - t_i", code: "double[] dy = [.. y.Zip(t, (a, b) => a - b)];" },
    "ℓ": { at: [330, 125], to: [], forward: "\\ell = \\tfrac12\\sum_i (y_i-t_i)^2", value: "loss", slope: null,
      backward: "\\frac{\\partial\\ell}{\\partial\\ell} = 1", code: "var loss = y.Zip(t, (a, b) => 0.5 * (a - b) * (a - b)).Sum();" },
  };
  const drawn = {};
  let chosen = "x", tex;

  function choose(name) {
    if (name === chosen)
      return;
    chosen = name;
    kit.api.changed();
  }

  function build(plot) {
    for (const [name, { to }] of Object.entries(nodes))
      for (const target of to) {
        const edge = plot.make("path", { class: "edge" });
        plot.handles.append(edge);
        drawn[`${name}→${target}`] = edge;
      }
    for (const name in nodes) {
      const node = plot.make("g", { class: "node", tabindex: 0, role: "button" });
      const parts = { node, circle: plot.make("circle", {}), name: plot.make("text", { class: "name", "text-anchor": "middle" }, name),
        value: plot.make("text", { class: "value", "text-anchor": "middle", "aria-hidden": "true" }),
        slope: plot.make("text", { class: "slope", "text-anchor": "middle", "aria-hidden": "true" }) };
      node.append(parts.circle, parts.name, parts.value, parts.slope);
      for (const event of ["pointerenter", "focus", "click"])
        node.addEventListener(event, () => choose(name));
      plot.handles.append(node);
      drawn[name] = parts;
    }
  }

  const number = (result, which, sample) => which === null ? 1 : Array.isArray(result[which]) ? result[which][sample] : result[which];

  return {
    controls: [
      { kind: "choice", name: "sample", label: "sample i", options: [0, 1, 2, 3].map(i => [String(i), `sample ${i}`]) },
      { kind: "range", name: "moved", label: "move its x by", min: -5, max: 5, step: 0.1, value: 0,
        text: moved => (moved > 0 ? "+" : "") + String(moved).replace("-", "−") },
    ],
    panels: [{
      title: "Point at a node, or go there by Tab",
      group: true, height: width => Math.min(Math.max(width * 250 / 360, 235), 420),
      label: "Graph: x leads to μ, σ² and x̂; μ to σ² and x̂; σ² to x̂; x̂, γ and β to y; y to the loss ℓ.",
      marks: [["one", "its number"], ["two solid", "the loss's gradient at it"]],
    }],
    letters: 170,
    async compute(call, { sample, moved }, show) {
      const x = [1, 7, 7, 9].map((v, i) => i === +sample ? +(v + moved).toFixed(1) : v);
      const [mu, variance, loss, dGamma, dBeta, dVariance, dMu, ...rest] = await call("BackwardGraph.Follow", x, targets, gamma, beta);
      const [xHat, y, dy, dHat, direct, throughVariance, throughMean, dx] =
        Array.from({ length: 8 }, (_, i) => rest.slice(samples * i, samples * (i + 1)));
      show({ x, mu, variance, loss, gamma, beta, dGamma, dBeta, dVariance, dMu, xHat, y, dy, dHat, direct, throughVariance, throughMean, dx });
    },
    draw([plot], { sample }, result) {
      plot.begin({ x: { from: 0, to: 360, bare: true }, y: { from: 240, to: 0, bare: true } });
      if (!drawn.x)
        build(plot);
      const size = Math.min(plot.width / 360, 1.5), r = 17 * size;
      for (const [name, { at: [x, y], to, each, value, slope }] of Object.entries(nodes)) {
        const [cx, cy] = [plot.x(x), plot.y(y)];
        const { node, circle, ...texts } = drawn[name];
        circle.setAttribute("cx", cx);
        circle.setAttribute("cy", cy);
        circle.setAttribute("r", r);
        const own = number(result, each ?? value, +sample), gradient = number(result, slope, +sample);
        texts.value.textContent = brief(own);
        texts.slope.textContent = brief(gradient);
        const over = y < 60; // its numbers, where edges leave below
        [["name", 16, 5], ["value", 11, over ? -36 : 30], ["slope", 11, over ? -23 : 43]].forEach(([part, font, place]) => {
          const below = place * size;
          texts[part].style.fontSize = `${font * size}px`;
          texts[part].setAttribute("x", cx);
          texts[part].setAttribute("y", cy + below);
        });
        node.setAttribute("aria-pressed", name === chosen);
        for (const target of to) {
          const [tx, ty] = [plot.x(nodes[target].at[0]), plot.y(nodes[target].at[1])];
          const length = Math.hypot(tx - cx, ty - cy), [ux, uy] = [(tx - cx) / length, (ty - cy) / length];
          const [ex, ey] = [tx - ux * r, ty - uy * r];
          drawn[`${name}→${target}`].setAttribute("d", `M${cx + ux * r} ${cy + uy * r}L${ex} ${ey}`
            + `M${ex - 9 * ux + 5 * uy} ${ey - 9 * uy - 5 * ux}L${ex} ${ey}L${ex - 9 * ux - 5 * uy} ${ey - 9 * uy + 5 * ux}`);
          drawn[`${name}→${target}`].classList.toggle("lit", name === chosen);
        }
      }
    },
    below(box) {
      if (!tex) {
        tex = [html("div"), html("div")];
        box.append(html("div", { class: "formulas" }, ...tex));
      }
      katex.render(nodes[chosen].forward, tex[0], { throwOnError: false });
      katex.render(nodes[chosen].backward, tex[1], { throwOnError: false });
    },
    code: () => nodes[chosen].code,
    said({ sample }, result) {
      const { each, value, slope, to } = nodes[chosen], i = +sample;
      const own = `${chosen}${each ? ` of sample ${i}` : ""} is ${fixed(number(result, each ?? value, i))}`;
      if (chosen === "ℓ")
        return `${own}. Everything to the left of it has a gradient: how fast ℓ would change with it.`;
      const ways = chosen === "x"
        ? `: ${fixed(result.direct[i])} directly, ${fixed(result.throughVariance[i])} through σ², ${fixed(result.throughMean[i])} through μ`
        : ` and reaches the loss through ${to.join(" and ")}`;
      return `${own}. The gradient there is ${fixed(number(result, slope, i))}${ways}.`;
    },
  };
});
