// From a domain to a plan. What was seen of a domain is asked for once; every other answer to the questions is worked out
// here, with no request. Each state of the form has an address.

import { entitle, fill as filled, letCopy, load, put, refuse, say, wait } from './page.js';
import { save } from './save.js';

const TITLE = document.title;
/** How long a look at a domain is as good as another, in milliseconds. */
const FRESH = 60_000;

const form = document.querySelector('#plan');
const result = document.querySelector('#result');
const otherwise = document.querySelector('#otherwise');

/** What was seen of each domain in this visit, by what was typed: `{ evidence, report, at }`. */
const seen = new Map();
let running = new AbortController();
/** The plan on show. */
let plan;
/** The domain that is being looked up. */
let looking;

/** Asks only what the answers so far make a question of: whole questions first, then what belongs to one answer. */
function unfold() {
  for (const part of [...form.querySelectorAll('fieldset[data-when]'), ...form.querySelectorAll('div[data-when]')]) {
    const [name, value] = part.dataset.when.split('=');
    const asked = !part.parentElement.closest('[hidden]') && new FormData(form).getAll(name).includes(value);
    part.hidden = !asked;
    for (const field of part.querySelectorAll('input, select')) field.disabled = !asked;
  }
}

/** The answers, as the address of the page has them. */
function answers() {
  const data = new FormData(form);
  const given = new URLSearchParams();
  for (const [name, chosen] of data) {
    const value = (chosen === 'other' && data.get(`${name}.other`)) || chosen;
    if (value.trim() && !name.includes('.')) given.set(name, value.trim());
  }
  return given;
}

/** Fills the form in from an address. */
function fill(given) {
  form.reset();
  for (const field of form.elements) {
    const [name, other] = field.name.split('.');
    const value = given.get(name);
    if (!value) continue;
    const options = [...form.querySelectorAll(`select[name="${name}"] option`)];
    const isListed = options.some((option) => option.value === value);
    if (field.type === 'radio' || field.type === 'checkbox') field.checked ||= field.value === value;
    else if (field.type === 'select-one') field.value = isListed ? value : 'other';
    else if (!other || !isListed) field.value = value;
  }
  unfold();
}

/** What was seen of a domain: known, or asked for now. */
async function look(domain, planner, signal) {
  const known = seen.get(domain);
  if (known) return known;
  const look = { ...(await planner.look(domain, { signal })), at: Date.now() };
  for (const name of [domain, look.report.domain]) seen.set(name, look);
  return look;
}

/** Makes the plan that the form asks for. `led` says whether whoever asked is to be led to it. */
async function make(led) {
  running.abort();
  running = new AbortController();
  const { signal } = running;
  const asked = Object.fromEntries(answers());
  accept();
  if (!asked.from && !seen.has(asked.domain)) waitFor(asked.domain);
  try {
    const planner = await load('advice');
    const known = asked.from ? undefined : await look(asked.domain, planner, signal);
    if (signal.aborted) return;
    looking = undefined;
    // While it was looked up, other questions may have been answered in another way.
    if (!form.checkValidity()) return clear();
    const given = { ...Object.fromEntries(answers()), domain: asked.domain };
    plan = known ? planner.plan(known, Date.now(), given) : planner.planAhead(asked.domain, Date.now(), given);
    show(asked.domain, led);
  } catch (error) {
    if (signal.aborted) return;
    clear();
    refuse(result, error);
    mark(error.problem);
    otherwise.hidden = Boolean(asked.from || (error.problem && error.problem.status !== 429));
  }
}

function show(typed, led) {
  if (form.domain.value.trim() === typed) form.domain.value = plan.domain;
  history.replaceState(null, '', address(plan.domain));
  put(result, plan.html);
  for (const button of result.querySelectorAll('[data-calendar], [data-print]')) button.hidden = false;
  const heading = result.querySelector('[data-focus]');
  entitle(plan.title);
  say(led ? '' : plan.title);
  if (led) heading.focus({ preventScroll: true });
  if (led) heading.closest('div').scrollIntoView({ block: 'start' });
}

function waitFor(domain) {
  plan = undefined;
  looking = domain;
  wait(result, filled(form.dataset.looking, domain));
}

/** No plan, as before anything was asked. */
function clear() {
  running.abort();
  looking = undefined;
  plan = undefined;
  result.replaceChildren();
  document.title = TITLE;
  say('');
}

/** Ties a field to what is wrong with what is typed in it. */
function mark(problem) {
  if (!problem || problem.status === 429) return;
  const typed = form.querySelector('[name="to.other"]:enabled');
  const field = problem.type.endsWith('parameter') ? typed : form.domain;
  if (!field) return;
  field.setAttribute('aria-invalid', 'true');
  field.setAttribute('aria-describedby', `${field.getAttribute('aria-describedby')} result`);
  field.focus({ preventScroll: true });
}

function accept() {
  otherwise.hidden = true;
  for (const field of form.querySelectorAll('[aria-invalid]')) {
    field.removeAttribute('aria-invalid');
    field.setAttribute('aria-describedby', field.getAttribute('aria-describedby').replace(' result', ''));
  }
}

/** The address of what is asked now. */
function address(domain = form.domain.value.trim()) {
  const given = answers();
  given.set('domain', domain);
  return `/build?${given}`;
}

function go(led) {
  if (address() !== location.pathname + location.search) history.pushState(null, '', address());
  make(led);
}

/** Brings the page to what its address says. */
function open(led) {
  const given = new URLSearchParams(location.search);
  fill(given);
  accept();
  if (given.get('domain') && form.checkValidity()) make(led);
  else clear();
}

form.addEventListener('submit', (event) => {
  event.preventDefault();
  const domain = form.domain.value.trim();
  if (Date.now() - (seen.get(domain)?.at ?? 0) > FRESH) seen.delete(domain);
  go(true);
});

form.addEventListener('change', (event) => {
  unfold();
  const typed = form.domain.value.trim();
  if (event.target === form.domain || !typed || typed === looking) return;
  const known = seen.has(typed) || form.querySelector('[name=from]:checked:enabled');
  if (known && form.checkValidity()) go(false);
  // An answer is still to be given, or the button to be pressed; the plan on show is of another question.
  else clear();
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('[data-calendar]');
  if (button) return save(plan.calendar, 'text/calendar', button.dataset.calendar);
  if (event.target.closest('[data-print]')) return print();
  const link = event.target.closest('main a[href^="/build?"]');
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
  event.preventDefault();
  history.pushState(null, '', link.href);
  open(true);
  form.querySelector('select:enabled:invalid')?.focus();
});

addEventListener('popstate', () => {
  // A link within the page comes here too.
  if (address() !== location.pathname + location.search) open(false);
});

letCopy();
// The planner is fetched at once, so that a plan can be made when the connection is gone.
load('advice').catch(() => {});
open(false);
