// The grid of parts: what a part is, whether it takes part in the prediction, and in which order they stand.
import { cosine, largest } from "./array.js";
import { element } from "./number.js";
import { paint, shades } from "./shade.js";

// orders are the orders of the parts, each of hidden neurons by what is known of them.
const orders = {
  number: (d) => d.facts.map((_, a) => a),
  use: (d) => d.facts.map((_, a) => a).sort((a, b) => d.facts[b].share - d.facts[a].share),
  size: (d, w) => {
    const size = d.facts.map((_, a) => area(d, w, a));
    return d.facts.map((_, a) => a).sort((a, b) => size[b] - size[a]);
  },
  similarity: (d, w) => alike(d, w),
};

// area returns over how many visible neurons a part spreads, (Σ|w|)² / Σw²; of a feature of words, over how
// many words.
function area(d, w, a) {
  let one = 0, two = 0;
  const add = (x) => { one += Math.abs(x); two += x * x; };
  if (w) for (let j = 0; j < d.visible; j++) add(w[a * d.visible + j]);
  else d.features[a].forEach((x, k) => { if (k % 2) add(x); });
  return two > 0 ? one * one / two : 0;
}

// alike puts the most used part first, and behind each the part that is most like it of those that are left.
function alike(d, w) {
  const left = orders.use(d), order = [left.shift()];
  const like = (a, b) => w ? cosine(w, d.visible, a, b) : shared(d.features[a], d.features[b]);
  while (left.length > 0) {
    const last = order[order.length - 1];
    let best = 0;
    for (let k = 1; k < left.length; k++) if (like(last, left[k]) > like(last, left[best])) best = k;
    order.push(...left.splice(best, 1));
  }
  return order;
}

// shared returns the cosine of two lists of words and weights.
function shared(a, b) {
  const of = new Map();
  let ab = 0, aa = 0, bb = 0;
  for (let k = 0; k < a.length; k += 2) { of.set(a[k], a[k + 1]); aa += a[k + 1] ** 2; }
  for (let k = 0; k < b.length; k += 2) { ab += (of.get(b[k]) || 0) * b[k + 1]; bb += b[k + 1] ** 2; }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}

// partGrid makes the parts of the page answer. Toggle is told of a part that is put in or taken out, if
// there is a prediction, and hover of the one under the pointer, or −1.
export function partGrid(d, w, { toggle, hover }) {
  const list = document.querySelector("ol.parts");
  const items = [...list.children].sort((a, b) => a.dataset.part - b.dataset.part);
  const shade = d.light ? shades.light : shades.ink;
  let parts = w, at = 0;

  const detail = element("div", { class: "detail", hidden: true, "aria-hidden": "true" });
  document.body.append(detail);
  const facts = (a) => {
    const f = d.facts[a];
    const lines = [`${f.state}, ${(100 * f.share).toFixed(1)} % of all activity`];
    if (f.sparse) lines.push(`sparseness ${f.sparse}`);
    if (f.main) lines.push(f.main);
    if (f.truth) lines.push(f.truth);
    return lines;
  };
  const open = (a) => {
    detail.replaceChildren(element("b", {}, `Hidden neuron ${a}`));
    if (parts && d.kind === "images") {
      const canvas = element("canvas", { class: "tile" });
      const part = parts.subarray(a * d.visible, (a + 1) * d.visible);
      paint(canvas, part, d.width, largest(part), shade);
      detail.append(canvas);
    }
    if (d.kind === "documents") {
      const words = d.features[a].filter((_, k) => k % 2 === 0).slice(0, 40).map((j) => d.neurons[j]);
      detail.append(element("p", {}, words.join(" ")));
    }
    for (const line of facts(a)) detail.append(element("p", {}, line));
    detail.hidden = false;
    const box = items[a].getBoundingClientRect(), own = detail.getBoundingClientRect();
    const right = box.right + 8 + own.width <= innerWidth;
    detail.style.left = `${Math.max(4, right ? box.right + 8 : box.left - own.width - 8) + scrollX}px`;
    detail.style.top = `${Math.max(4, Math.min(box.top, innerHeight - own.height - 8)) + scrollY}px`;
    hover?.(a);
  };
  const close = () => { detail.hidden = true; hover?.(-1); };
  const focus = (k) => {
    const shown = [...list.children];
    items[at].tabIndex = -1;
    const li = shown[Math.max(0, Math.min(shown.length - 1, k))];
    at = Number(li.dataset.part);
    li.tabIndex = 0;
    li.focus();
  };
  items.forEach((li, a) => {
    li.tabIndex = a === 0 ? 0 : -1;
    li.setAttribute("aria-label", [`hidden neuron ${a}`, ...facts(a)].join(", "));
    if (toggle) {
      li.setAttribute("role", "button");
      li.setAttribute("aria-pressed", "true");
      li.addEventListener("click", (e) => { if (!e.target.closest("details, .plot")) toggle(a); });
    }
    li.addEventListener("pointerenter", () => open(a));
    li.addEventListener("pointerleave", close);
    li.addEventListener("focus", () => { if (li.matches(":focus-visible")) open(a); });
    li.addEventListener("blur", close);
    li.addEventListener("keydown", (e) => {
      if (e.target !== li) return;
      const k = [...list.children].indexOf(li);
      if (toggle && (e.key === "Enter" || e.key === " ")) toggle(a);
      else if (e.key === "Escape") close();
      else if (e.key === "ArrowRight" || e.key === "ArrowDown") focus(k + 1);
      else if (e.key === "ArrowLeft" || e.key === "ArrowUp") focus(k - 1);
      else return;
      e.preventDefault();
    });
  });
  if (toggle) { // buttons are no items of a list
    list.setAttribute("role", "group");
    list.setAttribute("aria-label", "parts: press one to take it out of the prediction");
  }

  const order = element("select", { id: "order" }, ...["number", "use", "size", "similarity"].map((o) => element("option", { value: o }, o)));
  const arrange = () => list.append(...orders[order.value](d, parts).map((a) => items[a]));
  order.addEventListener("change", arrange);

  // draw shows one part in its place.
  const draw = (a, part) => {
    const li = items[a], top = largest(part);
    if (d.kind === "images") {
      let tile = li.querySelector(":scope > .tile");
      if (!tile) return;
      if (tile.tagName !== "CANVAS") {
        const canvas = element("canvas", { class: "tile", role: "img", "aria-label": tile.alt });
        tile.replaceWith(canvas);
        tile = canvas;
      }
      paint(tile, part, d.width, top, shade);
    } else {
      li.querySelectorAll(":scope > .bars rect").forEach((rect, j) => {
        rect.setAttribute("width", top > 0 ? 100 * Math.abs(part[j]) / top : 0);
        rect.setAttribute("class", part[j] < 0 ? "below" : "above");
      });
    }
  };
  return {
    tools: element("label", { class: "order" }, "order by ", order),
    // show shows other parts, as of another epoch or constraint; where they stay, for the enlarged part too.
    show(all, stay) {
      if (stay) parts = all;
      for (let a = 0; a < d.hidden; a++) draw(a, all.subarray(a * d.visible, (a + 1) * d.visible));
    },
    press(a, on) {
      items[a].setAttribute("aria-pressed", on);
      items[a].classList.toggle("out", !on);
    },
    mark(a) { items.forEach((li, k) => li.classList.toggle("marked", k === a)); },
    own(is) { list.classList.toggle("others", !is); },
  };
}
