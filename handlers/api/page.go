package api

import (
	"encoding/base64"
	"strconv"

	"github.com/oapi-codegen/nullable"

	"github.com/your-org/waitlist-management/handlers/api/spec"
	"github.com/your-org/waitlist-management/problem"
)

// usualLimit is how many a page of a list has unless more or fewer were asked for.
const usualLimit = 50

func limitOf(asked *spec.Limit) int {
	if asked == nil {
		return usualLimit
	}
	return *asked
}

// cursor makes what stands for a place in a list of something that tells where it goes on.
func cursor(place string) nullable.Nullable[string] {
	if place == "" {
		return nullable.NewNullNullable[string]()
	}
	return nullable.NewNullableWithValue(base64.RawURLEncoding.EncodeToString([]byte(place)))
}

// placeOf is what cursor was made of; empty for the first page. Fails with InvalidInput.
func placeOf(asked *spec.Cursor) (string, error) {
	if asked == nil {
		return "", nil
	}
	place, err := base64.RawURLEncoding.DecodeString(*asked)
	if err != nil {
		return "", badCursor()
	}
	return string(place), nil
}

func badCursor() error { return problem.Invalid(problem.Bad("cursor", "problem.api.value")) }

// pageOf is a page of a list that is short enough to be read whole, and the cursor of the next.
func pageOf[T any](list []T, limit *spec.Limit, asked *spec.Cursor) (page []T, next nullable.Nullable[string], err error) {
	place, err := placeOf(asked)
	if err != nil {
		return nil, cursor(""), err
	}
	from := 0
	if place != "" {
		if from, err = strconv.Atoi(place); err != nil || from < 1 {
			return nil, cursor(""), badCursor()
		}
	}
	from = min(from, len(list))
	to := min(from+limitOf(limit), len(list))
	page = append([]T{}, list[from:to]...)
	if to < len(list) {
		return page, cursor(strconv.Itoa(to)), nil
	}
	return page, cursor(""), nil
}

// orNull is a value, or null for the zero one.
func orNull[T comparable](v T) nullable.Nullable[T] {
	var zero T
	if v == zero {
		return nullable.NewNullNullable[T]()
	}
	return nullable.NewNullableWithValue(v)
}
