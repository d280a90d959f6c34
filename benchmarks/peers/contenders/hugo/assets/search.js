// Looks for all words of the query in the titles and texts of the language's index.
const form = document.querySelector("form.search");
const results = form.querySelector(".results");
let entries;

async function read() {
  entries ??= (await fetch(form.dataset.index)).json();
  return entries;
}

function found(entry, words) {
  const text = `${entry.title} ${entry.symbol} ${entry.text}`.toLowerCase();
  return words.every((word) => text.includes(word));
}

form.addEventListener("submit", (event) => event.preventDefault());
form.query.addEventListener("input", async () => {
  const words = form.query.value.toLowerCase().split(/\s+/).filter(Boolean);
  const all = words.length ? await read() : [];
  results.replaceChildren(
    ...all.filter((entry) => found(entry, words)).slice(0, 20).map((entry) => {
      const link = document.createElement("a");
      link.href = entry.url;
      link.textContent = entry.title;
      const item = document.createElement("li");
      item.append(link);
      return item;
    }),
  );
});
