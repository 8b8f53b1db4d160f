package main

import (
	"fmt"
	"os"
	"strings"

	"github.com/alecthomas/kong"

	"example.com/checksum/checksum"
)

var cli struct {
	Text []string `arg:"" help:"Text to sum."`
}

func main() {
	kong.Parse(&cli)
	fmt.Fprintf(os.Stdout, "%08x\n", checksum.CRC32(strings.Join(cli.Text, " ")))
}
