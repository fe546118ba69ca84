// Prompts, outcomes and scores in the outputs of a notebook. The first prompt brings this script along; the other outputs call it,
// because a host may show any of them later, or anew. What a reader answers stays in the browser: in localStorage, or, where there
// is none, for as long as the page is open.
(() => {
  if (window.bnPredict) return bnPredict();

  document.head.append(node('style', { textContent: `
    [data-bn-predict] { max-width: 44rem; line-height: 1.5; margin: 4px 0; overflow-wrap: break-word; }
    [data-bn-predict] p { margin: 0 0 .5em; }
    [data-bn-predict] ul { margin: 0 0 .6em; padding-left: 1.2em; }
    [data-bn-predict] label { display: flex; gap: .5em; align-items: baseline; padding: 3px 0; cursor: pointer; }
    [data-bn-predict] label:has(:checked:disabled) { font-weight: 600; }
    [data-bn-predict] input { font: inherit; accent-color: #2a8a95; }
    [data-bn-predict] input[type=number] { width: 8em; padding: 2px 6px; color: inherit; background: transparent;
      border: 1px solid #7f7f7f; border-radius: 6px; }
    [data-bn-predict] button { font: inherit; color: inherit; cursor: pointer; padding: 3px 12px; margin: 4px 8px 4px 0;
      background: transparent; border: 1px solid #7f7f7f; border-radius: 6px; }
    [data-bn-predict] button:hover { background: rgba(127,127,127,.18); }
    [data-bn-predict] [data-note]:focus, [data-bn-predict] [data-result]:focus { outline: none; }
    [data-bn-predict] [data-plain][hidden] { display: none; }
    [data-bn-predict] svg { display: block; width: 100%; max-width: 30rem; height: auto; }
    [data-bn-predict] svg text { fill: currentColor; font-size: 13px; }
    [data-bn-predict] svg .bn-grid { stroke: rgba(127,127,127,.4); fill: none; }
    [data-bn-predict] svg [role=slider] { cursor: ns-resize; }
    [data-bn-predict] svg [role=slider]:focus { outline: none; stroke: currentColor; stroke-width: 3; }
    @media screen { [data-bn-covered] > [data-result] { display: none; } }
    @media print { [data-bn-predict] :is([data-gate], button) { display: none; } }` }));

  function node(tag, properties, ...children) {
    const made = document.createElement(tag);
    for (const name in properties)
      name in made ? made[name] = properties[name] : made.setAttribute(name, properties[name]);
    made.append(...children);
    return made;
  }

  // What was answered: { guess }, where a guess of null means that the reader looked without one; and whether it was right.
  const memory = {}, key = id => 'bn-notebooks/' + id;
  function load(id) {
    try { return JSON.parse(localStorage.getItem(key(id))) ?? memory[id] ?? null; }
    catch { return memory[id] ?? null; }
  }
  function keep(id, answer) {
    memory[id] = answer;
    try { answer ? localStorage.setItem(key(id), JSON.stringify(answer)) : localStorage.removeItem(key(id)); }
    catch {} // then the page remembers, as long as it is open
  }
  const save = (id, answer) => { keep(id, answer); update(); };
  function answered(root) {
    const found = load(root.dataset.id);
    return found?.guess === null || kinds[root.dataset.kind].fits(root.dataset, found?.guess) ? found : null;
  }

  const show = value => (+value && Math.abs(value) < 1e-3 ? (+(+value).toPrecision(3)).toExponential() : String(+(+value).toPrecision(3))).replaceAll('-', '−');

  const kinds = {
    choice: {
      missing: 'Choose an answer first.',
      fits: (data, guess) => typeof guess === 'string',
      ask(root, area, guess, locked) {
        const answers = [...root.querySelectorAll('[data-plain] li')].map(item => item.textContent);
        const inputs = answers.map(value => node('input',
          { type: 'radio', name: 'bn-' + root.dataset.id, value, checked: value === guess, disabled: locked }));
        area.append(node('div', { role: 'radiogroup', 'aria-label': asked(root) },
          ...inputs.map(input => node('label', {}, input, node('span', {}, input.value)))));
        return () => inputs.find(input => input.checked)?.value;
      },
      judge: (data, guess) => ({ right: guess === data.answer, words: `You said: ${guess}.` }),
    },
    number: {
      missing: 'Enter a number within the range first.',
      fits: (data, guess) => Number.isFinite(guess),
      ask(root, area, guess, locked) {
        const { from, to, unit } = root.dataset;
        const input = node('input', { type: 'number', step: 'any', min: from, max: to, value: guess ?? '', disabled: locked });
        area.append(node('label', {}, 'Your guess:', input, unit));
        return () => input.valueAsNumber >= +from && input.valueAsNumber <= +to ? input.valueAsNumber : undefined;
      },
      judge({ value, factor, within, unit, near }, guess) {
        const off = +factor ? Math.max(guess / value, value / guess) : Math.abs(guess - value);
        const far = show(off) + (+factor ? ' times' : unit ? ' ' + unit : '') + (guess > value ? ' too high' : ' too low');
        const exact = +factor ? off < 1.005 : show(guess) === show(value);
        return { right: off <= (+factor || +within),
          words: `You said ${show(guess)} ${unit}`.trim() + `, which is ${exact ? 'just it' : far} (${near} counts as right).` };
      },
    },
    curve: {
      missing: 'Move at least one point first.',
      fits: ({ frame }, guess) => Array.isArray(guess) && guess.length === JSON.parse(frame).x.length && guess.every(Number.isFinite),
      ask(root, area, guess, locked) {
        const frame = JSON.parse(root.dataset.frame);
        const ys = guess ?? frame.x.map(() => (frame.from + frame.to) / 2);
        let moved = false;
        if (!locked)
          area.append(node('p', {}, 'Drag the points up and down, or go to them by Tab and move them by the arrow keys.'));
        area.append(plot(frame, [{ ys, color: '#D55E00', dash: '6 4' }], locked ? null : () => { moved = true; }));
        return () => moved ? ys : undefined;
      },
      judge({ frame, values, within, near }, guess) {
        const measured = JSON.parse(values), mean = guess.reduce((sum, y, i) => sum + Math.abs(y - measured[i]), 0) / guess.length;
        return { right: mean <= +within, words: `Your curve (dashed) is off by ${show(mean)} on average from what was measured (solid); ${near}.`,
          figure: plot(JSON.parse(frame), [{ ys: measured, color: '#0072B2' }, { ys: guess, color: '#D55E00', dash: '6 4' }]) };
      },
    },
  };
  const asked = root => root.querySelector('[data-question]').textContent;

  // Curves over places at equal distances; with onMove the points of the first can be moved, which changes its ys.
  function plot(frame, series, onMove) {
    const width = 400, height = 270, left = 46, right = 16, top = 30, bottom = 46, last = frame.x.length - 1;
    const px = i => left + i / last * (width - left - right);
    const py = y => top + (frame.to - Math.min(Math.max(y, frame.from), frame.to)) / (frame.to - frame.from) * (height - top - bottom);
    const draw = (tag, attributes, text) => {
      const made = document.createElementNS('http://www.w3.org/2000/svg', tag);
      for (const name in attributes) made.setAttribute(name, attributes[name]);
      if (text !== undefined) made.textContent = text;
      return made;
    };
    const svg = draw('svg', { viewBox: `0 0 ${width} ${height}`, role: onMove ? 'group' : 'img', 'aria-label': `${frame.yName} over ${frame.xName}` });
    for (const y of [frame.from, (frame.from + frame.to) / 2, frame.to])
      svg.append(draw('line', { x1: left, x2: width - right, y1: py(y), y2: py(y), class: 'bn-grid' }),
        draw('text', { x: left - 6, y: py(y) + 4, 'text-anchor': 'end' }, show(y)));
    frame.x.forEach((x, i) => i % (last > 7 ? 2 : 1) || svg.append(
      draw('text', { x: px(i), y: height - bottom + 18, 'text-anchor': 'middle' }, show(x))));
    svg.append(draw('text', { x: 0, y: 14 }, frame.yName),
      draw('text', { x: (left + width - right) / 2, y: height - 6, 'text-anchor': 'middle' }, frame.xName));
    const lines = series.map(({ color, dash = 'none' }) => draw('polyline', { fill: 'none', stroke: color, 'stroke-width': 2.5, 'stroke-dasharray': dash }));
    svg.append(...lines);
    const points = series.map(({ ys, color }) => ys.map((_, i) => draw('circle', { r: onMove ? 9 : 4, cx: px(i), fill: color })));
    svg.append(...points.flat());

    const place = () => series.forEach(({ ys }, s) => {
      lines[s].setAttribute('points', ys.map((y, i) => `${px(i)},${py(y)}`).join(' '));
      ys.forEach((y, i) => {
        points[s][i].setAttribute('cy', py(y));
        points[s][i].setAttribute('aria-valuenow', y);
        points[s][i].setAttribute('aria-valuetext', show(y));
      });
    });
    place();
    if (!onMove)
      points.flat().forEach(point => { point.removeAttribute('aria-valuenow'); point.removeAttribute('aria-valuetext'); });
    else {
      const ys = series[0].ys, range = frame.to - frame.from;
      const move = (i, y) => { ys[i] = Math.min(Math.max(y, frame.from), frame.to); onMove(); place(); };
      points[0].forEach((point, i) => {
        for (const [name, value] of Object.entries({ role: 'slider', tabindex: 0, 'aria-valuemin': frame.from, 'aria-valuemax': frame.to,
          'aria-orientation': 'vertical', 'aria-label': `${frame.yName} at ${frame.xName} ${frame.x[i]}` }))
          point.setAttribute(name, value);
        point.addEventListener('keydown', event => {
          const by = { ArrowUp: .05, ArrowDown: -.05, PageUp: .2, PageDown: -.2, Home: -1, End: 1 }[event.key];
          const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
          if (by) move(i, ys[i] + by * range);
          if (step) points[0][i + step]?.focus();
          if (by || step) event.preventDefault();
        });
      });
      svg.style.touchAction = 'none';
      const drag = event => {
        const box = svg.getBoundingClientRect(), scale = width / box.width;
        const i = Math.round(((event.clientX - box.left) * scale - left) / (width - left - right) * last);
        const y = frame.to - ((event.clientY - box.top) * scale - top) / (height - top - bottom) * range;
        move(Math.min(Math.max(i, 0), last), y);
      };
      svg.addEventListener('pointerdown', event => { svg.setPointerCapture(event.pointerId); drag(event); });
      svg.addEventListener('pointermove', event => event.buttons && drag(event));
    }
    return svg;
  }

  function prompt(root) {
    const kind = kinds[root.dataset.kind], answer = answered(root);
    root.querySelector('[data-plain]').hidden = root.dataset.kind !== 'number';
    // Jupyter has commands of its own on letters and arrows.
    root.onkeydown = event => event.ctrlKey || event.metaKey || event.shiftKey || event.key === 'Escape' || event.stopPropagation();
    const area = node('div', { 'data-ask': '' }), note = node('p', { 'data-note': '', role: 'status', tabIndex: -1 });
    const read = kind.ask(root, area, answer?.guess, !!answer);
    if (answer)
      note.textContent = answer.guess === null ? 'You looked without an answer.' : 'You have committed to this answer. The outcome follows below.';
    else
      area.append(node('button', { type: 'button', onclick() {
        const guess = read();
        if (guess === undefined)
          return note.textContent = kind.missing;
        save(root.dataset.id, { guess });
        root.querySelector('[data-note]').focus({ preventScroll: true });
      } }, 'Commit to this answer'));
    area.append(note);
    root.querySelector('[data-ask]')?.remove();
    root.append(area);
  }

  function outcome(root) {
    const { id, kind } = root.dataset, answer = answered(root), result = root.querySelector('[data-result]');
    root.querySelectorAll('[data-gate], [data-mine]').forEach(old => old.remove());
    root.toggleAttribute('data-bn-covered', !answer);
    if (!answer)
      return root.append(node('div', { 'data-gate': '' },
        node('p', {}, `Commit to an answer first (above): ${result.firstElementChild.textContent}`),
        node('button', { type: 'button', onclick() { save(id, { guess: null }); result.tabIndex = -1; result.focus(); } }, 'Show me anyway')));
    if (answer.guess === null)
      return result.append(node('p', { 'data-mine': '' }, 'You looked without an answer.'));
    const { right, words, figure } = kinds[kind].judge(root.dataset, answer.guess);
    if (answer.right !== right)
      keep(id, { ...answer, right });
    result.append(node('div', { 'data-mine': '' }, node('p', {}, node('strong', {}, right ? '✓ As you predicted. ' : '✗ Not as you predicted. '), words), ...figure ? [figure] : []));
  }

  function score(root) {
    const items = [...root.querySelectorAll('li')], answers = items.map(item => load(item.dataset.id));
    root.querySelectorAll('[data-mine]').forEach(old => old.remove());
    items.forEach((item, i) => {
      const answer = answers[i];
      const [mark, again] = !answer ? ['not answered yet', true] : answer.guess === null ? ['looked without an answer', true]
        : answer.right === undefined ? ['answered, outcome not seen yet', false] : answer.right ? ['✓ as you predicted', false] : ['✗ think about it again', true];
      const there = document.querySelector(`[data-bn-predict=prompt][data-id="${CSS.escape(item.dataset.id)}"]`);
      item.append(node('span', { 'data-mine': '' }, ' ', node('strong', {}, mark), ' ', ...again && there ? [node('button', {
        type: 'button', 'aria-label': `Go there: ${item.firstChild.textContent}`,
        onclick() { there.scrollIntoView({ block: 'center' }); there.querySelector('input:enabled, [role=slider], [data-note]')?.focus({ preventScroll: true }); },
      }, 'Go there')] : []));
    });
    const right = answers.filter(answer => answer?.right).length;
    root.querySelector('ul').before(node('p', { 'data-mine': '' }, `${right} of ${items.length} came out as you predicted. Your answers are kept in this browser and sent nowhere.`));
    root.append(node('button', { type: 'button', 'data-mine': '', onclick() { items.forEach(item => keep(item.dataset.id, null)); update(); } }, 'Forget my answers'));
  }

  // Draws anew only what has changed: a reader may be in the middle of another answer.
  function update() {
    for (const [name, draw] of Object.entries({ prompt, outcome, score }))
      for (const root of document.querySelectorAll(`[data-bn-predict=${name}]`)) {
        const stamp = () => JSON.stringify(name === 'score' ? [...root.querySelectorAll('li')].map(item => load(item.dataset.id)) : load(root.dataset.id)?.guess ?? load(root.dataset.id));
        if (root.bnStamp === stamp()) continue;
        draw(root);
        root.bnStamp = stamp();
      }
    document.dispatchEvent(new Event('bn-predict'));
  }

  window.bnPredict = Object.assign(update, { answered, skip: id => save(id, { guess: null }) });
  update();
})();
