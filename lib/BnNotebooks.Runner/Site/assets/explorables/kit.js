// What all explorables are made of. A view, made by define("NAME", kit => …), has
//   controls: what the reader sets, as in control();   panels: { title, height(width), marks } each, a drawing;
//   compute(call, values, show, current): asks .NET and shows what came, once or, while current() holds, again and again;
//   draw(panels, values, result), code(values, result), said(values, result): what is seen, the C# behind it, the same in a sentence;
//   letters: how long that sentence can become. Its room is kept from the start, as that of the drawings is: nothing moves when .NET answers.
"use strict";

const bnKit = (() => {
  let ids = 0;
  const still = matchMedia("(prefers-reduced-motion: reduce)");

  // Of a range whose slider goes by powers of ten.
  const log = { of: raw => +(10 ** raw).toPrecision(2), to: Math.log10 };

  function html(name, attributes = {}, ...children) {
    const node = document.createElement(name);
    for (const key in attributes)
      node.setAttribute(key, attributes[key]);
    node.append(...children);
    return node;
  }

  const raised = power => [...String(power)].map(letter => "⁰¹²³⁴⁵⁶⁷⁸⁹"[letter] ?? "⁻").join("");

  // Three digits, with a real minus; far from 1 with a power of ten.
  function number(value, digits = 3) {
    if (!Number.isFinite(value))
      return "beyond all bounds";
    const size = Math.abs(value);
    const [head, power] = size !== 0 && (size < 1e-3 || size >= 1e5) ? value.toExponential(1).split("e") : [String(+value.toPrecision(digits))];
    return head.replace("-", "−") + (power ? ` · 10${raised(+power)}` : "");
  }

  // A control: { kind: "range", name, label, min, max, step, value, of, to, text }, where of makes the value of the slider's
  // number, to is the way back and text says it; { kind: "choice", name, label, options: [[value, text], …] }; or
  // { kind: "button", label, press }.
  function control(spec, api) {
    if (spec.kind === "button") {
      const button = html("button", { type: "button" }, spec.label);
      button.addEventListener("click", () => spec.press(api));
      return { node: button };
    }
    const id = `explorable-${++ids}`;
    const label = html("label", { for: id }, spec.label);
    if (spec.kind === "choice") {
      const select = html("select", { id });
      for (const [value, text] of spec.options)
        select.append(html("option", { value }, text));
      select.value = spec.value ?? spec.options[0][0];
      select.addEventListener("change", () => api.changed());
      return { node: html("div", { class: "choice" }, label, select), get: () => select.value, set: value => { select.value = value; } };
    }
    const { of = raw => raw, to = value => value, text = value => number(value) } = spec;
    const input = html("input", { type: "range", id, min: spec.min, max: spec.max, step: spec.step });
    const output = html("output", { for: id });
    let exact = null; // what was set and not slid to need not be where the slider can stand
    const get = () => exact ?? of(+input.value);
    const tell = () => {
      output.textContent = text(get());
      input.setAttribute("aria-valuetext", output.textContent);
    };
    const set = value => { input.value = to(value); exact = value; tell(); };
    input.addEventListener("input", () => { exact = null; tell(); api.changed(); });
    set(spec.value);
    return { node: html("div", { class: "range" }, label, input, output), get, set };
  }

  // The figure's picture gives way to the living thing as soon as there is something to draw. Until then it lies over the room of
  // the drawings, so that nothing moves under a reader when they come. What is returned starts the computing.
  function bring(figure, define, call) {
    const kit = { html, number, log, drag, still };
    const view = define(kit);
    const known = {};
    let asked = 0, running = false, latest = null;

    const values = () => Object.fromEntries(Object.entries(known).map(([name, { get }]) => [name, get()]));
    const api = {
      changed: () => { asked++; update(); },
      set: changes => { Object.entries(changes).forEach(([name, value]) => known[name].set(value)); api.changed(); },
      values,
      running: () => running,
      stop: () => { asked++; },
    };
    kit.api = api;

    const controls = html("div", { class: "controls" });
    const buttons = html("div", { class: "buttons" });
    for (const spec of view.controls) {
      const made = control(spec, api);
      (spec.kind === "button" ? buttons : controls).append(made.node);
      if (spec.name)
        known[spec.name] = made;
      spec.made?.(made.node);
    }
    const stage = html("div", { class: "stage" });
    const panels = (view.panels ?? []).map(panel => {
      const box = html("div", { class: "panel" }, html("p", { class: "heading" }, panel.title));
      stage.append(box);
      return bnPlot(box, panel);
    });
    const extra = view.below ? html("div", { class: "below" }) : "";
    const said = html("p", { class: "said", "aria-live": "polite" });
    const words = html("div", { class: "words", "data-room": "nine words ".repeat(Math.ceil(view.letters / 11)) }, said);
    const picture = figure.querySelector("[data-picture]");
    const code = figure.querySelector("pre > code");
    picture.before(controls, buttons, stage, extra, words);
    stage.append(picture);
    panels.forEach(panel => panel.fit());
    figure.querySelector("[data-elsewhere]").remove();

    function write(result) {
      const text = view.code(values(), result);
      if (window.hljs)
        code.innerHTML = hljs.highlight(text, { language: "csharp" }).value;
      else
        code.textContent = text;
    }

    function draw() {
      const now = latest.values;
      picture.remove();
      view.draw(panels, now, latest.result);
      view.below?.(extra, now, latest.result);
      said.textContent = view.said(now, latest.result);
      write(latest.result);
    }

    // One computation at a time; of what is asked meanwhile, only the last counts.
    async function update() {
      write(null);
      if (running)
        return;
      running = true;
      said.setAttribute("aria-busy", "true"); // spoken when it is through
      view.began?.(api);
      try {
        for (let done = -1; done !== asked;) {
          done = asked;
          const now = values();
          await view.compute(call, now, result => { latest = { values: now, result }; draw(); }, () => done === asked);
        }
      } catch (error) {
        said.textContent = `This cannot be computed here: ${error.message}`;
      }
      running = false;
      said.removeAttribute("aria-busy");
      view.ended?.(api);
    }

    let width = 0;
    new ResizeObserver(() => {
      if (stage.clientWidth === width)
        return;
      width = stage.clientWidth;
      if (latest)
        draw();
      else
        panels.forEach(panel => panel.fit());
    }).observe(stage);
    write(null);
    return () => {
      figure.dataset.living = "";
      said.textContent = "Starting .NET in this page …";
      view.begin?.(api);
      update();
    };
  }

  // Calls moved(x, y), in the drawing's pixels, while a handle is dragged.
  function drag(handle, moved) {
    handle.classList.add("handle");
    handle.addEventListener("pointerdown", event => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
    });
    handle.addEventListener("pointermove", event => {
      if (!handle.hasPointerCapture(event.pointerId))
        return;
      const box = handle.ownerSVGElement.getBoundingClientRect();
      moved(event.clientX - box.left, event.clientY - box.top);
    });
  }

  return { bring };
})();
