/* Makes exact words count more than their beginnings in Material's search.

   Material looks for every word as a prefix only: `1024` finds 10240 first where that is rarer, and a word's stem
   isn't found by the word. Here each word of a query is also asked for as it is, with a high boost; the worker's
   pipeline then stems it as it stemmed the text. Queries with operators of their own are left alone. */
"use strict"
{
  const QUERY = 2 /* SearchMessageType.QUERY of Material's worker */
  const EXACT = 20
  const PREFIXES = 8 /* a pasted log line has more words than prefixes are worth */
  const PUNCTUATION = /[\s:*~^+]+|(?:^|\s)-+|-+(?=\s|$)/g

  const precise = query => {
    if (query.includes('"') || /(?:^|\s)[+-]\S/.test(query))
      return query
    const words = query.replace(PUNCTUATION, " ").split(" ").filter(Boolean)
    return words.flatMap((word, index) => {
      const exact = `${word}^${EXACT}`
      return index < PREFIXES || index === words.length - 1 ? [exact, word] : [exact]
    }).join(" ")
  }

  const send = window.Worker.prototype.postMessage
  window.Worker.prototype.postMessage = function (message, ...rest) {
    const query = message && message.type === QUERY && typeof message.data === "string"
    return send.call(this, query ? { ...message, data: precise(message.data) } : message, ...rest)
  }
}
