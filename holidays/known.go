package holidays

import (
	"reflect"
	"time"

	"github.com/rickar/cal/v2"

	"github.com/your-org/waitlist-management/rules"
)

// fixed are holidays that the same day of the year stands for in every country that keeps it.
var fixed = map[rules.Date]string{
	{Month: time.January, Day: 1}:   "new_year",
	{Month: time.January, Day: 6}:   "epiphany",
	{Month: time.March, Day: 8}:     "womens_day",
	{Month: time.May, Day: 1}:       "labour_day",
	{Month: time.August, Day: 15}:   "assumption",
	{Month: time.November, Day: 1}:  "all_saints",
	{Month: time.December, Day: 8}:  "immaculate_conception",
	{Month: time.December, Day: 24}: "christmas_eve",
	{Month: time.December, Day: 25}: "christmas",
	{Month: time.December, Day: 26}: "second_christmas_day",
	{Month: time.December, Day: 31}: "new_years_eve",
}

// aroundEaster are those that follow western Easter, by their days from it.
var aroundEaster = map[int]string{
	-3: "maundy_thursday", -2: "good_friday", 0: "easter", 1: "easter_monday", 39: "ascension", 49: "pentecost", 50: "pentecost_monday", 60: "corpus_christi",
}

// named are those of one country, by their names there.
var named = map[string]string{
	"Tag der Deutschen Einheit": "german_unity", "Reformationstag": "reformation", "Weltkindertag": "childrens_day", "Buß- und Bettag": "repentance",
	"Nationalfeiertag": "national_day", "Grunnlovsdag": "national_day", "Bundesfeiertag": "swiss_day", "Berchtoldstag": "berchtold", "Josefstag": "saint_joseph",
	"Independence Day": "independence_day", "Thanksgiving Day": "thanksgiving", "Memorial Day": "memorial_day", "Fête Nationale": "national_day",
	"Koningsdag": "kings_day", "Bevrijdingsdag": "liberation_day",
	"Martin Luther King Jr. Day": "mlk_day", "Presidents' Day": "presidents_day", "Labor Day": "labour_day", "Labour Day": "labour_day",
	"Columbus Day": "columbus_day", "Veterans Day": "veterans_day", "Canada Day": "canada_day", "Early May": "early_may",
	"Remembrance Day": "remembrance_day", "Spring Bank Holiday": "spring_bank_holiday", "Summer Bank Holiday": "summer_bank_holiday",
}

// knownAmong are the keys of holidays by name; a name that two have, such as Christmas by two calendars, has one.
func knownAmong(days []*cal.Holiday) map[string]string {
	keys := map[string]string{}
	for _, h := range days {
		if key := known(h); key != "" {
			keys[h.Name] = key
		}
	}
	return keys
}

// known says what a holiday is, as a key of the catalogue under hours.holiday; "" when nobody has told. It goes by how the day is found, not by
// where it falls in some year: there Easter can be on a first of May.
func known(h *cal.Holiday) string {
	if key := named[h.Name]; key != "" {
		return key
	}
	switch {
	case h.Julian || h.CalcOffset != 0:
		return ""
	case foundBy(h, cal.CalcDayOfMonth):
		return fixed[rules.Date{Month: h.Month, Day: h.Day}]
	case foundBy(h, cal.CalcEasterOffset):
		return aroundEaster[h.Offset]
	}
	return ""
}

func foundBy(h *cal.Holiday, way cal.HolidayFn) bool {
	return reflect.ValueOf(h.Func).Pointer() == reflect.ValueOf(way).Pointer()
}
