// The page of the API: requests with the address of this site in them, and a button to copy each.

import { letCopy } from './page.js';

for (const code of document.querySelectorAll('figure code')) {
  code.textContent = code.textContent.replaceAll('https://HOST', location.origin);
}
letCopy();
