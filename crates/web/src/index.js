// The whole browser package. A page that only checks loads `check.js` alone.

import loadAdvice from './advice.js';
import loadCheck from './check.js';
import loadReports from './reports.js';
import loadTexts from './texts.js';
import loadTools from './tools.js';

export { advise, look, plan, planAhead } from './advice.js';
export { check, render } from './check.js';
export { ReportSet, readReports, showReports, tabulateReports } from './reports.js';
export { judgeText, lintPolicy, lintRecord, lintTlsRpt } from './texts.js';
export { evaluate, evaluateChange } from './tools.js';

/** Fetches and starts every module; everything else works once this has resolved. */
export default () => Promise.all([loadAdvice(), loadCheck(), loadReports(), loadTexts(), loadTools()]);
