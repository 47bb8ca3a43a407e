package waitlist

import (
	"testing"
	"time"
)

func TestWithoutALimitNothingIsAsked(t *testing.T) {
	// There is no transaction to ask: whoever tried would fall.
	if _, up, err := hourIsUp(t.Context(), nil, Settings{}, time.Time{}); up || err != nil {
		t.Errorf("up %t, %v", up, err)
	}
}
