package admin_test

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"

	"github.com/PuerkitoBio/goquery"
)

type selection = goquery.Selection

// entryLine is a line of an exported chain, as somebody outside reads it.
type entryLine struct {
	Number   int
	Business int64
	ID       int64
	At       string
	Actor    string
	ActorID  *int64 `json:"actor_id"`
	Action   string
	Record   string
	RecordID int64 `json:"record_id"`
	Detail   string
	Reason   string `json:"reason_sha256"`
	Hash     string
}

// hash reckons the hash as docs/audit.md says.
func (e entryLine) hash(previous string) string {
	actorID := ""
	if e.ActorID != nil {
		actorID = fmt.Sprint(*e.ActorID)
	}
	digest := sha256.New()
	for _, part := range []string{
		"waitlist audit entry 1", fmt.Sprint(e.Business), fmt.Sprint(e.Number), fmt.Sprint(e.ID), e.At, e.Actor, actorID, e.Action, e.Record,
		fmt.Sprint(e.RecordID), e.Detail, e.Reason, previous,
	} {
		fmt.Fprintf(digest, "%d:%s,", len(part), part)
	}
	return hex.EncodeToString(digest.Sum(nil))
}
