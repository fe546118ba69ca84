// A panel of an explorable: an SVG as wide as there is room, with axes; what is drawn in it is named by classes of explorables.css.
"use strict";

const bnPlot = (() => {
  const name = "http://www.w3.org/2000/svg";

  function make(kind, attributes, text) {
    const node = document.createElementNS(name, kind);
    for (const key in attributes)
      node.setAttribute(key, attributes[key]);
    if (text !== undefined)
      node.textContent = text;
    return node;
  }

  // Round places for about so many marks.
  function ticks(from, to, count) {
    const rough = (to - from) / count, power = 10 ** Math.floor(Math.log10(rough));
    const step = [1, 2, 5, 10].map(part => part * power).find(part => part >= rough * 0.999);
    const found = [];
    for (let i = Math.ceil(from / step - 1e-9); i * step <= to + step * 1e-9; i++)
      found.push(i * step);
    return found;
  }

  function decades(from, to, count) {
    const [low, high] = [Math.round(Math.log10(from)), Math.round(Math.log10(to))];
    const step = Math.max(1, Math.ceil((high - low) / count));
    return Array.from({ length: Math.floor((high - low) / step) + 1 }, (_, i) => 10 ** (low + i * step));
  }

  const shown = value => {
    const text = value !== 0 && (Math.abs(value) < 1e-3 || Math.abs(value) >= 1e4)
      ? `10${[...String(Math.round(Math.log10(value)))].map(letter => "⁰¹²³⁴⁵⁶⁷⁸⁹"[letter] ?? "⁻").join("")}`
      : String(+value.toPrecision(6));
    return text.replace("-", "−");
  };

  const scale = ({ from, to, log }, low, high) => value => {
    const part = log
      ? (Math.log(Math.max(value, 1e-300)) - Math.log(from)) / (Math.log(to) - Math.log(from))
      : (value - from) / (to - from);
    return low + Math.min(Math.max(part, -9), 9) * (high - low);
  };

  // What a view draws with: plot.begin({ x, y, marks }) clears it. x and y are { from, to, log, label }, or without a label and with
  // bare: true, no axis; marks are the legend, where it is another one than the panel's own. Then plot.line(points, class) and so on,
  // in the axes' own units.
  return function panel(box, { height, label, group, marks: always = [] }) {
    const svg = make("svg", { role: group ? "group" : "img", "aria-label": label });
    const fixed = make("g", {});   // redrawn each time
    const handles = make("g", {}); // made once
    const legend = document.createElement("ul");
    legend.className = "legend";
    svg.append(fixed, handles);
    box.append(legend, svg);
    const plot = { svg, handles, make };

    // Takes the room that the drawing will have.
    plot.fit = () => {
      plot.width = Math.max(box.clientWidth, 200);
      plot.height = height(plot.width);
      svg.setAttribute("width", plot.width);
      svg.setAttribute("height", plot.height);
    };

    const explain = marks => {
      legend.replaceChildren(...marks.map(([kind, text]) => {
        const item = document.createElement("li");
        const swatch = make("svg", { width: 26, height: 10, "aria-hidden": "true" });
        swatch.append(kind.startsWith("dot-")
          ? make("circle", { cx: 13, cy: 5, r: 4, class: kind })
          : make("line", { x1: 1, x2: 25, y1: 5, y2: 5, class: kind }));
        item.append(swatch, text);
        return item;
      }));
    };
    explain(always);

    plot.begin = ({ x, y, marks }) => {
      plot.fit();
      fixed.replaceChildren();
      if (marks)
        explain(marks);
      const left = !y.bare ? 46 : x.bare ? 1 : 16, bottom = x.bare ? 1 : 40;
      const inner = { left, right: plot.width - (x.bare ? 1 : 16), top: 8, bottom: plot.height - bottom };
      plot.inner = inner;
      plot.x = scale(x, inner.left, inner.right);
      plot.y = scale(y, inner.bottom, inner.top);
      const clip = `${svg.dataset.clip ??= `clip-${Math.random().toString(36).slice(2)}`}`;
      const clipPath = make("clipPath", { id: clip });
      clipPath.append(make("rect", {
        x: inner.left, y: inner.top, width: inner.right - inner.left, height: inner.bottom - inner.top,
      }));
      fixed.append(clipPath);
      if (!x.bare) {
        for (const value of x.log ? decades(x.from, x.to, 8) : x.ticks ?? ticks(x.from, x.to, Math.min(8, plot.width / 60))) {
          fixed.append(make("line", { class: "grid", x1: plot.x(value), x2: plot.x(value), y1: inner.top, y2: inner.bottom }));
          fixed.append(make("text", { x: plot.x(value), y: inner.bottom + 16, "text-anchor": "middle" }, shown(value)));
        }
        fixed.append(make("text", { x: (inner.left + inner.right) / 2, y: plot.height - 4, "text-anchor": "middle", class: "axis" }, x.label));
      }
      if (!y.bare)
        for (const value of y.log ? decades(y.from, y.to, 6) : ticks(y.from, y.to, 6)) {
          fixed.append(make("line", { class: "grid", x1: inner.left, x2: inner.right, y1: plot.y(value), y2: plot.y(value) }));
          fixed.append(make("text", { x: inner.left - 6, y: plot.y(value) + 4, "text-anchor": "end" }, shown(value)));
        }
      plot.inside = make("g", { "clip-path": `url(#${clip})` });
      fixed.append(plot.inside);
    };

    const add = node => { plot.inside.append(node); return node; };
    const at = points => points.filter(([x, y]) => Number.isFinite(x) && Number.isFinite(y))
      .map(([x, y]) => `${plot.x(x).toFixed(1)},${plot.y(y).toFixed(1)}`).join(" ");
    plot.line = (points, kind) => add(make("polyline", { class: kind, points: at(points), fill: "none" }));
    plot.area = (points, kind) => add(make("polygon", { class: kind, points: at(points) }));
    plot.dots = (points, kind, r = 2.5) => points.filter(point => point.every(Number.isFinite))
      .forEach(([x, y]) => add(make("circle", { class: kind, cx: plot.x(x), cy: plot.y(y), r })));
    plot.ellipse = (rx, ry, kind) => add(make("ellipse", { class: kind, cx: plot.x(0), cy: plot.y(0),
      rx: plot.x(rx) - plot.x(0), ry: plot.y(0) - plot.y(ry) }));
    plot.bar = (from, to, top, kind) => add(make("rect", { class: kind, x: plot.x(from), width: Math.max(plot.x(to) - plot.x(from) - 1, 1),
      y: plot.y(top), height: Math.max(plot.y(0) - plot.y(top), 0) }));
    plot.text = (x, y, text, attributes = {}) => add(make("text", { x: plot.x(x), y: plot.y(y), ...attributes }, text));
    return plot;
  };
})();
