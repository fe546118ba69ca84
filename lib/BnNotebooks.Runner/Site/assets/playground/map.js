// Draws what a network answers over the plane: the colour of the likelier class, the boundary, the points, and where the modes disagree.
"use strict";

const bnMap = (() => {
  // How the colours of the page are now, light or dark.
  function palette() {
    const style = getComputedStyle(document.querySelector(".playground"));
    const of = name => style.getPropertyValue(name).trim();
    const rgb = hex => [1, 3, 5].map(at => parseInt(hex.slice(at, at + 2), 16));
    return { ink: of("--ink"), paper: of("--paper"), classes: [of("--class0"), of("--class1")], shades: [of("--paper"), of("--class0"), of("--class1")].map(rgb) };
  }

  // A picture of one dot a point, which the canvas enlarges smoothly.
  function shade(plane, side, { shades: [paper, ...classes] }) {
    const small = new OffscreenCanvas(side, side);
    const pixels = new ImageData(side, side);
    for (let row = 0; row < side; row++)
      for (let column = 0; column < side; column++) {
        const p = plane[row * side + column];
        const sure = Number.isFinite(p) ? 0.14 + 0.5 * Math.min(1, Math.abs(2 * p - 1)) : 0;
        const to = classes[p > 0.5 ? 1 : 0];
        const at = 4 * ((side - 1 - row) * side + column);
        for (let channel = 0; channel < 3; channel++)
          pixels.data[at + channel] = paper[channel] + sure * (to[channel] - paper[channel]);
        pixels.data[at + 3] = 255;
      }
    small.getContext("2d").putImageData(pixels, 0, 0);
    return small;
  }

  // The line where both classes are as likely, by marching squares: a piece for each two neighbouring sides of a cell that it crosses.
  function boundary(plane, side, toX, toY) {
    const path = new Path2D();
    const cross = (a, b) => (0.5 - a) / (b - a);
    for (let row = 0; row < side - 1; row++)
      for (let column = 0; column < side - 1; column++) {
        const at = row * side + column;
        const [a, b, c, d] = [plane[at], plane[at + 1], plane[at + 1 + side], plane[at + side]];
        const cuts = [];
        if (a > 0.5 !== b > 0.5) cuts.push([column + cross(a, b), row]);
        if (b > 0.5 !== c > 0.5) cuts.push([column + 1, row + cross(b, c)]);
        if (d > 0.5 !== c > 0.5) cuts.push([column + cross(d, c), row + 1]);
        if (a > 0.5 !== d > 0.5) cuts.push([column, row + cross(a, d)]);
        for (let i = 0; i + 1 < cuts.length; i += 2) {
          path.moveTo(toX((cuts[i][0] + 0.5) / side), toY((cuts[i][1] + 0.5) / side));
          path.lineTo(toX((cuts[i + 1][0] + 0.5) / side), toY((cuts[i + 1][1] + 0.5) / side));
        }
      }
    return path;
  }

  function hatch(differ, side, toX, toY) {
    const path = new Path2D();
    differ.forEach((differs, at) => {
      if (!differs)
        return;
      const [column, row] = [at % side, Math.floor(at / side)];
      path.moveTo(toX(column / side), toY(row / side));
      path.lineTo(toX((column + 1) / side), toY((row + 1) / side));
    });
    return path;
  }

  // A class is known by its colour and by its shape.
  function mark(path, x, y, label, size) {
    if (label === 0) {
      path.moveTo(x + size, y);
      path.arc(x, y, size, 0, 2 * Math.PI);
    } else {
      path.moveTo(x, y - 1.2 * size);
      path.lineTo(x + 1.2 * size, y);
      path.lineTo(x, y + 1.2 * size);
      path.lineTo(x - 1.2 * size, y);
      path.closePath();
    }
  }

  // Draws one mode of a run. `point` is the one that the page asks about.
  function draw(canvas, run, mode, point) {
    const size = canvas.clientWidth;
    if (size === 0)
      return; // not on the page yet
    const scale = Math.min(2, devicePixelRatio || 1);
    if (canvas.width !== Math.round(size * scale))
      canvas.width = canvas.height = Math.round(size * scale);
    const context = canvas.getContext("2d");
    context.setTransform(canvas.width / size, 0, 0, canvas.height / size, 0, 0);
    const colours = palette();
    context.fillStyle = colours.paper;
    context.fillRect(0, 0, size, size);
    if (!run.plane)
      return;
    const { side, differ, companions } = run.plane;
    const plane = run.plane[mode], other = run.plane[mode === "training" ? "evaluation" : "training"];
    const toX = share => share * size, toY = share => (1 - share) * size;
    const { left, right, bottom, top } = run.frame;
    const atX = x => toX((x - left) / (right - left)), atY = y => toY((y - bottom) / (top - bottom));

    if (plane) {
      context.imageSmoothingQuality = "high";
      context.drawImage(shade(plane, side, colours), 0, 0, size, size);
    }
    if (plane && differ) {
      context.strokeStyle = colours.ink;
      context.globalAlpha = 0.5;
      context.lineWidth = 1;
      context.stroke(hatch(differ, side, toX, toY));
      context.globalAlpha = 1;
    }

    const marks = [new Path2D(), new Path2D()];
    for (let i = 0; i < run.points.length; i += 3)
      mark(marks[run.points[i + 2]], atX(run.points[i]), atY(run.points[i + 1]), run.points[i + 2], Math.max(2, size / 130));
    context.lineWidth = size < 240 ? 0.4 : 0.8;
    context.strokeStyle = colours.paper;
    marks.forEach((path, label) => {
      context.fillStyle = colours.classes[label];
      context.fill(path);
      context.stroke(path);
    });

    if (mode === "training" && companions.length < 300) {
      const rings = new Path2D();
      for (let i = 0; i < companions.length; i += 2)
        mark(rings, atX(companions[i]), atY(companions[i + 1]), 0, Math.max(3.4, size / 62));
      context.strokeStyle = colours.ink;
      context.lineWidth = 1.3;
      context.stroke(rings);
    }
    if (plane) {
      context.strokeStyle = colours.ink;
      context.lineWidth = 2;
      context.stroke(boundary(plane, side, toX, toY));
      if (other && other !== plane) {
        context.lineWidth = 1.2;
        context.setLineDash([4, 4]);
        context.stroke(boundary(other, side, toX, toY));
        context.setLineDash([]);
      }
    }
    if (point && run.hasModes) {
      const [x, y] = [toX(point.x), toY(point.y)];
      for (const [colour, width] of [[colours.paper, 5], [colours.ink, 2]]) {
        context.strokeStyle = colour;
        context.lineWidth = width;
        context.beginPath();
        context.moveTo(x - 9, y); context.lineTo(x + 9, y);
        context.moveTo(x, y - 9); context.lineTo(x, y + 9);
        context.stroke();
      }
    }
  }

  return { draw };
})();
