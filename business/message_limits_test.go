package business_test

import (
	"testing"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/problem"
	"github.com/your-org/waitlist-management/rules"
	"github.com/your-org/waitlist-management/waitlist"
)

func (s shop) messages() business.MessageLimits {
	s.T.Helper()
	m, err := s.b.MessageLimits(s.Context(), s.Tenant)
	s.must(err)
	return m
}

func TestLimitsAndQuietHoursAreKeptAsTyped(t *testing.T) {
	s := open(t)
	before := s.messages()
	if before.Limits != (business.LimitsForm{PerDay: "20", Version: "1"}) || before.Quiet != (business.QuietForm{Night: "wait", Version: "1"}) {
		t.Fatalf("at first %+v %+v", before.Limits, before.Quiet)
	}
	limits := before.Limits
	limits.PerHour, limits.PerDay = "100000", " 5 "
	s.must(s.b.ChangeMessageLimits(t.Context(), s.Staff, limits))
	quiet := s.messages().Quiet
	quiet.From, quiet.To, quiet.Night = "22:00", "07:00", "ask"
	s.must(s.b.ChangeQuietHours(t.Context(), s.Staff, quiet))
	now := s.messages()
	if now.Limits.PerHour != "100000" || now.Limits.PerDay != "5" || now.Quiet.From != "22:00" || now.Quiet.To != "07:00" || now.Quiet.Night != "ask" || now.Use.Limit != 100000 {
		t.Errorf("now %+v", now)
	}
	loaded, err := waitlist.LoadSettings(t.Context(), s.DB.Queries, s.Tenant)
	s.must(err)
	if loaded.MessagesPerHour != 100000 || loaded.MessagesPerDay != 5 || loaded.Night != rules.NightAsk || loaded.Quiet != (rules.QuietHours{From: 22 * 60, To: 7 * 60}) {
		t.Errorf("the rules say %+v", loaded.Settings)
	}
	wantKind(t, s.b.ChangeMessageLimits(t.Context(), s.Staff, limits), problem.Conflict) // made before the other was saved
	for _, version := range []string{"", "x", "0", "1"} {
		quiet.Version = version
		wantKind(t, s.b.ChangeQuietHours(t.Context(), s.Staff, quiet), problem.Conflict)
	}
	if n, got := s.noted("sending.change"), s.messages(); n != 2 || got.Limits != now.Limits || got.Quiet != now.Quiet {
		t.Errorf("noted %d times, now %+v", n, s.messages())
	}
	limits = now.Limits
	limits.PerHour = ""
	s.must(s.b.ChangeMessageLimits(t.Context(), s.Staff, limits))
	if got := s.messages(); got.Limits.PerHour != "" || got.Use.Limit != 0 || got.Quiet.From != "22:00" {
		t.Errorf("without a limit %+v", got)
	}
}

func TestHostileLimitsAndQuietHoursAreRefusedByTheirField(t *testing.T) {
	s := open(t)
	before := s.messages()
	for typed, field := range map[business.LimitsForm]string{
		{PerHour: "100001", PerDay: "20"}: "messages_per_hour", {PerHour: "-1", PerDay: "20"}: "messages_per_hour", {PerHour: "ten", PerDay: "20"}: "messages_per_hour",
		{PerHour: "99999999999999999999", PerDay: "20"}: "messages_per_hour", {PerHour: "1.5", PerDay: "20"}: "messages_per_hour",
		{PerDay: ""}: "messages_per_day", {PerDay: "0"}: "messages_per_day", {PerDay: "1001"}: "messages_per_day", {PerDay: "<b>"}: "messages_per_day",
	} {
		typed.Version = before.Limits.Version
		wantField(t, s.b.ChangeMessageLimits(t.Context(), s.Staff, typed), field)
	}
	for typed, field := range map[business.QuietForm]string{
		{From: "21:00", Night: "wait"}: "quiet_to", {To: "08:00", Night: "wait"}: "quiet_from", {From: "21:00", To: "21:00", Night: "wait"}: "quiet_to",
		{From: "25:00", To: "08:00", Night: "wait"}: "quiet_from", {From: "21:00", To: "8 pm", Night: "wait"}: "quiet_to",
		{From: "21:00", To: "08:00"}: "night_openings", {From: "21:00", To: "08:00", Night: "WAIT"}: "night_openings",
	} {
		typed.Version = before.Quiet.Version
		wantField(t, s.b.ChangeQuietHours(t.Context(), s.Staff, typed), field)
	}
	if after := s.messages(); after.Limits != before.Limits || after.Quiet != before.Quiet {
		t.Errorf("now %+v", after)
	}
}
