package waitlist

import (
	"time"

	"github.com/your-org/waitlist-management/rules"
)

// Business is what a customer's page or email says about the business.
type Business struct {
	TenantID int64
	Slug     string
	Name     string
	Zone     *time.Location
	Currency string // ISO 4217
	Locale   string // BCP 47
	Address  string // on one line; this and all that follows may be empty
	Phone    string // E.164
	Email    string
	Website  string // http or https, like Privacy
	Privacy  string // where it says what it does with personal data
	Look     Look
}

// Look is what a business's pages and emails are dressed in. The zero value is the program's own.
type Look struct {
	Colour string // as the business chose it, #rrggbb; rules.PaletteOf makes it readable
	Logo   Logo
}

// Logo is the picture of a business; without a hash there is none.
type Logo struct {
	Hash          string // part of its address
	Width, Height int    // in pixels, twice what is shown
}

// Price is what a service costs; Minor is in minor units of Currency and 0 unless Kind is rules.PriceAmount.
type Price struct {
	Kind     rules.PriceKind
	Minor    int64
	Currency string
}

// ServiceChoice is a service that can be asked for.
type ServiceChoice struct {
	ID       string // public id
	Name     string
	Category string // empty: none
	Duration time.Duration
	Buffer   time.Duration
	Price    Price
	Staff    []StaffChoice // who offers it
}

// StaffChoice is a staff member as customers see them.
type StaffChoice struct {
	ID   string // public id
	Name string
}

// OfferPage is all that the page of an offer says, whatever its state. Times are UTC.
type OfferPage struct {
	Business     Business
	ID           string
	Token        string
	State        rules.OfferState
	CustomerName string
	ServiceName  string
	StaffName    string
	Price        Price
	Duration     time.Duration
	Start, End   time.Time
	Created      time.Time
	Hold         time.Duration
	ShownUntil   time.Time // what the customer is told; the button works 30 s longer
	Now          time.Time
	EntryState   rules.EntryState
	EntryToken   string
	// BookingState and BookingToken are set once accepted; a cancelled booking has its own page state.
	BookingState rules.BookingState
	BookingToken string
	// SlotTaken tells, of an ended offer, that its slot went to somebody else meanwhile.
	SlotTaken bool
}

// Open reports that the customer can still answer: pending, and the deadline itself (30 s after the shown one) not past.
func (p OfferPage) Open() bool {
	return p.State == rules.OfferPending && p.Now.Before(p.ShownUntil.Add(rules.Grace))
}

// EntryPage is what /w/{token} shows.
type EntryPage struct {
	Business     Business
	ID           string
	Token        string
	State        rules.EntryState
	CustomerName string
	Service      ServiceChoice
	Wishes       Wishes
	JoinedAt     time.Time
	Position     int       // 1 is next among those waiting for this service; 0 when not waiting
	OfferToken   string    // of the live offer, if one is out
	BookingToken string    // of the booking that ended the wait
	StaysUntil   time.Time // when it ends by itself unless they say that they still wait; zero: it does not
	StayAsked    bool      // whether they were asked
	Now          time.Time
}

// BookingPage is what /v/{token} shows.
type BookingPage struct {
	Business     Business
	ID           string
	Token        string
	State        rules.BookingState
	CancelledBy  string // customer or business
	CustomerName string
	ServiceName  string
	StaffName    string
	Price        Price
	Start, End   time.Time
	Asked        bool   // the customer was asked whether they still come
	Coming       bool   // and said that they do
	Rateable     bool   // it took place, not too long ago
	WaitsAgain   string // token of the entry that waits again after a cancellation; empty: none
	CanWaitAgain bool   // after the customer's own cancellation
	Now          time.Time
}

// Person is a customer as staff see them.
type Person struct {
	ID    string
	Name  string
	Email string // empty: call
	Phone string
}

// WaitingEntry is a row of the waiting list, in order of rank.
type WaitingEntry struct {
	ID          string
	Rank        int // 1 is first among all services
	State       rules.EntryState
	Person      Person
	ServiceID   string // public id
	ServiceName string
	JoinedAt    time.Time
	Priority    int
	Parts       rules.Parts // Wait as of now; bonuses are zero: they belong to a slot
	Wishes      Wishes
	StaffNames  []string // the staff members wished for, by name
	Note        string
	Source      string // one of ListSources
	ChangedAt   time.Time
	ConfirmedAt *time.Time
	EndedAt     *time.Time
	PassedOver  int
	Consented   bool // to emails
	Version     int
	StaysUntil  time.Time // in EntryDetail, Entry and ListFrom only: when it ends by itself; zero: it does not
	StayAsked   bool      // the customer was asked whether they still wait
	Blocked     bool      // as StaysUntil: by the business, so that nothing is offered to them
	Unwritten   string    // why no email goes to their address, as Suppression.Reason; empty: emails do, or there is none
	stay        stayTimes
}

// StaffOffer is an offer as staff see it.
type StaffOffer struct {
	ID               string
	SlotID           string
	EntryID          string
	Person           Person
	Call             bool // no email: staff call and record the answer
	ServiceID        string
	ServiceName      string // as offered, like Price, Duration and Buffer
	Price            Price
	Duration, Buffer time.Duration
	StaffID          string
	StaffName        string
	Start, End       time.Time // of the appointment, without buffer
	State            rules.OfferState
	Created          time.Time
	ExpiresAt        time.Time  // an answer counts before it; the customer is told rules.ShownDeadline
	SentAt           *time.Time // the sender has taken the email
	DeliveredAt      *time.Time // so has the recipient's server
	EndedAt          *time.Time // nil while pending
	Hold             time.Duration
	WithdrawDueAt    *time.Time // a withdrawal that can be undone until then
	Parts            rules.Parts
	Chosen           bool   // by staff, and not by rank
	CauseID          string // the ended offer that this one follows; empty: the first for its opening
	BookingID        string // once accepted
}

// StaffBooking is a booking as staff see it.
type StaffBooking struct {
	ID          string
	SlotID      string
	OfferID     string // the accepted offer; empty: booked by staff
	EntryID     string // the entry that it ended; empty: none
	Staff       StaffChoice
	Busy        bool   // nobody's appointment
	Person      Person // zero when busy, like the service and the price
	ServiceID   string
	ServiceName string // as booked, like Price
	Price       Price
	Start, End  time.Time // without buffer
	FreeFrom    time.Time // end with buffer; zero once cancelled
	State       rules.BookingState
	CancelledBy string // customer or business
	CancelDueAt *time.Time
	AttendAs    rules.BookingState // recorded a moment ago; empty: nothing
	AttendDueAt *time.Time
	Note        string
	Created     time.Time
	EndedAt     *time.Time // nil while confirmed
	RemindedAt  *time.Time // when the customer was asked whether they still come
	ComingAt    *time.Time // when they said that they do
	Rating      Rating
}

// DayItem is one interval of a staff member's day: an open or held slot, or a booking.
type DayItem struct {
	SlotID        string
	Start, End    time.Time // of the slot, buffer included
	State         rules.SlotState
	Origin        string               // staff, cancellation or remainder: why it was to be given away
	OutsideHours  bool                 // as staff knew
	Created       time.Time            // of the slot
	Reason        rules.UnfilledReason // why an open slot is not filled
	WaitsUntil    *time.Time           // until when that holds; nil: nobody knows
	TriedAt       *time.Time           // when somebody was last looked for; nil: not yet
	NextTryAt     *time.Time
	WithdrawDueAt *time.Time // that of the slot, or else of the offer
	SlotDueAt     *time.Time // that of the slot alone
	OfferDueAt    *time.Time // that of the offer alone
	ServiceID     string     // like ServiceName
	ServiceName   string     // offered or booked; of an open slot the one it is kept for
	Person        Person
	Busy          bool
	Note          string
	OfferID       string
	ExpiresAt     time.Time // of the live offer; zero: none
	BookingID     string
	BookingState  rules.BookingState
	AppointmentTo time.Time // end without buffer; zero for an open slot
	CancelDueAt   *time.Time
	AttendAs      rules.BookingState // recorded a moment ago; empty: nothing
	ComingAt      *time.Time         // when the customer said that they come; nil: not
	Rating        Rating             // in BookingDetail only
}

// StaffDay is one staff member's column of the day.
type StaffDay struct {
	Staff StaffChoice
	Open  []rules.Span // when the business is open for this staff member
	Items []DayItem
}

// Day is the counter's view of one local day.
type Day struct {
	Date  rules.Date
	Zone  *time.Location
	Now   time.Time
	Staff []StaffDay
	Away  []Away
}

// Away is why somebody who works at the business gives no appointments for a part of a day or all of it.
type Away struct {
	StaffName            string // empty: the whole business
	FromMinute, ToMinute int    // 0 to 1440: all day
	Reason               string // may be empty
}

// SlotPage is one slot with its offers and the people it could go to.
type SlotPage struct {
	Item       DayItem
	Staff      StaffChoice
	Offers     []PastOffer
	Candidates []SlotCandidate
	Zone       *time.Location
	Now        time.Time
}

// PastOffer is one offer of a slot, ended or not.
type PastOffer struct {
	ID        string
	Person    Person
	State     rules.OfferState
	Created   time.Time
	EndedAt   *time.Time
	Parts     rules.Parts
	ByStaff   bool
	Undoable  *time.Time
	ExpiresAt time.Time
}

// SlotCandidate is somebody on the list as seen from one slot.
type SlotCandidate struct {
	Entry  WaitingEntry
	Misfit rules.Misfit // empty: fits
	Parts  rules.Parts  // bonuses for this slot included
}

// Counts are the figures on top of the board.
type Counts struct {
	Waiting, OffersOut, Open int
}
