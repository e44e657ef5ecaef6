package campaign

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"

	"partsnet/internal/kernel"
	"partsnet/sim/experiment"
	"partsnet/sim/program"
	"partsnet/sim/record"
)

// LedgerFile is the name of the ledger.
const LedgerFile = "runs.log"

// header is the first line of the ledger. Another one follows where the campaign is continued as
// another one, such as one with more jobs.
type header struct {
	Version, Kernel string
	Identity        json.RawMessage
}

// headerOf returns the header in a line of the ledger; ok is false for an entry.
func headerOf(line []byte) (h header, ok bool) {
	return h, json.Unmarshal(line, &h) == nil && h.Version != ""
}

// reread takes from the ledger what is done already, and writes a header if what the campaign is
// has changed. A job is taken if its checksum is the same and it did not fail.
func (r *running) reread(lines [][]byte) error {
	identity, err := json.Marshal(r.Identity)
	if err != nil {
		return err
	}
	want := header{program.Version(), kernel.Level(), identity}
	if len(lines) > 0 {
		was, ok := headerOf(lines[0])
		if err := r.continues(was, ok, want); err != nil {
			return err
		}
	}
	if !bytes.Equal(identityIn(lines), identity) {
		text, err := json.Marshal(want)
		if err == nil {
			err = r.log.Append(text)
		}
		if err != nil {
			return err
		}
	}
	configs := map[string]string{}
	for _, j := range r.Jobs {
		configs[j.Key] = j.Config
	}
	for _, line := range lines {
		if _, ok := headerOf(line); ok {
			continue
		}
		var e Entry
		if err := json.Unmarshal(line, &e); err != nil {
			return fmt.Errorf("a complete line of the ledger cannot be read: %w", err)
		}
		if config, wanted := configs[e.Key]; wanted && e.Error == "" && config == e.Config {
			r.done[e.Key] = e
		}
	}
	return nil
}

// continues returns an error where a ledger was begun by another program, whose results might have
// other bits.
func (r *running) continues(was header, ok bool, now header) error {
	var what string
	switch {
	case !ok:
		what = "its log has no header"
	case was.Version != now.Version:
		what = fmt.Sprintf("version %s began it, and this is %s", was.Version, now.Version)
	case was.Kernel != now.Kernel:
		what = fmt.Sprintf("the kernel was %s and is %s; %s=%s continues with the same bits", was.Kernel, now.Kernel, kernel.Variable, was.Kernel)
	default:
		return nil
	}
	return &experiment.RequestError{Err: fmt.Errorf("the %s cannot be continued: %s; use the same, or choose another directory with --out", r.What, what)}
}

// Identity returns what an interrupted campaign was, by its ledger in a folder DIR.partial; nil
// where there is none.
func Identity(partial string) json.RawMessage { return identityIn(record.ReadLog(partial, LedgerFile)) }

// identityIn returns the identity in the last header of a ledger; nil where there is none.
func identityIn(lines [][]byte) (id json.RawMessage) {
	for _, line := range lines {
		if h, ok := headerOf(line); ok {
			id = h.Identity
		}
	}
	return id
}

// ConfigSum returns the checksum of an experiment, the Config of a job that is a run of it.
func ConfigSum(x *experiment.Experiment) string {
	sum := sha256.Sum256([]byte(x.TOML()))
	return hex.EncodeToString(sum[:8])
}
