package audit

import (
	"encoding/json"
	"maps"
	"slices"
)

// Change is the Detail of an act that changed something. What is personal data, or may be, is named in Changed and not told.
type Change struct {
	Before  map[string]any `json:"before,omitempty"`
	After   map[string]any `json:"after,omitempty"`
	Changed []string       `json:"changed,omitempty"`
}

// Changes is the Change from before to after, without what stayed the same. Before is nil for what was added, after for what was removed.
func Changes(before, after map[string]any) Change {
	c := Change{Before: maps.Clone(before), After: maps.Clone(after)}
	for field, value := range before {
		if other, ok := after[field]; ok && same(value, other) {
			delete(c.Before, field)
			delete(c.After, field)
		}
	}
	return c
}

// Untold names a field that changed and whose values the trail must not keep.
func (c Change) Untold(field string, changed bool) Change {
	if changed && !slices.Contains(c.Changed, field) {
		c.Changed = append(slices.Clone(c.Changed), field)
	}
	return c
}

// same compares what would be written.
func same(a, b any) bool {
	x, errX := json.Marshal(a)
	y, errY := json.Marshal(b)
	return errX == nil && errY == nil && string(x) == string(y)
}
