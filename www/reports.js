// TLS reports, read where they are. Once the page is loaded nothing is fetched, unless the reader asks for a check or for
// the made-up reports.

import { fail, letCopy, load, put, refuse, say, wait } from './page.js';
import { save } from './save.js';

const form = document.querySelector('#drop');
const result = document.querySelector('#result');
const intro = document.querySelector('#intro');
const made = document.querySelector('#made');
const words = form.dataset;
const EXAMPLES = '/examples/reports/';

/** What is read: files, and what is asked about them. */
let files = [];
let options = {};
/** Only the latest reading is shown. */
let turn = 0;

/** Reads all files, shows what they say, and moves the focus there, or to what `selector` finds. */
async function read(selector = '[data-focus]') {
  const mine = ++turn;
  busy(words.reading);
  let reader;
  try {
    reader = await load('reports');
  } catch {
    if (mine === turn) fail(result, words.gone);
    return;
  }
  try {
    const html = await reader.showReports(files, options);
    if (mine !== turn) return;
    put(result, html);
    intro.hidden = true;
    made.hidden = !options.now;
    say('');
    result.querySelector(selector)?.focus({ preventScroll: selector !== '[data-focus]' });
  } catch (error) {
    if (mine !== turn) return;
    if (error?.html) refuse(result, error);
    else fail(result, words.broke);
  } finally {
    if (mine === turn) result.removeAttribute('aria-busy');
  }
}

function busy(sentence) {
  result.setAttribute('aria-busy', 'true');
  // What was read stays to be seen until more is.
  if (result.querySelector('.m-result')) say(sentence);
  else wait(result, sentence);
}

/** Takes more files; made-up ones make room for them. */
function add(more) {
  if (more.length === 0) return;
  if (options.now) clear();
  files = [...files, ...more];
  read();
}

function clear() {
  turn++;
  files = [];
  options = {};
  result.replaceChildren();
  result.removeAttribute('aria-busy');
  intro.hidden = false;
  made.hidden = true;
  say('');
}

async function tryExamples() {
  clear();
  const mine = ++turn;
  busy(words.reading);
  try {
    const { day, files: names } = await fetched(`${EXAMPLES}index.json`);
    const examples = await Promise.all(names.map(async (name) => {
      const answer = await fetch(EXAMPLES + name);
      if (!answer.ok) throw new Error(answer.status);
      return { name, bytes: await answer.arrayBuffer() };
    }));
    if (mine !== turn) return;
    files = examples;
    options = { now: Date.parse(day) };
    await read();
  } catch {
    if (mine !== turn) return;
    result.removeAttribute('aria-busy');
    fail(result, words.noExamples);
  }
}

async function fetched(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.status);
  return answer.json();
}

/** Ties causes to what a check of the domain finds. The domain is all that is sent. */
async function check(button) {
  const domain = button.dataset.check;
  const mine = ++turn;
  say(words.checking);
  result.setAttribute('aria-busy', 'true');
  button.disabled = true;
  try {
    const report = await fetched(`/api/v1/check?domain=${encodeURIComponent(domain)}`);
    if (mine !== turn) return;
    options = { ...options, domain, report };
    await read('.m-findings summary');
  } catch {
    if (mine !== turn) return;
    result.removeAttribute('aria-busy');
    button.disabled = false;
    const told = button.parentElement;
    fail(told, words.unchecked);
    told.append(button);
    button.focus();
  }
}

async function saveTable() {
  const table = await (await load('reports')).tabulateReports(files, options);
  const name = `tls-reports${options.domain ? `-${options.domain}` : ''}.csv`;
  save(table, 'text/csv', name);
  say(words.saved + name);
}

function about(domain) {
  const { now } = options;
  options = { ...(now && { now }), ...(domain && { domain }) };
  read(`[data-about="${CSS.escape(domain)}"]`);
}

const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');

letCopy();
form.hidden = false;
document.querySelector('#try').hidden = false;

form.addEventListener('submit', (event) => event.preventDefault());
form.files.addEventListener('change', () => {
  add([...form.files.files]);
  // The same file can be chosen again after it was mended.
  form.files.value = '';
});
for (const kind of ['dragenter', 'dragover']) {
  addEventListener(kind, (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    form.classList.add('m-over');
  });
}
addEventListener('dragleave', (event) => event.relatedTarget || form.classList.remove('m-over'));
addEventListener('drop', (event) => {
  form.classList.remove('m-over');
  if (!carriesFiles(event)) return;
  event.preventDefault();
  add([...event.dataTransfer.files]);
});

document.addEventListener('click', (event) => {
  const button = event.target.closest('button');
  if (!button) return;
  const { dataset } = button;
  if ('examples' in dataset) tryExamples();
  else if ('csv' in dataset) saveTable().catch(() => say(words.broke));
  else if ('print' in dataset) print();
  else if ('about' in dataset) about(dataset.about);
  else if ('check' in dataset) check(button);
  else if ('clear' in dataset) {
    clear();
    form.files.focus();
  }
});

// What reads the files is here before they are: then the network can go.
const idle = globalThis.requestIdleCallback ?? setTimeout;
idle(() => load('reports').catch(() => {}));
