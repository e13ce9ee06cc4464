// A result in a document: its markup put in place, and its buttons made to work. The site and the widget share it.

// The HTML comes from view alone, which escapes whatever a domain publishes.
const asIs = { createHTML: (html) => html };
let policy;

function trusted(html) {
  try {
    policy ??= globalThis.trustedTypes?.createPolicy('mta-sts-check', asIs) ?? asIs;
  } catch {
    // A page that allows no such policy. Whether it also insists on one, the assignment will tell.
    policy = asIs;
  }
  return policy.createHTML(html);
}

/** Which parts were open as they came: what is otherwise, the reader did. */
const asCame = new WeakMap();

/**
 * Puts a result's markup in place, and keeps (open, shut and in focus) what the reader had changed. Throws where the page
 * takes no markup from us.
 */
export function put(place, html) {
  const parts = () => place.querySelectorAll('details[data-key]');
  const changed = new Map();
  for (const one of parts()) if (one.open !== (asCame.get(one) ?? one.open)) changed.set(one.dataset.key, one.open);
  const active = place.getRootNode().activeElement;
  const focused = place.contains(active) && active.closest('details')?.dataset.key;
  place.innerHTML = trusted(html);
  for (const one of parts()) {
    const { key } = one.dataset;
    asCame.set(one, one.open);
    if (changed.has(key)) one.open = changed.get(key);
    if (key === focused) one.querySelector('summary').focus({ preventScroll: true });
  }
  offerCopying(place);
}

/** Shows the buttons that copy, which do nothing without a script. */
export function offerCopying(place) {
  if (!navigator.clipboard) return;
  for (const button of place.querySelectorAll('button[data-copy]')) button.hidden = false;
}

/** What buttons that copy are called, while they say what they did. */
const names = new WeakMap();

/**
 * Copies a button's text (or, where a script filled it in, the one beside it), or selects it where copying is not allowed;
 * `say` tells which, in the `words` of the page.
 */
export async function copy(button, words, say) {
  const code = button.closest('figure').querySelector('code');
  const text = decodeURIComponent(button.dataset.copy) || code.textContent;
  const label = button.firstChild;
  if (!names.has(button)) names.set(button, label.data);
  try {
    await navigator.clipboard.writeText(text);
    label.data = words.copied;
    say(words.copied);
  } catch {
    // What is shown may be cut.
    code.textContent = text;
    getSelection().selectAllChildren(code);
    label.data = words.selected;
    say(words.copyIt);
  }
  setTimeout(() => (label.data = names.get(button)), 2500);
}
