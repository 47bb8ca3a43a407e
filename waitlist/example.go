package waitlist

import (
	"context"
	"time"
)

// Example is what a made-up message is about: a business with its first service and who gives it. A business without any has an empty one.
type Example struct {
	Business Business
	Service  ServiceChoice
	Now      time.Time // in the business's zone
}

// Example reads what a made-up message of a business is about.
func (w *Waitlist) Example(ctx context.Context, tenantID int64) (Example, error) {
	b, err := w.Business(ctx, tenantID)
	if err != nil {
		return Example{}, err
	}
	now, err := w.db.Now(ctx)
	if err != nil {
		return Example{}, err
	}
	e := Example{Business: b, Now: now.In(b.Zone)}
	services, err := w.choices(ctx, b)
	if err != nil {
		return Example{}, err
	}
	if len(services) > 0 {
		e.Service = services[0]
	}
	return e, nil
}
