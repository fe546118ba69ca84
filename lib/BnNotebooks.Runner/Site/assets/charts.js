// Draws the charts, and draws them again when the page turns light or dark, narrow or wide, or goes to the printer.
"use strict";

const darkMode = matchMedia("(prefers-color-scheme: dark)");
const narrow = matchMedia("(max-width: 42rem)");
let printing = false;

// plotly.js changes what it is given, so each drawing starts from the JSON.
async function drawChart(figure) {
  const { data, layout } = soundFigure(JSON.parse(figure.querySelector("script").textContent));
  const theme = darkMode.matches && !printing ? chartThemes.dark : chartThemes.light;
  const themed = themedLayout(layout, theme, "rgba(0,0,0,0)");
  delete themed.width; // the column decides
  delete themed.title; // stands in the figure's caption, where it wraps, so the chart needs less room above it
  themed.margin = { ...layout.margin, t: Math.max(40, (layout.margin?.t ?? 64) - 32) };
  const config = {
    responsive: true,
    displaylogo: false,
    modeBarButtonsToRemove: ["select2d", "lasso2d", "zoomIn2d", "zoomOut2d", "autoScale2d"],
  };
  const plot = figure.querySelector(".plot");
  if (narrow.matches)
    stack(data, themed);
  plot.style.height = `${themed.height ?? 420}px`;
  return Plotly.react(plot, data, themed, config);
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

function drawCharts() {
  for (const figure of document.querySelectorAll("figure.chart"))
    drawChart(figure).catch(error => { // costs this chart alone
      figure.querySelector(".plot").textContent = `This chart cannot be drawn: ${error?.message ?? error}`;
    });
}

drawCharts();
darkMode.addEventListener("change", drawCharts);
narrow.addEventListener("change", drawCharts);
addEventListener("beforeprint", () => { printing = true; drawCharts(); });
addEventListener("afterprint", () => { printing = false; drawCharts(); });
