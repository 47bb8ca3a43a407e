package accounts

import "github.com/your-org/waitlist-management/seal"

type person struct{ name, email string }

// open reads a user's sealed columns.
func (a *Accounts) open(publicID string, name, email []byte) (person, error) {
	return openUser(a.db.SystemBox(), publicID, name, email)
}

func openUser(box *seal.Box, publicID string, name, email []byte) (p person, err error) {
	if p.name, err = box.Open(userColumn("name", publicID), name); err != nil {
		return person{}, err
	}
	p.email, err = box.Open(userColumn("email", publicID), email)
	return p, err
}

func userColumn(column, publicID string) seal.Where {
	return seal.Where{Table: "users", Column: column, Row: publicID}
}
