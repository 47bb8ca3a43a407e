package waitlist

import "sync"

// turns let this instance fill one slot of a business at a time. Slots that open together all want the same first customer: one by one,
// each finds at once who is next, where side by side all but one would wait for that customer's lock in vain and look again. Nothing
// but speed hangs on it: between instances the locks decide.
type turns struct{ byTenant sync.Map } // tenant id → *sync.Mutex

// take waits for a business's turn; the function it gives ends it.
func (t *turns) take(tenantID int64) (done func()) {
	turn, _ := t.byTenant.LoadOrStore(tenantID, &sync.Mutex{})
	turn.(*sync.Mutex).Lock()
	return turn.(*sync.Mutex).Unlock
}
