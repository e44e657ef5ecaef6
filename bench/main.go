// Command bench compares partsnet with scikit-learn, NumPy and PyTorch, on the same
// stimuli from the same start, in interleaved rounds:
//
//	go run ./bench [-rounds 5] [-python python3] [-rows A64,...] [-faces FILE] [-documents FILE]
//
// With -faces the stimuli of problem A are those of the file, in the paper's
// scaling. With -documents there is a problem D, which learns 200 features of the
// counts in the file.
//
// It needs Debian's python3-sklearn, python3-torch and libopenblas0-pthread, and
// prints one table in Markdown.
package main

import (
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"strings"
	"time"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/sim/benchmark"
	"partsnet/sim/npy"
	"partsnet/sim/stimulus"
)

// contest is one line of the table.
type contest struct {
	key         string
	problem     int // index into benchmark.Problems
	single      bool
	rule        string
	method      string // of peers.py
	short, long int    // iterations of the peer, whose difference counts
	epochs      int    // of ours
	least       float64
}

var contests = []contest{
	{"A64", 0, false, "poisson-free", "sklearn-kl", 20, 120, 120, 5},
	{"A64numpy", 0, false, "poisson-free", "numpy-kl", 20, 120, 120, 2},
	{"A32", 0, true, "poisson-free", "sklearn-kl", 20, 220, 220, 2.5},
	{"A64euclid", 0, false, "gaussian", "sklearn-frobenius", 50, 350, 350, 1.2},
	{"A32euclid", 0, true, "gaussian", "sklearn-frobenius", 50, 550, 550, 1.2},
	{"B32", 1, true, "poisson-free", "sklearn-kl", 1, 3, 3, 45},
	{"B64", 1, false, "poisson-free", "sklearn-kl", 1, 3, 3, 30},
	{"C32numpy", 2, true, "poisson-free", "numpy-kl", 1, 3, 3, 1.6},
	{"C32torch", 2, true, "poisson-free", "torch-kl", 1, 3, 3, 1.6},
	{"C32", 2, true, "poisson-free", "sklearn-kl", 1, 3, 3, 2.5},
	{"D32", documents, true, "poisson-free", "sklearn-kl", 1, 3, 3, 25},
	{"D64", documents, false, "poisson-free", "sklearn-kl", 1, 3, 3, 25},
}

// documents is the index of problem D, which is in no list.
const documents = -1

func main() {
	rounds := flag.Int("rounds", 5, "interleaved rounds")
	python := flag.String("python", "/usr/bin/python3", "the interpreter that has the peers")
	rows := flag.String("rows", "", "keys of the rows to run, comma-separated; all where empty")
	faces := flag.String("faces", "", "stimuli of problem A, 2,429 images of 19×19")
	counts := flag.String("documents", "", "counts of problem D, such as docword.NAME.txt.gz")
	keep := flag.Bool("keep", false, "let the peers keep the memory they free, where glibc would give it back in each iteration")
	flag.Parse()
	if *keep {
		keepMemory()
	}
	if err := (&bench{rounds: *rounds, python: *python, faces: *faces, documents: *counts}).run(*rows); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

// bench is how the contests are held.
type bench struct {
	rounds                   int
	python, faces, documents string
}

func (b *bench) run(rows string) error {
	if err := kernel.Environment(); err != nil {
		return err
	}
	fmt.Printf("%s, kernel %s, %d processors, %s, %d rounds\n\n", time.Now().Format("2 January 2006"), kernel.Level(), runtime.GOMAXPROCS(0), runtime.Version(), b.rounds)
	fmt.Println("| row | problem | against | ms ours | ms theirs | times as fast | asked | objective ours / theirs | MiB ours / theirs |")
	fmt.Println("|---|---|---|---|---|---|---|---|---|")
	wanted := func(key string) bool { return rows == "" || strings.Contains(","+rows+",", ","+key+",") }
	for _, c := range contests {
		if !wanted(c.key) || c.problem == documents && b.documents == "" {
			continue
		}
		compete := compete[float64]
		if c.single {
			compete = competeSingle
		}
		if err := compete(b, c); err != nil {
			return fmt.Errorf("row %s: %w", c.key, err)
		}
	}
	for _, row := range []struct {
		key string
		run func() error
	}{{"process", b.process}, {"objective", b.objective}, {"workers", b.workers}} {
		if !wanted(row.key) {
			continue
		}
		if err := row.run(); err != nil {
			return fmt.Errorf("row %s: %w", row.key, err)
		}
	}
	return nil
}

func competeSingle(b *bench, c contest) error { return compete[float32](b, c) }

// drawDocuments returns problem D with its data.
func drawDocuments[T kernel.Float](b *bench) (benchmark.Problem, *benchmark.Data[T], error) {
	set, err := stimulus.Load(b.documents)
	if err != nil {
		return benchmark.Problem{}, nil, err
	}
	if set.Counts == nil {
		return benchmark.Problem{}, nil, fmt.Errorf("%s holds no counts", b.documents)
	}
	p := benchmark.Problem{Name: "D", Stimuli: set.Count, Visible: set.Size, Hidden: 200, Words: 1}
	d := benchmark.Draw[T](p)
	d.Start, d.Index = set.Counts.Held().Start, set.Counts.Held().Index
	d.Count = nil
	for x := range set.Counts.Rates() {
		d.Count = append(d.Count, T(x))
	}
	return p, d, nil
}

// draw returns the data of a problem, with the faces that were asked for.
func draw[T kernel.Float](b *bench, p benchmark.Problem) (*benchmark.Data[T], error) {
	d := benchmark.Draw[T](p)
	if p.Name != "A" || b.faces == "" {
		return d, nil
	}
	set, err := stimulus.Load(b.faces)
	if err != nil {
		return nil, err
	}
	if err := set.Scale(stimulus.Scaling{Name: "lee-seung"}); err != nil {
		return nil, err
	}
	if len(set.Rates) != len(d.Dense) {
		return nil, fmt.Errorf("%s: %d×%d values; problem A has %d×%d", b.faces, set.Count, set.Size, p.Stimuli, p.Visible)
	}
	for i, x := range set.Rates {
		d.Dense[i] = T(x)
	}
	return d, nil
}

// compete runs one contest and prints its line.
func compete[T kernel.Float](b *bench, c contest) error {
	runtime.GC()
	debug.FreeOSMemory()
	resetPeak()
	var p benchmark.Problem
	var d *benchmark.Data[T]
	var err error
	if c.problem == documents {
		p, d, err = drawDocuments[T](b)
	} else {
		p = benchmark.Problems[c.problem]
		d, err = draw[T](b, p)
	}
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "partsnet-bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	if err := write(folder, p, d); err != nil {
		return err
	}
	var ours, theirs, objective, memory []float64
	var reached, peak float64
	for range b.rounds {
		l, err := benchmark.Learner(p, d, benchmark.Setting{Rule: c.rule, Order: network.RecogniseLearn, Steps: 1})
		if err != nil {
			return err
		}
		seconds, err := benchmark.Epochs(l, c.epochs)
		if err != nil {
			return err
		}
		ours = append(ours, benchmark.Median(seconds)*1e3)
		reached, peak = l.Objective(), peakMiB()
		short, long, d, m, err := peer(b.python, folder, c.method, c.short, c.long)
		if err != nil {
			return err
		}
		theirs = append(theirs, (long-short)/float64(c.long-c.short)*1e3)
		objective, memory = append(objective, d), append(memory, m)
	}
	dtype := "float64"
	if c.single {
		dtype = "float32"
	}
	x, y := benchmark.Median(ours), benchmark.Median(theirs)
	fmt.Printf("| %s | %s %s, %s | %s | %.2f | %.2f | **%.2f** | %v | %.8g / %.8g | %.0f / %.0f |\n",
		c.key, p.Name, dtype, c.rule, c.method, x, y, y/x, c.least, reached, objective[0], peak, memory[0])
	return nil
}

// peer runs peers.py.
func peer(python, folder, method string, short, long int) (shortTime, longTime, objective, memory float64, err error) {
	command := exec.Command(python, filepath.Join("bench", "peers.py"), folder, method, fmt.Sprint(short), fmt.Sprint(long))
	command.Stderr = os.Stderr
	command.Env = environment()
	out, err := command.Output()
	if err != nil {
		return 0, 0, 0, 0, fmt.Errorf("%s: %w", strings.Join(command.Args, " "), err)
	}
	_, err = fmt.Sscan(string(out), &shortTime, &longTime, &objective, &memory)
	return shortTime, longTime, objective, memory, err
}

// keepMemory tells the C library of the peers to keep what they free. By itself
// glibc gives arrays of some megabytes back to the system as soon as they are
// freed, and faults every page in anew at the next iteration, unless the process
// happened to free a larger one before: two scripts that compute the same thing
// then differ by a factor of two to four.
func keepMemory() {
	os.Setenv("MALLOC_MMAP_THRESHOLD_", "1073741824")
	os.Setenv("MALLOC_TRIM_THRESHOLD_", "8589934592")
}

// environment returns ours without what would keep OpenBLAS from its best
// kernels.
func environment() (env []string) {
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "OPENBLAS_CORETYPE=") && !strings.HasPrefix(v, "OPENBLAS_L2_SIZE=") {
			env = append(env, v)
		}
	}
	return env
}

// write writes a problem for peers.py.
func write[T kernel.Float](folder string, p benchmark.Problem, d *benchmark.Data[T]) error {
	file := func(name string, x []T, rows int) error {
		f, err := os.Create(filepath.Join(folder, name))
		if err != nil {
			return err
		}
		if err := npy.Write(f, x, rows); err != nil {
			return err
		}
		return f.Close()
	}
	if err := file("W.npy", d.Synapses, p.Hidden); err != nil {
		return err
	}
	if err := file("H.npy", d.H, p.Stimuli); err != nil {
		return err
	}
	if p.Words == 0 {
		return file("V.npy", d.Dense, p.Stimuli)
	}
	return writeCounts(filepath.Join(folder, "V.npz"), p, d)
}
