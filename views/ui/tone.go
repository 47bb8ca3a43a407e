package ui

// Tone is what a colour says; the words beside it say it too.
type Tone string

// The tones. Neutral is the zero value.
const (
	Neutral Tone = ""
	Info    Tone = "info"
	OK      Tone = "ok"
	Warn    Tone = "warn"
	Bad     Tone = "bad"
)

func (t Tone) class(of string) string {
	if t == Neutral {
		return ""
	}
	return of + "-" + string(t)
}
