/* Leaves, of the bodies in all languages, the one in the language of the address that wasn't found. */
"use strict"
{
  const root = new URL(document.currentScript.dataset.kbSite, location.href).pathname
  const locale = location.pathname.slice(root.length).split("/")[0].toLowerCase()
  const bodies = [...document.querySelectorAll("[data-kb-locale]")]
  const wanted = bodies.find(body => body.dataset.kbLocale === locale)
  if (wanted)
    for (const body of bodies)
      body.hidden = body !== wanted
}
