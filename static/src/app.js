// What pages do beyond links and forms. Everything hangs on data attributes and still works, with less comfort,
// without this file. No style is ever written: attributes and text only.
(() => {
  'use strict';
  const all = (selector, root = document) => root.querySelectorAll(selector);

  // By how much this device's clock is behind the server's, which is data-now at the moment it arrived.
  const skews = new WeakMap();
  const serverNow = (el) => {
    const stamp = el.dataset.now;
    let known = skews.get(el);
    if (known?.stamp !== stamp) skews.set(el, known = { stamp, skew: Date.parse(stamp) - Date.now() || 0 });
    return Date.now() + known.skew;
  };
  const write = (el, text) => { if (el && el.textContent !== text) el.textContent = text; };

  // ui.Countdown
  const marks = [0, 30, 60, 120, 300];
  const said = new WeakMap();
  const count = (el) => {
    const rest = (Date.parse(el.dataset.countdown) - serverNow(el)) / 1000;
    const left = Math.max(0, Math.ceil(rest));
    write(el.querySelector('[data-left]'), Math.floor(left / 60) + ':' + String(left % 60).padStart(2, '0'));
    const caption = el.querySelector('[data-caption]');
    write(caption, caption?.dataset.caption);
    el.querySelector('[data-ring]')?.setAttribute('stroke-dasharray', (100 * Math.min(1, left / el.dataset.total || 0)).toFixed(2) + ' 100');
    el.toggleAttribute('data-ticking', true);
    el.toggleAttribute('data-urgent', left <= Math.min(120, el.dataset.total / 4));
    const mark = marks.find((m) => left <= m);
    if (said.has(el) ? mark !== undefined && said.get(el) !== mark : mark === 0) write(el.querySelector('p[data-say]'), el.getAttribute('data-say-' + mark));
    said.set(el, mark);
    const phase = rest > 0 ? 'running' : rest > -el.dataset.grace ? 'late' : 'over';
    for (const follower of all('[data-when]')) follower.hidden = !follower.dataset.when.split(' ').includes(phase);
  };

  // The counter's clock, in the zone of the business.
  const clock = (el) => {
    try {
      write(el, new Intl.DateTimeFormat(document.documentElement.lang, {
        hour: el.dataset.hour12 === 'true' ? 'numeric' : '2-digit', minute: '2-digit', hour12: el.dataset.hour12 === 'true', timeZone: el.dataset.clock,
      }).format(serverNow(el)));
    } catch { /* a zone this browser doesn't know: the time stays as it was sent */ }
  };

  const tick = () => {
    all('[data-countdown]').forEach(count);
    all('[data-clock]').forEach(clock);
  };

  // A second press of a button has no effect while the first is under way. The button keeps the focus.
  const release = (form) => {
    delete form.dataset.pressed;
    for (const button of all('[aria-disabled]', form)) button.removeAttribute('aria-disabled');
  };
  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (!form.matches('[data-press]') || event.submitter?.formTarget) return; // what goes elsewhere leaves the form as it is
    if (form.dataset.pressed) {
      event.preventDefault();
      event.stopImmediatePropagation();
      return;
    }
    form.dataset.pressed = 'yes';
    event.submitter?.setAttribute('aria-disabled', 'true');
  }, true);
  window.addEventListener('pageshow', (event) => { if (event.persisted) all('[data-pressed]').forEach(release); });
  document.addEventListener('htmx:finally:request', (event) => {
    const form = event.target.closest?.('[data-pressed]');
    if (form) release(form);
  });

  // Placeholders are put in where the cursor is, or was last; a block takes a line of its own in the longest field.
  let pen = null;
  document.addEventListener('focusin', (event) => { if (event.target.matches('[data-pen]')) pen = event.target; });
  document.addEventListener('click', (event) => {
    const pick = event.target.closest('[data-insert]');
    if (!pick) return;
    const form = pick.closest('form');
    const block = pick.hasAttribute('data-block');
    const field = !block && form.contains(pen) ? pen : form.querySelector('textarea[data-pen]');
    const before = field.value.slice(0, field.selectionStart);
    const after = field.value.slice(field.selectionEnd);
    const apart = (text) => (!block || text === '' || /^\n\n|\n\n$/.test(text) ? '' : /^\n|\n$/.test(text) ? '\n' : '\n\n');
    const text = apart(before.slice(-2)) + pick.dataset.insert + apart(after.slice(0, 2));
    field.focus();
    if (!document.execCommand('insertText', false, text)) field.setRangeText(text, before.length, field.selectionEnd, 'end'); // the first can be undone
    field.dispatchEvent(new Event('input', { bubbles: true }));
  });

  // ui.Copy. Where a page may not write to the clipboard (plain http), the text is marked and copied the old way.
  document.addEventListener('click', async (event) => {
    const button = event.target.closest('[data-copy]');
    if (!button) return;
    const field = document.getElementById(button.dataset.copy);
    let copied = true;
    try {
      await navigator.clipboard.writeText(field.value);
    } catch {
      field.select();
      copied = document.execCommand('copy');
      button.focus();
    }
    if (copied) write(button.querySelector('[data-copy-text]'), button.dataset.copied);
  });

  // A preview in a frame is made anew while its form is filled in. A new frame each time keeps the browser's history as it is, and the old
  // one stays until the new one is there, which then shows the same place. Each has a name of its own: a name once given sticks.
  let previewing;
  let previews = 0;
  const framesOf = (button) => document.getElementById(button.dataset.frames);
  const preview = (button) => {
    const frames = framesOf(button);
    for (const frame of all('iframe[hidden]', frames)) frame.remove();
    const fresh = frames.querySelector('iframe').cloneNode();
    fresh.removeAttribute('src');
    button.formTarget = fresh.name = 'preview-' + ++previews;
    fresh.hidden = true;
    frames.append(fresh);
    fresh.addEventListener('load', () => {
      const read = frames.querySelector('iframe').contentWindow.scrollY;
      for (const frame of all('iframe', frames)) if (frame !== fresh) frame.remove();
      fresh.hidden = false;
      fresh.contentWindow.scrollTo(0, read);
    }, { once: true });
    button.form.requestSubmit(button);
  };
  document.addEventListener('click', (event) => {
    const button = event.target.closest('[data-frames]');
    if (!button) return;
    event.preventDefault();
    framesOf(button).scrollIntoView({ block: 'nearest' });
    preview(button);
  });
  for (const name of ['input', 'change']) {
    document.addEventListener(name, (event) => {
      const button = document.getElementById(event.target.form?.dataset.previews);
      if (!button) return;
      clearTimeout(previewing);
      previewing = setTimeout(preview, 400, button);
    });
  }

  document.addEventListener('change', (event) => {
    if (event.target.matches('[data-autosubmit]')) event.target.form?.requestSubmit();
  });

  // Two fields for one value: a colour that is picked or typed. Before htmx asks with it.
  document.addEventListener('input', (event) => {
    const other = document.getElementById(event.target.dataset?.mirror);
    const value = event.target.value.trim().toLowerCase();
    if (other && (other.type !== 'color' || /^#[0-9a-f]{6}$/.test(value))) other.value = value;
  }, true);

  // What looks again by itself rests while nobody can see it and, while the stream says what changes, does so once a minute only, because
  // times go by all the same. The stream itself is asked for until it is there.
  const opened = Date.now();
  const looked = new WeakMap();
  let following = false;
  document.addEventListener('every', (event) => {
    const part = event.target;
    const fresh = following && part.id !== 'stream' && Date.now() - (looked.get(part) ?? opened) < 60_000;
    if (document.hidden || fresh) event.stopImmediatePropagation();
  }, true);

  // A slider moves the number with the id that it names, and the number moves the slider. The number is what is sent.
  document.addEventListener('input', (event) => {
    const { id, value, dataset } = event.target;
    if (dataset.slider) document.getElementById(dataset.slider).value = value;
    else if (id) for (const slider of all(`[data-slider="${id}"]`)) slider.value = value;
  }, true);
  const showSliders = () => {
    for (const slider of all('[data-slider]')) {
      slider.hidden = false;
      slider.value = document.getElementById(slider.dataset.slider).value;
    }
  };

  // What somebody unfolded stays so when its part has looked again.
  let unfolded = new Map();
  document.addEventListener('htmx:before:swap', () => { unfolded = new Map([...all('details[data-keep]')].map((fold) => [fold.id, fold.open])); });
  const keepFolds = () => { for (const fold of all('details[data-keep]')) fold.open = unfolded.get(fold.id) ?? fold.open; };

  // Menus: one open at a time; Escape and a press elsewhere close it.
  const closeMenus = (except) => all('[data-menu][open]').forEach((menu) => { if (!menu.contains(except)) menu.open = false; });
  document.addEventListener('click', (event) => {
    const closer = event.target.closest('[data-menu-close]');
    if (closer) {
      const menu = closer.closest('[data-menu]');
      menu.open = false;
      menu.querySelector('summary').focus();
    }
    closeMenus(event.target);
    if (event.target.closest('[data-flash-close]')) event.target.closest('[data-flash]').remove();
  });
  document.addEventListener('keydown', (event) => {
    if (event.key !== 'Escape') return;
    const menu = document.activeElement?.closest('[data-menu][open]');
    closeMenus(null);
    menu?.querySelector('summary').focus();
  });

  // ui.Flash: gone when its undo is.
  const lasting = new WeakSet();
  const dress = () => {
    for (const button of all('[data-menu-close], [data-flash-close], [data-insert], [data-copy]')) button.hidden = false;
    showSliders();
    keepFolds();
    for (const flash of all('[data-flash][data-lasts]')) {
      if (lasting.has(flash)) continue;
      lasting.add(flash);
      setTimeout(() => flash.remove(), flash.dataset.lasts * 1000);
    }
    tick();
    sayTicks();
  };
  const firstRefused = (root) => root.querySelector?.('input[aria-invalid="true"], select[aria-invalid="true"], textarea[aria-invalid="true"]')?.focus();
  document.addEventListener('htmx:after:swap', (event) => {
    const { target, response } = event.detail?.ctx ?? {};
    if (target instanceof Element) looked.set(target, Date.now());
    dress();
    if (response?.status === 422) firstRefused(document.getElementById('main') ?? document);
    else keepPlace();
  });

  // Ticks of a list: how many there are is said, and they stay when the list looks again.
  const ticked = new Set();
  const sayTicks = () => {
    for (const form of all('[data-many]')) {
      const boxes = [...all('[data-tick]', form)];
      for (const box of boxes) box.checked = ticked.has(box.value);
      const n = boxes.filter((box) => box.checked).length;
      const words = form.querySelector('[data-ticked]');
      write(words, n === 1 ? words?.dataset.one : words?.dataset[n ? 'many' : 'none'].replace('{n}', n));
      const whole = form.querySelector('[data-tick-all]');
      if (!whole) continue;
      whole.closest('label').hidden = false;
      whole.checked = n > 0 && n === boxes.length;
      whole.indeterminate = n > 0 && n < boxes.length;
    }
  };
  document.addEventListener('change', (event) => {
    const form = event.target.closest('[data-many]');
    if (!form || !event.target.matches('[data-tick], [data-tick-all]')) return;
    const boxes = event.target.matches('[data-tick]') ? [event.target] : all('[data-tick]', form);
    for (const box of boxes) ticked[event.target.checked ? 'add' : 'delete'](box.value);
    sayTicks();
  });
  window.addEventListener('pageshow', sayTicks);

  // Whatever had the focus may be gone after a part has looked again: then the heading of its section has it.
  let section = null;
  document.addEventListener('htmx:before:swap', () => { section = document.activeElement?.closest('section[aria-labelledby]'); });
  const keepPlace = () => {
    const heading = section && document.activeElement === document.body && document.getElementById(section.getAttribute('aria-labelledby'));
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus({ preventScroll: true });
  };

  // A press that got no answer may have been carried out or not; pressing again is safe.
  document.addEventListener('htmx:error', (event) => {
    const words = document.getElementById('unreached');
    if (!words || !event.target.matches?.('form')) return;
    document.getElementById('flash').replaceChildren(words.content.cloneNode(true));
    dress();
  });
  // The act of a menu closes it.
  document.addEventListener('htmx:before:request', (event) => {
    const menu = event.target.closest?.('[data-menu][open]');
    if (!menu || event.target.matches('input, select, textarea')) return;
    menu.open = false;
    menu.querySelector('summary').focus();
  });

  // The stream of the counter. A stream that has given no ping for 40 seconds is dead, though nobody said so.
  let heard = Date.now();
  const stream = () => document.getElementById('stream');
  const live = (on) => {
    following = on;
    for (const el of all('[data-live]')) {
      el.hidden = false;
      el.dataset.state = on ? 'on' : 'off';
      write(el.querySelector('[data-live-text]'), on ? el.dataset.on : el.dataset.off);
    }
    for (const el of all('[data-stale]')) el.hidden = on;
  };
  const connectAgain = () => {
    live(false);
    heard = Date.now();
    stream()?._htmx?.sse?.reader?.cancel();
  };
  for (const name of ['htmx:sse:after:connection', 'htmx:sse:after:message']) {
    document.addEventListener(name, () => { heard = Date.now(); live(true); });
  }
  for (const name of ['htmx:sse:error', 'htmx:sse:close']) document.addEventListener(name, () => live(false));
  for (const name of ['htmx:error', 'htmx:response:error']) {
    document.addEventListener(name, (event) => { if (event.target.id === 'stream') live(false); });
  }
  window.addEventListener('offline', () => live(false));
  window.addEventListener('online', () => { if (stream()) connectAgain(); });
  document.addEventListener('visibilitychange', () => { if (stream() && !document.hidden && Date.now() - heard > 20_000) live(false); });
  setInterval(() => {
    if (stream()?._htmx?.sse && !document.hidden && Date.now() - heard > 40_000) connectAgain();
  }, 5_000);

  // Signing up: the time zone of this device and what is paid with there, as long as nobody chose.
  const zone = document.querySelector('select[data-zone]');
  if (zone) {
    const currency = document.getElementById(zone.dataset.zone);
    const lines = zone.dataset.paidIn.split(';').map((line) => line.split(' '));
    const follow = () => { currency.value = lines.find((words) => words.includes(zone.value))?.[0] ?? currency.value; };
    const here = Intl.DateTimeFormat().resolvedOptions().timeZone;
    if ([...zone.options].some((option) => option.value === here)) {
      zone.value = here;
      follow();
    }
    zone.addEventListener('change', follow);
    currency.addEventListener('change', () => zone.removeEventListener('change', follow));
  }

  dress();
  firstRefused(document);
  setInterval(tick, 500);
  document.addEventListener('visibilitychange', tick);
})();
