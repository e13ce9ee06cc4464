// The page about the widget: each choice changes the preview and the lines to paste.

import { letCopy } from './page.js';
import './widget/v1/mta-sts-check.js';

const form = document.querySelector('#embed');
const widget = document.querySelector('main mta-sts-check');
const link = widget.querySelector('a');
const badge = document.querySelector('#badge');

/** What was typed, without what no domain has and no markup may have. */
const typed = () => form.domain.value.replace(/[\s"'<>&?#/\\]/g, '').toLowerCase();

/** The attributes that were chosen, but for the domain. */
function chosen() {
  const attributes = {};
  if (form.theme.value !== 'auto') attributes.theme = form.theme.value;
  for (const name of ['compact', 'auto']) if (form[name].checked) attributes[name] = '';
  return attributes;
}

function fill() {
  const domain = typed();
  const attributes = Object.entries(chosen()).map(([name, value]) => (value ? ` ${name}="${value}"` : ` ${name}`)).join('');
  const filled = (text) => text.replace('{script}', () => form.script.value).replaceAll('{attributes}', attributes)
    .replaceAll('{domain}', domain || form.domain.placeholder).replaceAll('https://HOST', location.origin);
  for (const code of document.querySelectorAll('code[data-text]')) {
    const { text, without } = code.dataset;
    code.textContent = filled(without && !domain ? without : text);
  }
  badge.alt = filled(badge.dataset.text);
  link.textContent = filled(widget.dataset.link);
  link.href = `/check?domain=${encodeURIComponent(domain)}`;
}

/** The element itself is told what the lines say. */
function show() {
  const attributes = { ...chosen() };
  const domain = typed();
  if (domain) attributes.domain = domain;
  for (const name of ['theme', 'compact', 'domain', 'auto']) {
    if (name in attributes) {
      if (widget.getAttribute(name) !== attributes[name]) widget.setAttribute(name, attributes[name]);
    } else widget.removeAttribute(name);
  }
  // Of no domain there is no badge: the last one stays.
  if (domain) badge.src = `/badge/${encodeURIComponent(domain)}.svg`;
}

form.addEventListener('submit', (event) => event.preventDefault());
form.addEventListener('input', fill);
// A domain is looked up once it is typed, not at each letter.
form.addEventListener('change', show);
letCopy();
fill();
// What the browser kept of an earlier visit.
show();
