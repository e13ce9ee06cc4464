import type { Problem, Report } from '../pkg/check.js';

/** What the element's events tell. All of them bubble, out of shadow roots too. */
export interface MtaStsCheckEventMap {
  /** A check starts. Where another takes its place, or the element is removed, nothing more is told of it. */
  'mta-sts-check-start': CustomEvent<{ domain: string }>;
  /** The answer is there. */
  'mta-sts-check-complete': CustomEvent<{ domain: string; report: Report }>;
  /** There is no answer; `problem` is null where the API said nothing. */
  'mta-sts-check-error': CustomEvent<{ domain: string; error: Error; problem: Problem | null }>;
}

/** `<mta-sts-check>`: importing this module makes it known. */
export declare class MtaStsCheck extends HTMLElement {
  /** The domain to check: the attribute of that name. */
  domain: string;
  /** Checks a domain: what is given, the attribute, or what is typed. Resolves to the report, or nothing. */
  check(domain?: string): Promise<Report | undefined>;
}

declare global {
  interface HTMLElementTagNameMap {
    'mta-sts-check': MtaStsCheck;
  }
  interface GlobalEventHandlersEventMap extends MtaStsCheckEventMap {}
}
