package api

import (
	"bytes"
	"context"
	"crypto/sha256"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/idempotency"
	"github.com/your-org/waitlist-management/problem"
)

const (
	idempotencyHeader = "Idempotency-Key"
	replayedHeader    = "Idempotency-Replayed"
	pressKey          = "api press"
)

// keptHeaders are those of an answer that are given again with it.
var keptHeaders = []string{echo.HeaderContentType, echo.HeaderLocation, "ETag"}

// once carries a request with an Idempotency-Key out a single time and answers it the same way whenever it comes again, where the document has
// that header. What a server's fault
// answered is not kept, nor what was refused for being too early or too often.
func (d *door) once(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		given := r.Header.Get(idempotencyHeader)
		if given == "" || !operationOf(c).once {
			return next(c)
		}
		body, err := io.ReadAll(r.Body)
		if err != nil {
			return err
		}
		r.Body = io.NopCloser(bytes.NewReader(body))
		k := keyOf(c)
		name := idempotency.Name{TenantID: k.TenantID, KeyID: k.ID, Given: given}
		claim, before, err := d.Calls.Begin(r.Context(), name, requestOf(r, body))
		if problem.KindOf(err) == problem.Conflict { // the first one is under way
			c.Response().Header().Set(echo.HeaderRetryAfter, "1")
		}
		if err != nil {
			return err
		}
		if before != nil {
			return again(c, before)
		}
		c.Set(pressKey, claim.Press())
		return d.record(c, next, claim)
	}
}

// requestOf tells one request from another.
func requestOf(r *http.Request, body []byte) [32]byte {
	h := sha256.New()
	for _, part := range [][]byte{[]byte(r.Method), []byte(r.URL.RequestURI()), []byte(r.Header.Get("If-Match")), []byte(r.Header.Get(echo.HeaderContentDisposition)), body} {
		fmt.Fprintf(h, "%d:", len(part))
		h.Write(part)
	}
	return [32]byte(h.Sum(nil))
}

// record carries the request out and keeps what is answered.
func (d *door) record(c echo.Context, next echo.HandlerFunc, claim idempotency.Claim) error {
	w := &tape{ResponseWriter: c.Response().Writer}
	c.Response().Writer = w
	finished := false
	defer func() {
		c.Response().Writer = w.ResponseWriter
		if !finished { // a panic
			d.release(c, claim)
		}
	}()
	if err := next(c); err != nil {
		c.Error(err)
	}
	finished = true
	status := c.Response().Status
	if status >= 500 || status == http.StatusTooManyRequests {
		d.release(c, claim)
		return nil
	}
	a := idempotency.Answer{Status: status, Header: http.Header{}, Body: w.body.Bytes()}
	for _, name := range keptHeaders {
		if v := c.Response().Header().Get(name); v != "" {
			a.Header.Set(name, v)
		}
	}
	ctx, cancel := afterwards(c)
	defer cancel()
	d.told(c, d.Calls.Finish(ctx, claim, a))
	return nil
}

func (d *door) release(c echo.Context, claim idempotency.Claim) {
	ctx, cancel := afterwards(c)
	defer cancel()
	d.told(c, d.Calls.Release(ctx, claim))
}

// afterwards is the time for what has to be written down even when whoever asked has gone.
func afterwards(c echo.Context) (context.Context, context.CancelFunc) {
	return context.WithTimeout(context.WithoutCancel(c.Request().Context()), 5*time.Second)
}

// told logs that an answer couldn't be kept. The act is done and was answered: sent again it is carried out again once the claim has run
// out, which changes nothing more.
func (d *door) told(c echo.Context, err error) {
	if err != nil {
		d.Log.WarnContext(c.Request().Context(), "an answer of the API is not kept", "error", err, "request_id", middleware.ID(c.Request().Context()))
	}
}

func again(c echo.Context, a *idempotency.Answer) error {
	for _, name := range keptHeaders {
		if v := a.Header.Get(name); v != "" {
			c.Response().Header().Set(name, v)
		}
	}
	c.Response().Header().Set(replayedHeader, "true")
	if len(a.Body) == 0 {
		return c.NoContent(a.Status)
	}
	c.Response().WriteHeader(a.Status)
	_, err := c.Response().Write(a.Body)
	return err
}

// pressOf is what an act that makes something remembers it by; empty for a request that is not to be repeated.
func pressOf(c echo.Context) string {
	press, _ := c.Get(pressKey).(string)
	return press
}

// tape notes what is answered.
type tape struct {
	http.ResponseWriter
	body bytes.Buffer
}

func (t *tape) Write(p []byte) (int, error) {
	t.body.Write(p)
	return t.ResponseWriter.Write(p)
}

// Unwrap lets http.ResponseController through.
func (t *tape) Unwrap() http.ResponseWriter { return t.ResponseWriter }
