export * from './check.js';
export { advise, plan, planAhead, type AdviceOptions, type ShownPlan } from './advice.js';
export { readReports, showReports, tabulateReports, type ReportFile, type ReportOptions } from './reports.js';
export {
  evaluate, evaluateChange, judgeText, lintPolicy, lintRecord, lintTlsRpt, render,
  type ProposedTexts, type ProposedTexts as Change, type Draft, type TextKind,
} from './tools.js';

/** Fetches and starts every module; everything else works once this has resolved. */
export default function load(): Promise<unknown>;
