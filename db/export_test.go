package db

// Few has filters that more than n fit be looked for on a walk, until the function it gives is called.
func Few(n int) (again func()) {
	before := fewAre
	fewAre = n
	return func() { fewAre = before }
}
