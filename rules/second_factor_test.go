package rules_test

import (
	"testing"

	"github.com/your-org/waitlist-management/rules"
)

func TestASecondFactorIsDemandedOfTheRolesThatItNames(t *testing.T) {
	for demand, of := range map[rules.SecondFactorDemand]map[rules.Role]bool{
		rules.SecondFactorNobody:    {rules.RoleOwner: false, rules.RoleAdmin: false, rules.RoleStaff: false},
		rules.SecondFactorManagers:  {rules.RoleOwner: true, rules.RoleAdmin: true, rules.RoleStaff: false, "": false},
		rules.SecondFactorEverybody: {rules.RoleOwner: true, rules.RoleAdmin: true, rules.RoleStaff: true},
		"":                          {rules.RoleOwner: false},
	} {
		for role, want := range of {
			if demand.Of(role) != want {
				t.Errorf("%q of %q: %t", demand, role, !want)
			}
		}
	}
}
