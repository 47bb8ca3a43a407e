package holidays

import (
	"github.com/rickar/cal/v2/ar"
	"github.com/rickar/cal/v2/at"
	"github.com/rickar/cal/v2/au"
	"github.com/rickar/cal/v2/be"
	"github.com/rickar/cal/v2/bg"
	"github.com/rickar/cal/v2/br"
	"github.com/rickar/cal/v2/ca"
	"github.com/rickar/cal/v2/ch"
	"github.com/rickar/cal/v2/cz"
	"github.com/rickar/cal/v2/de"
	"github.com/rickar/cal/v2/dk"
	"github.com/rickar/cal/v2/es"
	"github.com/rickar/cal/v2/fr"
	"github.com/rickar/cal/v2/gb"
	"github.com/rickar/cal/v2/gr"
	"github.com/rickar/cal/v2/hr"
	"github.com/rickar/cal/v2/ie"
	"github.com/rickar/cal/v2/it"
	"github.com/rickar/cal/v2/jp"
	"github.com/rickar/cal/v2/lt"
	"github.com/rickar/cal/v2/lv"
	"github.com/rickar/cal/v2/mw"
	"github.com/rickar/cal/v2/nc"
	"github.com/rickar/cal/v2/nl"
	"github.com/rickar/cal/v2/no"
	"github.com/rickar/cal/v2/nz"
	"github.com/rickar/cal/v2/pl"
	"github.com/rickar/cal/v2/ro"
	"github.com/rickar/cal/v2/ru"
	"github.com/rickar/cal/v2/se"
	"github.com/rickar/cal/v2/si"
	"github.com/rickar/cal/v2/sk"
	"github.com/rickar/cal/v2/ua"
	"github.com/rickar/cal/v2/us"
	"github.com/rickar/cal/v2/za"
)

// countries are all for which the library has public holidays, with the regions that it tells apart.
var countries = []Country{
	{Code: "AR", Language: "es", days: ar.Holidays},
	{Code: "AT", Language: "de", days: at.Holidays},
	{Code: "AU", Language: "en", Regions: []Region{
		{"ACT", "Australian Capital Territory", au.HolidaysACT},
		{"NSW", "New South Wales", au.HolidaysNSW},
		{"NT", "Northern Territory", au.HolidaysNT},
		{"QLD", "Queensland", au.HolidaysQLD},
		{"SA", "South Australia", au.HolidaysSA},
		{"TAS", "Tasmania", au.HolidaysTAS},
		{"VIC", "Victoria", au.HolidaysVIC},
		{"WA", "Western Australia", au.HolidaysWA},
	}},
	{Code: "BE", Language: "nl", days: be.Holidays},
	{Code: "BG", Language: "bg", days: bg.Holidays},
	{Code: "BR", Language: "pt", days: br.Holidays},
	{Code: "CA", Language: "en", days: ca.Holidays},
	{Code: "CH", Language: "de", days: ch.Holidays, Regions: []Region{
		{"AG", "Aargau", ch.HolidaysAG},
		{"AR", "Appenzell Ausserrhoden", ch.HolidaysAR},
		{"AI", "Appenzell Innerrhoden", ch.HolidaysAI},
		{"BL", "Basel-Landschaft", ch.HolidaysBL},
		{"BS", "Basel-Stadt", ch.HolidaysBS},
		{"BE", "Bern", ch.HolidaysBE},
		{"FR", "Fribourg", ch.HolidaysFR},
		{"GE", "Genève", ch.HolidaysGE},
		{"GL", "Glarus", ch.HolidaysGL},
		{"GR", "Graubünden", ch.HolidaysGR},
		{"JU", "Jura", ch.HolidaysJU},
		{"LU", "Luzern", ch.HolidaysLU},
		{"NE", "Neuchâtel", ch.HolidaysNE},
		{"NW", "Nidwalden", ch.HolidaysNW},
		{"OW", "Obwalden", ch.HolidaysOW},
		{"SH", "Schaffhausen", ch.HolidaysSH},
		{"SZ", "Schwyz", ch.HolidaysSZ},
		{"SO", "Solothurn", ch.HolidaysSO},
		{"SG", "St. Gallen", ch.HolidaysSG},
		{"TG", "Thurgau", ch.HolidaysTG},
		{"TI", "Ticino", ch.HolidaysTI},
		{"UR", "Uri", ch.HolidaysUR},
		{"VS", "Valais", ch.HolidaysVS},
		{"VD", "Vaud", ch.HolidaysVD},
		{"ZG", "Zug", ch.HolidaysZG},
		{"ZH", "Zürich", ch.HolidaysZH},
	}},
	{Code: "CZ", Language: "cs", days: cz.Holidays},
	{Code: "DE", Language: "de", days: de.Holidays, Regions: []Region{
		{"BW", "Baden-Württemberg", de.HolidaysBW},
		{"BY", "Bayern", de.HolidaysBY},
		{"BE", "Berlin", de.HolidaysBE},
		{"BB", "Brandenburg", de.HolidaysBB},
		{"HB", "Bremen", de.HolidaysHB},
		{"HH", "Hamburg", de.HolidaysHH},
		{"HE", "Hessen", de.HolidaysHE},
		{"MV", "Mecklenburg-Vorpommern", de.HolidaysMV},
		{"NI", "Niedersachsen", de.HolidaysNI},
		{"NW", "Nordrhein-Westfalen", de.HolidaysNW},
		{"RP", "Rheinland-Pfalz", de.HolidaysRP},
		{"SL", "Saarland", de.HolidaysSL},
		{"SN", "Sachsen", de.HolidaysSN},
		{"ST", "Sachsen-Anhalt", de.HolidaysST},
		{"SH", "Schleswig-Holstein", de.HolidaysSH},
		{"TH", "Thüringen", de.HolidaysTH},
	}},
	{Code: "DK", Language: "da", days: dk.Holidays},
	{Code: "ES", Language: "es", days: es.Holidays},
	{Code: "FR", Language: "fr", days: fr.Holidays},
	{Code: "GB", Language: "en", days: gb.Holidays},
	{Code: "GR", Language: "el", days: gr.Holidays},
	{Code: "HR", Language: "hr", days: hr.Holidays},
	{Code: "IE", Language: "en", days: ie.Holidays},
	{Code: "IT", Language: "it", days: it.Holidays},
	{Code: "JP", Language: "ja", days: jp.Holidays},
	{Code: "LT", Language: "lt", days: lt.Holidays},
	{Code: "LV", Language: "lv", days: lv.Holidays},
	{Code: "MW", Language: "en", days: mw.Holidays},
	{Code: "NC", Language: "fr", days: nc.Holidays},
	{Code: "NL", Language: "nl", days: nl.Holidays},
	{Code: "NO", Language: "nb", days: no.Holidays},
	{Code: "NZ", Language: "en", days: nz.Holidays},
	{Code: "PL", Language: "pl", days: pl.Holidays},
	{Code: "RO", Language: "ro", days: ro.Holidays},
	{Code: "RU", Language: "ru", days: ru.Holidays},
	{Code: "SE", Language: "sv", days: se.Holidays},
	{Code: "SI", Language: "sl", days: si.Holidays},
	{Code: "SK", Language: "sk", days: sk.Holidays},
	{Code: "UA", Language: "uk", days: ua.Holidays},
	{Code: "US", Language: "en", days: us.Holidays},
	{Code: "ZA", Language: "en", days: za.Holidays},
}
