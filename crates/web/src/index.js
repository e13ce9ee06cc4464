// The whole browser package. A page that only checks loads `check.js` alone.

import loadCheck from './check.js';
import loadTools from './tools.js';

export { check, evaluate } from './check.js';
export { lintPolicy, lintRecord, lintTlsRpt, render } from './tools.js';

/** Fetches and starts both modules; everything else works once this has resolved. */
export default () => Promise.all([loadCheck(), loadTools()]);
