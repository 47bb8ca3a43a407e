package paths

import (
	"go/ast"
	"go/constant"
	"go/importer"
	"go/parser"
	"go/token"
	"go/types"
	"net/http"
	"net/http/httptest"
	"net/url"
	"path/filepath"
	"strings"
	"testing"

	"github.com/labstack/echo/v4"
)

// links pairs each route with the function that fills it.
var links = map[string]func(string) string{
	NewPasswordRoute: NewPassword, InvitationRoute: Invitation, MailboxMessageRoute: MailboxMessage,
	MailboxHTMLRoute: MailboxHTML, MailboxAttachmentRoute: MailboxAttachment,

	JoinRoute: Join, JoinSentRoute: JoinSent, JoinCodeRoute: JoinCode,
	BrandSheetRoute: func(slug string) string { return BrandSheet(slug, "a/b?c") }, LogoRoute: func(slug string) string { return LogoImage(slug, "a") },
	OfferRoute: Offer, OfferAcceptanceRoute: OfferAcceptance, OfferDeclineRoute: OfferDecline, OfferEventRoute: OfferEvent,
	EntryRoute: Entry, EntryConfirmationRoute: EntryConfirmation, EntryPauseRoute: EntryPause,
	EntryReturnRoute: EntryReturn, EntryWishesRoute: EntryWishes, EntryLeavingRoute: EntryLeaving,
	BookingRoute: Booking, BookingCancellationRoute: BookingCancellation, BookingWaitRoute: BookingWait, BookingEventRoute: BookingEvent,

	DayRoute: Day, SlotRoute: Slot, SlotWithdrawalRoute: SlotWithdrawal, SlotRestorationRoute: SlotRestoration, SlotOfferRoute: SlotOffer,
	CounterOfferAcceptanceRoute: CounterOfferAcceptance, CounterOfferDeclineRoute: CounterOfferDecline,
	CounterOfferWithdrawalRoute: CounterOfferWithdrawal, CounterOfferRestorationRoute: CounterOfferRestoration,
	CounterBookingRoute: CounterBooking, CounterBookingCancellationRoute: CounterBookingCancellation,
	CounterBookingRestorationRoute: CounterBookingRestoration, CounterBookingCompletionRoute: CounterBookingCompletion,
	CounterBookingNoShowRoute: CounterBookingNoShow,
	CounterEntryRoute:         CounterEntry, CounterEntrySlotsRoute: CounterEntrySlots, CounterEntryConfirmationRoute: CounterEntryConfirmation, CounterEntryPauseRoute: CounterEntryPause, CounterEntryReturnRoute: CounterEntryReturn,
	CounterEntryPriorityRoute: CounterEntryPriority, CounterEntryRemovalRoute: CounterEntryRemoval,
	CustomerRoute: Customer,

	ServiceRoute: Service, ServiceRemovalRoute: ServiceRemoval, ServiceRestorationRoute: ServiceRestoration,
	StaffMemberRoute: StaffMember, StaffMemberHoursRoute: StaffMemberHours, StaffMemberRemovalRoute: StaffMemberRemoval,
	ClosureRoute: Closure, ClosureRemovalRoute: ClosureRemoval,
	EmailChangeRoute: EmailChange, EmailAgreeRoute: EmailAgree, EmailStopRoute: EmailStop, InvitationSendRoute: InvitationSend,
	PasskeyRoute: Passkey, PasskeyRemovalRoute: PasskeyRemoval, UserSecondFactorRoute: UserSecondFactor,
	CategoryRoute: Category, CategoryPlaceRoute: CategoryPlace, CategoryRemovalRoute: CategoryRemoval, ServicePlaceRoute: ServicePlace,
	WaitlistActRoute: WaitlistAct, WaitlistActUndoRoute: WaitlistActUndo, TagRoute: Tag, TagRemovalRoute: TagRemoval, TagRestorationRoute: TagRestoration,
	CounterEntryNoteRoute: CounterEntryNote, CounterEntryTagsRoute: CounterEntryTags,
	UserRoute: User, UserPasswordRoute: UserPassword, UserRemovalRoute: UserRemoval, InvitationRemovalRoute: InvitationRemoval,
}

func init() {
	for route, link := range map[string]func(string) string{
		ListImportRoute: ListImportOf, ListImportMappingRoute: ListImportMapping, ListImportStartRoute: ListImportStart, ListImportCancellationRoute: ListImportCancellation,
		ListImportUndoingRoute: ListImportUndoing, ListImportBadRoute: ListImportBad, BlockRemovalRoute: BlockRemoval, CustomerBlockRoute: CustomerBlock,
		CounterEntryRestorationRoute: CounterEntryRestoration, CounterEntryStayRoute: CounterEntryStay, EntryStayRoute: EntryStay,
		BookingComingRoute: BookingComing, RatingRoute: Rating, RatingCommentRoute: RatingComment,
		KeyRoute: Key, KeyRotationRoute: KeyRotation, KeyOldSecretRoute: KeyOldSecret, KeyRevocationRoute: KeyRevocation,
		SentMessageRoute: SentMessage, SentAgainRoute: SentAgain, SuppressionRemovalRoute: SuppressionRemoval, SuppressionRestorationRoute: SuppressionRestoration,
		WebhookRoute: Webhook, WebhookSettingsRoute: WebhookSettings, WebhookSecretRoute: WebhookSecret, WebhookRotationRoute: WebhookRotation, WebhookTestRoute: WebhookTest, WebhookPauseRoute: WebhookPause,
		WebhookResumptionRoute: WebhookResumption, WebhookRemovalRoute: WebhookRemoval, WebhookRestorationRoute: WebhookRestoration, WebhookRepetitionRoute: WebhookRepetition, WebhookDeliveryRoute: WebhookDelivery, DeliveryRepetitionRoute: DeliveryRepetition,
		UnsubscribeRoute: Unsubscribe, UnsubscribeEndingRoute: UnsubscribeEnding, UnsubscribeReturnRoute: UnsubscribeReturn,
	} {
		links[route] = link
	}
}

// constants reads every exported string constant of the package's source.
func constants(t *testing.T) map[string]string {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set := token.NewFileSet()
	var files []*ast.File
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(set, name, nil, 0)
		if err != nil {
			t.Fatal(err)
		}
		files = append(files, file)
	}
	check := types.Config{Importer: importer.ForCompiler(set, "source", nil)}
	pkg, err := check.Check("paths", set, files, nil)
	if err != nil {
		t.Fatal(err)
	}
	found := map[string]string{}
	for _, name := range pkg.Scope().Names() {
		if c, ok := pkg.Scope().Lookup(name).(*types.Const); ok && c.Exported() {
			found[name] = constant.StringVal(c.Val())
		}
	}
	return found
}

func TestEveryRouteWithAParameterHasItsLink(t *testing.T) {
	for name, route := range constants(t) {
		if strings.Contains(route, ":") != strings.HasSuffix(name, "Route") {
			t.Errorf("%s = %q: a constant ends in Route exactly when it has a parameter", name, route)
		}
		if strings.HasSuffix(name, "Route") && links[route] == nil {
			t.Errorf("%s = %q has no link in this test", name, route)
		}
	}
}

func TestNoTwoPagesShareAnAddress(t *testing.T) {
	seen := map[string]string{}
	for name, route := range constants(t) {
		if other, taken := seen[route]; taken {
			t.Errorf("%s and %s are both %q", name, other, route)
		}
		seen[route] = name
	}
}

func TestTheRouterFindsEachPageUnderItsLink(t *testing.T) {
	router := echo.New()
	answer := func(c echo.Context) error {
		values := strings.Join(c.ParamValues(), " ")
		if c.Request().URL.RawPath != "" { // then echo leaves the values escaped
			values, _ = url.PathUnescape(values)
		}
		return c.String(http.StatusOK, c.Path()+" "+values)
	}
	reach := map[string]string{} // link → what the router should say
	for _, route := range constants(t) {
		router.GET(route, answer)
		if !strings.Contains(route, ":") {
			reach[route] = route + " "
		}
	}
	for route, link := range links {
		for _, value := range []string{"abc", "AZaz09-_", "2026-11-26", "a b", "a/b", "a?b#c", "a%2Fb", "ä🙂", ":id", "new/"} {
			reach[link(value)] = route + " " + value
		}
	}
	for link, want := range reach {
		recorder := httptest.NewRecorder()
		router.ServeHTTP(recorder, httptest.NewRequest(http.MethodGet, link, nil))
		if got := recorder.Body.String(); got != want {
			t.Errorf("%s led to %q, want %q", link, got, want)
		}
	}
}

func TestLinksAreMadeInOneWay(t *testing.T) {
	for got, want := range map[string]string{
		OfferAcceptance("T0k-en_"):     "/o/T0k-en_/acceptance",
		Join("salon-grün"):             "/b/salon-gr%C3%BCn",
		Day("2026-11-26"):              "/counter/day/2026-11-26",
		fill("/a/:x/b/:y", "1/2", "3"): "/a/1%2F2/b/3",
		LoginThen("/counter?a=b&c=d"):  "/login?next=%2Fcounter%3Fa%3Db%26c%3Dd",
	} {
		if got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestABaseIsAnAddressPeopleCanReach(t *testing.T) {
	for address, want := range map[string]Base{
		"http://localhost:3000":      "http://localhost:3000",
		"https://wait.example/":      "https://wait.example",
		"https://example.org/wait//": "https://example.org/wait",
		"http://[::1]:3000":          "http://[::1]:3000",
	} {
		if got, err := ParseBase(address); err != nil || got != want {
			t.Errorf("ParseBase(%q) = %q, %v; want %q", address, got, err, want)
		}
	}
	for _, address := range []string{
		"", "localhost:3000", "//example.org", "ftp://example.org", "javascript:alert(1)", "http://", "http://:80",
		"https://user@example.org", "https://example.org?a=b", "https://example.org?", "https://example.org#a", "https://example.org#", "http://exa mple.org", "http://example.org:port",
	} {
		if got, err := ParseBase(address); err == nil {
			t.Errorf("ParseBase(%q) took it as %q", address, got)
		} else if len(address) > 2 && strings.Contains(err.Error(), address) {
			t.Errorf("the error repeats %q", address)
		}
	}
}

func TestAnAbsoluteLinkStandsOnTheBase(t *testing.T) {
	for _, c := range []struct {
		base Base
		path string
		want string
	}{
		{"https://wait.example", Offer("t"), "https://wait.example/o/t"},
		{"https://example.org/wait", Home, "https://example.org/wait/"},
		{"https://example.org/", Login, "https://example.org/login"},
		{"https://example.org", "//evil.example", "https://example.org/evil.example"},
		{"https://example.org", "evil", "https://example.org/evil"},
	} {
		if got := c.base.Abs(c.path); got != c.want {
			t.Errorf("Base(%q).Abs(%q) = %q, want %q", c.base, c.path, got, c.want)
		}
	}
	if !Base("https://a.example").Secure() || Base("http://a.example").Secure() {
		t.Error("only https is secure")
	}
}

func TestOnlyOwnPathsAreReturnedTo(t *testing.T) {
	for _, next := range []string{"/", "/counter", "/counter/day/2026-11-26?staff=a#b", "/b/gr%C3%BCn", "/o/t//x"} {
		if got := Local(next); got != next {
			t.Errorf("Local(%q) = %q", next, got)
		}
	}
	for _, next := range []string{
		"", "counter", "//evil.example", "///evil.example", `/\evil.example`, `\\evil.example`, "https://evil.example", "javascript:alert(1)",
		"/\t/evil.example", "/\n/evil.example", "/a\r\nSet-Cookie: x", " /counter", "/%zz", `/a\..\b`, "/\x00",
	} {
		if got := Local(next); got != Home {
			t.Errorf("Local(%q) = %q, want %q", next, got, Home)
		}
	}
}
