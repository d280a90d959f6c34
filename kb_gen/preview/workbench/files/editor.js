// One unit in work: its source, its translation, what helps with it, and what is wrong with it.

import { ask, tell } from "./api.js"
import { marked } from "./diff.js"
import { debounced, element, facts, hidden, replaceContent, say } from "./dom.js"
import { shownKeys } from "./keys.js"

const STORE = `workbench:${facts.site}:${facts.locale}`
const same = (one, other) => JSON.stringify(one) === JSON.stringify(other)

// What isn't saved, by unit: it stays while one looks at other units, and when the window is loaded again.
const drafts = new Map(Object.entries(JSON.parse(sessionStorage.getItem(STORE) ?? "{}")))

function keep(name, draft) {
  if (draft) drafts.set(name, draft)
  else drafts.delete(name)
  sessionStorage.setItem(STORE, JSON.stringify(Object.fromEntries(drafts)))
}

export const unsaved = () => [...drafts.keys()]

// The drafts as pages show them.
export function draftTexts() {
  return Object.fromEntries([...drafts].map(([name, draft]) => [name, draft.entry.msgstr[0]]))
}

export class Editor {
  // `hooks`: changed(), saved(view), next() and say(text).
  constructor(unit, article, hooks) {
    this.unit = unit
    this.article = article
    this.hooks = hooks
    this.before = unit.entry
    this.entry = structuredClone(unit.entry)
    this.suggestions = []
    this.terms = unit.terms
    this.findings = unit.findings
    this.history = []
    this.theirs = null
    this.sequence = 0
    const draft = drafts.get(unit.id)
    if (draft && this.entry) {
      this.entry = draft.entry
      // Somebody has saved something else meanwhile.
      if (!same(texts(draft.before), texts(unit.entry))) this.theirs = unit.entry
      this.before = draft.before
    }
    if (!this.theirs) this.contest(!draft)
    this.look = debounced(50, () => this.check())
    this.root = element("div", { class: "editor" })
    this.build()
    this.showHelp()
    this.help()
    if (draft) this.look()
  }

  // What was saved here, and something else stands in the catalog: the fields hold the former until somebody chooses.
  contest(fill) {
    const { conflict, entry } = this.unit
    if (!conflict || !entry) return
    this.theirs = entry
    if (fill) this.entry = { ...structuredClone(entry), msgstr: [...conflict.msgstr], fuzzy: conflict.fuzzy }
  }

  get editable() {
    return this.entry !== null
  }

  get dirty() {
    return this.editable && !same(this.entry, this.before)
  }

  // Building

  build() {
    const { unit } = this
    this.fields = []
    this.status = element("p", { class: "editor__status", role: "status" })
    this.findingList = element("ul", { class: "findings", id: "findings-summary", lang: "en", "aria-label": say("checks") })
    this.conflictBox = element("div")
    this.helpBox = element("div", { class: "editor__help" })
    replaceContent(
      this.root,
      element("p", { class: "editor__place", lang: "en" }, unit.place),
      this.explanation(),
      this.conflictBox,
      unit.previous ? this.previous() : null,
      this.editable ? [this.inputs(), this.tools(), this.findingList, this.status] : null,
      this.helpBox,
      this.details(),
    )
    this.showFindings()
    this.showConflict()
  }

  explanation() {
    const { unit } = this
    if (unit.problem) return element("p", { class: "hint hint--warning text", lang: "en" }, unit.problem)
    if (!this.editable)
      return element("p", { class: "hint hint--warning" }, say("explainAbsent", { command: "kb-gen i18n update" }))
    if (unit.kind === "message") return element("p", { class: "hint" }, say("explainMessage"))
    if (unit.kind === "interface") return element("p", { class: "hint" }, say("explainInterface"))
    return null
  }

  previous() {
    const { unit } = this
    const text = (nodes) => element("p", { class: "text", lang: unit.source_language, dir: "auto" }, nodes)
    return element(
      "div",
      { class: "hint" },
      say("was"),
      text(marked(unit.previous, unit.source, "del")),
      text(marked(unit.source, unit.previous, "ins")),
    )
  }

  inputs() {
    const { unit } = this
    const several = unit.forms.length > 1
    return unit.forms.map((form, place) => {
      const id = `translation-${place}`
      const field = element("textarea", {
        id,
        class: "editor__field",
        lang: facts.locale,
        dir: facts.direction,
        spellcheck: "true",
        autocomplete: "off",
        rows: 1,
        "aria-describedby": "findings-summary",
        value: this.entry.msgstr[place] ?? "",
        oninput: () => this.typed(place, oneLine(field, form.source)),
        onkeydown: (event) => {
          // A text of one line stays one.
          if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && !form.source.includes("\n")) event.preventDefault()
        },
      })
      this.fields.push(field)
      return [
        several
          ? element("p", { class: "text editor__source", lang: unit.source_language, dir: "auto" }, form.source)
          : null,
        element(
          "label",
          { class: several ? "label" : "unseen", for: id },
          several ? say("form", { numbers: form.numbers }) : say("translation"),
        ),
        field,
      ]
    })
  }

  tools() {
    const { unit } = this
    const button = (name, action, kind = "button") =>
      element("button", { class: kind, type: "button", title: shownKeys(action), onclick: () => this[action]() }, say(name))
    this.reviewBox = element("input", {
      type: "checkbox",
      checked: this.entry.fuzzy,
      onchange: () => this.setReview(this.reviewBox.checked),
    })
    this.commentField = element("textarea", {
      class: "editor__comment",
      rows: 1,
      "aria-label": say("comment"),
      placeholder: say("comment"),
      value: this.entry.comments,
      oninput: () => {
        this.entry = { ...this.entry, comments: this.commentField.value }
        this.noteDraft()
      },
    })
    return [
      unit.inserts.length
        ? element(
            "div",
            { class: "inserts", role: "group", "aria-label": say("inserts") },
            unit.inserts.map((part, place) =>
              element(
                "button",
                { class: "insert", type: "button", dir: "ltr", title: place < 9 ? `Alt+${place + 1}` : null, onclick: () => this.insert(place + 1) },
                place < 9 ? element("span", { class: "insert__number", "aria-hidden": "true" }, place + 1) : null,
                element("code", {}, part),
              ),
            ),
          )
        : null,
      element(
        "div",
        { class: "editor__tools" },
        button("saveNext", "saveNext", "button button--main"),
        button("save", "save"),
        element("label", { class: "check", title: shownKeys("review") }, this.reviewBox, say("review")),
        button("copy", "copy"),
        button("revert", "revert"),
      ),
      this.commentField,
    ]
  }

  details() {
    const { unit } = this
    const notes = unit.notes.filter((note) => note !== unit.place)
    return element(
      "div",
      { class: "editor__details" },
      notes.length ? element("ul", { class: "notes", lang: "en", "aria-label": say("notes") }, notes.map((note) => element("li", { dir: "auto" }, note))) : null,
      element(
        "p",
        {},
        say("file", { path: unit.path }),
        unit.shown > 1 ? [" · ", say("shownIn", { count: unit.shown })] : null,
      ),
    )
  }

  // Helping

  async help() {
    try {
      this.suggestions = await ask(`units/${this.unit.id}/suggestions`)
      this.showHelp()
    } catch {
      // Without suggestions one translates all the same.
    }
  }

  showHelp() {
    const lang = facts.locale
    const suggestions = this.suggestions.map((one, place) =>
      element(
        "li",
        {},
        element(
          "button",
          { class: "suggestion", type: "button", onclick: () => this.suggestion(place + 1), disabled: !this.editable },
          element("span", { class: "insert__number", "aria-hidden": "true" }, place + 1),
          element(
            "span",
            { class: "suggestion__texts" },
            element("span", { lang, dir: "auto" }, one.targets.join(" / ")),
            one.score < 100
              ? element(
                  "span",
                  { class: "quiet", lang: this.unit.source_language, dir: "auto" },
                  marked(one.source, this.unit.source, "del"),
                )
              : null,
            element("span", { class: "quiet" }, say("match", { score: one.score, origin: one.origin })),
          ),
        ),
      ),
    )
    const terms = this.terms.map((term) =>
      element(
        "li",
        { class: term.missing ? "term term--missing" : "term" },
        element("span", { lang: this.unit.source_language }, term.source),
        " → ",
        element("strong", { lang }, term.targets),
        term.note ? element("span", { class: "quiet" }, ` ${term.note}`) : null,
      ),
    )
    replaceContent(
      this.helpBox,
      terms.length ? [element("h3", {}, say("glossary")), element("ul", { class: "terms" }, terms)] : null,
      suggestions.length ? [element("h3", {}, say("suggestions")), element("ol", { class: "suggestions" }, suggestions)] : null,
    )
  }

  showFindings() {
    const rows = this.findings.map((found) => {
      const place = [...(this.entry?.msgstr[found.form] ?? "")].slice(found.start ?? 0, found.end ?? 0).join("")
      const where = place.trim() && !found.message.includes(place) ? [" ", element("code", { dir: "auto" }, place)] : []
      return element(
        "li",
        { class: `finding finding--${found.severity}` },
        element("span", { class: "finding__text" }, element("strong", {}, found.severity), `: ${found.message}`, where),
        found.help ? element("span", { class: "quiet" }, found.help) : null,
        element("span", { class: "quiet finding__code" }, found.code),
      )
    })
    const refused = this.findings.some((found) => found.severity === "error")
    replaceContent(
      this.findingList,
      rows.length ? rows : null,
      refused ? element("li", { class: "finding", lang: facts.language }, say("refused")) : null,
    )
    this.findingList.hidden = !rows.length
    for (const [place, field] of this.fields.entries())
      field.setAttribute("aria-invalid", String(this.findings.some((found) => found.form === place && found.severity === "error")))
    fit(this.fields)
  }

  showConflict() {
    const { theirs, entry: mine } = this
    if (!theirs || !mine) {
      replaceContent(this.conflictBox)
      return
    }
    const side = (title, own, other, name) =>
      element(
        "div",
        { class: "conflict__side" },
        element("h4", {}, title),
        own.msgstr.map((text, place) =>
          element(
            "p",
            { class: "text", lang: facts.locale, dir: "auto" },
            text ? marked(text, other.msgstr[place] ?? "", name) : element("em", {}, say("empty")),
          ),
        ),
        own.fuzzy ? element("p", { class: "quiet" }, say("review")) : null,
      )
    replaceContent(
      this.conflictBox,
      element(
        "div",
        { class: "conflict", role: "group", "aria-label": say("conflictTitle") },
        element("h3", { tabindex: "-1" }, say("conflictTitle")),
        element("div", { class: "conflict__sides" }, side(say("mine"), mine, theirs, "ins"), side(say("theirs"), theirs, mine, "del")),
        element("p", { class: "quiet" }, say("conflictHelp")),
        element(
          "div",
          { class: "editor__tools" },
          element("button", { class: "button button--main", type: "button", onclick: () => this.keepMine() }, say("takeMine")),
          element("button", { class: "button", type: "button", onclick: () => this.takeTheirs() }, say("takeTheirs")),
        ),
      ),
    )
  }

  // Changing

  typed(place, text) {
    this.remember()
    const msgstr = this.entry.msgstr.with(place, text)
    // Whoever rewrites a translation that waits for approval has looked at it.
    const fuzzy = this.reviewChosen ? this.entry.fuzzy : false
    this.entry = { ...this.entry, msgstr, fuzzy }
    this.reviewBox.checked = fuzzy
    this.noteDraft()
    this.look()
    fit(this.fields)
  }

  put(msgstr, fuzzy = this.entry.fuzzy) {
    this.remember()
    this.entry = { ...this.entry, msgstr, fuzzy }
    this.fields.forEach((field, place) => (field.value = msgstr[place] ?? ""))
    this.reviewBox.checked = fuzzy
    this.noteDraft()
    this.look()
    fit(this.fields)
  }

  remember() {
    const last = this.history.at(-1)
    if (!last || Date.now() - last.time > 1000) this.history.push({ time: Date.now(), entry: this.entry })
    else last.time = Date.now()
  }

  noteDraft() {
    keep(this.unit.id, this.dirty ? { entry: this.entry, before: this.before } : null)
    this.status.textContent = this.dirty ? say("unsaved") : ""
    if (this.theirs) this.showConflict()
    this.hooks.changed()
  }

  setReview(fuzzy) {
    this.remember()
    this.reviewChosen = true
    this.entry = { ...this.entry, fuzzy }
    this.reviewBox.checked = fuzzy
    this.noteDraft()
  }

  async check() {
    const own = ++this.sequence
    try {
      const found = await tell("draft", {
        article: this.article,
        unit: this.unit.id,
        msgstr: this.entry.msgstr,
        drafts: { ...draftTexts(), [this.unit.id]: this.entry.msgstr[0] },
      })
      if (own !== this.sequence) return
      this.findings = found.findings
      this.showFindings()
      this.terms = found.terms
      this.showHelp()
      if (found.html) this.hooks.page(found.html)
    } catch (problem) {
      if (own === this.sequence) this.status.textContent = problem.message
    }
  }

  // What keys and buttons do

  focus() {
    const field = this.fields?.[0]
    if (!field) return
    field.focus()
    field.setSelectionRange(field.value.length, field.value.length)
  }

  active() {
    return this.fields.find((field) => field === document.activeElement) ?? this.fields[0]
  }

  insert(number) {
    const part = this.unit.inserts[number - 1]
    if (!part || !this.editable) return
    const field = this.active()
    field.focus()
    field.setRangeText(part, field.selectionStart, field.selectionEnd, "end")
    this.typed(this.fields.indexOf(field), field.value)
  }

  suggestion(number) {
    const found = this.suggestions[number - 1]
    if (!found || !this.editable) return
    const { targets } = found
    const msgstr = this.entry.msgstr.map((_, place) => targets[place] ?? targets[0])
    this.put(msgstr, this.reviewChosen ? this.entry.fuzzy : false)
    this.focus()
  }

  copy() {
    if (!this.editable) return
    const { forms } = this.unit
    this.put(this.entry.msgstr.map((text, place) => forms[place]?.source ?? text))
    this.focus()
  }

  review() {
    if (this.editable) this.setReview(!this.entry.fuzzy)
  }

  comment() {
    this.commentField?.focus()
  }

  // Back by a step of typing; with none left, to what was there before it was saved.
  revert() {
    if (!this.editable) return
    const step = this.history.pop() ?? (this.saved ? { entry: this.saved } : null)
    if (!step) return
    this.entry = step.entry
    this.fields.forEach((field, place) => (field.value = this.entry.msgstr[place] ?? ""))
    this.reviewBox.checked = this.entry.fuzzy
    this.commentField.value = this.entry.comments
    this.noteDraft()
    this.look()
    fit(this.fields)
  }

  async saveNext() {
    if (await this.save()) this.hooks.next()
  }

  async save() {
    if (!this.editable) return false
    if (!this.dirty) {
      this.status.textContent = say("unchanged")
      return !this.theirs
    }
    // One's own text would replace the other without a word.
    if (this.theirs && same(texts(this.before), texts(this.theirs))) return this.choose()
    const [entry, before] = [this.entry, this.before]
    let view
    try {
      view = await tell("save", { unit: this.unit.id, entry, before })
    } catch (problem) {
      return this.refused(problem.message)
    }
    if (view.outcome === "conflict") {
      this.theirs = view.entry
      return this.choose()
    }
    if (view.outcome !== "saved" && view.outcome !== "unchanged")
      return this.refused(view.problem || say(view.outcome === "unknown" ? "unknown" : "unfitting"))
    this.saved = before
    this.settleWith(view.entry, entry)
    this.hooks.saved(view, this.unit.id)
    const told = say(view.entry.fuzzy && !entry.fuzzy ? "savedForReview" : "saved")
    this.status.textContent = told
    this.hooks.say(told)
    return true
  }

  choose() {
    this.showConflict()
    this.conflictBox.querySelector("h3").focus()
    this.hooks.say(say("conflictTitle"))
    return false
  }

  // What is typed while a save is under way stays.
  settleWith(now, sent) {
    this.before = now
    if (same(this.entry, sent)) {
      this.entry = structuredClone(now)
      this.reviewBox.checked = this.entry.fuzzy
    }
    this.theirs = null
    this.history = []
    this.showConflict()
    this.noteDraft()
  }

  refused(reason) {
    this.status.textContent = say("notSaved", { reason })
    this.hooks.say(this.status.textContent)
    return false
  }

  async keepMine() {
    this.before = this.theirs
    this.theirs = null
    await this.save()
    this.focus()
  }

  async takeTheirs() {
    const { theirs } = this
    this.put(theirs.msgstr, theirs.fuzzy)
    this.settleWith(theirs, this.entry)
    await tell("settle", { unit: this.unit.id }).catch(() => {})
    this.focus()
  }

  // The catalog has changed: by another translator, another program, or by what was just saved.
  async renew() {
    let unit
    try {
      unit = await ask(`units/${this.unit.id}`)
    } catch {
      return
    }
    const now = unit.entry
    if (this.editable && now && this.dirty) {
      const settled = this.theirs && !unit.conflict && same(texts(now), texts(this.entry))
      if (settled) this.settleWith(now, this.entry)
      else if (!same(texts(now), texts(this.before)) && !same(texts(now), texts(this.entry))) this.theirs = now
      this.showConflict()
      return
    }
    if (same(now, this.before) && same(unit.conflict, this.unit.conflict)) return
    this.unit = unit
    this.before = now
    this.entry = structuredClone(now)
    this.theirs = null
    this.contest(true)
    this.findings = unit.findings
    this.terms = unit.terms
    const focused = this.fields?.includes(document.activeElement)
    this.build()
    this.showHelp()
    if (focused) this.focus()
  }
}

// What was pasted into a text of one line may have had several.
function oneLine(field, source) {
  if (source.includes("\n") || !field.value.includes("\n")) return field.value
  const before = field.value.slice(0, field.selectionEnd).replace(/\s*\n\s*/g, " ").length
  field.value = field.value.replace(/\s*\n\s*/g, " ")
  field.setSelectionRange(before, before)
  return field.value
}

function texts(entry) {
  return entry && [entry.msgstr, entry.fuzzy]
}

// As high as the text, where the style sheet alone can't do that yet.
function fit(fields) {
  if (CSS.supports("field-sizing", "content")) return
  for (const field of fields) {
    field.style.height = "auto"
    field.style.height = `${field.scrollHeight + 2}px`
  }
}
