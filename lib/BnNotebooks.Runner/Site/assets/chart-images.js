// Draws every chart of the page as a PNG, one after the other, and leaves the results in the document.
"use strict";

(async () => {
  const results = [];
  for (const figure of JSON.parse(document.getElementById("figures").textContent)) {
    try {
      const { data, layout } = soundFigure(figure);
      const width = layout.width ?? 700;
      const height = layout.height ?? 420;
      const themed = themedLayout(layout, chartThemes.light, "#ffffff");
      const image = await Plotly.toImage({ data, layout: themed }, { format: "png", width, height, scale: 1.5 });
      const start = "data:image/png;base64,";
      if (!image.startsWith(start))
        throw new Error(`an image of ${width} × ${height} is no PNG`); // a canvas has a largest size
      results.push({ png: image.slice(start.length) });
    } catch (error) {
      results.push({ error: String(error?.message ?? error) });
    }
  }
  document.getElementById("images").textContent = JSON.stringify(results);
})();
