package handlers

import (
	"context"
	"encoding/json"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

var (
	fine   = func(context.Context) error { return nil }
	broken = func(context.Context) error { return errors.New("secret-host:3306 refused") }
)

func TestReadyNamesWhatFailedAndNotWhy(t *testing.T) {
	for _, c := range []struct {
		name   string
		checks []Check
		code   int
		status string
		failed string
	}{
		{"all is fine", []Check{{"database", true, fine}, {"redis", false, fine}}, http.StatusOK, "ready", ""},
		{"something needed failed", []Check{{"database", true, broken}, {"redis", false, fine}}, http.StatusServiceUnavailable, "failed", "database"},
		{"something else failed", []Check{{"database", true, fine}, {"redis", false, broken}}, http.StatusOK, "degraded", "redis"},
		{"both failed", []Check{{"database", true, broken}, {"redis", false, broken}}, http.StatusServiceUnavailable, "failed", "database redis"},
		{"both failed, in the other order", []Check{{"redis", false, broken}, {"database", true, broken}}, http.StatusServiceUnavailable, "failed", "redis database"},
	} {
		code, answer, text := ask(t, NewHealth(c.checks...))
		if code != c.code || answer.Status != c.status {
			t.Errorf("%s: %d %s, want %d %s", c.name, code, answer.Status, c.code, c.status)
		}
		for _, check := range c.checks {
			want := "ok"
			if strings.Contains(c.failed, check.Name) {
				want = "failed"
			}
			if got := answer.Checks[check.Name]; got != want {
				t.Errorf("%s: %s is %q, want %q", c.name, check.Name, got, want)
			}
		}
		if strings.Contains(text, "secret-host") {
			t.Errorf("%s: the answer tells where the database is: %s", c.name, text)
		}
	}
}

func TestANoteIsToldAndStopsNothing(t *testing.T) {
	h := NewHealth(Check{"database", true, fine})
	h.Note("nobody tells")
	if code, answer, text := ask(t, h); code != http.StatusOK || answer.Status != "ready" || len(answer.Notes) != 1 || !strings.Contains(text, "nobody tells") {
		t.Errorf("%d %s", code, text)
	}
	if _, _, text := ask(t, NewHealth()); strings.Contains(text, "notes") {
		t.Errorf("nothing to note, and yet: %s", text)
	}
}

func TestAStoppingProgramIsNotReadyAtOnceButStillLive(t *testing.T) {
	asked := false
	h := NewHealth(Check{"database", true, func(context.Context) error { asked = true; return nil }})
	h.Stop()
	if code, answer, _ := ask(t, h); code != http.StatusServiceUnavailable || answer.Status != "stopping" {
		t.Errorf("%d %s, want 503 stopping", code, answer.Status)
	}
	recorder := httptest.NewRecorder()
	if err := h.Live(echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/health", nil), recorder)); err != nil || recorder.Code != http.StatusOK {
		t.Errorf("live answers %d (%v), want 200", recorder.Code, err)
	}
	if asked {
		t.Error("a stopping program still asked its dependencies")
	}
}

func TestADependencyThatHangsIsGivenUp(t *testing.T) {
	hanging := Check{"database", true, func(ctx context.Context) error { <-ctx.Done(); return ctx.Err() }}
	if code, _, _ := ask(t, NewHealth(hanging)); code != http.StatusServiceUnavailable {
		t.Errorf("answered %d, want 503", code)
	}
}

func ask(t *testing.T, h *Health) (code int, answer readiness, text string) {
	t.Helper()
	recorder := httptest.NewRecorder()
	if err := h.Ready(echo.New().NewContext(httptest.NewRequest(http.MethodGet, "/api/health", nil), recorder)); err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(recorder.Body.Bytes(), &answer); err != nil {
		t.Fatal(err)
	}
	if got := recorder.Header().Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control is %q, want no-store", got)
	}
	return recorder.Code, answer, recorder.Body.String()
}
