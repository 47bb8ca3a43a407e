package db_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

var (
	listedKinds     = []string{"join", "offer", "confirmed"}
	listedUserKinds = []string{"invitation"}
	listedOutcomes  = []string{"waiting", "sent", "delivered", "failed", "unclear", "not_sent"}
)

// post is a business with many messages of every sort, some owed at one moment, made without the acts that would take minutes.
type post struct {
	*waitlisttest.Scene
	customers []int64
	all       []db.ListedMessage
}

func newPost(t *testing.T, n int) *post {
	t.Helper()
	p := &post{Scene: waitlisttest.Unchecked(t, dbtest.Open(t))}
	dice := rand.New(rand.NewPCG(3, 4))
	for i := range 5 {
		id, err := p.DB.AddCustomer(p.Context(), db.AddCustomerParams{TenantID: p.Tenant, PublicID: fmt.Sprint("c", i), Name: []byte("sealed"), CreatedAt: p.Now()})
		must(t, err)
		p.customers = append(p.customers, id)
	}
	start := p.Now().Truncate(time.Second)
	for i := range n {
		m := db.ListedMessage{MessageID: fmt.Sprint("m", i), Outcome: listedOutcomes[dice.IntN(6)], NextAttemptAt: start, UsefulUntil: start}
		m.At, m.ToUser = start.Add(-time.Duration(dice.IntN(40))*time.Hour), dice.IntN(4) == 0
		state := map[string]string{"waiting": []string{"pending", "sending"}[dice.IntN(2)], "sent": "sent", "delivered": "sent", "failed": "failed", "unclear": "unknown", "not_sent": "dropped"}[m.Outcome]
		if m.Outcome == "delivered" {
			m.DeliveredAt = &start
		}
		if m.ToUser {
			m.Kind, m.UserName = listedUserKinds[0], []byte("sealed")
			p.exec(t, `INSERT INTO user_messages (tenant_id, message_id, kind, email, name, locale, cause_key, state, next_attempt_at, useful_until, created_at, delivered_at)
				VALUES (?, ?, ?, 'sealed', 'sealed', 'de', ?, ?, ?, ?, ?, ?)`, p.Tenant, m.MessageID, m.Kind, m.MessageID, state, start, start, m.At, m.DeliveredAt)
		} else {
			m.Kind, m.CustomerID = listedKinds[dice.IntN(3)], p.customers[dice.IntN(5)]
			p.exec(t, `INSERT INTO outbox (tenant_id, message_id, kind, customer_id, cause_key, state, next_attempt_at, useful_until, created_at, delivered_at)
				VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`, p.Tenant, m.MessageID, m.Kind, m.CustomerID, m.MessageID, state, start, start, m.At, m.DeliveredAt)
		}
		must(t, p.DB.Pool().QueryRowContext(p.Context(), "SELECT MAX(id) FROM "+map[bool]string{true: "user_messages", false: "outbox"}[m.ToUser]).Scan(&m.ID))
		p.all = append(p.all, m)
	}
	return p
}

func (p *post) exec(t *testing.T, statement string, args ...any) {
	t.Helper()
	_, err := p.DB.Pool().ExecContext(p.Context(), statement, args...)
	must(t, err)
}

// answer is what a list has to give, by looking at every message.
func (p *post) answer(l db.MessageList) (ids []string) {
	var fit []db.ListedMessage
	for _, m := range p.all {
		kinds := l.Kinds
		if m.ToUser {
			kinds = l.UserKinds
		}
		if slices.Contains(kinds, m.Kind) && (l.Outcome == "" || m.Outcome == l.Outcome) && (l.From.IsZero() || !m.At.Before(l.From)) && (l.Until.IsZero() || m.At.Before(l.Until)) &&
			(l.CustomerIDs == nil || slices.Contains(l.CustomerIDs, m.CustomerID)) {
			fit = append(fit, m)
		}
	}
	slices.SortFunc(fit, func(x, y db.ListedMessage) int {
		switch {
		case !x.At.Equal(y.At):
			return y.At.Compare(x.At)
		case x.ToUser != y.ToUser && x.ToUser:
			return 1
		case x.ToUser != y.ToUser:
			return -1
		}
		return int(y.ID - x.ID)
	})
	for _, m := range fit {
		ids = append(ids, m.MessageID)
	}
	return ids
}

// lists are questions of every sort.
func (p *post) lists() (all []db.MessageList) {
	every := db.MessageList{TenantID: p.Tenant, Kinds: listedKinds, UserKinds: listedUserKinds, AllKinds: true, Limit: 7}
	ask := func(change func(*db.MessageList)) {
		l := every
		change(&l)
		all = append(all, l)
	}
	ask(func(*db.MessageList) {})
	for _, outcome := range listedOutcomes {
		ask(func(l *db.MessageList) { l.Outcome = outcome })
		ask(func(l *db.MessageList) {
			l.Outcome, l.AllKinds, l.Kinds, l.UserKinds = outcome, false, listedKinds[1:2], nil
		})
		ask(func(l *db.MessageList) { l.Outcome, l.AllKinds, l.Kinds = outcome, false, nil })
	}
	ask(func(l *db.MessageList) { l.AllKinds, l.Kinds, l.UserKinds = false, listedKinds[:1], nil })
	ask(func(l *db.MessageList) { l.From, l.Until = p.Now().Add(-20*time.Hour), p.Now().Add(-10*time.Hour) })
	ask(func(l *db.MessageList) { l.Outcome, l.From = "sent", p.Now().Add(-20*time.Hour) })
	ask(func(l *db.MessageList) { l.CustomerIDs = p.customers[:2] })
	ask(func(l *db.MessageList) { l.CustomerIDs, l.Outcome = p.customers[:1], "failed" })
	ask(func(l *db.MessageList) { l.CustomerIDs = []int64{} })
	return all
}

func TestEveryListOfMessagesIsWhatLookingAtAllOfThemGivesForwardsAndBack(t *testing.T) {
	p := newPost(t, 300)
	for i, l := range p.lists() {
		want := p.answer(l)
		var got []string
		var places []db.MessagePlace
		for {
			rows, err := p.DB.ListMessages(t.Context(), l)
			must(t, err)
			for _, m := range rows {
				got, places = append(got, m.MessageID), append(places, m.MessagePlace)
			}
			if len(rows) < l.Limit {
				break
			}
			l.Before = rows[len(rows)-1].MessagePlace
		}
		if !slices.Equal(got, want) {
			t.Fatalf("question %d: got %v, want %v", i, got, want)
		}
		if len(want) < 2*l.Limit {
			continue
		}
		l.Before, l.After = db.MessagePlace{}, places[2*l.Limit-1]
		rows, err := p.DB.ListMessages(t.Context(), l)
		must(t, err)
		var back []string
		for _, m := range rows {
			back = append(back, m.MessageID)
		}
		if !slices.Equal(back, want[l.Limit-1:2*l.Limit-1]) {
			t.Fatalf("question %d, back: got %v, want %v", i, back, want[l.Limit-1:2*l.Limit-1])
		}
	}
}

func TestAPageOfAHundredThousandMessagesIsNoScan(t *testing.T) {
	const all, page = 100_000, 51
	p := newPost(t, 100)
	p.exec(t, "DELETE FROM user_messages")
	for n := 128; n < 2*all; n *= 2 { // of most outcomes and kinds a hundredth, of sent and delivered offers the rest; nothing was delivered to the first customer
		p.exec(t, `INSERT INTO outbox (tenant_id, message_id, kind, customer_id, cause_key, state, next_attempt_at, useful_until, created_at, delivered_at)
			SELECT tenant_id, CONCAT(?, '-', id), CASE WHEN MOD(id, 100) = 7 THEN kind ELSE 'offer' END, customer_id, CONCAT(?, '-', id), CASE WHEN MOD(id, 100) = 7 THEN state ELSE 'sent' END,
				next_attempt_at, useful_until, created_at - INTERVAL MOD(id * 7919, 5000) SECOND, CASE WHEN MOD(id, 2) = 0 THEN delivered_at ELSE created_at END
			FROM outbox LIMIT ?`, n, n, all)
	}
	var rows int
	must(t, p.DB.Pool().QueryRowContext(t.Context(), "SELECT COUNT(*) FROM outbox").Scan(&rows))
	if rows < all {
		t.Fatalf("only %d messages", rows)
	}
	p.exec(t, "ANALYZE TABLE outbox")
	conn, err := p.DB.Pool().Conn(t.Context())
	must(t, err)
	defer conn.Close()
	q := db.New(conn)
	read := func() (n int) {
		t.Helper()
		must(t, conn.QueryRowContext(t.Context(), "SELECT CAST(SUM(variable_value) AS SIGNED) FROM information_schema.session_status WHERE variable_name LIKE 'HANDLER_READ%'").Scan(&n))
		return n
	}
	for i, l := range p.lists() {
		if len(l.CustomerIDs) > 0 {
			continue // the messages to one customer are few; here they are many
		}
		l.Limit = page
		most := (len(listedKinds) + 1) * page // where one outcome is asked for there is a lane for each kind
		if l.Outcome == "" && !l.AllKinds {
			most = (len(listedOutcomes) + 1) * page
		}
		idle := read()
		idle = read() - idle
		before := read()
		found, err := q.ListMessages(t.Context(), l)
		after := read()
		must(t, err)
		if spent := after - before - idle; spent > most+10 {
			t.Errorf("question %d (%s, %s): %d rows read for %d messages, want at most %d", i, l.Outcome, strings.Join(l.Kinds, " "), spent, len(found), most)
		}
		if len(found) == page { // far down the list it is no more
			l.Before = db.MessagePlace{At: p.Now().Add(-39 * time.Hour)}
			before = read()
			_, err := q.ListMessages(t.Context(), l)
			after = read()
			must(t, err)
			if spent := after - before - idle; spent > most+10 {
				t.Errorf("question %d, far down: %d rows read, want at most %d", i, spent, most)
			}
		}
	}
}
