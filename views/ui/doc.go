// Package ui is the design system: each component is a struct whose fields say what it shows. One that holds nothing
// else is written @ui.Button{Text: "Save"}; one that holds other things is written @ui.Card{Title: "Hours"}.Around() { … }.
//
// Texts are given translated, unless a field's comment names a catalogue key; a component takes the words of its own
// from the locale in the context (i18n.With). Times are in the zone of the business. Everything works without
// script; what static/src/app.js adds hangs on data attributes. The zero value of a field is the usual case.
package ui
