package e2e

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/oapi-codegen/nullable"
	openapi "github.com/oapi-codegen/runtime/types"
	"golang.org/x/oauth2/clientcredentials"

	"github.com/your-org/waitlist-management/accounts"
	"github.com/your-org/waitlist-management/client"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
)

// key signs a business up and makes a key that may do everything in it.
func (h *house) key() accounts.KeySecret {
	h.t.Helper()
	ctx := h.t.Context()
	in, err := h.accounts.SignUp(ctx, accounts.SignUp{
		Email: "olga@example.org", Name: "Olga", Business: "Studio Nord", Password: "correct horse battery", Zone: "Europe/Berlin", Currency: "EUR", Locale: "de-DE",
	})
	h.ok(err)
	owner, err := h.accounts.UserOf(ctx, in.Token)
	h.ok(err)
	key, err := h.accounts.CreateKey(ctx, owner, accounts.NewKey{Name: "Website", Scopes: rules.AllScopes().Words(), Expires: accounts.ExpiresNever})
	h.ok(err)
	return key
}

// got is what a call of the client gave, when it has the status wanted.
func got[T any](t *testing.T, want int, value *T, answer interface{ StatusCode() int }, body []byte, err error) T {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if answer.StatusCode() != want || value == nil {
		t.Fatalf("status %d, want %d: %s", answer.StatusCode(), want, body)
	}
	return *value
}

// TestAProgramRunsABusinessWithAClientMadeOfTheDocument sets a business up, puts 50 customers on the list, opens slots, answers offers and
// reads the figures, all with the client in package client.
func TestAProgramRunsABusinessWithAClientMadeOfTheDocument(t *testing.T) {
	h := newHouse(t)
	key := h.key()
	ctx := t.Context()
	login := clientcredentials.Config{ClientID: key.ID, ClientSecret: key.Secret, TokenURL: h.url + paths.APIToken}
	c, err := client.NewClientWithResponses(h.url+paths.API, client.WithHTTPClient(login.Client(ctx)))
	h.ok(err)

	service, err := c.AddServiceWithResponse(ctx, nil, client.NewService{Name: "Haircut", DurationMinutes: 30, Price: client.NewPrice{Kind: client.PriceKindAmount, Amount: nullable.NewNullableWithValue(int64(4200))}})
	cut := got(t, http.StatusCreated, service.JSON201, service, service.Body, err)
	member, err := c.AddStaffMemberWithResponse(ctx, nil, client.NewStaffMember{Name: "Mia"})
	mia := got(t, http.StatusCreated, member.JSON201, member, member.Body, err)
	var week []client.NewOpenInterval
	for weekday := 1; weekday <= 5; weekday++ {
		week = append(week, client.NewOpenInterval{Weekday: weekday, From: "08:00", To: "20:00"})
	}
	hours, err := c.SetOpeningHoursWithResponse(ctx, nil, client.NewOpeningHours{Intervals: week})
	got(t, http.StatusOK, hours.JSON200, hours, hours.Body, err)
	hold := 15
	settings, err := c.ChangeOfferSettingsWithResponse(ctx, nil, client.OfferSettingsChange{HoldMinutes: &hold})
	if s := got(t, http.StatusOK, settings.JSON200, settings, settings.Body, err); s.HoldMinutes != hold {
		t.Errorf("the hold is %d minutes", s.HoldMinutes)
	}

	consent := true
	for i := range 50 {
		name, email := fmt.Sprintf("Guest %d", i), fmt.Sprintf("guest%d@example.org", i)
		entry, err := c.AddEntryWithResponse(ctx, nil, client.NewEntry{ServiceID: cut.ID, Name: &name, Email: &email, Consent: &consent})
		got(t, http.StatusCreated, entry.JSON201, entry, entry.Body, err)
		h.db.MoveClock(time.Second)
	}
	four := 4
	tuesday := openapi.Date{Time: time.Date(2027, 3, 2, 0, 0, 0, 0, time.UTC)}
	opened, err := c.OpenSlotsWithResponse(ctx, nil, client.NewSlots{StaffMemberID: mia.ID, Date: tuesday, Time: "10:00", DurationMinutes: 30, Count: &four})
	if slots := got(t, http.StatusCreated, opened.JSON201, opened, opened.Body, err); len(slots.Data) != four {
		t.Fatalf("%d slots", len(slots.Data))
	}
	h.pass(2 * time.Second)
	h.pass(2 * time.Second)

	pending := client.OfferStatePending
	offers := func() []client.Offer {
		list, err := c.ListOffersWithResponse(ctx, &client.ListOffersParams{State: &pending})
		return got(t, http.StatusOK, list.JSON200, list, list.Body, err).Data
	}
	out := offers()
	if len(out) != four {
		t.Fatalf("%d offers are out", len(out))
	}
	declined, err := c.DeclineOfferWithResponse(ctx, out[0].ID, nil, client.Decline{KeepWaiting: true})
	got(t, http.StatusOK, declined.JSON200, declined, declined.Body, err)
	h.pass(2 * time.Second)
	out = offers()
	if len(out) != four {
		t.Fatalf("%d offers are out after one was declined", len(out))
	}
	for _, o := range out {
		accepted, err := c.AcceptOfferWithResponse(ctx, o.ID, nil)
		if a := got(t, http.StatusOK, accepted.JSON200, accepted, accepted.Body, err); a.State != client.OfferStateAccepted {
			t.Errorf("an accepted offer is %s", a.State)
		}
	}
	bookings, err := c.ListBookingsWithResponse(ctx, nil)
	if list := got(t, http.StatusOK, bookings.JSON200, bookings, bookings.Body, err); len(list.Data) != four {
		t.Errorf("%d bookings", len(list.Data))
	}
	waiting := map[string]bool{}
	limit := 20
	params := &client.ListEntriesParams{Limit: &limit}
	for {
		page, err := c.ListEntriesWithResponse(ctx, params)
		list := got(t, http.StatusOK, page.JSON200, page, page.Body, err)
		for _, e := range list.Data {
			waiting[e.ID] = true
		}
		next, err := list.NextCursor.Get()
		if err != nil {
			break
		}
		params.Cursor = &next
	}
	if len(waiting) != 50-four {
		t.Errorf("%d wait, want %d", len(waiting), 50-four)
	}
	figures, err := c.GetFiguresWithResponse(ctx, nil)
	f := got(t, http.StatusOK, figures.JSON200, figures, figures.Body, err)
	if f.Period.Openings.Filled != four || f.OnList.Waiting != 50-four || f.Period.Offers.Accepted != four || f.Period.Offers.Declined != 1 {
		t.Errorf("the figures are %s", figures.Body)
	}
}

var shell = regexp.MustCompile("(?s)```sh\n(.*?)```")

// TestTheFirstStepsWithTheAPIWorkAsTheyAreWritten runs the commands of docs/api.md: from a key to the first opened slot.
func TestTheFirstStepsWithTheAPIWorkAsTheyAreWritten(t *testing.T) {
	h := newHouse(t)
	key := h.key()
	text, err := os.ReadFile("../docs/api.md")
	h.ok(err)
	script := "set -eu\n"
	for _, block := range shell.FindAllStringSubmatch(string(text), -1) {
		script += block[1]
	}
	if n := strings.Count(script, "curl "); n != 5 {
		t.Errorf("%d commands with curl, and five are promised", n)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	run := exec.CommandContext(ctx, "bash", "-c", script)
	run.Env = append(os.Environ(), "WAITLIST="+h.url, "KEY_ID="+key.ID, "KEY_SECRET="+key.Secret, "DAY=2027-03-02")
	var out, trouble bytes.Buffer
	run.Stdout, run.Stderr = &out, &trouble
	if err := run.Run(); err != nil {
		t.Fatalf("%v\n%s%s", err, &out, &trouble)
	}
	var state string
	h.ok(h.db.Pool().QueryRowContext(ctx, "SELECT state FROM slots").Scan(&state))
	if state != "held" || !strings.Contains(out.String(), `"state":"held"`) {
		t.Errorf("the slot is %s:\n%s", state, &out)
	}
}

// TestTheAPIsDocumentIsWhatTheClientIsMadeOf asks for the document as programs do.
func TestTheAPIsDocumentIsWhatTheClientIsMadeOf(t *testing.T) {
	h := newHouse(t)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, h.url+paths.APIDocument, nil)
	h.ok(err)
	answer, err := http.DefaultClient.Do(r)
	h.ok(err)
	defer answer.Body.Close()
	served, err := io.ReadAll(answer.Body)
	h.ok(err)
	source, err := os.ReadFile("../handlers/api/openapi.json")
	h.ok(err)
	if !bytes.Equal(served, source) {
		t.Error("another document is served")
	}
}
