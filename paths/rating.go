package paths

import "strconv"

// What the links of reminders and thank-yous lead to.
const (
	BookingComingRoute = "/v/:token/coming"
	RatingRoute        = "/v/:token/rating"
	RatingCommentRoute = "/v/:token/rating/comment"

	// MessageTimes takes the POST of when reminders and thank-yous go out.
	MessageTimes = "/admin/messages/sending/times"
)

// BookingComing takes the POST that says that the customer comes.
func BookingComing(token string) string { return fill(BookingComingRoute, token) }

// Rating is the page where an appointment is rated, and takes the POST of the stars.
func Rating(token string) string { return fill(RatingRoute, token) }

// RatingOf is Rating with some stars marked, which changes nothing until one is pressed there.
func RatingOf(token string, stars int) string { return Rating(token) + "?stars=" + strconv.Itoa(stars) }

// RatingComment takes the POST of what is said beside the stars.
func RatingComment(token string) string { return fill(RatingCommentRoute, token) }
