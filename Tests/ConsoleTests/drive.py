"""Hands for a browser: a mouse, a finger or the keyboard alone; and the console's texts, to find things by their words."""

import pathlib
import re

here = pathlib.Path(__file__).resolve().parent
root = here.parent.parent
console = root / "Sources/matchctl/Console"
languages = ["zh-Hans", "zh-Hant", "en"]


class Texts:
    """What the console says in one language."""

    def __init__(self, language):
        self.language = language
        self.rows = {}
        for path in (console / "texts").glob("*.tsv"):
            for row in path.read_text("utf-8").rstrip("\n").split("\n")[1:]:
                cells = row.split("\t")
                self.rows[cells[0]] = cells[1 + languages.index(language)]

    def __getitem__(self, id):
        return self.rows[id]

    def pattern(self, id):
        """The text with anything in the place of its values."""
        parts = re.split(r"\{[^}]*\}", self.rows[id])
        return re.compile("^\\s*" + ".*".join(re.escape(p) for p in parts) + "\\s*$", re.S)


class Hand:
    """Does with a page what a person does: by mouse or finger, or with `keyboard` by keys alone."""

    def __init__(self, page, texts, keyboard=False):
        self.page, self.texts, self.keyboard = page, texts, keyboard

    def button(self, id, within=None, exact=False):
        name = self.texts[id] if exact or "{" not in self.texts[id] else self.texts.pattern(id)
        return (within or self.page).get_by_role("button", name=name, exact=isinstance(name, str))

    def link(self, id):
        return self.page.get_by_role("link", name=self.texts[id], exact=True)

    def tab(self, id):
        """A tab that is named with or without a count."""
        names = [self.texts[id]] + ([self.texts[f"{id}.n"]] if f"{id}.n" in self.texts.rows else [])
        parts = [re.sub(r"\\\{[^}]*\\\}", r"\\d+", re.escape(n)) for n in names]
        return self.page.get_by_role("tab", name=re.compile("^(" + "|".join(parts) + ")$"))

    def reach(self, target):
        """Tabs until `target` has the focus; an element that cannot be reached by keys is a fault."""
        target.wait_for(state="visible")
        for back in (False, True):
            for _ in range(260):
                if target.evaluate("node => node === document.activeElement"):
                    return
                self.page.keyboard.press("Shift+Tab" if back else "Tab")
        raise AssertionError(f"not reached by the keyboard: {target}")

    def press(self, target):
        if not self.keyboard:
            return target.click()
        if target.get_attribute("role") == "tab":
            return self.turn(target)
        self.reach(target)
        kind = target.evaluate("node => node.type === 'checkbox' || node.type === 'radio' ? 'Space' : 'Enter'")
        self.page.keyboard.press(kind)

    def turn(self, tab):
        """Chooses a tab with the arrow keys from the tab that is open."""
        self.reach(tab.locator("xpath=..").locator("[aria-selected='true']"))
        for _ in range(8):
            if tab.get_attribute("aria-selected") == "true":
                return
            self.page.keyboard.press("ArrowRight")
        raise AssertionError("the tab is not reached by arrow keys")

    def write(self, field, text):
        if not self.keyboard:
            return field.fill(text)
        self.reach(field)
        self.page.keyboard.press("Control+A")
        self.page.keyboard.insert_text(text)

    def choose(self, select, index):
        if not self.keyboard:
            return select.select_option(index=index)
        self.reach(select)
        self.page.keyboard.press("Home")
        for _ in range(index):
            self.page.keyboard.press("ArrowDown")
        assert select.evaluate("node => node.selectedIndex") == index

    def slide(self, slider, value):
        if not self.keyboard:
            return slider.fill(str(value))
        self.reach(slider)
        self.page.keyboard.press("Home")
        for _ in range(value // 5):
            self.page.keyboard.press("ArrowRight")

    def attach(self, button, path):
        with self.page.expect_file_chooser() as chosen:
            self.press(button)
        chosen.value.set_files(str(path))


class Watch:
    """Faults that a page shows nobody: errors of scripts, refusals of the content policy, requests to elsewhere."""

    def __init__(self, page, base):
        self.faults = []
        page.on("pageerror", lambda error: self.faults.append(f"script: {error}"))
        page.on("console", lambda message: message.type == "error" and self.heard(message.text))
        page.on("request", lambda r: not r.url.startswith((base, "blob:", "data:")) and self.faults.append(f"request to {r.url}"))

    def heard(self, text):
        if "status of 401" not in text:
            self.faults.append(f"console: {text}")


def checks(page):
    """What must hold on every screen; returns faults."""
    return page.evaluate("""() => {
      const faults = [];
      const shown = (n) => n.offsetParent !== null || n === document.body;
      if (document.documentElement.scrollWidth > document.documentElement.clientWidth + 1) faults.push("scrolls sideways");
      if (document.querySelectorAll("main").length !== 1) faults.push("not one main");
      if (!document.querySelector("main h1")) faults.push("no h1");
      if (!document.title || !document.documentElement.lang) faults.push("no title or language");
      for (const n of document.querySelectorAll("button, a[href], input:not([type=hidden]):not(.aside), select, textarea")) {
        if (!shown(n)) continue;
        const label = n.getAttribute("aria-label") || n.textContent.trim() || (n.labels && n.labels.length && n.labels[0].textContent.trim());
        if (!label) faults.push("no name: " + n.outerHTML.slice(0, 80));
      }
      const ids = Array.from(document.querySelectorAll("[id]"), (n) => n.id);
      if (new Set(ids).size !== ids.length) faults.push("an id twice");
      for (const n of document.querySelectorAll("img:not([alt]), [onclick], [style*='expression']")) faults.push("odd: " + n.outerHTML.slice(0, 80));
      const text = document.body.innerText;
      const bare = text.replace(/[\\w.-]+\\.(xlsx|csv|jsonl?|html|docx)/g, '').match(/\\b(?:today|bench|pair|ask|answer|publish|mapping|gaps|own|inbox|state|step|demand|action|verdict)\\.[a-zA-Z_.]{3,}\\b/);
      if (bare) faults.push("a text is missing: " + bare[0]);
      if (/undefined|\\[object|NaN/.test(text)) faults.push("a value is missing: " + text.match(/.{0,30}(undefined|\\[object|NaN).{0,20}/)[0]);
      return faults;
    }""")


def contrast(page):
    """Texts whose contrast to their ground is under 4.5 (3 for large ones); returns faults."""
    return page.evaluate("""() => {
      const rgb = (c) => (c.match(/[\\d.]+/g) || []).map(Number);
      const light = ([r, g, b]) => [r, g, b].map((v) => { v /= 255; return v <= 0.03928 ? v / 12.92 : Math.pow((v + 0.055) / 1.055, 2.4); })
        .reduce((s, v, i) => s + v * [0.2126, 0.7152, 0.0722][i], 0);
      const ground = (n) => { for (; n; n = n.parentElement) { const c = rgb(getComputedStyle(n).backgroundColor); if (c.length === 3 || c[3] > 0.9) return c; } return [255, 255, 255]; };
      const faults = new Set();
      const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
      while (walk.nextNode()) {
        const n = walk.currentNode.parentElement;
        if (!walk.currentNode.textContent.trim() || !n || n.offsetParent === null || n.closest(".aside, .toast, [aria-disabled=true]")) continue;
        const s = getComputedStyle(n);
        if (rgb(s.color)[3] === 0) continue;
        const a = light(rgb(s.color)), b = light(ground(n));
        const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
        if (ratio < (parseFloat(s.fontSize) >= 18.6 ? 3 : 4.5)) faults.add(`contrast ${ratio.toFixed(1)}: ${n.className} "${walk.currentNode.textContent.trim().slice(0, 20)}"`);
      }
      return Array.from(faults);
    }""")
