package main

import (
	"fmt"
	"log"
	"net/http"

	"github.com/julienschmidt/httprouter"
	"github.com/rs/xid"
)

func main() {
	router := httprouter.New()
	router.GET("/id", func(w http.ResponseWriter, r *http.Request, _ httprouter.Params) {
		fmt.Fprintf(w, "id %s\n", xid.New())
	})
	server := http.Server{
		Addr:    ":4000",
		Handler: router,
	}
	log.Fatal(server.ListenAndServe())
}
