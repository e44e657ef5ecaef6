package sim_test

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"partsnet/sim"
	"partsnet/sim/experiment"
	"partsnet/sim/npy"
	"partsnet/sim/proof"
	"partsnet/sim/recall"
	"partsnet/sim/simtest"
)

// signals writes a table of m stimuli of n values, mixed of two parts, and returns its rows.
func signals(t *testing.T, path string, m, n int, gain float64) (rows []string) {
	t.Helper()
	for i := range m {
		var fields []string
		for j := range n {
			a, b := float64((i*7)%11)/11, float64((i*5+3)%13)/13
			part := a
			if j%2 == 1 {
				part = b
			}
			fields = append(fields, fmt.Sprint(gain*(part*float64(1+j)+0.05)))
		}
		rows = append(rows, strings.Join(fields, ","))
	}
	write(t, path, strings.Join(rows, "\n")+"\n")
	return rows
}

func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.WriteFile(path, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// learned runs a small experiment on a file and returns the directory.
func learned(t *testing.T, path string, settings ...string) string {
	t.Helper()
	dir := filepath.Join(t.TempDir(), "r")
	x := simtest.Experiment(t, append([]string{experiment.Setting("stimulus.path", path), "network.hidden=2", "learning.epochs=40", "figures=[]", "measures=[]"}, settings...)...)
	if _, err := sim.Run(context.Background(), x, dir, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	return dir
}

// recognised shows a file to a run.
func recognised(t *testing.T, run, path string, settings ...string) *recall.Recognition {
	t.Helper()
	rec, err := recall.Recognise(context.Background(), run, append([]string{experiment.Setting("stimulus.path", path)}, settings...), filepath.Join(t.TempDir(), "answer"), 0)
	if err != nil {
		t.Fatal(err)
	}
	return rec
}

// rates returns the hidden rates of an answer.
func rates(t *testing.T, rec *recall.Recognition) []float64 {
	t.Helper()
	h, err := npy.ReadFile(filepath.Join(rec.Dir, "arrays", "H.npy"))
	if err != nil {
		t.Fatal(err)
	}
	return h.Values
}

// TestRecogniseScalesAsTheTraining shows one of the stimuli of a run alone, a dim one: it is
// scaled by the constants that the run has found in all of them, not by its own.
func TestRecogniseScalesAsTheTraining(t *testing.T) {
	if testing.Short() {
		t.Skip("-short: learns several networks")
	}
	dir := t.TempDir()
	all, one := filepath.Join(dir, "all.csv"), filepath.Join(dir, "one.csv")
	rows := signals(t, all, 24, 6, 0.3)
	write(t, one, rows[9]+"\n")
	for _, scaling := range []string{"unit-maximum", "lee-seung", "shifted", "none"} {
		run := learned(t, all, "stimulus.scaling="+scaling)
		among, alone := recognised(t, run, all), recognised(t, run, one)
		if got, want := rates(t, alone), rates(t, among)[18:20]; !slices.Equal(got, want) {
			t.Errorf("%s: a stimulus alone answers %v, and %v among those of the training", scaling, got, want)
		}
		if said := strings.Join(alone.Read, "; "); strings.Contains(said, "with the maximum of the training, ") != (scaling == "unit-maximum") || strings.Contains(said, "alone") {
			t.Errorf("%s: said %q", scaling, said)
		}
	}

	// What the user asks for is done, and said.
	run := learned(t, all, "stimulus.scaling=unit-maximum")
	if asked := recognised(t, run, one, "stimulus.scaling=none"); !strings.Contains(strings.Join(asked.Read, "\n"), `scaled by "none", as asked for, where the training scaled by "unit-maximum"`) {
		t.Errorf("said %q", asked.Read)
	}

	// The constants are kept to the last bit, and what is no constant of the scaling is refused.
	manifest(t, run, func(m map[string]any) {
		kept := m["stimuli"].(map[string]any)["scaling_constants"].(map[string]any)
		want := 0.0
		for _, field := range strings.Split(strings.Join(rows, ","), ",") {
			x, err := strconv.ParseFloat(field, 64)
			if want = max(want, x); err != nil {
				t.Fatal(err)
			}
		}
		if kept["maximum"] != want {
			t.Errorf("the run kept %v; the largest value is %v", kept, want)
		}
		delete(m["stimuli"].(map[string]any), "scaling_constants")
	})
	old := recognised(t, run, one)
	if !strings.Contains(strings.Join(old.Read, "\n"), `scaled by "unit-maximum" from these stimuli alone: the run was made by an earlier version`) {
		t.Errorf("of a run without constants was said %q", old.Read)
	}
	manifest(t, run, func(m map[string]any) {
		m["stimuli"].(map[string]any)["scaling_constants"] = map[string]any{"median": 3}
	})
	if _, err := recall.Recognise(context.Background(), run, nil, filepath.Join(t.TempDir(), "a"), 0); err == nil || !strings.Contains(err.Error(), `stimuli.scaling_constants: the scaling "unit-maximum" has no constant "median"`) {
		t.Errorf("got %v", err)
	}
}

// TestSpikesAreOfTheStimulus shows the stimuli of a run with spikes alone and in another order: the
// random numbers of an answer are those of the stimulus, wherever it stands.
func TestSpikesAreOfTheStimulus(t *testing.T) {
	dir := t.TempDir()
	all, one := filepath.Join(dir, "all.csv"), filepath.Join(dir, "one.csv")
	rows := signals(t, all, 24, 6, 1)
	write(t, one, rows[9]+"\n"+rows[3]+"\n")
	run := learned(t, all, "recognition.circuit=spike-by-spike", "learning.rule=spike-by-spike", "learning.epochs=2")
	among, alone := rates(t, recognised(t, run, all)), rates(t, recognised(t, run, one))
	if !slices.Equal(alone, slices.Concat(among[18:20], among[6:8])) {
		t.Errorf("answers %v, and %v among others", alone, slices.Concat(among[18:20], among[6:8]))
	}
}

// TestAutoScalingIsThatOfTheTraining trains on images, whose automatic scaling is that of the
// paper, and shows the same numbers as a table, whose own would be none.
func TestAutoScalingIsThatOfTheTraining(t *testing.T) {
	dir := t.TempDir()
	var rows []string
	for i := range 12 {
		var fields []string
		for j := range 16 {
			fields = append(fields, fmt.Sprint((i*31+j*j*7)%200))
		}
		rows = append(rows, strings.Join(fields, ","))
		write(t, filepath.Join(dir, fmt.Sprintf("%02d.pgm", i)), "P2 4 4 255\n"+strings.Join(fields, " ")+"\n")
	}
	table := filepath.Join(t.TempDir(), "same.csv")
	write(t, table, strings.Join(rows, "\n")+"\n")
	run := learned(t, dir, "stimulus.scaling=auto")
	images, numbers := recognised(t, run, dir), recognised(t, run, table)
	if !slices.Equal(rates(t, images), rates(t, numbers)) || images.Objective != numbers.Objective {
		t.Errorf("%s = %v of images and %v of the same numbers in a table", images.Symbol, images.Objective, numbers.Objective)
	}
}

// TestRecogniseMatchesNames shows a run whose visible neurons have names the same stimuli with
// their columns in another order: the answers have the same bits. What has other names is refused,
// with the difference.
func TestRecogniseMatchesNames(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	rows := signals(t, at("all.csv"), 24, 4, 1)
	write(t, at("names.txt"), "TA\nbiceps, long head\nGöğüs \"2\"\nSO L\n")
	order := []int{2, 0, 3, 1}
	var turned []string
	for _, row := range rows {
		fields, moved := strings.Split(row, ","), make([]string, 4)
		for k, j := range order {
			moved[k] = fields[j]
		}
		turned = append(turned, strings.Join(moved, ","))
	}
	write(t, at("turned.csv"), strings.Join(turned, "\n")+"\n")
	write(t, at("turned.txt"), "Göğüs \"2\"\nTA\nSO L\nbiceps, long head\n")
	write(t, at("other.txt"), "Göğüs \"2\"\nTA\nRF\nbiceps, long head\n")
	write(t, at("twice.txt"), "Göğüs \"2\"\nTA\nTA\nbiceps, long head\n")
	for _, scaling := range []string{"lee-seung", "unit-maximum"} {
		run := learned(t, at("all.csv"), experiment.Setting("stimulus.neurons", at("names.txt")), "stimulus.scaling="+scaling)
		want := recognised(t, run, at("all.csv"), experiment.Setting("stimulus.neurons", at("names.txt")))
		const turned = "the visible neurons were put in the order of the training, by their names"
		if slices.Contains(want.Read, turned) {
			t.Errorf("of stimuli in the order of the training was said %q", want.Read)
		}
		got := recognised(t, run, at("turned.csv"), experiment.Setting("stimulus.neurons", at("turned.txt")))
		if !slices.Equal(rates(t, got), rates(t, want)) || got.Explained != want.Explained {
			t.Errorf("%s: explained variance %v in another order, %v in that of the training", scaling, got.Explained, want.Explained)
		}
		if !slices.Contains(got.Read, turned) {
			t.Errorf("said %q", got.Read)
		}
		if said := strings.Join(recognised(t, run, at("all.csv")).Read, "\n"); !strings.Contains(said, "have no names: they are taken in the order of the visible neurons of the run") {
			t.Errorf("of stimuli without names was said %q", said)
		}
		refused(t, run, `it lacks ["SO L"] and it has further ["RF"]; allowed are the 4 names`, experiment.Setting("stimulus.path", at("turned.csv")), experiment.Setting("stimulus.neurons", at("other.txt")))
		refused(t, run, `"TA" is the name of the values 1 and 2 (counted from 0)`, experiment.Setting("stimulus.path", at("turned.csv")), experiment.Setting("stimulus.neurons", at("twice.txt")))
	}
}

// refused shows stimuli to a run, which must be an error of the request.
func refused(t *testing.T, run, want string, settings ...string) {
	t.Helper()
	answer := filepath.Join(t.TempDir(), "answer")
	_, err := recall.Recognise(context.Background(), run, settings, answer, 0)
	if request := new(experiment.RequestError); !errors.As(err, &request) || !strings.Contains(err.Error(), want) {
		t.Errorf("%q: got %v, want %s", settings, err, want)
	}
	if _, err := os.Lstat(answer); err == nil {
		t.Errorf("%q: an answer was written", settings)
	}
}

// TestRecogniseMatchesWords shows a run on counts of words the same documents with another
// vocabulary: another order, one word that the network does not know, and one missing.
func TestRecogniseMatchesWords(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	write(t, at("docword.a.txt"), "4\n4\n9\n1 1 3\n1 2 1\n2 1 2\n2 2 2\n3 3 4\n3 4 1\n4 1 1\n4 3 2\n4 4 2\n")
	write(t, at("vocab.a.txt"), "river\nbank\nmoney\nloan\n")
	// In the order loan, ship, river, money: without "bank", with "ship".
	write(t, at("docword.b.txt"), "2\n4\n5\n1 2 7\n1 3 3\n2 1 2\n2 3 1\n2 4 2\n")
	write(t, at("vocab.b.txt"), "loan\nship\nriver\nmoney\n")
	write(t, at("docword.same.txt"), "2\n4\n4\n1 1 3\n2 1 1\n2 3 2\n2 4 2\n")
	run := learned(t, at("docword.a.txt"), experiment.Setting("stimulus.words", at("vocab.a.txt")))
	words := func(name string) string { return experiment.Setting("stimulus.words", at(name)) }
	want, got := recognised(t, run, at("docword.same.txt"), words("vocab.a.txt")), recognised(t, run, at("docword.b.txt"), words("vocab.b.txt"))
	if !slices.Equal(rates(t, got), rates(t, want)) {
		t.Errorf("answers %v by their words, want %v", rates(t, got), rates(t, want))
	}
	if said := strings.Join(got.Read, "\n"); !strings.Contains(said, `of the 4 words 1, with 7 of 15 occurrences, are unknown to the network and left out: ["ship"]; of the words of the network 1 are not among`) {
		t.Errorf("said %q", said)
	}
	if same := recognised(t, run, at("docword.same.txt")); !slices.Equal(rates(t, same), rates(t, want)) {
		t.Error("without a vocabulary of their own, documents are not counted by the words of the run")
	}
	if said := strings.Join(recognised(t, run, at("docword.same.txt")).Read, "\n"); !strings.Contains(said, "the words are taken to be those of the run in their order") {
		t.Errorf("of documents without a vocabulary was said %q", said)
	}
	refused(t, run, "documents are counted by the words of the run, and text.skip means nothing", experiment.Setting("stimulus.path", at("docword.b.txt")), "text.skip=3")
	write(t, at("vocab.c.txt"), "a\nb\nc\nd\n")
	refused(t, run, "has none of the 4 words of the run", experiment.Setting("stimulus.path", at("docword.b.txt")), words("vocab.c.txt"))
	write(t, at("new.jsonl"), `{"text": "The river, the money and the river bank."}`+"\n"+`{"text": "A loan: money!"}`+"\n")
	if said := strings.Join(recognised(t, run, at("new.jsonl")).Read, "\n"); !strings.Contains(said, "3 of 7 words, with 5 of 11 occurrences, are not in the vocabulary and are left out") {
		t.Errorf("of texts was said %q", said)
	}
}

// TestRecogniseSettings asks for settings that mean nothing for a network that has learned, and
// for stimuli to which settings of the run do not apply.
func TestRecogniseSettings(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "all.csv")
	signals(t, path, 24, 64, 1)
	generated := filepath.Join(t.TempDir(), "r")
	x := simtest.Experiment(t, "stimulus.count=20", "stimulus.side=8", "network.hidden=3", "learning.epochs=3", "figures=[]", `look.stimulus="17"`)
	if _, err := sim.Run(context.Background(), x, generated, sim.Options{}); err != nil {
		t.Fatal(err)
	}
	for _, setting := range []string{"learning.epochs=7", "network.hidden=4", "synapses.low=0.5", "recognition.steps=3", "stack.hidden=[2]", "record=3", "look.frames=2", "name=x"} {
		refused(t, generated, "--set "+setting+": ", setting)
	}
	write(t, path, strings.Join(strings.Split(read(t, dir, "all.csv"), "\n")[:3], "\n")+"\n")
	said := strings.Join(recognised(t, generated, path).Read, "\n")
	if !strings.Contains(said, "settings of the run that do not apply to these stimuli were left out: stimulus.count") || !strings.Contains(said, `look.stimulus = "17" of the run is not among these stimuli: the first is shown`) {
		t.Errorf("said %q", said)
	}
	refused(t, generated, "so that the seed means nothing", experiment.Setting("stimulus.path", path), "seed=3")
	if again := recognised(t, generated, "", "seed=3", "stimulus.count=5"); again.Stimuli != 5 {
		t.Errorf("%d stimuli of the generator, want 5", again.Stimuli)
	}
	refused(t, generated, "look.stimulus", experiment.Setting("stimulus.path", path), `look.stimulus="17"`)
}

// TestRecogniseTurnsAsTheTraining learns from images unrolled column by column in a table, and
// shows one of them as an image file, which knows its rows, and as a row of the table.
func TestRecogniseTurnsAsTheTraining(t *testing.T) {
	dir := t.TempDir()
	table, one, image := filepath.Join(dir, "all.csv"), filepath.Join(dir, "one.csv"), filepath.Join(dir, "image")
	rows := signals(t, table, 12, 6, 1)
	for i, row := range rows {
		fields := strings.Split(row, ",")
		for k, field := range fields {
			x, _ := strconv.ParseFloat(field, 64)
			fields[k] = fmt.Sprint(int(x * 20))
		}
		rows[i] = strings.Join(fields, ",")
	}
	write(t, table, strings.Join(rows, "\n")+"\n")
	write(t, one, rows[4]+"\n")
	f := strings.Split(rows[4], ",") // of 2 rows and 3 columns
	if err := os.Mkdir(image, 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(image, "one.pgm"), fmt.Sprintf("P2 3 2 255\n%s %s %s\n%s %s %s\n", f[0], f[2], f[4], f[1], f[3], f[5]))
	run := learned(t, table, "stimulus.height=2", "stimulus.width=3", "stimulus.pixels=columns", "stimulus.scaling=none")
	unrolled, file := recognised(t, run, one), recognised(t, run, image)
	if !slices.Equal(rates(t, unrolled), rates(t, file)) {
		t.Errorf("an image answers %v, and %v as it stands in the table", rates(t, file), rates(t, unrolled))
	}
	if said := strings.Join(file.Read, "\n"); !strings.Contains(said, "these images know their rows and are not turned") {
		t.Errorf("said %q", said)
	}
	if asked := recognised(t, run, image, "stimulus.pixels=columns", "stimulus.height=2", "stimulus.width=3"); slices.Equal(rates(t, asked), rates(t, file)) {
		t.Error("what the user sets for the new stimuli is not done")
	}
}

// TestAnswerIsNotWrittenIntoARun names a place in the directory of a finished run, also behind a
// link, and one in the folder of the stimuli.
func TestAnswerIsNotWrittenIntoARun(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "all.csv")
	signals(t, path, 12, 4, 1)
	run := learned(t, path)
	link := filepath.Join(dir, "link")
	if err := os.Symlink(run, link); err != nil {
		t.Skip(err)
	}
	folder := filepath.Join(dir, "images")
	if err := os.Mkdir(folder, 0o777); err != nil {
		t.Fatal(err)
	}
	write(t, filepath.Join(folder, "a.pgm"), "P2 2 2 255\n1 2 3 4\n")
	for place, want := range map[string]string{
		filepath.Join(run, "answer"):           "the directory of a finished run, which stays as it is",
		filepath.Join(run, "arrays", "x", "y"): "the directory of a finished run, which stays as it is",
		filepath.Join(link, "answer"):          "the directory of a finished run, which stays as it is",
		filepath.Join(folder, "answer"):        "lies in the folder of the stimuli",
	} {
		_, err := recall.Recognise(context.Background(), run, []string{experiment.Setting("stimulus.path", folder)}, place, 0)
		if request := new(experiment.RequestError); !errors.As(err, &request) || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: got %v, want %s", place, err, want)
		}
	}
	if v, err := sim.Verify(context.Background(), run, nil); err != nil || v.Verdict != proof.Same {
		t.Errorf("%+v, %v", v, err)
	}
}

// TestRecogniseReadsOtherTables shows tables to a run of a table with a column of time: one with
// that column in another place, and one without it, which is read without the setting of the run.
// What the user sets is not left out.
func TestRecogniseReadsOtherTables(t *testing.T) {
	dir := t.TempDir()
	at := func(name string) string { return filepath.Join(dir, name) }
	timed, last, bare := "clock,TA,SOL,VL\n", "VL,TA,SOL,clock\n", "SOL,TA,VL\n"
	for i := range 14 {
		a, b := float64((i*5)%7)+0.5, float64((i*3)%5)+0.25
		timed += fmt.Sprintf("%d,%v,%v,%v\n", 10*i, a, b, a+2*b)
		last += fmt.Sprintf("%v,%v,%v,%d\n", a+2*b, a, b, 10*i)
		bare += fmt.Sprintf("%v,%v,%v\n", b, a, a+2*b)
	}
	write(t, at("timed.csv"), timed)
	write(t, at("last.csv"), last)
	write(t, at("bare.csv"), bare)
	run := learned(t, at("timed.csv"), "stimulus.time=clock")
	want := recognised(t, run, at("timed.csv"))
	if head := table(t, run, "H.csv")[3]; head[1] != "20" {
		t.Errorf("the time of the third stimulus is %q in H.csv", head)
	}
	for _, name := range []string{"last.csv", "bare.csv"} {
		got := recognised(t, run, at(name))
		if !slices.Equal(rates(t, got), rates(t, want)) {
			t.Errorf("%s: the answers differ", name)
		}
		if said := strings.Contains(strings.Join(got.Read, "\n"), "read without stimulus.time of the run"); said != (name == "bare.csv") {
			t.Errorf("%s: said %q", name, got.Read)
		}
	}
	refused(t, run, "stimulus.time", experiment.Setting("stimulus.path", at("bare.csv")), "stimulus.time=clock")
}
