// The playground: the reader's settings, one or two runs in the engine, and the loop that trains and shows them.
"use strict";

(() => {
  const find = selector => document.querySelector(selector);
  const calm = matchMedia("(prefers-reduced-motion: reduce)");
  const speeds = { slow: { steps: 1, pause: 250 }, steady: { steps: 1, pause: 16 }, fast: { steps: 0, pause: 0 } };
  const moving = 16, still = 32;          // points a side of the pictures while it plays, and when it stands
  let state = bnSettings.fromHash(location.hash);
  let engine, panels = [], code = "", draw = 1, point = { x: 0.5, y: 0.5 }, playing = false, goal = 0, session = 0, written = "";

  // One thing after another, so that no answer of the engine meets a run that is gone.
  let last = Promise.resolve(), waiting = 0;
  const inTurn = job => {
    waiting++;
    last = last.then(() => { waiting--; return job(); }).catch(failed);
  };
  const failed = error => {
    pause();
    status(`Something went wrong: ${error.message}`);
    if (panels.length === 0)
      showNothing("There is no network to look at. Other settings may give one.");
    console.error(error);
  };
  const showNothing = why => { find("[data-runs]").textContent = why; };
  const status = text => { find("[data-status]").textContent = text; };
  const frame = () => new Promise(done => requestAnimationFrame(done));
  const runs = () => panels.map(panel => panel.run);

  // --- Settings -------------------------------------------------------------------------------------------------

  const options = (values, chosen) => values.map(([value, words]) => `<option value="${value}"${value === chosen ? " selected" : ""}>${words}</option>`).join("");

  function showSettings() {
    find("[data-settings]").innerHTML = bnSettings.keys.map(key => {
      const [label, values] = bnSettings.all[key];
      return `<label>${label} <select data-key="${key}">${options(values, state.settings[key])}</select></label>`;
    }).join("");
    find(`input[name=whole][value=${state.whole ? "all" : "own"}]`).checked = true;
    find("[data-other-key]").innerHTML = `<option value="">(none)</option>${options(bnSettings.keys.filter(key => key !== "seed").map(key => [key, bnSettings.all[key][0].toLowerCase()]), state.other?.key)}`;
    find("[data-other-box]").hidden = !state.other;
    if (state.other)
      find("[data-other-value]").innerHTML = options(bnSettings.all[state.other.key][1], state.other.value);
  }

  function listen() {
    find("[data-settings]").addEventListener("change", ({ target }) => {
      const { key } = target.dataset;
      change({ settings: { ...state.settings, [key]: bnSettings.parse(key, target.value) } });
    });
    find("[data-settings]").addEventListener("submit", event => event.preventDefault());
    find("[data-other-key]").addEventListener("change", ({ target: { value: key } }) => {
      // The first value that is another one.
      const other = key && bnSettings.all[key][1].find(([value]) => value !== state.settings[key]);
      change({ other: key ? { key, value: other[0] } : null });
      find("[data-other-key]").focus();
    });
    find("[data-other-value]").addEventListener("change", ({ target }) => {
      change({ other: { key: state.other.key, value: bnSettings.parse(state.other.key, target.value) } });
      find("[data-other-value]").focus();
    });
    for (const input of document.querySelectorAll("input[name=whole]"))
      input.addEventListener("change", () => {
        state.whole = input.value === "all";
        writeLink();
        inTurn(() => look());
      });
    find("[data-other-companions]").addEventListener("click", () => inTurn(async () => {
      draw++;
      await look();
      status(`Other companions. ${words()}`);
    }));
    find("[data-play]").addEventListener("click", () => playing ? pause() : play());
    find("[data-step]").addEventListener("click", () => { pause(); inTurn(() => train(1)); });
    find("[data-reset]").addEventListener("click", () => {
      pause();
      Object.assign(state, { steps: 0, recalibrated: [] });
      inTurn(build);
    });
    find("[data-recalibrate]").addEventListener("click", () => { pause(); inTurn(recalibrate); });
    find("[data-copy]").addEventListener("click", async () => {
      try {
        await navigator.clipboard.writeText(find("[data-link]").href);
        status("The link is copied.");
      } catch {
        status("The browser does not let the page copy. The link is in the address bar.");
      }
    });
    addEventListener("hashchange", () => {
      if (location.hash === written)
        return;
      pause();
      state = bnSettings.fromHash(location.hash);
      showSettings();
      inTurn(build);
    });
    matchMedia("(prefers-color-scheme: dark)").addEventListener("change", redraw);
    let resized;
    addEventListener("resize", () => { clearTimeout(resized); resized = setTimeout(redraw, 100); });
  }

  // Another network from now on; it goes on playing if it did.
  function change(what) {
    const goesOn = playing;
    pause();
    Object.assign(state, what, { steps: 0, recalibrated: [] });
    say("");
    showFocused(showSettings);
    inTurn(build);
    if (goesOn)
      play();
  }

  // The controls are written anew; the one in hand stays in hand.
  function showFocused(show) {
    const { key } = document.activeElement?.dataset ?? {};
    show();
    if (key)
      find(`[data-key=${key}]`)?.focus();
  }

  function writeLink() {
    written = bnSettings.toHash(state);
    history.replaceState(null, "", written);
    find("[data-link]").setAttribute("href", written);
  }

  // --- Runs -----------------------------------------------------------------------------------------------------

  async function build() {
    for (const run of runs())
      await run.drop();
    const { settings, other } = state;
    const all = [settings, ...(other ? [{ ...settings, [other.key]: other.value }] : [])];
    const made = [];
    for (const one of all)
      made.push(await BnRun.make(engine, one));
    panels = made.map((run, i) => new BnPanel(
      other ? `Run ${"AB"[i]}` : "",
      run,
      !other ? "" : i === 0 ? `${bnSettings.all[other.key][0].toLowerCase()}: ${bnSettings.word(other.key, settings[other.key])}` : bnSettings.difference(other.key, other.value, settings[other.key]),
      point,
      (x, y) => movePoint(x, y)));
    await ask(10);   // a coarse picture at once, and all that stands around it, so that nothing moves when the finer one comes
    find("[data-runs]").replaceChildren(...panels.map(panel => panel.element));
    find("[data-runs]").classList.toggle("two", panels.length > 1);
    showCode();
    redraw();
    // A link may ask for steps that were made already.
    for (const at of [...state.recalibrated, state.steps]) {
      await stepTo(at);
      if (state.recalibrated.includes(at) && runs()[0].steps === at)
        for (const run of runs())
          await run.ask("Recalibrate");
    }
    await look(playing ? moving : still);
    if (!playing)
      writeLink();
  }

  async function stepTo(at) {
    while (runs().some(run => run.steps < at && !run.ended && !run.refused)) {
      await Promise.all(runs().map(run => run.step(Math.min(50, at - run.steps))));
      await Promise.all(runs().map(run => run.score()));
      status(`Training: step ${runs()[0].steps} of ${at}.`);
    }
  }

  function showCode() {
    find("[data-codes]").innerHTML = panels.map(panel => `${panel.name ? `<h3>${panel.name}</h3>` : ""}<pre tabindex="0"><code class="language-csharp"></code></pre>`).join("");
    document.querySelectorAll("[data-codes] code").forEach((element, i) => {
      element.textContent = runs()[i].code;
      element.innerHTML = hljs.highlight(runs()[i].code, { language: "csharp" }).value;
    });
  }

  // --- Looking --------------------------------------------------------------------------------------------------

  async function ask(side) {
    for (const run of runs()) {
      await run.score();
      await run.lookAtPlane(side, state.whole, draw);
      await run.lookInside();
      await lookAtPoint(run);
    }
  }

  async function look(side = still) {
    await ask(side);
    await frame();
    redraw();
    if (!playing)
      status(words());
  }

  const lookAtPoint = run => {
    const { left, right, bottom, top } = run.frame;
    return run.hasModes && run.lookAtPoint(left + point.x * (right - left), bottom + point.y * (top - bottom), state.whole);
  };

  function redraw() {
    for (const panel of panels)
      panel.draw(state.whole);
    showWhere();
  }

  function showWhere() {
    const run = runs()[0];
    find("[data-steps]").textContent = `step ${Math.max(...runs().map(run => run.steps))}`;
    find("[data-rate]").textContent = run.settings.growth > 1 ? `rate ${bnCharts.exact(run.rate)}` : "";
  }

  const words = () => panels.map(panel => {
    const { run } = panel;
    return `${panel.name ? `${panel.name}: ` : ""}step ${run.steps}, ${BnPanel.percent(run.scores.trainingAccuracy)} right in training mode, ${BnPanel.percent(run.scores.accuracy)} in evaluation mode.`;
  }).join(" ");

  let pointWaits = false;
  function movePoint(x, y) {
    point = { x: Math.min(1, Math.max(0, x)), y: Math.min(1, Math.max(0, y)) };
    for (const panel of panels) {
      panel.moveTo(point);
      panel.drawMaps(state.whole);
    }
    if (pointWaits)
      return;
    pointWaits = true;
    inTurn(async () => {
      pointWaits = false;
      await Promise.all(runs().map(lookAtPoint));
      for (const panel of panels)
        panel.drawForgotten(state.whole);
    });
  }

  // --- Training -------------------------------------------------------------------------------------------------

  async function train(steps) {
    await Promise.all(runs().map(run => run.step(steps)));
    state.steps = runs()[0].steps;
    await look();
    writeLink();
  }

  async function recalibrate() {
    const before = runs().map(run => run.scores.accuracy);
    let layers = 0;
    for (const run of runs())
      layers += await run.ask("Recalibrate");
    if (layers)
      state.recalibrated.push(runs()[0].steps);
    await look();
    writeLink();
    status(layers ? `The running averages of ${layers} layers are taken anew. ${panels.map((panel, i) =>
      `${panel.name ? `${panel.name}: ` : ""}right in evaluation mode before ${BnPanel.percent(before[i])}, now ${BnPanel.percent(panel.run.scores.accuracy)}.`).join(" ")}`
      : "There are no running averages to take anew.");
  }

  function showButtons() {
    find("[data-play]").textContent = playing ? "Pause" : "Play";
    find("[data-play]").classList.toggle("on", playing);
  }

  function pause() {
    session++;
    playing = false;
    showButtons();
  }

  // Trains until it is paused, or as far as an experiment goes. The next steps are asked for when the last answer has come.
  function play(until = 0) {
    const mine = ++session;
    const pace = { steps: 1, planes: 0, insides: 0, cost: 0 };
    playing = true;
    goal = until;
    showButtons();
    status(calm.matches ? "Training. The pictures follow at the pause." : "Training.");
    const next = () => inTurn(async () => {
      if (mine === session)
        await advance(pace, mine);
      if (mine === session)
        next();
      else if (!playing && waiting === 0) {
        await look();
        writeLink();
      }
    });
    next();
  }

  async function advance(pace, mine) {
    const speed = speeds[goal ? "fast" : find("[data-speed]").value];
    const began = performance.now();
    const left = goal ? goal - state.steps : Infinity;
    await Promise.all(runs().map(run => run.step(Math.min(left, speed.steps || pace.steps))));
    if (mine !== session)
      return;
    const took = performance.now() - began;
    pace.steps = Math.max(1, Math.min(goal ? 10 : 200, Math.round(pace.steps * Math.min(2, 40 / Math.max(1, took)))));
    state.steps = runs()[0].steps;
    await Promise.all(runs().map(run => run.score()));
    if (!calm.matches)
      await (performance.now() - pace.planes > pace.cost ? lookWhilePlaying(pace) : frame());
    showWhere();
    if (runs().every(run => run.ended || run.refused) || (goal && state.steps >= goal))
      pause();
    else if (speed.pause)
      await new Promise(done => setTimeout(done, speed.pause));
  }

  // The pictures, which take at most half of the time; the losses are drawn with them.
  async function lookWhilePlaying(pace) {
    const began = performance.now();
    const inside = began - pace.insides > 400;
    for (const run of runs()) {
      await run.lookAtPlane(moving, state.whole, draw);
      await lookAtPoint(run);
      if (inside)
        await run.lookInside();
    }
    if (inside)
      pace.insides = began;
    pace.planes = performance.now();
    pace.cost = pace.planes - began;
    await frame();
    redraw();
  }

  // --- Experiments ----------------------------------------------------------------------------------------------

  // What to look at, while the settings are an experiment's.
  function say(words, pressed) {
    find("[data-experiment-said]").textContent = words;
    for (const button of document.querySelectorAll("[data-experiment]"))
      button.setAttribute("aria-pressed", button === pressed);
  }

  function showExperiments() {
    find("[data-experiments]").innerHTML = bnExperiments.map((experiment, i) => `<button type="button" aria-pressed="false" data-experiment="${i}">${experiment.name}</button>`).join("");
    find("[data-experiments]").addEventListener("click", ({ target }) => {
      const experiment = bnExperiments[target.dataset.experiment];
      if (!experiment)
        return;
      pause();
      const { settings, other = null, whole = false } = experiment.state;
      change({ settings: { ...bnSettings.first(), ...settings }, other, whole });
      say(experiment.said, target);
      play(experiment.steps);
    });
  }

  async function start() {
    find("[data-settings-box]").open = matchMedia("(min-width: 62rem)").matches;
    showSettings();
    showExperiments();
    listen();
    find("#content").dataset.built = "";
    try {
      engine = await bnEngine.start("playground");
    } catch (error) {
      status(`The engine did not start: ${error.message}`);
      showNothing("Without it there is nothing to train here.");
      return;
    }
    inTurn(build);
  }

  start();
})();
