#!/usr/bin/env python3
"""The console in a real browser. usage: tests.py [--against mock|real] [--matchctl FILE] [--shots FOLDER] [--only NAME] [--brief]"""

import argparse
import pathlib
import sys
import threading
import time

from playwright.sync_api import sync_playwright

import drive
import mock
import states
from journey import Journey

ways = [("zh-Hans", 1440, 900, False), ("zh-Hant", 1280, 800, False), ("en", 1440, 900, False), ("zh-Hans", 390, 844, False), ("zh-Hans", 1440, 900, True)]
# Against the server itself each language goes each way: at a desk, on a phone, with the keyboard alone.
real_ways = [(language, width, height, keyboard) for width, height, keyboard in [(1440, 900, False), (390, 844, False), (1440, 900, True)] for language in drive.languages]
park_list = drive.root / "../shared/cases/match/lists/park_a.xlsx"


def against_mock(browser, shots, only, brief):
    server = mock.serve(0)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    base = f"http://127.0.0.1:{server.server_port}/"
    world = {"base": base, "accounts": states.accounts, "list": park_list if park_list.exists() else drive.root / "Corpus/lists/sample_demands.csv"}

    def journeys(browser, base, folder=None):
        faults = []
        for language, width, height, keyboard in ways[::4] if brief else ways:
            mock.state.update(decisions=[], declined=set(), cells={}, published=False)
            faults += Journey(browser, world, language, width, height, keyboard, folder if (language, keyboard) == ("zh-Hans", False) and width > 1000 else None).run()
        return faults

    tests = [journeys] + [t for t in states.every if not (brief and t is states.every_screen)]
    return report([(t.__name__.replace("_", " "), lambda t=t: t(browser, base, shots) if t in (journeys, states.every_screen) else t(browser, base))
                   for t in tests if not only or t.__name__ == only])


def name_of(language, width, keyboard):
    return f"{language}-{width}{'-keyboard' if keyboard else ''}"


def against_real(browser, shots, only, matchctl):
    import real

    def folder(language, width, keyboard):
        """Where a way leaves its pictures: those of the pages are the first language's, at a desk."""
        if not shots or (language, width, keyboard) == ("zh-Hans", 1440, False):
            return shots
        kept = shots / ("phone" if (language, width) == ("zh-Hans", 390) else name_of(language, width, keyboard))
        kept.mkdir(exist_ok=True)
        return kept

    def one(way):
        language, width, height, keyboard = way
        with real.serve(matchctl, park_list) as world:
            return Journey(browser, world, language, width, height, keyboard, folder(language, width, keyboard)).run()

    def others(language, width, height):
        import roles

        with real.serve(matchctl, park_list) as world:
            return roles.Roles(browser, world, language, width, height, shots=folder(language, width, False)).run()

    tests = [(f"journey {l} {w}{' by keyboard' if k else ''}", name_of(l, w, k), lambda way=(l, w, h, k): one(way)) for l, w, h, k in real_ways]
    tests += [(f"the other roles {l} {w}", "roles" if (l, w) == ("zh-Hans", 1440) else f"roles-{l}-{w}", lambda l=l, w=w, h=h: others(l, w, h))
              for l, w, h in [("zh-Hans", 1440, 900), ("zh-Hant", 390, 844), ("en", 1280, 800)]]
    return report([(name, test) for name, key, test in tests if not only or only == key])


def report(tests):
    failed = 0
    for name, test in tests:
        began = time.monotonic()
        try:
            faults = sorted(set(test()))
        except Exception as error:  # one test's failure does not hide the next
            faults = [f"{type(error).__name__}: {error}"]
        failed += bool(faults)
        print(f"{'FAILED' if faults else 'ok    '} {name} ({time.monotonic() - began:.0f} s)", flush=True)
        for fault in faults[:40]:
            print(f"       {fault}")
    print(f"console: {len(tests) - failed} of {len(tests)} passed")
    return failed


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--against", choices=["mock", "real"], default="mock")
    parser.add_argument("--matchctl", default=str(drive.root / ".build/release/matchctl"))
    parser.add_argument("--chromium", default="/usr/bin/chromium")
    parser.add_argument("--shots", type=pathlib.Path)
    parser.add_argument("--only")
    parser.add_argument("--brief", action="store_true")
    given = parser.parse_args()
    if given.shots:
        given.shots.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=given.chromium, args=["--no-sandbox"])
        failed = against_mock(browser, given.shots, given.only, given.brief) if given.against == "mock" else against_real(browser, given.shots, given.only, given.matchctl)
        browser.close()
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
