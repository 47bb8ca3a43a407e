package ui

// group is options that stand together under one heading.
type group struct {
	name    string
	first   int // place of its first option among all
	options []Option
}

// grouped puts neighbours of the same group together.
func grouped(options []Option) (groups []group) {
	for i, o := range options {
		if n := len(groups); n == 0 || groups[n-1].name != o.Group {
			groups = append(groups, group{name: o.Group, first: i})
		}
		last := &groups[len(groups)-1]
		last.options = append(last.options, o)
	}
	return groups
}
