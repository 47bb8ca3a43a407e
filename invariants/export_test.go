package invariants

// Names are those of every invariant that Check holds the data against.
func Names() []string {
	var names []string
	for _, i := range all {
		names = append(names, i.name)
	}
	return names
}
