// Keeps a page of the preview up to date: reloads it after a build, and shows what keeps a build from being made.
// Loaded as an external script and styled from a file, so that it works under the site's own
// Content-Security-Policy.
(() => {
  "use strict"

  const script = document.currentScript
  // The theme may put a script into the page again when it changes pages without loading them.
  if (!script || window.kbGenPreview) return
  window.kbGenPreview = true

  const own = new URL(".", script.src)
  const version = script.dataset.version
  // Only the page that stands in for a site says which state of affairs it tells of.
  const told = script.dataset.state
  const scrollKey = "kb-gen:scroll"

  let source = null
  let retry = 0
  let shown = ""

  function connect() {
    window.clearTimeout(retry)
    if (source || document.hidden) return
    source = new EventSource(new URL("events", own))
    source.addEventListener("state", (event) => receive(JSON.parse(event.data)))
    source.addEventListener("error", () => {
      // Some browsers give up at once when nobody answers.
      if (source && source.readyState === EventSource.CLOSED) {
        disconnect()
        retry = window.setTimeout(connect, 1000)
      }
    })
  }

  function disconnect() {
    window.clearTimeout(retry)
    if (source) source.close()
    source = null
  }

  function receive(state) {
    if (state.version !== version || (told && state.name !== told)) {
      reload()
      return
    }
    const key = JSON.stringify([state.problems, state.more])
    if (told || key === shown) return
    shown = key
    overlay.show(state)
  }

  function reload() {
    disconnect()
    sessionStorage.setItem(scrollKey, JSON.stringify([location.pathname, window.scrollX, window.scrollY]))
    location.reload()
  }

  function restoreScroll() {
    const kept = JSON.parse(sessionStorage.getItem(scrollKey) || "null")
    sessionStorage.removeItem(scrollKey)
    if (kept && kept[0] === location.pathname) window.scrollTo({ left: kept[1], top: kept[2], behavior: "instant" })
  }

  function element(name, properties, ...children) {
    const made = Object.assign(document.createElement(name), properties)
    made.append(...children)
    return made
  }

  function problemElement(problem) {
    const made = element("pre", { className: problem.severity, tabIndex: 0 })
    made.textContent = problem.text
    return made
  }

  const overlay = {
    host: null,
    styled: false,
    wanted: false,

    show(state) {
      this.wanted = state.problems.length > 0
      if (!this.host && this.wanted) this.make()
      if (this.wanted) this.fill(state)
      this.settle()
    },

    // Opens or closes the dialog. It waits for its style sheet, so that nobody sees it bare.
    settle() {
      if (!this.host) return
      if (this.wanted && this.styled && !this.dialog.open) this.dialog.showModal()
      if (!this.wanted && this.dialog.open) this.dialog.close()
    },

    // As dark or light as the site is at the moment.
    adapt() {
      this.host.dataset.scheme = { slate: "dark", default: "light" }[document.body.dataset.mdColorScheme] || ""
    },

    fill(state) {
      const count = state.problems.length + state.more
      this.title.textContent =
        count === 1 ? "A problem keeps the site from being built" : `${count} problems keep the site from being built`
      this.list.replaceChildren(...state.problems.map(problemElement))
      if (state.more) this.list.append(element("p", {}, `The terminal shows ${state.more} more.`))
    },

    make() {
      const close = element("button", { type: "button", autofocus: true }, "Close")
      close.addEventListener("click", () => this.dialog.close())
      this.title = element("h2", { id: "title" })
      this.list = element("div")
      const hint = element(
        "p",
        { id: "hint" },
        "Below is the last site that could be built. This message goes away by itself once everything is mended.",
      )
      this.dialog = element("dialog", {}, element("div", { className: "bar" }, this.title, close), hint, this.list)
      this.dialog.setAttribute("role", "alertdialog")
      this.dialog.setAttribute("aria-labelledby", "title")
      this.dialog.setAttribute("aria-describedby", "hint")
      this.dialog.addEventListener("close", () => (this.wanted = false))
      // Keys pressed in the message are no shortcuts of the theme.
      this.dialog.addEventListener("keydown", (event) => event.stopPropagation())
      const style = element("link", { rel: "stylesheet", href: new URL("live.css", own).href })
      for (const outcome of ["load", "error"]) {
        style.addEventListener(outcome, () => {
          this.styled = true
          this.settle()
        })
      }
      this.host = element("kb-gen-preview", { lang: "en", dir: "ltr" })
      this.host.attachShadow({ mode: "open" }).append(style, this.dialog)
      document.body.append(this.host)
      this.adapt()
      new MutationObserver(() => this.adapt()).observe(document.body, { attributeFilter: ["data-md-color-scheme"] })
    },
  }

  document.addEventListener("visibilitychange", () => {
    // A browser allows few connections to one host: only pages that are looked at hold one.
    if (document.hidden) disconnect()
    else connect()
  })
  window.addEventListener("pagehide", disconnect)
  window.addEventListener("pageshow", connect)
  window.addEventListener("load", restoreScroll)
  connect()
})()
