/* Puts values into commands so that the shell takes them for what they are: text, whatever they hold.

   `kbQuoting.filled(language, parts, values)` gives the texts for the places of values in a command. `parts` are texts and
   numbers by turns, as the command has them. Where a place is tells how its value is quoted: alone, inside a word, or
   between quotation marks that the command has already. Where that isn't sure, or the shell can't write the value, the
   text is null and the place keeps its name. */
"use strict"
globalThis.kbQuoting = (() => {
  const UNSURE = "unsure"
  const COMMENT = "comment"
  const BARE = "bare"
  const SINGLE = "'"
  const DOUBLE = '"'
  const GRAVE = "`"

  const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u202a-\u202e\u2066-\u2069]/
  const startsWord = before => before === "" || /[\s;|&({]/.test(before)

  /* Each shell reads a command's text on from a state, and writes a value in one. `place` has the characters before and
     behind the value's place. */

  /* Windows PowerShell takes typographic quotation marks for plain ones. */
  const powershell = {
    next(state, text, at) {
      const character = text[at]
      const following = text[at + 1] || ""
      if (state === BARE) {
        if (character === "`") return [state, 2]
        if (character === "@" && /["'‘’‚‛“”„]/.test(following)) return [UNSURE, 1]
        if (character === "<" && following === "#") return [UNSURE, 1]
        if (character === "#" && startsWord(text[at - 1] || "")) return [COMMENT, 1]
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
      if (state === DOUBLE) return value.replace(/[`$"“”„]/g, "`$&").replace(/\r/g, "`r").replace(/\n/g, "`n")
      const alone = /^[\s(=,;|{[]?$/.test(place.before) && /^[\s),;|}\]]?$/.test(place.behind)
      if (alone) return `'${single}'`
      return value.replace(/[^\p{L}\p{N}_\r\n\t]/gu, "`$&").replace(/\r/g, "`r").replace(/\n/g, "`n").replace(/\t/g, "`t")
    },
  }

  const bash = {
    next(state, text, at) {
      const character = text[at]
      const following = text[at + 1] || ""
      if (state === BARE) {
        if (character === "\\") return [state, 2]
        if (character === "`" || (character === "<" && following === "<") || (character === "$" && following === "'"))
          return [UNSURE, 1]
        if (character === "#" && startsWord(text[at - 1] || "")) return [COMMENT, 1]
        if (character === "'" || character === '"') return [character, 1]
      } else if (state === SINGLE) {
        if (character === "'") return [BARE, 1]
      } else if (state === DOUBLE) {
        if (character === "\\") return [state, 2]
        if (character === "`" || (character === "$" && /[({]/.test(following))) return [UNSURE, 1]
        if (character === '"') return [BARE, 1]
      }
      return [state, 1]
    },
    quote(state, value) {
      const single = value.replace(/'/g, "'\\''")
      if (state === SINGLE) return single
      return state === DOUBLE ? `"'${single}'"` : `'${single}'`
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
    quote(state, value, place) {
      if (/[\r\n]/.test(value)) return null
      if (state === BARE) {
        const argument = `"${value.replace(/(\\*)"/g, '$1$1\\"').replace(/\\+$/, "$&$&")}"`
        return argument.replace(/[()%!^"<>&|]/g, "^$&")
      }
      const marked = value.replace(/(\\*)("|%+|!+)/g, (_, slashes, sign) => sign === '"'
        ? `${slashes}${slashes}"\\^""` : `${slashes}${slashes}"${sign.replace(/./g, "^$&")}"`)
      return place.behind === '"' ? marked.replace(/\\+$/, "$&$&") : marked
    },
  }

  const sql = {
    next(state, text, at) {
      const character = text[at]
      const following = text[at + 1] || ""
      if (state === BARE) {
        if (character === "/" && following === "*") return [UNSURE, 1]
        if ((character === "-" && following === "-") || character === "#") return [COMMENT, 1]
        if (character === "'" || character === '"' || character === "`") return [character, 1]
      } else if (state !== UNSURE && state !== COMMENT) {
        if (character === "\\") return [UNSURE, 1]
        if (character === state) return following === state ? [state, 2] : [BARE, 1]
      }
      return [state, 1]
    },
    quote(state, value, place) {
      /* what a backslash means differs from one database to the next */
      if (value.includes("\\")) return null
      if (state !== BARE) return value.replaceAll(state, state + state)
      if (/[\p{L}\p{N}_'"`]/u.test(place.before + place.behind)) return null
      return /^-?[0-9]{1,15}(?:\.[0-9]{1,15})?$/.test(value) ? value : `'${value.replaceAll("'", "''")}'`
    },
  }

  const text = { next: state => [state, 1], quote: (_, value) => value }

  const SHELLS = { powershell, bash, batch, sql, text }

  const filled = (language, parts, values) => {
    const shell = SHELLS[language]
    if (!shell) return parts.filter(part => typeof part === "number").map(() => null)
    let state = BARE
    let skip = 0
    const read = piece => {
      let at = skip
      while (at < piece.length) {
        if (state === COMMENT) {
          if (piece[at] === "\n") state = BARE
          at += 1
          continue
        }
        const [after, count] = shell.next(state, piece, at)
        state = state === UNSURE ? UNSURE : after
        at += count
      }
      skip = at - piece.length
    }
    const texts = []
    parts.forEach((part, number) => {
      if (typeof part === "string") {
        read(part)
        return
      }
      const neighbour = piece => typeof piece === "string" ? piece : piece === undefined ? "" : "x"
      const place = { before: neighbour(parts[number - 1]).slice(-1), behind: neighbour(parts[number + 1]).slice(0, 1) }
      const value = values.get(part)
      /* a character that the text before has taken along, as an escape does */
      const taken = skip > 0
      skip = 0
      if (value === undefined || state === UNSURE || taken || (CONTROL.test(value) && shell !== text)) texts.push(null)
      else if (state === COMMENT) texts.push(value.replace(/\s+/g, " "))
      else texts.push(shell.quote(state, value, place))
    })
    return texts
  }

  return { filled }
})()
