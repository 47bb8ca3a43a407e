package admin_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/e2e/browser"
	"github.com/your-org/waitlist-management/paths"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

const (
	weightsForm  = "weights-form"
	consequences = "weights-consequences"
	progress     = "weights-progress"
)

// queued is a business whose list has somebody for every weight, and openings that were offered.
func queued(t *testing.T) (s *site, who map[string]string) {
	t.Helper()
	s = open(t)
	cut, mia, _ := s.staffed()
	colour := s.AddService("Balayage with consultation, toning and blow-dry", 150*time.Minute, 15*time.Minute)
	who = map[string]string{}
	for i, name := range []string{"Early Bird", "Loyal Lou", "Flexible Finn", "Late Lin", "Absent Abe", "Maximiliane Wolkenstein-Hohenfels"} {
		wishes := waitlist.Wishes{}
		if i == 3 {
			wishes.PreferredStaff = mia
		}
		if i != 2 {
			wishes.OnlyStaff = []string{mia}
		}
		service := cut
		if i > 3 {
			service, wishes = colour, waitlist.Wishes{}
		}
		who[name] = s.WaitAs(name, strings.ReplaceAll(strings.ToLower(name), " ", ".")+"@example.org", service, wishes).Entry
		s.Pass(5 * time.Hour)
	}
	s.StartAt(time.Date(2027, 3, 3, 9, 0, 0, 0, s.Zone))
	for name, facts := range map[string]string{"Loyal Lou": "visits = 2", "Absent Abe": "no_shows = 2"} {
		_, err := s.DB.Pool().Exec("UPDATE customers SET "+facts+" WHERE identity_hash = ?", s.DB.Lookup().Identity(s.Tenant, strings.ReplaceAll(strings.ToLower(name), " ", ".")+"@example.org", name))
		s.check(err)
		s.check(s.W.SetPriority(s.Context(), s.Staff, who[name], 1, "its place is written by it"))
		s.check(s.W.SetPriority(s.Context(), s.Staff, who[name], 0, "its place is written by it"))
	}
	s.Open(mia, 1, "15:00", 45*time.Minute)
	return s, who
}

func TestWeightsShowWhatTheyWouldDoBeforeTheyAreSaved(t *testing.T) {
	s, _ := queued(t)
	form := s.page(paths.Weights, "Who goes first").says("These weights are in force", "An hour on the list gives 10 points, a day 240 points.", "One visit counts like 2 h of waiting",
		"Who prefers Mia", "The weights have not been changed yet").silent("put into the new order")
	loyal := url.Values{"act": {"preview"}, "loyalty_per_visit": {"200"}, "loyalty_most": {"2000"}}
	page := s.press(form, paths.Weights, loyal)
	part := s.pressLive(form, paths.Weights, consequences, loyal)
	for _, a := range []answer{page, part} {
		if a.status != http.StatusOK || a.Find("#"+consequences).Length() != 1 {
			t.Fatalf("status %d:\n%s", a.status, a.main())
		}
		text := strings.Join(strings.Fields(a.Find("#"+consequences).Text()), " ")
		for _, want := range []string{"of 6 on the list would move", "Worked out exactly", "Loyal Lou", "Earlier visits: +400 points, was +40", "up 1 place, was 2", "Who would be asked next", "Thu 4 Mar, 15:00 with Mia"} {
			if !strings.Contains(text, want) {
				t.Errorf("not there: %q in %s", want, text)
			}
		}
		if !strings.Contains(a.body, "One visit counts like 20 h of waiting; 10 visits and more like 8 days of waiting.") {
			t.Error("the examples are those of other weights")
		}
	}
	if part.Find("main, form").Length() != 0 {
		t.Error("the part is more than itself")
	}
	if kept := page.fields(paths.Weights, nil); kept.Get("loyalty_per_visit") != "200" || kept.Get("version") != form.fields(paths.Weights, nil).Get("version") {
		t.Errorf("kept %v", kept)
	}
	if now := s.get(paths.Weights).fields(paths.Weights, nil); now.Get("loyalty_per_visit") != "20" {
		t.Error("a preview was saved")
	}
	bad := s.pressLive(form, paths.Weights, consequences, url.Values{"act": {"preview"}, "loyalty_per_visit": {"lots"}})
	if bad.status != http.StatusUnprocessableEntity || bad.Find(`#`+consequences+` a[href="#f-loyalty-per-visit"]`).Length() != 1 {
		t.Errorf("a number that is none: %d\n%s", bad.status, bad.body)
	}
}

func TestWeightsAreSavedWithAReasonAndSortTheListAnew(t *testing.T) {
	s, _ := queued(t)
	form := s.page(paths.Weights, "Who goes first")
	refused := s.press(form, paths.Weights, url.Values{"wait_per_hour": {"20"}}).refuses("reason")
	s.pressLive(form, paths.Weights, weightsForm, url.Values{"wait_per_hour": {"20"}, "reason": {strings.Repeat("x", 201)}}).refuses("reason").partOnly(weightsForm)
	good := url.Values{"reason": {"Two of them <b>waited</b> for weeks"}}
	saved := s.leadsTo(s.press(refused, paths.Weights, good), paths.Weights).says("Saved.", "0 of 6 places written", "goes on ranking by the old weights", "You can save other weights meanwhile",
		"Two of them <b>waited</b> for weeks", "Ada Lovelace", "For each hour of waiting: 10 → 20", "What it began with")
	s.leadsTo(s.press(refused, paths.Weights, good), paths.Weights) // once more
	if n := saved.Find("#weights-history li").Length(); n != 2 {
		t.Errorf("%d lines of history, want the change and the beginning", n)
	}
	stale := s.press(form, paths.Weights, url.Values{"wait_per_hour": {"30"}, "reason": {"mine"}})
	if stale.status != http.StatusConflict {
		t.Fatalf("over weights that were changed meanwhile: %d", stale.status)
	}
	stale.says("Somebody changed the weights")
	if got := stale.fields(paths.Weights, nil); got.Get("wait_per_hour") != "30" || got.Get("reason") != "mine" || got.Get("version") == form.fields(paths.Weights, nil).Get("version") {
		t.Errorf("kept %v", got)
	}
	poll := func() answer {
		return s.ask("GET", paths.Weights, nil, "HX-Request", "true", "HX-Request-Type", "partial", "HX-Target", "section#"+progress)
	}
	if a := poll(); a.Find("#"+progress).Length() != 1 || a.Find("main").Length() != 0 || a.Find("[hx-trigger]").Length() != 1 || a.header.Get("HX-Trigger") != "" {
		t.Errorf("the progress: %s", a.body)
	}
	s.Pass(2 * time.Minute)
	if a := poll(); !strings.Contains(a.body, "not getting on") {
		t.Errorf("two minutes without a batch: %s", a.body)
	}
	s.Tick()
	if a := poll(); !strings.Contains(a.body, "is in the new order") || a.Find("[hx-trigger]").Length() != 0 || a.header.Get("HX-Trigger") != "changed" {
		t.Errorf("when it is over: %s", a.body)
	}
	again := s.page(paths.Weights, "Who goes first").silent("put into the new order").says("These weights are in force")
	if got := again.fields(paths.Weights, nil).Get("wait_per_hour"); got != "20" {
		t.Errorf("points for waiting: %s", got)
	}
}

func TestPresetsAndEarlierWeightsOnlyFillTheForm(t *testing.T) {
	s, _ := queued(t)
	page := s.page(paths.Weights, "Who goes first")
	for _, preset := range rules.Presets() {
		want, _ := preset.Weights()
		filled := s.page(page.Find(`.wl-preset`).Eq(presetAt(preset)).AttrOr("href", ""), "Who goes first")
		if got := filled.fields(paths.Weights, nil); got.Get("loyalty_per_visit") != itoa(want.LoyaltyPerVisit) || got.Get("pass_over_limit") != itoa(want.PassOverLimit) {
			t.Errorf("%s fills in %v", preset, got)
		}
		if n := filled.Find(`.wl-preset[aria-current]`).Length(); n != 1 {
			t.Errorf("%s: %d presets are marked as chosen", preset, n)
		}
	}
	s.leadsTo(s.press(page, paths.Weights, url.Values{"wait_per_hour": {"33"}, "reason": {"to see"}}), paths.Weights).says("your own mix")
	back := s.get(paths.Weights).Find("#weights-history a").First().AttrOr("href", "")
	if got := s.page(back, "Who goes first").fields(paths.Weights, nil).Get("wait_per_hour"); got != "10" {
		t.Errorf("bringing the first weights back fills in %q", got)
	}
	if got := s.get(paths.Weights).fields(paths.Weights, nil).Get("wait_per_hour"); got != "33" {
		t.Errorf("a link saved %s", got)
	}
	if a := s.get(paths.Weights + "?wait_per_hour=lots"); a.status != http.StatusUnprocessableEntity {
		t.Errorf("a link with nonsense answers %d", a.status)
	}
}

func TestTheOfferSettingsSayWhatTheyComeTo(t *testing.T) {
	s := open(t)
	const said = "offers-said"
	form := s.page(paths.Settings, "Offers").says("can be offered to 9 people one after another", "at most 3 emails with offers a day, at least 30 min apart")
	typed := url.Values{"act": {"preview"}, "hold": {"90"}, "minimum_notice": {"60"}, "contacts_per_day": {"1"}}
	for _, a := range []answer{s.press(form, paths.Settings, typed), s.pressLive(form, paths.Settings, said, typed)} {
		if text := a.Find("#" + said).Text(); a.status != http.StatusOK || !strings.Contains(text, "2 hours ahead is not offered to anybody") || !strings.Contains(text, "to 15 people") ||
			!strings.Contains(text, "at most 1 email") {
			t.Errorf("status %d: %s", a.status, text)
		}
	}
	if a := s.pressLive(form, paths.Settings, said, url.Values{"act": {"preview"}, "hold": {"soon"}}); a.status != http.StatusUnprocessableEntity || !strings.Contains(a.body, "read") || a.Find("form").Length() != 0 {
		t.Errorf("a number that is none: %d %s", a.status, a.body)
	}
	if got := s.get(paths.Settings).fields(paths.Settings, nil).Get("hold"); got != "10" {
		t.Errorf("looking saved %s", got)
	}
}

func presetAt(p rules.Preset) int {
	for i, other := range rules.Presets() {
		if other == p {
			return i
		}
	}
	return -1
}

func itoa(n int) string { return strconv.Itoa(n) }

func TestTheWeightsSuitEveryScreenAndEverybody(t *testing.T) {
	s, _ := queued(t)
	s.leadsTo(s.press(s.get(paths.Weights), paths.Weights, url.Values{"loyalty_per_visit": {"150"}, "loyalty_most": {"3000"}, "reason": {"Regulars asked for it, and Mia agrees that they should not have to wait so long any more"}}), paths.Weights)
	w, _ := rules.PresetFastest.Weights()
	busy := s.get(paths.Weights).Find(".wl-preset").Eq(presetAt(rules.PresetFastest)).AttrOr("href", "")
	if w == rules.DefaultWeights() || busy == "" {
		t.Fatal("nothing to propose")
	}
	b := browser.Start(t)
	for name, screen := range map[string]browser.Screen{
		"phone": browser.Phone, "phone-dark": browser.Phone.InTheDark(), "narrow": {Width: 320, Height: 640, Scale: 2, Touch: true},
		"tablet": browser.Tablet, "desktop": browser.Desktop, "desktop-dark": browser.Desktop.InTheDark(),
	} {
		t.Run(name, func(t *testing.T) {
			page := b.Open(t, screen, s.server.URL+logIn+"?token="+s.token)
			page.Go(s.server.URL + busy)
			page.Click("#weights-list-all summary")
			page.Picture("weights-" + name)
			page.Fits()
			page.Reachable()
			page.Accessible()
			page.Go(s.server.URL + busy + "&lang=de")
			page.Click("#weights-list-0 summary")
			page.Picture("weights-german-" + name)
			page.Fits()
			page.Go(s.server.URL + paths.Weights + "?lang=en")
		})
	}
	browser.Valid(t, map[string]string{
		"in force": s.get(paths.Weights).body, "proposed": s.get(busy).body,
		"refused": s.press(s.get(paths.Weights), paths.Weights, url.Values{"loyalty_per_visit": {"lots"}}).body,
	})
}

func TestASliderShowsItsConsequencesAtOnce(t *testing.T) {
	s, _ := queued(t)
	page := browser.Start(t).Open(t, browser.Desktop, s.server.URL+logIn+"?token="+s.token)
	page.Go(s.server.URL + paths.Weights)
	page.SeeText("#"+consequences+" [role=status]", "in force")
	page.Click("#weights-list-all summary")
	page.Set(`[data-slider="f-loyalty-per-visit"]`, "200")
	page.SeeText("#weights-said-customer", "One visit counts like 20 h of waiting")
	if got := page.Value("#f-loyalty-per-visit"); got != "200" {
		t.Errorf("the number beside the slider is %s", got)
	}
	page.Set("#f-loyalty-most", "2000")
	page.SeeText("#"+consequences+" [role=status]", "would move")
	page.SeeText("#weights-list-all", "Loyal Lou") // unfolded as before
	if got := page.Value(`[data-slider="f-loyalty-most"]`); got != "2000" {
		t.Errorf("the slider beside the number is at %s", got)
	}
	page.Fill("#f-reason", "Regulars first")
	page.Click("#weights-save .wl-btn-primary")
	page.SeeText("#flash", "Saved.")
	page.SeeText("#"+progress, "places written")
	s.Pass(time.Minute)
	s.Tick()
	page.SeeText("#"+progress, "is in the new order")
	page.SeeText("#"+consequences+" [role=status]", "in force")
}
