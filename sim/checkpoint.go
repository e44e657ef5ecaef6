package sim

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"partsnet/internal/kernel"
	"partsnet/network"
	"partsnet/sim/figure"
	"partsnet/sim/record"
	"partsnet/synapse"
)

// checkpoint is what a killed run goes on from, beside the numbers behind it in the
// file: synapses, hidden rates and the parts of the frames of a film, in the precision
// of the run. The file is
//
//	magic, length of the header (4 bytes), header (JSON), numbers, SHA-256 of it all
//
// everything little-endian.
type checkpoint struct {
	Config  string // the resolved experiment
	Stimuli string // checksum
	Kernel  string

	Epoch          int
	Records        []savedEntry
	Rises          int
	Audit, Lateral synapse.Audit
	Frames         []savedFrame
}

// savedEntry is an entry with exported fields, and its numbers as text that reads back
// to the same bits.
type savedEntry struct {
	Epoch                             int
	Objective, HoyerParts, HoyerRates hexFloat
}

// savedFrame is a frame without its parts.
type savedFrame struct {
	Epoch     int
	Objective hexFloat
}

// hexFloat is a float64 that JSON keeps exactly, also where it is not a number.
type hexFloat float64

// MarshalText writes the number with all its bits.
func (x hexFloat) MarshalText() ([]byte, error) { return fmt.Appendf(nil, "%x", float64(x)), nil }

// UnmarshalText reads it back.
func (x *hexFloat) UnmarshalText(text []byte) error {
	var y float64
	_, err := fmt.Sscan(string(text), &y)
	*x = hexFloat(y)
	return err
}

const checkpointMagic = "partsnet checkpoint 1\n"

// save writes a checkpoint of the state after an epoch.
func (r *run[T]) save(out *record.Dir) error {
	state := r.learner.State()
	c := checkpoint{
		Config: r.x.TOML(), Stimuli: r.v.checksum(), Kernel: kernel.Level(),
		Epoch: state.Epoch, Rises: r.report.Rises, Audit: state.Audit, Lateral: state.Lateral,
	}
	for _, e := range r.records {
		c.Records = append(c.Records, savedEntry{e.epoch, hexFloat(e.objective), hexFloat(e.hoyerParts), hexFloat(e.hoyerRates)})
	}
	for _, f := range r.frames {
		c.Frames = append(c.Frames, savedFrame{f.Epoch, hexFloat(f.Objective)})
	}
	header, err := json.Marshal(c)
	if err != nil {
		return err
	}
	return out.Keep(state.Epoch, func(w io.Writer) error {
		sum := sha256.New()
		all := io.MultiWriter(w, sum)
		if _, err := io.WriteString(all, checkpointMagic); err != nil {
			return err
		}
		if err := binary.Write(all, binary.LittleEndian, uint32(len(header))); err != nil {
			return err
		}
		if _, err := all.Write(header); err != nil {
			return err
		}
		arrays := [][]T{state.Synapses, state.Rates}
		for _, f := range r.frames {
			arrays = append(arrays, narrow[T](f.W))
		}
		for _, a := range arrays {
			for part := range slices.Chunk(a, 1<<13) { // binary.Write makes a copy of what it writes
				if err := binary.Write(all, binary.LittleEndian, part); err != nil {
					return err
				}
			}
		}
		_, err := w.Write(sum.Sum(nil))
		return err
	})
}

// resume restores the newest checkpoint that is whole. A damaged one is named, and the
// one before it is used; without any the run begins at its start. The error says why
// a whole one does not belong to this run.
func (r *run[T]) resume(out *record.Dir) error {
	for _, path := range out.Kept() {
		c, numbers, err := readCheckpoint(path)
		if err != nil {
			r.report.Damaged = append(r.report.Damaged, fmt.Sprintf("%s: %v", path, err))
			continue
		}
		if err := c.belongs(r.x.TOML(), r.v.checksum()); err != nil {
			return &RequestError{fmt.Errorf("%s cannot go on: %w", filepath.Dir(filepath.Dir(path)), err)}
		}
		return r.restore(c, numbers)
	}
	return nil
}

// readCheckpoint reads a checkpoint and its numbers and verifies both.
func readCheckpoint(path string) (*checkpoint, []byte, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, nil, err
	}
	body, ok := bytes.CutPrefix(text, []byte(checkpointMagic))
	if !ok || len(body) < 4+sha256.Size {
		return nil, nil, errors.New("this is no checkpoint of this version")
	}
	end := len(text) - sha256.Size
	if sum := sha256.Sum256(text[:end]); !bytes.Equal(sum[:], text[end:]) {
		return nil, nil, errors.New("the checkpoint is damaged: its checksum is another")
	}
	length := binary.LittleEndian.Uint32(body)
	body = body[4 : len(body)-sha256.Size]
	if uint64(length) > uint64(len(body)) {
		return nil, nil, errors.New("the checkpoint is damaged: its header is longer than it")
	}
	c := &checkpoint{}
	return c, body[length:], json.Unmarshal(body[:length], c)
}

// belongs returns an error that spells out how the config, the stimuli or the kernel
// of the checkpoint differ from those of the run.
func (c *checkpoint) belongs(config, stimuli string) error {
	if d := differences(c.Config, config); d != nil {
		return fmt.Errorf("the config is another: %s; use the same config, or another place with --out", strings.Join(d, "; "))
	}
	if c.Stimuli != stimuli {
		return fmt.Errorf("the stimuli are others: their checksum was %s and is %s", c.Stimuli, stimuli)
	}
	if c.Kernel != kernel.Level() {
		return fmt.Errorf("the kernel is another, %s instead of %s, which would round differently; %s=%s goes on with the same bits", kernel.Level(), c.Kernel, kernel.Variable, c.Kernel)
	}
	return nil
}

// differences returns the keys in which two resolved configs differ, with both values.
func differences(was, is string) (out []string) {
	before, after := keys(was), keys(is)
	for _, k := range slices.Sorted(func(yield func(string) bool) {
		for k := range before {
			if !yield(k) {
				return
			}
		}
		for k := range after {
			if _, both := before[k]; !both && !yield(k) {
				return
			}
		}
	}) {
		if before[k] != after[k] {
			out = append(out, fmt.Sprintf("%s was %s and is %s", k, before[k], after[k]))
		}
	}
	return out
}

// keys returns the dotted keys of a resolved config with their values as text.
func keys(config string) map[string]string {
	out, section := map[string]string{}, ""
	for line := range strings.Lines(config) {
		line = strings.TrimSpace(line)
		if name, ok := strings.CutPrefix(line, "["); ok {
			section = strings.TrimSuffix(name, "]") + "."
		} else if key, value, ok := strings.Cut(line, " = "); ok && !strings.HasPrefix(line, "#") {
			out[section+key] = value
		}
	}
	return out
}

// restore goes back to the state of a checkpoint.
func (r *run[T]) restore(c *checkpoint, numbers []byte) error {
	weights, rates := r.x.Hidden*r.set.Size, r.set.Count*r.x.Hidden
	all := make([]T, weights+rates+len(c.Frames)*weights)
	if binary.Size(all) != len(numbers) {
		return fmt.Errorf("the checkpoint holds %d bytes of numbers, not %d", len(numbers), binary.Size(all))
	}
	if _, err := binary.Decode(numbers, binary.LittleEndian, all); err != nil {
		return err
	}
	err := r.learner.Restore(network.State[T]{
		Epoch: c.Epoch, Synapses: all[:weights], Rates: all[weights : weights+rates], Audit: c.Audit, Lateral: c.Lateral,
	})
	if err != nil {
		return err
	}
	for _, e := range c.Records {
		r.records = append(r.records, entry{e.Epoch, float64(e.Objective), float64(e.HoyerParts), float64(e.HoyerRates)})
	}
	r.report.Rises, r.report.Resumed = c.Rises, c.Epoch
	for k, f := range c.Frames {
		from := weights + rates + k*weights
		r.frames = append(r.frames, figure.Frame{Epoch: f.Epoch, Objective: float64(f.Objective), W: slices.Clone(wide(all[from : from+weights]))})
	}
	return nil
}

// due reports whether it is time for a checkpoint after an epoch.
func (r *run[T]) due(epoch int, last time.Time) bool {
	every := r.x.Checkpoint
	return every.Epochs > 0 && epoch%every.Epochs == 0 ||
		every.Seconds > 0 && time.Since(last) >= time.Duration(every.Seconds*float64(time.Second))
}
