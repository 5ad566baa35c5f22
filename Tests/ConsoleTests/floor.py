#!/usr/bin/env python3
"""Checks the console's files without a browser: nothing newer than Chromium 86 and Safari 14, nothing fetched from
elsewhere, no markup from data, no words in code, every text in three languages, files of at most 600 lines.

usage: floor.py     Prints one line a fault; exit 1 if there is one."""

import pathlib
import re
import sys

console = pathlib.Path(__file__).resolve().parent.parent.parent / "Sources/matchctl/Console"
# What a page may not use, with the first version that has it, by kind of file.
too_new = {
    ".js": [
        (r"^await\b|^(?:export )?(?:const|let)[^;\n]*=\s*await\b", "top-level await: Chromium 89, Safari 15"),
        (r"\.at\(", "Array.at: Chromium 92, Safari 15.4"),
        (r"structuredClone\(", "structuredClone: Chromium 98, Safari 15.4"),
        (r"Object\.hasOwn\(", "Object.hasOwn: Chromium 93, Safari 15.4"),
        (r"\.findLast|\.toSorted\(|\.toReversed\(|\.with\(|Object\.groupBy|Map\.groupBy", "newer array methods"),
        (r"randomUUID", "crypto.randomUUID: Chromium 92, Safari 15.4, HTTPS alone"),
        (r"\(\?<[=!]", "look-behind: Safari 16.4"),
        (r"/[a-z]*[dv][a-z]*\.(test|exec)", "regular expression flags d, v"),
        (r"\bstatic\s+\w+\s*=|^\s+#\w+", "class fields: Safari 14.1"),
        (r"showModal\(|createElement\(\"dialog\"", "dialog: Safari 15.4"),
        (r"Intl\.(ListFormat|Segmenter|DisplayNames)|dateStyle|timeStyle", "newer Intl"),
        (r"\.requestSubmit\(|\.showPicker\(|\binert\b|Promise\.withResolvers", "newer page interfaces"),
        (r"\bcause:\s", "Error.cause: Chromium 93"),
        (r"scheduler\.|ViewTransition|popover", "newer page interfaces"),
    ],
    ".css": [
        (r":has\(|:is\(|:where\(", ":has, :is, :where: Chromium 88 or later"),
        (r":not\([^)]*,", "lists in :not: Chromium 88"),
        (r"@container|@layer|@scope|@property|container-type", "container queries, layers"),
        (r"(?<![\w-])inset\s*:", "inset: Chromium 87, Safari 14.1"),
        (r"aspect-ratio", "aspect-ratio: Chromium 88, Safari 15"),
        (r"accent-color|color-mix|oklch|\bdvh\b|\bsvh\b|text-wrap|scrollbar-gutter|subgrid|overflow:\s*clip", "newer properties"),
        (r"(margin|padding)-(inline|block)\s*:", "short logical properties: Chromium 87, Safari 14.1"),
        (r"(?<!grid-)(?<!-)\bgap\s*:", "gap in flex: Safari 14.1 (grid-gap is old enough)"),
        (r"^\s+&", "nesting: Chromium 112"),
        (r"width\s*[<>]=", "range media queries: Chromium 104"),
    ],
}
never = [
    (r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|DOMParser|\beval\(|new Function|srcdoc", "markup or code from text"),
    (r"setAttribute\(\"style\"|setAttribute\(\"on", "inline style or handler: refused by the content policy"),
]
cjk = re.compile(r"[\u2e80-\u9fff\uff01-\uff0f\uff1a-\uffef]")


def faults():
    for path in sorted(console.rglob("*")):
        if path.is_dir():
            continue
        text = path.read_text("utf-8")
        name = path.relative_to(console)
        lines = text.split("\n")
        if len(lines) > 601:
            yield f"{name}: {len(lines)} lines"
        if path.suffix in (".js", ".css"):
            yield from in_lines(name, path.suffix, lines)
        if path.suffix == ".html" and re.search(r"<script(?![^>]*src=)|<style|\son\w+=|\sstyle=", text):
            yield f"{name}: inline script, style or handler"
        for match in re.finditer(r"""(?:src|href|import|from|url\()\s*=?\s*["'(]?(https?:)?//[\w.]+""", text):
            if "www.w3.org" not in match[0]:
                yield f"{name}: fetched from elsewhere: {match[0]}"
    yield from in_texts()


def in_lines(name, kind, lines):
    for number, line in enumerate(lines, 1):
        code = re.sub(r"//.*|/\*.*?\*/", "", line) if kind == ".js" and not re.search(r"https?://|/\S+//", line) else line
        for pattern, why in too_new[kind] + never:
            if re.search(pattern, code):
                yield f"{name}:{number}: {why}"
        if kind == ".js":
            words = re.sub(r"//.*", "", line)
            plain = re.sub(r"/(?:\\.|\[[^\]]*\]|[^/\\\n])+/[gimu]*", "", words)
            if cjk.search(plain):
                yield f"{name}:{number}: words in code"


def in_texts():
    known = {}
    for path in sorted((console / "texts").glob("*.tsv")):
        rows = path.read_text("utf-8").rstrip("\n").split("\n")
        if rows[0] != "id\tzh-Hans\tzh-Hant\ten":
            yield f"{path.name}: heading"
        for number, row in enumerate(rows[1:], 2):
            cells = row.split("\t")
            if len(cells) != 4 or not all(c.strip() for c in cells):
                yield f"{path.name}:{number}: a language is missing"
                continue
            if cells[0] in known:
                yield f"{path.name}:{number}: {cells[0]} twice"
            known[cells[0]] = cells
            holes = [set(re.findall(r"\{(\w+)", c)) for c in cells[1:]]
            if not holes[0] == holes[1] == holes[2] and not cells[0].startswith("day."):
                yield f"{path.name}:{number}: values differ between languages"
            if cjk.search(cells[3]) and cells[0] not in ("language.zh-Hans", "language.zh-Hant"):
                yield f"{path.name}:{number}: Chinese in the English text"
            if re.search(r"[“”]", cells[2]):
                yield f"{path.name}:{number}: quotes of the mainland in the Hong Kong text"
    yield from unknown_ids(known)


def unknown_ids(known):
    source = "\n".join(p.read_text("utf-8") for p in console.rglob("*.js"))
    used = set(re.findall(r'\bt\(\s*"([^"]+)"', source))
    for pair in re.findall(r'\bt\([^"()]*\? "([^"]+)" : "([^"]+)"', source):
        used.update(pair)
    for call in re.findall(r"empty\(([^)]*)\)", source):
        used.update(f"{stem}.{part}" for stem in re.findall(r'"([a-z]\w*(?:\.\w+)?)"', call) if "." in stem or stem in ("none", "missing") for part in ("title", "text"))
    for missing in sorted(used - set(known)):
        yield f"texts: {missing} is used and stands in no table"
    stems = set(re.findall(r"`([\w.]+)\.\$", source)) | set(re.findall(r'\bword\("([\w.]+)"', source))
    for unused in sorted(known):
        if unused in used or any(unused.startswith(f"{s}.") for s in stems) or re.search(rf'"{re.escape(unused)}"', source):
            continue
        if re.sub(r"\.(title|text|n)$", "", unused) in source or unused.startswith("error."):
            continue
        yield f"texts: {unused} is used nowhere"


if __name__ == "__main__":
    found = list(faults())
    print("\n".join(found) if found else f"console: {sum(1 for p in console.rglob('*') if p.is_file())} files within the floor")
    sys.exit(1 if found else 0)
