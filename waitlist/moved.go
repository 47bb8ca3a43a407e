package waitlist

import "context"

// SlugNow is the public address that a business has by now which once had this one. Fails with NotFound.
func (w *Waitlist) SlugNow(ctx context.Context, former string) (string, error) {
	slug, err := w.db.SlugNow(ctx, former)
	return found(slug, err, "problem.no_such_business")
}
