// The list of all pages in the bar: Escape and a press elsewhere close it, and opened it begins at the page that one is on.
"use strict";

(() => {
  const menu = document.querySelector(".menu");
  if (!menu)
    return;
  menu.addEventListener("toggle", () => {
    if (menu.open)
      menu.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  });
  addEventListener("keydown", event => {
    if (event.key === "Escape" && menu.open) {
      const inside = menu.contains(document.activeElement);
      menu.open = false;
      if (inside)
        menu.querySelector("summary").focus();
    }
  });
  addEventListener("pointerdown", event => {
    if (!menu.contains(event.target))
      menu.open = false;
  });
  menu.addEventListener("focusout", event => {
    if (event.relatedTarget && !menu.contains(event.relatedTarget))
      menu.open = false;
  });
})();
