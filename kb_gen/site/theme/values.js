/* Shows an article with the values of one event: in the table of insertion strings, and in the commands, ready to copy.

   The values come from the lookup page behind the `#` of the address, as JSON: `#values=[[1,"C:"]]`. No server learns of
   them. `kb.js` loads this script for such an address only. Texts stay texts, whatever they hold. */
"use strict"
globalThis.kbValues = (() => {
  const MARK = "#values="
  const LONGEST = 8000
  const MOST = 99

  const fromAddress = () => {
    if (!location.hash.startsWith(MARK) || location.hash.length > LONGEST) return new Map()
    try {
      const told = JSON.parse(decodeURIComponent(location.hash.slice(MARK.length)))
      const sound = Array.isArray(told) && told.length <= MOST && told.every(pair => Array.isArray(pair) &&
        Number.isInteger(pair[0]) && pair[0] > 0 && pair[0] <= MOST && typeof pair[1] === "string")
      return new Map(sound ? told.map(([number, value]) => [number, value]) : [])
    } catch {
      return new Map()
    }
  }

  const element = (name, attributes, ...children) => {
    const made = document.createElement(name)
    for (const [attribute, value] of Object.entries(attributes)) made.setAttribute(attribute, value)
    made.append(...children)
    return made
  }

  const undo = []

  const fillLegend = (content, values, words) => {
    for (const table of content.querySelectorAll(".kb-legend")) {
      const cells = [element("th", { scope: "col" }, words.value)]
      /* beside the name: on narrow screens, what is further to the right is out of sight */
      const add = (row, cell) => row.cells[1].after(cell)
      add(table.tHead.rows[0], cells[0])
      for (const row of table.tBodies[0].rows) {
        const value = values.get(Number(row.dataset.parameter))
        const code = value === undefined ? "–" : element("code", { translate: "no", dir: "auto", class: "kb-value" }, value)
        cells.push(element("td", {}, code))
        add(row, cells.at(-1))
      }
      undo.push(() => cells.forEach(cell => cell.remove()))
    }
  }

  /* A command's texts and the places of values in it, by turns. */
  const partsOf = code => {
    const parts = []
    const slots = []
    const visit = node => {
      for (const child of node.childNodes) {
        if (child.nodeType === Node.TEXT_NODE) {
          if (typeof parts.at(-1) === "string") parts[parts.length - 1] += child.data
          else parts.push(child.data)
        } else if (child.matches(".kb-slot")) {
          parts.push(Number(child.dataset.parameter))
          slots.push(child)
        } else if (!child.matches("nav, button")) visit(child)
      }
    }
    visit(code)
    return { parts, slots }
  }

  const fillCommands = (content, values) => {
    for (const figure of content.querySelectorAll(".kb-command")) {
      const code = figure.querySelector("pre > code")
      if (!code) continue
      const { parts, slots } = partsOf(code)
      kbQuoting.filled(figure.dataset.shell, parts, values, slots.map(slot => slot.textContent)).forEach((text, number) => {
        if (text === null) return
        const slot = slots[number]
        const name = slot.textContent
        const title = slot.getAttribute("title")
        slot.textContent = text
        slot.title = name
        slot.classList.add("kb-slot--filled")
        undo.push(() => {
          slot.textContent = name
          slot.classList.remove("kb-slot--filled")
          if (title === null) slot.removeAttribute("title")
          else slot.title = title
        })
      })
    }
  }

  const addNote = (content, words) => {
    const button = element("button", { type: "button", class: "md-button kb-values__remove" }, words.remove)
    const note = element("div", { class: "kb-note kb-values", role: "note" }, element("p", {}, words.note), element("p", {}, button))
    button.addEventListener("click", () => {
      remove()
      history.replaceState(history.state, "", location.pathname + location.search)
      content.querySelector("h1")?.scrollIntoView({ block: "nearest" })
    })
    const heading = content.querySelector("h1")
    if (heading) heading.after(note)
    else content.prepend(note)
    undo.push(() => note.remove())
  }

  const remove = () => {
    while (undo.length) undo.pop()()
    delete document.documentElement.dataset.kbValues
  }

  let words = null

  const show = () => {
    const values = fromAddress()
    const content = document.querySelector("[data-md-component=content]") || document.body
    if (!values.size || !words || !content.querySelector("[data-parameter]")) return
    remove()
    document.documentElement.dataset.kbValues = location.hash
    fillLegend(content, values, words)
    fillCommands(content, values)
    addNote(content, words)
  }

  /* The words of the interface, which a locale's own script hands over. */
  const start = given => {
    if (words === null) window.addEventListener("hashchange", show)
    words = given
    show()
  }

  return { start }
})()
