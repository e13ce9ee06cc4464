// <mta-sts-check domain="example.com">: the answer for a domain, in anybody's page. Until there is one, the content of
// the element stays: a link to the same answer as a page. Without `domain` there is a field to type one instead.
//
// What it takes and gives (attributes, events, parts, custom properties) stands on the site's page `/embed`, whose tables
// a test holds to this file.

import { copy, put } from '../result.js';

const NAME = 'mta-sts-check';

/** English: every word that the element itself says. */
const WORDS = {
  domain: 'Domain',
  check: (domain) => `Check ${domain}`.trim(),
  checking: (domain) => `Checking ${domain}…`,
  more: 'The full answer',
  unreachable: 'The checker cannot be reached from here just now. Please try again.',
  brokeOff: 'The check broke off before it was done. Please try again.',
  copied: 'Copied',
  selected: 'Selected',
  copyIt: 'The text is selected. Copy it with the keyboard or the menu.',
};

// What has to fit before the styles are there: then they bring colours, and nothing moves.
const BASE = `
:host { display: block; color-scheme: light dark; background: var(--ground, Canvas); color: var(--ink, CanvasText); border: 1px solid var(--line, GrayText); border-radius: var(--round, .5em); padding: 1em; font: var(--rem, 1rem)/1.55 system-ui, sans-serif; overflow-wrap: break-word; }
:host([theme=light]) { color-scheme: light; }
:host([theme=dark]) { color-scheme: dark; }
[hidden] { display: none !important; }
form { display: flex; flex-wrap: wrap; align-items: end; gap: .5em; margin: 0; }
label { flex: 1 1 14em; margin: 0; font-weight: 600; }
input { display: block; box-sizing: border-box; width: 100%; margin-top: .35em; }
input, form button[type=submit] { font: inherit; color: inherit; background: var(--card, Field); border: 1px solid var(--soft, GrayText); border-radius: var(--round, .5em); padding: .6em .8em; }
input { font-weight: 400; }
form button[type=submit] { font-weight: 600; background: var(--accent, ButtonFace); border-color: var(--accent, GrayText); color: var(--on-accent, ButtonText); }
:host > div > p, [part=output] > p { margin: 0; }
::slotted(a) { color: var(--accent, LinkText) !important; }
:host > div > :is(form, slot):not([hidden]) ~ :not(:empty) { margin-top: 1em; }
[part=output]:not(:empty) ~ [part=status] { position: absolute; width: 1px; height: 1px; margin: 0; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
:host([compact]) { box-sizing: border-box; min-height: calc(2.55em + 2px); padding: .5em .75em; }
:host([compact]) > div > p, :host([compact]) [part=output] { display: inline; }
:host([compact]) > div > :not(form, :empty), :host([compact]) ::slotted(*) { margin-inline-end: .75em; }
:host([compact]) label { display: flex; align-items: baseline; gap: .5em; }
:host([compact]) input { margin: 0; }
:host([compact]) :is(input, form button[type=submit]) { padding-block: .3em; }
`;

/** Where everything else is from: `home`, `check` and `css` of `define`. */
let source;

/** What is got once for all that are in the page: the styles with the first of them, the checker with the first check. */
let checker;
let sheet;
let base;

/** The checker, or nothing where this browser or the page's policy will not have WebAssembly. */
const theChecker = () => (checker ??= source.check().catch(() => undefined));

const theSheet = () => (sheet ??= source.css().then(sheetOf).catch(() => (sheet = undefined)));

function sheetOf(text) {
  const made = new CSSStyleSheet();
  made.replaceSync(text);
  return made;
}

/** Those with `auto` that have not come near the window yet. */
let far;

function whenNear(element) {
  far ??= new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      far.unobserve(target);
      if (target.hasAttribute('auto')) target.check();
    }
  }, { rootMargin: '50%' });
  far.observe(element);
}

function make(name, properties, ...children) {
  const { part, ...rest } = properties;
  const element = Object.assign(document.createElement(name), rest);
  if (part) element.setAttribute('part', part);
  element.append(...children);
  return element;
}

// Where pages are made on a server there are no elements, and importing this does nothing.
export class MtaStsCheck extends (globalThis.HTMLElement ?? Object) {
  static observedAttributes = ['auto', 'domain', 'endpoint'];

  /** The check that runs, and the domain that has no answer yet. */
  #running;
  #pending;
  /** What the attributes said at the last check. */
  #key;
  #asked = false;
  #answered = false;
  #failed = false;
  #input = make('input', { part: 'input', name: 'domain', placeholder: 'example.com', autocapitalize: 'none', spellcheck: false, inputMode: 'url' });
  #button = make('button', { part: 'button', type: 'submit' });
  #label = make('label', { part: 'label' }, `${WORDS.domain} `, this.#input);
  #form = make('form', { part: 'form' }, this.#label, this.#button);
  #status = make('p', { part: 'status', role: 'status' });
  #output = make('div', { part: 'output' });
  #more = make('a', { part: 'more', textContent: WORDS.more });
  #below = make('p', { hidden: true }, this.#more);
  #slot = make('slot', {});

  constructor() {
    super();
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [(base ??= sheetOf(BASE))];
    root.append(make('div', { lang: 'en' }, this.#form, this.#slot, this.#output, this.#status, this.#below));
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.check();
    });
    this.#slot.addEventListener('slotchange', () => this.#arrange());
    // The link in the element leads to the answer; here the answer comes to it.
    this.#slot.addEventListener('click', (event) => {
      if (!event.target.closest('a') || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.check();
    });
    this.#output.addEventListener('click', (event) => {
      const button = event.target.closest('button[data-copy]');
      const meant = event.target.closest('a[data-domain]');
      if (button) copy(button, WORDS, (sentence) => this.#say(sentence));
      if (!meant) return;
      event.preventDefault();
      this.check(meant.dataset.domain);
    });
  }

  /** The domain to check. */
  get domain() {
    return this.getAttribute('domain')?.trim() ?? '';
  }

  set domain(domain) {
    this.setAttribute('domain', domain);
  }

  connectedCallback() {
    // Set before the element was known.
    if (Object.hasOwn(this, 'domain')) {
      const { domain } = this;
      delete this.domain;
      this.domain = domain;
    }
    theSheet().then((styles) => styles && (this.shadowRoot.adoptedStyleSheets = [styles, base]));
    this.#arrange();
    if (this.#pending) this.check(this.#pending);
    else this.#maybeCheck();
  }

  disconnectedCallback() {
    far?.unobserve(this);
    this.#running?.abort();
  }

  // With this, `moveBefore` is no removal.
  connectedMoveCallback() {}

  attributeChangedCallback(_name, before, after) {
    if (before === after || !this.isConnected) return;
    this.#arrange();
    this.#maybeCheck();
  }

  /** Checks a domain: what is given, the attribute, or what is typed. Resolves to the report, or nothing. */
  async check(given = this.domain || this.#input.value) {
    const domain = given.trim();
    if (!domain) return undefined;
    this.#asked = true;
    this.#key = this.#said();
    this.#pending = domain;
    this.#running?.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    this.#tell('start', { domain });
    this.#say(WORDS.checking(domain));
    try {
      const [check] = await Promise.all([theChecker(), theSheet()]);
      if (signal.aborted) return undefined;
      const { report, html } = await (check ? this.#checkHere(check, domain, signal) : this.#askEdge(domain, signal));
      if (signal.aborted) return undefined;
      this.#pending = undefined;
      this.#failed = false;
      this.#answered = this.#show(html, report.headline);
      this.#more.href = this.#address('/check', report.domain);
      this.#below.hidden = false;
      this.#arrange();
      this.#say(report.headline);
      this.#tell('complete', { domain: report.domain, report });
      return report;
    } catch (error) {
      if (!signal.aborted) this.#refuse(domain, error);
      return undefined;
    }
  }

  #said() {
    return `${this.domain} ${this.getAttribute('endpoint')}`;
  }

  /** What was asked for stays asked for when the attributes change. */
  #maybeCheck() {
    if (!this.domain || this.#key === this.#said()) return;
    if (this.#asked) this.check();
    else if (this.hasAttribute('auto')) whenNear(this);
  }

  /**
   * A field where no domain is given, in place of the element's content; that content until the answer is there, where it
   * is; and a button, where nothing else starts the check.
   */
  #arrange() {
    const { domain } = this;
    const left = this.getRootNode().activeElement;
    this.#label.hidden = Boolean(domain);
    this.#button.textContent = WORDS.check(domain);
    this.#slot.hidden = !domain || this.#answered || !this.innerHTML.trim();
    const starts = this.#slot.assignedElements().length > 0 || (this.hasAttribute('auto') && !this.#failed);
    this.#form.hidden = Boolean(domain) && starts;
    // The link that was followed is gone.
    if (this.#slot.hidden && left !== this && this.contains(left)) this.#output.querySelector('[data-focus]')?.focus();
  }

  async #checkHere(check, domain, signal) {
    const endpoint = this.#endpoint().href;
    let html;
    const onProgress = (report, markup) => signal.aborted || this.#show((html = markup), report.headline);
    const report = await check(domain, { endpoint, signal, onProgress });
    return { report, html };
  }

  /** The same report and markup, made at the edge; from an API elsewhere the report alone. */
  async #askEdge(domain, signal) {
    const get = (url) => fetch(url, { signal, credentials: 'omit' });
    const answer = await get(this.#address('/api/v1/check', domain));
    const report = await answer.json();
    const html = this.#isOurs() ? await (await get(`${this.#address('/check', domain)}&view=fragment`)).text() : undefined;
    if (answer.ok) return { report, html };
    throw Object.assign(new Error(report.detail), { problem: report, html });
  }

  #refuse(domain, error) {
    // A fetch that never got an answer is a TypeError.
    const told = error instanceof TypeError ? WORDS.unreachable : WORDS.brokeOff;
    const sentence = error.problem ? error.message : told;
    this.#pending = undefined;
    // What the API will not take, it will not take at the next try either.
    this.#failed = !(error.problem?.status < 429);
    this.#answered = false;
    this.#below.hidden = true;
    if (error.html) this.#show(error.html, sentence);
    else this.#output.replaceChildren(make('p', { part: 'problem' }, sentence));
    this.#arrange();
    this.#say(sentence);
    this.#tell('error', { domain, error, problem: error.problem ?? null });
  }

  /** The markup; or, where there is none or the page takes none from us, the sentence that says the most. Whether it is the markup. */
  #show(html, sentence) {
    try {
      if (html === undefined) throw new TypeError('no markup');
      put(this.#output, html);
    } catch {
      this.#output.replaceChildren(make('p', { part: 'headline' }, sentence));
      return false;
    }
    for (const link of this.#output.querySelectorAll('a[href^="/"]')) {
      link.href = new URL(link.getAttribute('href').slice(1), this.#endpoint()).href;
    }
    return true;
  }

  #endpoint() {
    const given = this.getAttribute('endpoint')?.replace(/\/*$/, '/');
    const url = new URL(given || (source.home ?? '/'), document.baseURI);
    if (!/^https?:$/.test(url.protocol)) throw new TypeError(`${url.protocol} is no place for an API`);
    return url;
  }

  /** Whether the API is where this script is from. Only then is its markup ours; of any other, its words are data. */
  #isOurs() {
    return this.#endpoint().origin === new URL(source.home ?? '/', document.baseURI).origin;
  }

  #address(path, domain) {
    return `${new URL(path.slice(1), this.#endpoint()).href}?domain=${encodeURIComponent(domain)}`;
  }

  #say(sentence) {
    this.#status.textContent = sentence;
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(`${NAME}-${what}`, { bubbles: true, composed: true, detail }));
  }
}

/**
 * Makes the element known. `home` is where the API is, unless the attribute `endpoint` says; without either, the page's own
 * origin. `check` resolves to the package's function of that name, `css` to the text of the styles.
 */
export function define(from) {
  source ??= from;
  if (globalThis.customElements && !customElements.get(NAME)) customElements.define(NAME, MtaStsCheck);
}
