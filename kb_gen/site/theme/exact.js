/* Finds events by what identifies them: an ID, `source id`, or the beginning of a symbolic name.

   It reads the shards that the site has for that, see `kb_gen/site/exact.py`, and touches no page, so that a page and
   a worker can use it. `kbExact.finder(load)` gives a function from a text to events, whose `begin` loads early what
   each text needs; `load` has to run the script at an address below the locale's `search/exact/`, which calls
   `kbExact.take`. */
"use strict"
globalThis.kbExact = (() => {
  const LONGEST_NAME = 80
  const MOST_HITS = 300 /* one ID may be used by hundreds of sources */
  const MOST_SYMBOLS = 50
  const MOST_WORDS = 6
  const SHORTEST_SYMBOL = 3

  /* what log viewers write before an ID or a source */
  const LABELS = new Set(["event", "eventid", "id", "source", "ereignis", "ereignis-id", "kennung", "quelle"])
  const BETWEEN = /[\s:=,;#|()[\]{}"'„“”‚‘’]+/
  const NUMBER = /^(?:0x[0-9a-f]{1,8}|[0-9]{1,10})$/

  const taken = new Map()
  const take = (name, data) => { taken.set(name, data) }

  /* Names are compared without case, blanks and punctuation. */
  const plain = text => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, "")

  const fileName = prefix => {
    const safe = prefix.replace(/[^a-z0-9_]/gu, character => `-${character.codePointAt(0).toString(16)}-`)
    if (safe.length <= LONGEST_NAME) return safe
    let number = 0
    for (const character of prefix) number = (Math.imul(number, 31) + character.codePointAt(0)) >>> 0
    return `${safe.slice(0, LONGEST_NAME)}.${number.toString(16)}`
  }

  const event = ([id, source, symbol, address, summary]) => ({ id, source, symbol, address, summary })

  const finder = load => {
    const loading = new Map()
    const loaded = name => {
      if (!loading.has(name)) {
        loading.set(name, (async () => {
          if (!taken.has(name)) await load(`${name}.js`)
          return taken.get(name) ?? []
        })())
      }
      return loading.get(name)
    }

    /* Below a prefix: what leads on, or the number of events in its shard. */
    const nodeAt = async (kind, prefix, node) => node === null ? loaded(`${kind}.${fileName(prefix)}`) : node

    /* The names of the shard that has a key, if there is one. */
    const shardOf = async (kind, key) => {
      let prefix = ""
      let node = await loaded(kind)
      while (typeof node !== "number") {
        if (key === prefix) return "" in node ? [`${kind}-${fileName(prefix)}-`] : []
        const text = Object.keys(node).find(text => text && key.startsWith(prefix + text))
        if (!text) return []
        prefix += text
        node = await nodeAt(kind, prefix, node[text])
      }
      return [`${kind}-${fileName(prefix)}`]
    }

    /* The names of all shards with keys that begin like this one, in the keys' order, one after the other. */
    async function* shardsFrom(kind, start, prefix, node) {
      if (typeof node === "number") {
        yield `${kind}-${fileName(prefix)}`
        return
      }
      for (const [text, below] of Object.entries(node)) {
        const longer = prefix + text
        if (!longer.startsWith(start) && !(text && start.startsWith(longer))) continue
        if (text) yield* shardsFrom(kind, start, longer, await nodeAt(kind, longer, below))
        else yield `${kind}-${fileName(prefix)}-`
      }
    }

    const keyOf = id => NUMBER.test(id) ? String(Number(id)) : id

    const withId = async id => {
      const wanted = keyOf(id)
      const rows = await Promise.all((await shardOf("ids", wanted)).map(loaded))
      return rows.flat().map(event).filter(one => keyOf(one.id.toLowerCase()) === wanted)
    }

    const withSymbol = async start => {
      const hits = []
      for await (const name of shardsFrom("names", start, "", await loaded("names"))) {
        const rows = await loaded(name)
        hits.push(...rows.map(event).filter(({ symbol }) => symbol.toLowerCase().startsWith(start)))
        if (hits.length >= MOST_SYMBOLS) break
      }
      return hits
    }

    const find = async text => {
      const given = text.trim().split(BETWEEN).filter(Boolean)
      const words = given.filter(word => !LABELS.has(word.toLowerCase()))
      if (!words.length || words.length > MOST_WORDS) return []
      const alone = words.length === 1
      const found = words.flatMap((word, place) => {
        const rest = plain(words.filter((_, other) => other !== place).join(""))
        const fits = hits => hits.filter(({ source }) => plain(source).includes(rest))
        const lower = word.toLowerCase()
        const symbolic = (alone && !NUMBER.test(lower)) || word.includes("_") || /\p{Ll}\p{Lu}/u.test(word)
        return [
          alone || /\d/.test(word) ? withId(lower).then(fits) : [],
          symbolic && word.length >= SHORTEST_SYMBOL ? withSymbol(lower).then(fits) : [],
        ]
      })
      const hits = (await Promise.all(found)).flat()
      return [...new Map(hits.map(hit => [`${hit.address} ${hit.symbol}`, hit])).values()].slice(0, MOST_HITS)
    }

    /* Loads the lists that each answer begins with, while nobody waits for them. */
    find.begin = () => { for (const kind of ["ids", "names"]) loaded(kind).catch(() => loading.delete(kind)) }
    return find
  }

  return { finder, take }
})()
