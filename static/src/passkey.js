// Passkeys. A button with data-passkey ("create" or "get") gets a challenge from the path in data-from, has the browser answer it, and sends
// its form with the answer in the field "passkey". Until this has run such buttons are hidden, and so they stay in a browser without passkeys.
(() => {
  'use strict';
  if (!window.PublicKeyCredential || !navigator.credentials) return;

  const bytes = (text) => Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
  const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer))).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
  const named = (list) => (list ?? []).map((one) => ({ ...one, id: bytes(one.id) }));

  // A refusal of the server in its own words.
  class Refused extends Error {}

  const challenge = async (button) => {
    const response = await fetch(button.dataset.from, { method: 'POST', body: new URLSearchParams(new FormData(button.form)), redirect: 'error' });
    const answer = await response.json();
    if (!response.ok) throw new Refused(answer.error);
    return answer;
  };

  const answerOf = async (kind, options) => {
    options.challenge = bytes(options.challenge);
    if (kind === 'create') {
      options.user.id = bytes(options.user.id);
      options.excludeCredentials = named(options.excludeCredentials);
      return navigator.credentials.create({ publicKey: options });
    }
    options.allowCredentials = named(options.allowCredentials);
    return navigator.credentials.get({ publicKey: options });
  };

  const written = (credential) => {
    const response = {};
    for (const part of ['clientDataJSON', 'attestationObject', 'authenticatorData', 'signature', 'userHandle']) {
      if (credential.response[part]) response[part] = text(credential.response[part]);
    }
    if (credential.response.getTransports) response.transports = credential.response.getTransports();
    return JSON.stringify({ id: credential.id, rawId: text(credential.rawId), type: credential.type, clientExtensionResults: {}, response });
  };

  const wordsFor = (error, button) => {
    if (error instanceof Refused) return error.message;
    if (error.name === 'NotAllowedError' || error.name === 'AbortError') return button.dataset.cancelled;
    if (error.name === 'InvalidStateError') return button.dataset.known;
    return button.dataset.failed;
  };

  const press = async (button) => {
    const form = button.form;
    const says = form.querySelector('[data-passkey-says]');
    if (button.ariaDisabled === 'true' || button.dataset.passkey === 'create' && !form.reportValidity()) return;
    button.ariaDisabled = 'true';
    says.textContent = '';
    says.parentElement.hidden = true;
    try {
      form.elements.passkey.value = written(await answerOf(button.dataset.passkey, await challenge(button)));
      form.submit();
    } catch (error) {
      says.parentElement.hidden = false;
      says.textContent = wordsFor(error, button);
      button.ariaDisabled = null;
    }
  };

  // Before anything else that looks at the form: its own fields, such as a password, may be empty.
  document.addEventListener('submit', (event) => {
    const button = event.submitter?.closest('[data-passkey]');
    if (!button) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    press(button);
  }, true);

  const show = () => {
    for (const part of document.querySelectorAll('[data-passkey-offer]')) part.hidden = false;
    for (const part of document.querySelectorAll('[data-passkey-none]')) part.hidden = true;
  };
  document.addEventListener('htmx:after:swap', show);
  window.addEventListener('pageshow', (event) => {
    if (event.persisted) for (const button of document.querySelectorAll('[data-passkey][aria-disabled]')) button.ariaDisabled = null;
  });
  show();
})();
