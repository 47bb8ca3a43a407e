package rules

// UnfilledReason is why an open slot has no offer at the moment.
type UnfilledReason string

const (
	ReasonNoCandidate  UnfilledReason = "no_candidate"
	ReasonTooLate      UnfilledReason = "too_late"
	ReasonQuietHours   UnfilledReason = "quiet_hours"
	ReasonContactLimit UnfilledReason = "contact_limit"
	ReasonHourLimit    UnfilledReason = "hour_limit" // the business sent as many messages within an hour as it may
	ReasonMailDown     UnfilledReason = "mail_down"
	ReasonSlotClosed   UnfilledReason = "slot_closed"
	ReasonScanning     UnfilledReason = "scanning" // the scan stopped at its bound and goes on from there
)

// Role is what a user may do in a business.
type Role string

const (
	RoleOwner Role = "owner"
	RoleAdmin Role = "admin"
	RoleStaff Role = "staff"
)

// PriceKind is how a service's price is told.
type PriceKind string

const (
	PriceAmount    PriceKind = "amount"
	PriceFree      PriceKind = "free"
	PriceOnRequest PriceKind = "on_request"
)
