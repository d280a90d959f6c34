/* Puts values into commands so that the shell takes them for what they are: text, whatever they hold.

   `kbQuoting.filled(language, parts, values)` gives the texts for the places of values in a command. `parts` are texts and
   numbers by turns, as the command has them. Where a place is tells how its value is quoted: alone, inside a word, or
   between quotation marks that the command has already. Where that isn't sure, or the shell can't write the value, the
   text is null and the place keeps its name. Numbers mean the same everywhere, and are put in where it isn't sure, too. */
"use strict"
globalThis.kbQuoting = (() => {
  const UNSURE = "unsure"
  /* a comment, or not: shells of one family differ. Ends with the line. */
  const DOUBT = "doubt"
  const COMMENT = "comment"
  const BARE = "bare"
  const SINGLE = "'"
  const DOUBLE = '"'
  const GRAVE = "`"
  const BRACKET = "["
  const STRINGS = new Set([SINGLE, DOUBLE, GRAVE, BRACKET])

  /* stands for a value among the characters around a place */
  const VALUE = "\0"

  const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/
  const NUMBER = /^(?:\d+(?:\.\d+)*|0[xX][\da-fA-F]+|\{?[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}\}?)$/
  const WORD = /^(?!.*--)[\p{L}\p{N}_][\p{L}\p{N}_.:@-]*$/u
  const WORDS = /^(?!.*--)[\p{L}\p{N} _.:/@,+-]*$/u

  /* A string that is read once more, as code, needs quoting in that language, too, of which nothing is known here. Signs
     of code in the string, the option before it, or a program that takes code tell such a string. */
  const READS_AS_CODE = /['"`‘’‚‛“”„;|<>\n]|&&/
  const CODE_FOLLOWS = /(?:^|[\s;|&(])[-/]{1,2}(?:command|commandline|query|[a-z]*filter|filterxpath|eval|execute|expression|exec|where|argumentlist|arguments|scriptblock|tr|q:)[\s:=]*$/i
  const TAKES_CODE = new RegExp(
    "(?:^|[\\s\"'`;|&({\\\\/])(?:ba|da|z|k|c|tc|fi)?sh(?:\\.exe)?(?=$|[\\s\"'`;|&)])|" +
    "(?:^|[\\s\"'`;|&({\\\\/])(?:busybox|ssh|rsh|su|runas|eval|let|declare|typeset|trap|watch|parallel|xargs|cmd|powershell|" +
    "pwsh|wsl|iex|icm|Invoke-Expression|Invoke-Command|Invoke-Sqlcmd|Start-Process|sqlcmd|osql|isql|bcp|mysql\\w*|mariadb[\\w-]*|" +
    "psql|sqlite3?|sqlplus|mongo|mongosh|redis-cli|cqlsh|clickhouse(?:-client)?|influx|python[\\d.]*|py|perl|ruby|node|php|" +
    "lua|awk|gawk|mawk|sed|jq|yq|osascript|wmic|wevtutil|schtasks|ldapsearch|expect|tclsh|Rscript)(?:\\.exe)?(?=$|[\\s\"'`;|&)])", "i")

  /* Each shell reads a command's text on from a state, and writes a value in one. `before` is the character before, and
     `place` has those before and behind the value's place. */

  /* Windows PowerShell takes typographic quotation marks for plain ones. */
  const powershell = {
    next(state, text, at, before) {
      const character = text[at]
      const following = text[at + 1] || ""
      if (state === BARE) {
        if (character === "`") return [state, 2]
        if (character === "@" && /["'‘’‚‛“”„]/.test(following)) return [UNSURE, 1]
        if (character === "<" && following === "#") return [UNSURE, 1]
        if (text.startsWith("--%", at)) return [UNSURE, 1]
        if (character === "#" && /^[\s;|&({]?$/.test(before)) return [COMMENT, 1]
        if (character === "#" && !/[\p{L}\p{N}_./\\:%+*?~!^-]/u.test(before)) return [DOUBT, 1]
        if (/['‘’‚‛]/.test(character)) return [SINGLE, 1]
        if (/["“”„]/.test(character)) return [DOUBLE, 1]
      } else if (state === SINGLE) {
        if (/['‘’‚‛]/.test(character)) return /['‘’‚‛]/.test(following) ? [state, 2] : [BARE, 1]
      } else if (state === DOUBLE) {
        if (character === "`") return [state, 2]
        if (character === "$" && following === "(") return [UNSURE, 1]
        if (/["“”„]/.test(character)) return /["“”„]/.test(following) ? [state, 2] : [BARE, 1]
      }
      return [state, 1]
    },
    quote(state, value, place) {
      const single = value.replace(/['‘’‚‛]/g, "$&$&")
      if (state === SINGLE) return single
      /* would go on with a variable's name, or begin one */
      if (/(?:^|[^`])\$[\w:?^]*$/.test(place.text)) return null
      if (state === DOUBLE) return value.replace(/[`$"“”„]/g, "`$&").replace(/\r/g, "`r").replace(/\n/g, "`n")
      const alone = /^[\s(=,;|{[]?$/.test(place.before) && /^[\s),;|}\]]?$/.test(place.behind)
      if (alone) return `'${single}'`
      return value.replace(/[^\p{L}\p{N}_\r\n\t]/gu, "`$&").replace(/\r/g, "`r").replace(/\n/g, "`n").replace(/\t/g, "`t")
    },
  }

  const bash = {
    next(state, text, at, before) {
      const character = text[at]
      const following = text[at + 1] || ""
      if (state === BARE) {
        if (character === "\\") return [state, 2]
        if (text.startsWith("<<<", at)) return [state, 3]
        if (character === "`" || character + following === "<<" || character + following === "$'") return [UNSURE, 1]
        /* arithmetic, which is carried out whatever is quoted in it */
        if (["((", "[[", "$["].includes(character + following)) return [UNSURE, 1]
        if (character === "[" && /[\p{L}\p{N}_\0]/u.test(before)) return [UNSURE, 1]
        if (character === "#" && /^[\s;|&(]?$/.test(before)) return [COMMENT, 1]
        const inWord = /[\p{L}\p{N}_$"'\\/.:=,%@+~^?!*\]}\0-]/u.test(before) || text.slice(0, at).endsWith("${")
        if (character === "#" && !inWord) return [DOUBT, 1]
        if (character === "'" || character === '"') return [character, 1]
      } else if (state === SINGLE) {
        if (character === "'") return [BARE, 1]
      } else if (state === DOUBLE) {
        if (character === "\\") return [state, 2]
        if (character === "`" || (character === "$" && /[({[]/.test(following))) return [UNSURE, 1]
        if (character === '"') return [BARE, 1]
      }
      return [state, 1]
    },
    quote(state, value, place) {
      const single = value.replace(/'/g, "'\\''")
      if (state === SINGLE) return single
      if (state === DOUBLE) return `"'${single}'"`
      /* `$'` would be another kind of quotation mark */
      return place.before === "$" ? null : `'${single}'`
    },
  }

  /* What the command prompt hands on is read by each program as Microsoft's C runtime does it: a backslash counts only
     before a quotation mark. The prompt itself looks at quotation marks, too, and outside of them at its own signs, which
     a caret takes that away from; percent signs it replaces everywhere, but not behind a caret and outside of marks. */
  const batch = {
    next(state, text, at) {
      const character = text[at]
      if (state === BARE && character === "^") return [state, 2]
      if (character === '"') return [state === DOUBLE ? BARE : DOUBLE, 1]
      return [state, 1]
    },
    /* `slashes` are the backslashes that stand before the value already */
    between(value, slashes) {
      const marked = (slashes + value).replace(/(\\*)("|%+|!+)/g, (_, own, sign) => sign === '"'
        ? `${own}${own}"\\^""` : `${own}${own}"${sign.replace(/./g, "^$&")}"`)
      return marked.slice(slashes.length)
    },
    quote(state, value, place) {
      if (/[\r\n]/.test(value)) return null
      const slashes = /\\*$/.exec(place.text)[0]
      if (state === DOUBLE) {
        if (place.behind !== '"') return batch.between(value, slashes)
        return slashes && !value ? null : batch.between(value, slashes).replace(/\\+$/, "$&$&")
      }
      if (/^[\p{L}\p{N}_.:\\-]+$/u.test(value)) return value
      if (place.before === VALUE || /["^]/.test(place.before) || place.behind === '"') return null
      return `${slashes}"${batch.between(value, "").replace(/\\+$/, "$&$&")}"`
    },
  }

  /* `#` begins a comment, a name or an operator, and `--` a comment or two signs: databases differ. */
  const sql = {
    next(state, text, at, before, rest) {
      const character = text[at]
      const following = text[at + 1] || ""
      if (state === BARE) {
        if (character === "/" && following === "*") return [UNSURE, 1]
        if (/^\$[\p{L}_]*\$/u.test(text.slice(at, at + 80))) return [UNSURE, 1]
        if (character === "-" && following === "-") return [/^(?:\s|$)/.test(text.slice(at + 2) || rest) ? COMMENT : DOUBT, 1]
        if (character === "#") {
          if (/(?:^|\n)[ \t]*$/.test(text.slice(0, at)) && before !== VALUE && /^\s?$/.test(following)) return [COMMENT, 1]
          return /^[\s,.([#]?$/.test(before) && /[\p{L}_#]/u.test(following) ? [state, 1] : [DOUBT, 1]
        }
        if (character === "'" || character === '"' || character === "`" || character === "[") return [character, 1]
      } else if (state === BRACKET) {
        if (character === "]") return following === "]" ? [state, 2] : [BARE, 1]
      } else if (STRINGS.has(state)) {
        if (character === "\\") return [UNSURE, 1]
        if (character === state) return following === state ? [state, 2] : [BARE, 1]
      }
      return [state, 1]
    },
    quote(state, value, place) {
      /* what a backslash means differs from one database to the next, and so does whether a line is a comment */
      if (value.includes("\\") || (place.hashes && /[\r\n]/.test(value))) return null
      if (state === BRACKET) return WORDS.test(value) ? value : null
      if (state !== BARE) return value.replaceAll(state, state + state)
      if (/[\p{L}\p{N}_'"`$#@\]\0]/u.test(place.before + place.behind)) return null
      if (!/^-?[0-9]{1,15}(?:\.[0-9]{1,15})?$/.test(value)) return `'${value.replaceAll("'", "''")}'`
      return value.startsWith("-") && place.before === "-" ? null : value
    },
  }

  const SHELLS = { powershell, bash, batch, sql }

  /* What is known of each place before any value is put in: the shell's state, whether the character before takes it
     along, as an escape does, and the string that it is in. */
  const places = (shell, parts, hashes) => {
    const found = []
    let state = BARE
    let skip = 0
    let string = null
    let doubtful = false
    let told = ""
    const read = (piece, rest) => {
      let at = skip
      while (at < piece.length) {
        if (state === COMMENT || state === DOUBT) {
          doubtful = doubtful || /['"`‘’‚‛“”„[\\^]/.test(piece[at])
          if (piece[at] === "\n") state = state === DOUBT && doubtful ? UNSURE : BARE
          at += 1
          continue
        }
        const before = at ? piece[at - 1] : told.slice(-1)
        const [after, count] = shell.next(state, piece, at, before, rest)
        if (!STRINGS.has(after)) string = null
        else if (after === state) string.text += piece.slice(at, at + count)
        else string = { text: "", before: told + piece.slice(0, at) }
        if (after === DOUBT) doubtful = false
        state = state === UNSURE || (hashes && string && piece[at] === "\n") ? UNSURE : after
        at += count
      }
      skip = at - piece.length
      told += piece
    }
    parts.forEach((part, number) => {
      if (typeof part === "string") {
        const next = parts[number + 1]
        read(part, next === undefined ? "" : VALUE)
        return
      }
      found.push({ state, taken: skip > 0, string, at: string ? string.text.length : 0 })
      if (string) string.text += VALUE
      skip = 0
      told += VALUE
    })
    return found
  }

  /* Whether a value means nothing to whoever reads the command, or the string that it is in, once more. */
  const harmless = (value, place, takesCode) => {
    const string = place.string
    const code = takesCode || (string && (READS_AS_CODE.test(string.text) || CODE_FOLLOWS.test(string.before)))
    if (!code || WORD.test(value)) return true
    /* between further quotation marks: all but what could end or expand there */
    const inside = string ? string.text.slice(0, place.at) : ""
    const open = [/['‘’‚‛]/g, /["“”„]/g].some(mark => (inside.match(mark) || []).length % 2)
    return open && /^[^'"`‘’‚‛“”„\\$%!\r\n]*$/.test(value)
  }

  const filled = (language, parts, values) => {
    const numbers = parts.filter(part => typeof part === "number")
    if (language === "text") return numbers.map(number => values.get(number) ?? null)
    const shell = SHELLS[language]
    const texts = parts.filter(part => typeof part === "string")
    const hashes = shell === sql && texts.some(text => text.includes("#"))
    const takesCode = shell !== sql && texts.some(text => TAKES_CODE.test(text))
    const found = shell ? places(shell, parts, hashes) : numbers.map(() => ({ state: UNSURE, taken: false }))
    let text = ""
    const one = (number, place, behind) => {
      const value = values.get(number)
      if (value === undefined || place.taken || CONTROL.test(value)) return null
      if (place.state === UNSURE || place.state === DOUBT) return NUMBER.test(value) && !text.endsWith("$") ? value : null
      if (place.state === COMMENT) {
        const line = value.replace(/\s+/g, " ")
        return WORDS.test(line) ? line : null
      }
      if (!harmless(value, place, takesCode)) return null
      return shell.quote(place.state, value, { before: place.before, behind, text, hashes })
    }
    const given = []
    let place = 0
    parts.forEach((part, number) => {
      if (typeof part === "string") {
        text += part
        return
      }
      const next = parts[number + 1]
      const before = typeof parts[number - 1] === "number" ? VALUE : text.slice(-1)
      const behind = typeof next === "number" ? VALUE : (next || "").slice(0, 1)
      const own = one(part, { ...found[place], before }, behind)
      place += 1
      given.push(own)
      text += own ?? `{%${part}}`
    })
    return given
  }

  return { filled }
})()
