package counter_test

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/views/layout"
	"github.com/your-org/waitlist-management/waitlist"
)

func TestAnEmptyBoardTellsWhatHappensNext(t *testing.T) {
	s := open(t)
	board := s.page(paths.Counter).says("Nobody is waiting", "No offer is out", "No slot is open", "Mia", "Jonas")
	for _, way := range []string{paths.NewSlot, paths.NewEntry, paths.Day("2027-03-01")} {
		if !board.has(`a[href="` + way + `"]`) {
			t.Errorf("no way to %s", way)
		}
	}
}

func TestTheBoardListsWhoWaitsInOrderWithWishesAndReasons(t *testing.T) {
	s := open(t)
	s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{OnlyStaff: []string{s.mia}})
	s.Pass(5 * time.Hour)
	s.adds("Bela")
	urgent := s.adds("Cleo")
	s.check(s.W.SetPriority(s.Context(), s.Staff, urgent, 2, "In pain"))
	board := s.page(paths.Counter)
	names := board.Find("ol.wl-tickets h3").Map(func(_ int, h *goquery.Selection) string { return h.Text() })
	if strings.Join(names, " ") != "Cleo Amara Bela" {
		t.Errorf("order: %v", names)
	}
	cleo := answer{Document: goquery.NewDocumentFromNode(board.Find("#entry-" + urgent).Nodes[0]), t: t}
	if text := strings.Join(strings.Fields(cleo.Text()), " "); !strings.Contains(text, "Much earlier") || !strings.Contains(text, "Priority+1,000") || !strings.Contains(text, "+4930901820") {
		t.Errorf("Cleo's row: %s", text)
	}
	board.says("Haircut", "5 h", "only Mia")
	if !board.has(`a[href="` + paths.CounterEntry(urgent) + `"]`) {
		t.Error("no way to the entry")
	}
}

func TestTheBoardLooksAgainForItsPartAlone(t *testing.T) {
	s := open(t)
	board := s.page(paths.Counter).Find("#board")
	if board.AttrOr("hx-trigger", "") != layout.OnChange || board.AttrOr("hx-swap", "") != "outerMorph" || board.AttrOr("hx-get", "") != paths.Counter {
		t.Errorf("the board does not look again")
	}
	s.adds("Amara")
	s.part(paths.Counter, "div#board", nil).says("Amara")
}

func TestALongListIsFoldedAndUnfolded(t *testing.T) {
	s := open(t)
	for i := range 103 {
		s.adds(fmt.Sprintf("Person %d", i))
	}
	const tickets = "ol.wl-tickets > li"
	board := s.page(paths.Counter).says("Show 3 more")
	if n := board.Find(tickets).Length(); n != 100 {
		t.Errorf("%d rows at first", n)
	}
	more := board.Find(`a[href="` + paths.Counter + `?rows=200"]`)
	if more.Length() != 1 {
		t.Fatal("no way to the others")
	}
	whole := s.page(paths.Counter + "?rows=200").silent("Show")
	if n := whole.Find(tickets).Length(); n != 103 {
		t.Errorf("%d rows in the end", n)
	}
	if again := whole.Find("#board").AttrOr("hx-get", ""); again != paths.Counter+"?rows=200" {
		t.Errorf("looking again folds the list: %q", again)
	}
	for _, typed := range []string{"x", "-5", "99999999999999999999", "0"} {
		if n := s.page(paths.Counter + "?rows=" + typed).Find(tickets).Length(); n != 100 {
			t.Errorf("rows=%s shows %d", typed, n)
		}
	}
}

func TestOpenSlotsOfAllDaysTellWhyNobodyIsAsked(t *testing.T) {
	s := open(t)
	far := s.Open(s.mia, 9, "10:00", time.Hour)
	s.Open(s.jonas, 0, "09:20", 15*time.Minute)
	board := s.page(paths.Counter).says("Nobody on the list fits", "Too late to ask anyone", "Wednesday 10 March, 10:00")
	if !board.has(`a[href="` + paths.Slot(far) + `"]`) {
		t.Error("no way to a slot of another day")
	}
}

func TestAnOfferWithoutAnAddressIsCalledAndTheAnswerRecorded(t *testing.T) {
	s := open(t)
	s.adds("Amara")
	slot := s.Open(s.mia, 0, "15:00", 45*time.Minute)
	offer := s.offer("Amara")
	board := s.page(paths.Counter).says("No email: please call", "+4930901820", "Said yes", "Said no", "Today 15:00")
	if !board.has(`[data-countdown][data-total="600"]`) {
		t.Error("no countdown")
	}
	s.press(board, paths.CounterOfferAcceptance(offer.ID), nil).says("Booked.")
	if got := s.Slot(slot).State; got != rules.SlotBooked {
		t.Errorf("the slot is %s", got)
	}
	again := s.ask("POST", paths.CounterOfferAcceptance(offer.ID), url.Values{})
	if again.status != 303 {
		t.Errorf("pressed twice: %d %s", again.status, again.text())
	}
}

func TestANoIsRecordedAndTheNextIsAsked(t *testing.T) {
	s := open(t)
	first, second := s.adds("Amara"), s.adds("Bela")
	s.Open(s.mia, 0, "15:00", 45*time.Minute)
	s.press(s.page(paths.Counter), paths.CounterOfferDecline(s.offer("Amara").ID), nil).says("The no is noted")
	s.page(paths.CounterEntry(first)).says("Waiting", "Said no to Today 15:00")
	s.ask("POST", paths.CounterOfferDecline(s.offer("Bela").ID), url.Values{"then": {"leave"}})
	s.page(paths.CounterEntry(second)).says("Left")
}

func TestAnAnswerForAnOfferThatEndedIsRefusedInWords(t *testing.T) {
	s := open(t)
	s.adds("Amara")
	s.Open(s.mia, 0, "15:00", 45*time.Minute)
	offer := s.offer("Amara")
	s.Live(11*time.Minute, time.Minute)
	if late := s.ask("POST", paths.CounterOfferAcceptance(offer.ID), url.Values{}); late.status != 410 {
		t.Errorf("status %d", late.status)
	} else {
		late.says("The time for this offer is up.")
	}
	note := s.ask("POST", paths.CounterOfferAcceptance(offer.ID), url.Values{}, "HX-Request", "true")
	if note.status != 410 || !note.has("hx-partial") || note.has("main") {
		t.Errorf("htmx gets %d %s", note.status, note.body)
	}
}

func TestAWithdrawnOfferIsPassedOnUnlessItIsUndoneInTime(t *testing.T) {
	s := open(t)
	s.WaitAs("Amara", "amara@example.org", s.cut, waitlist.Wishes{})
	s.WaitAs("Bela", "bela@example.org", s.cut, waitlist.Wishes{})
	s.Open(s.mia, 0, "15:00", 45*time.Minute)
	offer := s.offer("Amara")
	undo := paths.CounterOfferRestoration(offer.ID)
	withdrawn := s.press(s.page(paths.Counter), paths.CounterOfferWithdrawal(offer.ID), nil).says("taken back in 10 seconds", "Being taken back")
	if !withdrawn.has(`#flash form[action="`+undo+`"]`) || !withdrawn.has(`#board form[action="`+undo+`"]`) {
		t.Error("no way to undo it")
	}
	s.press(withdrawn, undo, nil).says("The offer stands as before.").silent("Being taken back")
	s.Pass(11 * time.Second)
	s.Tick()
	s.offer("Amara")

	s.press(s.page(paths.Counter), paths.CounterOfferWithdrawal(offer.ID), nil)
	s.Pass(11 * time.Second)
	s.Tick()
	s.offer("Bela")
	if late := s.ask("POST", undo, url.Values{}); late.status != 410 {
		t.Errorf("undone too late: %d", late.status)
	}
}
