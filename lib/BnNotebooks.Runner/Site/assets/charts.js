// Draws a chart when it comes near, and plotly.js comes with the first of them; all others follow as soon as the reader does
// anything, while the page is idle, so that they are there when it is printed. A page whose address ends in ?print draws all at once
// and prints itself. Charts are drawn again when the page turns light or dark, narrow or wide, or goes to the printer.
"use strict";

const darkMode = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia("(max-width: 42rem)");
const isBook = document.body.classList.contains("book"); // the whole course on one page, to be printed
const printsItself = location.search === "?print";
const drawn = new Set();
let printing = isBook || printsItself;
let plotly = null;

function loadPlotly() {
  plotly ??= new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = "assets/vendor/plotly.min.js";
    script.addEventListener("load", resolve);
    script.addEventListener("error", () => reject(new Error("assets/vendor/plotly.min.js did not load")));
    document.head.append(script);
  });
  return plotly;
}

// plotly.js changes what it is given, so each drawing starts from the JSON.
function readFigure(figure) {
  const { data, layout } = soundFigure(JSON.parse(figure.querySelector("script").textContent));
  const theme = darkMode.matches && !printing ? chartThemes.dark : chartThemes.light;
  const themed = themedLayout(layout, theme, "rgba(0,0,0,0)");
  delete themed.width; // the column decides
  delete themed.title; // stands in the figure's caption, where it wraps, so the chart needs less room above it
  themed.margin = { ...layout.margin, t: Math.max(40, (layout.margin?.t ?? 64) - 32) };
  if (narrow.matches && !isBook)
    stack(data, themed);
  return { data, layout: themed };
}

// The place of a chart has its height before the chart is there, so that nothing moves.
function reserve(figure, layout) {
  figure.querySelector(".plot").style.height = `${layout.height ?? 420}px`;
}

async function drawChart(figure) {
  drawn.add(figure);
  try {
    const { data, layout } = readFigure(figure);
    reserve(figure, layout);
    if (!window.Plotly)
      await loadPlotly();
    await Plotly.react(figure.querySelector(".plot"), data, layout, {
      responsive: true,
      displaylogo: false,
      modeBarButtonsToRemove: ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
    });
  } catch (error) { // costs this chart alone
    figure.querySelector(".plot").textContent = `This chart cannot be drawn: ${error?.message ?? error}`;
  }
}

// Panels that stand side by side are too small on a narrow page: there each takes a row of its own, of the height it had.
function stack(data, layout) {
  const panels = [...new Set(data.map(trace => (trace.xaxis ?? "x").slice(1)))];
  const domains = panels.map(panel => layout["yaxis" + panel]?.domain);
  if (new Set(panels.map(panel => layout["xaxis" + panel]?.domain?.[0])).size < 2 || !domains.every(Boolean))
    return;
  const gap = layout.meta?.gap ?? 100; // pixels: an axis' numbers and title, and the next panel's heading
  const area = layout.height - layout.margin.t - layout.margin.b;
  const each = area * (domains[0][1] - domains[0][0]);
  const stacked = panels.length * (each + gap) - gap;
  layout.height += stacked - area;
  panels.forEach((panel, i) => {
    const [x, y, left] = [layout["xaxis" + panel], layout["yaxis" + panel], layout["yaxis" + panels[i - 1]]];
    const top = 1 - i * (each + gap) / stacked;
    x.domain = [0, 1];
    y.domain = [top - each / stacked, top];
    if (y.title && !y.title.text)
      y.title = left?.title; // what stood at its left named both
    if (y.ticktext)
      y.showticklabels = true;
    for (const trace of data.filter(trace => trace.colorbar && (trace.xaxis ?? "x").slice(1) === panel))
      Object.assign(trace.colorbar, { x: 1.01, y: top - each / stacked / 2, len: each / stacked });
  });
}

const near = new IntersectionObserver(entries => {
  for (const { isIntersecting, target } of entries)
    if (isIntersecting) {
      near.unobserve(target);
      if (!drawn.has(target))
        drawChart(target);
    }
}, { rootMargin: "200px 0px" });

// Reserves a chart's place and draws it when it comes near. For charts that come later, too.
function watchChart(figure) {
  try {
    reserve(figure, readFigure(figure).layout);
  } catch {
    // drawing it says what is wrong
  }
  near.observe(figure);
}

const waiting = () => [...document.querySelectorAll("figure.chart")].filter(figure => !drawn.has(figure));

async function drawAll() {
  for (const figure of waiting())
    await drawChart(figure);
}

function drawOneWhenIdle() {
  const [next] = waiting();
  if (next)
    (window.requestIdleCallback ?? setTimeout)(() => drawChart(next).then(drawOneWhenIdle));
}

function redraw() {
  for (const figure of document.querySelectorAll("figure.chart"))
    if (drawn.has(figure))
      drawChart(figure);
    else
      watchChart(figure);
}

if (printing)
  addEventListener("load", async () => { // formulas and colours, too, are there then
    await drawAll();
    document.documentElement.dataset.drawn = "all";
    if (printsItself)
      print();
  });
else {
  document.querySelectorAll("figure.chart").forEach(watchChart);
  for (const sign of ["scroll", "pointerdown", "keydown"])
    addEventListener(sign, drawOneWhenIdle, { once: true, passive: true });
}
darkMode.addEventListener("change", redraw);
narrow.addEventListener("change", redraw);
addEventListener("beforeprint", () => { printing = true; redraw(); });
addEventListener("afterprint", () => { printing = isBook; redraw(); });
