/* The site's root goes to the reader's language: the one chosen before, else the browser's, else the first. */
"use strict";
(() => {
  const LOCALE = "kb-gen.locale";
  const locales = document.currentScript.dataset.locales
    .split(" ")
    .map(pair => pair.split("="))
    .map(([tag, path]) => ({ tag, path }));

  const same = (a, b) => a.toLowerCase() === b.toLowerCase();

  /* Language and the script it is usually written in, so that `zh-TW` finds `zh-Hant` and not `zh-Hans`. */
  const written = tag => {
    try {
      const { language, script } = new Intl.Locale(tag).maximize();
      return `${language}-${script}`;
    } catch {
      return tag.toLowerCase();
    }
  };

  /* The exact tag, then the tag without its last parts, then the language in another region. */
  function match(wanted) {
    const parts = wanted.split("-");
    for (let length = parts.length; length > 0; length -= 1) {
      const shorter = parts.slice(0, length).join("-");
      const found = locales.find(({ tag }) => same(tag, shorter));
      if (found && (length === parts.length || written(found.tag) === written(wanted))) return found;
    }
    return locales.find(({ tag }) => written(tag) === written(wanted));
  }

  function remembered() {
    try {
      return localStorage.getItem(LOCALE) || "";
    } catch {
      return "";
    }
  }

  const preferences = [remembered(), ...(navigator.languages || [navigator.language])].filter(Boolean);
  const chosen = preferences.map(match).find(Boolean) || locales[0];
  // Hidden, so that the list of languages doesn't flash before the next page is there.
  document.documentElement.classList.add("kb-leaving");
  location.replace(`${chosen.path}/index.html${location.search}${location.hash}`);
})();
