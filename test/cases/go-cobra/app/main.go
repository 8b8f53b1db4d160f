package main

import "example.com/wordcount/cmd"

func main() {
	cmd.Execute()
}
