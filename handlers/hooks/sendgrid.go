package hooks

import (
	"fmt"
	"io"
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/handlers/middleware"
	"github.com/your-org/waitlist-management/problem"
)

// SendGrid names the headers of its signature so.
const (
	signatureHeader = "X-Twilio-Email-Event-Webhook-Signature"
	timestampHeader = "X-Twilio-Email-Event-Webhook-Timestamp"
)

// reportsMost is how long a request may be, in bytes. SendGrid sends on when 768 kB have come together.
const reportsMost = 4 << 20

// sendGrid takes in what SendGrid tells of emails. It answers 204 once that is committed; after any other answer than 2xx SendGrid tells it
// again, for a day.
func (d door) sendGrid(c echo.Context) error {
	r := c.Request()
	body, err := io.ReadAll(http.MaxBytesReader(c.Response(), r.Body, reportsMost))
	if err != nil {
		return fmt.Errorf("reading a request of the event webhook: %w", err)
	}
	err = d.reports.Receive(r.Context(), r.Header.Get(signatureHeader), r.Header.Get(timestampHeader), body)
	switch kind := problem.KindOf(err); kind {
	case problem.Forbidden, problem.InvalidInput:
		d.log.WarnContext(r.Context(), "a request of the event webhook was refused", "why", string(kind), "bytes", len(body),
			"signed", r.Header.Get(signatureHeader) != "", "request_id", middleware.ID(r.Context()))
	}
	if err != nil {
		return err
	}
	return c.NoContent(http.StatusNoContent)
}
