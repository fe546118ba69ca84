// Shows in the editor which parameters a call takes, as long as one writes between its brackets.
"use strict";

function liveSignatures(ask) {
  const { StateField, StateEffect, Prec, showTooltip, EditorView, keymap } = codeMirror;
  const { make } = liveOutputs;
  const told = StateEffect.define();
  let asked = 0; // what was asked before an Escape is not shown after it

  const shown = StateField.define({
    create: () => null,
    update(tip, transaction) {
      for (const effect of transaction.effects)
        if (effect.is(told))
          return effect.value;
      return tip && transaction.docChanged ? { ...tip, pos: transaction.changes.mapPos(tip.pos) } : tip;
    },
    provide: field => showTooltip.from(field),
  });

  function tooltip({ signatures, active }, pos) {
    const [first, ...others] = signatures;
    const box = make("div", "live-signature", make("code", "", ...marked(first.text, first.parameters[active])));
    if (others.length)
      box.append(` and ${others.length} more`);
    if (first.summary)
      box.append(make("p", "", first.summary));
    return { pos, above: true, create: () => ({ dom: box }) };
  }

  // The parameter that is being written stands out.
  function marked(text, parameter) {
    const at = parameter ? text.lastIndexOf(parameter) : -1;
    return at < 0 ? [text] : [text.slice(0, at), make("strong", "", parameter), text.slice(at + parameter.length)];
  }

  // Whatever else an Escape closes, it closes this too.
  const close = view => {
    asked++;
    if (view.state.field(shown))
      view.dispatch({ effects: told.of(null) });
    return false;
  };

  const follow = EditorView.updateListener.of(async ({ view, state, docChanged, selectionSet, changes }) => {
    if (!docChanged && !selectionSet)
      return;
    let typed = "";
    changes.iterChanges((from, to, newFrom, newTo, text) => { typed += text; });
    if (!state.field(shown) && !/[(,]/.test(typed))
      return;
    const position = state.selection.main.head, mine = ++asked;
    const help = await ask(state.doc.toString(), position);
    if (mine === asked && view.state.selection.main.head === position && view.state.doc.eq(state.doc))
      view.dispatch({ effects: told.of(help?.signatures.length ? tooltip(help, position) : null) });
  });

  return [shown, follow, Prec.highest(keymap.of([{ key: "Escape", run: close }]))];
}
