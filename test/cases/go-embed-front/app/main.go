package main

import (
	"fmt"
	"io/fs"
	"log"
	"net/http"
	"os"

	"example.com/notes/ui"
)

func main() {
	port := os.Getenv("PORT")
	if port == "" {
		port = "8080"
	}
	pages, err := fs.Sub(ui.Pages, "dist")
	if err != nil {
		log.Fatal(err)
	}
	http.Handle("GET /", http.FileServerFS(pages))
	http.HandleFunc("GET /api/hello", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "hello")
	})
	log.Fatal(http.ListenAndServe(":"+port, nil))
}
