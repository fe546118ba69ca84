// Turns the code of a cell into an editor (CodeMirror, loaded with the first one): `liveEditor(place, code, what it calls)`.
"use strict";

async function liveEditor(place, code, { label, changed, run, complete, signatures }) {
  await liveLoad("assets/vendor/codemirror.min.js");
  await liveLoad("assets/live/signatures.js");
  const { EditorState, Prec, EditorView, keymap, highlightSpecialChars, history, historyKeymap, defaultKeymap, indentWithTab,
    temporarilySetTabFocusMode, StreamLanguage, csharp, syntaxHighlighting, HighlightStyle, tags, bracketMatching, indentUnit,
    indentOnInput, autocompletion, completionKeymap, closeBrackets, closeBracketsKeymap, setDiagnostics, lintKeymap } = codeMirror;

  const colours = HighlightStyle.define([
    { tag: [tags.keyword, tags.atom, tags.bool, tags.null], color: "var(--keyword)" },
    { tag: [tags.string, tags.character], color: "var(--string)" },
    { tag: tags.number, color: "var(--number)" },
    { tag: [tags.comment, tags.meta], color: "var(--comment)" },
    { tag: [tags.typeName, tags.definition(tags.variableName)], color: "var(--title)" },
  ]);

  async function completions(context) {
    const word = context.matchBefore(/[\p{L}\p{N}_]*/u);
    const follows = context.state.sliceDoc(word.from - 1, word.from);
    if (!context.explicit && (word.text === "" ? follows !== "." : /\p{N}/u.test(word.text[0])))
      return null;
    const found = await complete(context.state.doc.toString(), context.pos);
    return found?.length ? {
      from: word.from,
      options: found.map(({ text, kind, signature, summary }) =>
        ({ label: text, type: kind, detail: signature || undefined, info: summary || undefined })),
      validFor: /^[\p{L}\p{N}_]*$/u,
    } : null;
  }

  const runs = () => { run(); return true; };
  const view = new EditorView({
    doc: code,
    extensions: [
      Prec.highest(keymap.of([{ key: "Ctrl-Enter", mac: "Cmd-Enter", run: runs }, { key: "Ctrl-Enter", run: runs }, { key: "Shift-Enter", run: runs }])),
      highlightSpecialChars(),
      history(),
      indentUnit.of("    "),
      indentOnInput(),
      bracketMatching(),
      closeBrackets(),
      StreamLanguage.define(csharp),
      syntaxHighlighting(colours),
      autocompletion({ override: [completions], icons: false }),
      liveSignatures(signatures),
      keymap.of([...closeBracketsKeymap, ...completionKeymap, ...lintKeymap, ...historyKeymap, ...defaultKeymap, indentWithTab]),
      // Tab indents; after Escape it leaves.
      Prec.lowest(keymap.of([{ key: "Escape", run: temporarilySetTabFocusMode }])),
      EditorView.contentAttributes.of({ "aria-label": label, "aria-describedby": "live-keys", tabindex: "0", autocapitalize: "off", spellcheck: "false" }),
      EditorView.updateListener.of(update => { if (update.docChanged) changed(update.state.doc.toString()); }),
    ],
  });
  place.replaceChildren(view.dom);

  function positionOf(line, column) {
    const at = view.state.doc.line(Math.min(Math.max(line, 1), view.state.doc.lines));
    return Math.min(at.from + Math.max(column, 1) - 1, at.to);
  }

  return {
    focus: () => view.focus(),

    // Puts the cursor where a pointer was, or at a line and column.
    focusAt(x, y) {
      view.focus();
      view.dispatch({ selection: { anchor: view.posAtCoords({ x, y }, false) } });
    },
    goTo({ line, column }) {
      view.focus();
      view.dispatch({ selection: { anchor: positionOf(line, column) }, scrollIntoView: true });
    },

    set: text => view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } }),

    mark: errors => view.dispatch(setDiagnostics(view.state, errors.map(error => ({
      from: positionOf(error.line, error.column),
      to: Math.max(positionOf(error.line, error.column), positionOf(error.endLine, error.endColumn)),
      severity: "error",
      message: `${error.message} (${error.id})`,
    })))),
  };
}
