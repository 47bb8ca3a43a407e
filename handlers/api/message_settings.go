package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
)

// GetQuietHours answers GET /settings/quiet-hours.
func (d *door) GetQuietHours(c echo.Context) error {
	m, err := d.Business.MessageLimits(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, quietHoursOf(m.Quiet))
}

// ChangeQuietHours answers PATCH /settings/quiet-hours.
func (d *door) ChangeQuietHours(c echo.Context, _ spec.ChangeQuietHoursParams) error {
	var asked spec.QuietHoursChange
	if err := read(c, &asked); err != nil {
		return err
	}
	m, err := d.Business.MessageLimits(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	f := m.Quiet
	if err := unchanged(c, quietHoursOf(f)); err != nil {
		return err
	}
	patchOrClear(&f.From, asked.From)
	patchOrClear(&f.To, asked.To)
	patch(&f.Night, asked.NightOpenings)
	if err := d.Business.ChangeQuietHours(c.Request().Context(), staffOf(c), f); err != nil {
		return overtaken(c, named(err, "quiet_from", "from", "quiet_to", "to"))
	}
	return d.GetQuietHours(c)
}

func quietHoursOf(f business.QuietForm) spec.QuietHours {
	return spec.QuietHours{From: orNull(f.From), To: orNull(f.To), NightOpenings: spec.NightOpenings(f.Night)}
}

// GetMessageLimits answers GET /settings/message-limits.
func (d *door) GetMessageLimits(c echo.Context) error {
	m, err := d.Business.MessageLimits(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, messageLimitsOf(m.Limits))
}

// ChangeMessageLimits answers PATCH /settings/message-limits.
func (d *door) ChangeMessageLimits(c echo.Context, _ spec.ChangeMessageLimitsParams) error {
	var asked spec.MessageLimitsChange
	if err := read(c, &asked); err != nil {
		return err
	}
	m, err := d.Business.MessageLimits(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	f := m.Limits
	if err := unchanged(c, messageLimitsOf(f)); err != nil {
		return err
	}
	patchOrClear(&f.PerHour, asked.MessagesPerHour)
	patch(&f.PerDay, asked.MessagesPerDay)
	if err := d.Business.ChangeMessageLimits(c.Request().Context(), staffOf(c), f); err != nil {
		return overtaken(c, err)
	}
	return d.GetMessageLimits(c)
}

func messageLimitsOf(f business.LimitsForm) spec.MessageLimits {
	return spec.MessageLimits{MessagesPerHour: orNull(wholeOf(f.PerHour)), MessagesPerDay: wholeOf(f.PerDay)}
}

// GetMessageUse answers GET /settings/message-limits/use.
func (d *door) GetMessageUse(c echo.Context) error {
	m, err := d.Business.MessageLimits(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	use := spec.MessageUse{SentLastHour: orNull(0), Owed: orNull(0), Room: orNull(0), DroppedToday: m.Dropped}
	if m.Use.Limit > 0 {
		use.SentLastHour.Set(m.Use.Sent)
		use.Owed.Set(m.Use.Owed)
		use.Room.Set(m.Use.Room())
	}
	return answer(c, http.StatusOK, use)
}

// GetMessageTimes answers GET /settings/message-times.
func (d *door) GetMessageTimes(c echo.Context) error {
	f, err := d.Business.MessageTimes(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	return one(c, messageTimesOf(f))
}

// ChangeMessageTimes answers PATCH /settings/message-times.
func (d *door) ChangeMessageTimes(c echo.Context, _ spec.ChangeMessageTimesParams) error {
	var asked spec.MessageTimesChange
	if err := read(c, &asked); err != nil {
		return err
	}
	f, err := d.Business.MessageTimes(c.Request().Context(), staffOf(c).TenantID)
	if err != nil {
		return err
	}
	if err := unchanged(c, messageTimesOf(f)); err != nil {
		return err
	}
	patch(&f.OfferReminder, asked.OfferReminderMinutes)
	patch(&f.Reminder, asked.ReminderHours)
	patch(&f.Thanks, asked.ThanksHours)
	if err := d.Business.ChangeMessageTimes(c.Request().Context(), staffOf(c), f); err != nil {
		return overtaken(c, named(err, "offer_reminder", "offer_reminder_minutes"))
	}
	return d.GetMessageTimes(c)
}

func messageTimesOf(f business.MessageTimesForm) spec.MessageTimes {
	return spec.MessageTimes{OfferReminderMinutes: wholeOf(f.OfferReminder), ReminderHours: wholeOf(f.Reminder), ThanksHours: wholeOf(f.Thanks)}
}
