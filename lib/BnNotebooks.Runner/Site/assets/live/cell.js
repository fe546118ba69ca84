// A cell whose code runs in the page: its code and whose it is, its editor, its outputs and whose they are.
"use strict";

class LiveCell {
  constructor(root, notebook) {
    this.root = root;
    this.notebook = notebook;
    this.id = root.dataset.live;
    this.pre = root.querySelector(".source pre");
    this.original = this.pre.textContent;
    this.outputs = root.querySelector(".outputs") ?? liveOutputs.make("div", "outputs");
    this.outputs.isConnected || root.append(this.outputs);
    this.recorded = [...this.outputs.childNodes];
    this.state = root.querySelector(".live-state");
    this.ranCode = null;    // what ran last in this session
    this.outcome = "";      // how that went, in words
    this.progress = "";     // what is being done
    const kept = liveKept.read(notebook, this.id, this.original);
    this.code = kept?.code ?? this.original;
    this.isOutdated = kept?.isOutdated ?? false;
    if (kept)
      this.colour();
  }

  button(name) { return this.root.querySelector(`[data-do=${name}]`); }

  get exercise() { return /throw new NotImplementedException/.test(this.original) && /\bCheck\.(\w+)\(/.exec(this.original)?.[1]; }
  get isEdited() { return this.code !== this.original; }
  get isOwn() { return this.outputs.classList.contains("own"); }
  get needsRun() { return this.ranCode === null || (this.failed && this.ranCode !== this.code); }

  // The code as a page without an editor shows it.
  colour() {
    this.pre.firstElementChild.innerHTML = hljs.highlight(this.code, { language: "csharp" }).value;
  }

  tell() {
    const words = [];
    if (this.progress)
      words.push(this.progress);
    else if (this.ranCode !== null && this.ranCode !== this.code)
      words.push("edited since it ran");
    else if (this.outcome)
      words.push(this.outcome);
    else if (this.isEdited)
      words.push("your code, not run yet");
    else if (liveSession.isStarted)
      words.push("not run yet");
    if (this.isOutdated)
      words.push("the notebook's cell has changed since you wrote yours");
    this.state.textContent = words.join(" · ");
    this.button("run").textContent = this.progress ? "Stop" : "Run";
    this.button("reset").hidden = !this.isEdited && !this.isOwn;
    this.root.classList.toggle("edited", this.isEdited);
  }

  say(words) {
    this.progress = words;
    this.tell();
  }

  // Opens the editor, once.
  open(calls) {
    return this.opening ??= liveEditor(this.pre.parentElement.insertBefore(liveOutputs.make("div", "live-editor"), this.pre), this.code, {
      ...calls,
      label: "C# code of this cell",
      changed: code => this.changed(code),
    }).then(editor => {
      this.editor = editor;
      this.pre.hidden = true;
      this.button("edit").hidden = true;
      return editor;
    }).catch(error => {
      this.opening = null;
      this.root.querySelector(".live-editor").remove();
      throw error;
    });
  }

  changed(code) {
    this.code = code;
    if (!this.isEdited)
      this.isOutdated = false;
    liveKept.write(this.notebook, this.id, code, this.original, this.isOutdated);
    this.tell();
    this.root.dispatchEvent(new Event("live-edited", { bubbles: true }));
  }

  // Errors at their places, as long as these are still there.
  mark(errors) {
    if (this.code === this.ranCode)
      this.editor?.mark(errors);
  }

  // Takes what a run of the code gave.
  show(result, code, goTo) {
    this.ranCode = code;
    this.failed = result.errors.length > 0 || result.failure !== null;
    const seconds = (result.ms / 1000).toFixed(result.ms < 950 ? 2 : 1);
    this.outcome = result.errors.length ? `does not compile, line ${result.errors[0].line}` : result.failure ? "stopped by an exception" : `ran in ${seconds} s`;
    this.mark(result.errors);
    if (liveOutputs.actsByScript(result))
      return;
    this.replaceOutputs(liveOutputs.make("p", "whose", "your run"), ...liveOutputs.of(result, goTo));
    this.outputs.classList.add("own");
    liveOutputs.wake(this.outputs);
  }

  replaceOutputs(...nodes) {
    this.outputs.replaceChildren(...nodes);
    this.outputs.classList.remove("own");
  }

  restoreOutputs() {
    if (!this.isOwn)
      return;
    this.replaceOutputs(...this.recorded);
    liveOutputs.wake(this.outputs);
  }

  // The session has ended or was reset: nothing has run in the new one.
  lose(words) {
    if (this.ranCode !== null)
      this.outcome = words;
    this.ranCode = null;
    this.progress = "";
    this.tell();
  }

  // The notebook's code and outputs again.
  reset() {
    this.restoreOutputs();
    this.editor?.mark([]);
    this.outcome = this.ranCode === null ? "" : this.outcome;
    if (this.editor)
      this.editor.set(this.original);
    else
      this.changed(this.original);
    this.colour();
    this.tell();
  }
}
