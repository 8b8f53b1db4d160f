package main

import (
	"encoding/json"
	"os"

	"example.com/library/internal/books"
)

func main() {
	json.NewEncoder(os.Stdout).Encode(books.All())
}
