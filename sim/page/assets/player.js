// A scrubber with buttons: play, pause, one step on, one step back.
import { element } from "./number.js";

// player returns the element of a scrubber over count positions from 0, whose function show is told of each
// position, and says returns the text for one. Its method set moves it without telling.
export function player({ name, count, at, says, show, delay = 120 }) {
  let timer = null;
  const range = element("input", { type: "range", min: 0, max: count - 1, step: 1, value: at, "aria-label": name });
  const text = element("output", {});
  const play = element("button", { type: "button", class: "play", "aria-label": `play ${name}` }, "▶");
  const move = (k, tell = true) => {
    const to = Math.max(0, Math.min(count - 1, k));
    range.value = to;
    range.setAttribute("aria-valuetext", says(to));
    text.textContent = says(to);
    if (tell) show(to);
  };
  const stop = () => {
    clearInterval(timer);
    timer = null;
    play.textContent = "▶";
    play.setAttribute("aria-label", `play ${name}`);
  };
  const toggle = () => {
    if (timer) return stop();
    if (Number(range.value) === count - 1) move(0);
    play.textContent = "⏸";
    play.setAttribute("aria-label", `pause ${name}`);
    timer = setInterval(() => {
      move(Number(range.value) + 1);
      if (Number(range.value) === count - 1) stop();
    }, delay);
  };
  const by = (d) => { stop(); move(Number(range.value) + d); };
  play.addEventListener("click", toggle);
  range.addEventListener("input", () => { stop(); move(Number(range.value)); });
  range.addEventListener("keydown", (e) => {
    if (e.key === " ") { e.preventDefault(); toggle(); }
  });
  const root = element("div", { class: "player", role: "group", "aria-label": name },
    element("span", { class: "label" }, name), play,
    element("button", { type: "button", class: "back", "aria-label": `one step back: ${name}`, onclick: () => by(-1) }, "◀▏"),
    range,
    element("button", { type: "button", class: "on", "aria-label": `one step on: ${name}`, onclick: () => by(1) }, "▕▶"),
    text);
  move(at, false);
  return { root, set: (k) => { stop(); move(k, false); }, stop };
}
