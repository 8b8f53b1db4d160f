package main

import (
	"log"
	"net/http"

	"github.com/rs/cors"
)

func main() {
	http.Handle("/", http.FileServer(http.Dir("static")))
	log.Fatal(http.ListenAndServe(":8070", cors.Default().Handler(http.DefaultServeMux)))
}
