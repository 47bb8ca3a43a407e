package sheet_test

import (
	"encoding/csv"
	"errors"
	"strings"
	"testing"

	"github.com/your-org/waitlist-management/sheet"
)

func TestNoCellCanActAsAFormula(t *testing.T) {
	for cell, want := range map[string]string{
		"": "", "Amara": "Amara", "O'Neill": "O'Neill", "a-b": "a-b", "5": "5", "-5": "-5", "-12,50": "-12,50", "1+1=2": "1+1=2", "ada@example.org": "ada@example.org",
		"=1+1": "'=1+1", "+49 30 123": "'+49 30 123", "-2+3": "'-2+3", "@SUM(A1)": "'@SUM(A1)", "\t=1": "'\t'=1", "\r=1": "'\r'=1", "\n=1": "'\n'=1",
		"＝1+1": "'＝1+1", "  =1": "'  =1", "\u00a0=1": "'\u00a0=1", "\ufeff=1": "'\ufeff=1",
		"'=1": "''=1", "' =1": "'' =1", "-": "'-", "=": "'=",
		`a;=1`: `a;'=1`, "a,+1": "a,'+1", "a\n- b": "a\n'- b", `a"=1`: `a"'=1`, "a;b": "a;b", "a|@x": "a|'@x", "; '=": ";' '=",
	} {
		if got := sheet.Harmless(cell); got != want {
			t.Errorf("%q: %q, want %q", cell, got, want)
		}
	}
}

func TestATableOpensAsItWasWritten(t *testing.T) {
	var out strings.Builder
	s, err := sheet.New(&out, ';', "name", "note")
	if err != nil {
		t.Fatal(err)
	}
	rows := [][]string{{"Zoë", `she said "no"; then left`}, {"=cmd|' /C calc'!A0", "two\nlines"}, {"", " "}}
	for _, row := range rows {
		if err := s.Row(row...); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Row("one cell"); err == nil {
		t.Error("a row that is too short is written")
	}
	if err := s.Flush(); err != nil {
		t.Fatal(err)
	}
	text, marked := strings.CutPrefix(out.String(), "\ufeff")
	if !marked {
		t.Error("it doesn't say that it is UTF-8")
	}
	in := csv.NewReader(strings.NewReader(text))
	in.Comma = ';'
	read, err := in.ReadAll()
	if err != nil || len(read) != len(rows)+1 || read[0][1] != "note" {
		t.Fatalf("%q (%v)", read, err)
	}
	if read[2][0] != "'=cmd|' /C calc'!A0" {
		t.Errorf("the formula is %q", read[2][0])
	}
	for i, row := range rows {
		for j, cell := range row {
			if got := sheet.Plain(read[i+1][j]); got != cell {
				t.Errorf("%q came back as %q", cell, got)
			}
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("full") }

func TestAWriterThatFailsIsNoticed(t *testing.T) {
	if _, err := sheet.New(full{}, ',', "a"); err == nil {
		t.Error("no error")
	}
}

func FuzzPlainTakesBackWhatHarmlessDid(f *testing.F) {
	for _, seed := range []string{"=1", "'=1", "' =", "\t=\t'=", "-5", "'-5", "a;'=", "''''-", "\"=\"", ", ' ,'@", "＝'＝", "\xff=", "=\xff"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, cell string) {
		written := sheet.Harmless(cell)
		if back := sheet.Plain(written); back != cell {
			t.Errorf("%q was written as %q and came back as %q", cell, written, back)
		}
		if start := strings.TrimLeft(written, " \u00a0\u200b\ufeff"); start != "" && start != written && strings.ContainsRune("=+@", rune(start[0])) {
			t.Errorf("%q was written as %q", cell, written)
		}
	})
}
