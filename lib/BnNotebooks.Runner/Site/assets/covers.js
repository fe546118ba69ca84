// Covers what follows a prompt, up to its outcome and the prose right below that, which explains it, until the reader has answered
// or asks to see it anyway. Nothing is covered in print (site.css) or without this script. What is covered keeps its width, because
// charts are drawn in it.
"use strict";

function cover() {
  const parts = [...document.querySelector("main").children].filter(part => !part.classList.contains("cover"));
  const partOf = element => parts.find(part => part.contains(element));
  const prompts = [...document.querySelectorAll("[data-bn-predict=prompt]")];
  for (const bar of document.querySelectorAll(".cover"))
    bar.remove();
  const covered = new Set();
  for (const prompt of prompts) {
    const outcome = document.querySelector(`[data-bn-predict=outcome][data-id="${CSS.escape(prompt.dataset.id)}"]`);
    const from = parts.indexOf(partOf(prompt));
    let to = outcome ? parts.indexOf(partOf(outcome)) : -1;
    if (to <= from || bnPredict.answered(prompt))
      continue;
    while (parts[to + 1]?.matches(".prose:not(:has(> :is(h1, h2, h3, h4):first-child))"))
      to++;
    if (!covered.has(parts[from]))
      parts[from].after(bar(prompt.dataset.id));
    parts.slice(from + 1, to + 1).forEach(part => covered.add(part));
  }
  for (const part of parts)
    part.classList.toggle("covered", covered.has(part));
}

function bar(id) {
  const made = document.createElement("p");
  made.className = "cover";
  const button = document.createElement("button");
  button.textContent = "Show me anyway";
  button.addEventListener("click", () => {
    bnPredict.skip(id);
    document.querySelector(`[data-bn-predict=prompt][data-id="${CSS.escape(id)}"] [data-note]`).focus({ preventScroll: true });
  });
  made.append("What follows waits for your answer. ", button);
  return made;
}

if (window.bnPredict) {
  cover();
  document.addEventListener("bn-predict", cover);
}
