package cmd

import (
	"os"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"
)

var rootCmd = &cobra.Command{
	Use:   "catalog",
	Short: "Catalog of everything",
}

func Execute() {
	if err := rootCmd.Execute(); err != nil {
		os.Exit(1)
	}
}

func init() {
	cobra.OnInitialize(func() {
		viper.SetConfigFile("config/catalog.yaml")
		viper.SetEnvPrefix("catalog")
		viper.AutomaticEnv()
		cobra.CheckErr(viper.ReadInConfig())
	})
	rootCmd.AddCommand(serveCmd, versionCmd)
}
