// Elements from data. Texts become text nodes only, so nothing that a catalog says can become markup.

export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name)
  for (const [key, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value)
    else if (key === "value" || key === "checked" || key === "disabled") made[key] = value
    else made.setAttribute(key, value === true ? "" : String(value))
  }
  made.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false))
  return made
}

export function replaceContent(parent, ...children) {
  parent.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false))
}

export const facts = JSON.parse(document.getElementById("facts").textContent)

// Words of the interface, with their places filled.
export function say(name, values = {}) {
  return (facts.words[name] ?? name).replace(/\{(\w+)\}/g, (place, key) =>
    key in values ? (typeof values[key] === "number" ? values[key].toLocaleString(facts.language) : values[key]) : place,
  )
}

export function hidden(text) {
  return element("span", { class: "unseen" }, text)
}

// A number of seconds after which a busy event is acted upon once.
export function debounced(milliseconds, work) {
  let timer = 0
  return () => {
    clearTimeout(timer)
    timer = setTimeout(work, milliseconds)
  }
}
