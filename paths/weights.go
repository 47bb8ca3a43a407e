package paths

import "net/url"

// ProposedWeights shows what these weights would do, by their fields' names. Nothing is saved by it.
func ProposedWeights(fields url.Values) string { return Weights + "?" + fields.Encode() }
