package outbox

var nudges = make(chan struct{}, 1)

// Nudges yields a value soon after a message of this process was committed; several messages may share one. It saves
// the wait for the next tick and is no promise: messages of other processes arrive without one.
func Nudges() <-chan struct{} { return nudges }

func nudge() {
	select {
	case nudges <- struct{}{}:
	default:
	}
}
