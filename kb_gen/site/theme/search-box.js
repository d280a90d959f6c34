/* The page's side of `search-worker.js`: tells it where it is, and completes what the theme shows of its answers.

   It comes before the theme's script, and listens in where that sends a message to its worker. */
"use strict"
{
  const SETUP = 0
  const PREPARE = "kb-prepare"
  const NOTE = "kb-note"
  const MORE = "kb-more"
  const ITEMS = "kb-items"

  const send = window.Worker.prototype.postMessage

  /* A hit further down, for which the theme has drawn a placeholder. The texts are HTML, as those that the theme draws. */
  const fill = (query, hit, item, base) => {
    const mark = document.querySelector(`[data-kb-query="${query}"][data-kb-hit="${hit}"]`)
    const link = mark?.closest("a")
    if (!link) return
    const address = new URL(item.location, base)
    if (link.search || new URL(link.href).searchParams.has("h"))
      address.searchParams.set("h", Object.keys(item.terms).join(" "))
    link.href = address
    const heading = mark.parentElement
    heading.innerHTML = item.title
    heading.insertAdjacentHTML("afterend", item.text)
  }

  const note = (text, language) => {
    const meta = document.querySelector(".md-search-result__meta")
    if (!meta || document.querySelector("[data-kb-search-note]")) return
    const line = document.createElement("div")
    line.className = "md-search-result__meta"
    line.dataset.kbSearchNote = ""
    line.lang = language
    line.style.lineHeight = "1.5"
    line.style.paddingBottom = ".4rem"
    line.textContent = text
    meta.after(line)
  }

  const accompany = (worker, base) => {
    worker.addEventListener("message", ({ data: message }) => {
      if (message.type === NOTE) note(message.text, message.language)
      else if (message.type === ITEMS) fill(message.query, message.hit, message.item, base)
    })
    const list = document.querySelector(".md-search-result__list")
    new MutationObserver(changes => {
      for (const added of changes.flatMap(change => [...change.addedNodes])) {
        for (const { dataset } of added.querySelectorAll?.("[data-kb-hit]") ?? [])
          send.call(worker, { type: MORE, query: Number(dataset.kbQuery), hit: Number(dataset.kbHit) })
      }
    }).observe(list, { childList: true })
    const box = document.querySelector("[data-md-component=search-query]")
    const prepare = () => send.call(worker, { type: PREPARE })
    if (document.activeElement === box) prepare()
    else box.addEventListener("focus", prepare, { once: true })
  }

  window.Worker.prototype.postMessage = function (message, ...rest) {
    if (message?.type !== SETUP) {
      send.call(this, message, ...rest)
      return
    }
    const config = JSON.parse(document.getElementById("__config").textContent)
    const base = new URL(config.base, location.href)
    const kb = {
      base: `${base}`.replace(/\/?$/, "/"),
      scripts: `${new URL(".", new URL(config.search, location.href))}`,
      local: location.protocol === "file:",
    }
    send.call(this, { ...message, data: { ...message.data, kb } }, ...rest)
    accompany(this, kb.base)
  }
}
