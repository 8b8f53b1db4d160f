// Reads Dockerfiles as lines of JSON texts, and answers each with its instructions as BuildKit parses them.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"strings"

	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

type instruction struct {
	Name     string   `json:"name"`
	Flags    []string `json:"flags"`
	Words    []string `json:"words"`
	Heredocs []string `json:"heredocs"`
	JSON     bool     `json:"json"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var text string
		if err := json.Unmarshal(in.Bytes(), &text); err != nil {
			panic(err)
		}
		if err := out.Encode(instructions(text)); err != nil {
			panic(err)
		}
	}
}

func instructions(text string) []instruction {
	parsed, err := parser.Parse(strings.NewReader(text))
	if err != nil {
		return []instruction{{Name: "error", Words: []string{err.Error()}}}
	}
	all := []instruction{}
	// a directive of the parser that no template has
	if parsed.EscapeToken != '\\' {
		all = append(all, instruction{Name: "escape", Words: []string{string(parsed.EscapeToken)}})
	}
	for _, node := range parsed.AST.Children {
		one := instruction{Name: node.Value, Flags: node.Flags, Words: []string{}, Heredocs: []string{}, JSON: node.Attributes["json"]}
		for next := node.Next; next != nil; next = next.Next {
			one.Words = append(one.Words, next.Value)
		}
		for _, heredoc := range node.Heredocs {
			one.Heredocs = append(one.Heredocs, heredoc.Content)
		}
		all = append(all, one)
	}
	return all
}
