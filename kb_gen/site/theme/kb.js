/* What pages do beyond showing text. Everything here is an addition: without it, each page is complete. */
"use strict";
(() => {
  const LOCALE = "kb-gen.locale";
  const SEVERITIES = ["critical", "error", "failure-audit", "warning", "information", "success-audit", "verbose"];

  const element = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

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
        link.hash = location.hash;
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

  /* ── Tables that can be sorted and filtered ─────────────────────────────────────────────────────────────────── */

  const ranks = new Map(SEVERITIES.map((severity, rank) => [severity, rank]));
  const sortKeys = {
    text: cell => cell.textContent.trim(),
    number: cell => cell.textContent.trim(),
    severity: cell => ranks.get(cell.querySelector("[data-severity]")?.dataset.severity) ?? "",
  };

  function enhanceTable(frame) {
    const table = frame.querySelector("table");
    const body = table?.tBodies[0];
    if (!body) return;
    const collator = new Intl.Collator(document.documentElement.lang, { numeric: true, sensitivity: "base" });
    const rows = [...body.rows];
    makeSortable(frame, table, body, rows, collator);
    makeFilterable(frame, rows);
  }

  function makeSortable(frame, table, body, rows, collator) {
    const headers = [...table.tHead.querySelectorAll("th[data-sort]")];
    for (const header of headers) {
      const button = element("button", { type: "button", className: "kb-table__sort", title: frame.dataset.sortLabel });
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const direction = header.getAttribute("aria-sort") === "ascending" ? "descending" : "ascending";
        for (const other of headers) other.removeAttribute("aria-sort");
        header.setAttribute("aria-sort", direction);
        sortRows(body, rows, header.cellIndex, sortKeys[header.dataset.sort] ?? sortKeys.text, collator, direction);
      });
    }
  }

  function sortRows(body, rows, column, key, collator, direction) {
    const sign = direction === "ascending" ? 1 : -1;
    // Rows without a value stand last in either direction.
    const keyed = rows.map((row, index) => ({ row, index, key: key(row.cells[column]) }));
    const empty = value => value === "–" || value === "";
    keyed.sort((a, b) => {
      if (empty(a.key) || empty(b.key)) return empty(a.key) - empty(b.key) || a.index - b.index;
      const order = typeof a.key === "number" ? a.key - b.key : collator.compare(a.key, b.key);
      return sign * order || a.index - b.index;
    });
    body.append(...keyed.map(entry => entry.row));
  }

  function makeFilterable(frame, rows) {
    const { filterLabel, count, none } = frame.dataset;
    const input = element("input", { type: "search", autocomplete: "off", spellcheck: false });
    const label = element("label", { className: "kb-table__filter" }, filterLabel, input);
    const status = element("p", { className: "kb-table__count" });
    status.setAttribute("role", "status");
    frame.prepend(element("div", { className: "kb-table__tools" }, label, status));
    const numbers = new Intl.NumberFormat(document.documentElement.lang);
    const language = document.documentElement.lang;
    let texts;
    let scheduled = 0;
    const apply = () => {
      scheduled = 0;
      texts ??= rows.map(row => row.textContent.toLocaleLowerCase(language));
      const words = input.value.toLocaleLowerCase(language).split(/\s+/).filter(Boolean);
      let shown = 0;
      for (const [index, row] of rows.entries()) {
        row.hidden = !words.every(word => texts[index].includes(word));
        shown += !row.hidden;
      }
      if (!words.length) status.textContent = "";
      else status.textContent = shown ? count.replace("#", numbers.format(shown)) : none;
    };
    input.addEventListener("input", () => {
      scheduled ||= requestAnimationFrame(apply);
    });
  }

  function start() {
    showFolderAddress();
    mendLanguageSwitch();
    offerSearch();
    relateParameters();
    for (const frame of document.querySelectorAll("[data-kb-table]:not([data-kb-ready])")) {
      frame.dataset.kbReady = "";
      enhanceTable(frame);
    }
    watchOverflow();
  }

  // With Material's instant navigation, a page may come without a new document.
  if (window.document$) window.document$.subscribe(start);
  else start();
})();
