// Documents: their words and the predicted ones, and the features to which a word belongs.
import { digits, element } from "./number.js";

// wordLists returns the element of a document: its words with their counts, and the words that the features
// predict most.
export function wordLists(d) {
  const own = element("ol", { class: "words" }), predicted = element("ol", { class: "words" });
  const root = element("div", { class: "lists" },
    element("figure", {}, element("figcaption", {}, "words of the document"), own),
    element("figure", {}, element("figcaption", {}, "words that the features predict"), predicted));
  const items = (list) => list.map(([j, x, marked]) => element("li", { class: marked ? "marked" : null }, d.neurons[j], " ", element("span", {}, digits(x))));
  return {
    root,
    show(counts, h, on) {
      const words = [], has = new Set();
      for (let k = 0; k < counts.length; k += 2) { words.push([counts[k], counts[k + 1]]); has.add(counts[k]); }
      own.replaceChildren(...items(words.slice(0, 20)));
      const sums = new Map();
      h.forEach((rate, a) => {
        if (!on[a] || rate <= 0) return;
        const f = d.features[a];
        for (let k = 0; k < f.length; k += 2) sums.set(f[k], (sums.get(f[k]) || 0) + rate * f[k + 1]);
      });
      const most = [...sums].sort((x, y) => y[1] - x[1]).slice(0, 20).map(([j, x]) => [j, x, has.has(j)]);
      predicted.replaceChildren(...items(most));
    },
  };
}

// wordFinder returns the element in which a word is asked for. It lists the features that account for its
// occurrences; show is told these features.
export function wordFinder(d, show) {
  const input = element("input", { type: "search", id: "word", list: "vocabulary", autocomplete: "off", spellcheck: "false" });
  const list = element("datalist", { id: "vocabulary" });
  const found = element("ul", { class: "meanings", "aria-live": "polite" });
  const index = new Map(d.neurons.map((w, j) => [w.toLowerCase(), j]));
  const offer = () => {
    const begins = input.value.toLowerCase();
    const near = begins ? d.neurons.filter((w) => w.toLowerCase().startsWith(begins)).slice(0, 12) : [];
    list.replaceChildren(...near.map((w) => element("option", { value: w })));
  };
  const find = () => {
    const j = index.get(input.value.trim().toLowerCase());
    offer();
    if (j === undefined) {
      found.replaceChildren(...(input.value ? [element("li", {}, "is not in the vocabulary")] : []));
      return show([]);
    }
    const m = d.meanings[j], features = [];
    for (let k = 0; k < m.length; k += 2) features.push([m[k], m[k + 1]]);
    show(features.map(([a]) => a));
    found.replaceChildren(...(features.length === 0 ? [element("li", {}, "is in no document")] : features.map(([a, share]) => {
      const words = d.features[a].filter((_, k) => k % 2 === 0).slice(0, 8).map((w) => d.neurons[w]);
      return element("li", {}, element("b", {}, `${(100 * share).toFixed(0)} % in feature ${a}: `), words.join(", "));
    })));
  };
  input.addEventListener("input", find);
  const root = element("div", { class: "finder" }, element("h3", {}, "The meanings of a word"), element("label", { for: "word" }, "word "), input, list, found);
  return {
    root,
    ask(word) { input.value = word; find(); },
  };
}
