// The page as readers see it, in a frame in which nothing runs. This script looks into it from outside.

import { element, facts, replaceContent, say } from "./dom.js"

const sheet = document.getElementById("sheet")
const dark = matchMedia("(prefers-color-scheme: dark)")

let frame = null
let shown = ""
let current = ""
let wanted = false
let handlers = {}
let waiting = null

export function prepare(given) {
  handlers = given
  dark.addEventListener("change", dress)
}

export function showNothing(reason) {
  frame = null
  shown = ""
  replaceContent(sheet, element("p", { class: "sheet__empty" }, reason))
}

export function show(address) {
  if (frame && shown === address) return
  shown = address
  waiting = null
  const path = `/page/${facts.path}/${address.split("/").map(encodeURIComponent).join("/")}/index.html`
  frame = element("iframe", {
    class: "sheet__frame",
    title: say("page"),
    sandbox: "allow-same-origin",
    src: path,
    onload: ready,
  })
  replaceContent(sheet, frame)
}

function ready() {
  const page = frame?.contentDocument
  if (!page?.body || page.URL === "about:blank") return
  page.head.append(Object.assign(page.createElement("link"), { rel: "stylesheet", href: "/files/page.css" }))
  page.addEventListener("click", clicked)
  page.addEventListener("keydown", (event) => handlers.keydown?.(event))
  dress()
  if (waiting) renew(waiting)
  waiting = null
  mark(current, wanted)
}

// The site's own script chooses the scheme for readers; here nothing runs, so it is chosen from outside.
function dress() {
  const body = frame?.contentDocument?.body
  if (body?.dataset.mdColorScheme) body.dataset.mdColorScheme = dark.matches ? "slate" : "default"
}

function clicked(event) {
  const link = event.target.closest("a[href]")
  const unit = event.target.closest("[data-unit]")
  if (link && link.getAttribute("href").startsWith("#") && !unit) return
  event.preventDefault()
  if (unit && !((event.ctrlKey || event.metaKey) && link)) handlers.unit?.(unit.dataset.unit)
  else if (link) follow(new URL(link.href))
}

function follow(url) {
  const found = url.origin === location.origin ? url.pathname.match(/^\/page\/([^/]+)\/(.+)\/index\.html$/) : null
  if (found && found[1] === facts.path) handlers.article?.(found[2].split("/").map(decodeURIComponent).join("/"))
  else handlers.refused?.()
}

const body = (page) => page.getElementById("top")?.parentElement

// Puts a newer state of the same page into the frame: only what differs, so that nothing flickers or scrolls.
export function renew(html) {
  const page = frame?.contentDocument
  if (!page || !body(page)) {
    waiting = html
    return
  }
  const fresh = new DOMParser().parseFromString(html, "text/html")
  const [old, now] = [body(page), body(fresh)]
  if (!old || !now) return
  adapt(old, now, page)
  mark(current, false)
}

function adapt(old, now, page) {
  const [before, after] = [[...old.childNodes], [...now.childNodes]]
  if (before.length !== after.length || before.some((node, place) => node.nodeName !== after[place].nodeName)) {
    old.replaceChildren(...after.map((node) => page.importNode(node, true)))
    return
  }
  before.forEach((node, place) => {
    const fresh = after[place]
    if (node.isEqualNode(fresh)) return
    if (node.nodeType === Node.ELEMENT_NODE && sameShell(node, fresh)) adapt(node, fresh, page)
    else node.replaceWith(page.importNode(fresh, true))
  })
}

function sameShell(one, other) {
  const plain = (node) => {
    const copy = node.cloneNode(false)
    copy.removeAttribute("data-current")
    return copy
  }
  return plain(one).isEqualNode(plain(other))
}

// Shows which passages are the unit's, and brings the first of them into view.
export function mark(unit, scroll = true) {
  current = unit
  wanted = scroll
  const page = frame?.contentDocument
  if (!page) return
  for (const node of page.querySelectorAll("[data-current]")) node.removeAttribute("data-current")
  if (!unit) return
  const found = page.querySelectorAll(`[data-unit="${CSS.escape(unit)}"]`)
  for (const node of found) node.setAttribute("data-current", "")
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches
  if (scroll && found.length) found[0].scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" })
}

export function focus() {
  frame?.focus()
}
