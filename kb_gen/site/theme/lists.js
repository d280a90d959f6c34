/* Tables of events that can be sorted and filtered.

   A list of one page is sorted and filtered where it stands. Of a longer one, the page has some rows only; what all
   rows say is then loaded from files beside it, once somebody sorts or filters, and rows are made of it as they are
   shown. Without this script, each table is complete, and links lead from page to page. */
"use strict";
(() => {
  const SEVERITIES = ["critical", "error", "failure-audit", "warning", "information", "success-audit", "verbose"];
  const SHOWN = 200;
  const NONE = "–";
  const language = document.documentElement.lang;
  const numbers = new Intl.NumberFormat(language);
  const ranks = new Map(SEVERITIES.map((severity, rank) => [severity, rank]));

  const element = (name, properties, ...children) => {
    const node = Object.assign(document.createElement(name), properties);
    node.append(...children);
    return node;
  };

  /* ── Rows: a value for each column to sort by, a text to filter by, and the row itself ──────────────────────── */

  const rankOf = severity => ranks.get(severity) ?? SEVERITIES.length;
  // Only the languages that lower some letters in their own way need the slow way.
  const lowered = /^(az|lt|tr)\b/.test(language) ? text => text.toLocaleLowerCase(language) : text => text.toLowerCase();
  const wordsOf = text => lowered(text).split(/\s+/).filter(Boolean);

  /* A row that stands in the table already. */
  class StandingRow {
    constructor(node) {
      this.node = node;
    }

    value(column) {
      const cell = this.node.cells[column];
      if (column === 2) {
        const severity = cell.querySelector("[data-severity]")?.dataset.severity;
        return severity === undefined ? "" : rankOf(severity);
      }
      const text = cell.textContent.trim();
      return text === NONE ? "" : text;
    }

    get text() {
      return this.lowered ??= lowered(this.node.textContent);
    }
  }

  /* Names break behind the same characters as in the pages that were made with them. */
  const breakable = name => {
    const pieces = name.replace(/([a-z0-9])(?=[A-Z])|([_.])(?=[A-Za-z0-9])/g, "$1$2\0").split("\0");
    return pieces.flatMap((piece, place) => place ? [element("wbr"), piece] : [piece]);
  };

  const SIGNS = { "&amp;": "&", "&lt;": "<", "&gt;": ">", "&#34;": '"', "&#39;": "'" };
  const textOf = html => html.replace(/<[^>]*>/g, "").replace(/&[^;]*;/g, sign => SIGNS[sign] ?? sign);

  /* A row of a list's data: ID, symbolic name, severity's place among those of its file, summary, and the article's
     part of the address where it isn't the ID. Its HTML was made, and escaped, where the site was built. */
  class LoadedRow {
    constructor(cells, severities, list) {
      this.cells = cells;
      this.severity = severities[cells[2]] ?? ["", ""];
      this.list = list;
    }

    value(column) {
      if (column === 2) return this.severity[0] && rankOf(this.severity[0]);
      return column === 3 ? textOf(this.cells[3]) : this.cells[column];
    }

    get text() {
      const [id, symbol, , summary] = this.cells;
      return this.lowered ??= lowered(`${id} ${symbol} ${textOf(this.severity[1])} ${textOf(summary)}`);
    }

    get node() {
      return this.made ??= this.make();
    }

    make() {
      const [id, symbol, , summary, segment = id] = this.cells;
      const { root, source } = this.list;
      const link = element("a", { href: `${root}${source}/${segment}/index.html` }, id);
      const name = symbol ? element("code", { translate: false }, ...breakable(symbol)) : NONE;
      const words = element("td", { innerHTML: summary || NONE });
      for (const inner of words.querySelectorAll("a:not([rel])")) inner.setAttribute("href", root + inner.getAttribute("href"));
      return element("tr", {},
        element("th", { scope: "row" }, link),
        element("td", {}, name),
        element("td", { innerHTML: this.severity[1] || NONE }),
        words);
    }
  }

  /* ── Files of rows ──────────────────────────────────────────────────────────────────────────────────────────── */

  const arrived = new Map();
  window.kbRows = (source, number, severities, rows) => arrived.set(`${source} ${number}`, { severities, rows });

  const load = address => new Promise((resolve, reject) => {
    const script = element("script", { src: address });
    script.onload = resolve;
    script.onerror = reject;
    document.head.append(script);
    script.remove();
  });

  /* All rows of the list that a table is a page of. */
  async function loadRows({ source, chunks, list }) {
    const root = list ? "../../../" : "../";
    const files = [...Array(Number(chunks)).keys()].map(place => place + 1);
    await Promise.all(files.map(number => arrived.has(`${source} ${number}`) || load(`${root}${source}/page/rows-${number}.js`)));
    return files.flatMap(number => {
      const { severities, rows } = arrived.get(`${source} ${number}`);
      return rows.map(cells => new LoadedRow(cells, severities, { root, source }));
    });
  }

  /* ── Sorting ────────────────────────────────────────────────────────────────────────────────────────────────── */

  const collator = new Intl.Collator(language, { numeric: true, sensitivity: "base" });
  const isWhole = value => /^\d{1,15}$/.test(value);

  /* Each row's rank by a column, equal values having equal ranks; -1 where it has no value. Distinct values are
     compared only: comparing as the language does is what takes the time. */
  function ranksBy(rows, column) {
    const values = rows.map(row => row.value(column));
    const distinct = [...new Set(values)].filter(value => value !== "");
    const compare = distinct.every(value => typeof value === "number" || isWhole(value))
      ? (a, b) => a - b
      : distinct.every(value => /^[\x21-\x7e]*$/.test(value)) ? identifierOrder : collator.compare;
    distinct.sort(compare);
    const rank = new Map();
    let last = 0;
    for (const [place, value] of distinct.entries()) {
      if (place && compare(distinct[place - 1], value) !== 0) last = place;
      rank.set(value, last);
    }
    return values.map(value => value === "" ? -1 : rank.get(value));
  }

  const keys = new Map();
  const identifierKey = value => {
    let key = keys.get(value);
    if (key === undefined) {
      key = value.toLowerCase().replace(/\d+/g, digits => digits.padStart(20, "0"));
      keys.set(value, key);
    }
    return key;
  };
  function identifierOrder(a, b) {
    const [first, second] = [identifierKey(a), identifierKey(b)];
    return first < second ? -1 : first > second ? 1 : 0;
  }

  /* Rows without a value stand last in either direction, and equal ones as they stood. */
  function sorted(rows, rank, direction) {
    const sign = direction === "ascending" ? 1 : -1;
    const order = [...rows.keys()];
    order.sort((a, b) => {
      if (rank[a] < 0 || rank[b] < 0) return (rank[a] < 0) - (rank[b] < 0) || a - b;
      return sign * (rank[a] - rank[b]) || a - b;
    });
    return order.map(place => rows[place]);
  }

  /* ── The table ──────────────────────────────────────────────────────────────────────────────────────────────── */

  function enhance(frame) {
    const table = frame.querySelector("table");
    const body = table?.tBodies[0];
    if (!body) return;
    const paged = "source" in frame.dataset;
    const own = [...body.rows];
    const links = paged ? frame.parentElement.querySelectorAll(":scope > :is(.kb-spans, .kb-pager)") : [];
    const status = element("p", { className: "kb-table__count" });
    status.setAttribute("role", "status");
    const more = element("button", { type: "button", className: "md-button kb-table__more", hidden: true }, frame.dataset.more ?? "");
    const asked = { words: [], column: null, direction: "" };
    const order = { column: null, direction: "", rows: null };
    const rankings = new Map();
    let all = null;
    let loading = null;
    let matches = [];
    let shown = 0;

    const rows = async () => {
      if (all) return all;
      if (!paged) return all = own.map(node => new StandingRow(node));
      status.textContent = frame.dataset.loading;
      frame.setAttribute("aria-busy", "true");
      try {
        return all = await (loading ??= loadRows(frame.dataset));
      } finally {
        loading = null;
        frame.removeAttribute("aria-busy");
      }
    };

    const inOrder = all => {
      const { column, direction } = asked;
      if (column === null) return all;
      if (order.rows && order.column === column && order.direction === direction) return order.rows;
      if (!rankings.has(column)) rankings.set(column, ranksBy(all, column));
      return Object.assign(order, { column, direction, rows: sorted(all, rankings.get(column), direction) }).rows;
    };

    const report = () => {
      const { count, none, first } = frame.dataset;
      if (!asked.words.length && !(paged && matches.length > shown)) status.textContent = "";
      else if (!matches.length) status.textContent = none;
      else {
        const parts = [count.replace("#", numbers.format(matches.length))];
        if (matches.length > shown) parts.push(first.replace("#", numbers.format(shown)));
        status.textContent = parts.join(". ");
      }
      more.hidden = matches.length <= shown;
    };

    const show = upTo => {
      const next = matches.slice(shown, upTo).map(row => row.node);
      if (shown) body.append(...next);
      else body.replaceChildren(...next);
      shown = Math.min(upTo, matches.length);
      report();
      return next[0];
    };

    const idle = () => !asked.words.length && asked.column === null;

    const apply = async () => {
      for (const link of links) link.hidden = !idle();
      if (idle()) {
        matches = [];
        shown = 0;
        body.replaceChildren(...own);
        report();
        return;
      }
      let all;
      try {
        all = await rows();
      } catch {
        status.textContent = frame.dataset.failed;
        for (const link of links) link.hidden = false;
        return;
      }
      // Meanwhile, something else may be asked, or nothing any more.
      if (idle()) return;
      const { words } = asked;
      const found = inOrder(all);
      matches = words.length ? found.filter(row => words.every(word => row.text.includes(word))) : found;
      shown = 0;
      show(paged ? SHOWN : matches.length);
    };

    more.addEventListener("click", () => show(shown + SHOWN)?.querySelector("a")?.focus());
    makeSortable(frame, table, asked, apply);
    makeFilterable(frame, status, asked, apply);
    frame.append(more);
  }

  /* A click on a column sorts by it, the second turns it round, the third gives the list's own order back. */
  function makeSortable(frame, table, asked, apply) {
    const headers = [...table.tHead.querySelectorAll("th[data-sort]")];
    for (const header of headers) {
      const button = element("button", { type: "button", className: "kb-table__sort", title: frame.dataset.sortLabel });
      button.append(...header.childNodes);
      header.append(button);
      button.addEventListener("click", () => {
        const before = header.getAttribute("aria-sort");
        const direction = before === "ascending" ? "descending" : before ? "" : "ascending";
        for (const other of headers) other.removeAttribute("aria-sort");
        if (direction) header.setAttribute("aria-sort", direction);
        Object.assign(asked, { column: direction ? header.cellIndex : null, direction });
        apply();
      });
    }
  }

  function makeFilterable(frame, status, asked, apply) {
    const input = element("input", { type: "search", autocomplete: "off", spellcheck: false });
    const label = element("label", { className: "kb-table__filter" }, frame.dataset.filterLabel, input);
    frame.prepend(element("div", { className: "kb-table__tools" }, label, status));
    let scheduled = 0;
    input.addEventListener("input", () => {
      scheduled ||= requestAnimationFrame(() => {
        scheduled = 0;
        asked.words = wordsOf(input.value);
        apply();
      });
    });
  }

  for (const frame of document.querySelectorAll("[data-kb-table]:not([data-kb-ready])")) {
    frame.dataset.kbReady = "";
    enhance(frame);
  }
})();
