package business_test

import (
	"strings"
	"testing"
	"time"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func (s shop) profile() business.ProfileForm {
	s.T.Helper()
	f, err := s.b.Profile(s.Context(), s.Tenant)
	s.must(err)
	return f
}

func (s shop) offers() business.OfferForm {
	s.T.Helper()
	f, err := s.b.OfferSettings(s.Context(), s.Tenant)
	s.must(err)
	return f
}

func TestAChangedProfileIsWhatCustomersRead(t *testing.T) {
	s := open(t)
	f := s.profile()
	f.Name, f.Street, f.Locale = " Salon Müller ", "Gasse 1, Wien", "de-AT"
	touched, err := s.b.ChangeProfile(t.Context(), s.Staff, f)
	s.must(err)
	got, err := s.W.Business(t.Context(), s.Tenant)
	s.must(err)
	if !touched.Empty() || got.Name != "Salon Müller" || got.Address != "Gasse 1, Wien" || got.Locale != "de-AT" || s.noted("profile.change") != 1 {
		t.Errorf("touched %+v, business %+v", touched, got)
	}
}

func TestAHostileProfileIsRefusedByItsFieldAndChangesNothing(t *testing.T) {
	s := open(t)
	before := s.profile()
	type refusal struct {
		spoil func(*business.ProfileForm)
		field string
	}
	cases := map[string]refusal{
		"no zone":            {func(f *business.ProfileForm) { f.Zone = "" }, "zone"},
		"the machine's zone": {func(f *business.ProfileForm) { f.Zone = "Local" }, "zone"},
		"an unknown zone":    {func(f *business.ProfileForm) { f.Zone = "Europe/Atlantis" }, "zone"},
		"a path for a zone":  {func(f *business.ProfileForm) { f.Zone = "../../../etc/passwd" }, "zone"},
		"an offset":          {func(f *business.ProfileForm) { f.Zone = "+01:00" }, "zone"},
		"a huge zone":        {func(f *business.ProfileForm) { f.Zone = strings.Repeat("x", 1<<16) }, "zone"},
		"no currency":        {func(f *business.ProfileForm) { f.Currency = "" }, "currency"},
		"a small currency":   {func(f *business.ProfileForm) { f.Currency = "eur" }, "currency"},
		"a long currency":    {func(f *business.ProfileForm) { f.Currency = "EURO" }, "currency"},
		"an unknown tongue":  {func(f *business.ProfileForm) { f.Locale = "xx" }, "locale"},
		"a script":           {func(f *business.ProfileForm) { f.Locale = "<script>" }, "locale"},
		"a huge address":     {func(f *business.ProfileForm) { f.Street = strings.Repeat("x", 121) }, "street"},
		"an address of two":  {func(f *business.ProfileForm) { f.Street = "Here\nThere" }, "street"},
	}
	for what, name := range hostileNames {
		cases["a name: "+what] = refusal{func(f *business.ProfileForm) { f.Name = name }, "name"}
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			f := before
			c.spoil(&f)
			_, err := s.b.ChangeProfile(t.Context(), s.Staff, f)
			wantField(t, err, c.field)
		})
	}
	if after := s.profile(); after != before {
		t.Errorf("now %+v", after)
	}
}

func TestAnotherZoneShowsEveryTimeThatReadsDifferently(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	booking, slot := s.book(mia, cut, "Ada", 1, "10:00"), s.Open(mia, 1, "12:00", 30*time.Minute)
	at := s.Slot(slot).StartsAt

	f := s.profile()
	f.Zone = "Europe/Vienna" // the same clock
	touched, err := s.b.ChangeProfile(t.Context(), s.Staff, f)
	s.must(err)
	if !touched.Empty() {
		t.Fatalf("the same clock touches %+v", touched)
	}
	f = s.profile()
	f.Zone = "Europe/London"
	touched, err = s.b.ChangeProfile(t.Context(), s.Staff, f)
	s.must(err)
	same(t, "bookings", bookingIDs(touched), sorted(booking))
	same(t, "slots", slotIDs(touched), sorted(slot))
	if touched.NewZone.String() != "Europe/London" || touched.Zone.String() != "Europe/Vienna" {
		t.Errorf("from %s to %s", touched.Zone, touched.NewZone)
	}
	seen := touched.Fingerprint()
	other := f
	other.Zone, other.Seen = "Europe/Lisbon", seen
	if touched, err = s.b.ChangeProfile(t.Context(), s.Staff, other); err != nil || touched.Empty() {
		t.Fatalf("another zone than the one seen was saved: %v", err)
	}
	f.Seen = seen
	touched, err = s.b.ChangeProfile(t.Context(), s.Staff, f)
	s.must(err)
	if !touched.Empty() || s.profile().Zone != "Europe/London" || !s.Slot(slot).StartsAt.Equal(at) {
		t.Errorf("touched %+v, zone %s, the slot moved from %s to %s", touched, s.profile().Zone, at, s.Slot(slot).StartsAt)
	}
}

func TestAnotherCurrencyShowsEveryPriceAndKeepsItsNumber(t *testing.T) {
	s := open(t)
	s.AddService("Cut", 30*time.Minute, 0) // 50 euros
	_, err := s.b.AddService(t.Context(), s.Staff, s.serviceForm("Free advice"))
	s.must(err)
	f := s.profile()
	f.Currency = "JPY"
	touched, err := s.b.ChangeProfile(t.Context(), s.Staff, f)
	s.must(err)
	if len(touched.Prices) != 1 || touched.Prices[0].From != (waitlist.Price{Kind: rules.PriceAmount, Minor: 5000, Currency: "EUR"}) ||
		touched.Prices[0].To != (waitlist.Price{Kind: rules.PriceAmount, Minor: 50, Currency: "JPY"}) {
		t.Fatalf("prices: %+v", touched.Prices)
	}
	f.Seen = touched.Fingerprint()
	_, err = s.b.ChangeProfile(t.Context(), s.Staff, f)
	s.must(err)
	if p := s.services().Active[0].Price; p.Minor != 50 || p.Currency != "JPY" {
		t.Errorf("price: %+v", p)
	}
}

func TestSettingsChangedMeanwhileAreNotOverwritten(t *testing.T) {
	s := open(t)
	mine, theirs, offers := s.profile(), s.profile(), s.offers()
	theirs.Name = "Theirs"
	_, err := s.b.ChangeProfile(t.Context(), s.Staff, theirs)
	s.must(err)
	mine.Name = "Mine"
	_, err = s.b.ChangeProfile(t.Context(), s.Staff, mine)
	wantKind(t, err, problem.Conflict)
	wantKind(t, s.b.ChangeOfferSettings(t.Context(), s.Staff, offers), problem.Conflict)
	for _, version := range []string{"", "zero", "99999999999999999999"} {
		f := s.profile()
		f.Version = version
		_, err = s.b.ChangeProfile(t.Context(), s.Staff, f)
		wantKind(t, err, problem.Conflict)
	}
	if s.profile().Name != "Theirs" || s.noted("profile.change") != 1 {
		t.Errorf("now %+v", s.profile())
	}
}

func TestOfferSettingsGovernTheNextOffer(t *testing.T) {
	s := open(t)
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia", cut)
	f := s.offers()
	f.Hold = "25"
	s.must(s.b.ChangeOfferSettings(t.Context(), s.Staff, f))
	q := s.messages().Quiet
	q.From, q.To = "08:30", "09:30" // it is 09:00
	s.must(s.b.ChangeQuietHours(t.Context(), s.Staff, q))
	who := s.Wait(cut, waitlist.Wishes{})
	slot := s.Open(mia, 1, "10:00", 30*time.Minute)
	s.Tick()
	if reason := s.Slot(slot).UnfilledReason; s.OfferTo(who) != "" || reason != rules.ReasonQuietHours {
		t.Fatalf("in the quiet hour: offered %q, reason %s", s.OfferTo(who), reason)
	}
	if q = s.messages().Quiet; q.From != "08:30" || q.To != "09:30" {
		t.Errorf("quiet from %s to %s", q.From, q.To)
	}
	q.From, q.To = "", ""
	s.must(s.b.ChangeQuietHours(t.Context(), s.Staff, q))
	s.Tick()
	page, err := s.W.OfferPage(t.Context(), s.OfferTo(who))
	s.must(err)
	if page.Hold != 25*time.Minute {
		t.Errorf("held for %s", page.Hold)
	}
	if n, quiet := s.noted("offer_settings.change"), s.noted("sending.change"); n != 1 || quiet != 2 {
		t.Errorf("noted %d and %d times", n, quiet)
	}
}

func TestHostileOfferSettingsAreRefusedByTheirFieldAndChangeNothing(t *testing.T) {
	s := open(t)
	before := s.offers()
	type refusal struct {
		spoil func(*business.OfferForm)
		field string
	}
	cases := map[string]refusal{
		"a hold of nothing":     {func(f *business.OfferForm) { f.Hold = "0" }, "hold"},
		"a hold over a day":     {func(f *business.OfferForm) { f.Hold = "1441" }, "hold"},
		"a cap below nothing":   {func(f *business.OfferForm) { f.HoldCap = "-1" }, "hold_cap"},
		"a cap over a day":      {func(f *business.OfferForm) { f.HoldCap = "1441" }, "hold_cap"},
		"a notice over a month": {func(f *business.OfferForm) { f.MinimumNotice = "43201" }, "minimum_notice"},
		"no contacts":           {func(f *business.OfferForm) { f.ContactsPerDay = "0" }, "contacts_per_day"},
		"too many contacts":     {func(f *business.OfferForm) { f.ContactsPerDay = "101" }, "contacts_per_day"},
		"a gap over a day":      {func(f *business.OfferForm) { f.ContactGap = "1441" }, "contact_gap"},
	}
	for what, typed := range map[string]string{"nothing": "", "a word": "ten", "a fraction": "1.5", "a script": "<script>", "a huge number": "9" + strings.Repeat("0", 40), "an overflow": "9223372036854775807"} {
		cases["hold: "+what] = refusal{func(f *business.OfferForm) { f.Hold = typed }, "hold"}
		cases["contacts: "+what] = refusal{func(f *business.OfferForm) { f.ContactsPerDay = typed }, "contacts_per_day"}
	}
	for what, c := range cases {
		t.Run(what, func(t *testing.T) {
			f := before
			c.spoil(&f)
			wantField(t, s.b.ChangeOfferSettings(t.Context(), s.Staff, f), c.field)
		})
	}
	if after := s.offers(); after != before {
		t.Errorf("now %+v", after)
	}
}

func TestThePlaceCountsAsTicked(t *testing.T) {
	s := open(t)
	f := s.offers()
	if f.CountsFromStart == "" {
		t.Fatal("not ticked at first")
	}
	f.CountsFromStart = ""
	s.must(s.b.ChangeOfferSettings(t.Context(), s.Staff, f))
	if s.offers().CountsFromStart != "" {
		t.Error("still ticked")
	}
}

func TestTheOverviewSaysWhatIsMissing(t *testing.T) {
	s := open(t)
	read := func() business.Overview {
		t.Helper()
		o, err := s.b.Overview(t.Context(), s.Tenant)
		s.must(err)
		return o
	}
	if o := read(); o.Services != 0 || o.Staff != 0 || o.CanJoin || !o.HasHours || o.Business.Slug != s.Slug {
		t.Errorf("at first: %+v", o)
	}
	cut := s.AddService("Cut", 30*time.Minute, 0)
	mia := s.AddStaffMember("Mia")
	if o := read(); o.CanJoin || len(o.Unoffered) != 1 || len(o.Idle) != 1 {
		t.Errorf("with nobody offering: %+v", o)
	}
	f := s.serviceForm("Cut")
	f.Staff = []string{mia}
	_, err := s.b.ChangeService(t.Context(), s.Staff, cut, f)
	s.must(err)
	_, err = s.b.ChangeHours(t.Context(), s.Staff, s.noHours())
	s.must(err)
	s.Wait(cut, waitlist.Wishes{LatestOn: s.day(0)})
	s.Open(mia, 1, "10:00", 30*time.Minute)
	if o := read(); !o.CanJoin || len(o.Unoffered)+len(o.Idle) != 0 || o.HasHours || o.Counts.Waiting != 1 || o.Counts.Open != 1 {
		t.Errorf("set up: %+v", o)
	}
}
