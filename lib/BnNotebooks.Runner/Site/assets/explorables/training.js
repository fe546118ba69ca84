// What the two explorables that train have in common: a run that grows before the reader's eyes, can be stopped and begun again.
"use strict";

// view: begin(call, values, seed) starts the networks, more(call) trains on and returns what is new, points is how many make a run.
const bnTraining = (kit, { begin, more, points, seed = 1 }) => {
  let button;
  return {
    buttons: [
      { kind: "button", label: "Train again", made: node => { button = node; }, press: api => api.running() ? api.stop() : api.changed() },
      { kind: "button", label: "Other random numbers", press: api => { seed++; api.changed(); } },
    ],
    began: () => { button.textContent = "Stop"; },
    ended: () => { button.textContent = "Train again"; },
    seed: () => seed,
    // Where motion is unwelcome, the run is shown when it is through.
    async compute(call, values, show, current) {
      await begin(call, values, seed);
      const run = [];
      while (run.length < points && current()) {
        run.push(...await more(call));
        if (current() && (run.length === points || !kit.still.matches))
          show({ run, whole: run.length === points });
      }
    },
  };
};
