package webhooks

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/seal"
)

const (
	sendingMost      = 32              // endpoints that one process sends to at once
	sendingMostOfOne = 8               // of them those of one business
	inARow           = 20              // deliveries that an endpoint gets before others have their turn
	turnLasts        = 5 * time.Second // likewise
	lease            = time.Minute     // well beyond postWithin
)

// turn is an endpoint with something due.
type turn struct{ tenantID, endpointID int64 }

// Deliver begins to send what is due, and does not wait for receivers: each endpoint has a goroutine of its own, one at a time, so that one
// that is slow or dead holds up no other. It says how many endpoints it began with.
func (w *Webhooks) Deliver(ctx context.Context) (int, error) {
	if err := w.reclaim(ctx); err != nil {
		return 0, err
	}
	turns, err := w.due(ctx)
	if err != nil {
		return 0, err
	}
	rand.Shuffle(len(turns), func(i, j int) { turns[i], turns[j] = turns[j], turns[i] }) // where there is not room for all, none is always last
	begun := 0
	for _, t := range turns {
		if w.begin(t) {
			begun++
			go w.work(context.WithoutCancel(ctx), t)
		}
	}
	return begun, nil
}

// DeliverDue is Deliver that waits until all that it began with is done.
func (w *Webhooks) DeliverDue(ctx context.Context) (int, error) {
	n, err := w.Deliver(ctx)
	w.workers.Wait()
	return n, err
}

// Stop begins nothing more and waits for what is being sent, at most until ctx ends.
func (w *Webhooks) Stop(ctx context.Context) {
	w.mu.Lock()
	w.stopping = true
	w.mu.Unlock()
	done := make(chan struct{})
	go func() {
		w.workers.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-ctx.Done():
	}
}

func (w *Webhooks) due(ctx context.Context) ([]turn, error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return nil, err
	}
	byHand, err := w.db.WebhookEndpointsDueByHand(ctx, now)
	if err != nil {
		return nil, wrap(err, "reading which endpoints a person waits for")
	}
	active, err := w.db.WebhookEndpointsDue(ctx, db.WebhookEndpointsDueParams{At: &now, Now: now})
	if err != nil {
		return nil, wrap(err, "reading which endpoints are due")
	}
	var turns []turn
	seen := map[int64]bool{}
	add := func(tenantID, id int64) {
		if !seen[id] {
			seen[id] = true
			turns = append(turns, turn{tenantID, id})
		}
	}
	for _, row := range byHand {
		add(row.TenantID, row.EndpointID)
	}
	for _, row := range active {
		add(row.TenantID, row.ID)
	}
	return turns, nil
}

// begin takes an endpoint's turn, if there is room for it.
func (w *Webhooks) begin(t turn) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.stopping || w.busy[t.endpointID] || len(w.busy) >= sendingMost || w.sending[t.tenantID] >= sendingMostOfOne {
		return false
	}
	w.busy[t.endpointID] = true
	w.sending[t.tenantID]++
	w.workers.Add(1)
	return true
}

func (w *Webhooks) end(t turn) {
	w.mu.Lock()
	delete(w.busy, t.endpointID)
	if w.sending[t.tenantID]--; w.sending[t.tenantID] == 0 {
		delete(w.sending, t.tenantID)
	}
	w.mu.Unlock()
	w.workers.Done()
}

// work sends to one endpoint, one delivery after another, until one fails, nothing is due or its turn is over.
func (w *Webhooks) work(ctx context.Context, t turn) {
	defer w.end(t)
	began := w.sender.now()
	for range inARow {
		more, err := w.deliverNext(ctx, t)
		if err != nil {
			w.log.ErrorContext(ctx, "delivering to an endpoint", "tenant_id", t.tenantID, "endpoint_id", t.endpointID, "error", err)
		}
		if err != nil || !more || w.sender.now().Sub(began) > turnLasts {
			return
		}
	}
	nudge()
}

// deliverNext takes the next delivery of an endpoint from claim to settlement; more is false when nothing was due, or what was did not arrive.
func (w *Webhooks) deliverNext(ctx context.Context, t turn) (more bool, err error) {
	now, err := w.db.Now(ctx)
	if err != nil {
		return false, err
	}
	e, err := w.db.GetWebhookEndpoint(ctx, db.GetWebhookEndpointParams{TenantID: t.tenantID, ID: t.endpointID})
	if err != nil || e.RemovedAt != nil {
		return false, wrap(err, "reading an endpoint")
	}
	ids, err := w.db.WebhookDeliveriesDueByHand(ctx, db.WebhookDeliveriesDueByHandParams{Now: now, TenantID: t.tenantID, EndpointID: t.endpointID, Limit: 1})
	if err == nil && len(ids) == 0 && e.State == string(Active) && (e.WaitUntil == nil || !e.WaitUntil.After(now)) {
		ids, err = w.db.WebhookDeliveriesDue(ctx, db.WebhookDeliveriesDueParams{TenantID: t.tenantID, EndpointID: t.endpointID, Now: now, Limit: sendingMost})
	}
	if err != nil {
		return false, wrap(err, "reading what is due")
	}
	for _, id := range ids {
		d, ok, err := w.claim(ctx, t.tenantID, id, now)
		if err != nil {
			return false, err
		}
		if ok { // otherwise another instance has it
			return w.deliver(ctx, e, d)
		}
	}
	return false, nil
}

// claim takes a due delivery for a minute; ok is false when somebody else has it.
func (w *Webhooks) claim(ctx context.Context, tenantID, id int64, now time.Time) (d db.WebhookDelivery, ok bool, err error) {
	token, until := seal.PublicID(), now.Add(lease)
	n, err := w.db.ClaimWebhookDelivery(ctx, db.ClaimWebhookDeliveryParams{ClaimToken: &token, LeaseUntil: &until, At: &now, TenantID: tenantID, ID: id, Now: now})
	if err != nil || n != 1 {
		return d, false, wrap(err, "claiming a delivery")
	}
	d, err = w.db.GetWebhookDelivery(ctx, db.GetWebhookDeliveryParams{TenantID: tenantID, ID: id})
	d.ClaimToken = &token // whoever may hold it by now
	return d, err == nil, wrap(err, "reading a claimed delivery")
}

// deliver sends a claimed delivery and keeps what became of it.
func (w *Webhooks) deliver(ctx context.Context, e db.WebhookEndpoint, d db.WebhookDelivery) (arrived bool, err error) {
	got, signature, err := w.attempt(ctx, e, d)
	if err != nil { // nothing was sent, and nothing will be before somebody looks
		w.log.ErrorContext(ctx, "an endpoint can't be read", "tenant_id", e.TenantID, "endpoint_id", e.ID, "error", err)
		got = result{class: "unreadable"}
	}
	return got.class == "", w.settle(ctx, d, got, signature)
}

func (w *Webhooks) attempt(ctx context.Context, e db.WebhookEndpoint, d db.WebhookDelivery) (result, string, error) {
	box, err := w.db.Box(ctx, e.TenantID)
	if err != nil {
		return result{}, "", err
	}
	address, err := box.Open(at(e, "url"), e.Url)
	if err != nil {
		return result{}, "", err
	}
	sentAt := *d.AttemptedAt
	signature, err := sign(box, e, d.EventID, d.Body, sentAt)
	if err != nil {
		return result{}, "", err
	}
	return w.sender.post(ctx, request{url: address, id: d.EventID, signature: signature, at: sentAt, body: d.Body}), signature, nil
}

// reclaim puts back what was claimed by somebody who never came back. Whether it arrived nobody knows: it is sent again, under the same id.
func (w *Webhooks) reclaim(ctx context.Context) error {
	now, err := w.db.Now(ctx)
	if err != nil {
		return err
	}
	lost, err := w.db.WebhookLeasesPast(ctx, &now)
	if err != nil {
		return wrap(err, "looking for lost deliveries")
	}
	var failed error
	for _, d := range lost {
		_, err := w.db.PutBackWebhookDelivery(ctx, db.PutBackWebhookDeliveryParams{NextAttemptAt: now, Class: "unclear", TenantID: d.TenantID, ID: d.ID, ClaimToken: d.ClaimToken})
		failed = errors.Join(failed, wrap(err, "putting a lost delivery back"))
		w.log.WarnContext(ctx, "a delivery was begun and never ended", "tenant_id", d.TenantID, "delivery_id", d.ID)
	}
	return failed
}

func where(d db.WebhookDelivery) seal.Where {
	return seal.Where{Tenant: d.TenantID, Table: "webhook_deliveries", Column: "answer", Row: d.PublicID}
}

func (w *Webhooks) sealAnswer(ctx context.Context, tx *db.Tx, d db.WebhookDelivery, answer []byte) ([]byte, error) {
	if len(answer) == 0 {
		return nil, nil
	}
	box, err := tx.Box(ctx, d.TenantID)
	if err != nil {
		return nil, fmt.Errorf("sealing an answer: %w", err)
	}
	return box.Seal(where(d), string(answer)), nil
}
