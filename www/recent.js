// Checks that were made before, in this browser alone: a list to come back to, and what the rules of change compare with.

const KEY = 'mta-sts-check.recent';
const DOMAINS = 20;
/** A snapshot a day for a month is more than any rule looks back on. */
const SNAPSHOTS = 40;

/**
 * The checks, latest first: `{ domain, verdict, time, snapshots }`, the verdict by its name in the API. What was kept when
 * words of the page stood in its place has no verdict. None where the browser keeps nothing for us, or what it kept is
 * not ours.
 */
export function recent() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY));
    return kept.filter(({ domain, time, snapshots }) =>
      [domain, time].every((text) => typeof text === 'string') && Array.isArray(snapshots));
  } catch {
    return [];
  }
}

/** What earlier checks of a domain left behind. */
export function snapshotsOf(domain) {
  return recent().find((one) => one.domain === domain)?.snapshots ?? [];
}

/** Keeps a check. */
export function keep(report) {
  const all = recent();
  const { domain, verdict, checked_at: time, snapshot } = report;
  const snapshots = all.find((one) => one.domain === domain)?.snapshots ?? [];
  // An answer from the cache is of the same moment.
  if (snapshot && !snapshots.some((one) => one.time === snapshot.time)) snapshots.push(snapshot);
  const others = all.filter((one) => one.domain !== domain);
  const kept = [{ domain, verdict, time, snapshots: snapshots.slice(-SNAPSHOTS) }, ...others].slice(0, DOMAINS);
  try {
    localStorage.setItem(KEY, JSON.stringify(kept));
  } catch {
    // A full or forbidden store: the check is still an answer.
  }
}

export function forget() {
  try {
    localStorage.removeItem(KEY);
  } catch {
    // There was nothing then.
  }
}
