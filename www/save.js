// Saving what a page made as a file: loaded by the pages that offer it, and by no other.

/** Long enough that every browser has taken what it saves, in milliseconds. */
const TAKEN = 60_000;

/** Saves a text as a file of this name, of a media type such as `text/csv`. */
export function save(text, type, name) {
  const url = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  Object.assign(document.createElement('a'), { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), TAKEN);
}
