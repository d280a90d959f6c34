// The keyboard: what each key does, in the order in which the list of shortcuts tells it.

import { element, replaceContent, say } from "./dom.js"

const mac = navigator.platform.startsWith("Mac")
const CONTROL = mac ? "⌘" : { en: "Ctrl", de: "Strg" }[document.documentElement.lang.slice(0, 2)] ?? "Ctrl"
const ALT = mac ? "⌥" : "Alt"
const SHIFT = mac ? "⇧" : document.documentElement.lang.startsWith("de") ? "Umschalt" : "Shift"

// [action, words, keys as they are shown, does this event mean it]. Digits by their place, as layouts differ.
const alt = (event) => event.altKey && !event.ctrlKey && !event.metaKey && !event.shiftKey
const control = (event) => (mac ? event.metaKey : event.ctrlKey) && !event.altKey && !event.shiftKey
const SHORTCUTS = [
  ["saveNext", "keySaveNext", [CONTROL, "Enter"], (event) => control(event) && event.key === "Enter"],
  ["save", "keySave", [CONTROL, "S"], (event) => control(event) && event.key.toLowerCase() === "s"],
  ["next", "keyNext", [ALT, "↓"], (event) => alt(event) && event.key === "ArrowDown"],
  ["previous", "keyPrevious", [ALT, "↑"], (event) => alt(event) && event.key === "ArrowUp"],
  ["nextOpen", "keyNextOpen", [ALT, "N"], (event) => alt(event) && event.code === "KeyN"],
  ["copy", "keyCopy", [ALT, "C"], (event) => alt(event) && event.code === "KeyC"],
  ["insert", "keyInsert", [ALT, "1 … 9"], (event) => alt(event) && /^Digit[1-9]$/.test(event.code)],
  [
    "suggestion",
    "keySuggestion",
    [ALT, SHIFT, "1 … 5"],
    (event) => event.altKey && event.shiftKey && !event.ctrlKey && !event.metaKey && /^Digit[1-5]$/.test(event.code),
  ],
  ["review", "keyReview", [ALT, "R"], (event) => alt(event) && event.code === "KeyR"],
  ["comment", "keyComment", [ALT, "K"], (event) => alt(event) && event.code === "KeyK"],
  ["revert", "keyRevert", [ALT, "Z"], (event) => alt(event) && (mac ? event.code === "KeyZ" : event.key.toLowerCase() === "z")],
  ["search", "keySearch", [CONTROL, "K"], (event) => control(event) && event.key.toLowerCase() === "k"],
  ["page", "keyPage", [ALT, "P"], (event) => alt(event) && event.code === "KeyP"],
  ["help", "keyHelp", ["F1"], (event) => event.key === "F1" || (event.key === "?" && !isTyping(event))],
  ["leave", "keyLeave", ["Esc"], (event) => event.key === "Escape"],
]

function isTyping(event) {
  return event.target.matches?.("textarea, input, select")
}

// Lets `actions` answer to their keys. One that returns false leaves the key to the browser.
export function handler(actions) {
  return (event) => {
    if (event.isComposing) return
    const found = SHORTCUTS.find(([, , , means]) => means(event))
    const action = found && actions[found[0]]
    if (!action) return
    const digit = /^Digit([1-9])$/.exec(event.code)?.[1]
    if (action(Number(digit ?? 0), event) !== false) event.preventDefault()
  }
}

export function shownKeys(action) {
  const found = SHORTCUTS.find(([name]) => name === action)
  return found ? found[2].join("+") : ""
}

export function showShortcuts() {
  const dialog = document.getElementById("shortcuts")
  const rows = SHORTCUTS.map(([, words, keys]) =>
    element(
      "div",
      { class: "shortcuts__row" },
      element("dt", {}, keys.flatMap((key, place) => [place ? "+" : null, element("kbd", {}, key)])),
      element("dd", {}, say(words)),
    ),
  )
  replaceContent(
    dialog,
    element("h2", { id: "shortcuts-title" }, say("shortcuts")),
    element("dl", {}, rows),
    element("button", { class: "button", type: "button", onclick: () => dialog.close() }, say("close")),
  )
  if (!dialog.open) dialog.showModal()
}
