// Checks without leaving the page. Everything here is a convenience: without it the form leads to /check, where the
// same markup is made on the server.

import { entitle, fail, fill, isLoaded, letCopy, load, offerCopying, put, refuse, say, wait, words } from './page.js';
import { forget, keep, recent, snapshotsOf } from './recent.js';

const form = document.querySelector('#check');
const result = document.querySelector('#result');

/** Finished checks of this visit, `{ html, title }` by domain, so that back and forward are immediate. */
const finished = new Map();
let running = new AbortController();

const address = (domain) => `/check?domain=${encodeURIComponent(domain)}`;

/** Asks the API before the checker is there: on a slow line both take their time. */
function ask(domain, signal) {
  const answer = fetch(`/api/v1${address(domain)}`, { signal, headers: { Accept: 'application/x-ndjson' } });
  // Whoever awaits it hears of its failure.
  answer.catch(() => {});
  return answer;
}

async function check(typed, fresh = false) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  begin(typed);
  const answer = isLoaded('check') || fresh ? undefined : ask(typed, signal);
  let checker;
  try {
    checker = await load('check');
  } catch {
    if (signal.aborted) return;
    if (navigator.onLine === false) fail(result, words.noConnection);
    // A browser or a network that will not have WebAssembly: let the server make the page.
    else location.assign(address(typed));
    return;
  }
  try {
    let shown;
    const observations = [];
    const onObservation = (observation) => observations.push(observation);
    const onProgress = (_report, html, title) => {
      if (signal.aborted) return;
      shown = { html, title };
      put(result, html);
    };
    const report = await checker.check(typed, { signal, fresh, answer, onObservation, onProgress });
    if (signal.aborted) return;
    shown.html = (await compare(report, observations)) ?? shown.html;
    if (signal.aborted) return;
    finished.set(report.domain, shown);
    history.replaceState(null, '', address(report.domain));
    if (form.domain.value.trim() === typed) form.domain.value = report.domain;
    finish(report.domain, shown);
  } catch (error) {
    if (signal.aborted) return;
    refuse(result, error);
    // Of too many checks, nothing is wrong with what was typed.
    if (error?.html && !error.problem.retry_after_s) mark();
  }
}

/** The result with what changed since earlier checks of the domain; nothing where there were none. Then keeps this one. */
async function compare(report, observations) {
  const history = snapshotsOf(report.domain);
  const { domain, checked_at, took_ms } = report;
  try {
    if (!history.some((snapshot) => snapshot.time !== checked_at)) return undefined;
    const [checker, tools] = await Promise.all([load('check'), load('tools')]);
    return checker.render(tools.evaluate({ domain, checked_at, took_ms, observations, history }, Date.now()));
  } catch {
    // The answer stands without it.
    return undefined;
  } finally {
    keep(report);
    list();
  }
}

/** The earlier checks, on the first page. */
function list() {
  const section = document.querySelector('#recent');
  if (!section) return;
  const kept = recent();
  section.hidden = kept.length === 0;
  const place = section.querySelector('ul');
  const verdicts = new URLSearchParams(place.dataset.words);
  const rows = kept.map(({ domain, verdict, time }) => {
    const link = Object.assign(document.createElement('a'), { href: address(domain), textContent: domain });
    const day = new Date(time);
    const told = [verdicts.get(verdict), Number.isNaN(+day) ? '' : day.toLocaleDateString()].filter(Boolean).join(', ');
    const row = document.createElement('li');
    row.append(link, Object.assign(document.createElement('span'), { textContent: told }));
    return row;
  });
  place.replaceChildren(...rows);
}

async function share() {
  const url = location.href;
  try {
    if (navigator.share) return await navigator.share({ title: document.title, url });
    await navigator.clipboard.writeText(url);
    say(form.dataset.shared);
  } catch (error) {
    if (error.name !== 'AbortError') say(fill(form.dataset.notShared, url));
  }
}

function begin(domain) {
  form.domain.value = domain;
  accept();
  head(domain);
  wait(result, fill(form.dataset.checking, domain));
  // On a phone the keyboard would hide the answer.
  if (matchMedia('(pointer: coarse)').matches) form.domain.blur();
}

/** What takes a script, and is the page's own to do. */
function offer() {
  offerCopying(result);
  const usable = { share: navigator.share || navigator.clipboard, print: window.print };
  for (const [name, way] of Object.entries(usable)) {
    for (const button of result.querySelectorAll(`[data-${name}]`)) button.hidden = !way;
  }
}

function finish(domain, { html, title }) {
  put(result, html);
  offer();
  say('');
  head(domain);
  entitle(title);
  // Lead there whoever waits for the answer, and leave alone whoever is already reading it.
  const active = document.activeElement;
  if (!active || active === document.body || form.contains(active)) {
    result.querySelector('[data-focus]')?.focus({ preventScroll: true });
  }
}

/** Ties the box to what is wrong with what is typed in it. */
function mark() {
  form.domain.setAttribute('aria-invalid', 'true');
  form.domain.setAttribute('aria-describedby', 'hint result');
  form.domain.focus({ preventScroll: true });
}

function accept() {
  form.domain.removeAttribute('aria-invalid');
  form.domain.setAttribute('aria-describedby', 'hint');
}

/** What stands above and below the result: the introduction makes room for it. */
function head(domain) {
  const title = document.querySelector('#title');
  title.textContent = domain ? fill(title.dataset.asked, domain) : title.dataset.askedOfYours;
  title.classList.toggle('short', Boolean(domain));
  entitle(domain);
  const intro = document.querySelector('#intro');
  if (intro) intro.hidden = Boolean(domain);
}

/** The domain that a link leads to the check of. */
function domainOf(url) {
  return url.origin === location.origin && url.pathname === '/check' ? url.searchParams.get('domain') : null;
}

function start(domain, fresh) {
  history.pushState(null, '', address(domain));
  check(domain, fresh);
}

if (form) {
  list();
  letCopy();
  offer();
  // What the server rendered is as good as what is rendered here.
  const here = domainOf(new URL(location.href));
  if (here && result.querySelector('[data-verdict]')) {
    finished.set(here, { html: result.innerHTML, title: document.querySelector('meta[property="og:title"]').content });
  }

  form.addEventListener('submit', (event) => {
    const typed = form.domain.value.trim();
    if (!typed) return;
    event.preventDefault();
    finished.delete(typed);
    start(typed);
  });

  document.addEventListener('click', (event) => {
    if (event.target.closest('[data-share]')) return void share();
    if (event.target.closest('[data-print]')) return print();
    if (event.target.closest('[data-forget]')) {
      forget();
      list();
      return form.domain.focus();
    }
    const link = event.target.closest('a[href]');
    const plain = !event.defaultPrevented && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    const domain = link && plain && !link.target ? domainOf(new URL(link.href)) : null;
    if (!domain) return;
    event.preventDefault();
    scrollTo(0, 0);
    start(domain, 'again' in link.dataset);
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
