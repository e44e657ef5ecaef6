// A stimulus, its prediction and its error: as pictures, or as bars of visible neurons. What is covered of it
// is hidden from the network.
import { largest } from "./array.js";
import { digits, element } from "./number.js";
import { paint, shades } from "./shade.js";

// pictures returns the element of a stimulus that is an image. Cover is told what is seen of it after a part
// was covered or uncovered with the pointer or by keys; without it nothing can be covered.
export function pictures(d, cover) {
  const shade = d.light ? shades.light : shades.ink;
  const canvas = (label) => element("canvas", { class: "tile", role: "img", "aria-label": label });
  const stimulus = canvas("stimulus"), prediction = canvas("prediction"), error = canvas("error: stimulus minus prediction");
  const brush = Math.max(1, Math.round(Math.min(d.height, d.width) / 8));
  let seen = null, value = 1, at = null, drawing = false, cursor = null, redraw = () => {};
  const spread = (x, y) => {
    for (let i = Math.max(0, y - brush); i <= Math.min(d.height - 1, y + brush); i++)
      for (let j = Math.max(0, x - brush); j <= Math.min(d.width - 1, x + brush); j++) seen[i * d.width + j] = value;
  };
  const pixel = (e) => {
    const box = stimulus.getBoundingClientRect();
    return [Math.floor((e.clientX - box.left) / box.width * d.width), Math.floor((e.clientY - box.top) / box.height * d.height)];
  };
  if (cover) {
    stimulus.classList.add("cover");
    stimulus.tabIndex = 0;
    stimulus.setAttribute("role", "application");
    stimulus.setAttribute("aria-label", "stimulus: drag to cover, or move with the arrow keys and cover with the space bar");
    stimulus.addEventListener("pointerdown", (e) => {
      stimulus.setPointerCapture(e.pointerId);
      drawing = true;
      at = pixel(e);
      value = e.shiftKey ? 1 : 0;
      spread(...at);
      redraw();
      e.preventDefault();
      stimulus.focus({ preventScroll: true });
    });
    stimulus.addEventListener("pointermove", (e) => {
      if (!drawing) return;
      const to = pixel(e), steps = Math.max(1, Math.abs(to[0] - at[0]), Math.abs(to[1] - at[1]));
      for (let k = 1; k <= steps; k++) spread(Math.round(at[0] + (to[0] - at[0]) * k / steps), Math.round(at[1] + (to[1] - at[1]) * k / steps));
      at = to;
      redraw();
    });
    for (const end of ["pointerup", "pointercancel"]) stimulus.addEventListener(end, () => { if (drawing) { drawing = false; cover(); } });
    stimulus.addEventListener("keydown", (e) => {
      const by = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[e.key];
      cursor ??= [d.width >> 1, d.height >> 1];
      if (by) {
        cursor = [Math.max(0, Math.min(d.width - 1, cursor[0] + by[0] * brush)), Math.max(0, Math.min(d.height - 1, cursor[1] + by[1] * brush))];
        redraw();
      } else if (e.key === " " || e.key === "Enter") {
        value = seen[cursor[1] * d.width + cursor[0]] ? 0 : 1;
        spread(...cursor);
        cover();
      } else return;
      e.preventDefault();
    });
    stimulus.addEventListener("blur", () => { cursor = null; redraw(); });
  }
  const figure = (c, text) => element("figure", {}, c, element("figcaption", {}, text));
  const root = element("div", { class: "pictures" }, figure(stimulus, "stimulus"), figure(prediction, "prediction"), figure(error, "error"));
  return {
    root,
    show(v, p, mask) {
      seen = mask;
      const top = largest(v);
      redraw = () => {
        paint(stimulus, v, d.width, top, shade, seen);
        if (!cursor) return;
        const context = stimulus.getContext("2d");
        context.strokeStyle = "#e69f00";
        context.strokeRect(cursor[0] - brush + 0.5, cursor[1] - brush + 0.5, 2 * brush, 2 * brush);
      };
      redraw();
      prediction.parentElement.hidden = error.parentElement.hidden = !p;
      if (!p) return;
      paint(prediction, p, d.width, top, shade);
      paint(error, v.map((x, j) => x - p[j]), d.width, top, shades.balance, seen);
    },
  };
}

// channels returns the element of a stimulus whose visible neurons have names or numbers: a bar for each,
// behind the mark of its prediction. A click covers a neuron.
export function channels(d, cover) {
  let seen = null, v = null, p = null;
  const rows = [];
  const body = element("tbody");
  for (let j = 0; j < d.visible; j++) {
    const name = d.neurons ? d.neurons[j] : String(j);
    const bar = element("i", { class: "above" }), mark = element("b", {}), number = element("td", { class: "number" });
    const button = cover ? element("button", { type: "button", "aria-pressed": "false", "aria-label": `cover ${name}`, "data-channel": j, onclick: () => { seen[j] = seen[j] ? 0 : 1; cover(); } }, name) : name;
    const row = element("tr", {}, element("th", { scope: "row" }, button), element("td", {}, element("div", { class: "channel" }, bar, mark)), number);
    rows.push({ row, bar, mark, number, button });
    body.append(row);
  }
  const root = element("div", { class: "channels" },
    element("table", {}, element("caption", {}, "Bars are the stimulus, lines its prediction; numbers are the error."), body));
  return {
    root,
    show(stimulus, prediction, mask) {
      [v, p, seen] = [stimulus, prediction, mask];
      const top = Math.max(largest(v), p ? largest(p) : 0) || 1;
      rows.forEach(({ row, bar, mark, number, button }, j) => {
        bar.style.width = `${100 * Math.max(0, v[j] || 0) / top}%`;
        mark.hidden = !p;
        if (p) mark.style.left = `${100 * Math.max(0, Math.min(1, p[j] / top))}%`;
        row.classList.toggle("covered", !seen[j]);
        number.textContent = Number.isNaN(v[j]) ? "missing" : p ? digits(Number((v[j] - p[j]).toPrecision(3))) : digits(v[j]);
        if (cover) button.setAttribute("aria-pressed", String(!seen[j]));
      });
    },
  };
}
