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

// want is what a call of the client gave; the test ends when it gave none.
func want[T any](t *testing.T) func(*http.Response, error) T {
	return func(answer *http.Response, err error) T {
		t.Helper()
		value, err := client.Read[T](answer, err)
		if err != nil {
			t.Fatal(err)
		}
		return value
	}
}

// TestAProgramRunsABusinessWithAClientMadeOfTheDocument sets a business up, puts 50 customers on the list, opens slots, answers offers and
// reads the figures, all with the client in package client.
func TestAProgramRunsABusinessWithAClientMadeOfTheDocument(t *testing.T) {
	h := newHouse(t)
	key := h.key()
	ctx := t.Context()
	login := clientcredentials.Config{ClientID: key.ID, ClientSecret: key.Secret, TokenURL: h.url + paths.APIToken}
	c, err := client.NewClient(h.url+paths.API, client.WithHTTPClient(login.Client(ctx)))
	h.ok(err)

	price := client.NewPrice{Kind: client.PriceKindAmount, Amount: nullable.NewNullableWithValue(int64(4200))}
	cut := want[client.Service](t)(c.AddService(ctx, nil, client.NewService{Name: "Haircut", DurationMinutes: 30, Price: price}))
	mia := want[client.StaffMember](t)(c.AddStaffMember(ctx, nil, client.NewStaffMember{Name: "Mia"}))
	var week []client.NewOpenInterval
	for weekday := 1; weekday <= 5; weekday++ {
		week = append(week, client.NewOpenInterval{Weekday: weekday, From: "08:00", To: "20:00"})
	}
	want[client.OpeningHours](t)(c.SetOpeningHours(ctx, nil, client.NewOpeningHours{Intervals: week}))
	hold := 15
	settings := want[client.OfferSettings](t)(c.ChangeOfferSettings(ctx, nil, client.OfferSettingsChange{HoldMinutes: &hold}))
	if settings.HoldMinutes != hold {
		t.Errorf("the hold is %d minutes", settings.HoldMinutes)
	}

	consent := true
	for i := range 50 {
		name, email := fmt.Sprintf("Guest %d", i), fmt.Sprintf("guest%d@example.org", i)
		want[client.Entry](t)(c.AddEntry(ctx, nil, client.NewEntry{ServiceID: cut.ID, Name: &name, Email: &email, Consent: &consent}))
		h.db.MoveClock(time.Second)
	}
	name, email := "Guest 1", "guest1@example.org"
	_, err = client.Read[client.Entry](c.AddEntry(ctx, nil, client.NewEntry{ServiceID: cut.ID, Name: &name, Email: &email, Consent: &consent}))
	if client.Code(err) != "already_waiting" {
		t.Errorf("somebody who waits already: %v", err)
	}

	four := 4
	tuesday := openapi.Date{Time: time.Date(2027, 3, 2, 0, 0, 0, 0, time.UTC)}
	slots := client.NewSlots{StaffMemberID: mia.ID, Date: tuesday, Time: "10:00", DurationMinutes: 30, Count: &four}
	if opened := want[client.OpenedSlots](t)(c.OpenSlots(ctx, nil, slots)); len(opened.Data) != four {
		t.Fatalf("%d slots", len(opened.Data))
	}
	h.pass(2 * time.Second)
	h.pass(2 * time.Second)

	pending := client.OfferStatePending
	offers := func() []client.Offer {
		return want[client.OfferList](t)(c.ListOffers(ctx, &client.ListOffersParams{State: &pending})).Data
	}
	out := offers()
	if len(out) != four {
		t.Fatalf("%d offers are out", len(out))
	}
	want[client.Offer](t)(c.DeclineOffer(ctx, out[0].ID, nil, client.Decline{KeepWaiting: true}))
	h.pass(2 * time.Second)
	out = offers()
	if len(out) != four {
		t.Fatalf("%d offers are out after one was declined", len(out))
	}
	for _, o := range out {
		if accepted := want[client.Offer](t)(c.AcceptOffer(ctx, o.ID, nil)); accepted.State != client.OfferStateAccepted {
			t.Errorf("an accepted offer is %s", accepted.State)
		}
	}
	if bookings := want[client.BookingList](t)(c.ListBookings(ctx, nil)); len(bookings.Data) != four {
		t.Errorf("%d bookings", len(bookings.Data))
	}
	waiting := map[string]bool{}
	limit := 20
	params := &client.ListEntriesParams{Limit: &limit}
	for {
		page := want[client.EntryList](t)(c.ListEntries(ctx, params))
		for _, e := range page.Data {
			waiting[e.ID] = true
		}
		next, err := page.NextCursor.Get()
		if err != nil {
			break
		}
		params.Cursor = &next
	}
	if len(waiting) != 50-four {
		t.Errorf("%d wait, want %d", len(waiting), 50-four)
	}
	f := want[client.Figures](t)(c.GetFigures(ctx, nil))
	if f.Period.Openings.Filled != four || f.OnList.Waiting != 50-four || f.Period.Offers.Accepted != four || f.Period.Offers.Declined != 1 {
		t.Errorf("the figures are %+v", f)
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
