/* What pages do beyond showing text. Everything here is an addition: without it, each page is complete. */
"use strict";
(() => {
  const LOCALE = "kb-gen.locale";

  /* Links name `index.html` for the sake of pages opened from disk; on a server the folder is the address. */
  function showFolderAddress() {
    const { protocol, pathname, search, hash } = location;
    if (protocol.startsWith("http") && pathname.endsWith("/index.html"))
      history.replaceState(history.state, "", pathname.slice(0, -"index.html".length) + search + hash);
  }

  /* The language switch keeps the place on the page and remembers the choice for the root page. */
  function mendLanguageSwitch() {
    for (const link of document.querySelectorAll(".md-select__link[hreflang]")) {
      const keepPlace = () => {
        link.hash = document.documentElement.dataset.kbValues || location.hash;
      };
      // Middle clicks and context menus use the address without a click.
      for (const event of ["pointerdown", "focus"]) link.addEventListener(event, keepPlace);
      link.addEventListener("click", () => {
        keepPlace();
        try {
          localStorage.setItem(LOCALE, link.hreflang);
        } catch {
          // Storage may be switched off; then the browser's own preference decides the next time.
        }
      });
    }
  }

  /* Material's search opens with its checkbox; its field takes the focus. */
  function offerSearch() {
    const toggle = document.querySelector("#__search");
    const field = document.querySelector("[data-md-component=search-query]");
    const offer = document.querySelector("[data-kb-search]");
    if (!toggle || !field || !offer) return;
    offer.hidden = false;
    offer.querySelector("button").addEventListener("click", () => {
      if (!toggle.checked) toggle.click();
      field.focus();
    });
  }

  /* Material's search asks when a key is let go: a tenth of a second after its letter has come, and not at all where a
     text comes without a key, as from the mouse's menu. */
  function searchAtOnce() {
    const field = document.querySelector("[data-md-component=search-query]");
    field?.addEventListener("input", () => field.dispatchEvent(new Event("keyup")));
  }

  /* An insertion string is the same thing in the message, its legend, the text and the commands. */
  function relateParameters() {
    const content = document.querySelector("[data-md-component=content]");
    if (!content) return;
    const show = target => {
      const number = target instanceof Element && target.closest("[data-parameter]")?.dataset.parameter;
      for (const node of content.querySelectorAll("[data-parameter]"))
        node.classList.toggle("kb-related", node.dataset.parameter === number);
    };
    if (!content.querySelector("[data-parameter]")) return;
    content.addEventListener("pointerover", event => show(event.target));
    content.addEventListener("pointerleave", () => show(document.activeElement));
    content.addEventListener("focusin", event => show(event.target));
    content.addEventListener("focusout", () => show(null));
  }

  /* What scrolls sideways can be scrolled by keyboard, and is named after the heading above it. */
  function watchOverflow() {
    const heading = node => {
      for (let place = node; place && !place.matches(".md-content__inner"); place = place.parentElement)
        for (let before = place.previousElementSibling; before; before = before.previousElementSibling) {
          if (before.matches("h1, h2, h3, h4")) return before;
          const inner = before.querySelector("h1, h2, h3, h4");
          if (inner) return inner;
        }
      return document.querySelector("h1");
    };
    const name = node => [...heading(node).childNodes].filter(n => !n.classList?.contains("headerlink"))
      .map(n => n.textContent).join("").trim();
    const update = entries => {
      for (const { target } of entries) {
        const frame = target.closest(".kb-scroll");
        if (frame.scrollWidth > frame.clientWidth) {
          frame.tabIndex = 0;
          frame.setAttribute("role", "region");
          frame.setAttribute("aria-label", name(frame));
        } else for (const attribute of ["tabindex", "role", "aria-label"]) frame.removeAttribute(attribute);
      }
    };
    const observer = new ResizeObserver(update);
    for (const frame of document.querySelectorAll(".kb-scroll")) {
      observer.observe(frame);
      if (frame.firstElementChild) observer.observe(frame.firstElementChild);
    }
  }

  /* Of a list's hundreds of pages, the links to those around this one are in sight. */
  function showCurrentPage() {
    for (const link of document.querySelectorAll(".kb-spans > ol [aria-current]")) {
      const list = link.closest("ol");
      const above = link.getBoundingClientRect().top - list.getBoundingClientRect().top;
      list.scrollTop += above - (list.clientHeight - link.offsetHeight) / 2;
    }
  }

  /* An address with the values of an event shows the article with them: see `values.js`. */
  const OWN = document.currentScript?.src ?? "";

  function showValues() {
    if (globalThis.kbValues || !location.hash.startsWith("#values=") || !document.querySelector("[data-parameter]")) return;
    const folder = OWN.slice(0, OWN.lastIndexOf("/") + 1);
    const words = new URL("../../lookup/article-words.js", document.baseURI).href;
    const [quoting, values, own] = [`${folder}quoting.js`, `${folder}values.js`, words].map(address => {
      const script = document.createElement("script");
      script.src = address;
      script.async = false;
      return script;
    });
    document.head.append(quoting, values, own);
  }

  function start() {
    showFolderAddress();
    mendLanguageSwitch();
    offerSearch();
    searchAtOnce();
    relateParameters();
    watchOverflow();
    showCurrentPage();
    showValues();
  }

  window.addEventListener("hashchange", showValues);

  // With Material's instant navigation, a page may come without a new document.
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
