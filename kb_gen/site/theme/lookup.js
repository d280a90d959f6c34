/* The lookup page: asks `kbRecognise` what a text is about, and shows the answer.

   The question is kept behind the `#` of the address: so it can be bookmarked, the browser's back button works, and
   no server is ever told what was pasted. A `?q=` from elsewhere is taken over into it at once; that also keeps it
   from the theme, which would open its full-text search for it. What Event Viewer asks stays behind its `?`. */
"use strict"
{
  const LONGEST_IN_ADDRESS = 4000
  const SHOWN = 50
  const SHOWN_FULLY = 3

  const form = document.getElementById("kb-lookup")
  const box = document.getElementById("kb-lookup-text")
  const status = document.getElementById("kb-lookup-status")
  const result = document.getElementById("kb-lookup-result")

  /* ---- The question ----------------------------------------------------------------------------------------- */

  const EVENT_VIEWER = ["evtid", "evtsrc", "prodname", "prodver", "evtcat", "evttype", "lcid", "coname", "filename", "filever"]

  const eventViewerQuery = () => {
    const query = {}
    for (const [name, value] of new URLSearchParams(location.search)) {
      const field = name.toLowerCase()
      if (EVENT_VIEWER.includes(field) && !(field in query)) query[field] = value.trim()
    }
    return Object.keys(query).length ? query : null
  }

  const asked = () => new URLSearchParams(location.hash.slice(1)).get("q") || ""

  const address = text => `#q=${encodeURIComponent(text)}`

  const takeOver = () => {
    const query = new URLSearchParams(location.search)
    const text = query.get("q")
    if (text === null) return
    query.delete("q")
    const rest = query.toString()
    history.replaceState(null, "", `${location.pathname}${rest ? `?${rest}` : ""}${address(text.slice(0, LONGEST_IN_ADDRESS))}`)
  }

  /* ---- The events ------------------------------------------------------------------------------------------- */

  let loading = null
  let latest = null /* what was asked last: an answer to an earlier question comes too late */

  const places = { own: "", all: "../../lookup/" }

  /* Pages opened from disk may load nothing but scripts. */
  const load = address => new Promise((resolve, reject) => {
    const [place, ...rest] = address.split("/")
    const script = document.createElement("script")
    script.src = `${places[place]}${rest.join("/")}`
    script.onload = () => {
      script.remove()
      resolve()
    }
    script.onerror = () => {
      script.remove()
      reject(new Error(form.dataset.failed))
    }
    document.head.append(script)
  })

  const events = () => {
    loading ||= kbLookup.open(load)
    loading.catch(() => { loading = null })
    return loading
  }

  /* ---- The answer ------------------------------------------------------------------------------------------- */

  /* An element with texts and elements in it. Texts stay texts, whatever they hold. */
  const element = (name, attributes, ...children) => {
    const made = document.createElement(name)
    for (const [attribute, value] of Object.entries(attributes)) if (value) made.setAttribute(attribute, value)
    made.append(...children.filter(child => child !== null && child !== ""))
    return made
  }

  const filled = (text, values) => text.replace(/\{(\w+)\}/g, (whole, name) => name in values ? String(values[name]) : whole)

  const articleUrl = (known, event, locale = known.settings.locale) =>
    `../../${known.settings.locales[locale]}/${event.address}/index.html`

  /* The values found go to the article behind the `#` of its address, which no server is told: see `values.js`. */
  const valuesFragment = values => {
    const whole = values.filter(({ value, cut }) => value && !cut)
    const told = encodeURIComponent(JSON.stringify(whole.map(({ number, value }) => [number, value])))
    return whole.length && told.length <= LONGEST_IN_ADDRESS ? `#values=${told}` : ""
  }

  const valuesTable = values => element("table", { class: "kb-lookup__values" },
    element("caption", {}, form.dataset.values),
    element("tbody", {}, ...values.map(value => element("tr", {},
      element("th", { scope: "row" },
        element("span", { class: "kb-chip" }, element("span", { class: "kb-chip__number" }, `%${value.number}`),
          value.name ? " " : null, value.name ? element("span", { class: "kb-chip__name", lang: value.lang }, value.name) : null)),
      element("td", {}, element("code", { translate: "no", dir: "auto" }, `${value.value}${value.cut ? "…" : ""}`))))))

  const item = (known, { event, values }, about) => {
    const [level, word] = about ? about.level : ["", ""]
    const symbol = about ? about.symbol : event.symbol
    const called = values.map(value => ({ ...value, ...((about && about.names.get(value.number)) || { name: "", lang: "" }) }))
    return element("li", { class: "kb-lookup__hit" },
      element("p", { class: "kb-lookup__event" },
        element("a", { href: articleUrl(known, event) + valuesFragment(values) }, `${event.source} ${event.id}`),
        level ? " " : null,
        level ? element("span", { class: "kb-severity", "data-severity": level }, word) : null,
        symbol ? " " : null,
        symbol ? element("code", { translate: "no" }, symbol) : null,
        about && about.version ? ` ${about.version}` : null),
      about && about.summary ? element("p", { class: "kb-lookup__summary", lang: about.language }, about.summary) : null,
      values.length ? valuesTable(called) : null)
  }

  const sourceItem = (known, [name, address, count]) => element("li", { class: "kb-lookup__hit" },
    element("p", { class: "kb-lookup__event" },
      element("a", { href: articleUrl(known, { address }) }, name), ` – ${filled(form.dataset.source, { count })}`))

  const noteText = note => {
    if (!("severity" in note)) return filled(form.dataset.code, note)
    const severities = form.dataset.severities.split("|")
    const known = note.hex === note.code.toLowerCase()
    return filled(known ? form.dataset.hex : form.dataset.identifier, { ...note, severity: severities[note.severity] })
  }

  const searchButton = text => {
    const search = document.querySelector("[data-md-component=search-query]")
    const toggle = document.getElementById("__search")
    if (!search || !toggle) return null
    const button = element("button", { type: "button", class: "md-button" }, form.dataset.search)
    button.addEventListener("click", () => {
      if (!toggle.checked) toggle.click()
      search.value = text.split(/\s+/).slice(0, 12).join(" ")
      search.focus()
      search.dispatchEvent(new Event("input")) /* `kb.js` has the search ask then */
    })
    return button
  }

  const show = async (known, text, { hits, notes, sources }, remarked) => {
    const best = hits[0]
    /* of those further down, the name is enough: each would load a file of its own */
    const about = await Promise.all(hits.slice(0, SHOWN_FULLY).map(({ event }) => known.shown(event)))
    if (text !== latest) return
    status.textContent = best ? `${filled(form.dataset.count, { count: hits.length })} – ${best.event.source} ${best.event.id}`
      : sources.length ? filled(form.dataset.sources, { source: sources[0][0] }) : form.dataset.none
    const remarks = [...remarked, ...notes.map(noteText)].map(remark => element("p", {}, remark))
    const shown = [
      ...sources.map(source => sourceItem(known, source)),
      ...hits.slice(0, SHOWN).map((hit, number) => item(known, hit, about[number])),
    ]
    const list = shown.length ? element("ol", { class: shown.length === 1 ? "kb-lookup__hits kb-lookup__hits--one" : "kb-lookup__hits" }, ...shown) : null
    const more = hits.length > SHOWN ? element("p", {}, filled(form.dataset.more, { count: SHOWN })) : null
    const search = shown.length ? null : searchButton(text)
    result.replaceChildren(...[...remarks, list, more, search && element("p", {}, search)].filter(Boolean))
  }

  const answerEventViewer = async (known, query) => {
    const found = await kbRecognise.requested(known, query)
    const { locale, locales, lcids } = known.settings
    const number = Number(query.lcid || NaN)
    const wanted = lcids[number] || lcids[number & 0x3ff] || locale
    if (found.sure && found.hits.length === 1) {
      location.replace(articleUrl(known, found.hits[0].event, wanted))
      return
    }
    if (wanted !== locale) {
      location.replace(`../../${locales[wanted]}/lookup/index.html${location.search}`)
      return
    }
    if (!query.evtid && !query.evtsrc) {
      ask()
      return
    }
    const fields = ["evtsrc", "evtid", "prodname", "prodver"].map(name => query[name]).filter(Boolean)
    box.value = [query.evtsrc, query.evtid].filter(Boolean).join(" ")
    latest = box.value
    await show(known, box.value, found, [`${form.dataset.event} ${fields.join(" · ")}`])
  }

  /* The language switch takes Event Viewer's question along, but not the language that it wished for. */
  const carryOver = () => {
    const query = new URLSearchParams(location.search)
    for (const name of [...query.keys()]) if (name.toLowerCase() === "lcid") query.delete(name)
    for (const link of document.querySelectorAll("a[hreflang]")) link.search = query.toString()
  }

  /* There is no question yet. */
  const ask = () => {
    status.textContent = form.dataset.empty
    result.replaceChildren()
    box.focus()
  }

  const answer = async (text, query) => {
    if (!text && !query) {
      ask()
      return
    }
    latest = text
    status.textContent = form.dataset.loading
    result.replaceChildren()
    try {
      const known = await events()
      if (query) await answerEventViewer(known, query)
      else await show(known, text, await kbRecognise.answer(known, text), [])
    } catch (error) {
      if (text === latest) status.textContent = error.message
    }
  }

  const start = () => {
    const text = asked()
    const query = text ? null : eventViewerQuery()
    carryOver()
    if (!text && !query) {
      status.textContent = ""
      result.replaceChildren()
      return
    }
    box.value = text
    answer(text, query)
  }

  if (form) {
    takeOver()
    form.addEventListener("submit", submitted => {
      submitted.preventDefault()
      const text = box.value.trim()
      const place = address(text)
      if (!text || text.length > LONGEST_IN_ADDRESS || place === location.hash) answer(text, null)
      else location.hash = place
    })
    /* the usual key in a field for a question; Shift and Enter begin a new line */
    box.addEventListener("keydown", pressed => {
      if (pressed.key !== "Enter" || pressed.shiftKey || pressed.isComposing) return
      pressed.preventDefault()
      form.requestSubmit()
    })
    window.addEventListener("hashchange", start)
    start()
  }
}
