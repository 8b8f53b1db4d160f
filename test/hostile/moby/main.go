// Reads .dockerignore files with paths as lines of JSON, and answers each with the paths that a build is sent: by moby's own
// matcher, walked as BuildKit walks a context.
package main

import (
	"bufio"
	"encoding/json"
	"os"
	"path"
	"strings"

	"github.com/moby/patternmatcher"
	"github.com/moby/patternmatcher/ignorefile"
)

type context struct {
	Ignore string   `json:"ignore"`
	Paths  []string `json:"paths"`
}

func main() {
	in := bufio.NewScanner(os.Stdin)
	in.Buffer(make([]byte, 1<<20), 1<<26)
	out := json.NewEncoder(os.Stdout)
	for in.Scan() {
		var one context
		if err := json.Unmarshal(in.Bytes(), &one); err != nil {
			panic(err)
		}
		if err := out.Encode(sent(one)); err != nil {
			panic(err)
		}
	}
}

// https://github.com/tonistiigi/fsutil/blob/master/filter.go: a folder that matches is not entered unless a line lets
// something of it in, and what a line says of a folder holds for all that is in it until another says otherwise.
func sent(one context) []string {
	patterns, err := ignorefile.ReadAll(strings.NewReader(one.Ignore))
	if err != nil {
		panic(err)
	}
	matcher, err := patternmatcher.New(patterns)
	if err != nil {
		panic(err)
	}
	found := []string{}
	for _, file := range one.Paths {
		info := patternmatcher.MatchInfo{}
		out := false
		parts := strings.Split(file, "/")
		for i := range parts {
			at := path.Join(parts[:i+1]...)
			out, info, err = matcher.MatchesUsingParentResults(at, info)
			if err != nil {
				panic(err)
			}
		}
		if !out {
			found = append(found, file)
		}
	}
	return found
}
