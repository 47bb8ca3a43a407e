package api

import (
	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func priceOf(p waitlist.Price) spec.Price {
	shown := spec.Price{Kind: spec.PriceKind(p.Kind), Currency: p.Currency, Amount: nullable.NewNullNullable[int64]()}
	if p.Kind == rules.PriceAmount {
		shown.Amount = nullable.NewNullableWithValue(p.Minor)
	}
	return shown
}
