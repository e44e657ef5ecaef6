package page

import (
	"crypto/sha256"
	"embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"regexp"
	"strings"
)

//go:embed assets
var assets embed.FS

// modules are the modules of the script of a report, each behind those that it imports.
var modules = []string{"array.js", "number.js", "shade.js", "recognise.js", "player.js", "bars.js", "curve.js", "part.js", "stimulus.js", "document.js", "report.js"}

// What makes a module of a file: the names that it imports and those that it gives to others.
var (
	importing = regexp.MustCompile(`(?m)^import .*;\n`)
	exporting = regexp.MustCompile(`(?m)^export `)
)

// bundle returns modules as one. Their names at the top must differ.
func bundle(names []string) string {
	var b strings.Builder
	for _, name := range names {
		text := exporting.ReplaceAllString(importing.ReplaceAllString(asset(name), ""), "")
		b.WriteString(text)
	}
	return b.String()
}

// asset returns a file that is part of the program.
func asset(name string) string {
	text, err := assets.ReadFile("assets/" + name)
	if err != nil {
		panic(err) // it is embedded
	}
	return string(text)
}

// policy allows a page its own script and style and the pictures that it holds, and no request.
func policy(script string) string {
	sum := sha256.Sum256([]byte(script))
	return fmt.Sprintf("default-src 'none'; script-src 'sha256-%s'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'", base64.StdEncoding.EncodeToString(sum[:]))
}

var templates = template.Must(template.New("").ParseFS(assets, "assets/*.tmpl"))
