// Package waitlist is what the program exists for: customers wait, slots open, offers hold a slot for a customer until a
// deadline, and answers, silence or second thoughts lead to the next offer. One file per act.
//
// Every exported act is one transaction and safe to repeat. Errors are problem.Error where a person can do something about
// them; anything else is internal. MySQL decides; what goes to Redis after a commit only makes it fast.
package waitlist
