package icon

import (
	"strings"
	"testing"
)

func TestAnIconIsDrawnInTheColourOfTheText(t *testing.T) {
	var html strings.Builder
	if err := Icon(Check, "size-5").Render(t.Context(), &html); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`class="shrink-0 size-5"`, `stroke="currentColor"`, `aria-hidden="true"`, drawings[Check]} {
		if !strings.Contains(html.String(), want) {
			t.Errorf("%s is not in %s", want, html.String())
		}
	}
}

func TestNoIconIsNothing(t *testing.T) {
	var html strings.Builder
	if err := Icon("", "size-5").Render(t.Context(), &html); err != nil || html.String() != "" {
		t.Errorf("%q, %v", html.String(), err)
	}
}

func TestEveryDrawingIsOnlyShapes(t *testing.T) {
	for name, drawing := range drawings {
		if drawing == "" || strings.Contains(drawing, "<script") || strings.Contains(drawing, "href") || strings.Contains(drawing, " on") || strings.Contains(drawing, "style") {
			t.Errorf("%s: %s", name, drawing)
		}
	}
}
