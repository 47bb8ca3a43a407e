package i18n

import "github.com/nyaruka/phonenumbers"

// Phone is a number in E.164 as people read it, with its country in front: "+49 30 901820".
func Phone(e164 string) string {
	number, err := phonenumbers.Parse(e164, "")
	if err != nil {
		return e164
	}
	return phonenumbers.Format(number, phonenumbers.INTERNATIONAL)
}
