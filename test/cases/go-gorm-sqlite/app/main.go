package main

import (
	"encoding/json"
	"log"
	"net/http"
	"os"

	"gorm.io/driver/sqlite"
	"gorm.io/gorm"
)

type Product struct {
	gorm.Model
	Code  string
	Price uint
}

func main() {
	path := os.Getenv("DATABASE")
	if path == "" {
		path = "shop.db"
	}
	db, err := gorm.Open(sqlite.Open(path), &gorm.Config{})
	if err != nil {
		log.Fatal(err)
	}
	if err := db.AutoMigrate(&Product{}); err != nil {
		log.Fatal(err)
	}
	db.Create(&Product{Code: "D42", Price: 100})

	http.HandleFunc("/products", func(w http.ResponseWriter, r *http.Request) {
		var products []Product
		db.Find(&products)
		json.NewEncoder(w).Encode(products)
	})
	log.Fatal(http.ListenAndServe(":8080", nil))
}
