/*
 * Before the first paint: the language and the theme, so that nothing flashes. A parameter of the page's address goes
 * before what was chosen here, and that before what the browser prefers.
 */
(() => {
  const LANGUAGES = ['en', 'zh'];
  const THEMES = ['dark', 'light'];

  function chosen(name, known) {
    const asked = new URLSearchParams(location.search).get(name);
    if (known.includes(asked)) {
      return asked;
    }
    try {
      const kept = localStorage.getItem(`tocsin.${name}`);
      return known.includes(kept) ? kept : null;
    } catch {
      return null; // The browser keeps nothing for us.
    }
  }

  function browserLanguage() {
    const wanted = (navigator.languages || []).map((tag) => tag.slice(0, 2).toLowerCase());
    return wanted.find((tag) => LANGUAGES.includes(tag)) || 'en';
  }

  const root = document.documentElement;
  root.lang = chosen('lang', LANGUAGES) || browserLanguage();
  const theme = chosen('theme', THEMES);
  if (theme) {
    root.dataset.theme = theme;
  }
})();
