"""What the stand-in can show and a real server rarely does: every role's screens, empty, waiting and failed ones, a long list,
hostile text, composition of Chinese, copying without HTTPS, paper."""

import re

import drive
import mock
from journey import Journey

screens = {
    "park": ["lists", "lists/L1", "demands", "demands/DEMO-01"],
    "broker": ["today", "morning", "demands", "try", "reports", "demands/DEMO-01", "demands/DEMO-01/history"],
    "platform": ["inbox", "own"], "planner": ["gaps", "reports", "try"],
    "administrator": ["users", "runs", "policy", "lists", "morning", "gaps", "demands", "reports"],
}
accounts = {r: (n, "any password") for r, n in {"park": "park", "broker": "broker", "platform": "platform", "planner": "planner", "administrator": "admin",
                                                "empty": "empty", "slow": "slow", "broken": "broken"}.items()}


def every_screen(browser, base, shots):
    """Every role in every language at three widths."""
    faults = []
    for language in drive.languages:
        for width in (1440, 1100, 375):
            for role, pages in screens.items():
                journey = Journey(browser, {"base": base, "accounts": accounts}, language, width, 800, shots=shots if (language, width) == ("zh-Hans", 1440) else None)
                page = journey.sign_in(role)
                for name in pages:
                    page.goto(f"{base}#/{name}")
                    page.locator("main h1").first.wait_for()
                    journey.settle(f"{role}-{name.replace('/', '-').lower()}" if name not in ("lists/L1",) else "park-desk")
                journey.leave()
                faults += journey.faults
    return faults


def odd_states(browser, base):
    journey = Journey(browser, {"base": base, "accounts": accounts}, "zh-Hans")
    texts = journey.texts
    page = journey.sign_in("empty")
    page.get_by_text(texts["today.empty.title"]).wait_for()
    journey.leave()
    page = journey.sign_in("broken")
    page.locator("[role=alert]").wait_for()
    assert page.get_by_role("button", name=texts["again"]).count() == 1
    journey.leave()
    page = journey.sign_in("slow")
    assert page.locator(".skeleton[role=status]").count() == 1, "no loading state"
    journey.leave()
    return []


def long_list(browser, base):
    """20,000 rows: few in the page, scrolled quickly, the focus kept."""
    mock.state["many"] = 20000
    try:
        journey = Journey(browser, {"base": base, "accounts": accounts}, "zh-Hans")
        page = journey.sign_in("broker")
        page.locator(".window").wait_for()
        assert page.locator("tbody tr").count() < 120
        page.evaluate("() => { document.querySelector('.window').scrollTop = 500000; }")
        page.wait_for_function("() => /0[5-9]\\d{3}/.test(document.querySelectorAll('.row-link')[15].textContent)")
        assert page.locator("tbody tr").count() < 160
        page.locator(".row-link").nth(15).focus()
        words = page.evaluate("document.activeElement.textContent")
        page.keyboard.press("ArrowDown")
        assert page.evaluate("document.activeElement.textContent") != words
        assert page.locator("table").first.get_attribute("aria-rowcount") == "20007"
        journey.leave()
    finally:
        mock.state["many"] = 0
    return []


def hostile(browser, base):
    """Script in every text field of every answer is shown as text."""
    bad = "<img src=x onerror=\"window.hit=1\"><script>window.hit=1</script>\"'`${1}"
    journey = Journey(browser, {"base": base, "accounts": accounts}, "zh-Hans")
    faults = []

    def poison(value):
        if isinstance(value, dict):
            return {k: (v if k in codes else poison(v)) for k, v in value.items()}
        if isinstance(value, list):
            return [poison(v) for v in value]
        return bad if isinstance(value, str) else value

    codes = {"id", "demand", "line", "role", "actions", "csrf", "action", "state", "verdict", "step", "next", "as_of", "state", "kind", "what", "waits", "criterion",
             "part", "strictness", "failure", "filters", "to", "basis", "field", "expires", "event", "due", "slot", "scopes", "url", "platform"}
    for role, pages in screens.items():
        page = journey.sign_in(role)

        def route(handling):
            answer = handling.fetch()
            kind = answer.headers.get("content-type", "")
            handling.fulfill(response=answer, json=poison(answer.json())) if "json" in kind and answer.status == 200 and "session" not in handling.request.url else handling.fulfill(response=answer)

        page.route("**/api/v1/**", route)
        shown = 0
        for name in pages:
            page.goto(f"{base}#/{name}")
            page.wait_for_timeout(350)
            shown += page.get_by_text("<img src=x").count()
            if page.evaluate("window.hit") or page.locator("main img, main script").count():
                faults.append(f"hostile text ran at {role} {name}")
        if shown == 0:
            faults.append(f"hostile text was not shown at {role}")
        page.unroute_all(behavior="ignoreErrors")
        journey.leave()
    return faults


def composing(browser, base):
    """No filter and no submit while Chinese is being composed."""
    journey = Journey(browser, {"base": base, "accounts": accounts}, "zh-Hans")
    page = journey.sign_in("broker")
    page.locator(".row-link").first.wait_for()
    rows = page.locator("tbody tr").count()
    page.locator("input[type=search]").focus()
    client = page.context.new_cdp_session(page)
    client.send("Input.imeSetComposition", {"text": "wu ren", "selectionStart": 6, "selectionEnd": 6})
    page.wait_for_timeout(500)
    assert page.locator("tbody tr").count() == rows, "the list was filtered by pinyin"
    client.send("Input.insertText", {"text": "无人机"})
    page.wait_for_function("n => document.querySelectorAll('tbody tr').length < n", arg=rows)
    page.goto(f"{base}#/try")
    words = page.locator("textarea[name=text]")
    words.wait_for()
    words.fill("碳化硅")
    page.locator("details summary").first.click()
    page.locator("input[name=places]").focus()
    client.send("Input.imeSetComposition", {"text": "guang", "selectionStart": 5, "selectionEnd": 5})
    page.locator("input[name=places]").dispatch_event("keydown", {"key": "Enter", "keyCode": 229})
    page.wait_for_timeout(200)
    assert page.locator(".bench").count() == 0, "the form was sent in the middle of a composition"
    journey.leave()
    return []


def copying(browser, base):
    """Copying works where the page gets no clipboard (no HTTPS)."""
    journey = Journey(browser, {"base": base, "accounts": accounts}, "zh-Hans")
    page = journey.sign_in("broker")
    page.evaluate("Object.defineProperty(window, 'isSecureContext', { value: false })")
    page.goto(f"{base}#/demands/DEMO-01")
    journey.hand.press(journey.hand.tab("pair.questions"))
    row = page.locator(".questions > li").first
    row.get_by_role("button", name=journey.texts["copy"], exact=True).click()
    journey.said("copied")
    page.goto(f"{base}#/try")
    area = page.locator("textarea[name=text]")
    area.focus()
    page.keyboard.press("Control+V")
    assert "IATF" in area.input_value(), "nothing was on the clipboard"
    journey.leave()
    return []


def paper(browser, base):
    """A page prints all tabs and no controls."""
    journey = Journey(browser, {"base": base, "accounts": accounts}, "zh-Hans")
    page = journey.sign_in("broker")
    page.goto(f"{base}#/demands/DEMO-01")
    page.locator(".criteria > li").first.wait_for()
    page.emulate_media(media="print")
    assert not page.locator(".bar-top").is_visible() and page.locator(".questions").first.is_visible()
    assert page.pdf().startswith(b"%PDF")
    journey.leave()
    return []


def session_ends(browser, base):
    """A lost session asks for the password and comes back to the page; another's address is shown as not there."""
    journey = Journey(browser, {"base": base, "accounts": accounts}, "zh-Hans")
    page = journey.sign_in("broker")
    page.goto(f"{base}#/demands/DEMO-02")
    page.locator(".ranked .row-link").first.wait_for()
    page.context.clear_cookies()
    page.goto(f"{base}#/demands/DEMO-03")
    page.locator("input[name=password]").wait_for()
    page.fill("input[name=name]", "broker")
    page.fill("input[name=password]", "wrong")
    page.keyboard.press("Enter")
    page.locator("[role=alert]").wait_for()
    page.fill("input[name=password]", "right enough")
    page.keyboard.press("Enter")
    page.locator("h1", has_text="Fan-out").wait_for()
    page.goto(f"{base}#/demands/NO-SUCH")
    page.locator(".notice.bad, .empty").first.wait_for()
    journey.leave()
    return []


def downloads(browser, base):
    """Files come by real addresses that the browser fetches with its cookie, not by script."""
    journey = Journey(browser, {"base": base, "accounts": accounts}, "zh-Hans")
    page = journey.sign_in("broker")
    page.locator(".row-link").first.wait_for()
    address = page.get_by_role("link", name=journey.texts["today.export"]).get_attribute("href")
    assert re.match(r"api/v1/todo/sheet\?lang=zh-Hans&format=xlsx", address), address
    page.get_by_role("button", name=re.compile(re.escape(journey.texts["today.no_reply"]))).click()
    assert "filter=no_reply" in page.get_by_role("link", name=journey.texts["today.export"]).get_attribute("href")
    journey.leave()
    return []


def pressing(browser, base):
    """A link of the bar that a finger is on is followed, though the page changes between down and up; signing in draws its bar once."""
    journey = Journey(browser, {"base": base, "accounts": accounts}, "zh-Hans")
    page = journey.sign_in("administrator")
    page.evaluate("() => { window.bar = document.querySelector('.nav'); }")
    page.locator("h1", has_text=journey.texts["nav.users"]).wait_for()
    assert page.evaluate("() => window.bar === document.querySelector('.nav')"), "the bar was drawn again after signing in"
    at = journey.hand.link("nav.runs").bounding_box()
    page.mouse.move(at["x"] + 5, at["y"] + 5)
    page.mouse.down()
    page.evaluate("() => { location.hash = '#/policy'; }")
    page.locator("h1", has_text=journey.texts["nav.policy"]).wait_for()
    page.mouse.up()
    page.locator("h1", has_text=journey.texts["nav.runs"]).wait_for()
    here = page.locator(".nav [aria-current=page]")
    assert here.all_inner_texts() == [journey.texts["nav.runs"]], here.all_inner_texts()
    page.go_back()
    page.locator("h1", has_text=journey.texts["nav.policy"]).wait_for()
    # Who goes on by the keyboard while a page is read keeps the focus; who waits finds it on the heading.
    for goes_on in (True, False):
        journey.hand.link("nav.users").click()
        page.locator("h1", has_text=journey.texts["nav.users"]).wait_for()
        page.route("**/api/v1/policy*", lambda route: (page.wait_for_timeout(400), route.continue_()))
        journey.hand.link("nav.policy").focus()
        page.keyboard.press("Enter")
        page.locator(".skeleton, [aria-busy=true]").first.wait_for()
        if goes_on:
            journey.hand.link("nav.reports").focus()
        page.wait_for_function("() => document.querySelector('main details') && !document.querySelector('.skeleton, [aria-busy=true]')")
        page.wait_for_timeout(100)
        focus = page.evaluate("() => document.activeElement.tagName")
        assert focus == ("A" if goes_on else "H1"), focus
        page.unroute("**/api/v1/policy*")
    journey.leave()
    return []


every = [every_screen, odd_states, long_list, hostile, composing, copying, paper, session_ends, downloads, pressing]
