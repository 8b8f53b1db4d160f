// Package ui holds the pages that the program serves.
package ui

import "embed"

//go:embed all:dist
var Pages embed.FS
