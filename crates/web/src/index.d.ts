export * from './check.js';
export { lintPolicy, lintRecord, lintTlsRpt, render } from './tools.js';

/** Fetches and starts both modules; everything else works once this has resolved. */
export default function load(): Promise<unknown>;
