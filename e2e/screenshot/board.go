package main

import (
	"context"
	"fmt"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"

	"github.com/your-org/waitlist-management/paths"
)

// The tablet at the counter, in device-independent pixels, and how many real ones each has a side.
const (
	width, height = 1280, 800
	scale         = 2
)

// settled is how long the board must have looked the same, while its customers act.
const settled = 600 * time.Millisecond

// looks is what a glance at the board tells, without the numbers, which count. It is empty until a few offers are out, the board follows the
// stream and the letters are there, and while something is under way.
const looks = `(board => board?.querySelectorAll('[id^="offer-"]').length > 2 && document.querySelector('[data-live][data-state="on"]') &&
	document.fonts.status == 'loaded' && !document.querySelector('.htmx-request') ? board.innerText.replace(/\d+/g, '') : '')(document.querySelector('#board'))`

// board enters the demo business as a visitor does and takes a picture of its board.
func board(ctx context.Context, url, language string) ([]byte, error) {
	ctx, cancel := chromedp.NewContext(ctx, chromedp.WithAllocatorOptions(
		chromedp.DisableGPU, chromedp.Flag("lang", language), chromedp.Flag("accept-lang", language), chromedp.Flag("hide-scrollbars", true),
	))
	defer cancel()
	if err := chromedp.Do(ctx, chromedp.EmulateViewport(width, height, chromedp.EmulateScale(scale))); err != nil {
		return nil, fmt.Errorf("start Chromium: %w", err)
	}
	still := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{
		{Name: "prefers-color-scheme", Value: "light"}, {Name: "prefers-reduced-motion", Value: "reduce"},
	}}
	if _, err := chromedp.Call(ctx, emulation.SetEmulatedMedia, still); err != nil {
		return nil, fmt.Errorf("choose light colours: %w", err)
	}
	enter := chromedp.CSS(`form[action="` + paths.Demo + `"] button`)
	if err := chromedp.Do(ctx, chromedp.Navigate(url), chromedp.Click(enter, chromedp.NodeVisible)); err != nil {
		return nil, fmt.Errorf("enter the demo business: %w", err)
	}
	if err := settle(ctx); err != nil {
		return nil, err
	}
	picture, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err != nil {
		return nil, fmt.Errorf("take the picture: %w", err)
	}
	return picture, nil
}

// settle waits until the board has looked the same for a while.
func settle(ctx context.Context) error {
	const every = 200 * time.Millisecond
	again := time.NewTicker(every)
	defer again.Stop()
	last, same := "", time.Duration(0)
	for same < settled {
		select {
		case <-ctx.Done():
			return fmt.Errorf("waiting for a board with an offer on it: %w (it last showed %q)", ctx.Err(), last)
		case <-again.C:
		}
		now, err := chromedp.Run(ctx, chromedp.Evaluate[string](looks))
		if err != nil || now == "" || now != last { // an error: the page is on its way
			last, same = now, 0
			continue
		}
		same += every
	}
	return nil
}
