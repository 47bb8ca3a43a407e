package i18n

import "context"

type contextKey struct{}

// With returns a context that carries the locale of whoever will read the answer.
func With(ctx context.Context, l Locale) context.Context {
	return context.WithValue(ctx, contextKey{}, l)
}

// From is the locale that With put there, English if none. Components take theirs from here.
func From(ctx context.Context) Locale {
	l, _ := ctx.Value(contextKey{}).(Locale)
	return l
}
