package problem

import (
	"errors"
	"fmt"
	"io"
	"net/http"
	"reflect"
	"strings"
	"testing"
)

func TestEveryKindHasItsStatus(t *testing.T) {
	for kind, want := range map[Kind]int{
		InvalidInput:    http.StatusUnprocessableEntity,
		Unauthenticated: http.StatusUnauthorized,
		Forbidden:       http.StatusForbidden,
		NotFound:        http.StatusNotFound,
		Conflict:        http.StatusConflict,
		Stale:           http.StatusPreconditionFailed,
		Gone:            http.StatusGone,
		Limited:         http.StatusTooManyRequests,
		Unavailable:     http.StatusServiceUnavailable,
		"":              http.StatusInternalServerError,
		"unheard of":    http.StatusInternalServerError,
	} {
		if got := Status(kind); got != want {
			t.Errorf("Status(%q) = %d, want %d", kind, got, want)
		}
	}
}

func TestKindIsFoundThroughWrappers(t *testing.T) {
	gone := New(Gone, "problem.offer_over")
	for name, c := range map[string]struct {
		err  error
		want Kind
	}{
		"nil":             {nil, ""},
		"a foreign error": {io.EOF, ""},
		"itself":          {gone, Gone},
		"wrapped":         {fmt.Errorf("accept offer: %w", gone), Gone},
		"joined":          {errors.Join(io.EOF, gone), Gone},
		"the outermost":   {New(Conflict, "problem.taken").Because(gone), Conflict},
	} {
		if got := KindOf(c.err); got != c.want {
			t.Errorf("%s: kind %q, want %q", name, got, c.want)
		}
	}
}

func TestArgumentsAreNamed(t *testing.T) {
	got := New(Conflict, "problem.taken", "Slot", 7, "By", "nobody").Args
	want := map[string]any{"Slot": 7, "By": "nobody"}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("args %v, want %v", got, want)
	}
	if New(Conflict, "problem.taken").Args != nil {
		t.Error("no arguments should be nil")
	}
}

func TestMisnamedArgumentsPanic(t *testing.T) {
	for name, args := range map[string][]any{
		"an odd count":            {"Slot"},
		"a name that is a number": {7, "Slot"},
	} {
		func() {
			defer func() {
				if recover() == nil {
					t.Errorf("%s did not panic", name)
				}
			}()
			Bad("name", "problem.required", args...)
		}()
	}
}

func TestTextNamesKindKeyFieldsAndCause(t *testing.T) {
	err := Invalid(Bad("email", "problem.email"), Bad("name", "problem.required")).Because(io.ErrUnexpectedEOF)
	want := "invalid: problem.invalid (email problem.email, name problem.required): unexpected EOF"
	if err.Error() != want {
		t.Errorf("text %q, want %q", err.Error(), want)
	}
	if !errors.Is(err, io.ErrUnexpectedEOF) {
		t.Error("the cause is not found by errors.Is")
	}
}

func TestTextHoldsNothingThatWasTyped(t *testing.T) {
	const canary = "ada@example.org"
	err := Invalid(Bad("email", "problem.email", "Value", canary))
	err.Args = map[string]any{"Value": canary}
	for _, text := range []string{err.Error(), fmt.Sprint(err), fmt.Sprintf("%+v", err), fmt.Sprintf("%q", err)} {
		if strings.Contains(text, canary) {
			t.Errorf("personal data in %q", text)
		}
	}
}

func TestACauseIsAddedToACopy(t *testing.T) {
	shared := New(Unavailable, "problem.mail_down")
	if shared.Because(io.EOF) == shared || shared.Unwrap() != nil {
		t.Error("Because changed the shared error")
	}
}
