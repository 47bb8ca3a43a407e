package sheet_test

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"

	"github.com/your-org/waitlist-management/i18n"
	"github.com/your-org/waitlist-management/waitlist/sheet"
)

func encoded(t *testing.T, e encoding.Encoding, text string) []byte {
	t.Helper()
	b, err := e.NewEncoder().Bytes([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestAFileIsReadInWhateverEncodingAndWithWhateverSeparatorItComes(t *testing.T) {
	want := []sheet.Row{{1, []string{"Name", "E-Mail", "Notiz"}}, {2, []string{"Jörg Müßig", "joerg@example.org", "sagt: \"ja\"\nund kommt; gern, bald"}}, {5, []string{"Zoë"}}}
	for _, separator := range []string{",", ";", "\t", "|"} {
		text := strings.ReplaceAll("Name,E-Mail,Notiz\r\n\" Jörg Müßig \",joerg@example.org,\"sagt: \"\"ja\"\"\r\nund kommt; gern# bald\"\r\n,,\r\nZoë,,\r\n", ",", separator)
		text = strings.ReplaceAll(text, "#", ",")
		for name, file := range map[string][]byte{
			"UTF-8":                    []byte(text),
			"UTF-8 with a mark":        []byte("\ufeff" + text),
			"UTF-16 with a mark":       encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.UseBOM), text),
			"UTF-16, high bytes first": encoded(t, unicode.UTF16(unicode.BigEndian, unicode.UseBOM), text),
			"UTF-16 without a mark":    encoded(t, unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM), text),
			"Windows-1252":             encoded(t, charmap.Windows1252, text),
		} {
			rows, err := sheet.Read(file)
			if err != nil || !slices.EqualFunc(rows, want, func(a, b sheet.Row) bool { return a.Line == b.Line && slices.Equal(a.Cells, b.Cells) }) {
				t.Errorf("%s separated by %q: %v, %v", name, separator, rows, err)
			}
		}
	}
}

func TestASeparatorThatIsNamedIsTakenAndOldLineEndsAreKnown(t *testing.T) {
	rows, err := sheet.Read([]byte("sep=;\r\nName;Note\r\nAda;a,b,c\r\n"))
	if err != nil || len(rows) != 2 || rows[1].Line != 3 || rows[1].Cells[1] != "a,b,c" {
		t.Errorf("%v, %v", rows, err)
	}
	if rows, err = sheet.Read([]byte("Name,Note\rAda,x\r")); err != nil || len(rows) != 2 || rows[1].Line != 2 {
		t.Errorf("%v, %v", rows, err)
	}
}

func TestAFileThatCannotBeReadSaysWhy(t *testing.T) {
	many := strings.Repeat("Ada,ada@example.org\n", sheet.MostRows+1)
	for name, c := range map[string]struct {
		file string
		want error
	}{
		"nothing":                          {"", sheet.ErrEmpty},
		"only separators":                  {",,\n , ,\n", sheet.ErrEmpty},
		"a workbook":                       {"PK\x03\x04 and so on", sheet.ErrBinary},
		"a picture":                        {"\x89PNG\r\n\x1a\n\x00\x00", sheet.ErrBinary},
		"too many rows":                    {many, sheet.ErrMany},
		"too many columns":                 {strings.Repeat("x,", sheet.MostColumns) + "x\n", sheet.ErrColumns},
		"a quotation mark that never ends": {"Name,Note\nAda,\"never\n" + strings.Repeat("Bob,x\n", 100), &sheet.BadLine{Line: 2}},
		"a cell without an end":            {"Name\n" + strings.Repeat("x", 5000) + "\n", &sheet.BadLine{Line: 2}},
	} {
		_, err := sheet.Read([]byte(c.file))
		var line, wanted *sheet.BadLine
		if errors.As(c.want, &wanted) {
			if !errors.As(err, &line) || line.Line != wanted.Line {
				t.Errorf("%s: %v, want %v", name, err, c.want)
			}
		} else if !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if rows, err := sheet.Read([]byte(strings.Repeat("Ada,ada@example.org\n", sheet.MostRows))); err != nil || len(rows) != sheet.MostRows {
		t.Errorf("as many rows as there may be: %d, %v", len(rows), err)
	}
}

func TestColumnsAreGuessedFromTheirNames(t *testing.T) {
	for _, c := range []struct {
		head string
		want []sheet.Field
	}{
		{"Name,E-mail address,Mobile,Service,Joined (Europe/Berlin),Priority,Preferred staff,Language,Notes,State",
			[]sheet.Field{sheet.Name, sheet.Email, sheet.Phone, sheet.Service, sheet.Joined, sheet.Priority, sheet.Staff, sheet.Language, sheet.Note, sheet.Ignore}},
		{"Vorname;Nachname;E-Mail;Telefon;Behandlung;Wartet seit;Priorität;Mitarbeiterin;Sprache;Bemerkung",
			[]sheet.Field{sheet.FirstName, sheet.LastName, sheet.Email, sheet.Phone, sheet.Service, sheet.Joined, sheet.Priority, sheet.Staff, sheet.Language, sheet.Note}},
		{"Nombre;Apellidos;Correo electrónico;Móvil;Servicio;Idioma;Notas",
			[]sheet.Field{sheet.Name, sheet.LastName, sheet.Email, sheet.Phone, sheet.Service, sheet.Language, sheet.Note}},
		{"Prénom;Nom;Courriel;Téléphone;Prestation;Priorité;Langue;Remarques",
			[]sheet.Field{sheet.FirstName, sheet.LastName, sheet.Email, sheet.Phone, sheet.Service, sheet.Priority, sheet.Language, sheet.Note}},
		{"Fornavn;Etternavn;E-post;Tlf.;Tjeneste;På lista siden;Prioritet;Medarbeider;Språk;Merknad",
			[]sheet.Field{sheet.FirstName, sheet.LastName, sheet.Email, sheet.Phone, sheet.Service, sheet.Joined, sheet.Priority, sheet.Staff, sheet.Language, sheet.Note}},
		{"Full name,Name,Email,Favourite colour", []sheet.Field{sheet.Name, sheet.Ignore, sheet.Email, sheet.Ignore}},
	} {
		rows, err := sheet.Read([]byte(c.head + "\n"))
		if err != nil {
			t.Fatal(err)
		}
		if got, head := sheet.Guess(rows, nil); !head || !slices.Equal(got, c.want) {
			t.Errorf("%s: %q, head %v", c.head, got, head)
		}
	}
}

func TestTheColumnsOfAnExportAreKnownInEachLanguage(t *testing.T) {
	for _, l := range i18n.Languages() {
		for _, field := range sheet.Fields() {
			name := i18n.For(l.Tag).T("admin.import.field." + string(field))
			if got := sheet.Called(name); got != field && (got != sheet.LastName || field != sheet.Name) { // French calls both alike
				t.Errorf("%s: %q is taken for %q", l.Tag, name, got)
			}
		}
	}
}

func TestColumnsWithoutNamesAreGuessedFromWhatStandsInThem(t *testing.T) {
	rows, err := sheet.Read([]byte("Ada Lovelace;ada@example.org;+49 170 1234567;27.11.2026;Haircut\nBob;bob@example.org;030 123456;1.2.2026;haircut\n"))
	if err != nil {
		t.Fatal(err)
	}
	got, head := sheet.Guess(rows, []string{"Haircut"})
	if want := []sheet.Field{sheet.Name, sheet.Email, sheet.Phone, sheet.Joined, sheet.Service}; head || !slices.Equal(got, want) {
		t.Errorf("%q, head %v", got, head)
	}
}

func TestNoCellOfAWrittenFileIsAFormulaAndTheFileReadsBackAsItWas(t *testing.T) {
	hostile := []string{"=1+1", "+49 170 1234567", "-2", "@SUM(A1)", "\tx", "\r=1", " =1", "'=1", "''=1", "'quoted'", "O'Neill", "＝1+1", "a;b", "say \"hi\"", "two\nlines", "\n=1", "=cmd|' /C calc'!A0", ""}
	for _, separator := range []rune{',', ';'} {
		var file bytes.Buffer
		w := sheet.NewWriter(&file, separator)
		for i, cell := range hostile {
			if err := errors.Join(w.Write(fmt.Sprint("row ", i), cell, "end"), w.Flush()); err != nil {
				t.Fatal(err)
			}
		}
		text := file.String()
		if !strings.HasPrefix(text, "\ufeff") {
			t.Error("no byte order mark")
		}
		plain := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
		plain.Comma = separator
		records, err := plain.ReadAll()
		if err != nil {
			t.Fatal(err)
		}
		for _, cell := range slices.Concat(records...) {
			if bare := strings.TrimSpace(cell); bare != "" && strings.ContainsRune("=+-@\t\r", rune(bare[0])) {
				t.Errorf("a cell is carried out: %q", cell)
			}
		}
		rows, err := sheet.Read(file.Bytes())
		if err != nil || len(rows) != len(hostile) {
			t.Fatalf("%d rows, %v", len(rows), err)
		}
		for i, row := range rows {
			if want := strings.TrimSpace(strings.ReplaceAll(hostile[i], "\r\n", "\n")); row.Cells[1] != want {
				t.Errorf("%q came back as %q", hostile[i], row.Cells[1])
			}
		}
	}
}
