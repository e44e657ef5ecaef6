// Matrices as a page holds them, and sums over them.

// unpack returns the numbers of a packed matrix, row by row: Float32Array of the form "f32", and
// Float64Array of quantised ones, of which q of a row stands for low + q (high − low) / (2^bits − 1).
export function unpack(p) {
  const text = atob(p.data);
  const raw = new Uint8Array(text.length);
  for (let k = 0; k < text.length; k++) raw[k] = text.charCodeAt(k);
  const view = new DataView(raw.buffer);
  const count = p.rows * p.cols;
  if (p.form === "f32") {
    const x = new Float32Array(count);
    for (let k = 0; k < count; k++) x[k] = view.getFloat32(4 * k, true);
    return x;
  }
  const wide = p.form === "u16";
  const x = new Float64Array(count);
  for (let i = 0, k = 0; i < p.rows; i++) {
    const step = (p.high[i] - p.low[i]) / (wide ? 65535 : 255);
    for (let j = 0; j < p.cols; j++, k++) x[k] = p.low[i] + (wide ? view.getUint16(2 * k, true) : raw[k]) * step;
  }
  return x;
}

// largest returns the largest magnitude of numbers; NaN counts for nothing.
export function largest(x) {
  let top = 0;
  for (const v of x) if (Math.abs(v) > top) top = Math.abs(v);
  return top;
}

// cosine returns the cosine of rows a and b of a matrix with n columns, 0 where one is all zero.
export function cosine(w, n, a, b) {
  let ab = 0, aa = 0, bb = 0;
  for (let j = 0; j < n; j++) {
    const x = w[a * n + j], y = w[b * n + j];
    ab += x * y; aa += x * x; bb += y * y;
  }
  return aa > 0 && bb > 0 ? ab / Math.sqrt(aa * bb) : 0;
}
