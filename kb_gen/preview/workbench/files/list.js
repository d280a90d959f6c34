// The texts of an article in the order of its page, the one in work opened.

import { element, facts, hidden, replaceContent, say } from "./dom.js"
import { unsaved } from "./editor.js"

export const TODO = new Set(["untranslated", "review", "absent"])

export function stateMark(state) {
  return element("span", { class: `mark mark--${state}`, title: say(state) }, hidden(say(state)))
}

export function meter(counts, label = true) {
  const total = counts.translated + counts.review + counts.untranslated
  const share = total ? counts.translated / total : 1
  // Rounded down: nothing but all is 100 %.
  const percent = new Intl.NumberFormat(facts.language, { style: "percent" }).format(Math.floor(share * 100) / 100)
  const words = say("counts", { ...counts })
  return element(
    "span",
    { class: "meter", title: words },
    element(
      "span",
      { class: "meter__bar", role: "img", "aria-label": words },
      ["translated", "review"].map((state) => {
        const part = element("span", { class: `meter__part meter__part--${state}` })
        part.style.setProperty("inline-size", `${total ? (counts[state] / total) * 100 : 100 * (state === "translated")}%`)
        return part
      }),
    ),
    label ? element("span", { class: "meter__label" }, percent) : null,
  )
}

export function unitHead(row, expanded, open) {
  const badges = [
    row.conflict ? say("conflict") : null,
    row.refused ? say("refusedUnit") : null,
    row.kind === "message" && row.state !== "optional" ? say("optional") : null,
    row.kind === "interface" ? say("interface") : row.own ? null : say("elsewhere"),
    unsaved().includes(row.id) ? say("unsaved") : null,
  ].filter(Boolean)
  return element(
    "button",
    { class: "unit__head", type: "button", "aria-expanded": expanded === null ? null : String(expanded), onclick: open },
    stateMark(row.state),
    element(
      "span",
      { class: "unit__texts" },
      element("span", { class: "text unit__source", lang: row.kind === "interface" ? "en" : facts.source, dir: "auto" }, row.source),
      expanded
        ? null
        : element(
            "span",
            { class: "text unit__translation", lang: facts.locale, dir: "auto" },
            row.translation || element("span", { class: "quiet", lang: facts.language }, say(row.state)),
          ),
      badges.length ? element("span", { class: "badges" }, badges.map((words) => element("span", { class: "badge" }, words))) : null,
    ),
  )
}

export function wanted(row, filter) {
  if (row.kind === "interface" && !filter.interface) return false
  if (!filter.state) return true
  return filter.state === "open" ? TODO.has(row.state) || row.conflict || row.refused : row.state === filter.state
}

export function stateSelect(value, change, label = say("state")) {
  return element(
    "select",
    { "aria-label": label, onchange: (event) => change(event.target.value) },
    [["", "all"], ["open", "open"], ["untranslated", "untranslated"], ["review", "review"], ["translated", "translated"]].map(
      ([state, words]) => element("option", { value: state, selected: state === value }, say(words)),
    ),
  )
}

export function placeholder(words) {
  return element("p", { class: "empty" }, words)
}

export { replaceContent }
