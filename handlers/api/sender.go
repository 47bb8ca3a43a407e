package api

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"github.com/your-org/waitlist-management/business"
	"github.com/your-org/waitlist-management/handlers/api/spec"
)

// GetSender answers GET /settings/sender.
func (d *door) GetSender(c echo.Context) error {
	s, err := d.Business.Sending(c.Request().Context(), staffOf(c).TenantID, "")
	if err != nil {
		return err
	}
	return one(c, senderOf(s.Sender))
}

// ChangeSender answers PATCH /settings/sender.
func (d *door) ChangeSender(c echo.Context, _ spec.ChangeSenderParams) error {
	var asked spec.SenderChange
	if err := read(c, &asked); err != nil {
		return err
	}
	s, err := d.Business.Sending(c.Request().Context(), staffOf(c).TenantID, "")
	if err != nil {
		return err
	}
	f := s.Sender
	if err := unchanged(c, senderOf(f)); err != nil {
		return err
	}
	patchOrClear(&f.SenderName, asked.SenderName)
	patchOrClear(&f.ReplyTo, asked.ReplyTo)
	if err := d.Business.ChangeSender(c.Request().Context(), staffOf(c), f); err != nil {
		return overtaken(c, err)
	}
	return d.GetSender(c)
}

func senderOf(f business.SenderForm) spec.Sender {
	return spec.Sender{SenderName: orNull(f.SenderName), ReplyTo: orNull(f.ReplyTo)}
}

// ListSignatures answers GET /settings/signatures.
func (d *door) ListSignatures(c echo.Context, p spec.ListSignaturesParams) error {
	s, err := d.Business.Sending(c.Request().Context(), staffOf(c).TenantID, "")
	if err != nil {
		return err
	}
	page, next, err := pageOf(s.Languages, p.Limit, p.Cursor)
	if err != nil {
		return err
	}
	data := make([]spec.Signature, len(page))
	for i, language := range page {
		data[i] = spec.Signature{Language: language.Tag, Signature: orNull(s.Texts[language.Tag])}
	}
	return answer(c, http.StatusOK, spec.SignatureList{Data: data, NextCursor: next})
}

// GetSignature answers GET /settings/signatures/{language}.
func (d *door) GetSignature(c echo.Context, language spec.MessageLanguage) error {
	s, err := d.Business.Sending(c.Request().Context(), staffOf(c).TenantID, language)
	if err != nil {
		return err
	}
	return one(c, signatureOf(s.Signature))
}

// SetSignature answers PUT /settings/signatures/{language}.
func (d *door) SetSignature(c echo.Context, language spec.MessageLanguage, _ spec.SetSignatureParams) error {
	var asked spec.NewSignature
	if err := read(c, &asked); err != nil {
		return err
	}
	s, err := d.Business.Sending(c.Request().Context(), staffOf(c).TenantID, language)
	if err != nil {
		return err
	}
	f := s.Signature
	if err := unchanged(c, signatureOf(f)); err != nil {
		return err
	}
	patchOrClear(&f.Signature, asked.Signature)
	if err := d.Business.ChangeSignature(c.Request().Context(), staffOf(c), f); err != nil {
		return overtaken(c, err)
	}
	return d.GetSignature(c, language)
}

func signatureOf(f business.SignatureForm) spec.Signature {
	return spec.Signature{Language: f.Language, Signature: orNull(f.Signature)}
}
