package cmd

import (
	"fmt"
	"net/http"

	"github.com/spf13/cobra"
	"github.com/spf13/viper"
)

var serveCmd = &cobra.Command{
	Use:   "serve",
	Short: "Serves the catalog",
	RunE: func(cmd *cobra.Command, args []string) error {
		http.HandleFunc("/", func(w http.ResponseWriter, r *http.Request) {
			fmt.Fprintln(w, viper.GetString("title"))
		})
		return http.ListenAndServe(viper.GetString("listen"), nil)
	},
}

func init() {
	serveCmd.Flags().StringP("listen", "l", "127.0.0.1:8088", "address")
	cobra.CheckErr(viper.BindPFlag("listen", serveCmd.Flags().Lookup("listen")))
}
