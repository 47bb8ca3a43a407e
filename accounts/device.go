package accounts

import (
	"context"
	"strings"
)

// Device is what a session is used on, as far as people would recognise it. Nothing finer is kept: it is no fingerprint.
type Device struct {
	Browser string // such as "Firefox"; empty: not known
	System  string // such as "Android"; empty: not known
}

// The first that a User-Agent holds counts: Edge and Opera also claim to be Chrome, and Chrome to be Safari.
var (
	browserMarks = [][2]string{
		{"Edg", "Edge"}, {"OPR/", "Opera"}, {"SamsungBrowser/", "Samsung Internet"}, {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
		{"CriOS/", "Chrome"}, {"Chrome/", "Chrome"}, {"Safari/", "Safari"},
	}
	systemMarks = [][2]string{
		{"iPhone", "iPhone"}, {"iPad", "iPad"}, {"Android", "Android"}, {"Windows", "Windows"}, {"CrOS", "ChromeOS"}, {"Macintosh", "Mac"}, {"Linux", "Linux"},
	}
)

// DeviceOf reads a User-Agent header.
func DeviceOf(userAgent string) Device {
	return Device{marked(browserMarks, userAgent), marked(systemMarks, userAgent)}
}

func marked(marks [][2]string, userAgent string) string {
	for _, mark := range marks {
		if strings.Contains(userAgent, mark[0]) {
			return mark[1]
		}
	}
	return ""
}

// label is how a device is kept, at most 48 ASCII characters; empty when nothing is known.
func (d Device) label() string {
	if d == (Device{}) {
		return ""
	}
	return d.Browser + "/" + d.System
}

func deviceIn(label string) Device {
	browser, system, _ := strings.Cut(label, "/")
	return Device{browser, system}
}

type deviceKey struct{}

// OnDevice says what device a request came from, for the sessions that begin in it.
func OnDevice(ctx context.Context, d Device) context.Context {
	return context.WithValue(ctx, deviceKey{}, d)
}

func deviceFrom(ctx context.Context) Device {
	d, _ := ctx.Value(deviceKey{}).(Device)
	return d
}
