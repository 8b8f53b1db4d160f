package main

func greeting() string {
	return "no module"
}
