// Package config reads TOML files whose keys are described in a table.
//
// A [Field] describes one key: its name, its meaning, the values that are allowed and the
// variable that it sets. [Parse] reads a file and keeps the line of every key, [Set] and
// [SetText] give a key its value, and [Write] writes a table as TOML with the meaning of
// each key as a comment. Errors name the key, the value, what is allowed and the nearest key or value
// that exists.
package config
