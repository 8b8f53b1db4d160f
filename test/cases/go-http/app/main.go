package main

import (
	"fmt"
	"log"
	"net/http"
	"os"
	"time"
)

// filled by the build
var (
	version = "dev"
	commit  = "none"
)

func main() {
	addr := getEnv("LISTEN_ADDR", ":9000")
	if len(os.Args) > 1 && os.Args[1] == "healthcheck" {
		healthcheck(addr)
		return
	}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /status", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "version %s (%s)\n", version, commit)
	})
	mux.HandleFunc("GET /hello/{name}", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintf(w, "Hello, %s\n", r.PathValue("name"))
	})
	log.Fatal(http.ListenAndServe(addr, mux))
}

func healthcheck(addr string) {
	client := http.Client{Timeout: 2 * time.Second}
	response, err := client.Get("http://127.0.0.1" + addr + "/status")
	if err != nil || response.StatusCode != http.StatusOK {
		os.Exit(1)
	}
}

func getEnv(name, otherwise string) string {
	if value, ok := os.LookupEnv(name); ok {
		return value
	}
	return otherwise
}
