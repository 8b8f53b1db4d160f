package main

import (
	"embed"
	"flag"
	"net/http"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"
)

//go:embed public
var public embed.FS

func main() {
	addr := flag.String("addr", "localhost:1323", "address to listen on")
	flag.Parse()

	e := echo.New()
	e.HideBanner = true
	e.Use(middleware.Recover())
	e.StaticFS("/", echo.MustSubFS(public, "public"))
	e.GET("/users/:id", getUser)
	e.GET("/health", func(c echo.Context) error { return c.NoContent(http.StatusNoContent) })
	e.Logger.Fatal(e.Start(*addr))
}

func getUser(c echo.Context) error {
	return c.String(http.StatusOK, "user "+c.Param("id"))
}
