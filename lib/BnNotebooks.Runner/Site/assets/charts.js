// Draws the charts, and draws them again when the page turns light or dark, or goes to the printer.
"use strict";

const darkMode = matchMedia("(prefers-color-scheme: dark)");
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
  if (new Set(data.map(trace => trace.xaxis)).size > 2)
    plot.classList.add("multiples");
  return Plotly.react(plot, data, themed, config);
}

function drawCharts() {
  for (const figure of document.querySelectorAll("figure.chart"))
    drawChart(figure).catch(error => { // costs this chart alone
      figure.querySelector(".plot").textContent = `This chart cannot be drawn: ${error?.message ?? error}`;
    });
}

drawCharts();
darkMode.addEventListener("change", drawCharts);
addEventListener("beforeprint", () => { printing = true; drawCharts(); });
addEventListener("afterprint", () => { printing = false; drawCharts(); });
