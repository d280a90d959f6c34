/* Recognises events: in a line of a log, in what Event Viewer copies, in an ID, a code or a symbolic name.

   It works on texts alone and touches no page. `kbRecognise.answer(known, text)` tells what a text is about: events, best
   first, with the values of their insertion strings. `kbRecognise.requested(known, query)` gives the events that Event
   Viewer's help link asks for. `known` is what `kbLookup.open` gives.

   It does what `kb_gen/messages/recognition` and `kb_gen/site/answers` do, in the same order, so that the command line
   and the page give the same answers. A message is found by its rarest words; then its template's literal texts are
   looked for one after the other. That takes time in proportion to the text whatever it holds: there is no pattern that
   could go back and try again. */
"use strict"
globalThis.kbRecognise = (() => {
  const LONGEST_TEXT = 20000

  /* ---- Texts (pages.py) ------------------------------------------------------------------------------------- */

  const BLANK = "\\t\\n\\v\\f\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000"
  const UNSPACED = "\\u0e00-\\u0eff\\u1000-\\u109f\\u1780-\\u17ff\\u3040-\\u30ff\\u3400-\\u4dbf\\u4e00-\\u9fff\\uf900-\\ufaff"
  const BLANKS = new RegExp(`[${BLANK}]+`, "gu")
  const IS_BLANK = new RegExp(`[${BLANK}]`, "u")
  const NOT_BLANK = new RegExp(`[^${BLANK}]+`, "gu")
  const WORDS = new RegExp(`[${UNSPACED}]|(?:(?![${UNSPACED}])[\\p{L}\\p{N}])+`, "gu")
  const SPACED = new RegExp(`^(?![${UNSPACED}])[\\p{L}\\p{N}]`, "u")
  const NO_LETTER = /[^\p{L}\p{N}]+/gu
  const SHAPES = { "‘": "'", "’": "'", "‚": "'", "‛": "'", "“": '"', "”": '"', "„": '"', "‟": '"', "ς": "σ" }

  /* Without case and shapes of quotation marks, each character in its place. */
  const folded = text => {
    let lower = text.toLowerCase()
    if (lower.length !== text.length)
      lower = [...text].map(character => {
        const low = character.toLowerCase()
        return low.length === character.length ? low : character
      }).join("")
    return lower.replace(/[‘’‚‛“”„‟ς]/g, character => SHAPES[character])
  }

  const compact = text => text.replace(BLANKS, " ")
  /* no pattern: one for the blanks at the end begins anew at each blank of a run within the text */
  const strip = text => {
    let start = 0
    let end = text.length
    while (start < end && IS_BLANK.test(text[start])) start += 1
    while (end > start && IS_BLANK.test(text[end - 1])) end -= 1
    return text.slice(start, end)
  }
  const wordsIn = text => text.match(WORDS) || []
  const isWord = (text, place) => place >= 0 && place < text.length && SPACED.test(text[place])
  const letters = text => text.replace(NO_LETTER, "").length
  /* short words stand in any text; what tells a message from others are the longer ones */
  const meaning = text => text.split(NO_LETTER).reduce((sum, word) => word.length > 3 ? sum + word.length : sum, 0)

  /* The number of the last place that isn't behind `place`. */
  const lastUpTo = (places, place) => {
    let low = 0
    let high = places.length - 1
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (places[middle] <= place) low = middle
      else high = middle - 1
    }
    return low
  }

  /* A text as it is compared, with the way back to what was written. */
  const pageOf = given => {
    const original = given.slice(0, LONGEST_TEXT)
    const own = []
    const written = []
    const parts = []
    let length = 0
    for (const found of original.matchAll(NOT_BLANK)) {
      own.push(length)
      written.push(found.index)
      parts.push(found[0])
      length += found[0].length + 1
    }
    if (!own.length) {
      own.push(0)
      written.push(0)
    }
    const whole = parts.join(" ")
    const text = folded(whole)
    const begins = [0]
    for (let number = 1; number < own.length; number += 1)
      if (original.slice(written[number - 1], written[number]).includes("\n")) begins.push(own[number])
    const lines = begins.map((start, number) => {
      const place = written[lastUpTo(own, start)]
      const before = place > 0 ? original[place - 1] : ""
      return {
        start,
        end: number + 1 < begins.length ? begins[number + 1] - 1 : text.length,
        indented: before !== "" && before !== "\n" && before !== "\r" && IS_BLANK.test(before),
      }
    })
    return { original, compact: whole, text, lines, begins, own, written, words: [...new Set(wordsIn(text))] }
  }

  const lineAt = (page, place) => lastUpTo(page.begins, place)

  /* What is written between two places, without blanks around it. */
  const writtenAt = (page, start, end) => {
    if (start >= end) return ""
    const back = place => {
      const word = lastUpTo(page.own, place)
      return page.written[word] + place - page.own[word]
    }
    return strip(page.original.slice(back(start), back(end - 1) + 1))
  }

  /* ---- Templates (forms.py) --------------------------------------------------------------------------------- */

  const MOST_VALUES = 200
  const TINY = 8
  const TINY_PAIR = 10
  const forms = new WeakMap()

  /* Texts and values by turns. */
  const formOf = parts => {
    if (forms.has(parts)) return forms.get(parts)
    const literals = [""]
    const numbers = []
    const kinds = []
    for (const part of parts) {
      if (typeof part === "string") literals[literals.length - 1] += part.replaceAll("\0", "")
      else if (numbers.length && literals.at(-1) === "") kinds[kinds.length - 1] = "" /* where two values touch, the first has it all */
      else if (numbers.length === MOST_VALUES) break
      else {
        const [number, kind] = Array.isArray(part) ? part : [part, ""]
        numbers.push(number)
        kinds.push(kind)
        literals.push("")
      }
    }
    const written = literals.map(compact)
    written[0] = written[0].replace(/^ +/, "")
    written.push(written.pop().replace(/ +$/, ""))
    const texts = written.map(folded)
    const together = texts.join(" ")
    const strength = meaning(together)
    const count = numbers.length ? 0 : wordsIn(together).length
    const form = {
      texts, written, numbers, kinds,
      anchor: texts.reduce((longest, text) => text.length > longest.length ? text : longest),
      weight: letters(together),
      strength,
      /* so little that its message has to have a line for itself */
      isTiny: strength < TINY || count === 1 || (count === 2 && strength < TINY_PAIR),
      length: together.length,
    }
    forms.set(parts, form)
    return form
  }

  /* ---- Headers (headers.py) --------------------------------------------------------------------------------- */

  const MONTH = "(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|mär|mrz|mai|okt|dez)"
  const STAMPS = [
    /[0-9]{4}[-/.][0-9]{2}[-/.][0-9]{2}(?:[t ,]{1,2}[0-9]{1,2}:[0-9]{2}(?::[0-9]{2}(?:[.,][0-9]{1,9})?)?)?(?: ?(?:z|utc|[+-][0-9]{2}:?[0-9]{2}))?/y,
    /[0-9]{1,2}[./][0-9]{1,2}[./][0-9]{2,4},? [0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[ap]m)?/y,
    new RegExp(`${MONTH} {1,2}[0-9]{1,2}(?: [0-9]{4})?,? [0-9]{1,2}:[0-9]{2}:[0-9]{2}`, "y"),
    /[0-9]{6} {1,2}[0-9]{1,2}:[0-9]{2}:[0-9]{2}/y,
    /[0-9]{1,2}:[0-9]{2}:[0-9]{2}(?:[.,][0-9]{1,9})?/y,
  ]
  const LEVEL = new RegExp(
    "[\\[(]?(?:fatal|critical|error|warn(?:ing)?|information(?:al)?|info|notice|note|debug|trace|verbose|system" +
      "|kritisch|fehler|warnung|informationen|hinweis)[\\])]?[: ]", "y")
  const CLIENT = /error [0-9]{1,5}(?: \([0-9a-z]{5}\))?(?: at line [0-9]{1,9})?(?: in file: '[^']{1,200}')?: /y
  const CLIENT_NUMBER = /(?<![\p{L}\p{N}])error ([0-9]{1,5}) \([0-9a-z]{5}\)/u
  const CONTAINER = /[a-z0-9][a-z0-9_.-]{0,63} {1,20}\| /y
  const EXCEPTION = /(?:[a-z_$][a-z0-9_$]{0,60}\.){1,12}[a-z0-9_$]{1,60}: (?:\(conn=[0-9]{1,12}\) )?/y
  const HEADERS = [CONTAINER, /<[0-9]{1,3}>(?:1 )?/y, /\[[^\]]{1,60}\]:?/y, /[0-9]{1,9} (?=\[)/y, CLIENT, LEVEL, EXCEPTION,
    /php (?:fatal error|parse error|warning|notice|deprecated): /y,
    /uncaught [a-z0-9_\\]{1,80}: /y,
    /sqlstate\[[0-9a-z]{5}\]:? (?:\[[0-9]{1,6}\] )?(?:[a-z][a-z ]{0,60}: )?(?:[0-9]{1,5} )?/y,
    /slave sql(?: for channel '[^']{0,64}')?: error '/y]
  const NUMBERED = /<[0-9]{1,3}>1 /y
  /* behind the time of a line as RFC 5424 has it: host, program, process, message ID and structured data */
  const FIELDS = / [!-~]{1,255} [!-~]{1,48} [!-~]{1,128} [!-~]{1,32} (?:-|\[[^\]]{1,2000}\]) /y
  const BETWEEN = /(?:[|,:; ]|-(?=[- ]))+/y
  const HOST = /[a-z0-9_.-]{1,64}(?= [a-z0-9_./-]{1,64}(?:\[[0-9]{1,9}\])?: )/y
  const PROGRAM = /[a-z0-9_./-]{1,64}(?:\[[0-9]{1,9}\]:|: )/y
  const ROUNDS = 12

  /* Where a line's own text begins. */
  const headerEnd = (whole, start, end) => {
    const text = whole.slice(0, end)
    let place = start
    /* a host's or a program's name counts as one only behind a time, and once */
    let names = []
    NUMBERED.lastIndex = start
    const fields = NUMBERED.test(text) ? [FIELDS] : []
    const taken = pattern => {
      pattern.lastIndex = place
      const match = pattern.exec(text)
      if (!match || !match[0]) return false
      place += match[0].length
      if (STAMPS.includes(pattern)) names = [HOST, PROGRAM]
      else if (pattern === HOST) names = [PROGRAM]
      else if (pattern === PROGRAM) names = []
      return true
    }
    for (let round = 0; round < ROUNDS; round += 1) {
      const between = place > start ? [BETWEEN] : []
      if (![...STAMPS, ...HEADERS, ...(names.length ? fields : []), ...names, ...between].some(taken)) return place
    }
    return place
  }

  /* ---- Values whose format tells what they look like (values.py) ---------------------------------------------- */

  const LONGEST_VALUE = 300
  const SHAPED = {
    d: /[-+]?[0-9]+/y,
    x: /(?:0x)?[0-9a-f]+/y,
    f: /[-+]?(?:[0-9]+(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?|inf|nan)/y,
    "`": /`[^`]*(?:``[^`]*)*`/y,
    e: /[-+]?[0-9]+(?: "[^"]*")?/y,
  }

  /* Where a value of a kind ends that begins at `start`; -1 if none does. */
  const ownEnd = (text, kind, start, end) => {
    const pattern = SHAPED[kind]
    if (!pattern) return -1
    pattern.lastIndex = text[start] === " " ? 1 : 0
    return pattern.test(text.slice(start, Math.min(end, start + LONGEST_VALUE))) ? start + pattern.lastIndex : -1
  }

  /* Where a literal begins that stands right behind a value of a kind which begins at `start`; -1 if none does. */
  const literalBehind = (text, kind, literal, start, end) => {
    const own = ownEnd(text, kind, start, end)
    return own >= 0 && startsAt(text, literal, own, end) ? own : -1
  }

  /* Whether what stands between two places is a value of a kind; of no kind is anything. */
  const isSuch = (text, kind, start, end) =>
    !SHAPED[kind] || ownEnd(text, kind, start, end) === (end > start && text[end - 1] === " " ? end - 1 : end)

  /* Where the last of the literals between two places ends behind which there's nothing but a value of a kind. */
  const suchBehind = (text, kind, literal, start, end) => {
    const place = findLast(text, literal, start, end)
    const behind = place + literal.length
    return place >= 0 && behind < end && isSuch(text, kind, behind, end) ? behind : -1
  }

  /* What a value says: of an identifier in backticks, the identifier. */
  const saidBy = (value, kind) =>
    kind === "`" && value.length > 1 && value.startsWith("`") && value.endsWith("`")
      ? value.slice(1, -1).replaceAll("``", "`") : value

  /* ---- Matching (matching.py) ------------------------------------------------------------------------------- */

  const MOST_PLACES = 12
  const MORE = 1
  const ENDS = /[.,:;!?)]{0,2}(?: |$)/y

  /* The first place of a text between two others; -1 if there is none. */
  const find = (text, part, start, end = text.length) => {
    const place = text.indexOf(part, start)
    return place >= 0 && place + part.length <= end ? place : -1
  }

  const findLast = (text, part, start, end) => {
    const place = end - part.length < 0 ? -1 : text.lastIndexOf(part, end - part.length)
    return place >= start ? place : -1
  }

  const startsAt = (text, part, place, end = text.length) =>
    place >= 0 && place + part.length <= end && text.startsWith(part, place)

  /* The first place of a literal that doesn't begin in the middle of a word. */
  const firstPlace = (text, literal, start, end) => {
    let place = find(text, literal, start, end)
    for (let tries = 0; tries < MOST_PLACES; tries += 1) {
      if (place < 1 || !(isWord(literal, 0) && isWord(text, place - 1))) return place
      place = find(text, literal, place + 1, end)
    }
    return -1
  }

  /* The first place of a literal behind a value. Around an empty value, one blank is all that is left of two. */
  const nextPlace = (text, kind, literal, cursor, end) => {
    const own = literalBehind(text, kind, literal, cursor, end)
    if (own >= 0) return own
    const place = find(text, literal, cursor, end)
    if (place < 0 && literal[0] === " " && text[cursor - 1] === " ")
      return startsAt(text, literal, cursor - 1, end) ? cursor - 1 : -1
    return place
  }

  const fits = (text, literal, place, start, end) => {
    const stop = place + literal.length
    return place >= start && stop <= end && !(isWord(text, stop) && isWord(literal, literal.length - 1))
  }

  /* Where the last literal stands: at the end of its line if it can, else where it comes first; a mere full stop or
     quotation mark stands as late in the line as it can, unless the value shows where it ends. */
  const lastPlace = (page, kind, literal, start, end) => {
    const { text } = page
    const own = literalBehind(text, kind, literal, start, end)
    if (own >= 0 && fits(text, literal, own, start, end)) return own
    const lineEnd = Math.min(end, page.lines[lineAt(page, start)].end)
    const said = letters(literal)
    for (const stop of [lineEnd, end]) {
      const place = stop - literal.length
      const late = stop === end && stop !== lineEnd && said < 4
      if (!late && startsAt(text, literal, place) && fits(text, literal, place, start, end)) return place
    }
    if (!said) {
      const place = findLast(text, literal, start, lineEnd)
      if (place >= 0 && fits(text, literal, place, start, end)) return place
    }
    let place = find(text, literal, start, end)
    for (let tries = 0; tries < MOST_PLACES && place >= 0; tries += 1) {
      if (fits(text, literal, place, start, end)) return place
      place = find(text, literal, place + 1, end)
    }
    const oneBlank = literal[0] === " " && text[start - 1] === " " && startsAt(text, literal, start - 1, end)
    return oneBlank ? start - 1 : -1
  }

  /* The end of a value that ends the message: that of its line, with the indented lines below it (a stack trace). A number
     or a name in backticks ends before that, unless what follows touches it. */
  const valueEnd = (page, kind, start, end) => {
    const { lines, text } = page
    const own = ownEnd(text, kind, start, end)
    ENDS.lastIndex = own
    if (own >= 0 && (own === end || ENDS.test(text))) return own
    let number = lineAt(page, start)
    while (number + 1 < lines.length && lines[number + 1].indented && lines[number + 1].start < end) number += 1
    return Math.max(start, Math.min(end, lines[number].end))
  }

  /* Where a value that begins the message is looked for: behind the line's header, unless that is a part of it. */
  const behindHeader = (page, form, start, end) => {
    const begin = headerEnd(page.text, start, page.lines[lineAt(page, start)].end)
    return !form.texts[1] || find(page.text, form.texts[1], begin, end) >= 0 ? begin : start
  }

  /* Where a message begins whose first value ends at `place`. */
  const beginOf = (page, first, start, begin, place) => {
    const { text } = page
    if (!first) {
      const line = page.lines[lineAt(page, Math.max(start, place - 1))]
      const lineStart = Math.max(start, line.start)
      const behind = Math.min(place, headerEnd(text, lineStart, place))
      /* where nothing is left of the value, it only looked like a header: a date, a word in brackets */
      return behind === place && !text.slice(lineStart, place).includes(" ") ? lineStart : behind
    }
    if (letters(first) > 3 && page.lines.length > 1) {
      /* the same beginning may also stand in a line above */
      const nearer = findLast(text, first, 0, place)
      const inWord = isWord(first, 0) && isWord(text, nearer - 1)
      if (nearer > begin && lineAt(page, nearer) > lineAt(page, begin) && !inWord) return nearer
    }
    return begin
  }

  /* A template's whole message between two places; null if it isn't there. Spans are number, start, end, cut, kind. */
  const between = (page, form, start, end) => {
    const { text } = page
    const { texts, numbers, kinds } = form
    const last = texts.length - 1
    const [first] = texts
    if (last === 0) {
      const place = firstPlace(text, first, start, end)
      const stop = place + first.length
      return place < 0 || (isWord(text, stop) && isWord(first, first.length - 1)) ? null : { start: place, end: stop, spans: [] }
    }
    let begin = first ? firstPlace(text, first, start, end) : behindHeader(page, form, start, end)
    if (begin < 0) return null
    let cursor = begin + first.length
    const spans = []
    for (let number = 1; number <= last; number += 1) {
      const literal = texts[number]
      const kind = kinds[number - 1]
      const place = number < last ? nextPlace(text, kind, literal, cursor, end)
        : literal ? lastPlace(page, kind, literal, cursor, end) : valueEnd(page, kind, cursor, end)
      if (place < 0) return null
      if (number === 1) {
        begin = beginOf(page, first, start, begin, place)
        cursor = begin + first.length
      }
      if (spans.length && kind && !spans.at(-1)[4] && !isSuch(text, kind, cursor, place)) {
        /* the text before it stands in the value before that as well */
        const behind = suchBehind(text, kind, texts[number - 1], spans.at(-1)[1], place)
        if (behind >= 0) {
          spans.at(-1)[2] = behind - texts[number - 1].length
          cursor = behind
        }
      }
      spans.push([numbers[number - 1], cursor, Math.max(cursor, place), false, kind])
      cursor = place + literal.length
    }
    return { start: begin, end: cursor, spans }
  }

  /* A message that is in one line: values rarely go over the end of one, but for the last. */
  const inLines = (page, form) => {
    const { text } = page
    const { anchor } = form
    let place = text.indexOf(anchor)
    for (let tries = 0; tries < MOST_PLACES && place >= 0; tries += 1) {
      const line = page.lines[lineAt(page, place)]
      const found = between(page, form, line.start, line.end)
      if (found) {
        if (found.spans.length && !form.texts.at(-1)) {
          const span = found.spans.at(-1)
          found.end = span[2] = valueEnd(page, span[4], span[1], text.length)
        }
        return found
      }
      place = find(text, anchor, Math.max(line.end, place + 1))
    }
    return null
  }

  /* Whether a message has its line for itself, but for the header. */
  const alone = (page, start, end) => {
    const line = page.lines[lineAt(page, start)]
    const stop = page.lines[lineAt(page, Math.max(start, end - 1))].end
    return start <= headerEnd(page.text, line.start, line.end) && stop - end <= 1
  }

  /* What speaks against a match: values that are empty, differ where they should be the same, or don't look as they should,
     and other case. Of two that fit, the one is meant that says more of its values. */
  const doubtsOf = (page, form, start, spans) => {
    let doubts = form.kinds.some(Boolean) ? -0.25 : 0
    const seen = new Map()
    for (const [number, begin, stop, , kind] of spans) {
      const value = page.text.slice(begin, stop)
      if (!value) doubts += 0.5
      else if (!isSuch(page.text, kind, begin, stop)) doubts += 1
      if (!seen.has(number)) seen.set(number, value)
      if (seen.get(number) !== value) doubts += 4
    }
    const ends = [start, ...spans.map(span => span[2])]
    if (!form.written.every((literal, number) => page.compact.startsWith(literal, ends[number]))) doubts += 1
    return doubts
  }

  /* Whether a text is all of the page, but for a line's header. Then it may be as short as it likes. */
  const isAll = (page, literal) => {
    const { text } = page
    if (page.lines.length > 1 || !text.endsWith(literal)) return text === literal
    return text.length === literal.length || headerEnd(text, 0, text.length) === text.length - literal.length
  }

  const whole = (page, form) => {
    const { text } = page
    if (!text.includes(form.anchor)) return null
    if (!form.numbers.length && isAll(page, form.texts[0])) {
      const start = text.length - form.texts[0].length
      return { start, end: text.length, spans: [], score: form.weight + form.length / 100 + 2, whole: true }
    }
    let found = inLines(page, form)
    if (!found && page.lines.length > 1 && form.strength > 11) found = between(page, form, 0, text.length)
    if (!found) return null
    const tiny = form.isTiny
    const enough = form.weight > 9 || (form.strength > 3 && form.weight > 5)
    if (tiny && !(enough && alone(page, found.start, found.end))) return null
    /* among equals the one that also explains more of the punctuation */
    const score = form.weight + form.length / 100 + (tiny ? 0 : 2)
    return { ...found, score: score - doubtsOf(page, form, found.start, found.spans), whole: true }
  }

  /* How long the longest beginning of a literal is that ends the text. */
  const overlapAtEnd = (text, literal, least) => {
    const probe = literal.slice(0, least)
    let place = text.indexOf(probe, Math.max(0, text.length - literal.length + 1))
    for (let tries = 0; tries < MOST_PLACES && place >= 0; tries += 1) {
      if (literal.startsWith(text.slice(place))) return text.length - place
      place = find(text, probe, place + 1)
    }
    return 0
  }

  /* How long the longest end of a literal is that begins the text. */
  const overlapAtStart = (text, literal, least) => {
    const probe = text.slice(0, least)
    let place = literal.indexOf(probe)
    for (let tries = 0; tries < MOST_PLACES && place >= 0; tries += 1) {
      if (text.startsWith(literal.slice(place))) return literal.length - place
      place = find(literal, probe, place + 1)
    }
    return 0
  }

  /* On with the literals behind a number, whose end is at `cursor`, to the template's end or the text's. */
  const follow = (page, form, from, cursor, start, spans = []) => {
    const { text } = page
    const { texts, numbers, kinds } = form
    let matched = meaning(text.slice(spans.length ? spans[0][2] : start, cursor))
    let end = cursor
    for (let number = from + 1; number < texts.length; number += 1) {
      const literal = texts[number]
      const own = literal ? literalBehind(text, kinds[number - 1], literal, end, text.length) : text.length
      const place = own < 0 ? find(text, literal, end) : own
      const overlap = place < 0 ? overlapAtEnd(text.slice(end), literal, 1) : 0
      spans.push([numbers[number - 1], end, place < 0 ? text.length - overlap : place, place < 0 && !overlap, kinds[number - 1]])
      matched += meaning(place < 0 ? literal.slice(0, overlap) : literal)
      if (place < 0) return { start, end: text.length, matched, spans }
      end = place + literal.length
    }
    return { start, end, matched, spans }
  }

  /* The ways in which the text can be a part of the message. */
  const parts = function* (page, form) {
    const { text } = page
    const { texts, numbers, kinds } = form
    const [first] = texts
    const begin = first ? firstPlace(text, first, 0, text.length) : -1
    if (begin >= 0) yield follow(page, form, 0, begin + first.length, begin)
    const overlap = first.length > 12 ? overlapAtEnd(text, first, 12) : 0
    if (overlap) yield { start: text.length - overlap, end: text.length, matched: meaning(first.slice(0, overlap)), spans: [] }
    const probe = text.slice(0, 4)
    for (const [number, literal] of texts.entries()) {
      const known = literal.length > 3 && literal.includes(probe) ? overlapAtStart(text, literal, 4) : 0
      if (known) yield follow(page, form, number, known, 0)
    }
    const inner = texts.findIndex((literal, place) => place && literal.length > 8 && text.includes(literal))
    if (inner > 0) {
      const place = text.indexOf(texts[inner])
      yield follow(page, form, inner, place + texts[inner].length, 0, [[numbers[inner - 1], 0, place, true, kinds[inner - 1]]])
    }
  }

  /* A message of which only a part is there: cut off in front, behind, or both. */
  const part = (page, form) => {
    const { text } = page
    if (form.strength < 12) return null
    const within = text.length > 11 && form.texts.some(literal => literal.includes(text))
    let best = within ? { start: 0, end: text.length, matched: meaning(text), spans: [] } : null
    for (const found of parts(page, form)) if (!best || found.matched > best.matched) best = found
    if (!best) return null
    /* three words that stand in a message as they are say enough */
    const least = within && text.split(" ").length > 2 ? 12 : Math.min(24, form.strength * 0.4)
    if (best.matched < 12 || best.matched < least) return null
    /* a value that runs to the text's end may have swallowed what doesn't fit */
    const swallowed = best.spans.some(span => span[3])
    return { ...best, score: best.matched * (swallowed ? 0.6 : 0.8), whole: false }
  }

  /* A message that says all that another one does, and goes on behind it until the page ends within one of its texts. */
  const goingOn = (page, form, other, strength) => {
    const [first] = form.texts
    if (form.strength <= strength || !page.text.startsWith(first, other.start)) return null
    const found = follow(page, form, 0, other.start + first.length, other.start)
    const fitting = found.end === page.text.length && found.matched > strength && !found.spans.some(span => span[3])
    return fitting ? { ...found, score: other.score + MORE, whole: false } : null
  }

  const valuesOf = (page, spans) => {
    const values = new Map()
    for (const [number, start, end, cut, kind] of spans)
      if (!values.has(number)) values.set(number, { number, value: saidBy(writtenAt(page, start, end), kind), cut })
    return [...values.values()].sort((one, other) => one.number - other.number)
  }

  /* ---- Candidates (index.py) -------------------------------------------------------------------------------- */

  const KEYS_OF_A_LINE = 7
  const KEYS_OF_ANOTHER_LINE = 4
  const MOST_KEYS = 13
  const MOST_WORDS = 48
  const LONGER_KEYS = [3, 2, 2, 1]

  const before = (one, other) => one < other ? -1 : one > other ? 1 : 0

  /* The first `most` keys that there are of some names, loaded side by side: the filters may name some that there aren't.
     With the names that are left. */
  const firstKeys = async (known, names, most) => {
    const found = []
    let next = 0
    while (next < names.length && found.length < most) {
      const some = names.slice(next, next + most - found.length)
      next += some.length
      found.push(...(await Promise.all(some.map(known.key))).filter(Boolean))
    }
    return { found, left: names.slice(next) }
  }

  /* The templates that a text may hold, each with its events and the number of keys that led to it; `more` adds those that
     the next keys lead to. Values may have more rare words than the message itself. */
  const candidates = async (known, page) => {
    const { begins, rarity } = await known.vocabulary()
    const found = new Map()
    const add = ({ templates }) => {
      for (const [parts, owners] of templates) {
        const name = JSON.stringify(parts)
        const same = found.get(name)
        if (same) same.count += 1
        else found.set(name, { form: formOf(parts), owners, count: 1 })
      }
    }
    if (begins("")) (await firstKeys(known, [""], 1)).found.forEach(add)
    const ranked = page.words.map(word => [rarity(word), word]).filter(([rank]) => rank !== null)
      .sort(([one, word], [two, other]) => one - two || other.length - word.length || before(word, other))
    const words = ranked.slice(0, MOST_WORDS).map(([, word]) => word)
    let left = words.filter(begins)
    const look = async first => {
      let level = left
      for (const most of [first, ...LONGER_KEYS]) {
        const keys = await firstKeys(known, level, most)
        if (level === left) left = keys.left
        keys.found.forEach(add)
        level = keys.found.filter(({ leadsTo }) => leadsTo).flatMap(({ name, leadsTo }) => {
          const own = name.split(" ")
          return words.filter(word => !own.includes(word) && leadsTo(word)).map(word => `${name} ${word}`)
        })
      }
    }
    const first = Math.min(MOST_KEYS, KEYS_OF_A_LINE + KEYS_OF_ANOTHER_LINE * (page.lines.length - 1))
    await look(first)
    return { found, more: () => look(MOST_KEYS - first) }
  }

  /* ---- Ranking (ranking.py) --------------------------------------------------------------------------------- */

  const MOST_MESSAGES = 100
  const SURE = 15
  const BRIEF = 8
  const MOST_OF = 0.6
  const MOST_PARTS = 16
  const MOST_QUOTED = 12
  const MOST_LINES = 50
  const CUT_OFF = /(?:\.\.\.|…)\s{0,80}$/
  const HINTED = 2000
  const DATES = /[0-9]{1,4}[-/.:][0-9]{1,2}[-/.:][0-9]{1,4}/g /* a year is no ID */
  const NUMERIC = /^-?[0-9]{1,10}$/

  /* Events in the order in which they are told where nothing else decides: by source, ID and address. */
  const inOrder = (one, other) => {
    const [first, second] = [NUMERIC.test(one.id), NUMERIC.test(other.id)]
    return before(one.source, other.source) || Number(second) - Number(first) ||
      (first ? Number(one.id) - Number(other.id) : 0) || before(one.id, other.id) || before(one.address, other.address)
  }

  /* Whether a message explains so much more of the same that another is no second answer. */
  const saysMore = (better, other) => better.event.address === other.event.address ||
    (better.start < other.end && other.start < better.end && other.score < better.score * (better.whole ? 0.7 : 0.85))

  /* Where a match begins and ends without values around it, of which nobody can say how far they go. */
  const said = ({ text }, { start, end, spans }) => {
    const begin = spans.length && !letters(text.slice(start, spans[0][1])) ? spans[0][2] : start
    if (!spans.length || letters(text.slice(spans.at(-1)[2], end))) return [begin, end]
    const [, last] = spans.at(-1)
    return [begin, last > begin && text[last - 1] === " " ? last - 1 : last]
  }

  /* Whether what `inner` says stands within a value: in the line where that begins, or an indented one below it. It has
     to be sure, and where it isn't all of the value, the other, too: a few words stand in anything. */
  const quotes = (page, outer, inner, start, end) => {
    const span = outer.spans[lastUpTo(outer.spans.map(([, begin]) => begin), start)]
    if (span[1] > start || end > span[2]) return false
    const fills = !letters(page.text.slice(span[1], Math.max(span[1], inner.start))) &&
      !letters(page.text.slice(inner.end, Math.max(inner.end, span[2])))
    if (inner.score <= SURE || (outer.score <= SURE && !fills)) return false
    const [first, last] = [lineAt(page, span[1]), lineAt(page, start)]
    return last - first <= MOST_LINES && page.lines.slice(first + 1, last + 1).every(line => line.indented)
  }

  /* For each match, how much the best of the others explains that stands within one of its values. A message that gives
     another as its reason holds all of that, and is the one that was logged, although the other may have more words. */
  const quoting = (page, matches) => {
    const inner = matches.filter(match => match.whole)
      .sort((one, other) => other.score - one.score || one.start - other.start || one.end - other.end)
      .slice(0, MOST_QUOTED)
      .map(match => [match, ...said(page, match)])
    return new Map(matches.map(match => {
      const may = match.whole && match.score > BRIEF && match.spans.length > 0
      const quoted = may && inner.find(([other, start, end]) => quotes(page, match, other, start, end))
      return [match, quoted ? quoted[0].score : 0]
    }))
  }

  /* The messages that say all that the best one says, and then what stands behind it, up to where the text is cut off. */
  const withMore = (page, possible, matches) => {
    const [{ found: best, form: { strength } }] = [...matches].sort((one, other) => other.found.score - one.found.score ||
      one.found.start - other.found.start || one.found.end - other.found.end || one.form.strength - other.form.strength)
    if (best.end === page.text.length) return []
    const tried = new Set(matches.map(({ form }) => form))
    return possible.filter(({ form }) => !tried.has(form)).flatMap(({ form, owners }) => {
      const found = goingOn(page, form, best, strength)
      return found ? [{ found, form, owners }] : []
    })
  }

  /* The events whose messages a text holds: all events', or those of some. */
  const messages = async (known, text, only = null) => {
    const page = pageOf(text.slice(0, LONGEST_TEXT).replace(CUT_OFF, ""))
    if (!page.text) return []
    const numbers = new Set(text.slice(0, HINTED).replace(DATES, " ").match(/[0-9]{2,10}/g))
    const { found: possible, more } = await candidates(known, page)
    const matches = []
    const match = (way, { form, owners }) => {
      const found = way(page, form)
      if (found) matches.push({ found, form, owners })
    }
    for (const one of possible.values()) match(whole, one)
    if (!matches.some(({ found }) => found.score > SURE && found.end - found.start > MOST_OF * page.text.length)) {
      const tried = new Set(possible.keys())
      await more()
      for (const [name, one] of possible) if (!tried.has(name)) match(whole, one)
    }
    if (!matches.some(({ found }) => found.score > SURE))
      for (const one of [...possible.values()].sort((a, b) => b.count - a.count).slice(0, MOST_PARTS)) match(part, one)
    else matches.push(...withMore(page, [...possible.values()], matches))
    const quoted = quoting(page, matches.map(({ found }) => found))
    const owned = matches.flatMap(({ found, owners }) => owners.map(([address, source, id]) => {
      /* of two that fit alike, the one whose ID or source stands beside the message */
      const hint = (numbers.has(id) ? 3 : 0) + (page.text.includes(folded(source)) ? 3 : 0)
      const score = found.score + hint
      return { ...found, score, reach: score + quoted.get(found), event: { address, source, id, symbol: "" } }
    })).filter(({ event }) => !only || only.has(event.address))
    owned.sort((one, other) => other.reach - one.reach || other.score - one.score || inOrder(one.event, other.event))
    const kept = []
    for (const one of owned) {
      if (kept.some(better => saysMore(better, one))) continue
      kept.push(one)
      if (kept.length === MOST_MESSAGES) break
    }
    return kept.map(({ event, spans, reach, whole }) =>
      ({ event, kind: whole ? "message" : "part", score: reach, values: valuesOf(page, spans) }))
  }

  /* ---- Codes (codes.py) ------------------------------------------------------------------------------------- */

  const NUMBER = /^(?:0x[0-9a-f]{1,8}|-?[0-9]{1,10})$/i

  const valueOf = text => {
    if (!NUMBER.test(text)) return null
    const number = Number(text)
    return number >= -(2 ** 31) && number <= 0xffffffff ? number : null
  }

  const noteOf = text => {
    const number = valueOf(text)
    if (number === null) return null
    const code = number >>> 0
    if (code > 0xffff)
      return {
        code: text,
        id: code & 0xffff,
        hex: `0x${code.toString(16).padStart(8, "0")}`,
        severity: code >>> 30,
        facility: (code >>> 16) & 0xfff,
      }
    return /^0x/i.test(text) ? { code: text, id: code } : null
  }

  /* ---- Names (known.py) ------------------------------------------------------------------------------------- */

  const SHORTEST_BEGINNING = 3
  const LONGEST_BEGINNING = 14

  /* Names are compared without case, blanks and punctuation: `MSExchange ADAccess` is `msexchangeadaccess`. */
  const nameKey = text => text.toLowerCase().replace(NO_LETTER, "")
  const symbolWords = text =>
    [...new Set((text.match(/[A-Z]+(?![a-z])|[A-Z]?[a-z]+|(?:(?![a-zA-Z])[\p{L}\p{N}])+/gu) || []).map(word => word.toLowerCase()))]

  /* Each event of rows once, with the source under which it was found. */
  const once = rows => [...new Map(rows.map(row => [`${row.address} ${row.calledSource}`, row])).values()]

  const withId = async (known, text) => {
    const number = valueOf(text)
    const keys = number === null ? [text.toLowerCase()] : [...new Set([text.toLowerCase(), String(number >>> 0)])]
    const found = (await Promise.all(keys.map(key => known.rows(`#${key}`)))).flat()
    if (found.length || number === null || number >>> 0 <= 0xffff) return once(found)
    return once(await known.rows(`#${(number >>> 0) & 0xffff}`))
  }

  const withSymbol = (known, text) => nameKey(text) ? known.rows(`=${nameKey(text)}`) : Promise.resolve([])

  /* The words under which a part of a symbol is looked for: its own, and where no case tells them, its beginnings. */
  const wordsOfPart = text => {
    const words = symbolWords(text)
    if (words.length !== 1) return words
    const most = Math.min(words[0].length - 1, LONGEST_BEGINNING)
    for (let length = most; length >= SHORTEST_BEGINNING; length -= 1) words.push(words[0].slice(0, length))
    return words
  }

  const withSymbolPart = async (known, text) => {
    const wanted = nameKey(text)
    for (const word of wordsOfPart(text)) {
      const found = (await known.rows(`~${word}`)).filter(({ symbol }) => nameKey(symbol).includes(wanted))
      if (!found.length) continue
      const begins = ({ symbol }) => nameKey(symbol).startsWith(wanted)
      return [...found.filter(begins), ...found.filter(event => !begins(event))]
    }
    return []
  }

  const inSource = (rows, name) => {
    const wanted = nameKey(name)
    const exact = rows.filter(({ calledSource }) => nameKey(calledSource) === wanted)
    if (exact.length || wanted.length < 3) return exact
    return rows.filter(({ calledSource }) => nameKey(calledSource).includes(wanted))
  }

  /* ---- What stands around a message (surroundings.py) ------------------------------------------------------- */

  const LONGEST_RECORD = 200000
  const DEEPEST = 12
  const MOST_TEXTS = 200

  const LABELS = {
    source: "source|sourcename|event ?source|provider|providername|provider_name|quelle|ereignisquelle|origen|origine",
    id: "event ?id|eventid|event_id|event ?code|id|ereignis-?id|ereigniskennung|id (?:de l['’])?événement|id\\. del evento|id evento|evento id",
  }
  const labelled = label =>
    new RegExp(`(?:^|[\\s{,;|"'(])(?:${label})["']?\\s{0,20}[:=]\\s{0,40}["']?([^"'\\n\\r,;|}]{1,120})`, "iu")
  const SOURCE_FIELD = labelled(LABELS.source)
  const ID_FIELD = labelled(LABELS.id)

  const fromFields = (told, text) => {
    const source = SOURCE_FIELD.exec(told)
    const id = ID_FIELD.exec(told)
    const number = id && /^(?:0x[0-9a-f]{1,8}|-?[0-9]{1,10})(?![\p{L}\p{N}])/iu.exec(id[1].trim())
    return { text, source: source ? source[1].trim() : "", other: "", id: number ? number[0] : "", values: [], structured: false }
  }

  const ENTITIES = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" }
  const plain = markup => markup.replace(/&(?:#x([0-9a-fA-F]{1,6})|#([0-9]{1,7})|(lt|gt|amp|quot|apos));/g,
    (found, hexadecimal, decimal, name) => {
      if (name) return ENTITIES[name]
      const code = hexadecimal ? parseInt(hexadecimal, 16) : Number(decimal)
      return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : found
    })

  const fromXml = text => {
    const start = text.search(/<(?:Event|System)[\s>]/i)
    if (start < 0) return null
    const stop = text.indexOf("</Event>", start)
    const event = text.slice(start, stop < 0 ? text.length : stop)
    const provider = /<Provider\s([^<>]{0,400})/i.exec(event)
    const id = /<EventID(?:\s[^<>]{0,200})?>\s{0,20}(-?[0-9]{1,10})/i.exec(event)
    if (!provider && !id) return null
    const name = provider && /(?:^|\s)Name\s?=\s?(["'])(.{0,200}?)\1/i.exec(provider[1])
    const other = provider && /(?:^|\s)EventSourceName\s?=\s?(["'])(.{0,200}?)\1/i.exec(provider[1])
    const message = /<Message>([^<]{0,20000})/i.exec(event)
    const data = event.matchAll(/<Data(?:\s[^<>]{0,400})?(?:\/>|>([^<]{0,20000})<\/Data>)/gi)
    return {
      text: message ? plain(message[1]) : "",
      source: name ? plain(name[2]) : other ? plain(other[2]) : "",
      other: other ? plain(other[2]) : "",
      id: id ? id[1] : "",
      values: [...data].map(found => plain(found[1] || "")),
      structured: true,
    }
  }

  /* The texts in a JSON record, which is how log shippers write events. */
  const fromJson = text => {
    const trimmed = text.trim()
    if (!/^[{[]/.test(trimmed) || trimmed.length > LONGEST_RECORD) return null
    let value
    try {
      value = JSON.parse(trimmed)
    } catch {
      return null
    }
    const texts = []
    const fields = []
    const visit = (node, name, depth) => {
      if (depth > DEEPEST || texts.length > MOST_TEXTS) return
      if (typeof node === "string") {
        texts.push(node)
        fields.push(`${name}: ${node.split("\n", 1)[0]}`)
      } else if (Number.isInteger(node)) fields.push(`${name}: ${node}`)
      else if (node && typeof node === "object") for (const [inner, child] of Object.entries(node)) visit(child, inner, depth + 1)
    }
    visit(value, "", 0)
    const found = fromFields(fields.join("\n").slice(0, LONGEST_TEXT), "")
    return { ...found, text: texts.join("\n"), structured: true }
  }

  /* ---- Questions (questions.py) ----------------------------------------------------------------------------- */

  const MOST_HITS = 100
  const SHORT = 200
  const MOST_NAME_WORDS = 6
  const MOST_SYMBOL_WORDS = 4
  const SHORTEST_PART = 3
  const MOST_NUMBERS = 4
  const MOST_SYMBOLS = 6

  const FILLERS = new Set(
    ("event eventid id source code number ereignis ereignisid ereigniskennung quelle kennung nummer " +
      "événement evento origen origine").split(" "))
  const APART = /[\s,;:/\\|#=()[\]"'<>„“”‚‘’]+/u
  /* marks that can't be seen but come along when something is copied from a dialog */
  const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g
  const BEFORE_NUMBER = /[^\p{L}\p{N}]{1,4}(?:event[^\p{L}\p{N}]{0,2})?(?:id[^\p{L}\p{N}]{0,3})?$/u

  const named = (event, score = 100) => ({ event, kind: "name", score, values: [] })
  const noted = text => [noteOf(text)].filter(Boolean)
  const different = events => [...new Map(events.map(event => [event.address, event])).values()]
  const nothing = { hits: [], notes: [], sources: [] }

  /* The event that fields name, with the values that its message or its data give. */
  const byFields = async (known, around) => {
    if (!around.id || !around.source) return []
    const found = await withId(known, around.id)
    const names = [nameKey(around.source), nameKey(around.other || around.source)]
    const exact = found.filter(({ calledSource }) => names.includes(nameKey(calledSource)))
    const chosen = exact.length ? exact : inSource(found, around.source)
    if (!chosen.length) return []
    const only = new Set(chosen.map(({ address }) => address))
    const told = around.text ? await messages(known, around.text, only) : []
    const hits = chosen.map(event => {
      const heard = told.find(hit => hit.event.address === event.address)
      const values = heard ? heard.values : around.values.map((value, place) => ({ number: place + 1, value, cut: false }))
      return { event, kind: "fields", score: 200 + (heard ? heard.score : 0), values }
    })
    return hits.sort((one, other) => other.score - one.score).slice(0, MOST_HITS)
  }

  const ofSourceOrSymbol = (rows, name) => {
    const events = inSource(rows, name)
    const wanted = nameKey(name)
    return events.length || wanted.length < 4 ? events : rows.filter(({ symbol }) => nameKey(symbol).startsWith(wanted))
  }

  /* The events that an ID names, alone or among the words of a source. */
  const byPair = async (known, words) => {
    const ids = words.filter(word => NUMBER.test(word))
    if (words.length < 4) ids.push(...words.filter(word => !ids.includes(word)))
    for (const id of ids) {
      const found = await withId(known, id)
      if (!found.length) continue
      const rest = words.filter(word => word !== id).join("")
      const events = different(rest ? ofSourceOrSymbol(found, rest) : found)
      if (events.length) return { hits: events.map(event => named(event)).slice(0, MOST_HITS), notes: noted(id), sources: [] }
    }
    return null
  }

  /* What a short text names: an ID, a source and an ID, a symbol, a source. Null if it names nothing. */
  const byName = async (known, text) => {
    const words = text.split(APART).filter(word => word && !FILLERS.has(nameKey(word)))
    if (words.length && words.length <= MOST_NAME_WORDS) {
      const pair = await byPair(known, words)
      if (pair) return pair
    }
    let symbols = await withSymbol(known, text)
    /* more words than a name has, and none: all that is asked for is the message */
    if (words.length > MOST_NAME_WORDS && !symbols.length) return null
    const spoken = (await messages(known, text)).filter(({ kind }) => kind === "message")
    const source = nameKey(text) ? await known.find(`@${nameKey(text)}`) : null
    if (!symbols.length && !source && words.length <= MOST_SYMBOL_WORDS && nameKey(text).length >= SHORTEST_PART)
      symbols = await withSymbolPart(known, text)
    if (symbols.length) {
      const heard = new Set(spoken.map(({ event }) => event.address))
      const others = symbols.filter(({ address }) => !heard.has(address)).map(event => named(event))
      return { hits: [...spoken, ...others].slice(0, MOST_HITS), notes: [], sources: [] }
    }
    if (spoken.length) return { hits: spoken, notes: [], sources: [] }
    if (source) return { hits: [], notes: [], sources: [source] }
    const notes = words.length === 1 ? noted(words[0]) : []
    return notes.length ? { hits: [], notes, sources: [] } : null
  }

  /* The first numbers of a text behind a place that stand close behind a word. */
  const numbersIn = (text, begin) => {
    const found = []
    const pattern = /(?<![\p{L}\p{N}])(?:0x[0-9a-f]{1,8}|[0-9]{1,10})(?![\p{L}\p{N}])/gu
    pattern.lastIndex = begin
    for (let number = pattern.exec(text); number && found.length < MOST_NUMBERS; number = pattern.exec(text)) {
      const close = BEFORE_NUMBER.exec(text.slice(Math.max(0, number.index - 20), number.index))
      if (close && /\p{L}/u.test(text[number.index - close[0].length - 1] || "")) found.push(number)
    }
    return found
  }

  /* The events that a text names in which no message fits: by a client's number, by a symbol, by source and ID. */
  const mentioned = async (known, text) => {
    const page = pageOf(text)
    const begin = headerEnd(page.text, 0, page.lines[0].end)
    const told = CLIENT_NUMBER.exec(page.text.slice(0, begin))
    const found = told ? await withId(known, told[1]) : []
    const words = text.slice(0, LONGEST_TEXT).match(/[\p{L}\p{N}_]+/gu) || []
    const symbolic = words.filter(word => word.length > 5 && /_|[a-zß-öø-ÿ][A-ZÀ-ÖØ-Þ]/.test(word))
    for (const word of [...new Set(symbolic)].slice(0, MOST_SYMBOLS)) found.push(...await withSymbol(known, word))
    for (const number of numbersIn(page.text, begin)) {
      const close = page.text.slice(Math.max(0, number.index - 200), number.index).replace(BEFORE_NUMBER, "")
      for (const event of await withId(known, number[0])) {
        const own = folded(event.calledSource)
        if (close.endsWith(own) && !/[\p{L}\p{N}]/u.test(close[close.length - own.length - 1] || "")) found.push(event)
      }
    }
    return different(found).map(event => named(event, 30)).slice(0, MOST_HITS)
  }

  const answer = async (known, given) => {
    const seen = strip(given.replace(INVISIBLE, ""))
    const text = /^\S+[.,;:]$/.test(seen) ? seen.slice(0, -1) : seen
    if (!text) return nothing
    const start = text.slice(0, LONGEST_TEXT)
    const around = fromXml(start) || fromJson(text) || fromFields(start, text)
    const told = await byFields(known, around)
    if (told.length) return { hits: told, notes: noted(around.id).filter(({ hex }) => hex), sources: [] }
    if (text.length < SHORT && !text.includes("\n") && !around.structured) {
      const short = await byName(known, text)
      if (short) return short
    }
    const heard = await messages(known, around.text || text)
    return { hits: heard.length ? heard : await mentioned(known, text), notes: [], sources: [] }
  }

  /* ---- Event Viewer's help link ----------------------------------------------------------------------------- */

  const narrowed = (events, fewer) => events.length > 1 && fewer.length ? fewer : events

  /* The events that the link asks for; `query` has its fields by their lower-case names. */
  const requested = async (known, query) => {
    const { evtid = "", evtsrc = "", prodname = "", prodver = "" } = query
    let events = evtid ? await withId(known, evtid) : []
    if (evtid && !events.length) events = (await withSymbol(known, evtid))
    let sure = Boolean(evtid)
    let sources = []
    if (evtsrc) {
      events = inSource(events, evtsrc)
      sure = sure && events.some(({ calledSource }) => nameKey(calledSource) === nameKey(evtsrc))
      if (!evtid) sources = [await known.find(`@${nameKey(evtsrc)}`)].filter(Boolean)
    }
    events = different(events)
    if (events.length > 1 && (prodname || prodver)) {
      const wanted = nameKey(prodname)
      const few = await Promise.all(events.slice(0, MOST_HITS).map(async event => ({ event, about: await known.shown(event) })))
      const isProduct = ({ about }) => [about.productKey, about.product].map(nameKey)
        .some(name => name && (wanted.includes(name) || name.includes(wanted)))
      const isVersion = ({ about }) => Boolean(about.version) && `${prodver}.`.startsWith(`${about.version}.`)
      let left = few
      if (wanted) left = narrowed(left, left.filter(isProduct))
      if (prodver) left = narrowed(left, left.filter(isVersion))
      events = left.map(({ event }) => event)
    }
    return { hits: events.slice(0, MOST_HITS).map(event => named(event)), notes: noted(evtid), sources, sure }
  }

  return { answer, requested }
})()
