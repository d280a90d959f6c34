/* The question on the home page goes to the lookup page behind the `#` of its address, which no server is told. */
"use strict"
for (const form of document.querySelectorAll("form.kb-ask")) {
  /* Disabled until now: without this script, the question would only end up in a server's log. */
  form.querySelector("[type=submit]")?.removeAttribute("disabled")
  form.addEventListener("submit", submitted => {
    submitted.preventDefault()
    location.href = `${form.getAttribute("action")}#q=${encodeURIComponent(form.elements.q.value)}`
  })
}
