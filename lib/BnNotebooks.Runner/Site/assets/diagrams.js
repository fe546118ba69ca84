// Draws the Mermaid diagrams, and draws them again when the page turns light or dark, or goes to the printer.
"use strict";

// A fence is a code block, readable without this file too. Its diagram takes its place.
const diagrams = [...document.querySelectorAll("pre > code.language-mermaid")].map(code => {
  const element = document.createElement("div");
  element.className = "mermaid";
  code.parentElement.replaceWith(element);
  return { element, source: code.textContent };
});
const darkPage = matchMedia("(prefers-color-scheme: dark)");

async function drawDiagrams(dark) {
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    theme: dark ? "dark" : "neutral",
    fontFamily: getComputedStyle(document.body).fontFamily,
  });
  for (const [i, { element, source }] of diagrams.entries())
    try {
      element.innerHTML = (await mermaid.render(`diagram${i}`, source)).svg;
    } catch (error) {
      element.textContent = `${error.message}\n\n${source}`; // better the source than a hole
    }
}

drawDiagrams(darkPage.matches);
darkPage.addEventListener("change", () => drawDiagrams(darkPage.matches));
addEventListener("beforeprint", () => drawDiagrams(false));
addEventListener("afterprint", () => drawDiagrams(darkPage.matches));
