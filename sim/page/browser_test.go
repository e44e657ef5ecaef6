package page_test

import (
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/chromedp/chromedp/kb"

	"partsnet/internal/browser"
	"partsnet/sim/experiment"
	"partsnet/sim/inputs"
	"partsnet/sim/npy"
	"partsnet/sim/recall"
	"partsnet/sim/rundir"
)

// started starts a browser with a window. It comes before the runs of a test: where there is none, nothing
// is learned.
func started(t *testing.T) *browser.Page {
	t.Helper()
	p := browser.Start(t)
	p.Size(1280, 900)
	return p
}

// show opens the page of a run. At the end of the test nothing but its file may have been asked for, and
// nothing been wrong.
func show(t *testing.T, p *browser.Page, dir string) {
	t.Helper()
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(written(t, dir)), 0o666); err != nil {
		t.Fatal(err)
	}
	before := len(p.Requests())
	p.Open(file)
	p.Until(`document.documentElement.dataset.ready === "yes"`)
	t.Cleanup(func() {
		for _, r := range p.Requests()[before:] {
			if !strings.HasPrefix(r, "file://") || !strings.HasSuffix(r, "/page.html") {
				t.Errorf("the page asked for %s", r)
			}
		}
		if wrong := p.Wrong(); len(wrong) > 0 {
			t.Errorf("the page met %q", wrong)
		}
	})
}

// Expressions of what a page shows.
const (
	rmse    = `document.querySelector(".facts").textContent`
	about   = `document.getElementById("about").textContent`
	picture = `document.querySelectorAll(".pictures canvas")[%d].toDataURL()`
	order   = `[...document.querySelectorAll(".part")].map((e) => Number(e.dataset.part))`
	rates   = `[...document.querySelectorAll("[data-rate]")].map((e) => Number(e.getAttribute("aria-valuenow")))`
	which   = `document.getElementById("which").textContent`
	tile    = `(() => { const t = document.querySelector("[data-part='%d'] > .tile"); return t.tagName === "CANVAS" ? t.toDataURL() : t.src; })()`
)

// facesRun is a run of faces with a film and three constraints.
func facesRun(t testing.TB) string {
	return ran(t, "faces", "stimulus.generator=faces", "stimulus.count=60", "network.hidden=12", "learning.epochs=60", `network.constraints=["non-negative","one-active","orthonormal"]`, "look.frames=6", "look.stimulus=7")
}

// change demands that something does change an expression.
func change(t *testing.T, p *browser.Page, what, expression string, do func()) {
	t.Helper()
	before := browser.Eval[string](p, expression)
	do()
	if after := browser.Eval[string](p, expression); after == before {
		t.Errorf("%s changes nothing: %.80q", what, after)
	}
}

// TestImages uses every control of the page of images, each by a click, a drag or a key.
func TestImages(t *testing.T) {
	p := started(t)
	show(t, p, facesRun(t))
	prediction := fmt.Sprintf(picture, 1)

	// The picker.
	first := browser.Eval[string](p, which)
	change(t, p, "the button for the next stimulus", which, func() { p.Click("#next") })
	change(t, p, "the button for the one before", which, func() { p.Click("#before") })
	if back := browser.Eval[string](p, which); back != first {
		t.Errorf("one on and one back is %q, not %q", back, first)
	}
	p.Focus("#pick")
	for range 7 {
		p.Press(kb.ArrowRight)
	}
	if got := browser.Eval[string](p, which); got != "stimulus 7" {
		t.Errorf("seven to the right of the first is %q", got)
	}
	change(t, p, "the slider of stimuli", which, func() { p.Drag("#pick", 0.2, 0.5, 0.8, 0.5) })

	// Parts: taken out by a click, put in by a key, enlarged under the pointer and where the focus is.
	busiest := browser.Eval[int](p, rates+`.reduce((b, x, a, all) => x > all[b] ? a : b, 0)`)
	part := fmt.Sprintf("[data-part='%d']", busiest)
	change(t, p, "a click on a part", prediction, func() { p.Click(part + " > .tile") })
	if on := browser.Eval[string](p, `document.querySelector("`+part+`").getAttribute("aria-pressed")`); on != "false" {
		t.Errorf("a part that was clicked is pressed: %s", on)
	}
	p.Until(`!document.querySelector(".detail").hidden`)
	p.Away()
	p.Until(`document.querySelector(".detail").hidden`)
	p.Focus(part)
	change(t, p, "Enter on a part", prediction, func() { p.Press(kb.Enter) })
	p.Press(kb.ArrowRight)
	p.Until(`!document.querySelector(".detail").hidden && document.querySelector(".detail canvas").width === 32`)
	if text := browser.Eval[string](p, `document.querySelector(".detail").textContent`); !strings.Contains(text, "of all activity") || !strings.Contains(text, "sparseness") {
		t.Errorf("the enlarged part says %q", text)
	}
	p.Press(kb.Escape)
	p.Until(`document.querySelector(".detail").hidden`)
	p.Focus("#order")
	was := browser.Eval[[]int](p, order)
	for range 3 {
		p.Press(kb.ArrowDown)
		is := browser.Eval[[]int](p, order)
		sorted := slices.Clone(is)
		slices.Sort(sorted)
		if slices.Equal(is, was) || len(slices.Compact(sorted)) != 12 {
			t.Errorf("another order leaves %v", is)
		}
		was = is
	}
	if by := browser.Eval[string](p, `document.getElementById("order").value`); by != "similarity" {
		t.Errorf("the parts are in the order of %q", by)
	}
	p.Press(kb.Home)

	// Hidden rates, by the pointer and by keys.
	bar := fmt.Sprintf("[data-rate='%d']", busiest)
	change(t, p, "dragging a rate", prediction, func() { p.Drag(bar, 0.5, 0.9, 0.5, 0.3) })
	if x := browser.Eval[[]float64](p, rates)[busiest]; !(x > 0) {
		t.Errorf("a rate that was dragged up is %v", x)
	}
	if said := browser.Eval[string](p, about); said != "rates changed by hand" {
		t.Errorf("the page says %q", said)
	}
	p.Focus(bar)
	change(t, p, "an arrow key on a rate", prediction, func() { p.Press(kb.ArrowUp) })
	p.Press(kb.Home)
	if x := browser.Eval[[]float64](p, rates)[busiest]; x != 0 {
		t.Errorf("Home leaves the rate %v", x)
	}
	p.Press(kb.ArrowRight)
	if next := browser.Eval[int](p, `Number(document.activeElement.dataset.rate)`); next != min(11, busiest+1) {
		t.Errorf("to the right of rate %d is %d", busiest, next)
	}
	change(t, p, "the program's rates", prediction, func() { p.Click("#restore") })
	if said := browser.Eval[string](p, about); said != "rates that the program found" {
		t.Errorf("the page says %q", said)
	}
	change(t, p, "all parts out", prediction, func() { p.Click("#none") })
	change(t, p, "all parts in", prediction, func() { p.Click("#none") })

	// A covered region is completed; keys uncover it.
	change(t, p, "covering", rmse, func() { p.Drag(".pictures canvas", 0.3, 0.3, 0.7, 0.3) })
	if said := browser.Eval[string](p, rmse) + browser.Eval[string](p, about); !strings.Contains(said, "of what is covered.") || !strings.Contains(said, "of what is not covered") {
		t.Errorf("the page says %q", said)
	}
	p.Click("#restore")
	p.Focus(".pictures canvas")
	p.Press(kb.ArrowLeft)
	change(t, p, "covering by a key", rmse, func() { p.Press(" ") })
	change(t, p, "uncovering by a key", rmse, func() { p.Press(" ") })
	p.Click("#restore")

	// Recognition steps: by a button, by keys, played and paused.
	steps := ".player[aria-label='recognition steps']"
	at := `document.querySelector("` + steps + ` output").textContent`
	change(t, p, "a step back", at, func() { p.Click(steps + " .back") })
	p.Focus(steps + " input")
	change(t, p, "the start of recognition", prediction, func() { p.Press(kb.Home) })
	if got := browser.Eval[string](p, at); got != "step 0" {
		t.Errorf("recognition begins at %q", got)
	}
	change(t, p, "a step on", prediction, func() { p.Click(steps + " .on") })
	change(t, p, "a drag of the steps", at, func() { p.Drag(steps+" input", 0.1, 0.5, 0.5, 0.5) })
	p.Focus(steps + " input")
	p.Press(kb.Home)
	p.Press(" ")
	p.Until(at + ` === "step 2"`)
	p.Click(steps + " .play")
	if label := browser.Eval[string](p, `document.querySelector("`+steps+` .play").getAttribute("aria-label")`); label != "play recognition steps" {
		t.Errorf("after a pause the button says %q", label)
	}

	// Epochs.
	epochs := ".player[aria-label='epochs']"
	some := fmt.Sprintf(tile, 3)
	p.Focus(epochs + " input")
	change(t, p, "the first epoch", some, func() { p.Press(kb.Home) })
	if got := browser.Eval[string](p, `document.querySelector("`+epochs+` output").textContent`); got != "start" {
		t.Errorf("the film begins at %q", got)
	}
	change(t, p, "an epoch on", some, func() { p.Click(epochs + " .on") })
	p.Click(epochs + " .play")
	p.Until(`document.querySelector("` + epochs + ` output").textContent === "epoch 60"`)

	// Curves.
	plot := "[data-curve='D'] .plot"
	value := `document.querySelector("[data-curve='D'] output").textContent`
	change(t, p, "the pointer over a curve", value, func() { p.Move(plot) })
	p.Away()
	p.Focus(plot)
	p.Press(kb.Home)
	if got := browser.Eval[string](p, value); !strings.HasPrefix(got, "epoch 1: ") {
		t.Errorf("the curve begins with %q", got)
	}
	change(t, p, "an arrow key on a curve", value, func() { p.Press(kb.ArrowRight) })

	// Constraints: signed parts and rates.
	p.Focus("#network")
	change(t, p, "another constraint", some, func() { p.Press(kb.ArrowDown) })
	if active := browser.Eval[int](p, rates+`.filter((x) => x !== 0).length`); active != 1 {
		t.Errorf("%d neurons are active at a time, want 1", active)
	}
	change(t, p, "signed parts", some, func() { p.Press(kb.ArrowDown) })
	if least := browser.Eval[float64](p, `Math.min(...`+rates+`)`); !(least < 0) {
		t.Errorf("the smallest of signed rates is %v", least)
	}
	if red := browser.Eval[bool](p, `(() => { const c = document.querySelector("[data-part='3'] > canvas"); const x = c.getContext("2d").getImageData(0, 0, c.width, c.height).data; for (let k = 0; k < x.length; k += 4) if (x[k] > x[k + 1] + 40) return true; return false; })()`); !red {
		t.Error("nothing of a signed part is red")
	}
}

// TestChannels uses what the page of named visible neurons has besides.
func TestChannels(t *testing.T) {
	p := started(t)
	show(t, p, ran(t, "synergies", "stimulus.generator=synergies", "network.hidden=4", "learning.epochs=100", "recognition.circuit=lateral-inhibition", "learning.rule=gaussian", "figures=[]"))
	change(t, p, "covering a visible neuron", rmse, func() { p.Click("[data-channel='3']") })
	if said := browser.Eval[string](p, rmse); !strings.Contains(said, "of what is covered") {
		t.Errorf("the page says %q", said)
	}
	p.Focus("[data-channel='3']")
	p.Press(kb.Enter)
	if said := browser.Eval[string](p, rmse); strings.Contains(said, "covered") {
		t.Errorf("the page says %q of a stimulus that is not covered", said)
	}
	value := `document.querySelector("[data-curve='rate-0'] output").textContent`
	change(t, p, "the pointer over a curve of rates", value, func() { p.Move("[data-curve='rate-0'] .plot") })
	p.Away()
	if name := browser.Eval[string](p, `document.querySelector("[data-part='0'] .bars th").textContent`); name != "ME" {
		t.Errorf("the first bar of a part is called %q", name)
	}
	busiest := browser.Eval[int](p, rates+`.reduce((b, x, a, all) => x > all[b] ? a : b, 0)`)
	change(t, p, "a click on a part", rmse, func() { p.Click(fmt.Sprintf("[data-part='%d'] .name", busiest)) })
	p.Click("#restore")
	change(t, p, "dragging a rate", rmse, func() { p.Drag("[data-rate='1']", 0.5, 0.9, 0.5, 0.2) })
}

// TestDocuments uses what the page of documents has besides.
func TestDocuments(t *testing.T) {
	p := started(t)
	show(t, p, ran(t, "texts", experiment.Setting("stimulus.path", "../../examples/texts.jsonl"), "text.skip=0", "text.min-documents=3", "text.min-length=4", "network.hidden=4", "learning.epochs=100", "figures=[]"))
	predicted := `document.querySelectorAll(".lists ol")[1].textContent`
	meanings := `document.querySelector(".meanings").textContent`
	change(t, p, "the next document", which, func() { p.Click("#next") })
	busiest := browser.Eval[int](p, rates+`.reduce((b, x, a, all) => x > all[b] ? a : b, 0)`)
	change(t, p, "a feature taken out", predicted, func() { p.Click(fmt.Sprintf("[data-part='%d'] .name", busiest)) })
	change(t, p, "dragging a rate", predicted, func() { p.Drag(fmt.Sprintf("[data-rate='%d']", (busiest+1)%4), 0.5, 0.9, 0.5, 0.2) })
	change(t, p, "a word that is no more asked for", meanings, func() {
		p.Focus("#word")
		p.Press(kb.End)
		for range 30 {
			p.Press(kb.Backspace)
		}
	})
	p.Press("lead")
	if got := browser.Eval[string](p, meanings); strings.Count(got, "% in feature") < 2 {
		t.Errorf("the meanings of lead are %q", got)
	}
	if n := browser.Eval[int](p, `document.querySelectorAll(".part.found").length`); n < 2 {
		t.Errorf("%d features of lead are marked", n)
	}
	p.Press("x")
	if got := browser.Eval[string](p, meanings); got != "is not in the vocabulary" {
		t.Errorf("leadx: %q", got)
	}
}

// TestRecognitionIsTheProgrammes compares recognition in the page with that of the program, step by step and
// with a covered region, to the four digits that are shown, for each circuit whose equations the page has.
func TestRecognitionIsTheProgrammes(t *testing.T) {
	p := started(t)
	for circuit, rule := range map[string]string{"divisive-error": "poisson", "lateral-inhibition": "gaussian"} {
		for _, cost := range []string{"0", "0.2"} {
			if rule == "gaussian" && cost != "0" { // which leaves the size of parts free
				rule = "sparse-coding"
			}
			t.Run(circuit+" "+cost, func(t *testing.T) {
				dir := ran(t, "bars", append(slices.Clone(small), "recognition.circuit="+circuit, "learning.rule="+rule, "recognition.cost="+cost)...)
				s, err := rundir.Open(dir)
				if err != nil {
					t.Fatal(err)
				}
				in, err := inputs.Prepare(t.Context(), s.Experiment)
				if err != nil {
					t.Fatal(err)
				}
				net, err := recall.Network(s, s.Experiment, in.Neurons())
				if err != nil {
					t.Fatal(err)
				}
				const stimulus, steps = 5, 50
				course, err := net.Trace(in.Data, stimulus, steps)
				if err != nil {
					t.Fatal(err)
				}
				show(t, p, dir)
				p.Focus("#pick")
				for range stimulus {
					p.Press(kb.ArrowRight)
				}
				p.Focus(".player[aria-label='recognition steps'] input")
				p.Press(kb.Home)
				for step := 0; step <= steps; step++ {
					if step > 0 {
						p.Press(kb.ArrowRight)
					}
					alike(t, fmt.Sprintf("step %d", step), browser.Eval[[]float64](p, rates), course.Rates.Of(step))
				}

				// A click covers a square of 3×3 pixels of 8×8.
				answer := filepath.Join(t.TempDir(), "answer")
				if _, err := recall.Recognise(t.Context(), dir, []string{"mask.rectangle=[1,2,3,3]"}, answer, steps); err != nil {
					t.Fatal(err)
				}
				h, err := npy.ReadFile(filepath.Join(answer, "arrays", "H.npy"))
				if err != nil {
					t.Fatal(err)
				}
				p.Drag(".pictures canvas", 3.5/8, 2.5/8, 3.5/8, 2.5/8)
				alike(t, "covered", browser.Eval[[]float64](p, rates), h.Values[stimulus*h.Cols():(stimulus+1)*h.Cols()])
			})
		}
	}
}

// alike compares rates to four digits.
func alike(t *testing.T, what string, got, want []float64) {
	t.Helper()
	for a, x := range want {
		if math.Abs(got[a]-x) > 5.01e-4*math.Abs(x)+1e-30 {
			t.Errorf("%s: rate %d is %v in the page and %v in the program", what, a, got[a], x)
		}
	}
}

// TestHostileNamesInABrowser opens the page whose names would run a script: none does, and the names are
// shown as they are.
func TestHostileNamesInABrowser(t *testing.T) {
	p := started(t)
	show(t, p, hostileRun(t))
	for range len(hostile) {
		p.Click("#next")
	}
	for k := range hostile {
		p.Click(fmt.Sprintf("[data-channel='%d']", k))
	}
	p.Move("[data-part='0']")
	if title := browser.Eval[string](p, `document.title`); !strings.HasPrefix(title, "hostile") {
		t.Errorf("the title is %q", title)
	}
	if n := browser.Eval[int](p, `document.querySelectorAll("img[src=x], svg[onload], [onmouseover], [onerror]").length`); n > 0 {
		t.Errorf("%d elements come from names", n)
	}
	if name := browser.Eval[string](p, `document.querySelector("[data-part='0'] .bars th").textContent`); name != hostile[0] {
		t.Errorf("the first neuron is called %q", name)
	}
}

// TestWidths opens pages from a telephone to a wide screen, in both schemes: nothing is wider than the
// window, and letters stand out from what is behind them.
func TestWidths(t *testing.T) {
	p := browser.Start(t)
	runs := map[string]string{
		"images":  facesRun(t),
		"vectors": ran(t, "synergies", "stimulus.generator=synergies", "network.hidden=4", "learning.epochs=100", "recognition.circuit=lateral-inhibition", "learning.rule=gaussian"),
		"texts":   ran(t, "texts", experiment.Setting("stimulus.path", "../../examples/texts.jsonl"), "text.skip=0", "text.min-documents=3", "text.min-length=4", "network.hidden=4", "learning.epochs=100"),
		"hostile": hostileRun(t),
	}
	for name, dir := range runs {
		show(t, p, dir)
		for _, size := range [][2]int{{360, 740}, {1280, 800}, {3840, 2160}} {
			p.Size(size[0], size[1])
			for _, scheme := range []string{"light", "dark"} {
				p.Scheme(scheme)
				if wide := browser.Eval[int](p, `document.documentElement.scrollWidth`); wide > size[0] {
					t.Errorf("%s: %d pixels on a window of %d: %s", name, wide, size[0], browser.Eval[string](p, `[...document.querySelectorAll("body *")].filter((e) => e.getBoundingClientRect().right > innerWidth + 1).slice(0, 4).map((e) => e.outerHTML.slice(0, 90)).join("\n")`))
				}
				for _, selector := range []string{"body", ".said", ".name", "nav a", "code", ".facts", "button", "figcaption", ".cards dt"} {
					if c := browser.Eval[float64](p, fmt.Sprintf(contrast, selector)); c < 4.5 {
						t.Errorf("%s, %s: the contrast of %s is %.2f, below 4.5", name, scheme, selector, c)
					}
				}
				p.Shot(fmt.Sprintf("%s-%d-%s", name, size[0], scheme), true)
			}
		}
	}
}

// contrast is the ratio of the luminances of the letters of an element and of what is behind them, as the Web
// Content Accessibility Guidelines 2 define it.
const contrast = `(() => {
	const light = (c) => c.match(/[\d.]+/g).slice(0, 3).map((x) => x / 255).map((x) => x <= 0.04045 ? x / 12.92 : ((x + 0.055) / 1.055) ** 2.4).reduce((s, x, k) => s + x * [0.2126, 0.7152, 0.0722][k], 0);
	let e = document.querySelector(%q);
	if (!e) return 21;
	const letters = light(getComputedStyle(e).color);
	while (e.parentElement && /^rgba\(0, 0, 0, 0\)$/.test(getComputedStyle(e).backgroundColor)) e = e.parentElement;
	const behind = light(getComputedStyle(e).backgroundColor);
	return (Math.max(letters, behind) + 0.05) / (Math.min(letters, behind) + 0.05);
})()`

// TestWithoutScript opens a page in which no script runs: parts, curves and tables are there, and nothing
// that would answer.
func TestWithoutScript(t *testing.T) {
	p := browser.Start(t)
	file := filepath.Join(t.TempDir(), "page.html")
	if err := os.WriteFile(file, []byte(written(t, ran(t, "bars", small...))), 0o666); err != nil {
		t.Fatal(err)
	}
	p.NoScript()
	p.Open(file)
	if n := browser.Eval[int](p, `[...document.querySelectorAll("img.tile")].filter((e) => e.naturalWidth === 8 && e.getBoundingClientRect().width > 20).length`); n < 16 {
		t.Errorf("%d parts are to be seen", n)
	}
	if n := browser.Eval[int](p, `document.querySelectorAll(".curve path[d]").length`); n < 5 {
		t.Errorf("%d curves", n)
	}
	if n := browser.Eval[int](p, `[...document.querySelectorAll("button, select, input")].filter((e) => e.getBoundingClientRect().width > 0).length`); n > 0 {
		t.Errorf("%d controls do nothing", n)
	}
	p.Shot("without-script", true)
}
