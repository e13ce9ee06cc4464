// The editor: every key is judged in the browser, and a domain is looked up only when somebody asks for it.

import { fail, fill, letCopy, load, put, refuse, say, wait, words } from './page.js';

const form = document.querySelector('#edit');
const live = document.querySelector('#live');
const judged = document.querySelector('#judged');
const against = document.querySelector('#against');

/** How long somebody stops typing before a screen reader is told of another verdict, in milliseconds. */
const PAUSE = 700;

const areas = [...form.querySelectorAll('textarea')];
const current = () => form.querySelector(`#${form.kind.value}`);

/** What a text was before an example took its place. */
const before = new Map();
/** What was seen of the domain that the texts are judged against. */
let evidence;
let told = '';
let pause;

async function judge() {
  const area = current();
  let texts;
  try {
    texts = await load('texts');
  } catch {
    return fail(judged, words.noConnection);
  }
  const draft = texts.judgeText(area.id, area.value);
  put(area.previousElementSibling, draft.marked);
  put(judged, draft.html);
  if (area.value.trim() && !draft.lint.usable) area.setAttribute('aria-invalid', 'true');
  else area.removeAttribute('aria-invalid');
  clearTimeout(pause);
  pause = setTimeout(() => draft.standing !== told && say((told = draft.standing)), PAUSE);
  return compare();
}

/** Shows the texts as if the domain published them; gives the report on that, where a domain was looked up. */
async function compare() {
  if (!evidence) return undefined;
  const [checker, tools] = await Promise.all([load('check'), load('tools')]);
  const change = Object.fromEntries(areas.filter((area) => area.value.trim()).map((area) => [area.id, area.value]));
  const report = tools.evaluateChange(evidence, change, Date.now());
  put(against, checker.render(report));
  return report;
}

function choose(kind) {
  form.kind.value = kind;
  for (const one of form.querySelectorAll('[data-kind]')) one.hidden = one.dataset.kind !== kind;
  return judge();
}

function write(area, text) {
  area.value = text;
  judge();
}

async function lookUp(typed) {
  live.domain.value = typed;
  document.querySelector('#as-if').hidden = true;
  evidence = undefined;
  wait(against, fill(live.dataset.looking, typed));
  try {
    const asked = fetch(`/api/v1/evidence?domain=${encodeURIComponent(typed)}`);
    const [answer, tools] = await Promise.all([asked, load('tools'), load('check')]);
    const seen = await answer.json();
    if (!answer.ok) return fail(against, seen.detail);
    evidence = seen;
    document.querySelector('#as-if').hidden = false;
    live.domain.value = seen.domain;
    history.replaceState(null, '', `/edit?domain=${encodeURIComponent(seen.domain)}`);
    const report = tools.evaluate(seen, Date.now());
    for (const area of areas) if (!area.value.trim()) area.value = report[area.id]?.raw ?? '';
    const changed = await judge();
    say(changed?.headline ?? '');
  } catch (error) {
    refuse(against, error);
  }
}

letCopy();
form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('input', (event) => (event.target.name === 'kind' ? choose(event.target.value) : judge()));
document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const area = current();
  const undo = form.querySelector(`[data-kind="${area.id}"] [data-undo]`);
  if (button.dataset.use !== undefined) {
    write(area, button.dataset.use);
    area.focus();
    say(form.dataset.used);
  } else if (button.dataset.example !== undefined) {
    if (area.value.trim() && undo.hidden) before.set(area.id, area.value);
    undo.hidden = !before.has(area.id);
    write(area, button.dataset.example);
  } else if (button === undo) {
    undo.hidden = true;
    write(area, before.get(area.id));
    before.delete(area.id);
    area.focus();
  }
});
live.addEventListener('submit', (event) => {
  event.preventDefault();
  const typed = live.domain.value.trim();
  if (typed) lookUp(typed);
});

// A browser that brings a page back brings back what was typed.
choose(form.kind.value || areas[0].id);
const domain = new URLSearchParams(location.search).get('domain');
if (domain) lookUp(domain);
