// What the scripts of all pages share: telling a reader what happened, and loading the parts of the browser package.

import { copy, offerCopying, put } from './result.js';

export { offerCopying, put };

const SITE = document.querySelector('meta[property="og:site_name"]').content;
const status = document.querySelector('#status');

/** The sentences of all pages, which the markup has. */
export const words = { ...status?.dataset };

/** A sentence of the markup with what is known in place of its word in braces. */
export const fill = (sentence, text) => sentence.replace(/\{\w+\}/, () => text);

/** The modules that were asked for, by name. */
const modules = new Map();

/** Whether a module of the browser package was asked for before. */
export const isLoaded = (name) => modules.has(name);

/** A module of the browser package, fetched and started when it is first needed; another try may find the network back. */
export function load(name) {
  if (!modules.has(name)) {
    const module = import(`/pkg/${name}.js`).then(async (loaded) => {
      await loaded.default();
      return loaded;
    });
    module.catch(() => modules.delete(name));
    modules.set(name, module);
  }
  return modules.get(name);
}

/** Names the page, in the browser's tabs and history; without a title, as the site. */
export function entitle(title) {
  document.title = title ? `${title} – ${SITE}` : SITE;
}

/** Tells a screen reader, and nobody else. */
export function say(sentence) {
  status.textContent = sentence;
}

/** Says what is waited for, in place of an answer and to a screen reader. */
export function wait(place, sentence) {
  place.replaceChildren(Object.assign(document.createElement('p'), { className: 'm-status', textContent: sentence }));
  say(sentence);
}

/** Puts what went wrong in place of an answer. */
export function fail(place, sentence) {
  const box = document.createElement('div');
  box.className = 'm-problem m-bad';
  box.setAttribute('role', 'alert');
  box.append(Object.assign(document.createElement('p'), { textContent: sentence }));
  place.replaceChildren(box);
  say('');
}

/** Puts a thrown error in place of an answer: the API's own words, or what can be said of a failed request. */
export function refuse(place, error) {
  if (error?.html) {
    put(place, error.html);
    say('');
  } else {
    // A fetch that never got an answer is a TypeError.
    fail(place, error instanceof TypeError || navigator.onLine === false ? words.noConnection : words.brokeOff);
  }
}

/** Makes every button that copies work, also those that come later. */
export function letCopy() {
  offerCopying(document.body);
  document.addEventListener('click', (event) => {
    const button = event.target.closest('button[data-copy]');
    if (button) copy(button, words, say);
  });
}
