package main

import (
	"fmt"
	"net/http"

	"github.com/sirupsen/logrus"
)

func main() {
	http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
		fmt.Fprintln(w, "orders")
	})
	logrus.Info("orders listens on :8000")
	logrus.Fatal(http.ListenAndServe("0.0.0.0:8000", nil))
}
