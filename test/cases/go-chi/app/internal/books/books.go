package books

import (
	"encoding/json"
	"net/http"

	"github.com/go-chi/chi/v5"
)

type Book struct {
	Title string `json:"title"`
}

func All() []Book {
	return []Book{{"The Dispossessed"}, {"Solaris"}}
}

func Routes() chi.Router {
	r := chi.NewRouter()
	r.Get("/", func(w http.ResponseWriter, r *http.Request) {
		json.NewEncoder(w).Encode(All())
	})
	return r
}
