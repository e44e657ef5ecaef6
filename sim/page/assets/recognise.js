// Recognition: how hidden rates come to explain a stimulus, by the equations of the program.

// predict returns Σ_a h_a w_aj for each visible neuron j, of the hidden neurons that are on.
export function predict(w, h, n, on) {
  const p = new Float64Array(n);
  for (let a = 0; a < h.length; a++) {
    const rate = on && !on[a] ? 0 : h[a];
    if (rate !== 0) for (let j = 0; j < n; j++) p[j] += rate * w[a * n + j];
  }
  return p;
}

// start returns the rates from which recognition sets out: an equal share of what is seen of the stimulus
// for each of r hidden neurons.
export function start(v, seen, r) {
  let total = 0;
  for (let j = 0; j < v.length; j++) if (seen[j]) total += v[j];
  return new Float64Array(r).fill(total / r);
}

// circuits are the steps of the circuits that a page knows. Each returns what moves rates h by one step
// to a stimulus v, of which M_j = seen[j] says whether v_j is known, with a cost of firing.
export const circuits = {
  // Divisive error units (Lee & Seung 1999):
  // h_a ← h_a Σ_j M_j w_aj e_j / (Σ_j M_j w_aj + cost), with e_j = v_j / Σ_b h_b w_bj.
  "divisive-error"(w, n, v, seen, cost) {
    const r = w.length / n;
    const against = new Float64Array(r).fill(cost);
    for (let a = 0; a < r; a++) for (let j = 0; j < n; j++) if (seen[j]) against[a] += w[a * n + j];
    return (h) => {
      const p = predict(w, h, n);
      const e = p.map((x, j) => seen[j] && x > 0 ? v[j] / x : 0);
      for (let a = 0; a < r; a++) {
        let drive = 0;
        for (let j = 0; j < n; j++) drive += w[a * n + j] * e[j];
        h[a] = against[a] > 0 ? h[a] * drive / against[a] : 0;
      }
    };
  },
  // Lateral inhibition (Lee & Seung 2001):
  // h_a ← h_a b_a / (Σ_b g_ab h_b + cost), with b_a = Σ_j M_j w_aj v_j and g_ab = Σ_j M_j w_aj w_bj.
  "lateral-inhibition"(w, n, v, seen, cost) {
    const r = w.length / n;
    const excitation = new Float64Array(r);
    for (let a = 0; a < r; a++) for (let j = 0; j < n; j++) if (seen[j]) excitation[a] += w[a * n + j] * v[j];
    return (h) => {
      const p = predict(w, h, n);
      for (let a = 0; a < r; a++) {
        let inhibition = cost;
        for (let j = 0; j < n; j++) if (seen[j]) inhibition += w[a * n + j] * p[j];
        h[a] = inhibition > 0 ? h[a] * excitation[a] / inhibition : 0;
      }
    };
  },
};

// course returns the rates before the first step and after each of the steps.
export function course(circuit, w, n, v, seen, cost, steps) {
  const h = start(v, seen, w.length / n);
  const step = circuits[circuit](w, n, v, seen, cost);
  const all = [h.slice()];
  for (let t = 0; t < steps; t++) {
    step(h);
    all.push(h.slice());
  }
  return all;
}
