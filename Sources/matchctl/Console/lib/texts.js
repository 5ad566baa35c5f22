// What the console says, in three languages. The words are tables of `texts/`; no code holds any.

export const languages = ["zh-Hans", "zh-Hant", "en"];
const tables = ["common", "broker", "pair", "park", "roles"];
const words = new Map();
let current = "zh-Hans";

/// Reads all tables. A row is `id`, then a cell for each language.
export async function loadTexts() {
  const answers = await Promise.all(tables.map((name) => fetch(`texts/${name}.tsv`)));
  for (const answer of answers) {
    if (!answer.ok) throw new Error(`${answer.url}: ${answer.status}`);
    for (const row of (await answer.text()).split("\n").slice(1)) {
      const cells = row.split("\t");
      if (cells.length === 4) words.set(cells[0], cells.slice(1));
    }
  }
}

export function language() {
  return current;
}

/// The language that was chosen before, or that the browser prefers.
export function preferredLanguage() {
  const kept = read("language");
  if (languages.includes(kept)) return kept;
  const wanted = (navigator.language || "").toLowerCase();
  if (/^zh-(hk|mo|tw|hant)/.test(wanted)) return "zh-Hant";
  if (wanted.startsWith("zh")) return "zh-Hans";
  return wanted.startsWith("en") ? "en" : "zh-Hans";
}

export function setLanguage(next) {
  current = languages.includes(next) ? next : "zh-Hans";
  document.documentElement.lang = current;
  keep("language", current);
}

/// The text `id` with `{name}` replaced. In English `{n|row|rows}` chooses by the number `n`.
/// A missing text shows its id, so that it is found and nothing breaks.
export function t(id, values) {
  const row = words.get(id);
  if (!row) return id;
  const text = row[languages.indexOf(current)];
  return values ? put(text, values) : text;
}

export function has(id) {
  return words.has(id);
}

function put(text, values) {
  return text.replace(/\{(\w+)(?:\|([^|}]*)\|([^}]*))?\}/g, (whole, name, one, many) => {
    if (!(name in values)) return whole;
    if (one === undefined) return String(values[name]);
    return Number(values[name]) === 1 ? one : many;
  });
}

/// The text of `stem.code`, or the code itself where the server knows a word that the tables do not.
export function word(stem, code) {
  const id = `${stem}.${code}`;
  return words.has(id) ? t(id) : String(code);
}

/// A setting of this browser; without storage (a closed WeChat page) it lasts as long as the page.
const memory = new Map();
export function keep(name, value) {
  memory.set(name, value);
  try {
    localStorage.setItem(`matchctl.${name}`, value);
  } catch (refused) {
    // Private mode: the value stays in memory.
  }
}
export function read(name) {
  if (memory.has(name)) return memory.get(name);
  try {
    return localStorage.getItem(`matchctl.${name}`);
  } catch (refused) {
    return null;
  }
}
