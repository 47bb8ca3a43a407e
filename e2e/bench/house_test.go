package bench

import (
	"context"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/db"
	"github.com/your-org/waitlist-management/db/dbtest"
	"github.com/your-org/waitlist-management/handlers"
	"github.com/your-org/waitlist-management/insights"
	"github.com/your-org/waitlist-management/mail"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
	"github.com/your-org/waitlist-management/waitlist/waitlisttest"
)

// house is one business at 09:00 on a Monday, in a database whose address is known.
type house struct {
	*waitlisttest.Scene
	b           testing.TB
	databaseURL string
}

// newHouse checks every invariant when the benchmark ends.
func newHouse(b testing.TB) *house {
	b.Helper()
	h := newLargeHouse(b)
	b.Cleanup(h.Check)
	return h
}

// newLargeHouse checks nothing in the end.
func newLargeHouse(b testing.TB) *house {
	b.Helper()
	address := dbtest.URL(b)
	h := &house{Scene: waitlisttest.Unchecked(b, dbtest.OpenURL(b, address)), b: b, databaseURL: address}
	h.roomy()
	return h
}

// roomy gives the database the memory that a real one has: it starts with that of a small business. Servers that can't be asked keep theirs.
func (h *house) roomy() {
	for _, statement := range []string{"SET GLOBAL innodb_buffer_pool_size = 4 << 30", "SET GLOBAL innodb_log_file_size = 1 << 30"} {
		_, _ = h.DB.Pool().Exec(statement)
	}
}

// program is the whole program on a port of its own, with real sessions, middleware and log lines. Its jobs do not run.
type program struct {
	b        testing.TB
	url      string
	client   *http.Client
	accounts *accounts.Accounts
	waitlist *waitlist.Waitlist
	mail     *mail.Deliverer
}

// serve starts a program on d, which is the house's own database or another door to it. Emails go to sender; nil: nowhere.
func (h *house) serve(d *db.DB, sender mail.Sender) *program {
	h.b.Helper()
	log := slog.New(slog.NewJSONHandler(io.Discard, nil))
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	h.ok(err)
	p := &program{b: h.b, url: "http://" + listener.Addr().String(), accounts: accounts.New(d, accounts.SignupClosed), waitlist: waitlist.New(d, h.Holds, h.Boards, log)}
	p.mail = &mail.Deliverer{DB: d, Waitlist: p.waitlist, Sender: sender, Base: paths.Base(p.url), Log: log}
	pages, err := handlers.New(handlers.Deps{
		Base: paths.Base(p.url), SessionSecret: strings.Repeat("b", 32), Log: log, Health: handlers.NewHealth(),
		Accounts: p.accounts, Business: business.New(d, p.waitlist), Waitlist: p.waitlist, Boards: h.Boards, Insights: insights.New(d, p.waitlist),
	})
	h.ok(err)
	p.client = serve(h.b, listener, pages)
	return p
}

// serve answers with pages on a listener until the benchmark ends, and gives a client that keeps a connection for every worker.
func serve(b testing.TB, listener net.Listener, pages http.Handler) *http.Client {
	server := &http.Server{Handler: pages}
	go func() { _ = server.Serve(listener) }()
	transport := &http.Transport{MaxIdleConnsPerHost: workers, DisableCompression: true}
	b.Cleanup(func() {
		transport.CloseIdleConnections()
		server.Close()
	})
	return &http.Client{Transport: transport, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}
}

// tapped is another program on the house's database, whose statements pass a wire.
func (h *house) tapped(sender mail.Sender) (*program, *wire) {
	h.b.Helper()
	w, address := tap(h.b, h.databaseURL)
	d := dbtest.OpenURL(h.b, address)
	now, err := d.Now(h.Context())
	h.ok(err)
	d.MoveClock(h.Now().Sub(now))
	return h.serve(d, sender), w
}

// ask sends one request and reads the whole answer, which must have the status wanted.
func ask(client *http.Client, r *http.Request, status int) ([]byte, error) {
	response, err := client.Do(r)
	if err != nil {
		return nil, err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err == nil && response.StatusCode != status {
		err = fmt.Errorf("%s %s: status %d, want %d:\n%s", r.Method, r.URL.Path, response.StatusCode, status, body)
	}
	return body, err
}

func get(client *http.Client, url string) ([]byte, error) {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodGet, url, nil)
	if err != nil {
		return nil, err
	}
	return ask(client, r, http.StatusOK)
}

// press posts a form without fields, as the button on the page of an offer or a booking does.
func press(client *http.Client, url string) error {
	r, err := http.NewRequestWithContext(context.Background(), http.MethodPost, url, strings.NewReader(""))
	if err != nil {
		return err
	}
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	_, err = ask(client, r, http.StatusSeeOther)
	return err
}

func (h *house) ok(err error) {
	h.b.Helper()
	if err != nil {
		h.b.Fatal(err)
	}
}

func (h *house) exec(statement string, args ...any) {
	h.b.Helper()
	if _, err := h.DB.Pool().ExecContext(h.Context(), statement, args...); err != nil {
		h.b.Fatalf("%s: %v", statement, err)
	}
}

func (h *house) number(query string, args ...any) (n int64) {
	h.b.Helper()
	if err := h.DB.Pool().QueryRowContext(h.Context(), query, args...).Scan(&n); err != nil {
		h.b.Fatalf("%s: %v", query, err)
	}
	return n
}

func (h *house) texts(query string, args ...any) (list []string) {
	h.b.Helper()
	rows, err := h.DB.Pool().QueryContext(h.Context(), query, args...)
	h.ok(err)
	defer rows.Close()
	for rows.Next() {
		var text string
		h.ok(rows.Scan(&text))
		list = append(list, text)
	}
	h.ok(rows.Err())
	return list
}

func (h *house) today() rules.Date { return rules.DateOf(h.Now(), h.Zone) }
