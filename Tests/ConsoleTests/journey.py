"""The way through the console that an introduction takes: a park's list, the broker's desk, the night, the morning.

Runs against any server that speaks API v1: the stand-in (mock.py) or `matchctl serve` (real.py)."""

import re

import drive


class Journey:
    """`world`: `base` (address), `accounts` {role: (name, password)}, `list` (the park's file), `demand` (what the broker opens, or None:
    the first that stands in the day)."""

    def __init__(self, browser, world, language, width=1440, height=900, keyboard=False, shots=None):
        self.browser, self.world, self.language = browser, world, language
        self.size, self.keyboard, self.shots = (width, height), keyboard, shots
        self.texts = drive.Texts(language)
        self.faults, self.nights = [], []

    def sign_in(self, role):
        context = self.browser.new_context(
            viewport={"width": self.size[0], "height": self.size[1]}, has_touch=self.size[0] < 700, accept_downloads=True,
            locale={"zh-Hans": "zh-CN", "zh-Hant": "zh-HK", "en": "en-GB"}[self.language], timezone_id="Asia/Shanghai")
        page = context.new_page()
        page.set_default_timeout(self.world.get("patience", 15000))
        self.watch = drive.Watch(page, self.world["base"])
        page.goto(self.world["base"])
        self.hand = drive.Hand(page, self.texts, self.keyboard)
        name, password = self.world["accounts"][role]
        self.hand.write(page.locator("input[name=name]"), name)
        self.hand.write(page.locator("input[name=password]"), password)
        self.hand.press(page.locator("button[type=submit]"))
        page.locator(".nav a").first.wait_for()
        self.page = page
        return page

    def settle(self, name):
        """The screen at rest: checked, and kept as a picture."""
        self.page.wait_for_function("() => !document.querySelector('.skeleton, [aria-busy=true]')")
        self.page.wait_for_timeout(150)
        for fault in drive.checks(self.page) + drive.contrast(self.page) + self.watch.faults:
            self.faults.append(f"{self.language} {self.size[0]} {name}: {fault}")
        self.watch.faults.clear()
        if self.shots:
            self.page.screenshot(path=str(self.shots / f"{name}.png"))

    def leave(self):
        self.page.context.close()

    def run(self):
        self.park()
        self.night()
        self.broker()
        self.night()
        self.morning()
        return self.faults

    def park(self):
        """Uploads a list, corrects a row, publishes."""
        page, hand = self.sign_in("park"), None
        hand = self.hand
        self.settle("park-lists")
        hand.attach(hand.button("lists.pick"), self.world["list"])
        page.locator(".row-card").first.wait_for()
        self.settle("park-list")
        card = page.locator(".row-card[data-row='19']")
        refused = page.locator(".sums .reject b").first.inner_text()
        hand.press(card.get_by_role("button", name=self.texts["row.edit"]))
        self.settle("park-row")
        for heading, text in (("需求描述", "需 1600℃ 真空烧结，SiC 陶瓷"), ("预算(万元)", "50"), ("期望完成时间", "2027-10-31")):
            hand.write(card.get_by_label(heading, exact=True), text)
        hand.press(card.get_by_role("button", name=self.texts["row.save"]))
        page.wait_for_function("before => { const b = document.querySelector('.sums .reject b'); return b && Number(b.textContent) < Number(before); }", arg=refused)
        hand.press(hand.button("publish.look"))
        hand.button("publish.act").wait_for()
        self.settle("park-difference")
        hand.press(hand.button("publish.act"))
        page.get_by_text(self.texts["publish.done"]).wait_for()
        self.settle("park-published")
        hand.press(hand.link("publish.follow"))
        page.locator("h1", has_text=self.texts["nav.demands"]).wait_for()
        self.settle("park-demands")
        hand.press(hand.button("assign.shown"))
        dialog = page.get_by_role("dialog")
        hand.write(dialog.locator("input[name=broker]"), self.world["accounts"]["broker"][0])
        self.settle("park-assign")
        hand.press(dialog.get_by_role("button", name=self.texts["assign"], exact=True))
        dialog.wait_for(state="detached", timeout=60000)
        self.leave()

    def broker(self):
        """Opens a demand, reads why, moves a weight, asks, records the answer, declines."""
        page = self.sign_in("broker")
        hand = self.hand
        page.locator(".row-link").first.wait_for()
        self.settle("broker-today")
        wanted = self.world.get("demand")
        hand.press(page.locator(".row-link", has_text=wanted).first if wanted else page.locator(".row-link").first)
        page.locator(".ranked .row-link").first.wait_for()
        self.settle("broker-demand")
        self.weigh(page, hand)
        open_rows = page.locator(".ranked tr", has=page.locator(".chip.potential"))
        hand.press(open_rows.first.locator(".row-link"))
        page.locator(".criteria > li").first.wait_for()
        page.wait_for_function("() => document.querySelectorAll('.questions > li').length > 0 && !document.querySelector('[aria-busy=true]')")
        assert page.locator(".criteria > li .chip").count() > 0, "no criterion has a state"
        self.settle("broker-pair")
        self.ask(page, hand)
        self.decline(page, hand)
        self.leave()

    def weigh(self, page, hand):
        fold = page.locator(".bench-asks > div > details > summary")
        if fold.is_visible():
            hand.press(fold)
        slider = page.locator("input[name='weight-place']" if page.locator("input[name='weight-place']").count() else ".weights input").first
        hand.slide(slider, 95)
        page.get_by_text(self.texts.pattern("bench.changed")).wait_for()
        self.settle("broker-weight")
        hand.press(hand.button("bench.reset"))
        page.get_by_text(self.texts.pattern("bench.changed")).wait_for(state="detached")
        if fold.is_visible():
            hand.press(fold)

    def ask(self, page, hand):
        hand.press(hand.tab("pair.questions"))
        rows = page.locator(".questions > li")
        rows.first.wait_for()
        at = next((i for i in range(rows.count()) if re.search("℃|mm|nm|μm|kg|kV|V|L|m²|Hz", rows.nth(i).inner_text())), 0)
        row = rows.nth(at)
        hand.press(row.get_by_role("button", name=self.texts["copy"], exact=True))
        self.said("copied")
        hand.press(row.get_by_role("button", name=self.texts["ask.sent"], exact=True))
        self.said("ask.sentDone")
        # Before the answer: it may end the pair, and no text is made for a line that does not fit.
        hand.press(page.locator(".letters summary"))
        page.locator("textarea.letter").wait_for()
        assert page.locator("textarea.letter").input_value().strip(), "an empty letter"
        self.settle("broker-letter")
        hand.press(row.locator("summary"))
        hand.press(row.get_by_role("button", name=self.texts["answer.no"], exact=True))
        row.locator(".notice").wait_for()
        assert row.locator(".notice.good").count() == 1, row.locator(".notice").inner_text()
        self.settle("broker-answer")

    def decline(self, page, hand):
        to_list = page.locator(".to-list")
        if to_list.is_visible():
            hand.press(to_list)
        before = page.locator(".ranked .row-link").count()
        hand.press(page.locator(".ranked .row-link").last)
        page.locator(".pair").wait_for()
        page.wait_for_function("() => !document.querySelector('[aria-busy=true]')")
        hand.press(hand.tab("pair.decide"))
        hand.press(hand.button("decline"))
        dialog = page.get_by_role("dialog")
        hand.choose(dialog.locator("select[name=reason]"), 1)
        self.settle("broker-decline")
        hand.press(dialog.get_by_role("button", name=self.texts["decline"], exact=True))
        dialog.wait_for(state="detached")
        page.wait_for_function("n => document.querySelectorAll('.ranked .row-link').length < n || n === 1", arg=before)

    def said(self, id):
        """A screen reader was told."""
        self.page.wait_for_function("text => document.getElementById('live').textContent === text", arg=self.texts[id])

    def told(self, page):
        """What the server says of the last two runs, for whoever reads a failure."""
        return page.evaluate("""async () => {
          const get = async (path) => (await fetch(`api/v1${path}`)).json();
          return JSON.stringify([(await get("/runs?limit=2")).items, await get("/runs/latest/changes?limit=5"), await get("/decisions?limit=5")]).slice(0, 3000);
        }""")

    def night(self):
        page = self.sign_in("administrator")
        self.hand.press(self.hand.link("nav.runs"))
        page.locator("h1", has_text=self.texts["nav.runs"]).wait_for()
        self.hand.press(self.hand.button("runs.start"))
        done = page.locator("[role=status]", has_text=self.texts.pattern("runs.done")).first
        done.wait_for(timeout=self.world.get("night", 20000))
        said = done.inner_text()
        assert said not in self.nights, f"an older run was told as the new one: {said}"
        self.nights.append(said)
        self.settle("admin-runs")
        self.leave()

    def morning(self):
        page = self.sign_in("broker")
        self.hand.press(self.hand.link("nav.morning"))
        page.locator(".changes > li, main .empty").first.wait_for()
        if not page.locator(".changes > li").count():
            raise AssertionError(f"no change in the morning after {self.nights}: {self.told(page)}")
        self.settle("broker-morning")
        self.leave()
