package main

import (
	"fmt"
	"log"
	"net/http"

	"github.com/spf13/pflag"

	"example.com/shop/libs/money"
)

func main() {
	port := pflag.IntP("port", "p", 7000, "port to listen on")
	pflag.Parse()
	http.HandleFunc("/total", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, money.Format("19.9"))
	})
	log.Fatal(http.ListenAndServe(fmt.Sprintf(":%d", *port), nil))
}
