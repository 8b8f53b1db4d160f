package main

import (
	"fmt"
	"log"
	"os"
	"time"

	"github.com/robfig/cron/v3"
)

func main() {
	berlin, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		log.Fatal(err)
	}
	if _, err := os.Create(os.TempDir() + "/worker.lock"); err != nil {
		log.Fatal(err)
	}
	jobs := cron.New(cron.WithLocation(berlin), cron.WithSeconds())
	jobs.AddFunc("* * * * * *", func() {
		fmt.Println("tick", time.Date(2026, 7, 1, 0, 0, 0, 0, berlin).Format("MST"))
	})
	jobs.Run()
}
