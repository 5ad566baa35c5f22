"""What the other roles do against `matchctl serve`: an administrator's accounts, tokens and parks, a second pair of eyes over a list,
a recorded look at restricted fields, a platform's inbox, answers and lines, what found nothing and why."""

from journey import Journey

# A list with a restricted row, as a park writes it.
secret = "XK-7731 专用掩模"
rows = ["需求名称,需求描述,密级,所属行业", f"碳化硅离子注入,6英寸碳化硅 高温离子注入 流片 {secret},保密,集成电路", "聚合反应放大,300L 聚合反应釜 中试放大 批次试产,公开,新材料"]


class Roles(Journey):
    def run(self):
        self.parks_and_people()
        self.second_pair_of_eyes()
        self.look()
        self.platform()
        self.planner(False)
        self.night()
        self.planner(True)
        self.policy()
        return self.faults

    def account(self, role, name, password):
        self.world["accounts"][role] = (name, password)

    def dialog(self):
        return self.page.get_by_role("dialog")

    def parks_and_people(self):
        """A colleague of the park, a token that is made and ended, an account put off and on again, a park that wants review."""
        page = self.sign_in("administrator")
        hand = self.hand
        hand.press(hand.link("nav.users"))
        page.locator("h1", has_text=self.texts["nav.users"]).wait_for()
        page.locator(".row-sub").first.wait_for()
        self.settle("real-users")
        hand.press(hand.button("users.add"))
        hand.write(self.dialog().locator("input[name=name]"), "hp.li")
        hand.choose(self.dialog().locator("select[name=role]"), 1)
        hand.write(self.dialog().locator("input[name=of]"), "HP")
        hand.write(self.dialog().locator("input[name=password]"), "short")
        hand.press(self.dialog().locator("button[type=submit]"))
        self.dialog().locator(".notice.bad, [role=alert]").first.wait_for()
        # The browser itself says that a request was refused.
        self.watch.faults.clear()
        self.settle("real-users-refused")
        hand.write(self.dialog().locator("input[name=password]"), "a colleague's words")
        hand.press(self.dialog().locator("button[type=submit]"))
        self.dialog().wait_for(state="detached")
        self.account("colleague", "hp.li", "a colleague's words")
        row = page.locator("tr", has_text="hp.li")
        row.wait_for()
        self.switch(page, row)
        hand.press(row.get_by_role("button", name=self.texts["users.tokens"], exact=True))
        hand.write(self.dialog().locator("input[name=label]"), "抄送系统")
        hand.press(self.dialog().locator("button[type=submit]"))
        self.dialog().locator("code.token").wait_for()
        assert self.dialog().locator("code.token").inner_text().startswith("mt_"), "no token"
        self.settle("real-tokens")
        hand.press(self.dialog().get_by_role("button", name=self.texts["tokens.end"], exact=True))
        self.dialog().get_by_text(self.texts["tokens.none"]).wait_for()
        page.keyboard.press("Escape")
        self.dialog().wait_for(state="detached")
        box = page.locator("tr", has_text="HP").locator("input[type=checkbox]").last
        hand.press(box)
        self.said("saved")
        self.leave()

    def switch(self, page, row):
        for button, chip in (("users.disable", "users.off"), ("users.enable", "users.on")):
            self.hand.press(row.get_by_role("button", name=self.texts[button], exact=True))
            row.locator(".chip", has_text=self.texts[chip]).wait_for()

    def second_pair_of_eyes(self):
        """Who fills a list in submits it and may not publish it; a colleague does."""
        page = self.sign_in("park")
        hand = self.hand
        folder = self.world["log"].parent
        path = folder / "restricted.csv"
        path.write_text("\n".join(rows) + "\n", "utf-8")
        hand.attach(hand.button("lists.pick"), path)
        page.locator(".publish").wait_for()
        hand.button("review.submit").wait_for()
        assert hand.button("publish.look").count() == 0, "published without a second person"
        self.settle("real-review-submit")
        hand.press(hand.button("review.submit"))
        page.get_by_text(self.texts["review.other"]).wait_for()
        self.settle("real-review-waits")
        self.leave()
        page = self.sign_in("colleague")
        hand = self.hand
        hand.press(page.locator(".row-link", has_text="restricted.csv").first)
        hand.button("publish.look").wait_for()
        self.settle("real-review")
        hand.press(hand.button("publish.look"))
        hand.button("publish.act").wait_for()
        hand.press(hand.button("publish.act"))
        page.get_by_text(self.texts["publish.done"]).wait_for()
        hand.press(hand.link("publish.follow"))
        page.locator("h1", has_text=self.texts["nav.demands"]).wait_for()
        hand.press(hand.button("assign.shown"))
        hand.write(self.dialog().locator("input[name=broker]"), self.world["accounts"]["broker"][0])
        hand.press(self.dialog().get_by_role("button", name=self.texts["assign"], exact=True))
        self.dialog().wait_for(state="detached")
        self.leave()

    def look(self):
        """The broker reads what is restricted only after she says so; it is in the demand's history."""
        page = self.sign_in("broker")
        hand = self.hand
        page.locator(".row-link").first.wait_for()
        page.goto(self.world["base"] + "#/demands")
        page.locator("h1", has_text=self.texts["nav.demands"]).wait_for()
        page.locator(".row-link").first.wait_for()
        for at in range(page.locator(".row-link").count()):
            page.locator(".row-link").nth(at).click()
            page.locator(".bench").wait_for()
            page.wait_for_function("() => !document.querySelector('.skeleton, [aria-busy=true]')")
            if hand.button("sealed.look").count():
                break
            page.go_back()
            page.locator(".row-link").first.wait_for()
        assert secret not in page.content(), "a restricted value is shown without a look"
        self.settle("real-sealed")
        hand.press(hand.button("sealed.look"))
        assert secret not in page.content()
        hand.press(self.dialog().get_by_role("button", name=self.texts["sealed.show"], exact=True))
        self.dialog().locator("dl").wait_for()
        shown = self.dialog().inner_text()
        assert secret in shown, "the look shows nothing"
        assert "ic" not in shown.split(), "the look shows a code"
        self.settle("real-sealed-look")
        page.keyboard.press("Escape")
        self.dialog().wait_for(state="detached")
        self.leave()

    def platform(self):
        page = self.sign_in("platform")
        hand = self.hand
        page.locator("h1", has_text=self.texts["nav.inbox"]).wait_for()
        page.wait_for_function("() => !document.querySelector('.skeleton, [aria-busy=true]')")
        self.settle("real-inbox")
        fields = page.locator("form.answer input")
        if fields.count():
            row = page.locator(".questions > li").first
            hand.press(row.get_by_role("button", name=self.texts["inbox.no"], exact=True))
            row.locator(".chip.good").wait_for()
        hand.press(hand.link("nav.own"))
        hand.button("own.valid").wait_for()
        self.settle("real-own")
        hand.press(hand.button("own.valid"))
        self.said("own.validDone")
        form = page.locator("form", has=page.locator("input[name=day]")).first
        hand.write(form.locator("input[name=day]"), "2026-12-20")
        hand.press(form.locator("button[type=submit]"))
        self.said("own.saved")
        page.wait_for_function("() => !document.querySelector('[aria-busy=true]') && document.querySelector('input[name=day]').value === '2026-12-20'")
        bound = page.locator("input[name=max]").first
        if bound.count():
            hand.write(bound, "712")
            hand.press(page.locator("form", has=bound).last.get_by_role("button", name=self.texts["own.saveSpecs"], exact=True))
            page.wait_for_function("() => document.querySelector('[role=alert]') || (!document.querySelector('[aria-busy=true]') && Array.from(document.querySelectorAll('input[name=max]'), i => i.value).includes('712'))")
            assert page.locator("[role=alert]").count() == 0, page.locator("[role=alert]").first.inner_text()
        self.settle("real-own-saved")
        self.leave()

    def planner(self, after):
        page = self.sign_in("planner")
        page.locator("h1", has_text=self.texts["nav.gaps"]).wait_for()
        page.locator(".matrix, .empty").first.wait_for()
        self.settle("real-gaps-after" if after else "real-gaps")
        if after:
            assert page.get_by_text(self.texts["gaps.noRun.title"]).count() == 0, "the night's unmatched are not shown"
        else:
            page.get_by_text(self.texts["gaps.noRun.title"]).wait_for()
        assert secret not in page.content()
        self.leave()

    def policy(self):
        page = self.sign_in("administrator")
        self.hand.press(self.hand.link("nav.policy"))
        page.locator("h1", has_text=self.texts["nav.policy"]).wait_for()
        page.locator("details").first.wait_for()
        self.settle("real-policy")
        self.leave()
