package main

import (
	"log"
	"net/http"
	"os"
)

func main() {
	if os.Getenv("DATABASE"+"_URL") == "" {
		log.Fatal("DATABASE_URL is not set")
	}
	log.Fatal(http.ListenAndServe(":8080", nil))
}
