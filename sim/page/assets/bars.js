// Hidden rates as bars that can be dragged.
import { digits, element } from "./number.js";
import { largest } from "./array.js";

// rateBars returns the element of a bar for each of count rates. Its function change is told the number of a
// bar and the new rate while one is dragged or moved by the arrow keys; without it bars stay as they are.
// Left and right go from bar to bar. Hover is told the number under the pointer, or −1.
export function rateBars({ count, change, hover }) {
  let rates = new Float64Array(count), top = 1, signed = false, at = 0, dragged = -1;
  const bars = [];
  const root = element("div", { class: "rates", role: "group", "aria-label": "hidden rates" });
  const base = () => signed ? 50 : 0;
  const place = (a) => {
    const size = Math.min(1, Math.abs(rates[a]) / top) * (signed ? 50 : 100);
    const fill = bars[a].firstChild;
    fill.style.height = `${size}%`;
    fill.style.bottom = `${rates[a] < 0 ? base() - size : base()}%`;
    fill.className = rates[a] < 0 ? "below" : "above";
    bars[a].setAttribute("aria-valuenow", Number(rates[a].toPrecision(4)));
    bars[a].setAttribute("aria-valuemin", signed ? -top : 0);
    bars[a].setAttribute("aria-valuemax", top);
    bars[a].setAttribute("aria-valuetext", digits(rates[a]));
    bars[a].title = `hidden neuron ${a}: ${digits(rates[a])}`;
  };
  const put = (a, x) => {
    rates[a] = Math.min(top, Math.max(signed ? -top : 0, x));
    place(a);
    change(a, rates[a]);
  };
  const focus = (a) => {
    bars[at].tabIndex = -1;
    at = Math.max(0, Math.min(count - 1, a));
    bars[at].tabIndex = 0;
    bars[at].focus({ preventScroll: true });
  };
  const drag = (a, y) => {
    const box = bars[a].getBoundingClientRect();
    const share = (box.bottom - y) / box.height;
    put(a, (signed ? 2 * share - 1 : share) * top);
  };
  for (let a = 0; a < count; a++) {
    const bar = element("div", { class: "rate", role: "slider", tabindex: a === 0 ? 0 : -1, "aria-orientation": "vertical", "aria-label": `rate of hidden neuron ${a}`, "data-rate": a, "aria-disabled": change ? null : "true" }, element("i"));
    bar.addEventListener("keydown", (e) => {
      const step = { ArrowUp: top / 50, ArrowDown: -top / 50, PageUp: top / 5, PageDown: -top / 5 }[e.key];
      if (e.key === "ArrowLeft" || e.key === "ArrowRight") focus(a + (e.key === "ArrowLeft" ? -1 : 1));
      else if (step && change) put(a, rates[a] + step);
      else if (e.key === "Home" && change) put(a, 0);
      else return;
      e.preventDefault();
    });
    bar.addEventListener("pointerenter", () => hover?.(a));
    bar.addEventListener("pointerleave", () => hover?.(-1));
    if (change) {
      bar.addEventListener("pointerdown", (e) => { dragged = a; bar.setPointerCapture(e.pointerId); drag(a, e.clientY); focus(a); e.preventDefault(); });
      bar.addEventListener("pointermove", (e) => { if (dragged === a) drag(a, e.clientY); });
      bar.addEventListener("pointerup", () => { dragged = -1; });
      bar.addEventListener("pointercancel", () => { dragged = -1; });
    }
    bars.push(bar);
  }
  root.append(...bars);
  return {
    root,
    // show shows rates, on a scale that holds them, and which neurons are on.
    show(h, on, minus, scale) {
      rates = Float64Array.from(h);
      signed = minus;
      top = Math.max(largest(h), scale || 0) * 1.15 || 1;
      for (let a = 0; a < count; a++) {
        place(a);
        bars[a].classList.toggle("off", !on[a]);
      }
    },
    mark(a) { bars.forEach((b, k) => b.classList.toggle("marked", k === a)); },
  };
}
