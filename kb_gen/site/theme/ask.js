/* The question on the home page goes to the lookup page behind the `#` of its address, which no server is told. */
"use strict"
for (const form of document.querySelectorAll("form.kb-ask"))
  form.addEventListener("submit", submitted => {
    submitted.preventDefault()
    location.href = `${form.getAttribute("action")}#q=${encodeURIComponent(form.elements.q.value)}`
  })
