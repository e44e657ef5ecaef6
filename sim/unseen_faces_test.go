package sim_test

import (
	"archive/zip"
	"context"
	"io"
	"math"
	"os"
	"path/filepath"
	"testing"

	"gonum.org/v1/gonum/mat"

	"partsnet/configs"
	"partsnet/internal/shared"
	"partsnet/internal/suite"
	"partsnet/sim"
	"partsnet/sim/constraint"
	"partsnet/sim/experiment"
	"partsnet/sim/npy"
	"partsnet/sim/recall"
	"partsnet/sim/stimulus"
)

// TestUnseenEyesAreCompleted learns from the first 1,929 of the real faces, hides the eyes of the 500
// others and compares what the network fills in with the mean face and with principal components that
// are fitted to the same pixels, by least squares and with the variances of their rates as prior. The
// network has to be better than the mean face by a tenth, and no better than components with a prior,
// which know the mean, signs and variances. The suite takes 60 epochs, campaigns 500. With -v it
// prints the table of docs/completion.md.
func TestUnseenEyesAreCompleted(t *testing.T) {
	if testing.Short() {
		t.Skip("learns real faces, and recognises 500")
	}
	const learned, side, top, left, height, width = 1929, 19, 5, 2, 5, 15
	archive, err := zip.OpenReader(shared.Path(t, "data", "mit-cbcl-faces", "faces-pgm.zip"))
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	dir := t.TempDir()
	folders := [2]string{filepath.Join(dir, "seen"), filepath.Join(dir, "unseen")}
	for _, f := range folders {
		if err := os.Mkdir(f, 0o777); err != nil {
			t.Fatal(err)
		}
	}
	for i, f := range archive.File {
		in, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		bytes, err := io.ReadAll(in)
		in.Close()
		if err != nil {
			t.Fatal(err)
		}
		to := folders[0]
		if i >= learned {
			to = folders[1]
		}
		if err := os.WriteFile(filepath.Join(to, filepath.Base(f.Name)), bytes, 0o666); err != nil {
			t.Fatal(err)
		}
	}
	var faces [2]*mat.Dense
	for k, f := range folders {
		set, err := stimulus.Load(context.Background(), f)
		if err != nil {
			t.Fatal(err)
		}
		if err := set.Scale(stimulus.Scaling{Name: "lee-seung"}); err != nil {
			t.Fatal(err)
		}
		faces[k] = mat.NewDense(set.Count, set.Size, set.Rates)
	}
	var seen, hidden []int
	for j := range side * side {
		if y, x := j/side-top, j%side-left; y >= 0 && y < height && x >= 0 && x < width {
			hidden = append(hidden, j)
		} else {
			seen = append(seen, j)
		}
	}
	m, _ := faces[1].Dims()
	wrong := func(completed func(i, j int) float64) float64 {
		squares := 0.0
		for i := range m {
			for _, j := range hidden {
				e := completed(i, j) - faces[1].At(i, j)
				squares += e * e
			}
		}
		return math.Sqrt(squares / float64(m*len(hidden)))
	}

	text, err := configs.Files.ReadFile("faces-cbcl.toml")
	if err != nil {
		t.Fatal(err)
	}
	epochs := "learning.epochs=60"
	if suite.Asked() {
		epochs = "learning.epochs=500"
	}
	x, err := experiment.Read("faces-cbcl.toml", text, []string{experiment.Setting("stimulus.path", folders[0]), epochs, "figures=[]"})
	if err != nil {
		t.Fatal(err)
	}
	run, answer := filepath.Join(dir, "run"), filepath.Join(dir, "answer")
	if _, err := sim.Run(context.Background(), x, run, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	rec, err := recall.Recognise(context.Background(), run, []string{experiment.Setting("stimulus.path", folders[1]), "mask.rectangle=[5,2,5,15]"}, answer, 0)
	if err != nil {
		t.Fatal(err)
	}
	completed, err := npy.ReadFile(filepath.Join(answer, "arrays", "completed.npy"))
	if err != nil {
		t.Fatal(err)
	}
	network := wrong(func(i, j int) float64 { return completed.Row(i)[j] })
	if said := math.Sqrt(rec.Completion.Squares / float64(rec.Completion.Entries)); !(math.Abs(said-network) <= 1e-9) {
		t.Errorf("the error is %v; the recognition says %v", network, said)
	}

	average := make([]float64, side*side)
	for j := range average {
		average[j] = mat.Sum(faces[0].ColView(j)) / learned
	}
	mean := wrong(func(_, j int) float64 { return average[j] })
	t.Logf("network %.4f, mean face %.4f", network, mean)
	if !(network < 0.9*mean) {
		t.Errorf("the network completes eyes with an error of %v; the mean face is wrong by %v", network, mean)
	}
	centred := mat.DenseCopyOf(faces[0])
	centred.Apply(func(_, j int, v float64) float64 { return v - average[j] }, centred)
	for _, components := range []int{10, 49} {
		least, prior := principal(t, centred, faces[1], average, seen, components)
		exact, sure := wrong(least.At), wrong(prior.At)
		t.Logf("%d components: least squares %.4f, with their variances as prior %.4f", components, exact, sure)
		if components == 49 && !(sure < network && sure < exact && exact < mean) {
			t.Errorf("errors of 49 components are %v and with a prior %v; the network's is %v and the mean face's %v", exact, sure, network, mean)
		}
	}
}

// principal completes faces from the pixels that are seen by the leading principal components of
// others, which are centred: with rates c of least squares |v − mean − P c|² over these pixels, and with
// s² Σ_a c_a²/λ_a added, λ the variance of the rates and s² that of what the components leave of a pixel.
func principal(t *testing.T, centred, faces *mat.Dense, average []float64, seen []int, components int) (least, prior *mat.Dense) {
	t.Helper()
	learned, n := centred.Dims()
	f, err := constraint.Orthonormal(mat.DenseCopyOf(centred).RawMatrix().Data, n, components)
	if err != nil {
		t.Fatal(err)
	}
	all := mat.NewDense(components, n, f.Synapses)
	rates := mat.NewDense(learned, components, f.Rates)
	var rest mat.Dense
	rest.Mul(rates, all)
	rest.Sub(centred, &rest)
	noise := math.Pow(rest.Norm(2), 2) / float64(learned*(n-components))
	m, _ := faces.Dims()
	shown, some := mat.NewDense(m, len(seen), nil), mat.NewDense(components, len(seen), nil)
	for k, j := range seen {
		for i := range m {
			shown.Set(i, k, faces.At(i, j)-average[j])
		}
		for a := range components {
			some.Set(a, k, all.At(a, j))
		}
	}
	complete := func(cost float64) *mat.Dense {
		var gram, right, codes, out mat.Dense
		gram.Mul(some, some.T())
		for a := range components {
			variance := math.Pow(mat.Norm(rates.ColView(a), 2), 2) / float64(learned)
			gram.Set(a, a, gram.At(a, a)+cost/variance)
		}
		right.Mul(some, shown.T())
		if err := codes.Solve(&gram, &right); err != nil {
			t.Fatal(err)
		}
		out.Mul(codes.T(), all)
		out.Apply(func(_, j int, v float64) float64 { return v + average[j] }, &out)
		return &out
	}
	return complete(0), complete(noise)
}
