// Draws every chart of the page as a PNG, one after the other, and leaves the results in the document.
"use strict";

(async () => {
  const results = [];
  for (const { data, layout = {} } of JSON.parse(document.getElementById("figures").textContent)) {
    try {
      const width = layout.width ?? 700;
      const height = layout.height ?? 420;
      const themed = themedLayout(layout, chartThemes.light, "#ffffff");
      const image = await Plotly.toImage({ data, layout: themed }, { format: "png", width, height, scale: 1.5 });
      results.push({ png: image.replace("data:image/png;base64,", "") });
    } catch (error) {
      results.push({ error: String(error?.message ?? error) });
    }
  }
  document.getElementById("images").textContent = JSON.stringify(results);
})();
