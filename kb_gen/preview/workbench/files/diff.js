// What differs between two texts, word by word.

import { element } from "./dom.js"

const LIMIT = 400

function parts(text) {
  return text.match(/\s+|[\p{L}\p{N}]+|[^\s\p{L}\p{N}]/gu) ?? []
}

function longest(before, after) {
  const lengths = Array.from({ length: before.length + 1 }, () => new Uint16Array(after.length + 1))
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      lengths[i][j] =
        before[i] === after[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1])
  return lengths
}

// `text` as nodes, with what `other` doesn't have in elements of the given name: `ins` or `del`.
export function marked(text, other, name) {
  const [own, theirs] = [parts(text), parts(other)]
  if (own.length > LIMIT || theirs.length > LIMIT) return [text]
  const lengths = longest(own, theirs)
  const nodes = []
  let [i, j, run] = [0, 0, ""]
  const flush = () => {
    if (run) nodes.push(element(name, {}, run))
    run = ""
  }
  while (i < own.length) {
    if (j < theirs.length && own[i] === theirs[j]) {
      flush()
      nodes.push(own[i])
      i++
      j++
    } else if (j < theirs.length && lengths[i][j + 1] > lengths[i + 1][j]) j++
    else run += own[i++]
  }
  flush()
  return nodes
}
