package rules

// PartName names a part of a score as its JSON does.
type PartName string

// The parts that make a place on the list, in the order in which they are shown.
const (
	PartWait        PartName = "wait"
	PartPriority    PartName = "priority"
	PartLoyalty     PartName = "loyalty"
	PartReliability PartName = "reliability"
	PartFlexibility PartName = "flexibility"
	PartNoShow      PartName = "no_show"
	PartLift        PartName = "lift"
)

// Cause is the part of the score that moved an entry past another.
type Cause struct {
	Part PartName
	// Others tells that this entry's own points did not do it, but that those it changed places with lose or gain more.
	Others bool
	// Was and Is are the entry's own points of this part, except for waiting, which has a rate instead: points an hour.
	Was, Is int
}

type part struct {
	name    PartName
	was, is int64 // in 3600ths of a point
}

// partsIn lists an entry's parts under both weights; those of waiting are counted from some moment that is the same for everybody.
func partsIn(from, to Weights, s Standing) [7]part {
	a, b := s.parts(from), s.parts(to)
	points := func(name PartName, was, is int) part {
		return part{name, keyPerPoint * int64(was), keyPerPoint * int64(is)}
	}
	return [7]part{
		{PartWait, -int64(from.WaitPerHour) * s.JoinedUnix, -int64(to.WaitPerHour) * s.JoinedUnix},
		points(PartPriority, a.Priority, b.Priority),
		points(PartLoyalty, a.Loyalty, b.Loyalty),
		points(PartReliability, a.Reliability, b.Reliability),
		points(PartFlexibility, a.Flexibility, b.Flexibility),
		points(PartNoShow, a.NoShow, b.NoShow),
		points(PartLift, a.Lift, b.Lift),
	}
}

// causeOf finds the part by which an entry gained most over another, or with sign -1 lost most against it. The differences of all parts
// together make the two change places, so one of them at least points that way.
func causeOf(from, to Weights, s, other Standing, sign int64) (c Cause) {
	mine, theirs := partsIn(from, to, s), partsIn(from, to, other)
	var most int64
	for i, p := range mine {
		by := sign * ((p.is - p.was) - (theirs[i].is - theirs[i].was))
		if by <= most {
			continue
		}
		most = by
		c = Cause{Part: p.name, Others: sign*(p.is-p.was) <= 0, Was: int(p.was / keyPerPoint), Is: int(p.is / keyPerPoint)}
		if p.name == PartWait {
			c.Was, c.Is = from.WaitPerHour, to.WaitPerHour
			c.Others = sign*int64(c.Is-c.Was) <= 0
		}
	}
	return c
}
