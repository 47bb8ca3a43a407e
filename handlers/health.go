package handlers

import (
	"context"
	"log/slog"
	"net/http"
	"sync"
	"sync/atomic"
	"time"

	"github.com/labstack/echo/v4"
)

// Check is one thing the program depends on. Without a Needed one it isn't ready; the others are only reported.
type Check struct {
	Name   string
	Needed bool
	Do     func(context.Context) error
}

// Health answers the probes of whoever watches over the program.
type Health struct {
	checks   []Check
	notes    []string
	stopping atomic.Bool
}

// checkWithin bounds one check.
const checkWithin = 2 * time.Second

func NewHealth(checks ...Check) *Health { return &Health{checks: checks} }

// Note adds something that whoever watches should know and that stops nothing. Call it before the first probe.
func (h *Health) Note(text string) { h.notes = append(h.notes, text) }

// Stop makes the program not ready from now on, so that no new work is sent to it.
func (h *Health) Stop() { h.stopping.Store(true) }

// Live answers 200 as long as the process can answer at all. It touches nothing.
func (h *Health) Live(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.JSON(http.StatusOK, map[string]string{"status": "live"})
}

// Ready answers 200 when every needed check passes and the program isn't stopping, else 503; either way it says which checks failed. Why
// they failed is logged, not told.
func (h *Health) Ready(c echo.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	if h.stopping.Load() {
		return c.JSON(http.StatusServiceUnavailable, readiness{Status: "stopping"})
	}
	answer, code := h.examine(c.Request().Context())
	return c.JSON(code, answer)
}

type readiness struct {
	Status string            `json:"status"` // ready, degraded (something not needed failed), failed or stopping
	Checks map[string]string `json:"checks,omitempty"`
	Notes  []string          `json:"notes,omitempty"`
}

func (h *Health) examine(ctx context.Context) (readiness, int) {
	ctx, cancel := context.WithTimeout(ctx, checkWithin)
	defer cancel()
	failures := make([]error, len(h.checks))
	var wait sync.WaitGroup
	for i, check := range h.checks {
		wait.Go(func() { failures[i] = check.Do(ctx) })
	}
	wait.Wait()

	answer, code := readiness{Status: "ready", Checks: map[string]string{}, Notes: h.notes}, http.StatusOK
	for i, check := range h.checks {
		if failures[i] == nil {
			answer.Checks[check.Name] = "ok"
			continue
		}
		slog.WarnContext(ctx, "health check failed", "check", check.Name, "error", failures[i])
		answer.Checks[check.Name] = "failed"
		switch {
		case check.Needed:
			answer.Status, code = "failed", http.StatusServiceUnavailable
		case code == http.StatusOK:
			answer.Status = "degraded"
		}
	}
	return answer, code
}
