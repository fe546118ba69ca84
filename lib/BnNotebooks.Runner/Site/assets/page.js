// Code colours and scroll boxes. Everything is readable without this file, too.
"use strict";

for (const code of document.querySelectorAll("pre > code[class*='language-']")) {
  const language = /language-(\S+)/.exec(code.className)[1];
  if (hljs.getLanguage(language))
    code.innerHTML = hljs.highlight(code.textContent, { language }).value;
}

// A box that scrolls must be within reach of the keyboard; one that does not would only be one more stop.
function markScrollBoxes() {
  for (const box of document.querySelectorAll("pre, .scroll, .chart, .katex-display, p:has(> img), [style*='overflow']")) {
    if (box.scrollWidth > box.clientWidth + 1)
      box.tabIndex = 0;
    else
      box.removeAttribute("tabindex");
  }
}
addEventListener("load", markScrollBoxes);
addEventListener("resize", markScrollBoxes);

// Beside the text the table of contents stays open; above it, it would push the text down.
const contents = document.querySelector(".contents details");
if (contents)
  contents.open = matchMedia("(min-width: 78rem)").matches;
