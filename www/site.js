// Checks without leaving the page. Everything here is a convenience: without it the form leads to /check, where the
// same markup is made on the server.

import { copy, offerCopying, put } from './result.js';

const SITE = 'MTA-STS check';
const form = document.querySelector('#check');
const result = document.querySelector('#result');

/** Finished checks of this visit, so that back and forward are immediate. */
const finished = new Map();
let running = new AbortController();
let loading;

/** The checker, fetched when it is first needed. */
function load() {
  loading ??= import('/pkg/check.js').then(async (checker) => {
    await checker.default();
    return checker;
  });
  return loading;
}

const address = (domain) => `/check?domain=${encodeURIComponent(domain)}`;

async function check(typed) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  begin(typed);
  let checker;
  try {
    checker = await load();
  } catch {
    loading = undefined;
    if (signal.aborted) return;
    if (navigator.onLine === false) fail(NO_CONNECTION);
    // A browser or a network that will not have WebAssembly: let the server make the page.
    else location.assign(address(typed));
    return;
  }
  try {
    let html;
    const onProgress = (_report, markup) => signal.aborted || put(result, (html = markup));
    const report = await checker.check(typed, { signal, onProgress });
    if (signal.aborted) return;
    finished.set(report.domain, html);
    history.replaceState(null, '', address(report.domain));
    if (form.domain.value.trim() === typed) form.domain.value = report.domain;
    finish(report.domain, html);
  } catch (error) {
    if (!signal.aborted) refuse(error);
  }
}

function begin(domain) {
  form.domain.value = domain;
  accept();
  head(domain);
  say(`Checking ${domain}…`);
  const waiting = document.createElement('p');
  waiting.className = 'm-status';
  waiting.textContent = `Checking ${domain}…`;
  result.replaceChildren(waiting);
  // On a phone the keyboard would hide the answer.
  if (matchMedia('(pointer: coarse)').matches) form.domain.blur();
}

function finish(domain, html) {
  put(result, html);
  say('');
  head(domain);
  document.title = `${domain}: ${result.querySelector('.m-badge')?.textContent.toLowerCase() ?? ''} – ${SITE}`;
  // Lead there whoever waits for the answer, and leave alone whoever is already reading it.
  const active = document.activeElement;
  if (!active || active === document.body || form.contains(active)) {
    result.querySelector('[data-focus]')?.focus({ preventScroll: true });
  }
}

const NO_CONNECTION = 'The checker cannot be reached from here just now. Your domain is still in the box: check your connection, then try again.';
const BROKE_OFF = 'The check broke off before it was done. Your domain is still in the box: please try again.';

function refuse(error) {
  if (error?.html) {
    put(result, error.html);
    // Of too many checks, nothing is wrong with what was typed.
    if (error.problem.retry_after_s) say('');
    else mark();
  } else {
    // A fetch that never got an answer is a TypeError.
    fail(error instanceof TypeError || navigator.onLine === false ? NO_CONNECTION : BROKE_OFF);
  }
}

function fail(sentence) {
  const box = document.createElement('div');
  box.className = 'm-problem m-bad';
  box.setAttribute('role', 'alert');
  box.append(Object.assign(document.createElement('p'), { textContent: sentence }));
  result.replaceChildren(box);
  say('');
}

/** Ties the box to what is wrong with what is typed in it. */
function mark() {
  say('');
  form.domain.setAttribute('aria-invalid', 'true');
  form.domain.setAttribute('aria-describedby', 'hint result');
  form.domain.focus({ preventScroll: true });
}

function accept() {
  form.domain.removeAttribute('aria-invalid');
  form.domain.setAttribute('aria-describedby', 'hint');
}

function say(sentence) {
  document.querySelector('#status').textContent = sentence;
}

/** What stands above and below the result: the introduction makes room for it. */
function head(domain) {
  const title = document.querySelector('#title');
  title.textContent = `Is mail to ${domain || 'your domain'} protected?`;
  title.classList.toggle('short', Boolean(domain));
  document.title = domain ? `${domain} – ${SITE}` : SITE;
  const intro = document.querySelector('#intro');
  if (intro) intro.hidden = Boolean(domain);
}

/** The domain that a link leads to the check of. */
function domainOf(url) {
  return url.origin === location.origin && url.pathname === '/check' ? url.searchParams.get('domain') : null;
}

function start(domain) {
  history.pushState(null, '', address(domain));
  check(domain);
}

for (const origin of document.querySelectorAll('[data-origin]')) origin.textContent = location.origin;

if (form) {
  offerCopying(result);
  // What the server rendered is as good as what is rendered here.
  const here = domainOf(new URL(location.href));
  if (here && result.querySelector('[data-verdict]')) finished.set(here, result.innerHTML);

  form.addEventListener('submit', (event) => {
    const typed = form.domain.value.trim();
    if (!typed) return;
    event.preventDefault();
    finished.delete(typed);
    start(typed);
  });

  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-copy]');
    if (button) return void copy(button, say);
    const link = event.target.closest('a[href]');
    const plain = !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const domain = link && plain && !link.target ? domainOf(new URL(link.href)) : null;
    if (!domain) return;
    event.preventDefault();
    scrollTo(0, 0);
    start(domain);
  });

  addEventListener('popstate', () => {
    const domain = domainOf(new URL(location.href));
    running.abort();
    if (domain && finished.has(domain)) {
      form.domain.value = domain;
      accept();
      finish(domain, finished.get(domain));
    } else if (domain) {
      check(domain);
    } else if (document.querySelector('#intro')) {
      form.domain.value = '';
      accept();
      head('');
      say('');
      result.replaceChildren();
    } else {
      // The page began as a result, and the introduction is not in it.
      location.reload();
    }
  });
}
