// A network in training inside the engine, and what the page knows of it: the latest numbers of each kind, and the path of the losses.
"use strict";

class BnRun {
  // Lists of numbers come as typed arrays, which can hold nothing else: as plain ones they can be turned into words.
  static async call(engine, method, ...parameters) {
    const result = await engine.call(`BnNotebooks.Playground.NetworkExports.${method}`, ...parameters);
    return ArrayBuffer.isView(result) ? [...result] : result;
  }

  static async make(engine, settings) {
    const run = new BnRun();
    run.engine = engine;
    run.settings = settings;
    const description = JSON.stringify(settings);
    run.id = await BnRun.call(engine, "Make", description);
    run.code = await BnRun.call(engine, "Code", description);
    const [left, right, bottom, top, ...points] = await run.ask("Points");
    Object.assign(run, { frame: { left, right, bottom, top }, points, steps: 0, rate: settings.rate, batchLoss: NaN, path: [], refused: null });
    return run;
  }

  ask(method, ...parameters) {
    return BnRun.call(this.engine, method, this.id, ...parameters);
  }

  drop() { return this.ask("Drop"); }

  // True once the loss is no number any more, or so large that nothing is left to see.
  get ended() { return this.steps > 0 && !(this.batchLoss < 1000); }

  get hasModes() { return bnSettings.hasModes(this.settings); }

  async step(count) {
    if (this.ended || this.refused)
      return;
    try {
      [this.steps, this.batchLoss, this.rate] = await this.ask("Step", count);
    } catch (error) {
      // A batch of one: the library says why. Behind it stands which parameter, of no use here.
      this.refused = error.message.replace(/ \(Parameter.*/s, "");
    }
  }

  async score() {
    const [trainingLoss, trainingAccuracy, loss, accuracy, sortedAccuracy] = await this.ask("Scores");
    this.scores = { trainingLoss, trainingAccuracy, loss, accuracy, sortedAccuracy };
    if (this.path.at(-1)?.step === this.steps)
      this.path.pop();
    this.path.push({ step: this.steps, trainingLoss, loss });
    if (this.path.length > 400)
      this.path = this.path.filter((_, i) => i % 2 === 0 || i === this.path.length - 1);
  }

  // How many points a batch has where the plane is asked in training mode. With all training points for companions a few points join.
  batchSize(whole) { return whole ? 264 : this.settings.batchSize; }

  async lookAtPlane(side, whole, draw) {
    const evaluation = await this.ask("PlaneInEvaluation", side);
    let training = evaluation, companions = [];
    if (this.hasModes) {
      const size = this.batchSize(whole);
      try {
        training = await this.ask("PlaneInTraining", side, size, draw);
        companions = await this.ask("Companions", size - Math.max(1, Math.floor(size / 32)), draw);
      } catch {
        training = null;   // a batch of one
      }
    }
    const differ = training === null ? null : training.map((p, i) => (p > 0.5) !== (evaluation[i] > 0.5));
    this.plane = { side, training, evaluation, companions, differ, share: differ === null ? null : differ.filter(Boolean).length / differ.length };
  }

  async lookInside() {
    const bars = 24, each = 2 + 2 * bars, { depth, width } = this.settings;
    let numbers;
    try {
      numbers = await this.ask("Inside");
    } catch {
      return;   // a batch of one
    }
    this.layers = Array.from({ length: depth }, (_, i) => {
      const of = numbers.slice(i * each, (i + 1) * each);
      return { spread: of[0], activations: of.slice(1, 1 + bars), gradient: of[1 + bars], gradients: of.slice(2 + bars) };
    });
    const units = numbers.slice(depth * each);
    this.units = Array.from({ length: depth * width }, (_, i) => {
      const [runningMean, batchMean, runningStd, batchStd, gamma, beta] = units.slice(6 * i, 6 * i + 6);
      return { layer: Math.floor(i / width), runningMean, batchMean, runningStd, batchStd, gamma, beta };
    });
  }

  // One point: the answer in evaluation mode, and those among ever other companions.
  async lookAtPoint(x, y, whole) {
    try {
      const [evaluation, ...training] = await this.ask("AtPoint", x, y, whole ? 257 : this.settings.batchSize, 40);
      this.answers = { evaluation, training };
    } catch {
      this.answers = null;   // a batch of one
    }
  }
}
