// The element for bundlers: what it loads later is named as they know to find it.

import { define, MtaStsCheck } from './element.js';

define({
  check: async () => {
    const module = await import('../pkg/check.js');
    await module.default();
    return module.check;
  },
  css: async () => (await fetch(new URL('./widget.css', import.meta.url))).text(),
});

export { MtaStsCheck };
