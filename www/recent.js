// Checks that were made before, in this browser alone: a list to come back to, and what the rules of change compare with.

const KEY = 'mta-sts-check.recent';
const DOMAINS = 20;
/** A snapshot a day for a month is more than any rule looks back on. */
const SNAPSHOTS = 40;

const isText = (value) => typeof value === 'string';
const isTime = (value) => isText(value) && !Number.isNaN(Date.parse(value));
/** Whether a value has the shape of a report's `snapshot`. */
const isSnapshot = (value) => {
  const { time, has_record, id, has_policy, mode, max_age, mx = [], policy_hash, mx_hosts = [] } = value ?? {};
  const maybe = (is, ...values) => values.every((one) => one === null || one === undefined || is(one));
  const isNames = (names) => Array.isArray(names) && names.every(isText);
  const isAge = (age) => Number.isInteger(age) && age >= 0 && age < 2 ** 32;
  const isFlag = (flag) => typeof flag === 'boolean';
  return isTime(time) && maybe(isText, id, mode, policy_hash) && maybe(isAge, max_age)
    && [has_record ?? false, has_policy ?? false].every(isFlag) && [mx, mx_hosts].every(isNames);
};

/**
 * The checks, latest first: `{ domain, verdict, time, snapshots }`, the verdict by its name in the API. What was kept when
 * words of the page stood in its place has no verdict. None where the browser keeps nothing for us. Others may write here
 * (an extension, another page of the origin): what is not ours is passed over.
 */
export function recent() {
  let kept;
  try {
    kept = JSON.parse(localStorage.getItem(KEY));
  } catch {
    return [];
  }
  if (!Array.isArray(kept)) return [];
  const ours = kept.filter((one) => isText(one?.domain) && isText(one.time) && Array.isArray(one.snapshots));
  return ours.slice(0, DOMAINS).map((one) => ({ ...one, snapshots: one.snapshots.filter(isSnapshot).slice(-SNAPSHOTS) }));
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
