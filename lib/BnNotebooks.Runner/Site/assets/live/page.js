// The live cells of a page: what their buttons do, and in which order they run.
"use strict";

(() => {
  const bar = document.querySelector(".live-page");
  const { notebook } = bar.dataset;
  const cells = [...document.querySelectorAll("[data-live]:not([data-live=setup])")].map(root => new LiveCell(root, notebook));
  liveSession.setup = document.querySelector("[data-live=setup] .source code").textContent;
  const announce = words => { bar.querySelector("[role=status]").textContent = words; };
  const pageButton = name => bar.querySelector(`[data-do=${name}]`);

  function tell() {
    const own = cells.filter(cell => cell.isEdited).length;
    pageButton("restart").disabled = !liveSession.isStarted;
    pageButton("forget").disabled = own === 0;
    bar.querySelector(".live-state").textContent = own === 0 ? "" : own === 1 ? "one cell has code of yours" : `${own} cells have code of yours`;
    cells.forEach(cell => cell.tell());
  }

  const count = number => number === 1 ? "1 cell" : `${number} cells`;
  const editorOf = cell => cell.open({
    run: () => run(cell),
    complete: (code, position) => liveSession.ask("Complete", code, position),
    signatures: (code, position) => liveSession.ask("Signatures", code, position),
  });

  // Runs one cell within a piece of work, and says how far it is, there and where else that is wanted.
  async function execute(cell, sayToo = () => {}) {
    const { code } = cell;
    const result = await liveSession.run(code, words => {
      cell.say(words);
      sayToo(words);
    });
    cell.progress = "";
    cell.show(result, code, async error => {
      const editor = await editorOf(cell);
      cell.mark(result.errors);
      editor.goTo(error);
    });
    return !cell.failed;
  }

  async function executeAll(list, asked) {
    let failed = 0;
    for (const [index, cell] of list.entries()) {
      const place = `running the cells above, ${index + 1} of ${list.length}`;
      failed += await execute(cell, words => asked.say(words === "running" ? place : words)) ? 0 : 1;
    }
    return list.length === 0 ? "" : `ran ${count(list.length)} above${failed ? `, of which ${failed} failed` : ""}`;
  }

  // A piece of work on behalf of one cell.
  async function work(cell, does) {
    if (cell.progress)
      return;
    cell.say("waiting");
    try {
      await liveSession.queue(does);
      announce(cell.outcome);
    } catch (error) {
      cell.outcome = error.message === "stopped" ? "stopped" : `could not be run: ${error.message}`;
      announce(cell.outcome);
    }
    cell.progress = "";
    tell();
  }

  const above = cell => cells.slice(0, cells.indexOf(cell));

  // A cell needs those before it, so the ones that have not run yet come first.
  const run = cell => work(cell, async () => {
    const before = await executeAll(above(cell).filter(other => other.needsRun), cell);
    await execute(cell);
    cell.outcome += before && ` · ${before}`;
  });

  const runAbove = cell => work(cell, async () => {
    const before = await executeAll(above(cell), cell);
    cell.outcome = before || "there is no cell above";
  });

  const hint = cell => work(cell, async () => {
    const { outcome } = cell;
    const result = await liveSession.run(`Check.Hint("${cell.exercise}")`, words => cell.say(words));
    const hints = liveOutputs.make("div", "hints", ...liveOutputs.of(result));
    cell.outputs.append(hints);
    cell.outputs.classList.add("own"); // so that a reset takes it away
    cell.outcome = outcome;
  });

  function stop() {
    liveSession.stop();
    for (const cell of cells)
      cell.lose("not run since the session was stopped");
    announce("The session was stopped. The next run starts a new one.");
    tell();
  }

  async function restart() {
    await liveSession.reset();
    for (const cell of cells) {
      cell.restoreOutputs();
      cell.editor?.mark([]);
      cell.lose("not run since the reset");
    }
    announce("The session was reset. The outputs are the recorded ones.");
    tell();
  }

  async function edit(cell, place) {
    try {
      const editor = await editorOf(cell);
      if (place)
        editor.focusAt(place.x, place.y);
      else
        editor.focus();
    } catch (error) {
      cell.outcome = `cannot be edited: ${error.message}`;
      cell.tell();
    }
  }

  function forget() {
    const own = cells.filter(cell => cell.isEdited);
    if (!confirm(`Forget your code in ${count(own.length)} of this page? The notebook's own code comes back.`))
      return;
    own.forEach(cell => cell.reset());
    announce("Your code is forgotten.");
  }

  const download = () => liveDownload.save(notebook, new Map(cells.filter(cell => cell.isEdited).map(cell => [cell.id, cell.code])))
    .catch(error => { bar.querySelector(".live-state").textContent = error.message; });

  for (const cell of cells) {
    const does = {
      run: () => cell.progress ? stop() : run(cell),
      edit: () => edit(cell),
      above: () => runAbove(cell),
      hint: () => hint(cell),
      reset: () => { cell.reset(); cell.button("run").focus(); },
    };
    cell.button("hint").hidden = !cell.exercise;
    cell.button("above").hidden = cell === cells[0];
    for (const [name, action] of Object.entries(does))
      cell.button(name).addEventListener("click", action);
    cell.pre.addEventListener("click", event => {
      if (getSelection().isCollapsed) // else somebody copies
        edit(cell, event);
    });
  }
  for (const [name, action] of Object.entries({ restart, forget, download }))
    pageButton(name).addEventListener("click", action);
  document.addEventListener("live-edited", tell);
  tell();
})();
