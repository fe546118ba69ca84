// The colours of charts on the pages and in the images that notebooks carry.
"use strict";

const chartThemes = {
  light: { text: "#2a3038", grid: "#e2e6ea", line: "#b4bcc6", box: "#ffffff" },
  dark: { text: "#d5dae1", grid: "#333a43", line: "#56606c", box: "#22272e" },
};

// plotly.js draws a figure without data as an empty one, and one with something else in its place not at all.
function soundFigure({ data, layout = {} }) {
  if (!Array.isArray(data))
    throw new Error("the figure has no list of traces in its data");
  return { data, layout };
}

// A copy of a chart's layout in a theme. What the chart says of its axes wins over the template; its own text and
// background colours do not, because they were chosen for another background.
function themedLayout(layout, theme, background) {
  const axis = {
    gridcolor: theme.grid, linecolor: theme.line, zerolinecolor: theme.line, tickcolor: theme.line, automargin: true,
  };
  const own = layout.template?.layout ?? {};
  const template = {
    ...layout.template,
    layout: {
      margin: { l: 60, r: 24, t: 64, b: 52 },
      ...own,
      xaxis: { ...own.xaxis, ...axis },
      yaxis: { ...own.yaxis, ...axis },
      hoverlabel: { bgcolor: theme.box, bordercolor: theme.line, font: { color: theme.text } },
      modebar: { bgcolor: "rgba(0,0,0,0)", color: theme.line, activecolor: theme.text },
    },
  };
  return {
    ...layout,
    template,
    paper_bgcolor: background,
    plot_bgcolor: background,
    font: { family: "system-ui, 'Segoe UI', Roboto, 'Helvetica Neue', sans-serif", ...layout.font, color: theme.text },
    legend: { ...layout.legend, bgcolor: "rgba(0,0,0,0)" },
  };
}
