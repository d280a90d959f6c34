/* Recognises events: in a line of a log, in what Event Viewer copies, in an ID, a code or a symbolic name.

   It works on texts alone and touches no page. `kbRecognise.index(data)` prepares the events of a `data.js` once;
   `kbRecognise.recognise(index, text)` gives the events that a text is about, best first, with the values of their
   insertion strings; `kbRecognise.requested(index, query)` those that Event Viewer's help link asks for.

   A message is found by looking for its template's literal texts one after the other. That takes time in proportion
   to the text whatever it holds: there is no pattern that could go back and try again. */
"use strict"
globalThis.kbRecognise = (() => {
  const LONGEST_TEXT = 20000
  const MOST_HITS = 100
  const MOST_OCCURRENCES = 20

  const WORD = /[\p{L}\p{N}]/u
  const NUMBER = /^(?:0x[0-9a-f]{1,8}|-?[0-9]{1,10})$/i

  /* Names are compared without case, blanks and punctuation: `MSExchange ADAccess` is `msexchangeadaccess`. */
  const key = text => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "")
  /* short words stand in any text; what tells a message from others are the longer ones */
  const meaning = text => text.split(/[^\p{L}\p{N}]+/u).filter(word => word.length > 3).join("").length
  const letters = text => text.replace(/[^\p{L}\p{N}]+/gu, "").length
  const straight = text => text.replace(/[‘’‚‛]/g, "'").replace(/[“”„‟]/g, '"')
  const compact = text => straight(text).replace(/\s+/g, " ")
  const isWord = character => character !== undefined && WORD.test(character)

  /* ---- What is known ---------------------------------------------------------------------------------------- */

  const numberOf = id => NUMBER.test(id) ? Number(id) : null

  /* Literals and insertion strings by turns, with a literal, maybe an empty one, at both ends. */
  const prepared = (event, parts) => {
    const literals = [""]
    const gaps = []
    for (const part of parts) {
      if (typeof part === "string")
        literals[literals.length - 1] += part
      else if (literals.length > 1 && literals.at(-1) === "")
        continue /* where two values touch, nobody can say where one ends: the first has it all */
      else {
        gaps.push(part)
        literals.push("")
      }
    }
    const texts = literals.map(compact)
    texts[0] = texts[0].trimStart()
    texts.push(texts.pop().trimEnd())
    const all = texts.join(" ")
    return {
      event,
      texts,
      gaps,
      weight: letters(all),
      strength: meaning(all),
      length: all.length,
      anchor: texts.reduce((longest, text) => text.length > longest.length ? text : longest),
    }
  }

  const grouped = (things, keyOf) => {
    const groups = new Map()
    for (const thing of things) {
      const name = keyOf(thing)
      if (name === null || name === "") continue
      if (groups.has(name)) groups.get(name).push(thing)
      else groups.set(name, [thing])
    }
    return groups
  }

  const index = data => {
    const events = data.events.map((row, position) => {
      const [id, source, symbol, summary, address, templates, names, level, product, version, language] = row
      return {
        position, id, symbol, summary, address, templates, version, language,
        number: numberOf(id),
        source: data.sources[source],
        level: data.levels[level],
        product: data.products[product],
        names: new Map(names.map(([number, name, lang]) => [number, { name, lang: lang || "" }])),
        sourceKey: key(data.sources[source]),
        symbolKey: key(symbol),
      }
    })
    const templates = events.flatMap(event => event.templates.map(parts => prepared(event, parts)))
    return {
      data,
      events,
      templates,
      byText: grouped(templates, template => template.gaps.length ? null : template.texts[0]),
      byNumber: grouped(events, event => event.number),
      byId: grouped(events, event => event.id.toLowerCase()),
      bySource: grouped(events, event => event.sourceKey),
      bySymbol: grouped(events, event => event.symbolKey),
    }
  }

  /* ---- Texts ------------------------------------------------------------------------------------------------ */

  /* A text with every run of blanks made one, and the way back to the text as it was. */
  const normalised = original => {
    const given = straight(original)
    const places = []
    const lines = [] /* where lines begin, and whether they are indented */
    let text = ""
    let blank = true
    let fresh = true
    let indented = false
    for (let place = 0; place < given.length; place += 1) {
      const character = given[place]
      if (character === "\n") {
        fresh = true
        indented = false
      }
      if (/\s/.test(character)) {
        if (fresh && character !== "\n" && character !== "\r") indented = true
        if (!blank) {
          text += " "
          places.push(place)
        }
        blank = true
        continue
      }
      if (fresh) {
        lines.push({ start: text.length, indented })
        fresh = false
      }
      blank = false
      text += character
      places.push(place)
    }
    places.push(given.length)
    const end = text.trimEnd().length
    lines.forEach((line, number) => {
      line.end = number + 1 < lines.length ? lines[number + 1].start - 1 : end
    })
    return { text: text.slice(0, end), places, lines, original }
  }

  const original = (page, start, end) => page.original.slice(page.places[start], page.places[end]).trim()

  const lineAt = (page, place) => {
    let low = 0
    let high = page.lines.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (page.lines[middle].start <= place) low = middle
      else high = middle - 1
    }
    return low
  }

  const MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)"
  const STAMPS = [
    /\d{4}[-/.]\d{2}[-/.]\d{2}(?:[T ,]+\d{2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)?(?: ?(?:Z|UTC|[+-]\d{2}:?\d{2}))?/y,
    /\d{1,2}[./]\d{1,2}[./]\d{2,4},? \d{1,2}:\d{2}(?::\d{2})?(?: ?[AP]M)?/y,
    new RegExp(`${MONTH} {1,2}\\d{1,2}(?: \\d{4})?,? \\d{2}:\\d{2}:\\d{2}`, "y"),
    /\d{2}:\d{2}:\d{2}(?:[.,]\d{1,9})?/y,
  ]
  const LEVEL = new RegExp(
    "[[(]?(?:fatal|critical|error|warn(?:ing)?|information(?:al)?|info|notice|note|debug|trace|verbose|system" +
      "|kritisch|fehler|warnung|informationen|hinweis)[\\])]?[:\\s]", "iy")
  const HEADERS = [/<\d{1,3}>(?:1 )?/y, /\[[^\]]{1,60}\]:?/y, /\d{1,9} (?=\[)/y, LEVEL]
  const BEHIND_HEADER = /[-|,:;\s]+/y
  const HOST = /[\w.-]{1,64}(?= [\w./-]{1,64}(?:\[\d{1,9}\])?: )/y
  const PROGRAM = /[\w./-]{1,64}(?:\[\d{1,9}\]:|: )/y

  /* Where a line's own text begins, behind time, host, program and level. */
  const headerEnd = (text, start, end) => {
    let place = start
    /* a host or a program's name counts as one only behind a time, and once */
    let names = []
    const taken = pattern => {
      pattern.lastIndex = place
      const match = pattern.exec(text)
      if (!match || !match[0] || place + match[0].length > end) return false
      place += match[0].length
      if (STAMPS.includes(pattern)) names = [HOST, PROGRAM]
      else if (pattern === HOST) names = [PROGRAM]
      else if (pattern === PROGRAM) names = []
      return true
    }
    for (let round = 0; round < 12; round += 1) {
      const between = place > start ? [BEHIND_HEADER] : []
      if (![...STAMPS, ...HEADERS, ...names, ...between].some(taken)) return place
    }
    return place
  }

  /* ---- Messages --------------------------------------------------------------------------------------------- */

  /* The first place of `literal` between `start` and `end` that doesn't begin in the middle of a word. */
  const findStart = (text, literal, start, end) => {
    let place = text.indexOf(literal, start)
    for (let tries = 0; place >= 0 && place + literal.length <= end && tries < MOST_OCCURRENCES; tries += 1) {
      if (!isWord(literal[0]) || place === 0 || !isWord(text[place - 1])) return place
      place = text.indexOf(literal, place + 1)
    }
    return -1
  }

  /* Where the last literal stands: at the end of its line if it can, else where it comes first; a mere full stop or
     quotation mark stands as late in the line as it can. */
  const findLast = (page, literal, start, end) => {
    const { text } = page
    const fits = place => place >= start && place + literal.length <= end &&
      !(isWord(literal.at(-1)) && isWord(text[place + literal.length]))
    const lineEnd = Math.min(end, page.lines[lineAt(page, start)].end)
    for (const stop of [lineEnd, end]) {
      const place = stop - literal.length
      if (text.startsWith(literal, place) && fits(place) && !(stop === end && stop !== lineEnd && letters(literal) < 4))
        return place
    }
    if (!letters(literal)) {
      const place = text.lastIndexOf(literal, lineEnd - literal.length)
      if (fits(place)) return place
    }
    let place = text.indexOf(literal, start)
    for (let tries = 0; place >= 0 && tries < MOST_OCCURRENCES; tries += 1) {
      if (fits(place)) return place
      place = text.indexOf(literal, place + 1)
    }
    return -1
  }

  /* The end of a value that ends the message: that of its line, with the indented lines below it (a stack trace). */
  const valueEnd = (page, start, end) => {
    let line = lineAt(page, start)
    while (line + 1 < page.lines.length && page.lines[line + 1].indented && page.lines[line + 1].start < end) line += 1
    return Math.max(start, Math.min(end, page.lines[line].end))
  }

  /* A template's whole message between `start` and `end`; null if it isn't there. */
  const matchWhole = (page, template, start, end) => {
    const { text } = page
    const { texts, gaps } = template
    const last = texts.length - 1
    if (last === 0) {
      const place = findStart(text, texts[0], start, end)
      const stop = place + texts[0].length
      if (place < 0 || (isWord(texts[0].at(-1)) && isWord(text[stop]))) return null
      return { spans: [], start: place, end: stop }
    }
    let begin = texts[0] ? findStart(text, texts[0], start, end) : start
    if (begin < 0) return null
    let cursor = begin + texts[0].length
    const spans = []
    for (let number = 1; number <= last; number += 1) {
      const literal = texts[number]
      const place = number < last ? text.indexOf(literal, cursor)
        : literal ? findLast(page, literal, cursor, end) : valueEnd(page, cursor, end)
      if (place < 0 || place + literal.length > end) return null
      spans.push([gaps[number - 1], cursor, place])
      cursor = place + literal.length
      if (number > 1) continue
      if (!texts[0]) {
        /* a value that begins the message begins behind the line's header, in the line where it ends */
        const line = page.lines[lineAt(page, Math.max(start, place - 1))]
        begin = Math.min(place, headerEnd(text, Math.max(start, line.start), place))
      } else if (letters(texts[0]) > 3) {
        /* the same beginning may also stand in a line above */
        const nearer = text.lastIndexOf(texts[0], place - texts[0].length)
        if (nearer > begin && lineAt(page, nearer) > lineAt(page, begin) && !(isWord(texts[0][0]) && isWord(text[nearer - 1]))) begin = nearer
      }
      spans[0][1] = begin + texts[0].length
    }
    return { spans, start: begin, end: cursor }
  }

  /* Whether a message has its line for itself, but for the header. */
  const alone = (page, match) => {
    const line = page.lines[lineAt(page, match.start)]
    const stop = page.lines[lineAt(page, Math.max(match.start, match.end - 1))].end
    return match.start <= headerEnd(page.text, line.start, line.end) && stop - match.end <= 1
  }

  const whole = (page, template) => {
    const { text } = page
    const { anchor } = template
    let place = text.indexOf(anchor)
    if (place < 0 || template.weight < 4) return null
    let found = null
    /* line by line first: a value rarely goes over the end of one */
    for (let tries = 0; place >= 0 && !found && tries < MOST_OCCURRENCES; tries += 1) {
      const line = page.lines[lineAt(page, place)]
      found = matchWhole(page, template, line.start, line.end)
      if (found && !template.texts.at(-1)) {
        const span = found.spans.at(-1)
        found.end = span[2] = valueEnd(page, span[1], text.length)
      }
      place = text.indexOf(anchor, Math.max(line.end, place + 1))
    }
    if (!found && page.lines.length > 1 && template.strength > 11) found = matchWhole(page, template, 0, text.length)
    if (!found) return null
    const tiny = template.strength < 8
    const enough = template.weight > 9 || (template.strength > 3 && template.weight > 5)
    if (tiny && !(enough && alone(page, found))) return null
    /* among equals the one that also explains more of the punctuation */
    return { ...found, score: template.weight + template.length / 100 + (tiny ? 0 : 2), whole: true }
  }

  /* How long the longest beginning of `literal` is that ends `text`. */
  const overlapAtEnd = (text, literal, least) => {
    const probe = literal.slice(0, least)
    let place = text.indexOf(probe, Math.max(0, text.length - literal.length + 1))
    for (; place >= 0; place = text.indexOf(probe, place + 1))
      if (literal.startsWith(text.slice(place))) return text.length - place
    return 0
  }

  /* How long the longest end of `literal` is that begins `text`. */
  const overlapAtStart = (text, literal, least) => {
    const probe = text.slice(0, least)
    for (let place = literal.indexOf(probe); place >= 0; place = literal.indexOf(probe, place + 1))
      if (text.startsWith(literal.slice(place))) return literal.length - place
    return 0
  }

  /* On with the literals behind number `from`, whose end is at `cursor`, to the template's end or the text's. */
  const follow = (page, template, from, cursor, start, spans = []) => {
    const { text } = page
    const { texts, gaps } = template
    let matched = meaning(text.slice(spans.length ? spans[0][2] : start, cursor))
    let end = cursor
    for (let number = from + 1; number < texts.length; number += 1) {
      const literal = texts[number]
      const place = literal ? text.indexOf(literal, end) : text.length
      const overlap = place < 0 ? overlapAtEnd(text.slice(end), literal, 1) : 0
      const stop = place < 0 ? text.length - overlap : place
      spans.push([gaps[number - 1], end, stop, place < 0 && !overlap])
      matched += meaning(place < 0 ? literal.slice(0, overlap) : literal)
      if (place < 0) return { start, end: text.length, matched, spans }
      end = place + literal.length
    }
    return { start, end, matched, spans }
  }

  /* The ways in which the text can be a part of the message. */
  const parts = function* (page, template) {
    const { text } = page
    const { texts, gaps } = template
    const begin = texts[0] ? findStart(text, texts[0], 0, text.length) : -1
    if (begin >= 0) yield follow(page, template, 0, begin + texts[0].length, begin)
    const overlap = texts[0].length > 12 ? overlapAtEnd(text, texts[0], 12) : 0
    if (overlap) yield { start: text.length - overlap, end: text.length, matched: meaning(texts[0].slice(0, overlap)), spans: [] }
    for (const [number, literal] of texts.entries()) {
      const known = literal.length > 3 ? overlapAtStart(text, literal, 4) : 0
      if (known) yield follow(page, template, number, known, 0)
    }
    const number = texts.findIndex((literal, place) => place && literal.length > 8 && text.includes(literal))
    if (number > 0) {
      const place = text.indexOf(texts[number])
      yield follow(page, template, number, place + texts[number].length, 0, [[gaps[number - 1], 0, place, true]])
    }
  }

  /* A message of which only a part is there: cut off in front, behind, or both. */
  const partial = (page, template) => {
    const { text } = page
    if (template.strength < 12) return null
    const within = text.length > 11 && template.texts.some(literal => literal.includes(text))
    let best = within ? { start: 0, end: text.length, matched: meaning(text), spans: [] } : null
    for (const part of parts(page, template)) if (!best || part.matched > best.matched) best = part
    /* three words that stand in a message as they are say enough */
    const least = within && text.split(" ").length > 2 ? 12 : Math.min(24, template.strength * 0.5)
    if (!best || best.matched < 12 || best.matched < least) return null
    /* a value that runs to the text's end may have swallowed what doesn't fit */
    const swallowed = best.spans.some(span => span[3])
    return { ...best, score: best.matched * (swallowed ? 0.6 : 0.8), whole: false }
  }

  const valuesOf = (page, event, spans) => {
    const values = new Map()
    for (const [number, start, end, cut] of spans) {
      if (values.has(number)) continue
      const named = event.names.get(number) || { name: "", lang: "" }
      values.set(number, { number, ...named, value: original(page, start, Math.max(start, end)), cut: Boolean(cut) })
    }
    return [...values.values()].sort((one, other) => one.number - other.number)
  }

  const overlapping = (one, other) => one.start < other.end && other.start < one.end

  const messages = (templates, text) => {
    const page = normalised(text.slice(0, LONGEST_TEXT).replace(/(?:\.\.\.|…)\s*$/, ""))
    if (!page.text) return []
    const matches = []
    const numbers = new Set(page.text.slice(0, 2000).match(/[0-9]{2,10}/g))
    const search = way => {
      for (const template of templates) {
        const match = way(page, template)
        if (!match) continue
        /* of two that fit alike, the one whose ID or source stands beside it */
        const { id, source } = template.event
        const hint = (numbers.has(id) ? 3 : 0) + (page.text.includes(source) ? 3 : 0)
        matches.push({ ...match, score: match.score + hint, event: template.event })
      }
    }
    search(whole)
    if (!matches.some(match => match.score > 15)) search(partial)
    matches.sort((one, other) => other.score - one.score || one.event.position - other.event.position)
    const kept = []
    for (const match of matches) {
      /* what explains a small part of what a better one explains is no second answer */
      const least = better => better.score * (better.whole ? 0.7 : 0.85)
      if (kept.some(better => better.event === match.event || (overlapping(better, match) && match.score < least(better))))
        continue
      kept.push(match)
      if (kept.length === MOST_HITS) break
    }
    return kept.map(match => ({
      event: match.event,
      values: valuesOf(page, match.event, match.spans),
      kind: match.whole ? "message" : "part",
      score: match.score,
    }))
  }

  /* ---- IDs, sources, symbols -------------------------------------------------------------------------------- */

  /* The parts of a message identifier as Windows' message tables have them; null for a plain ID. */
  const decoded = number => {
    const value = number >>> 0
    if (value <= 0xffff || number > 0xffffffff) return null
    return { id: value & 0xffff, severity: value >>> 30, facility: (value >>> 16) & 0xfff, customer: (value >>> 29 & 1) === 1 }
  }

  const withId = (known, text) => {
    const exact = known.byId.get(text.toLowerCase()) || []
    if (!NUMBER.test(text)) return exact
    const number = Number(text)
    const same = known.byNumber.get(number) || known.byNumber.get(number >>> 0) || []
    if (same.length || exact.length) return [...new Set([...exact, ...same])]
    const parts = decoded(number)
    return parts ? known.byNumber.get(parts.id) || [] : []
  }

  const codeNote = text => {
    if (!NUMBER.test(text)) return []
    const number = Number(text)
    const parts = decoded(number)
    if (parts) return [{ code: text, hex: `0x${(number >>> 0).toString(16).padStart(8, "0")}`, ...parts }]
    return /^0x/i.test(text) ? [{ code: text, id: number }] : []
  }

  const inSource = (events, name) => {
    const wanted = key(name)
    const exact = events.filter(event => event.sourceKey === wanted)
    if (exact.length || wanted.length < 3) return { events: exact, exact: true }
    return { events: events.filter(event => event.sourceKey.includes(wanted)), exact: false }
  }

  const FILLERS = new Set(
    ("event eventid id source code number ereignis ereignisid ereigniskennung quelle kennung nummer " +
      "événement evento origen origine").split(" "))

  const named = (event, score) => ({ event, values: [], kind: "name", score })

  /* Those of `events` whose source is `name`, or whose symbol begins with it. */
  const ofSourceOrSymbol = (events, name) => {
    const found = inSource(events, name).events
    const wanted = key(name)
    return found.length || wanted.length < 4 ? found : events.filter(event => event.symbolKey.startsWith(wanted))
  }

  /* `source id` in any order and with anything between, or an ID alone. */
  const byPair = (known, text) => {
    const words = text.split(/[\s,;:/\\|#=()[\]"'<>]+/).filter(word => word && !FILLERS.has(key(word)))
    const ids = words.filter(word => NUMBER.test(word) || (words.length < 4 && known.byId.has(word.toLowerCase())))
    for (const id of ids) {
      const rest = words.filter(word => word !== id).join("")
      const events = withId(known, id)
      const hits = rest ? ofSourceOrSymbol(events, rest) : events
      if (hits.length) return { hits: hits.map(event => named(event, 100)), notes: codeNote(id) }
    }
    const alone = words.length === 1 && ids.length === 1
    return { hits: [], notes: alone ? codeNote(ids[0]) : [] }
  }

  const bySymbol = (known, text) => {
    const wanted = key(text)
    if (wanted.length < 3) return []
    const exact = known.bySymbol.get(wanted)
    if (exact) return exact.map(event => named(event, 100))
    const ranked = []
    for (const event of known.events) {
      const place = event.symbolKey.indexOf(wanted)
      if (place === 0) ranked.push(named(event, 60))
      else if (place > 0 && wanted.length > 3) ranked.push(named(event, 40))
    }
    if (!ranked.length) return (known.bySource.get(wanted) || []).map(event => named(event, 20))
    return ranked.sort((one, other) => other.score - one.score || one.event.position - other.event.position)
  }

  /* ---- What Event Viewer and other programs put around a message -------------------------------------------- */

  const LABELS = {
    source: "source|sourcename|event ?source|provider|providername|provider_name|quelle|ereignisquelle|origen|origine",
    id: "event ?id|eventid|event_id|event ?code|id|ereignis-?id|ereigniskennung|id (?:de l['’])?événement|id\\. del evento|id evento|evento id",
  }
  const labelled = label =>
    new RegExp(`(?:^|[\\s{,;|"'(])(?:${label})["']?\\s{0,20}[:=]\\s{0,40}["']?([^"'\\n\\r,;|}]{1,120})`, "iu")
  const SOURCE_FIELD = labelled(LABELS.source)
  const ID_FIELD = labelled(LABELS.id)

  const fieldsOf = text => {
    const source = SOURCE_FIELD.exec(text)
    const id = ID_FIELD.exec(text)
    const number = id && /^(?:0x[0-9a-f]{1,8}|-?[0-9]{1,10})(?![\p{L}\p{N}])/iu.exec(id[1].trim())
    return { source: source ? source[1].trim() : "", id: number ? number[0] : "" }
  }

  /* The fields and data of an event in Windows' XML; null if the text is none. A cut-off one is completed as far as
     a parser needs it. */
  const fromXml = text => {
    const start = text.search(/<Event[\s>]|<System[\s>]/)
    if (start < 0 || typeof DOMParser === "undefined") return null
    const stop = text.indexOf("</Event>", start)
    const markup = stop < 0 ? text.slice(start) : text.slice(start, stop + 8)
    const parsed = new DOMParser().parseFromString(markup.replace(/<!DOCTYPE[^>]*>/gi, ""), "text/xml")
    const damaged = parsed.getElementsByTagName("parsererror").length > 0
    const root = damaged ? new DOMParser().parseFromString(markup, "text/html") : parsed
    const first = name => root.getElementsByTagName(name)[0]
    const provider = first(damaged ? "provider" : "Provider")
    const id = first(damaged ? "eventid" : "EventID")
    if (!provider && !id) return null
    const data = [...root.getElementsByTagName(damaged ? "data" : "Data")].filter(node => node.parentNode.nodeName.toLowerCase() !== "system")
    const message = first(damaged ? "message" : "Message")
    const source = provider && (provider.getAttribute("Name") || provider.getAttribute("name") || "")
    const other = provider && (provider.getAttribute("EventSourceName") || provider.getAttribute("eventsourcename") || "")
    return {
      source: source || other || "",
      other: other || "",
      id: id ? id.textContent.trim() : "",
      values: data.map(node => node.textContent),
      text: message ? message.textContent : "",
    }
  }

  /* The texts in a JSON record, which is how log shippers write events. */
  const fromJson = text => {
    const trimmed = text.trim()
    if (!/^[{[]/.test(trimmed)) return null
    let value
    try {
      value = JSON.parse(trimmed)
    } catch {
      return null
    }
    const texts = []
    const fields = []
    const visit = (node, name, depth) => {
      if (depth > 12 || texts.length > 200) return
      if (typeof node === "string") texts.push(node)
      if (typeof node === "string" || typeof node === "number") fields.push(`${name}: ${String(node).split("\n", 1)[0]}`)
      else if (node && typeof node === "object")
        for (const [inner, child] of Object.entries(node)) visit(child, inner, depth + 1)
    }
    visit(value, "", 0)
    return { ...fieldsOf(fields.join("\n")), text: texts.join("\n"), values: [], other: "" }
  }

  /* The event that fields name, with the values that its message or its data give. */
  const fromFields = (known, fields) => {
    if (!fields.id) return []
    const events = withId(known, fields.id)
    if (!fields.source) return []
    let chosen = events.filter(event => [key(fields.source), key(fields.other || fields.source)].includes(event.sourceKey))
    if (!chosen.length) chosen = inSource(events, fields.source).events
    if (!chosen.length) return []
    const own = new Set(chosen)
    const told = messages(known.templates.filter(template => own.has(template.event)), fields.text)
    const hits = chosen.map(event => {
      const heard = told.find(hit => hit.event === event)
      const values = heard ? heard.values : fields.values.map((value, place) => {
        const name = event.names.get(place + 1) || { name: "", lang: "" }
        return { number: place + 1, ...name, value, cut: false }
      })
      return { event, values, kind: "fields", score: 200 + (heard ? heard.score : 0) }
    })
    return hits.sort((one, other) => other.score - one.score || one.event.position - other.event.position)
  }

  /* A symbol, or a source beside an ID, somewhere in a text that no template fits. */
  const mentioned = (known, text) => {
    const found = new Set()
    for (const word of text.slice(0, LONGEST_TEXT).split(/[^\p{L}\p{N}_]+/u))
      if (word.length > 5 && /\p{L}/u.test(word)) for (const event of known.bySymbol.get(key(word)) || []) found.add(event)
    const lower = text.slice(0, LONGEST_TEXT).toLowerCase()
    for (const events of known.bySource.values()) {
      const source = events[0].source.toLowerCase()
      let place = lower.indexOf(source)
      for (let tries = 0; place >= 0 && tries < MOST_OCCURRENCES; tries += 1) {
        const behind = lower.slice(place + source.length, place + source.length + 30)
        const match = /^[^\p{L}\p{N}]{1,4}(?:event[^\p{L}\p{N}]{0,2})?(?:id[^\p{L}\p{N}]{0,3})?(0x[0-9a-f]{1,8}|[0-9]{1,10})(?![\p{L}\p{N}])/u.exec(behind)
        if (match && !isWord(lower[place - 1]))
          for (const event of inSource(withId(known, match[1]), source).events) found.add(event)
        place = lower.indexOf(source, place + 1)
      }
    }
    return [...found].slice(0, MOST_HITS).map(event => named(event, 30))
  }

  /* ---- Everything together ---------------------------------------------------------------------------------- */

  /* Each event with the first hit that it has. */
  const once = hits => {
    const first = new Map()
    for (const hit of hits) if (!first.has(hit.event)) first.set(hit.event, hit)
    return [...first.values()]
  }

  /* Marks that can't be seen but come along when something is copied from a dialog, and what ends a sentence. */
  const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g

  const recognise = (known, given) => {
    const seen = given.replace(INVISIBLE, "").trim()
    const text = /^\S+[.,;:]$/.test(seen) ? seen.slice(0, -1) : seen
    if (!text) return { hits: [], notes: [] }
    const structured = fromXml(text.slice(0, LONGEST_TEXT)) || fromJson(text)
    const fields = structured || { ...fieldsOf(text.slice(0, LONGEST_TEXT)), text, values: [], other: "" }
    const told = fromFields(known, fields)
    if (told.length) return { hits: told, notes: codeNote(fields.id).filter(note => "severity" in note) }
    if (text.length < 200 && !text.includes("\n") && !structured) {
      const pair = byPair(known, text)
      if (pair.hits.length) return pair
      const spoken = (known.byText.get(compact(text)) || []).map(({ event }) => named(event, 100))
      const symbols = /\s\S+\s\S+\s\S+\s/.test(text) ? [] : bySymbol(known, text)
      /* a message of a few words may look like a symbol's */
      const heard = symbols.length && /\s/.test(text) && !spoken.length ? messages(known.templates, text) : []
      const hits = symbols.length ? once([...spoken, ...heard.filter(hit => hit.kind === "message"), ...symbols]) : spoken
      if (hits.length) return { hits: hits.slice(0, MOST_HITS), notes: [] }
      if (pair.notes.length) return pair
    }
    const heard = messages(known.templates, fields.text || text)
    return { hits: heard.length ? heard : mentioned(known, text), notes: [] }
  }

  const narrowed = (events, test) => {
    const fewer = events.length > 1 ? events.filter(test) : events
    return fewer.length ? fewer : events
  }

  const sameProduct = (event, name) => {
    const wanted = key(name)
    return event.product.some(own => key(own) && (wanted.includes(key(own)) || key(own).includes(wanted)))
  }

  const sameVersion = (event, version) => Boolean(event.version) && `${version}.`.startsWith(`${event.version}.`)

  /* The events that Event Viewer's help link asks for; `query` has the link's fields by their lower-case names. */
  const requested = (known, query) => {
    const { evtid = "", evtsrc = "", prodname = "", prodver = "" } = query
    const id = evtid.trim()
    let events = id ? withId(known, id) : known.events
    if (id && !events.length) events = known.bySymbol.get(key(id)) || []
    let sure = Boolean(id)
    if (evtsrc.trim()) {
      const found = inSource(events, evtsrc)
      events = found.events
      sure = sure && found.exact
    } else if (!id) {
      events = []
    }
    if (prodname) events = narrowed(events, event => sameProduct(event, prodname))
    if (prodver) events = narrowed(events, event => sameVersion(event, prodver))
    return { hits: events.slice(0, MOST_HITS).map(event => named(event, 100)), notes: codeNote(id), sure }
  }

  return { index, recognise, requested }
})()
