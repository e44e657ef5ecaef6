// Values as pictures, shaded as in the figures of a run.

// shades maps the share of a value in the largest to red, green and blue: ink from white to black, light
// from black to white, both with red for what is negative, and balance from white to blue and orange.
export const shades = {
  ink: (s) => s >= 0 ? [255 - 255 * s, 255 - 255 * s, 255 - 255 * s] : [255 + 55 * s, 255 + 235 * s, 255 + 235 * s],
  light: (s) => s >= 0 ? [255 * s, 255 * s, 255 * s] : [-200 * s, -20 * s, -20 * s],
  balance: (s) => s >= 0 ? [255 - 255 * s, 255 - 141 * s, 255 - 77 * s] : [255 + 42 * s, 255 + 161 * s, 255 + 255 * s],
};

// paint draws values, width of them a row, into a canvas of one pixel a value. Where seen is 0 or a value
// is NaN it draws a pattern: nothing is known there.
export function paint(canvas, values, width, top, shade, seen) {
  const height = values.length / width;
  if (canvas.width !== width || canvas.height !== height) { canvas.width = width; canvas.height = height; }
  const context = canvas.getContext("2d");
  const image = context.createImageData(width, height);
  for (let k = 0; k < values.length; k++) {
    const covered = (seen && !seen[k]) || Number.isNaN(values[k]);
    const share = top > 0 ? Math.max(-1, Math.min(1, values[k] / top)) : 0;
    const odd = ((k % width) + Math.floor(k / width)) % 2;
    const [red, green, blue] = covered ? (odd ? [86, 180, 233] : [0, 114, 178]) : shade(share);
    image.data.set([red, green, blue, 255], 4 * k);
  }
  context.putImageData(image, 0, 0);
}
