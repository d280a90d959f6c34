// Articles and texts of all catalogs, narrowed down by words and states.

import { ask } from "./api.js"
import { debounced, element, facts, replaceContent, say } from "./dom.js"
import { meter, placeholder, stateSelect, unitHead } from "./list.js"

export class Finder {
  // `hooks`: article(address), unit(name).
  constructor(hooks) {
    this.hooks = hooks
    this.kind = "articles"
    this.query = ""
    this.state = ""
    this.domain = ""
    this.domains = []
    this.sequence = 0
    this.look = debounced(120, () => this.find())
    this.results = element("ol", { class: "rows" })
    this.count = element("p", { class: "quiet finder__count", role: "status" })
    this.field = element("input", {
      type: "search",
      class: "finder__field",
      placeholder: say("find"),
      "aria-label": say("find"),
      autocomplete: "off",
      spellcheck: "false",
      oninput: () => {
        this.query = this.field.value
        this.look()
      },
      onkeydown: (event) => {
        if (event.key === "ArrowDown" && !event.altKey) {
          event.preventDefault()
          this.results.querySelector("button, a")?.focus()
        }
      },
    })
    this.root = element("div", { class: "finder" })
  }

  open(domains) {
    this.domains = domains
    const tab = (kind, words) =>
      element(
        "label",
        { class: "tab" },
        element("input", {
          type: "radio",
          name: "kind",
          class: "unseen",
          checked: this.kind === kind,
          onchange: () => {
            this.kind = kind
            this.open(this.domains)
            this.root.querySelector("input:checked").focus()
          },
        }),
        element("span", {}, say(words)),
      )
    replaceContent(
      this.root,
      element("h2", { class: "unseen" }, say("find")),
      this.field,
      element(
        "div",
        { class: "finder__filters" },
        element("div", { class: "tabs", role: "group", "aria-label": say("find") }, tab("articles", "articlesTab"), tab("units", "textsTab")),
        stateSelect(this.state, (state) => {
          this.state = state
          this.find()
        }),
        this.kind === "units" ? this.domainSelect() : null,
      ),
      this.count,
      this.results,
    )
    this.find()
  }

  domainSelect() {
    return element(
      "select",
      {
        "aria-label": say("catalog"),
        onchange: (event) => {
          this.domain = event.target.value
          this.find()
        },
      },
      element("option", { value: "" }, say("allCatalogs")),
      this.domains.map(({ domain }) => element("option", { value: domain, selected: domain === this.domain }, domain)),
    )
  }

  async find(start = 0) {
    const own = ++this.sequence
    const query = { q: this.query, state: this.state, start, ...(this.kind === "units" ? { domain: this.domain } : {}) }
    let found
    try {
      found = await ask(this.kind, query)
    } catch (problem) {
      replaceContent(this.results, placeholder(problem.message))
      return
    }
    if (own !== this.sequence) return
    this.count.textContent = say("found", { count: found.total })
    const rows = found.rows.map((row) => element("li", { class: "rows__row" }, this.kind === "units" ? this.unit(row) : this.article(row)))
    const shown = start + found.rows.length
    // Whoever has gone down to the results while the last letters were looked for stays there.
    const place = this.focusable.indexOf(document.activeElement)
    const address = this.focusable[place]?.getAttribute("href")
    this.results.querySelector(".rows__more")?.remove()
    if (start) this.results.append(...rows)
    else replaceContent(this.results, rows.length ? rows : element("li", {}, placeholder(say("nothingFound"))))
    if (shown < found.total)
      this.results.append(
        element(
          "li",
          { class: "rows__more" },
          element("button", { class: "button", type: "button", onclick: () => this.find(shown) }, say("more")),
        ),
      )
    if (place < 0) return
    const now = this.focusable
    const same = now.find((each) => address && each.getAttribute("href") === address)
    const next = start ? now[place] : (same ?? now[0] ?? this.field)
    next.focus()
  }

  get focusable() {
    return [...this.results.querySelectorAll("a, button")]
  }

  article(row) {
    return element(
      "a",
      {
        class: "article-row",
        href: `/article/${row.address}`,
        onclick: (event) => {
          if (event.ctrlKey || event.metaKey || event.shiftKey) return
          event.preventDefault()
          this.hooks.article(row.address)
        },
      },
      element(
        "span",
        { class: "article-row__texts" },
        element("span", { class: "article-row__title" }, row.title),
        element("span", { class: "quiet article-row__summary", lang: facts.source, dir: "auto" }, row.summary),
      ),
      meter(row.counts),
    )
  }

  unit(row) {
    const head = unitHead(row, null, () => this.hooks.unit(row.id))
    head.querySelector(".unit__texts").append(element("span", { class: "quiet", lang: "en" }, row.place))
    return head
  }

  // Arrow keys go from result to result.
  move(step) {
    const all = this.focusable
    const place = all.indexOf(document.activeElement)
    const next = all[place + step]
    if (next) next.focus()
    else if (step < 0) this.field.focus()
  }
}
