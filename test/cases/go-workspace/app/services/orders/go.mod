module example.com/shop/services/orders

go 1.26.8

replace example.com/shop/libs/money => ../../libs/money

require (
	example.com/shop/libs/money v0.0.0-00010101000000-000000000000
	github.com/spf13/pflag v1.1.0
)

require github.com/shopspring/decimal v1.6.0 // indirect
