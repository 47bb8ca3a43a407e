package sheet

import (
	"slices"
	"strings"
	"sync"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"github.com/your-org/waitlist-management/i18n"
)

// Field is what a column of a list holds.
type Field string

const (
	Ignore    Field = ""
	Name      Field = "name"
	FirstName Field = "first_name"
	LastName  Field = "last_name"
	Email     Field = "email"
	Phone     Field = "phone"
	Service   Field = "service"
	Joined    Field = "joined"
	Priority  Field = "priority"
	Staff     Field = "staff"
	Language  Field = "language"
	Note      Field = "note"
	Tags      Field = "tags" // several, separated by commas or bars
)

// Fields are all that a column can hold, in the order in which they are offered.
func Fields() []Field {
	return []Field{Name, FirstName, LastName, Email, Phone, Service, Joined, Priority, Staff, Language, Note, Tags}
}

// called are names of columns in several languages, as Plain has them. Unknown is what a file of ours holds beside.
var called = map[Field][]string{
	Name: {"name", "fullname", "customer", "customername", "client", "clientname", "person", "contact", "guest", "patient",
		"kunde", "kundin", "kundenname", "vollername", "kontakt", "gast", "patientin", "vorundnachname", "nameundvorname", "vornamenachname",
		"nombrecompleto", "nombreyapellidos", "nombre", "cliente", "paciente",
		"nomcomplet", "nometprenom", "prenometnom", "patiente",
		"navn", "fulltnavn", "kundenavn", "gjest", "pasient"},
	FirstName: {"firstname", "givenname", "forename", "first", "vorname", "rufname", "nombredepila", "prenom", "fornavn"},
	LastName:  {"lastname", "surname", "familyname", "last", "nachname", "familienname", "zuname", "apellido", "apellidos", "nom", "nomdefamille", "etternavn"},
	Email: {"email", "emailaddress", "mail", "mailaddress", "mailadresse", "emailadresse", "e", "correo", "correoelectronico", "direcciondecorreo", "courriel", "adresseemail", "adressemail",
		"epost", "epostadresse"},
	Phone: {"phone", "phonenumber", "telephone", "telephonenumber", "tel", "telno", "mobile", "mobilephone", "mobilenumber", "cell", "cellphone",
		"telefon", "telefonnummer", "telefonnr", "telnr", "handy", "handynummer", "handynr", "mobil", "mobilnummer", "mobiltelefon", "rufnummer",
		"telefono", "movil", "numerodetelefono", "portable", "numerodetelephone", "tlf", "tlfnr"},
	Service: {"service", "services", "treatment", "appointmenttype", "type", "dienstleistung", "leistung", "angebot", "behandlung", "termin", "terminart", "wofur", "what",
		"servicio", "tratamiento", "prestation", "soin", "tjeneste", "behandling", "timetype"},
	Joined: {"joined", "joinedon", "joinedat", "joindate", "date", "dateadded", "added", "addedon", "created", "createdat", "createdon", "since", "waitingsince", "signedup", "signupdate", "timestamp",
		"datum", "seit", "wartetseit", "wartendseit", "aufderlisteseit", "eingetragen", "eingetragenam", "anmeldung", "angemeldet", "angemeldetam", "hinzugefugt", "erstellt", "erstelltam", "beigetreten", "zeitstempel",
		"fecha", "desde", "esperadesde", "fechadealta", "inscrit", "inscritle", "depuis", "attenddepuis", "datedinscription", "ajoutele",
		"dato", "siden", "ventersiden", "palistasiden", "pameldt", "opprettet", "registrert", "lagttil", "tidsstempel"},
	Priority: {"priority", "prio", "urgency", "prioritat", "dringlichkeit", "vorrang", "prioridad", "urgencia", "priorite", "urgence", "prioritet"},
	Staff: {"staff", "staffmember", "preferredstaff", "preferredstaffmember", "preferredperson", "with", "stylist", "therapist", "doctor", "provider", "employee",
		"mitarbeiter", "mitarbeiterin", "mitarbeitende", "teammitglied", "wunschmitarbeiter", "wunschmitarbeiterin", "bevorzugt", "bevorzugtemitarbeiterin", "wunschperson", "beiwem", "bei", "behandler", "behandlerin", "arzt", "friseur", "stylistin", "therapeutin",
		"empleado", "empleada", "profesional", "personapreferida", "con", "collaborateur", "collaboratrice", "personnepreferee", "avec",
		"medarbeider", "ansatt", "foretrukket", "frisør", "lege", "hoshvem"},
	Tags:     {"tag", "tags", "label", "labels", "etikett", "etiketten", "merkmal", "merkmale", "schlagwort", "schlagworte", "schlagworter", "etiqueta", "etiquetas", "etiquette", "etiquettes", "merkelapp", "merkelapper"},
	Language: {"language", "lang", "locale", "sprache", "idioma", "lengua", "langue", "sprak"},
	Note: {"note", "notes", "comment", "comments", "remark", "remarks", "memo", "details", "info", "message", "notiz", "notizen", "bemerkung", "bemerkungen", "kommentar", "anmerkung", "anmerkungen", "hinweis", "nachricht",
		"nota", "notas", "comentario", "comentarios", "observaciones", "commentaire", "commentaires", "remarque", "remarques", "notat", "notater", "merknad", "beskjed"},
}

// ours are the columns by what our own exports call them, as Plain has it.
var ours = sync.OnceValue(func() map[string]Field {
	columns := map[string]Field{}
	for _, l := range i18n.Languages() {
		for _, field := range Fields() {
			columns[Plain(i18n.For(l.Tag).T("admin.import.field."+string(field)))] = field
		}
	}
	return columns
})

// Called finds the field that people, or an export of ours, call a column by.
func Called(name string) Field {
	plain := Plain(name)
	for field, names := range called {
		if slices.Contains(names, plain) {
			return field
		}
	}
	return ours()[plain]
}

// Plain is a word with nothing but its letters and digits, without marks, in lower case, and without what stands behind it in brackets.
func Plain(word string) string {
	if before, _, ok := strings.Cut(word, "("); ok && strings.TrimSpace(before) != "" {
		word = before
	}
	word = strings.ReplaceAll(word, "ß", "ss")
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, norm.NFD.String(word))
}

// Guess finds out what the columns hold, and whether the first row names them: by those names, else by what stands below.
// Services are the names of those that can be waited for. No field is given twice.
func Guess(rows []Row, services []string) (fields []Field, head bool) {
	width := 0
	for _, row := range rows[:min(len(rows), 50)] {
		width = max(width, len(row.Cells))
	}
	fields = make([]Field, width)
	head = len(rows) > 0 && names(rows[0])
	if head {
		for i, cell := range rows[0].Cells {
			if field := Called(cell); field != Ignore && !slices.Contains(fields, field) {
				fields[i] = field
			}
		}
		return fields, true
	}
	sample := rows[:min(len(rows), 50)]
	byContent(fields, sample, services)
	return fields, false
}

// names tells whether a row names columns: at least one name is known, and no cell is an address.
func names(row Row) bool {
	known := false
	for _, cell := range row.Cells {
		if strings.Contains(cell, "@") {
			return false
		}
		known = known || Called(cell) != Ignore
	}
	return known
}

func byContent(fields []Field, sample []Row, services []string) {
	plain := map[string]bool{}
	for _, s := range services {
		plain[Plain(s)] = true
	}
	looks := []struct {
		field Field
		like  func(string) bool
	}{
		{Email, func(c string) bool { return strings.Count(c, "@") == 1 && !strings.Contains(c, " ") }},
		{Service, func(c string) bool { return plain[Plain(c)] }},
		{Joined, func(c string) bool { _, kind := parse(c, true); return kind != none }},
		{Phone, func(c string) bool {
			return len(c) >= 6 && strings.ContainsAny(c, "0123456789") && strings.Trim(c, "+0123456789 ()/-.") == ""
		}},
		{Name, func(c string) bool { return strings.ContainsFunc(c, unicode.IsLetter) && !strings.Contains(c, "@") }},
	}
	for _, look := range looks {
		best, most := -1, 0
		for i := range fields {
			alike, filled := 0, 0
			for _, row := range sample {
				if i < len(row.Cells) && row.Cells[i] != "" {
					filled++
					if look.like(row.Cells[i]) {
						alike++
					}
				}
			}
			if fields[i] == Ignore && alike > most && 4*alike >= 3*filled {
				best, most = i, alike
			}
		}
		if best >= 0 {
			fields[best] = look.field
		}
	}
}
