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

/** Copies what stands beside the button, or selects it where copying is not allowed; `say` tells which. */
export async function copy(button, say) {
  const code = button.closest('figure').querySelector('code');
  const label = button.firstChild;
  try {
    await navigator.clipboard.writeText(code.textContent);
    label.data = 'Copied';
    say('Copied.');
  } catch {
    getSelection().selectAllChildren(code);
    label.data = 'Selected';
    say('The text is selected. Copy it with the keyboard or the menu.');
  }
  setTimeout(() => (label.data = 'Copy'), 2500);
}
