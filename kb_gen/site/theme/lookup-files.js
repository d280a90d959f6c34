/* The lookup page's files: small scripts that call `kbLookup.take`, see `kb_gen/site/answers/shards.py`.

   `kbLookup.open(load)` gives what the files of a locale know; `load` has to run the script at an address, `own/…` below
   the locale's lookup page, `all/…` below the site's. Which file has a name is told by a hash, as in
   `kb_gen/site/answers/hashing.py`. */
"use strict"
globalThis.kbLookup = (() => {
  const taken = new Map()
  const take = (name, data) => { taken.set(name, data) }

  /* ---- Hashes ----------------------------------------------------------------------------------------------- */

  const TABLE = new Uint32Array(256).map((_, byte) => {
    let value = byte
    for (let bit = 0; bit < 8; bit += 1) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1
    return value
  })

  const encoder = new TextEncoder()

  const crc32 = text => {
    let value = 0xffffffff
    for (const byte of encoder.encode(text)) value = (value >>> 8) ^ TABLE[(value ^ byte) & 0xff]
    return (value ^ 0xffffffff) >>> 0
  }

  /* the end of MurmurHash3 */
  const mixed = number => {
    let value = Math.imul(number ^ (number >>> 16), 0x85ebca6b)
    value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
    return (value ^ (value >>> 16)) >>> 0
  }

  const bucket = (name, count) => mixed(crc32(name)) & (count - 1)

  /* Whether a Bloom filter has a name: it may say so of a few that it doesn't have. */
  const filter = ([probes, bits]) => {
    const field = Uint8Array.from(atob(bits), character => character.charCodeAt(0))
    const size = field.length * 8
    return name => {
      let place = crc32(name)
      const step = mixed(place) | 1
      for (let probe = 0; probe < probes; probe += 1) {
        const bit = place % size
        if (!(field[bit >> 3] & (1 << (bit & 7)))) return false
        place = (place + step) >>> 0
      }
      return true
    }
  }

  /* ---- What there is ---------------------------------------------------------------------------------------- */

  const open = async load => {
    const loading = new Map()
    const loaded = (name, address) => {
      if (!loading.has(name)) {
        loading.set(name, (async () => {
          if (!taken.has(name)) await load(address)
          if (!taken.has(name)) throw new Error(address)
          return taken.get(name)
        })())
        /* what could not be loaded may be there the next time */
        loading.get(name).catch(() => loading.delete(name))
      }
      return loading.get(name)
    }
    const settings = await loaded("settings", "own/settings.js")

    /* What is kept under a name; null if there is nothing. */
    const find = async name => {
      const shard = `shards/${bucket(name, settings.shards)}`
      const found = await loaded(shard, `all/${shard}.js`)
      return Object.hasOwn(found, name) ? found[name] : null
    }

    const rows = async name => ((await find(name)) || []).map(([address, source, id, symbol, former]) =>
      ({ address, source, id, symbol, calledSource: former || source }))

    /* What is shown of an event. */
    const shown = async ({ address }) => {
      const name = `events/${bucket(address, settings.events)}`
      const [symbol, summary, language, level, names, version, productKey, product] = (await loaded(name, `own/${name}.js`))[address]
      return {
        symbol, summary, language, level, version, productKey, product,
        names: new Map(names.map(([number, name, lang]) => [number, { name, lang: lang || "" }])),
      }
    }

    let words = null

    /* Tells how rare a word is (null for one that is in no key), and whether keys begin with it. */
    const vocabulary = async () => {
      if (words === null) {
        const data = await loaded("words", "all/words.js")
        const begins = filter(data.words)
        const classes = data.classes.map(filter)
        const rarity = word => {
          const above = classes.findIndex(has => !has(word))
          const number = above < 0 ? classes.length : above
          return number || begins(word) ? number : null
        }
        words = { begins, rarity }
      }
      return words
    }

    /* What is kept under a key of messages: its templates, and whether a word may follow it in longer keys. */
    const key = async name => {
      const found = await find(name)
      return found && { name, templates: found.t || [], leadsTo: found.n ? filter(found.n) : null }
    }

    return { settings, find, key, rows, shown, vocabulary }
  }

  return { take, open }
})()
