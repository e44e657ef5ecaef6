// The values of a curve under the pointer.
import { digits, element } from "./number.js";

// hover lets curves that the page has drawn say their values: to the pointer, and to the arrow keys.
export function hover(curves) {
  const all = new Map(curves.map((c) => [c.id, c]));
  for (const figure of document.querySelectorAll("[data-curve]")) {
    const c = all.get(figure.dataset.curve);
    if (!c) continue;
    const plot = figure.querySelector(".plot"), svg = figure.querySelector("svg"), output = figure.querySelector("output");
    const rest = output.textContent;
    const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
    line.setAttribute("class", "cross");
    const dot = element("span", { class: "dot", hidden: true });
    svg.append(line);
    plot.append(dot);
    let at = c.x.length - 1;
    const show = (k) => {
      at = Math.max(0, Math.min(c.x.length - 1, k));
      const x = (c.x[at] - c.left) / (c.right - c.left), y = c.y[at];
      line.setAttribute("d", `M${320 * x} 0V120`);
      output.textContent = `${c.axis} ${digits(c.x[at])}: ${y === null ? "not defined" : digits(y)}`;
      dot.hidden = y === null;
      dot.style.left = `${100 * x}%`;
      if (y !== null) dot.style.top = `${100 * (c.top - y) / (c.top - c.bottom)}%`;
    };
    const leave = () => {
      line.setAttribute("d", "");
      dot.hidden = true;
      output.textContent = rest;
    };
    const near = (e) => {
      const box = svg.getBoundingClientRect();
      const x = c.left + (e.clientX - box.left) / box.width * (c.right - c.left);
      let best = 0;
      for (let k = 1; k < c.x.length; k++) if (Math.abs(c.x[k] - x) < Math.abs(c.x[best] - x)) best = k;
      show(best);
    };
    plot.tabIndex = 0;
    plot.setAttribute("role", "group");
    plot.setAttribute("aria-label", `${c.label}: left and right arrow keys read its values`);
    output.setAttribute("aria-live", "polite");
    plot.addEventListener("pointermove", near);
    plot.addEventListener("pointerleave", leave);
    plot.addEventListener("blur", leave);
    plot.addEventListener("keydown", (e) => {
      const to = { ArrowLeft: at - 1, ArrowRight: at + 1, Home: 0, End: c.x.length - 1 }[e.key];
      if (to === undefined) return;
      e.preventDefault();
      show(to);
    });
  }
}
