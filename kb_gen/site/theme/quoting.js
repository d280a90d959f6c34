/* Puts values into commands so that the shell takes them for what they are: text, whatever they hold.

   `kbQuoting.filled(language, parts, values, names)` gives the texts for the places of values in a command. `parts` are
   texts and numbers by turns, as the command has them; `names` is what the page shows in each place until it is filled.
   Where a place is tells how its value is quoted: alone, inside a word, or between quotation marks that the command has
   already. Where that isn't sure, the shell can't write the value, or something behind the shell might read it as code,
   the text is null and the place keeps its name. */
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

  const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202a-\u202e\u2066-\u2069]/

  /* ---- How each shell quotes -------------------------------------------------------------------------------- */

  /* Each shell reads a command's text on from a state, and writes a value in one. `before` is the character before, `rest`
     stands for what follows the text, and `place` has what is around the value. */

  /* Windows PowerShell takes typographic quotation marks for plain ones. */
  const powershell = {
    separators: /[;|\n{}()]/,
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
      if (/(?:^|[^`])\$[\w:?^]*$/.test(place.text) && !/^[\\/ ]/.test(value)) return null
      if (state === DOUBLE) return value.replace(/[`$"“”„]/g, "`$&").replace(/\r/g, "`r").replace(/\n/g, "`n")
      if (/^[\s(=,;|{[+]?$/.test(place.before) && /^[\s),;|}\]+]?$/.test(place.behind))
        return /^(?:0|[1-9]\d{0,14}|0x[\da-f]{1,8})$/i.test(value) ? value : `'${single}'`
      return value.replace(/[^\p{L}\p{N}_\r\n\t]/gu, "`$&").replace(/\r/g, "`r").replace(/\n/g, "`n").replace(/\t/g, "`t")
    },
  }

  const bash = {
    separators: /[;|&\n{}()]/,
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
        if (character === "#" && /^[ \t\n;|&(]?$/.test(before)) return [COMMENT, 1]
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
      /* `$'` would be another kind of quotation mark, and `~'` is nobody's home */
      return /[$~]/.test(place.before) ? null : `'${single}'`
    },
  }

  /* What the command prompt hands on is read by each program as Microsoft's C runtime does it: a backslash counts only
     before a quotation mark. The prompt itself looks at quotation marks, too, and whatever a program hands on to another
     prompt is read once more. What no quotation mark protects there is left out. */
  const batch = {
    separators: /[|&\n()]/,
    next(state, text, at) {
      const character = text[at]
      if (state === BARE && character === "^") return [state, 2]
      if (character === '"') return [state === DOUBLE ? BARE : DOUBLE, 1]
      return [state, 1]
    },
    quote(state, value, place) {
      if (/["%!^\r\n]/.test(value)) return null
      const slashes = /\\*$/.exec(place.text)[0]
      if (state === DOUBLE) {
        if (place.behind !== '"') return value
        return slashes && !value ? null : value.replace(/\\+$/, "$&$&")
      }
      if (/^[\p{L}\p{N}_.:\\-]+$/u.test(value)) return value
      /* these two take the marks for a part of the text */
      if (/^\s*(?:set|echo)\s/i.test(place.statement)) return TAME.test(value) ? value : null
      if (place.before === VALUE || /["^]/.test(place.before) || place.behind === '"') return null
      return `${slashes}"${value.replace(/\\+$/, "$&$&")}"`
    },
  }

  /* `#` begins a comment, a name or an operator, `--` a comment or two signs, and `[` a name or a place: databases differ. */
  const sql = {
    separators: /[;]/,
    next(state, text, at, before, rest) {
      const character = text[at]
      const following = text[at + 1] || ""
      if (state === BARE) {
        if (character === "/" && following === "*") return [UNSURE, 1]
        if (/^\$[\p{L}\p{N}_]*\$/u.test(text.slice(at, at + 80))) return [UNSURE, 1]
        if (character === "-" && following === "-") return [/^(?:\s|$)/.test(text.slice(at + 2) || rest) ? COMMENT : DOUBT, 1]
        if (character === "#") {
          if (/(?:^|\n)[ \t]*$/.test(text.slice(0, at)) && before !== VALUE && /^\s?$/.test(following)) return [COMMENT, 1]
          return /^[\s,.([#]?$/.test(before) && /[\p{L}_#]/u.test(following) ? [state, 1] : [DOUBT, 1]
        }
        if (character === "[") return /[\p{L}\p{N}_"\])[\0]/u.test(before) || /array\s*$/i.test(text.slice(0, at)) ? [UNSURE, 1] : [character, 1]
        if (character === "'" || character === '"' || character === "`") return [character, 1]
      } else if (state === BRACKET) {
        if (character === "]") return following === "]" ? [state, 2] : [BARE, 1]
      } else if (STRINGS.has(state)) {
        if (character === "\\") return [UNSURE, 1]
        if (character === state) return following === state ? [state, 2] : [BARE, 1]
      }
      return [state, 1]
    },
    quote(state, value, place) {
      if (state === BRACKET) return /^(?!.*--)[\p{L}\p{N} _.:@,+\\$-]*$/u.test(value) ? value : null
      /* what a backslash means differs from one database to the next, and so does whether a line is a comment */
      const national = state === SINGLE && /(?:^|[^\p{L}\p{N}_])N'$/u.test(place.text) && /^[^'"]*[^'"\\]$/.test(value)
      if ((value.includes("\\") && !national) || (place.hashes && /[\r\n]/.test(value))) return null
      if (/[%[_.*]/.test(value) && /\b(?:i?like|similar\s+to|rlike|regexp|grant)\b|~/i.test(place.text) && !/^[\p{L}\p{N}@_.-]{3,}$/u.test(value)) return null
      if (state !== BARE) return value.replaceAll(state, state + state)
      if (/[\p{L}\p{N}_'"`$#@\]\0]/u.test(place.before + place.behind)) return null
      if (/\b(?:table|from|join|into|update|index|database|schema|view|use|truncate|describe|desc|grants? for|grant \w+ on|vacuum|analyze|reindex)\s+(?:[\p{L}_][\p{L}\p{N}_]*\.)?$/iu.test(place.text))
        return /^[\p{L}_][\p{L}\p{N}_]*$/u.test(value) ? value : null
      if (!/^-?(?:0|[1-9]\d{0,14})(?:\.\d{1,15})?$/.test(value)) return `'${value.replaceAll("'", "''")}'`
      return value.startsWith("-") && place.before === "-" ? null : value
    },
  }

  const SHELLS = { powershell, bash, batch, sql }

  /* What is known of each place before any value is put in: the shell's state, whether the character before takes it
     along, as an escape does, and the string and the statement that it is in. */
  const placesIn = (shell, parts, hashes) => {
    const places = []
    const statements = [""]
    let state = BARE
    let skip = 0
    let string = null
    let doubtful = false
    let told = ""
    const read = (piece, rest) => {
      let at = skip
      statements[statements.length - 1] += piece.slice(0, at)
      while (at < piece.length) {
        if (state === COMMENT || state === DOUBT) {
          doubtful = doubtful || /['"`‘’‚‛“”„[\\^]/.test(piece[at])
          if (piece[at] === "\n") {
            state = state === DOUBT && doubtful ? UNSURE : BARE
            statements.push("")
          }
          at += 1
          continue
        }
        const before = at ? piece[at - 1] : told.slice(-1)
        const [after, count] = shell.next(state, piece, at, before, rest)
        if (!STRINGS.has(after)) string = null
        else if (after === state) string.text += piece.slice(at, at + count)
        else string = { text: "", before: told + piece.slice(0, at) }
        if (after === COMMENT || after === DOUBT) doubtful = false
        else if (state === BARE && after === BARE && count === 1 && shell.separators.test(piece[at])) statements.push("")
        else statements[statements.length - 1] += piece.slice(at, at + count)
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
      places.push({ state, taken: skip > 0, string, at: string ? string.text.length : 0, statement: statements.length - 1 })
      if (string) string.text += VALUE
      statements[statements.length - 1] += VALUE
      skip = 0
      told += VALUE
    })
    return { places, statements }
  }

  /* ---- What else reads a command ---------------------------------------------------------------------------- */

  /* Quoting protects a value from the shell only. Many programs read what they are given once more: as a command, a query,
     a filter. Nobody knows them all. So only commands that are known to read nothing else get every value; others get
     those that mean nothing anywhere. */

  const NUMBER = /^(?:\d+(?:\.\d+)*|0[xX][\da-fA-F]+|\{?[\da-fA-F]{8}(?:-[\da-fA-F]{4}){3}-[\da-fA-F]{12}\}?)$/
  const WORD = /^(?!.*--)[\p{L}\p{N}_][\p{L}\p{N}_.:@-]*$/u
  const PATH = /^(?!.*--)[\p{L}\p{N}_/][\p{L}\p{N}_.:@/+-]*$/u
  const WORDS = /^(?!.*--)(?!.* -)[\p{L}\p{N}_][\p{L}\p{N} _.:@,+-]*$/u
  const NAMES = /^(?!.*--)(?!.* -)[\p{L}\p{N}_](?:[\p{L}\p{N} _.:@,+-]|\\(?=[\p{L}\p{N}_]))*$/u
  const TAME = /^(?!.*(?:^| )[-@=+])[\p{L}\p{N} _.:/\\@,+=-]+$/u
  /* letters that some code pages turn into quotation marks */
  const NEARLY_MARKS = /[\p{Lm}\u01c0-\u01c3]/u

  const QUERY = /\b(?:(?:select|delete|update|insert|drop|alter|exec\w*|kill|call|grant)\b(?!-)|where\b(?!-|\s*\{))/i
  const READS_AS_CODE = /['"`‘’‚‛“”„;|<>\n]|&&/
  const CODE_FOLLOWS = /(?:^|[\s;|&(])[-/]{1,2}(?:command|commandline|[a-z]*query|[a-z]*filter|filterxpath|eval|execute|expression|exec|where|argumentlist|arguments|scriptblock|tr|q:)[\s:=]*$/i
  const TAKES_CODE = new RegExp(`(?:^|[\\s"'\`;|&({\\\\/])(?:${[
    "(?:ba|da|z|k|c|tc|fi)?sh", "busybox", "ssh", "scp", "rsync", "rsh", "su", "sg", "runas", "runuser", "eval", "let", "declare",
    "typeset", "trap", "watch", "parallel", "xargs", "script", "flock", "at", "batch", "crontab", "cmd", "powershell", "pwsh", "wsl",
    "winrs", "psexec", "iex", "icm", "saps", "Invoke-Expression", "Invoke-Command", "Invoke-Sqlcmd", "Invoke-WmiMethod",
    "Start-Process", "Start-Job", "sqlcmd", "osql", "isql", "bcp", "mysql\\w*", "mariadb[\\w-]*", "psql", "pg_\\w+", "vacuumdb",
    "reindexdb", "clusterdb", "createdb", "dropdb", "sqlite3?", "sqlplus", "mongo", "mongosh", "redis-cli", "cqlsh",
    "clickhouse(?:-client)?", "influx", "nft", "bc", "dc", "vim?", "ex", "ed", "emacs", "gdb", "git", "ansible", "salt", "pssh",
    "tmux", "screen", "smbclient", "lftp", "alias", "exim\\d?", "python[\\d.]*", "py", "perl", "ruby", "node", "php", "lua", "awk",
    "gawk", "mawk", "sed", "jq", "yq", "osascript", "wmic", "wevtutil", "schtasks", "ldapsearch", "expect", "tclsh", "Rscript",
  ].join("|")})(?:\\.exe)?(?=$|[\\s"'\`;|&)\\0])`, "i")
  const SQL_EXECUTES = new RegExp("\\b(?:exec(?:ute)?|[sx]p_\\w+|dblink\\w*|openquery|openrowset|opendatasource|prepare|" +
    "(?:from|to)\\s+program|crosstab|query_to_\\w+|init_\\w+)\\b|(?:^|[;\\n])\\s*(?:do|pager|system|source|tee|edit)\\b|!!|\\\\[a-z!]", "i")

  /* read what they are given as names and patterns, and change nothing */
  const READERS = {
    bash: new Set(("grep egrep fgrep zcat cat tail head ls stat file wc journalctl dig host nslookup ping ping6 traceroute " +
      "getent id df du lsof md5sum sha256sum printf echo true lastlog who mailq postcat").split(" ")),
    batch: new Set("ping nslookup tracert ipconfig dir type findstr find where whoami netstat tasklist".split(" ")),
  }
  const CMDLET = /^(?:get|test|select|where|format|sort|measure|resolve|find|compare|group|set|enable|disable|remove|move|stop|restart|suspend|resume|clear|update|mount|dismount|repair|retry|grant|revoke|add)-(?!type\b|content\b|item\b|alias\b|\w*job\b|\w*task)[a-z]\w*$/i
  const READING = /^(?:(?:get|test|select|where|format|sort|measure|resolve|find|compare|group)-[a-z]\w*|out-(?:host|string|gridview|null)|where|select|sort|group|measure|ft|fl|\?)$/i
  const ASSIGNS = /^\s*(?:[\w.]+=|\$[\w:.]+\s*[-+*]?=|set\s|export\s|read\s|for\s|declare\s|local\s)|=\0/i
  const NO_COMMAND = /^(?:\$_[\w.]*|-\w+|\d+|["'\0].*)?$/
  const BUILDS_CODE = /\$[\w:.]+\s*[-+*]?=|\.\w+\s*=|-(?:\w*filter\w*|\w*query|f|i?c?(?:match|replace|split)|command|scriptblock|expression|argumentlist)\b|\[[a-z]/i

  const commandOf = statement => statement.trim().split(/[\s\0]/)[0].replace(/^["']+|["']+$/g, "").replace(/^.*[\\/]/, "").replace(/\.exe$/i, "")

  /* Which values a command may get: all, those without wildcards, or tame ones. */
  const trust = (language, statements, text) => {
    if (language === "sql") return "all"
    const commands = statements.map(commandOf)
    if (language === "powershell") {
      const own = commands.filter(command => !NO_COMMAND.test(command))
      if (BUILDS_CODE.test(text) || !own.every(command => CMDLET.test(command) || READING.test(command))) return "tame"
      return own.every(command => READING.test(command)) ? "all" : "no wildcards"
    }
    const reads = commands.every(command => !command || READERS[language].has(command.toLowerCase()))
    return reads && !/>|\b(?:echo|printf)\s+(?:-|['"]?\0)/.test(text) ? "all" : "tame"
  }

  /* Whether nothing takes a value for more than a text. */
  const isHarmless = (language, value, place, command) => {
    const { string } = place
    if (NEARLY_MARKS.test(value)) return false
    const statement = command.statements[place.statement]
    /* what these print may go to another program */
    const told = /^\s*(?:echo|printf|cat)\b/i.test(statement) ? command.text : statement
    const takes = language === "sql" ? SQL_EXECUTES.test(command.text) : TAKES_CODE.test(told)
    const reads = string && (language === "sql" ? /['"]/.test(string.text)
      : READS_AS_CODE.test(string.text) || CODE_FOLLOWS.test(string.before) || (/\s/.test(string.text) && command.trust === "tame"))
    if (takes || reads) {
      /* between further quotation marks, or without any */
      const inside = string ? string.text.slice(0, place.at) : ""
      const mark = [/['‘’‚‛]/g, /["“”„]/g, /`/g].findIndex(each => (inside.match(each) || []).length % 2)
      const behind = string ? string.text[place.at + 1] || "" : ""
      /* the value alone between them; or it is in something that is read a third time */
      if (mark >= 0 && /['"`‘’‚‛“”„%*\\]/.test(inside.slice(-1)) && /['"`‘’‚‛“”„%*\\]/.test(behind))
        return (mark === 0 && language !== "bash" && language !== "sql" ? NAMES : WORDS).test(value)
      if (QUERY.test(string ? string.text : "")) return NUMBER.test(value)
      if (mark >= 0) return WORD.test(value)
      return (language === "bash" && !/\b(?:[gm]?awk|sed|perl)\b/.test(statement) ? PATH : WORD).test(value)
    }
    /* what a variable holds may become a part of any of the above */
    if (command.trust === "tame" && ASSIGNS.test(statement)) {
      if (QUERY.test(command.text)) return NUMBER.test(value)
      if (/\s/.test(value)) return false
    }
    if (command.trust === "all") return true
    return (command.trust === "tame" ? TAME : /^[^*?[\]]*$/).test(value)
  }

  /* ---- Filling ---------------------------------------------------------------------------------------------- */

  const filled = (language, parts, values, names = []) => {
    const numbers = parts.filter(part => typeof part === "number")
    if (language === "text") return numbers.map(number => {
      const value = values.get(number)
      return !value || CONTROL.test(value) || /[\r\n]/.test(value) ? null : value
    })
    const shell = SHELLS[language]
    const whole = parts.map(part => typeof part === "string" ? part : VALUE).join("")
    const hashes = shell === sql && whole.includes("#")
    const { places, statements } = shell ? placesIn(shell, parts, hashes)
      : { places: numbers.map(() => ({ state: UNSURE, taken: false })), statements: [] }
    const command = { text: whole, statements, trust: shell ? trust(language, statements, whole) : "" }
    let text = ""
    let unsure = false
    const one = (value, place) => {
      if (!value || place.taken || CONTROL.test(value)) return null
      if (unsure || place.state === UNSURE || place.state === DOUBT)
        return NUMBER.test(value) && !text.endsWith("$") ? value : null
      if (place.state === COMMENT) {
        const line = value.replace(/\s+/g, " ")
        return WORDS.test(line) ? line : null
      }
      if (!isHarmless(language, value, place, command)) return null
      return shell.quote(place.state, value, { ...place, text, hashes, statement: statements[place.statement] })
    }
    const texts = []
    parts.forEach((part, number) => {
      if (typeof part === "string") {
        text += part
        return
      }
      const next = parts[number + 1]
      const before = typeof parts[number - 1] === "number" ? VALUE : text.slice(-1)
      const behind = typeof next === "number" ? VALUE : (next || "").slice(0, 1)
      const own = one(values.get(part), { ...places[texts.length], before, behind })
      const shown = own ?? names[texts.length] ?? ""
      /* a name that stays is read by the shell as well */
      if (own === null && !/^(?!.*--)[\p{L}\p{N}\s<>._%-]*$/u.test(shown)) unsure = true
      texts.push(own)
      text += shown
    })
    return texts
  }

  return { filled }
})()
