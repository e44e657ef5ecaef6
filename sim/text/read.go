package text

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode"
	"unicode/utf8"
)

// readLines visits the documents of JSON lines. Empty lines are passed over.
func readLines(r io.Reader, visit func(title string, text []byte) error) error {
	lines := bufio.NewScanner(&limited{r, maxBytes})
	lines.Buffer(nil, maxDocument)
	number := 0
	for lines.Scan() {
		number++
		line := lines.Bytes()
		if number == 1 {
			line = bytes.TrimPrefix(line, byteOrderMark)
		}
		line = bytes.TrimSpace(line)
		if len(line) == 0 {
			continue
		}
		if at := invalid(line); at >= 0 {
			return fmt.Errorf("line %d: byte %d is not UTF-8; convert the file first", number, at+1)
		}
		var document struct {
			Title *string
			Text  *string
		}
		if err := json.Unmarshal(line, &document); err != nil {
			return fmt.Errorf("line %d: %w; expected a JSON object with \"title\" and \"text\"", number, err)
		}
		if document.Text == nil {
			return fmt.Errorf("line %d: there is no \"text\"; expected a JSON object with \"title\" and \"text\"", number)
		}
		title := ""
		if document.Title != nil {
			title = oneLine(*document.Title)
		}
		if title == "" {
			title = fmt.Sprintf("line %d", number)
		}
		if len(title) > maxTitle {
			return fmt.Errorf("line %d: a title of %d bytes; allowed are %d", number, len(title), maxTitle)
		}
		if err := visit(title, []byte(*document.Text)); err != nil {
			return fmt.Errorf("line %d: %w", number, err)
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("after line %d: %w; a line may have %d bytes", number, err, maxDocument)
	}
	return nil
}

// readText visits one text, which is called as its file.
func readText(name string, r io.Reader, visit func(title string, text []byte) error) error {
	text, err := io.ReadAll(io.LimitReader(r, maxDocument+1))
	if err == nil && len(text) > maxDocument {
		err = fmt.Errorf("more than %d bytes", maxDocument)
	}
	if at := invalid(text); err == nil && at >= 0 {
		line, column := 1+bytes.Count(text[:at], []byte("\n")), at-bytes.LastIndexByte(text[:at], '\n')
		err = fmt.Errorf("line %d: byte %d is not UTF-8; convert the file first", line, column)
	}
	if err == nil {
		err = visit(oneLine(strings.TrimSuffix(path.Base(name), path.Ext(name))), text)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return nil
}

// byteOrderMark begins texts that some editors write.
var byteOrderMark = []byte("\ufeff")

// oneLine returns a title without line breaks and other controls, because titles are
// kept one a line.
func oneLine(title string) string {
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) || r == '\u2028' || r == '\u2029' {
			return ' '
		}
		return r
	}, title))
}

// invalid returns the first byte that is not part of UTF-8, or −1.
func invalid(text []byte) int {
	if utf8.Valid(text) {
		return -1
	}
	for at := 0; ; {
		r, size := utf8.DecodeRune(text[at:])
		if r == utf8.RuneError && size <= 1 {
			return at
		}
		at += size
	}
}
