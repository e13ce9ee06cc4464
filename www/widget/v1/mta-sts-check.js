// <mta-sts-check domain="example.com">: the answer for a domain, in anybody's page. Until there is one, the content of
// the element stays: a link to the same answer as a page.
//
// Attributes: `domain`; `auto` checks at once; `endpoint`, the API's address, by default where this script is from;
// `theme`, `light`, `dark` or `auto`; `compact` leaves the details out. Without `domain` there is a field to type one.
// Events bubble: `mta-sts-check-start`, `mta-sts-check-complete` (with `report`), `mta-sts-check-error` (with `error`).

import { copy, put } from '../../result.js';

const HOME = new URL('../../', import.meta.url);

const BASE = `
  :host { display: block; }
  [hidden] { display: none !important; }
  form { display: flex; flex-wrap: wrap; align-items: end; gap: 0.5rem; margin: 0 0 1rem; }
  label { flex: 1 1 14rem; }
  input { display: block; width: 100%; box-sizing: border-box; }
  input, button { font: inherit; color: inherit; background: none; border: 1px solid; border-radius: 0.5rem; padding: 0.6rem 0.8rem; }
  .m-hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
  .m-hidden ~ p { margin: 0.75rem 0 0; }
  :host([compact]) .m-verdict > p:not(.m-badge) { margin-bottom: 0; }
  :host([compact]) :is(.m-counts, .m-chain, .m-findings, .m-published, .m-about-check) { display: none; }
`;

const NO_CONNECTION = 'The checker cannot be reached from here just now. Please try again.';

/** What is fetched once, when the first check starts. */
const once = {};

/** The checker, or nothing where this browser or the page's policy will not have WebAssembly. */
function checker() {
  once.checker ??= import(new URL('pkg/check.js', HOME).href)
    .then(async (module) => (await module.default(), module))
    .catch(() => undefined);
  return once.checker;
}

/** The site's own styles, for a shadow root: what is said of the page's root is said of the element. */
function styles() {
  once.styles ??= fetch(new URL('site.css', HOME), { credentials: 'omit' }).then(async (response) => {
    if (!response.ok) throw new Error(`site.css: ${response.status}`);
    const sheet = sheetOf((await response.text()).replaceAll(':root', ':host'));
    const rules = [...sheet.cssRules];
    const colours = (among) => [...among].find((rule) => rule.selectorText === ':host')?.style.cssText ?? '';
    const dark = rules.find((rule) => rule.conditionText?.includes('prefers-color-scheme: dark'));
    const themes = { light: colours(rules), dark: colours(dark?.cssRules ?? []) };
    for (const [theme, set] of Object.entries(themes)) {
      sheet.insertRule(`:host([theme="${theme}"]) { ${set}; color-scheme: ${theme} }`, sheet.cssRules.length);
    }
    sheet.insertRule(':host { background: var(--ground); color: var(--ink); font: 1rem/1.55 system-ui, sans-serif; padding: 1rem; border-radius: var(--round) }', sheet.cssRules.length);
    return sheet;
  }).catch(() => void delete once.styles);
  return once.styles;
}

function sheetOf(text) {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(text);
  return sheet;
}

function make(name, properties, ...children) {
  const { part, ...rest } = properties;
  const element = Object.assign(document.createElement(name), rest);
  if (part) element.setAttribute('part', part);
  element.append(...children);
  return element;
}

class MtaStsCheck extends HTMLElement {
  static observedAttributes = ['auto', 'domain', 'endpoint'];

  #base = sheetOf(BASE);
  #running;
  #asked = false;
  #input = make('input', { part: 'input', name: 'domain', placeholder: 'example.com', autocapitalize: 'none', spellcheck: false, inputMode: 'url' });
  #button = make('button', { part: 'button', type: 'submit' });
  #label = make('label', { part: 'label' }, 'Domain ', this.#input);
  #form = make('form', { part: 'form' }, this.#label, this.#button);
  #status = make('p', { part: 'status', className: 'm-hidden' });
  #output = make('div', { part: 'output' });
  #more = make('a', { part: 'more', textContent: 'The full answer' });
  #below = make('p', { hidden: true }, this.#more);
  #slot = make('slot', {});

  constructor() {
    super();
    this.#status.setAttribute('role', 'status');
    const root = this.attachShadow({ mode: 'open' });
    root.adoptedStyleSheets = [this.#base];
    root.append(this.#form, this.#status, this.#output, this.#below, this.#slot);
    this.#form.addEventListener('submit', (event) => {
      event.preventDefault();
      this.check();
    });
    this.#slot.addEventListener('slotchange', () => this.#arrange());
    // The link in the element leads to the answer; here the answer comes to it.
    this.#slot.addEventListener('click', (event) => {
      if (!this.domain || !event.target.closest('a') || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
      event.preventDefault();
      this.check();
    });
    this.#output.addEventListener('click', (event) => {
      const button = event.target.closest('button[data-copy]');
      const meant = event.target.closest('a[data-domain]');
      if (button) copy(button, (sentence) => this.#say(sentence));
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
    this.#arrange();
    this.#maybeCheck();
  }

  disconnectedCallback() {
    this.#running?.abort();
  }

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
    this.#running?.abort();
    this.#running = new AbortController();
    const { signal } = this.#running;
    this.#tell('start', { domain });
    this.#say(`Checking ${domain}…`);
    try {
      const [module, sheet] = await Promise.all([checker(), styles()]);
      if (signal.aborted) return undefined;
      if (sheet) this.shadowRoot.adoptedStyleSheets = [this.#base, sheet];
      const ask = module ? this.#checkHere(module, domain, signal) : this.#askEdge(domain, signal);
      const { report, html } = await ask;
      if (signal.aborted) return undefined;
      this.#slot.hidden = this.#show(html, report.headline);
      this.#more.href = this.#address('/check', report.domain);
      this.#below.hidden = false;
      this.#say(report.headline);
      this.#tell('complete', { domain: report.domain, report });
      return report;
    } catch (error) {
      if (!signal.aborted) this.#refuse(domain, error);
      return undefined;
    }
  }

  #maybeCheck() {
    if (this.domain && (this.hasAttribute('auto') || this.#asked)) this.check();
  }

  /** A field where no domain is given; a button where it is, and nothing in the element leads to the answer. */
  #arrange() {
    const { domain } = this;
    this.#label.hidden = Boolean(domain);
    this.#button.textContent = domain ? `Check ${domain}` : 'Check';
    this.#form.hidden = Boolean(domain) && (this.hasAttribute('auto') || this.#slot.assignedElements().length > 0);
  }

  async #checkHere(module, domain, signal) {
    const endpoint = this.#endpoint().href;
    let html;
    const onProgress = (report, markup) => signal.aborted || this.#show((html = markup), report.headline);
    const report = await module.check(domain, { endpoint, signal, onProgress });
    return { report, html };
  }

  /** The same report and markup, made at the edge. */
  async #askEdge(domain, signal) {
    const get = (url) => fetch(url, { signal, credentials: 'omit' });
    const answer = await get(this.#address('/api/v1/check', domain));
    const report = await answer.json();
    const html = await (await get(`${this.#address('/check', domain)}&view=fragment`)).text();
    if (answer.ok) return { report, html };
    throw Object.assign(new Error(report.detail), { problem: report, html });
  }

  #refuse(domain, error) {
    // A fetch that never got an answer is a TypeError.
    const sentence = error instanceof TypeError ? NO_CONNECTION : error.message;
    this.#below.hidden = true;
    this.#slot.hidden = false;
    if (error.html) this.#show(error.html, sentence);
    else this.#output.replaceChildren(make('p', { part: 'problem' }, sentence));
    this.#say(sentence);
    this.#tell('error', { domain, error, problem: error.problem ?? null });
  }

  /** The markup; or, in a page that takes none from us, the sentence that says the most. Whether it is the markup. */
  #show(html, sentence) {
    try {
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
    const given = this.getAttribute('endpoint');
    return given ? new URL(given.replace(/\/*$/, '/'), document.baseURI) : HOME;
  }

  #address(path, domain) {
    return `${new URL(path.slice(1), this.#endpoint()).href}?domain=${encodeURIComponent(domain)}`;
  }

  #say(sentence) {
    this.#status.textContent = sentence;
  }

  #tell(what, detail) {
    this.dispatchEvent(new CustomEvent(`mta-sts-check-${what}`, { bubbles: true, composed: true, detail }));
  }
}

if (!customElements.get('mta-sts-check')) customElements.define('mta-sts-check', MtaStsCheck);
