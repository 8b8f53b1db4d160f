package cmd

import (
	"fmt"
	"os"
	"strings"

	"github.com/spf13/cobra"
)

var version = "dev"

var rootCmd = &cobra.Command{
	Use:     "wordcount [words]",
	Short:   "Counts words",
	Version: version,
	Args:    cobra.MinimumNArgs(1),
	RunE: func(cmd *cobra.Command, args []string) error {
		upper, err := cmd.Flags().GetBool("upper")
		if err != nil {
			return err
		}
		text := fmt.Sprintf("%d words: %s", len(args), strings.Join(args, " "))
		if upper {
			text = strings.ToUpper(text)
		}
		fmt.Println(text)
		return nil
	},
}

func init() {
	rootCmd.Flags().Bool("upper", false, "shout")
}

func Execute() {
	if err := rootCmd.Execute(); err != nil {
		os.Exit(1)
	}
}
