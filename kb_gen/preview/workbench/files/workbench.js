// The workbench: what is open, and what belongs together when it changes.

import { articlePath, ask, listen, tell } from "./api.js"
import { element, facts, replaceContent, say } from "./dom.js"
import { draftTexts, Editor, unsaved } from "./editor.js"
import { Finder } from "./finder.js"
import { handler, showShortcuts, shownKeys } from "./keys.js"
import { meter, placeholder, stateSelect, TODO, unitHead, wanted } from "./list.js"
import * as page from "./page.js"

const texts = document.getElementById("texts")
const bench = document.getElementById("bench")
const notices = document.getElementById("notices")
const said = document.getElementById("said")

const filter = { state: "", interface: false }
let home = null
let article = null
let editor = null
let opened = 0

const finder = new Finder({ article: (address) => openArticle(address), unit: (name) => openUnit(name) })

// Saying

function tellUser(words) {
  said.textContent = ""
  // Emptied first, or the same words would not be read out twice.
  requestAnimationFrame(() => (said.textContent = words))
}

function showHome() {
  document.getElementById("home").textContent = `${facts.site} – ${facts.localeName}`
  replaceContent(document.getElementById("progress"), meter(home.counts))
  const lines = [
    home.problem ? [home.problem, "warning"] : null,
    ...home.broken.map((line) => [line, "warning"]),
    home.errors ? [say("errors", { count: home.errors }), "warning"] : null,
    home.counts.absent ? [say("absentUnits", { count: home.counts.absent, command: "kb-gen i18n update" }), "warning"] : null,
    home.returned ? [say("returned", { count: home.returned }), "note"] : null,
  ].filter(Boolean)
  replaceContent(
    notices,
    lines.map(([words, kind]) => element("p", { class: `notice notice--${kind}` }, words)),
    home.conflicts.length
      ? element(
          "p",
          { class: "notice notice--warning" },
          say("conflicts", { count: home.conflicts.length }),
          " ",
          element("button", { class: "button", type: "button", onclick: () => openUnit(home.conflicts[0]) }, say("conflict")),
        )
      : null,
  )
}

function showTools() {
  replaceContent(
    document.getElementById("tools"),
    element("button", { class: "button", type: "button", title: shownKeys("search"), onclick: search }, say("find")),
    element("button", { class: "button bar__page", type: "button", title: shownKeys("page"), onclick: togglePage }, say("showPage")),
    element("button", { class: "button", type: "button", title: shownKeys("help"), onclick: showShortcuts }, say("shortcuts")),
  )
}

// Opening

async function start() {
  showTools()
  page.prepare({
    unit: (name) => openInArticle(name),
    article: (address) => openArticle(address),
    refused: () => tellUser(say("notAnArticle")),
    keydown: keys,
  })
  document.getElementById("home").addEventListener("click", (event) => {
    event.preventDefault()
    openFinder()
  })
  window.addEventListener("popstate", route)
  window.addEventListener("beforeunload", (event) => {
    if (unsaved().length) event.preventDefault()
  })
  document.addEventListener("keydown", keys)
  await untilReady()
  listen(changed, (there) => bench.toggleAttribute("data-away", !there) || (there ? null : tellUser(say("away"))))
  await route()
}

async function untilReady() {
  for (;;) {
    try {
      home = await ask("home")
      if (home.ready) break
      showOpening(home)
      if (home.problem) return new Promise(() => {})
    } catch (problem) {
      tellUser(problem.message)
    }
    await new Promise((wake) => setTimeout(wake, 150))
  }
  showHome()
}

function showOpening(state) {
  document.getElementById("home").textContent = `${facts.site} – ${facts.localeName}`
  replaceContent(
    texts,
    element(
      "div",
      { class: "opening", role: "status" },
      element("h2", {}, say("opening")),
      element("p", {}, state.problem || say(state.stage)),
      element("progress", { max: 1, value: state.share || null, "aria-label": say("opening") }),
    ),
  )
}

function address(path) {
  return path.split("/").map(decodeURIComponent).join("/")
}

async function route() {
  const [, kind, rest] = location.pathname.match(/^\/(unit|article)\/(.+)$/) ?? []
  if (kind === "unit") await openUnit(rest, false)
  else if (kind === "article") await openArticle(address(rest), null, false)
  else openFinder(false)
}

function remember(path) {
  if (location.pathname !== path) history.pushState(null, "", path)
}

function openFinder(push = true) {
  opened++
  article = null
  editor = null
  if (push) remember("/")
  document.title = `${facts.site} – ${facts.localeName}`
  finder.open(home.domains)
  replaceContent(texts, finder.root)
  page.showNothing(say("choose"))
  bench.removeAttribute("data-page")
  finder.field.focus()
}

function search() {
  openFinder()
  finder.field.select()
}

async function openUnit(name, push = true) {
  const own = ++opened
  let unit
  try {
    unit = await ask(`units/${encodeURIComponent(name)}`)
  } catch (problem) {
    if (own !== opened) return
    openFinder(false)
    tellUser(problem.message)
    notices.append(element("p", { class: "notice notice--warning" }, problem.message))
    return
  }
  if (own !== opened) return
  if (article?.units.some((row) => row.id === name)) return openInArticle(name, push)
  const place = unit.articles[0]?.[0]
  if (place) return openArticle(place, name, push)
  // A text that no article shows: alone, without a page.
  article = { address: "", title: unit.place, units: [rowOf(unit)], counts: null }
  filter.state = ""
  filter.interface = true
  page.showNothing(say("noPage"))
  await openInArticle(name, push)
}

function rowOf(unit) {
  const { id, source, state, kind, place } = unit
  return { id, source, state, kind, place, translation: unit.entry?.msgstr[0] ?? "", own: true, conflict: Boolean(unit.conflict) }
}

async function openArticle(wantedAddress, name = null, push = true) {
  const own = ++opened
  let found
  try {
    found = await ask(`articles/${articlePath(wantedAddress)}`)
  } catch (problem) {
    if (own !== opened) return
    openFinder(false)
    tellUser(problem.message)
    return
  }
  if (own !== opened) return
  article = found
  editor = null
  document.title = `${article.title} – ${facts.localeName}`
  page.show(article.address)
  const first = name ?? (article.units.find((row) => isOpen(row)) ?? article.units.find((row) => wanted(row, filter)))?.id
  if (first) await openInArticle(first, push, name !== null)
  else {
    if (push) remember(`/article/${articlePath(article.address)}`)
    showArticle()
  }
}

const isOpen = (row) => row.kind !== "interface" && row.own && (TODO.has(row.state) || row.conflict || row.refused)

async function openInArticle(name, push = true, scroll = true) {
  const own = ++opened
  const row = article.units.find((one) => one.id === name)
  if (!row) return openUnit(name, push)
  if (row.kind === "interface") filter.interface = true
  let unit
  try {
    unit = await ask(`units/${name}`)
  } catch (problem) {
    tellUser(problem.message)
    return
  }
  if (own !== opened) return
  editor = new Editor(unit, article.address, {
    changed: () => {},
    page: (html) => page.renew(html),
    saved,
    next: nextOpen,
    say: tellUser,
  })
  if (push) remember(`/unit/${name}`)
  showArticle()
  page.mark(name, scroll)
  editor.focus()
  editor.root.closest("li")?.scrollIntoView({ block: "nearest" })
}

function showArticle() {
  const rows = article.units.filter((row) => wanted(row, filter) || row.id === editor?.unit.id)
  const open = article.units.filter(isOpen).length
  const hasInterface = article.units.some((row) => row.kind === "interface")
  replaceContent(
    texts,
    element(
      "div",
      { class: "texts__head" },
      element("button", { class: "button", type: "button", onclick: () => openFinder() }, say("back")),
      element("h2", { class: "texts__title" }, article.title),
      article.counts ? meter(article.counts) : null,
    ),
    element(
      "div",
      { class: "texts__filters" },
      stateSelect(filter.state, (state) => {
        filter.state = state
        showArticle()
      }),
      hasInterface
        ? element(
            "label",
            { class: "check" },
            element("input", {
              type: "checkbox",
              checked: filter.interface,
              onchange: (event) => {
                filter.interface = event.target.checked
                showArticle()
              },
            }),
            say("interfaceWords"),
          )
        : null,
    ),
    open || !article.counts ? null : element("p", { class: "hint hint--good" }, say("allDone")),
    element(
      "ol",
      { class: "units", "aria-label": say("units") },
      rows.map((row) => {
        const isHere = row.id === editor?.unit.id
        return element(
          "li",
          { class: isHere ? "unit unit--open" : "unit", "data-name": row.id },
          unitHead(row, isHere, () => (isHere ? editor.focus() : openInArticle(row.id))),
          isHere ? editor.root : null,
        )
      }),
    ),
    rows.length ? null : placeholder(say("nothingHere")),
  )
}

// Changing

function saved(view, name) {
  const row = article.units.find((one) => one.id === name)
  if (row) {
    row.state = view.state
    row.translation = view.entry?.msgstr[0] ?? ""
    row.conflict = false
    row.refused = view.refused
  }
}

// Something has been saved, here or elsewhere.
let renewing = false
async function changed() {
  if (renewing) return
  renewing = true
  // Several changes in a row are shown at once.
  await new Promise((wake) => setTimeout(wake, 60))
  renewing = false
  try {
    home = await ask("home")
    if (!home.ready) return
    showHome()
    if (!article) return
    if (article.address) {
      const [place, shown] = [article.address, article]
      const fresh = await ask(`articles/${articlePath(place)}`)
      if (article !== shown) return
      const old = new Map(article.units.map((row) => [row.id, row]))
      const others = fresh.units.length !== article.units.length || fresh.units.some((row) => !old.has(row.id))
      const differs = fresh.units.some((row) => JSON.stringify(row) !== JSON.stringify(old.get(row.id)))
      Object.assign(article, fresh)
      await editor?.renew()
      if (others) showAgain()
      else if (differs) refreshRows()
      const drawn = await tell("draft", { article: place, unit: "", msgstr: [], drafts: draftTexts() })
      if (article === shown) page.renew(drawn.html)
    } else await editor?.renew()
  } catch (problem) {
    tellUser(problem.message)
  }
}

// All rows anew, and whoever was typing goes on.
function showAgain() {
  const focused = texts.contains(document.activeElement) ? document.activeElement : null
  showArticle()
  if (focused?.isConnected) focused.focus()
}

// The rows around the one in work, which stays as it is: somebody is typing in it.
function refreshRows() {
  const rows = new Map(article.units.map((row) => [row.id, row]))
  for (const item of texts.querySelectorAll(".unit")) {
    const row = rows.get(item.dataset.name)
    if (!row) continue
    const isHere = row.id === editor?.unit.id
    const focused = item.firstElementChild === document.activeElement
    item.firstElementChild.replaceWith(unitHead(row, isHere, () => (isHere ? editor.focus() : openInArticle(row.id))))
    if (focused) item.firstElementChild.focus()
  }
  const head = texts.querySelector(".texts__head .meter")
  if (head && article.counts) head.replaceWith(meter(article.counts))
}

// Going

function neighbour(step) {
  const rows = article.units.filter((row) => wanted(row, filter) || row.id === editor?.unit.id)
  const place = rows.findIndex((row) => row.id === editor?.unit.id)
  return rows[place + step]
}

function go(step) {
  if (!article) return false
  const row = neighbour(step)
  if (row) openInArticle(row.id)
  return true
}

async function nextOpen() {
  if (!article) return
  const place = article.units.findIndex((row) => row.id === editor?.unit.id)
  const after = [...article.units.slice(place + 1), ...article.units.slice(0, Math.max(place, 0))].find(isOpen)
  if (after) {
    await openInArticle(after.id)
    return
  }
  const here = article.address
  const found = await ask("articles", { state: "open" })
  const next = found.rows.find((row) => row.address !== here)
  showArticle()
  if (next && place >= 0 && here) {
    tellUser(say("allDone"))
    texts.querySelector(".hint--good")?.append(
      " ",
      element("button", { class: "button", type: "button", onclick: () => openArticle(next.address) }, `${say("nextArticle")}: ${next.title}`),
    )
    texts.querySelector(".hint--good button")?.focus()
  } else tellUser(say("allDone"))
  page.mark(editor?.unit.id ?? "", false)
}

function togglePage() {
  const on = bench.toggleAttribute("data-page")
  document.querySelector(".bar__page").textContent = say(on ? "showTexts" : "showPage")
  if (on) {
    page.focus()
    // It may not have been on the screen until now.
    if (editor) page.mark(editor.unit.id)
  } else editor?.focus()
}

function step(event, direction) {
  if (event.target.matches?.("textarea, input, select")) return false
  if (!article) {
    finder.move(direction)
    return true
  }
  const heads = [...texts.querySelectorAll(".unit__head")]
  const place = heads.indexOf(document.activeElement)
  heads[Math.min(Math.max(place + direction, 0), heads.length - 1)]?.focus()
  return true
}

const named = handler({
  saveNext: () => editor?.saveNext(),
  save: () => editor?.save(),
  next: () => go(1),
  previous: () => go(-1),
  nextOpen,
  copy: () => editor?.copy(),
  insert: (number) => editor?.insert(number),
  suggestion: (number) => editor?.suggestion(number),
  review: () => editor?.review(),
  comment: () => editor?.comment(),
  revert: () => editor?.revert(),
  search,
  page: togglePage,
  help: showShortcuts,
  leave: () => {
    if (document.getElementById("shortcuts").open) return false
    texts.querySelector(".unit--open .unit__head")?.focus()
    return true
  },
})

function keys(event) {
  if (!event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
    const direction = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (direction && step(event, direction)) return event.preventDefault()
  }
  named(event)
}

start()
