/* The search of a large site, in the place of the theme's own worker: it speaks the same protocol, and answers first
   from the shards of what identifies an event (`exact.js`), then from the bundles of Pagefind's index.

   From `file://` it runs in a frame instead of a worker, and the browser loads neither modules nor WebAssembly: then
   there is the first answer only. `search-box.js` is its other side. */
"use strict"
{
  /* the theme's messages, then ours */
  const SETUP = 0
  const READY = 1
  const QUERY = 2
  const RESULT = 3
  const PREPARE = "kb-prepare"
  const NOTE = "kb-note"
  const MORE = "kb-more"
  const ITEMS = "kb-items"

  const LOADED = 10 /* the theme shows so many hits at once, and others as the reader scrolls */
  const MOST_HITS = 5000
  const EXCERPT = 32 /* words */
  const ALIKE = 0.6 /* of a word's letters have to be in what it finds */
  const WORDS_APART = 6 /* words that are looked for one by one where no page has all of them */
  const TYPING = 120 /* milliseconds in which another letter may follow */
  const READING = 300 /* milliseconds for which hits by ID are enough */
  const RANKING = { metaWeights: { title: 5, terms: 1.5 } }
  const SEGMENTED = /^(?:ja|th|zh)\b/

  let place = null
  let ready = null
  let engine = null
  let latest = 0
  let before = ""
  let shown = { query: 0, words: [], results: [] }

  const pause = time => new Promise(done => setTimeout(done, time))
  const escaped = text => text.replace(/[&<>"]/g, character => `&#${character.charCodeAt(0)};`)

  /* ---- What there is ---------------------------------------------------------------------------------------- */

  /* From a server, shards are fetched side by side and without waiting; they are scripts for the sake of `file://`. */
  const loadShard = async name => {
    const address = `${place.base}search/exact/${name}`
    if (place.local) {
      await importScripts(address)
      return
    }
    const response = await fetch(address)
    if (!response.ok) throw new Error(`${address}: ${response.status}`)
    const [, shard, data] = /^kbExact\.take\("([^"]*)",(.*)\)\s*$/s.exec(await response.text())
    kbExact.take(shard, JSON.parse(data))
  }

  /* In a worker this waits by itself, in a frame for the promise. */
  const prepare = () => ready ??= (async () => {
    await importScripts(`${place.base}search/settings.js`, `${place.scripts}exact.js`)
    const settings = self.kbSearch
    const fullText = settings.bundles.length > 0 && !place.local
    if (!fullText) postMessage({ type: NOTE, text: settings.note, language: settings.language })
    const exact = kbExact.finder(loadShard)
    exact.begin()
    return { settings, fullText, exact }
  })()

  const pagefind = () => engine ??= (async () => {
    const { settings } = await prepare()
    const folder = name => `${place.base}search/${name}/`
    const [first, ...others] = settings.bundles
    const { createInstance } = await import(`${folder(first)}pagefind.js`)
    const instance = createInstance({ basePath: folder(first), ranking: RANKING })
    await instance.init()
    await Promise.all(others.map(name => instance.mergeIndex(folder(name), { ranking: RANKING })))
    return instance
  })()

  /* ---- Full text -------------------------------------------------------------------------------------------- */

  const wordsOf = (text, language) => {
    const parts = SEGMENTED.test(language)
      ? [...new Intl.Segmenter(language, { granularity: "word" }).segment(text)].map(({ segment }) => segment)
      : [text]
    return parts.flatMap(part => part.toLowerCase().match(/[\p{L}\p{N}\p{M}_]+(?:\.+[\p{L}\p{N}\p{M}_]+)*/gu) || [])
  }

  /* Pages with any of the words: those with most of them first. */
  const apart = async (instance, words) => {
    const longest = [...new Set(words)].sort((a, b) => b.length - a.length).slice(0, WORDS_APART)
    const pages = new Map()
    for (const { results } of await Promise.all(longest.map(word => instance.search(word)))) {
      for (const result of results) {
        const page = pages.get(result.id) ?? { result, words: 0, score: 0 }
        pages.set(result.id, { result: page.result, words: page.words + 1, score: page.score + result.score })
      }
    }
    return [...pages.values()].sort((a, b) => b.words - a.words || b.score - a.score).map(({ result }) => result)
  }

  const search = async (text, words) => {
    const instance = await pagefind()
    const phrase = /^\s*".+"\s*$/.test(text)
    const { results } = await instance.search(phrase ? text : words.join(" "))
    return results.length || phrase || words.length < 2 ? results : apart(instance, words)
  }

  /* ---- Hits ------------------------------------------------------------------------------------------------- */

  const marked = (text, words) => text.split(/([\p{L}\p{N}\p{M}_]+)/u)
    .map((part, index) => index % 2 && words.some(word => part.toLowerCase().startsWith(word))
      ? `<mark>${escaped(part)}</mark>` : escaped(part)).join("")

  /* The words around the place where matches lie closest together; places are those of Pagefind's words. */
  const excerpt = (content, places) => {
    const words = content.split(/[\r\n\s]+/g)
    const found = new Set(places)
    let count = 0
    let best = 0
    let start = 0
    for (let end = 0; end < words.length; end += 1) {
      if (found.has(end)) count += 1
      if (found.has(end - EXCERPT)) count -= 1
      if (count > best) {
        best = count
        start = Math.max(0, end - EXCERPT + 1)
      }
    }
    /* as much before the first match as behind the last */
    const inside = [...found].filter(place => place >= start && place < start + EXCERPT)
    const middle = inside.length ? Math.floor((Math.min(...inside) + Math.max(...inside)) / 2) : 0
    const from = Math.max(0, Math.min(middle - EXCERPT / 2, words.length - EXCERPT))
    const part = words.slice(from, from + EXCERPT)
      .map((word, index) => found.has(from + index) ? `<mark>${escaped(word)}</mark>` : escaped(word))
    return `${from ? "… " : ""}${part.join(" ")}${from + EXCERPT < words.length ? " …" : ""}`
  }

  /* What the theme marks on a hit's page; one for all hits of an answer, which is sent once then. */
  const termsOf = words => Object.fromEntries(words.map(word => [word, true]))

  const exactItem = ({ id, source, symbol, address, summary }, words, terms) => {
    const title = marked(`${source} ${id}${symbol ? ` – ${symbol}` : ""}`, words)
    return { location: `${address}/index.html`, title, text: escaped(summary), score: 1000, terms }
  }

  const textItem = ({ raw_url, meta, content, locations }, score, words, terms) =>
    ({ location: raw_url, title: marked(meta.title, words), text: excerpt(content, locations), score, terms })

  /* Where there is no word like the one that is looked for, Pagefind finds one that the other begins with, be it a
     single letter. Hits come with the best first: where one has next to nothing of any word, the others haven't more. */
  const bare = text => text.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "")

  const isMeant = ({ meta, content, locations }, words) => {
    const all = content.split(/[\r\n\s]+/g)
    const found = bare([...locations.map(place => all[place]), meta.title, meta.terms].join(" "))
    return words.map(bare).some(word => found.includes(word.slice(0, Math.ceil(word.length * ALIKE))))
  }

  /* Stands for a hit until the reader scrolls there. */
  const placeholder = (query, index, terms) =>
    ({ location: "", title: `<span data-kb-query="${query}" data-kb-hit="${index}">…</span>`, text: "", score: 0, terms })

  const answer = items => postMessage({ type: RESULT, data: { items: items.map(one => [one]) } })

  /* ---- Messages --------------------------------------------------------------------------------------------- */

  const ask = async text => {
    const query = latest += 1
    const overtaken = async time => {
      await pause(time)
      return query !== latest
    }
    /* What has grown by more than a letter was put in at once: nobody is about to go on typing. */
    const typing = Math.abs(text.length - before.length) > 1 ? 0 : TYPING
    before = text
    if (!text.trim()) {
      answer([])
      return
    }
    const { settings, fullText, exact } = await prepare()
    if (await overtaken(0)) return
    const words = wordsOf(text, settings.language)
    const terms = termsOf(words)
    const events = await exact(text)
    const first = events.map(event => exactItem(event, words, terms))
    if (query === latest && (first.length || !fullText)) answer(first)
    /* Not before: its start would keep this thread from answering. What has a number in it is likely to be an ID, and
       that is answered from a few kilobytes. */
    if (fullText && !/\d/.test(text)) pagefind().catch(failed)
    if (query !== latest) return
    if (!fullText || !words.length || await overtaken(first.length ? READING : typing)) return
    const results = (await search(text, words)).slice(0, MOST_HITS)
    const texts = await Promise.all(results.slice(0, LOADED).map(result => result.data()))
    if (query !== latest) return
    const end = texts.findIndex(one => !isMeant(one, words))
    if (end >= 0) results.length = end
    const known = new Set(first.map(({ location }) => location))
    const hits = results.slice(0, LOADED).map((result, index) => textItem(texts[index], result.score, words, terms))
    shown = { query, words, results }
    const rest = results.slice(LOADED).map((_, index) => placeholder(query, LOADED + index, terms))
    answer([...first, ...hits.filter(({ location }) => !known.has(location)), ...rest])
  }

  const more = async ({ query, hit }) => {
    const { words, results } = shown
    if (query !== shown.query) return
    const item = textItem(await results[hit].data(), results[hit].score, words, termsOf(words))
    postMessage({ type: ITEMS, query, hit, item })
  }

  const failed = error => {
    console.error(error)
    answer([])
  }

  addEventListener("message", ({ data: message }) => {
    if (message.type === SETUP) {
      place = message.data.kb
      postMessage({ type: READY })
    }
    else if (message.type === PREPARE) prepare().catch(failed)
    else if (message.type === QUERY) ask(message.data).catch(failed)
    else if (message.type === MORE) more(message).catch(failed)
  })
}
