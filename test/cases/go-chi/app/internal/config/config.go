package config

import (
	"fmt"

	"github.com/caarlos0/env/v11"
)

type Config struct {
	Host string `env:"HOST" envDefault:"127.0.0.1"`
	Port int    `env:"HTTP_PORT" envDefault:"8085"`
}

func Load() (Config, error) {
	return env.ParseAs[Config]()
}

func (c Config) Address() string {
	return fmt.Sprintf("%s:%d", c.Host, c.Port)
}
