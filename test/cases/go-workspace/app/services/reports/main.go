package main

import (
	"fmt"

	"example.com/shop/libs/money"
)

func main() {
	fmt.Println(money.Format("0"))
}
