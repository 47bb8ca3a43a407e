package webhooks

var nudges = make(chan struct{}, 1)

// Nudges yields a value soon after this process owes a delivery. It saves the wait for the next second and is no promise.
func Nudges() <-chan struct{} { return nudges }

func nudge() {
	select {
	case nudges <- struct{}{}:
	default:
	}
}
