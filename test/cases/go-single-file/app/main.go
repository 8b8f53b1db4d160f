package main

import (
	"flag"
	"fmt"
	"net/http"
)

var port = flag.Int("port", 8081, "port")

func main() {
	flag.Parse()
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, greeting())
	})
	panic(http.ListenAndServe(fmt.Sprintf(":%d", *port), nil))
}
