/* What every page needs: elements, and the two switches for language and theme. */

import {texts} from './texts.js';

export const byId = (id) => document.getElementById(id);

/** Makes a parent's children follow a list, in its order; a child lives as long as its key stays in the list. */
export function reconcile(parent, items, keyOf, create) {
  const existing = new Map([...parent.children].map((child) => [child.dataset.key, child]));
  const wanted = items.map((item) => {
    const key = keyOf(item);
    const child = existing.get(key) ?? create(item);
    child.dataset.key = key;
    existing.delete(key);
    return child;
  });
  existing.forEach((child) => child.remove());
  wanted.forEach((child, index) => {
    if (parent.children[index] !== child) {
      parent.insertBefore(child, parent.children[index] ?? null);
    }
  });
}

export function element(tag, className = '', text = '') {
  const created = document.createElement(tag);
  created.className = className;
  created.textContent = text;
  return created;
}

/** One of the shapes at the top of the page. */
export function symbol(id) {
  const svg = document.createElementNS('http://www.w3.org/2000/svg', 'svg');
  const use = document.createElementNS('http://www.w3.org/2000/svg', 'use');
  use.setAttribute('href', `#${id}`);
  svg.setAttribute('aria-hidden', 'true');
  svg.setAttribute('class', 'symbol');
  svg.append(use);
  return svg;
}

export function setText(node, text) {
  if (node.textContent !== text) {
    node.textContent = text;
  }
}

/** Labels and values as a list of terms; a count is {key, label, value}. */
export function renderTerms(list, terms) {
  reconcile(list, terms, (term) => term.key, (term) => {
    const group = element('div', term.key);
    group.append(element('dt'), element('dd'));
    return group;
  });
  terms.forEach((term, index) => {
    const group = list.children[index];
    setText(group.firstElementChild, term.label);
    setText(group.lastElementChild, term.value);
    group.classList.toggle('some', term.some === true);
  });
}

/** The address of a page with this page's parameters, some of them changed; null takes one away. */
export function address(page, changes) {
  const parameters = new URLSearchParams(location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value === null) {
      parameters.delete(name);
    } else {
      parameters.set(name, value);
    }
  }
  const query = parameters.toString();
  return query === '' ? page : `${page}?${query}`;
}

/** Fills in every word that is the same all the time, and the switches; again after a switch of the language. */
export function renderWords() {
  for (const node of document.querySelectorAll('[data-text]')) {
    setText(node, texts()[node.dataset.text]);
  }
  for (const node of document.querySelectorAll('[data-label]')) {
    node.setAttribute('aria-label', texts()[node.dataset.label]);
  }
  setText(byId('language'), texts().otherLanguage);
  byId('language').lang = otherLanguage();
  const dark = isDark();
  byId('theme').setAttribute('aria-label', dark ? texts().toLight : texts().toDark);
  byId('theme').title = dark ? texts().toLight : texts().toDark;
}

/** Makes the switches work; `changed` draws the page again. */
export function listenToSwitches(changed) {
  const again = () => {
    renderWords();
    changed();
  };
  byId('language').addEventListener('click', () => {
    document.documentElement.lang = otherLanguage();
    keep('lang', document.documentElement.lang);
    again();
  });
  byId('theme').addEventListener('click', () => {
    document.documentElement.dataset.theme = isDark() ? 'light' : 'dark';
    keep('theme', document.documentElement.dataset.theme);
    again();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
  renderWords();
}

export function isDark() {
  const chosen = document.documentElement.dataset.theme;
  return chosen ? chosen === 'dark' : !matchMedia('(prefers-color-scheme: light)').matches;
}

function otherLanguage() {
  return document.documentElement.lang === 'zh' ? 'en' : 'zh';
}

/** Remembers a choice; an address that said otherwise says so no more. */
function keep(name, value) {
  try {
    localStorage.setItem(`tocsin.${name}`, value);
  } catch {
    // The browser keeps nothing for us; it holds until the page is loaded again.
  }
  if (new URLSearchParams(location.search).has(name)) {
    history.replaceState(null, '', address(location.pathname, {[name]: value}));
  }
}
