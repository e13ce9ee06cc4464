// The element as one script, for a page's <script> tag. The build says by which names and hashes the rest lies beside it,
// so that the hash of this file holds for all of it.

import init, { check } from '../pkg/check.js';
import { define } from './element.js';

const get = ([name, integrity]) => fetch(new URL(name, import.meta.url), { integrity, credentials: 'omit' });

define({
  home: new URL('../../', import.meta.url),
  check: async () => {
    await init({ module_or_path: get(WASM) });
    return check;
  },
  css: async () => (await get(CSS)).text(),
});
