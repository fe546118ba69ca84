// The compiler of this page and what ran in it. One thing at a time: whoever asks waits for those before. Loaded and started with
// the first question; a stop ends it in the middle of whatever it does, and the next question starts it again.
"use strict";

const liveSession = (() => {
  const cells = "BnNotebooks.Live.Cells.";
  let setup = "";        // the code that runs before all cells
  let engine = null;
  let isReady = false;   // the setup has run
  let isBusy = false;
  let queue = Promise.resolve();
  let round = newRound();

  // From one stop to the next.
  function newRound() {
    let stop;
    const stopped = new Promise((_, failed) => { stop = () => failed(new Error("stopped")); });
    stopped.catch(() => {}); // who waits for it hears of it
    return { stop, stopped };
  }

  async function start(say) {
    const mine = round;
    if (!engine) {
      say("loading the compiler, 11 MB, once");
      if (typeof bnEngine === "undefined")
        await liveLoad("assets/engine.js");
      const started = await bnEngine.start("live");
      if (mine !== round)
        return started.stop();
      engine = started;
    }
    if (!isReady) {
      say("starting the session");
      const result = JSON.parse(await engine.call(cells + "Run", setup));
      const wrong = result.failure?.message ?? result.errors[0]?.message;
      if (wrong)
        throw new Error(`the notebook's setup did not run: ${wrong}`);
      isReady = true;
    }
  }

  return {
    set setup(code) { setup = code; },
    get isStarted() { return engine !== null; },

    // Does a piece of work when all before is done; rejects with "stopped" when it is stopped. The work may await `run`.
    queue(work) {
      const mine = round;
      const done = queue.then(() => {
        if (mine !== round)
          throw new Error("stopped");
        isBusy = true;
        return Promise.race([work(), mine.stopped]);
      }).finally(() => { if (mine === round) isBusy = false; });
      queue = done.catch(() => {});
      return done;
    },

    // Runs code, within a piece of work: what it gave.
    async run(code, say) {
      const mine = round;
      await start(say);
      if (mine !== round)
        throw new Error("stopped");
      say("running");
      return JSON.parse(await engine.call(cells + "Run", code));
    },

    // For what helps while writing: null while the compiler is not there or has other work.
    ask: async (method, ...parameters) =>
      engine && isReady && !isBusy ? JSON.parse(await engine.call(cells + method, ...parameters)) : null,

    stop() {
      round.stop();
      round = newRound();
      engine?.stop();
      engine = null;
      isReady = isBusy = false;
    },

    // All variables are forgotten; the compiler stays.
    async reset() {
      if (isBusy || !engine)
        return this.stop();
      isReady = false;
      await engine.call(cells + "Reset");
    },
  };
})();
