// Package idempotency sees to it that a request which is sent again is done once, and answered the same way again.
//
// A request is named by whoever sends it. The first to bring a name claims it; others are told to wait, and once it is answered they get
// that answer. Whoever claimed may die: when the claim has run out the next takes over and does it again, which is why the act itself must
// bear that (Claim.Press).
package idempotency

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"net/http"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/seal"
)

const (
	// Kept is how long an answer is given again.
	Kept = 24 * time.Hour
	// lease is longer than any act takes.
	lease = time.Minute
)

// Calls remembers what was asked and answered.
type Calls struct{ db *db.DB }

// New remembers in d.
func New(d *db.DB) Calls { return Calls{d} }

// Name is one request as its sender names it.
type Name struct {
	TenantID int64
	KeyID    int64  // the API key that sends it
	Given    string // the Idempotency-Key
}

func (n Name) hash() []byte {
	digest := sha256.Sum256([]byte(n.Given))
	return digest[:]
}

// Answer is what was answered.
type Answer struct {
	Status int         `json:"status"`
	Header http.Header `json:"header"`
	Body   []byte      `json:"body"`
}

// Claim is the right to carry a request out.
type Claim struct {
	name    Name
	by      []byte
	request [32]byte
	first   time.Time // when it first came
}

// Press is the id under which an act that makes something remembers that it has been done: the same whoever carries this request out, so that
// nothing is made twice, and another one for any other request, also for one under the same name once the first was forgotten.
func (c Claim) Press() string {
	h := sha256.New()
	h.Write([]byte("api call"))
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(c.name.KeyID)))
	h.Write(c.name.hash())
	h.Write(c.request[:])
	h.Write(binary.BigEndian.AppendUint64(nil, uint64(c.first.UnixMicro())))
	return base64.RawURLEncoding.EncodeToString(h.Sum(nil)[:16])
}

// Begin claims the request: then it is to be carried out, and Finish or Release called. When it was answered before, the answer is given
// instead. Fails with Conflict while it is being carried out, with InvalidInput when request — whatever tells one request from another —
// is not what first came under this name.
func (c Calls) Begin(ctx context.Context, n Name, request [32]byte) (Claim, *Answer, error) {
	now, err := c.db.Now(ctx)
	if err != nil {
		return Claim{}, nil, err
	}
	claim := Claim{n, random(), request, now}
	err = c.db.AddAPICall(ctx, db.AddAPICallParams{
		TenantID: n.TenantID, KeyID: n.KeyID, NameHash: n.hash(), RequestHash: request[:], Claim: claim.by, ClaimedUntil: now.Add(lease), CreatedAt: now,
	})
	if err == nil {
		return claim, nil, nil
	}
	if !db.IsDuplicate(err) {
		return Claim{}, nil, db.Down(fmt.Errorf("claiming a call: %w", err))
	}
	row, err := c.db.GetAPICall(ctx, db.GetAPICallParams{TenantID: n.TenantID, KeyID: n.KeyID, NameHash: n.hash()})
	switch {
	case db.IsNone(err): // forgotten between the two statements
		return Claim{}, nil, underWay()
	case err != nil:
		return Claim{}, nil, db.Down(fmt.Errorf("reading a call: %w", err))
	case string(row.RequestHash) != string(request[:]):
		return Claim{}, nil, problem.Invalid(problem.Bad("Idempotency-Key", "problem.api.other_request"))
	case row.Answer != nil:
		answer, err := c.open(ctx, n, row.Answer)
		return Claim{}, answer, err
	case row.ClaimedUntil.After(now):
		return Claim{}, nil, underWay()
	}
	taken, err := c.db.TakeOverAPICall(ctx, db.TakeOverAPICallParams{
		Claim: claim.by, ClaimedUntil: now.Add(lease), TenantID: n.TenantID, ID: row.ID, Dead: row.Claim, Now: now,
	})
	if err != nil {
		return Claim{}, nil, db.Down(fmt.Errorf("taking a call over: %w", err))
	}
	if taken != 1 {
		return Claim{}, nil, underWay()
	}
	claim.first = row.CreatedAt
	return claim, nil, nil
}

// Finish keeps the answer. Once it is kept it never changes.
func (c Calls) Finish(ctx context.Context, claim Claim, a Answer) error {
	text, err := json.Marshal(a)
	if err != nil {
		return fmt.Errorf("writing an answer: %w", err)
	}
	box, err := c.db.Box(ctx, claim.name.TenantID)
	if err != nil {
		return err
	}
	_, err = c.db.AnswerAPICall(ctx, db.AnswerAPICallParams{
		Answer: box.Seal(where(claim.name), string(text)), TenantID: claim.name.TenantID, KeyID: claim.name.KeyID, NameHash: claim.name.hash(), Claim: claim.by,
	})
	if err != nil {
		return db.Down(fmt.Errorf("keeping an answer: %w", err))
	}
	return nil
}

// Release gives the claim back, so that the same request can be sent again at once: nothing was done, or it isn't known.
func (c Calls) Release(ctx context.Context, claim Claim) error {
	now, err := c.db.Now(ctx)
	if err != nil {
		return err
	}
	_, err = c.db.ReleaseAPICall(ctx, db.ReleaseAPICallParams{
		Now: now, TenantID: claim.name.TenantID, KeyID: claim.name.KeyID, NameHash: claim.name.hash(), Claim: claim.by,
	})
	if err != nil {
		return db.Down(fmt.Errorf("releasing a call: %w", err))
	}
	return nil
}

// forgetAtOnce is how many rows one statement deletes.
const forgetAtOnce = 1000

// Forget deletes what was asked more than Kept ago.
func (c Calls) Forget(ctx context.Context) (all int, err error) {
	now, err := c.db.Now(ctx)
	if err != nil {
		return 0, err
	}
	for {
		n, err := c.db.ForgetAPICalls(ctx, db.ForgetAPICallsParams{Before: now.Add(-Kept), Limit: forgetAtOnce})
		if err != nil {
			return all, db.Down(fmt.Errorf("forgetting calls: %w", err))
		}
		if all += int(n); n < forgetAtOnce {
			return all, nil
		}
	}
}

func (c Calls) open(ctx context.Context, n Name, sealed []byte) (*Answer, error) {
	box, err := c.db.Box(ctx, n.TenantID)
	if err != nil {
		return nil, err
	}
	text, err := box.Open(where(n), sealed)
	if err != nil {
		return nil, fmt.Errorf("opening an answer: %w", err)
	}
	a := &Answer{}
	if err := json.Unmarshal([]byte(text), a); err != nil {
		return nil, fmt.Errorf("reading an answer: %w", err)
	}
	return a, nil
}

func where(n Name) seal.Where {
	return seal.Where{Tenant: n.TenantID, Table: "api_calls", Column: "answer", Row: fmt.Sprint(n.KeyID) + "/" + hex.EncodeToString(n.hash())}
}

func underWay() error { return problem.New(problem.Conflict, "problem.api.under_way") }

func random() []byte {
	by := make([]byte, 16)
	_, _ = rand.Read(by) // never fails
	return by
}
