// The page of the API: requests with the address of this site in them, and a button to copy each.

import { letCopy } from './page.js';

for (const code of document.querySelectorAll('figure code')) {
  code.textContent = code.textContent.replaceAll('https://HOST', location.origin);
}
letCopy();

/** Opens what a link leads into; newer browsers do so by themselves. */
function open() {
  const target = document.getElementById(location.hash.slice(1));
  const folded = target?.closest('details:not([open])');
  if (!folded) return;
  folded.open = true;
  target.scrollIntoView();
}
addEventListener('hashchange', open);
open();
