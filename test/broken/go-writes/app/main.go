package main

import (
	"log"
	"net/http"
	"os"
	"strings"
)

func main() {
	d := strings.Join([]string{"data", "files"}, "/")
	if err := os.MkdirAll(d, 0o755); err != nil {
		log.Fatal(err)
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
