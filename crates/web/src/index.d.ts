export * from './check.js';
export { advise, type AdviceOptions } from './advice.js';
export { readReports, showReports, tabulateReports, type ReportFile, type ReportOptions } from './reports.js';
export { evaluate, lintPolicy, lintRecord, lintTlsRpt, render } from './tools.js';

/** Fetches and starts every module; everything else works once this has resolved. */
export default function load(): Promise<unknown>;
