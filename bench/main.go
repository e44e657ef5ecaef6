// Command bench compares partsnet with scikit-learn, NumPy and PyTorch, on the same
// stimuli from the same start, in interleaved rounds:
//
//	go run ./bench [-rounds 5] [-python python3] [-rows A64,...] [-faces FILE] [-documents FILE]
//	go run ./bench -figure FILE [-faces FILE]
//
// The rows answer-... compare the time to an objective, the others the time of an iteration.
//
// With -faces the stimuli of problem A are those of the file, in the scaling of Lee &
// Seung. With -documents there is a problem D, which learns 200 features of the
// counts in the file.
//
// It needs Debian's python3-sklearn, python3-torch and libopenblas0-pthread, and
// prints one table in Markdown on standard output and its progress on standard error.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
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
}

var contests = []contest{
	{"A64", 0, false, "poisson-free", "sklearn-kl", 20, 120, 120},
	{"A64numpy", 0, false, "poisson-free", "numpy-kl", 20, 120, 120},
	{"A32", 0, true, "poisson-free", "sklearn-kl", 20, 220, 220},
	{"A64euclid", 0, false, "gaussian", "sklearn-frobenius", 50, 350, 350},
	{"A32euclid", 0, true, "gaussian", "sklearn-frobenius", 50, 550, 550},
	{"B32", 1, true, "poisson-free", "sklearn-kl", 1, 3, 3},
	{"B64", 1, false, "poisson-free", "sklearn-kl", 1, 3, 3},
	{"C32numpy", 2, true, "poisson-free", "numpy-kl", 1, 3, 3},
	{"C32torch", 2, true, "poisson-free", "torch-kl", 1, 3, 3},
	{"C32", 2, true, "poisson-free", "sklearn-kl", 1, 3, 3},
	{"D32", documents, true, "poisson-free", "sklearn-kl", 1, 3, 3},
	{"D64", documents, false, "poisson-free", "sklearn-kl", 1, 3, 3},
}

// documents stands for problem D, which is read from a file, in place of an index.
const documents = -1

func main() {
	rounds := flag.Int("rounds", 5, "interleaved rounds")
	python := flag.String("python", "/usr/bin/python3", "the interpreter that has the peers")
	rows := flag.String("rows", "", "keys of the rows to run, comma-separated; all where empty")
	faces := flag.String("faces", "", "stimuli of problem A, 2,429 images of 19×19")
	counts := flag.String("documents", "", "counts of problem D, such as docword.NAME.txt.gz")
	drawing := flag.String("figure", "", "draw objectives against seconds into this file, such as descent.png, in place of the table")
	keep := flag.Bool("keep", false, "let the peers keep the memory they free, where glibc would give it back in each iteration")
	flag.Parse()
	if *keep {
		keepMemory()
	}
	b := &bench{rounds: *rounds, python: *python, faces: *faces, documents: *counts}
	run := func() error { return b.run(*rows) }
	if *drawing != "" {
		run = func() error { return b.descents(*drawing) }
	}
	if err := run(); err != nil {
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
	if b.rounds < 1 {
		return fmt.Errorf("-rounds %d; allowed is 1 or more", b.rounds)
	}
	keys := []string{"process", "workers"}
	for _, a := range answers {
		keys = append(keys, a.key)
	}
	for _, c := range contests {
		keys = append(keys, c.key)
	}
	for key := range strings.SplitSeq(rows, ",") {
		if rows != "" && !slices.Contains(keys, key) {
			return fmt.Errorf("-rows has %q; allowed are %s", key, strings.Join(keys, ", "))
		}
	}
	fmt.Printf("%s, kernel %s, %d processors, %s, %d rounds\n\n", time.Now().Format("2 January 2006"), kernel.Level(), runtime.GOMAXPROCS(0), runtime.Version(), b.rounds)
	fmt.Println("| row | problem | against | ms ours | ms theirs | times as fast | objective ours / theirs | MiB ours / theirs |")
	fmt.Println("|---|---|---|---|---|---|---|---|")
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
	for _, a := range answers {
		if !wanted(a.key) || a.problem == documents && b.documents == "" {
			continue
		}
		run := reach[float64]
		if a.single {
			run = reachSingle
		}
		if err := run(b, a); err != nil {
			return fmt.Errorf("row %s: %w", a.key, err)
		}
	}
	for _, row := range []struct {
		key string
		run func() error
	}{{"process", b.process}, {"workers", b.workers}} {
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
func reachSingle(b *bench, a answer) error    { return reach[float32](b, a) }

// problem returns a problem with its data.
func problem[T kernel.Float](b *bench, index int) (benchmark.Problem, *benchmark.Data[T], error) {
	if index == documents {
		return drawDocuments[T](b)
	}
	d, err := draw[T](b, benchmark.Problems[index])
	return benchmark.Problems[index], d, err
}

// drawDocuments returns problem D with its data.
func drawDocuments[T kernel.Float](b *bench) (benchmark.Problem, *benchmark.Data[T], error) {
	set, err := stimulus.Load(context.Background(), b.documents)
	if err != nil {
		return benchmark.Problem{}, nil, fmt.Errorf("-documents: %w", err)
	}
	if set.Counts == nil {
		return benchmark.Problem{}, nil, fmt.Errorf("-documents: %s has no counts; allowed is a file such as docword.NAME.txt.gz", b.documents)
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
	set, err := stimulus.Load(context.Background(), b.faces)
	if err != nil {
		return nil, fmt.Errorf("-faces: %w", err)
	}
	if err := set.Scale(stimulus.Scaling{Name: "lee-seung"}); err != nil {
		return nil, fmt.Errorf("-faces: %w", err)
	}
	if len(set.Rates) != len(d.Dense) {
		return nil, fmt.Errorf("-faces: %s: %d×%d values; problem A has %d×%d", b.faces, set.Count, set.Size, p.Stimuli, p.Visible)
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
	p, d, err := problem[T](b, c.problem)
	if err != nil {
		return err
	}
	folder, err := export(p, d)
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	var ours, theirs, objective, memory []float64
	var reached, peak float64
	for round := range b.rounds {
		b.progress(c.key, round)
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
	x, y := benchmark.Median(ours), benchmark.Median(theirs)
	fmt.Printf("| %s | %s %s, %s | %s | %.2f | %.2f | **%.2f** | %.8g / %.8g | %.0f / %.0f |\n",
		c.key, p.Name, dtype(c.single), c.rule, c.method, x, y, y/x, reached, objective[0], peak, memory[0])
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

// environment returns the environment of this process without the variables that keep
// OpenBLAS from its best kernels.
func environment() (env []string) {
	for _, v := range os.Environ() {
		if !strings.HasPrefix(v, "OPENBLAS_CORETYPE=") && !strings.HasPrefix(v, "OPENBLAS_L2_SIZE=") {
			env = append(env, v)
		}
	}
	return env
}

// export writes a problem for peers.py into a new temporary folder, which the caller
// removes.
func export[T kernel.Float](p benchmark.Problem, d *benchmark.Data[T]) (folder string, err error) {
	if folder, err = os.MkdirTemp("", "partsnet-bench"); err != nil {
		return "", err
	}
	if err := write(folder, p, d); err != nil {
		return "", errors.Join(err, os.RemoveAll(folder))
	}
	return folder, nil
}

// progress tells on standard error which round of a row begins.
func (b *bench) progress(row string, round int) {
	fmt.Fprintf(os.Stderr, "row %s: round %d of %d\n", row, round+1, b.rounds)
}

// write writes a problem for peers.py into a folder.
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
