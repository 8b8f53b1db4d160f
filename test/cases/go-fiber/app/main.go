package main

import (
	"log"

	"github.com/gofiber/fiber/v2"
	"github.com/gofiber/template/html/v2"
)

func main() {
	engine := html.New("./views", ".html")
	app := fiber.New(fiber.Config{Views: engine})
	app.Static("/", "./public")
	app.Get("/hello/:name", func(c *fiber.Ctx) error {
		return c.Render("index", fiber.Map{"Name": c.Params("name")})
	})
	log.Fatal(app.Listen(":3000"))
}
