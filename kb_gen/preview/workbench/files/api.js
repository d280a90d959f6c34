// The server's data. What goes wrong is an error whose message can be shown.

async function answer(promise) {
  const response = await promise
  const data = await response.json().catch(() => ({}))
  if (!response.ok) throw new Error(data.problem || `${response.status} ${response.statusText}`)
  return data
}

export function ask(path, query = {}) {
  const found = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== "" && value !== 0))
  return answer(fetch(`/api/${path}${found.size ? `?${found}` : ""}`))
}

export function tell(path, data) {
  return answer(
    fetch(`/api/${path}`, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(data),
    }),
  )
}

// An article's address keeps its slashes.
export function articlePath(address) {
  return address.split("/").map(encodeURIComponent).join("/")
}

export function listen(onVersion, onState) {
  let source = null
  function connect() {
    source = new EventSource("/api/events")
    source.addEventListener("version", (event) => {
      onState(true)
      onVersion(Number(event.data))
    })
    source.addEventListener("error", () => {
      onState(false)
      if (source.readyState === EventSource.CLOSED) setTimeout(connect, 2000)
    })
  }
  connect()
}
