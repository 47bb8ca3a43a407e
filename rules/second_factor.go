package rules

// SecondFactorDemand says of whom a business demands a second factor.
type SecondFactorDemand string

// The demands, from the least.
const (
	SecondFactorNobody    SecondFactorDemand = "nobody"
	SecondFactorManagers  SecondFactorDemand = "managers" // owners and admins
	SecondFactorEverybody SecondFactorDemand = "everybody"
)

// Of says whether it is demanded of somebody with this role.
func (d SecondFactorDemand) Of(role Role) bool {
	switch d {
	case SecondFactorEverybody:
		return true
	case SecondFactorManagers:
		return role == RoleOwner || role == RoleAdmin
	}
	return false
}
