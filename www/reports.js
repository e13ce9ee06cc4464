// TLS reports, read where they are. Once the page is loaded nothing is fetched, unless the reader asks for a check or for
// the made-up reports.

import { fail, letCopy, load, put, refuse, say, wait } from './page.js';
import { save } from './save.js';

const form = document.querySelector('#drop');
const result = document.querySelector('#result');
const intro = document.querySelector('#intro');
const made = document.querySelector('#made');
const stop = document.querySelector('#stop');
const words = form.dataset;
const EXAMPLES = '/examples/reports/';

/** What was read, and what is asked about it. */
let set;
let options = {};
/** Ends the reading that is under way. */
let reading;
/** Only the latest answer is shown. */
let turn = 0;

/** Reads more files, and shows what all say. What is under way goes on beside it. */
async function read(more) {
  const mine = ++turn;
  busy(words.reading);
  let reader;
  try {
    reader = await load('reports');
  } catch {
    if (mine === turn) fail(result, words.gone);
    return;
  }
  set ??= new reader.ReportSet();
  const own = set;
  reading ??= new AbortController();
  const { signal } = reading;
  const progress = (done) => {
    if (mine === turn) told(`${words.reading} ${done.toLocaleString('en')} / ${more.length.toLocaleString('en')}`);
  };
  try {
    await own.add(more, { progress, signal });
    if (mine !== turn || own !== set) return;
    reading = undefined;
    show();
    if (signal.aborted) say(words.stopped);
  } catch {
    if (mine === turn) fail(result, words.broke);
  } finally {
    if (mine === turn) quiet();
  }
}

/** Shows what the reports say, and moves the focus there, or to what `selector` finds. */
function show(selector = '[data-focus]') {
  try {
    put(result, set.show(options));
    intro.hidden = true;
    made.hidden = !options.now;
    say('');
    result.querySelector(selector)?.focus({ preventScroll: selector !== '[data-focus]' });
  } catch (error) {
    if (error?.html) refuse(result, error);
    else fail(result, words.broke);
  }
}

function busy(sentence) {
  result.setAttribute('aria-busy', 'true');
  stop.hidden = false;
  // What was read stays to be seen until more is.
  if (result.querySelector('.m-result')) say(sentence);
  else wait(result, sentence);
}

/** Says how far reading is, to the eye: a screen reader would read out nothing else. */
function told(sentence) {
  stop.querySelector('span').textContent = sentence;
}

function quiet() {
  result.removeAttribute('aria-busy');
  stop.hidden = true;
  told('');
}

/** Takes more files; made-up ones make room for them. */
function add(more) {
  if (more.length === 0) return;
  if (options.now) clear();
  read(more);
}

function clear() {
  turn++;
  reading?.abort();
  reading = undefined;
  // A reading that ends later still holds it.
  set = undefined;
  options = {};
  result.replaceChildren();
  quiet();
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
    options = { now: Date.parse(day) };
    await read(examples);
  } catch {
    if (mine !== turn) return;
    quiet();
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
    result.removeAttribute('aria-busy');
    show('.m-findings summary');
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

function saveTable() {
  const table = set.tabulate(options);
  const name = `tls-reports${options.domain ? `-${options.domain}` : ''}.csv`;
  save(table, 'text/csv', name);
  say(words.saved + name);
}

function about(domain) {
  const { now } = options;
  options = { ...(now && { now }), ...(domain && { domain }) };
  show(`[data-about="${CSS.escape(domain)}"]`);
}

/** Lists the reports of the days and the sender that are chosen; what is open stays so. */
function choose({ target }) {
  const { from, to, sender } = target.form;
  options = { ...options, from: from.value, to: to.value, sender: sender.value };
  const open = [...result.querySelectorAll('details[data-key][open]')].map((details) => details.dataset.key);
  show(`[data-filter] [name="${target.name}"]`);
  for (const key of open) {
    const details = result.querySelector(`details[data-key="${CSS.escape(key)}"]`);
    if (details) details.open = true;
  }
  result.querySelector(`[data-filter] [name="${target.name}"]`)?.focus({ preventScroll: true });
}

const carriesFiles = (event) => event.dataTransfer?.types.includes('Files');

letCopy();
form.hidden = false;
document.querySelector('#try').hidden = false;

result.addEventListener('change', (event) => event.target.form?.matches('[data-filter]') && choose(event));
result.addEventListener('submit', (event) => event.preventDefault());
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
  else if ('csv' in dataset) saveTable();
  else if ('stop' in dataset) reading?.abort();
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
