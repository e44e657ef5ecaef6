// The page of a run: what the parts make of a stimulus, and how they came about.
import { largest, unpack } from "./array.js";
import { rateBars } from "./bars.js";
import { hover } from "./curve.js";
import { wordFinder, wordLists } from "./document.js";
import { digits, element } from "./number.js";
import { partGrid } from "./part.js";
import { player } from "./player.js";
import { circuits, course, predict } from "./recognise.js";
import { channels, pictures } from "./stimulus.js";

// lab fills the page with what answers.
function lab(d) {
  const texts = d.kind === "documents";
  const networks = d.networks.map((net) => ({ ...net, w: net.parts && unpack(net.parts), h: net.rates && unpack(net.rates) }));
  const values = d.shown?.values && unpack(d.shown.values);
  const n = d.visible, r = d.hidden;
  const state = { net: 0, at: 0, h: new Float64Array(r), on: new Array(r).fill(true), seen: new Uint8Array(n), by: "", steps: null };
  const net = () => networks[state.net];
  const predicts = () => !texts && net().w && (state.net > 0 || d.linear);
  const recognises = () => d.circuit.runs && state.net === 0 && d.circuit.name in circuits;
  const v = () => values.subarray(state.at * n, (state.at + 1) * n);

  const toggle = d.shown && (texts || networks[0].w && d.linear) ? (a) => {
    state.on[a] = !state.on[a];
    grid.press(a, state.on[a]);
    show();
  } : null;
  const grid = partGrid(d, networks[0].w, { toggle, hover: (a) => bars?.mark(a) });
  const tools = document.getElementById("part-tools");
  tools.hidden = false;
  tools.append(grid.tools);

  // Frames: the parts at the epochs of the film.
  if (d.frames && networks[0].w) {
    const f = d.frames, film = unpack(f.parts), size = r * n;
    const last = f.epochs.length - 1;
    const frames = player({
      name: "epochs", count: last + 1, at: last, delay: 200,
      says: (k) => f.epochs[k] === 0 ? "start" : `epoch ${f.epochs[k]}`,
      show: (k) => grid.show(k === last ? networks[0].w : film.subarray(k * size, (k + 1) * size), false),
    });
    tools.append(frames.root);
  }
  if (!d.shown) return;

  // The stimulus.
  const explore = document.getElementById("explore");
  explore.hidden = false;
  document.querySelector(".lab").classList.add("wide");
  const count = d.shown.numbers.length;
  const pick = element("input", { type: "range", min: 0, max: count - 1, step: 1, value: 0, "aria-label": "stimulus", id: "pick" });
  const which = element("output", { for: "pick", id: "which" });
  const facts = element("p", { class: "facts", "aria-live": "polite" });
  const seenAll = () => {
    for (let j = 0; j < n; j++) state.seen[j] = texts || !Number.isNaN(v()[j]) ? 1 : 0;
  };
  const own = () => {
    if (net().h) state.h.set(net().h.subarray(state.at * r, (state.at + 1) * r));
    state.by = "rates that the program found";
  };
  const choose = (k) => {
    state.at = Math.max(0, Math.min(count - 1, k));
    pick.value = state.at;
    const name = d.shown.names ? `: ${d.shown.names[state.at]}` : "";
    which.textContent = `${texts ? "document" : "stimulus"} ${d.shown.numbers[state.at]}${name}`;
    pick.setAttribute("aria-valuetext", which.textContent);
    seenAll();
    own();
    follow();
    show();
  };
  pick.addEventListener("input", () => choose(Number(pick.value)));

  // Recognition by the script: the rates from the start on, at every step.
  const steps = d.circuit.steps;
  let path = null;
  const covered = () => state.seen.some((s, j) => !s && !Number.isNaN(v()[j]));
  const trace = () => { path ??= course(d.circuit.name, net().w, n, v(), state.seen, d.circuit.cost, steps); return path; };
  const follow = () => { path = null; scrub?.set(steps); };
  const at = (t) => {
    state.h.set(trace()[t]);
    state.by = `rates after ${t} of ${steps} steps of recognition in this page${covered() ? ", of what is not covered" : ""}`;
  };
  const cover = () => {
    if (!recognises()) return choose(state.at); // a network under another constraint has no recognition here
    follow();
    at(steps);
    show();
  };
  const scrub = recognises() ? player({ name: "recognition steps", count: steps + 1, at: steps, says: (t) => `step ${t}`, show: (t) => { at(t); show(); } }) : null;

  const view = texts ? wordLists(d) : d.kind === "images" ? pictures(d, recognises() ? cover : null) : channels(d, recognises() ? cover : null);
  const bars = net().h ? rateBars({
    count: r,
    change: texts || d.linear ? (a, x) => { state.h[a] = x; state.by = "rates changed by hand"; show(true); } : null,
    hover: (a) => grid.mark(a),
  }) : null;

  // show draws everything. While a bar is dragged the scale of the rates stays.
  function show(dragging) {
    if (texts) view.show(d.shown.counts[state.at], state.h, state.on);
    else {
      const p = predicts() ? predict(net().w, state.h, n, state.on) : null;
      view.show(v(), p, state.seen);
      facts.textContent = p ? said(p) : "";
    }
    if (!dragging) bars?.show(state.h, state.on, net().signed, net().h ? largest(net().h.subarray(state.at * r, (state.at + 1) * r)) : 0);
    about.textContent = state.by;
    restore.disabled = state.by === "rates that the program found" && state.on.every(Boolean) && !covered();
  }

  // said says how far the prediction is from what is seen, and from what is covered.
  function said(p) {
    const far = (want) => {
      let sum = 0, entries = 0;
      v().forEach((x, j) => { if (state.seen[j] === want && !Number.isNaN(x)) { sum += (x - p[j]) ** 2; entries++; } });
      return entries > 0 ? digits(Math.sqrt(sum / entries)) : null;
    };
    const hidden = covered() ? far(0) : null;
    return `Root mean squared error ${far(1) ?? "not defined"}${hidden === null ? "." : ` of what is seen, ${hidden} of what is covered.`}`;
  }

  const about = element("p", { class: "facts", id: "about", "aria-live": "polite" });
  const restore = element("button", { type: "button", id: "restore", onclick: () => {
    state.on.fill(true);
    for (let a = 0; a < r; a++) grid.press(a, true);
    choose(state.at);
  } }, "back to the program's rates");
  const only = element("button", { type: "button", id: "none", onclick: () => {
    const any = state.on.some(Boolean);
    state.on.fill(!any);
    for (let a = 0; a < r; a++) grid.press(a, !any);
    show();
  } }, "all parts out or in");
  const hint = recognises() ? element("p", { class: "hint" }, d.kind === "images"
    ? "Drag over the stimulus to cover a region (with shift to uncover): the network recognises what is left, and its prediction completes the rest."
    : "Press the name of a visible neuron to cover it: the network recognises the others, and its prediction completes it.")
    : !texts && d.linear ? element("p", { class: "hint" }, `This page has no equations of the circuit ${d.circuit.name}: it shows the rates that the program found.`) : null;
  explore.append(element("h2", { id: "explore-title" }, texts ? "A document" : "A stimulus"),
    element("div", { class: "picker" },
      element("button", { type: "button", id: "before", "aria-label": "previous stimulus", onclick: () => choose(state.at - 1) }, "‹"), pick,
      element("button", { type: "button", id: "next", "aria-label": "next stimulus", onclick: () => choose(state.at + 1) }, "›"), which));
  if (networks.length > 1) {
    const select = element("select", { id: "network" }, ...networks.map((x, k) => element("option", { value: k }, x.name)));
    select.addEventListener("change", () => {
      state.net = Number(select.value);
      grid.show(net().w, true);
      grid.own(state.net === 0);
      for (const e of [scrub?.root, hint]) if (e) e.hidden = state.net > 0;
      choose(state.at);
    });
    tools.append(element("label", {}, "constraint ", select));
  }
  explore.append(view.root);
  if (!texts) explore.append(facts);
  if (bars) {
    explore.append(element("p", { class: "label" }, bars && (texts || d.linear) ? "Hidden rates: drag a bar, or use the arrow keys" : "Hidden rates"), bars.root);
  }
  explore.append(about);
  if (scrub) explore.append(scrub.root);
  const buttons = element("p", { class: "buttons" }, restore);
  if (toggle) buttons.append(only);
  explore.append(buttons);
  if (hint) explore.append(hint);
  if (texts) {
    const finder = wordFinder(d, (features) => document.querySelectorAll(".part").forEach((li) => li.classList.toggle("found", features.includes(Number(li.dataset.part)))));
    explore.append(finder.root);
    let best = 0;
    d.meanings.forEach((m, j) => { if (m.length > 3 && m[3] > (d.meanings[best][3] || 0)) best = j; });
    if (d.meanings[best]?.length > 3) finder.ask(d.neurons[best]);
  }
  choose(0);
}

const data = JSON.parse(document.getElementById("data").textContent);
hover(data.curves ?? []);
lab(data);
document.documentElement.dataset.ready = "yes";
