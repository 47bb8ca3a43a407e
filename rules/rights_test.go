package rules_test

import (
	"slices"
	"testing"

	"github.com/your-org/waitlist-management/rules"
)

func TestEachRoleHasTheRightsOfItsOffice(t *testing.T) {
	staff := []rules.Right{rules.OwnAccount, rules.WorkCounter}
	admin := append(slices.Clone(staff), rules.SeeFigures, rules.ManageList, rules.SetUp, rules.SetWeights, rules.ManageLogins, rules.ManageKeys, rules.ReadAudit)
	owner := append(slices.Clone(admin), rules.HandOver)
	for role, may := range map[rules.Role][]rules.Right{rules.RoleStaff: staff, rules.RoleAdmin: admin, rules.RoleOwner: owner, "": nil, "Owner": nil} {
		for _, right := range append(rules.Rights(), "", "everything") {
			if got, want := role.May(right), slices.Contains(may, right); got != want {
				t.Errorf("%q may %q: %t", role, right, got)
			}
		}
	}
	if n := len(rules.Rights()); n != len(owner) {
		t.Errorf("%d rights, of which an owner has %d", n, len(owner))
	}
}
