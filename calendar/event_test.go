package calendar

import (
	"bytes"
	"strings"
	"testing"
	"time"

	ics "github.com/arran4/golang-ical"

	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func booking() waitlist.BookingPage {
	return waitlist.BookingPage{
		Business:    waitlist.Business{Name: "Studio Nord; Haar, Bart", Address: "Torggata 12\r\n0181 Oslo"},
		ID:          "AbCdEfGhIjKlMnOpQrStUv",
		State:       rules.BookingConfirmed,
		ServiceName: "Schnitt & Farbe\r\nATTENDEE:mailto:x@example.com",
		StaffName:   "Mia",
		Start:       time.Date(2026, 3, 29, 1, 15, 0, 0, time.UTC),
		End:         time.Date(2026, 3, 29, 2, 0, 0, 0, time.UTC),
		Now:         time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC),
	}
}

func only(t *testing.T, file []byte) *ics.VEvent {
	t.Helper()
	parsed, err := ics.ParseCalendar(bytes.NewReader(file))
	if err != nil {
		t.Fatalf("the file does not read back: %v\n%s", err, file)
	}
	if n := len(parsed.Events()); n != 1 {
		t.Fatalf("%d events, want 1", n)
	}
	return parsed.Events()[0]
}

func value(e *ics.VEvent, p ics.ComponentProperty) string {
	if found := e.GetProperty(p); found != nil {
		return found.Value
	}
	return ""
}

func TestTheEventSaysWhatWhenAndWhere(t *testing.T) {
	event := only(t, Event(booking()))
	for property, want := range map[ics.ComponentProperty]string{
		ics.ComponentPropertyDtStart:     "20260329T011500Z",
		ics.ComponentPropertyDtEnd:       "20260329T020000Z",
		ics.ComponentPropertyDtstamp:     "20260301T120000Z",
		ics.ComponentPropertyDescription: "Mia",
		ics.ComponentPropertyLocation:    "Torggata 12, 0181 Oslo",
		ics.ComponentPropertyStatus:      "CONFIRMED",
		ics.ComponentPropertyUniqueId:    "booking-AbCdEfGhIjKlMnOpQrStUv@waitlist",
	} {
		if got := value(event, property); got != want {
			t.Errorf("%s is %q, want %q", property, got, want)
		}
	}
}

func TestANameCannotAddALineToTheFile(t *testing.T) {
	file := string(Event(booking()))
	unfolded := strings.ReplaceAll(file, "\r\n ", "")
	if strings.Contains(unfolded, "\nATTENDEE") || strings.Contains(strings.ReplaceAll(unfolded, "\r\n", ""), "\r") {
		t.Errorf("the service's name became a line of its own:\n%s", file)
	}
	if got := value(only(t, []byte(file)), ics.ComponentPropertySummary); !strings.HasSuffix(got, "· Studio Nord; Haar, Bart") {
		t.Errorf("the summary reads back as %q", got)
	}
}

func TestLinesEndAndFoldAsCalendarsExpect(t *testing.T) {
	p := booking()
	p.ServiceName = strings.Repeat("Dauerwelle für Übermütige ", 20)
	file := string(Event(p))
	for line := range strings.SplitSeq(strings.TrimSuffix(file, "\r\n"), "\r\n") {
		if len(line) > 75 || strings.ContainsAny(line, "\r\n") {
			t.Errorf("a line of %d bytes: %q", len(line), line)
		}
	}
}

func TestACancelledBookingTakesTheSameEventOut(t *testing.T) {
	p := booking()
	before := only(t, Event(p))
	p.State = rules.BookingCancelled
	after := only(t, Event(p))
	if value(after, ics.ComponentPropertyUniqueId) != value(before, ics.ComponentPropertyUniqueId) {
		t.Error("the cancellation is about another event")
	}
	if value(after, ics.ComponentPropertyStatus) != "CANCELLED" || value(after, ics.ComponentPropertySequence) <= value(before, ics.ComponentPropertySequence) {
		t.Errorf("status %q, sequence %q after %q", value(after, ics.ComponentPropertyStatus), value(after, ics.ComponentPropertySequence), value(before, ics.ComponentPropertySequence))
	}
}
