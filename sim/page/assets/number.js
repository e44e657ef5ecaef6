// Numbers and elements as a page shows them.

// digits writes a number with four digits.
export function digits(x) {
  if (!Number.isFinite(x)) return "not defined";
  if (x === 0 || Math.abs(x) < 1e-12) return "0";
  const text = Math.abs(x) >= 1e4 ? Math.round(x).toLocaleString("en") : String(Number(x.toPrecision(4)));
  return text.replaceAll("-", "−");
}

// element makes an element with attributes and children; texts are texts, never HTML.
export function element(name, attributes = {}, ...children) {
  const e = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) e.addEventListener(key.slice(2), value);
    else if (value === true) e.setAttribute(key, "");
    else if (value !== false && value !== null && value !== undefined) e.setAttribute(key, value);
  }
  e.append(...children);
  return e;
}
