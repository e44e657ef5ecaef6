package stimulus

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"partsnet/sim/archive"
)

// SeveralBytes is the memory that a rate takes while several files are read, in bytes: in the stimuli
// of its file, whose list may have grown by a quarter, and in those of all.
const SeveralBytes = 8 + growing + 8

// Files says which files of a folder or an archive are one set of stimuli: those that fit a pattern,
// or those of a table.
type Files struct {
	Pattern   string // of their names, with fields in braces; see groups.files
	Key       string // of the pattern, for errors; "" for groups.files
	Table     string // path of a table of files with their subject, condition and trial
	Transpose bool   // each column of a file is a stimulus
}

// key is the key of the pattern.
func (f Files) key() string { return cmp.Or(f.Key, "groups.files") }

// Several reports whether several files are asked for.
func (f Files) Several() bool { return f.Pattern != "" || f.Table != "" }

// HoldsFiles reports whether a path is that of a folder or an archive, which may hold several files.
func HoldsFiles(file string) bool {
	info, err := os.Stat(file)
	return imagesFormat.Fits(file) || err == nil && info.IsDir()
}

// LoadSeveral is [LoadRaw] of several files of a folder or an archive, whose stimuli follow each
// other: each file is a recording. The files have the same visible neurons, in any order where
// these have names.
func LoadSeveral(ctx context.Context, file string, files Files, how Options) (*Set, error) {
	set, err := loadSeveral(ctx, file, files, how)
	if err != nil && ctx.Err() != nil {
		err = ctx.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	set.Source = file
	return set, set.validate(-math.MaxFloat64, how.Table.Missing == Masked)
}

func loadSeveral(ctx context.Context, file string, files Files, how Options) (*Set, error) {
	if _, err := os.Stat(file); err != nil {
		return nil, fmt.Errorf("cannot read stimuli: %w", err)
	}
	if !HoldsFiles(file) {
		return nil, fmt.Errorf("groups.files and groups.table choose files of a folder or an archive, and this is neither; allowed are %s", imagesFormat.Files())
	}
	var names []string
	hidden := &archive.Report{}
	err := archive.List(ctx, file, func(name string) error {
		if archive.IsDotfile(name) {
			hidden.Leave(name)
		} else {
			names = append(names, name)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	archive.SortNaturally(names)
	names = slices.Compact(names) // a name that an archive has twice is refused where it is read
	chosen, said, err := files.choose(ctx, names)
	if err != nil {
		return nil, err
	}
	sets, err := readMembers(ctx, file, chosen, func(ctx context.Context, at, name string) (*Set, error) {
		return readRecording(ctx, at, name, files.Transpose, how)
	})
	if err != nil {
		return nil, err
	}
	set, err := join(chosen, sets)
	if err != nil {
		return nil, err
	}
	phrases := []string{number(len(chosen), "file", "files") + " read"}
	set.Read = slices.Concat(phrases, said, hidden.Said("files"), set.Read)
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		for _, c := range chosen {
			set.Files = append(set.Files, filepath.Join(file, filepath.FromSlash(c.file)))
		}
	}
	return set, nil
}

// chosen is a file that is read, and the recording that it is.
type chosen struct {
	file string // its path within the folder or archive
	Recording
}

// choose returns the files of those names that are read, and says what is left out.
func (f Files) choose(ctx context.Context, names []string) (all []chosen, said []string, err error) {
	if f.Table != "" {
		return chosenByTable(ctx, f.Table, names)
	}
	p, err := patternOf(f.key(), f.Pattern)
	if err != nil {
		return nil, nil, err
	}
	var left []string
	for _, name := range names {
		r, ok, err := p.match(name)
		switch {
		case err != nil:
			return nil, nil, err
		case ok:
			all = append(all, chosen{name, r})
		default:
			left = append(left, name)
		}
	}
	if all == nil && left == nil {
		return nil, nil, fmt.Errorf("%w: there is no file", ErrNoStimuli)
	}
	if all == nil {
		return nil, nil, fmt.Errorf("%s = %q fits none of %s: %s", f.key(), f.Pattern, number(len(left), "file", "files"), archive.First(left))
	}
	if err := p.distinct(all); err != nil {
		return nil, nil, err
	}
	nameAll(all)
	if left != nil {
		said = append(said, fmt.Sprintf("%s left out, which %s = %q does not fit: %s", number(len(left), "file", "files"), f.key(), f.Pattern, archive.First(left)))
	}
	return all, said, nil
}

// distinct returns an error for two files that the pattern reads as the same, because they lie in
// different folders. With a star files may differ in what it stands for.
func (p *pattern) distinct(all []chosen) error {
	first := map[Recording]string{}
	for _, c := range all {
		r := Recording{Subject: c.Subject, Condition: c.Condition, Trial: c.Trial}
		before, twice := first[r]
		if twice && !p.star && p.fields != nil {
			return fmt.Errorf("%s = %q: %s and %s are both of %s; write their folders into the pattern, such as %q", p.key, p.text, before, c.file, r.said(), path.Dir(before)+"/"+p.text)
		}
		first[r] = c.file
	}
	return nil
}

// nameAll gives the recordings the names of their files: without folders that the pattern does not
// speak of and without endings, as far as the names are different then.
func nameAll(all []chosen) {
	for _, name := range []func(c chosen) string{
		func(c chosen) string { return withoutEnding(c.Name) },
		func(c chosen) string { return withoutEnding(c.file) },
		func(c chosen) string { return c.file },
	} {
		seen := map[string]bool{}
		for _, c := range all {
			seen[OneLine(name(c))] = true
		}
		if len(seen) == len(all) {
			for k, c := range all {
				all[k].Name = OneLine(name(c))
			}
			return
		}
	}
}

// readRecording reads one of several files, which lies at a path.
func readRecording(ctx context.Context, at, name string, transpose bool, how Options) (*Set, error) {
	format, ok := formatOf(name)
	switch {
	case IsImage(name):
		return nil, fmt.Errorf("%s is an image, which is one stimulus; groups.files and groups.table are for tables and arrays of stimuli", name)
	case !ok:
		return nil, fmt.Errorf("%s: %w; allowed are %s", name, ErrFormat, Allowed(formats[1:]))
	case format.Folder:
		return nil, fmt.Errorf("%s is an archive within a folder or an archive; unpack it first", name)
	}
	set, err := format.read(ctx, at, "", how)
	if err == nil {
		set.Source = name
		err = set.validate(-math.MaxFloat64, how.Table.Missing == Masked)
	} else {
		err = fmt.Errorf("%s: %w", name, err)
	}
	if err != nil {
		return nil, err
	}
	if transpose {
		set.Read = append(set.Read, "transposed: each column is a stimulus")
		set.Transpose()
	}
	return set, nil
}

// readMembers reads files of a folder or an archive, and returns them in the order of all. Those of
// an archive are unpacked into a temporary folder, one at a time.
func readMembers(ctx context.Context, file string, all []chosen, read func(ctx context.Context, at, name string) (*Set, error)) ([]*Set, error) {
	sets, values := make([]*Set, len(all)), 0
	keep := func(k int, at string) (err error) {
		if err = ctx.Err(); err == nil {
			sets[k], err = read(ctx, at, all[k].file)
		}
		if err != nil {
			return err
		}
		held := len(sets[k].Rates)
		if sets[k].Counts != nil {
			held = len(sets[k].Counts.Held().Index)
		}
		if values += held; values > maxValues {
			return fmt.Errorf("%s: more than %d values with the files before it", all[k].file, maxValues)
		}
		return nil
	}
	if info, err := os.Stat(file); err != nil || info.IsDir() {
		for k, c := range all {
			at := filepath.Join(file, filepath.FromSlash(c.file))
			if err := regular(at, c.file); err != nil {
				return nil, err
			}
			if err := keep(k, at); err != nil {
				return nil, err
			}
		}
		return sets, err
	}
	folder, err := os.MkdirTemp("", "partsnet-")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(folder)
	place := map[string]int{}
	for k, c := range all {
		if f, ok := formatOf(c.file); ok && f.Arrays {
			return nil, fmt.Errorf("%s: a file of several arrays in an archive; unpack it first", c.file)
		}
		place[c.file] = k
	}
	wanted := archive.Files{What: "files", Bytes: 9 * maxValues, Want: func(name string) bool { _, ok := place[name]; return ok }}
	err = archive.Walk(ctx, file, wanted, func(name string, r io.Reader) error {
		unpacked := filepath.Join(folder, path.Base(name))
		err := unpack(unpacked, r)
		if err == nil {
			err = keep(place[name], unpacked)
		}
		return errors.Join(err, os.Remove(unpacked))
	})
	return sets, err
}

// regular returns an error for what is no file, such as a pipe, which may never end, and for a link
// that leads nowhere.
func regular(at, name string) error {
	info, err := os.Stat(at)
	if target, isLink := os.Readlink(at); err != nil && isLink == nil {
		return fmt.Errorf("%s is a link to %s, which cannot be read: %w", name, target, err)
	}
	if err == nil && !info.Mode().IsRegular() {
		err = fmt.Errorf("%s is not a regular file (%v) and is refused", name, info.Mode().Type())
	}
	return err
}

// unpack writes what is read into a new file.
func unpack(to string, r io.Reader) error {
	w, err := os.Create(to)
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	return errors.Join(err, w.Close())
}

// severalKeys says how several files become one set.
func severalKeys(found []string) string {
	return fmt.Sprintf("groups.files, a pattern such as %q, reads all that fit as one set of stimuli, and so does groups.table, a table that lists them", "{subject}_{trial}"+strings.ToLower(path.Ext(found[0])))
}
