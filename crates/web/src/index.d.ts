export * from './check.js';
export { advise, look, plan, planAhead, type AdviceOptions, type Look, type LookOptions, type ShownPlan } from './advice.js';
export { ReportSet, readReports, showReports, tabulateReports, type ReadingOptions, type ReportFile, type ReportOptions } from './reports.js';
export { judgeText, lintPolicy, lintRecord, lintTlsRpt, type Draft, type TextKind } from './texts.js';
export { evaluate, evaluateChange, type ProposedTexts, type ProposedTexts as Change } from './tools.js';

/** Fetches and starts every module; everything else works once this has resolved. */
export default function load(): Promise<unknown>;
