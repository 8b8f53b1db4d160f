package money

import "github.com/shopspring/decimal"

func Format(amount string) string {
	return decimal.RequireFromString(amount).StringFixed(2) + " EUR"
}
