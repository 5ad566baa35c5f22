"""Score what an engine understood of free texts against `demands.jsonl` or `platforms.jsonl`.

    score.py OUTPUT.jsonl [--truth FILE] [--corpus DIR] [--quiet] [--json] [--part NAME]
    score.py --self        the truth as its own output: every figure must be 1
    score.py --check       ids of the truth exist in the corpus, quotes stand in the texts

OUTPUT holds JSON lines `{"id", "understood": {...}}`; `understood` has the members of `truth` (see README.md). Where the
engine writes several lines for one id (one a stage), they are read as stages. Values may be bare numbers, `[a, b]`, terms
by id or by any name of the registry, or `{"canonical": x}` / `{"value": x, "unit": u, "canonical": x}`; a number without
`canonical` is converted by the unit beside it, and taken as canonical when there is none. A strictness left out is the policy's default.
Standard library only.
"""
import argparse
import glob
import json
import os
import re
import sys
import unicodedata
from collections import defaultdict

HERE = os.path.dirname(os.path.abspath(__file__))
# Words for one piece: a lot of 60 只 is a lot of 60 pcs.
PIECES = set("片 只 隻 颗 顆 个 個 件 套 台 块 塊 支 瓶 架 panel pcs pc piece pieces wafer wafers cell cells set sets".split())
LOT_UNITS = {"公斤": "kg", "千克": "kg", "kgs": "kg", "吨": "t", "噸": "t", "公吨": "t", "克": "g", "米": "m", "公尺": "m", "升": "l",
             "公升": "l", "liter": "l", "批": "batch", "batches": "batch", "blocks": "block"}
MASS = {"kg": 1.0, "t": 1000.0, "g": 0.001}
REL = 1e-3


# ---------------------------------------------------------------- tables

def read_tsv(path):
    """Rows of one corpus table as dicts; comment lines are skipped."""
    with open(path, encoding="utf-8") as f:
        lines = [x.rstrip("\r\n") for x in f]
    lines = [x for x in lines if x.strip() and not x.startswith("#")]
    head = lines[0].split("\t")
    return [dict(zip(head, x.split("\t"))) for x in lines[1:]]


def fold(text):
    """Width, case, spaces and hyphens do not matter in a name."""
    return re.sub(r"[\s\-_]+", "", unicodedata.normalize("NFKC", str(text)).lower())


def names(row):
    """Every name of a row."""
    out = [row.get(k, "") for k in ("zh-Hans", "zh-Hant", "en")] + row.get("aliases", "").split(";")
    return [x for x in out if x]


class Corpus:
    """Registry names and units: whatever spelling the engine uses becomes an id or a canonical number."""

    def __init__(self, directory):
        tables = lambda pattern: [r for p in sorted(glob.glob(os.path.join(directory, pattern))) for r in read_tsv(p)]
        with open(os.path.join(directory, "policy", "policy.json"), encoding="utf-8") as f:
            self.strictness = json.load(f)["strictness"]
        self.keys = {r["key"]: r for r in tables("registry/keys/*.tsv")}
        self.terms = defaultdict(dict)
        for r in tables("registry/terms/*.tsv"):
            self._add(self.terms[r["vocabulary"]], r["term"], names(r))
        for r in tables("registry/ladders/*.tsv"):
            self._add(self.terms[r["ladder"]], r["term"], names(r))
        self.units = defaultdict(dict)
        for r in tables("registry/units/*.tsv"):
            try:
                scale = (float(r["factor"]), float(r.get("offset") or 0))
            except ValueError:
                continue
            for name in [r["unit"]] + r.get("aliases", "").split(";"):
                self.units[r["quantity"]].setdefault(fold(name), scale)
        self.services = {r["code"]: r["code"] for r in tables("taxonomy/services.tsv")}
        self.schemes, self.scopes, self.places, self.members = {}, {}, {}, {}
        for r in tables("lexicon/schemes.tsv"):
            self._add(self.schemes, r["scheme"], names(r))
        for r in tables("lexicon/scopes.tsv"):
            self._add(self.scopes, r["scope"], names(r))
        for r in tables("places/places.tsv"):
            self._add(self.places, r["place"], names(r))
            found = re.search(r"members:([\w.;]+)", r.get("note", ""))
            if found:
                self.members[r["place"]] = [x for x in found.group(1).split(";") if x]

        self.openness = [(r["phrase"].lower(), r["means"]) for r in tables("lexicon/status.tsv") if r["field"] == "openness"]
        self.named = defaultdict(set)
        for ident, row in list(self.keys.items()) + [(r["code"], r) for r in tables("taxonomy/services.tsv")]:
            for x in [ident] + names(row):
                self.named[fold(x)].add(ident)
        for table in [self.schemes] + list(self.terms.values()):
            for x, ident in table.items():
                self.named[x].add(ident)

    def open_state(self, words):
        """What words say of openness, as the status table reads them: the longest phrase inside, else the words."""
        inside = [(len(phrase), -i, means) for i, (phrase, means) in enumerate(self.openness) if phrase in words.lower()]
        return max(inside)[2] if inside else words

    @staticmethod
    def _add(table, ident, spellings):
        table[fold(ident)] = ident
        for x in spellings:
            table.setdefault(fold(x), ident)

    def term(self, key, text):
        """A term by its id, its id without the vocabulary, or any of its names."""
        row = self.keys.get(key)
        vocabulary = row["quantity"] if row else ""
        table = self.terms.get(vocabulary, {})
        return table.get(fold(text)) or table.get(fold(f"{vocabulary}.{text}")) or fold(text)

    def number(self, key, value, unit):
        """A number in the key's canonical unit."""
        row = self.keys.get(key)
        if not row or not unit or fold(unit) == fold(row["unit"]):
            return float(value)
        table = self.units.get(row["quantity"], {})
        here, there = table.get(fold(unit)), table.get(fold(row["unit"]))
        if not here or not there:
            return float(value)
        return (float(value) * here[0] + here[1] - there[1]) / there[0]

    def canonical(self, key, value, unit):
        """A value in comparable form: a number, a sorted pair, a bool, or a frozen set of terms or numbers."""
        if isinstance(value, dict):
            if value.get("canonical") is not None:
                return self.canonical(key, value["canonical"], None)
            ends = [value.get(x) for x in ("min", "max")]
            if any(x is not None for x in ends):
                return self.canonical(key, [x for x in ends if x is not None], value.get("unit", unit))
            return self.canonical(key, value.get("values", value.get("value")), value.get("unit", unit))
        if isinstance(value, bool) or value is None:
            return value
        if isinstance(value, (int, float)):
            return self.number(key, value, unit)
        if isinstance(value, (list, tuple)):
            parts = [self.canonical(key, x, unit) for x in value]
            if all(isinstance(x, float) for x in parts):
                return tuple(sorted(set(parts)))
            return frozenset(x if not isinstance(x, frozenset) else next(iter(x), "") for x in parts)
        if self.keys.get(key, {}).get("kind") == "number":
            try:
                return self.number(key, float(value), unit)
            except ValueError:
                return fold(value)
        if fold(value) in ("true", "yes", "是"):
            return True
        return frozenset([self.term(key, value)])

    def area(self, words):
        """Places by id; a named area stands for its members."""
        out = set()
        for x in words or []:
            ident = self.places.get(fold(x), fold(x))
            out.update(self.members.get(ident, [ident]))
        return out


def close(a, b):
    """Equal up to rounding of a conversion."""
    return abs(a - b) <= REL * max(abs(a), abs(b), 1e-30)


def same_value(a, b):
    """Two canonical values mean the same."""
    if isinstance(a, bool) or isinstance(b, bool) or a is None or b is None:
        return a == b
    if isinstance(a, frozenset) or isinstance(b, frozenset):
        return a == b
    a, b = [(x,) if isinstance(x, float) else x for x in (a, b)]
    if isinstance(a, tuple) and isinstance(b, tuple):
        return len(a) == len(b) and all(close(x, y) for x, y in zip(a, b))
    return a == b


# ---------------------------------------------------------------- counting

class Tally:
    """Counts per measure, and the disagreements found on the way."""

    def __init__(self):
        self.counts = defaultdict(lambda: [0, 0, 0])  # hits, asked for, given
        self.notes = []

    def add(self, measure, hits=0, truth=0, given=0):
        for i, n in enumerate((hits, truth, given)):
            self.counts[measure][i] += n

    def note(self, ident, part, text):
        self.notes.append((ident, part, text))

    def table(self):
        out = {}
        for measure, (hits, truth, given) in self.counts.items():
            precision = hits / given if given else None
            recall = hits / truth if truth else None
            out[measure] = {"right": hits, "truth": truth, "given": given, "precision": precision, "recall": recall}
        return out


def strict_ok(truth, given):
    """The strictness of the truth, or one accepted; an engine may leave out the policy's default, which is filled in on reading."""
    return given.get("strictness") in [truth.get("strictness")] + truth.get("accept_strictness", [])


def fill_strictness(record, defaults):
    """Writes the policy's default where an item states no strictness."""
    for part in ("requirements", "certificates"):
        for item in record.get(part) or []:
            item.setdefault("strictness", defaults[part])
    for part in ("quantity", "window", "budget", "place"):
        if isinstance(record.get(part), dict):
            record[part].setdefault("strictness", defaults[part])
    for stage in record.get("stages") or []:
        fill_strictness(stage, defaults)


def brief(item):
    """One requirement or claim in a few characters."""
    if item is None:
        return "nothing"
    return json.dumps({k: v for k, v in item.items() if k not in ("accept", "optional")}, ensure_ascii=False)


def pair_up(truth, given, levels):
    """Pairs each truth item with at most one given item, best first. `levels` tells how well two items agree (0: not at all)."""
    scores = sorted(((levels(t, g), -i, -j) for i, t in enumerate(truth) for j, g in enumerate(given)), reverse=True)
    used_t, used_g, pairs = set(), set(), []
    for level, i, j in scores:
        if level > 0 and -i not in used_t and -j not in used_g:
            used_t.add(-i), used_g.add(-j)
            pairs.append((truth[-i], given[-j], level))
    return pairs, [t for i, t in enumerate(truth) if i not in used_t], [g for j, g in enumerate(given) if j not in used_g]


def score_lists(tally, ident, part, truth, given, levels, steps):
    """Counts one list part at each of `steps` (names of levels 1, 2, ...); optional truth items count only when wrong nowhere."""
    pairs, missing, extra = pair_up(truth, given, levels)
    for number, step in enumerate(steps, 1):
        for t, _, level in pairs:
            if t.get("optional"):
                continue
            tally.add(f"{part}: {step}", int(level >= number), 1, 1)
        tally.add(f"{part}: {step}", 0, sum(not t.get("optional") for t in missing), len(extra))
    for t, g, level in pairs:
        if level < len(steps) and not t.get("optional"):
            tally.note(ident, part, f"{steps[level]} differs: truth {brief(t)} got {brief(g)}")
    for t in missing:
        if not t.get("optional"):
            tally.note(ident, part, f"missed: {brief(t)}")
    for g in extra:
        tally.note(ident, part, f"not in truth: {brief(g)}")


# ---------------------------------------------------------------- parts of a demand

def requirement_levels(corpus):
    """1 same key, 2 also same value and direction, 3 also same strictness."""
    sets = {"one_of", "all_of", "equal", None}
    points = {"cover", "equal", "one_of", None}

    def same_op(t, g, value):
        a, b = t.get("op"), g.get("op")
        if b is None or a == b or value is True:
            return True
        single = isinstance(value, float) or (isinstance(value, (tuple, frozenset)) and len(value) == 1)
        return single and (({a, b} <= sets and isinstance(value, frozenset)) or {a, b} <= points)

    def levels(t, g):
        other_key = t["key"] != g.get("key")
        if other_key and g.get("key") not in t.get("accept_keys", []):
            return 0
        a = corpus.canonical(t["key"], t["value"], t.get("unit"))
        b = corpus.canonical(g["key"], g if "canonical" in g else g.get("value", g.get("values")), g.get("unit"))
        if isinstance(a, frozenset) and isinstance(b, frozenset):
            b = a | (b - frozenset(corpus.canonical(t["key"], t.get("also", []), None))) if a <= b else b
        if not same_value(a, b) or not (other_key or same_op(t, g, a)):
            return 1
        return 3 if strict_ok(t, g) else 2

    return levels


def certificate_levels(corpus):
    """1 same scheme, 2 also a scope in common, 3 also same strictness."""
    def scopes(item):
        words = item.get("scope") or []
        return {corpus.scopes.get(fold(x), fold(x)) for x in ([words] if isinstance(words, str) else words)}

    def levels(t, g):
        if t["scheme"] != corpus.schemes.get(fold(g.get("scheme", "")), g.get("scheme")):
            return 0
        if scopes(t) and not scopes(t) & scopes(g):
            return 1
        return 3 if "strictness" not in t or strict_ok(t, g) else 2

    return levels


def lot(item):
    """A quantity as (low, high, unit class)."""
    value = item.get("canonical", item.get("value"))
    ends = value if isinstance(value, list) else [value, value]
    unit = fold(item.get("unit") or "")
    unit = LOT_UNITS.get(unit, unit)
    factor = MASS.get(unit, 1.0)
    kind = "mass" if unit in MASS else "piece" if unit in PIECES or not unit else unit
    return [float(x) * factor for x in ends], kind


def number_of(item):
    """The bare number of a quantity as written, 0 where it is none."""
    value = item.get("value")
    return float(value) if isinstance(value, (int, float)) else 0.0


def quantity_levels(t, g):
    try:
        (a, unit_a), (b, unit_b) = lot(t), lot(g)
    except (TypeError, ValueError):
        return 0
    spelled = all(close(x, y) for x, y in zip(a, b)) and unit_a == unit_b
    if not spelled and not any(close(float(x), number_of(g)) for x in t.get("accept", []) if b[0] == b[1]):
        return 1
    return 3 if strict_ok(t, g) else 2


def window_levels(t, g):
    """1 a window at all, 2 the same dates (start and duration only where the truth has them), 3 also the strictness."""
    accept = t.get("accept", {})
    for member in ("start", "finish", "duration_days"):
        allowed = [t.get(member)] + accept.get(member, [])
        if t.get(member) is None and member != "finish":
            continue
        if g.get(member) not in allowed:
            return 1
    return 3 if strict_ok(t, g) else 2


def budget_levels(t, g):
    basis = g.get("basis", t["basis"])
    maximum = g.get("max")
    if isinstance(maximum, dict):
        maximum = maximum.get("canonical", maximum.get("value"))
    if maximum is None or not close(float(t["max"]), float(maximum)) or g.get("currency", "CNY") != t["currency"]:
        return 1
    if {basis, t["basis"]} not in ({"total"}, {"unit"}):
        return 1
    return 3 if strict_ok(t, g) else 2


def place_levels(corpus):
    def levels(t, g):
        if corpus.area(t.get("allowed")) != corpus.area(g.get("allowed")):
            return 1
        if t.get("overseas") and g.get("overseas") not in (t["overseas"], t["overseas"] == "yes"):
            return 1
        return 3 if strict_ok(t, g) else 2

    return levels


def score_services(tally, ident, truth, accepted, given):
    """Exact: the same set (or only accepted ones); any-of: at least one right."""
    if not truth:
        tally.add("services: none where none", int(not given), 1, 1)
        if given:
            tally.note(ident, "services", f"nothing to match, got {sorted(given)}")
        return
    allowed = truth | accepted
    exact = given == truth or (bool(given) and given <= allowed and (truth <= given or len(truth) == 1))
    tally.add("services: exact", int(exact), 1, int(bool(given)))
    tally.add("services: any of", int(bool(given & allowed)), 1, int(bool(given)))
    if not exact:
        tally.note(ident, "services", f"truth {sorted(truth)} got {sorted(given)}")


def score_part(tally, corpus, ident, truth, given):
    """One demand or one stage without its services."""
    steps = ["key", "value", "strictness"]
    score_lists(tally, ident, "requirements", truth.get("requirements", []), given.get("requirements") or [],
                requirement_levels(corpus), steps)
    score_lists(tally, ident, "certificates", truth.get("certificates", []), given.get("certificates") or [],
                certificate_levels(corpus), ["scheme", "scope", "strictness"])
    for part, levels in (("quantity", quantity_levels), ("window", window_levels), ("budget", budget_levels),
                         ("place", place_levels(corpus))):
        a, b = truth.get(part), given.get(part)
        score_lists(tally, ident, part, [a] if a else [], [b] if b else [], levels, ["stated", "value", "strictness"])


def effective(whole, stage):
    """A stage with what the demand states for all stages; single members only where the stage has none."""
    out = dict(stage)
    for part in ("requirements", "certificates"):
        own = {x.get("key", x.get("scheme")) for x in stage.get(part) or []}
        out[part] = (stage.get(part) or []) + [x for x in whole.get(part) or [] if x.get("key", x.get("scheme")) not in own]
    for part in ("quantity", "window", "budget", "place"):
        out[part] = stage.get(part) or whole.get(part)
    return out


def flat(record):
    """A demand with stages as one pool, for an engine that does not split it."""
    out = dict(record)
    stages = record.get("stages") or []
    for part in ("requirements", "certificates"):
        out[part] = (record.get(part) or []) + [x for s in stages for x in s.get(part) or []]
    for part in ("quantity", "window", "budget", "place"):
        out[part] = record.get(part) or next((s[part] for s in stages if s.get(part)), None)
    return out


def services_of(record):
    return set(record.get("services") or []) | {x for s in record.get("stages") or [] for x in s.get("services") or []}


def accepted_of(record):
    return set(record.get("services_accept") or []) | {x for s in record.get("stages") or [] for x in s.get("services_accept") or []}


def match_stages(truth, given):
    """The given stages in the order of the truth's, by service first, then by position."""
    left, out = list(range(len(given))), []
    for i, stage in enumerate(truth):
        wanted = set(stage["services"]) | set(stage.get("services_accept", []))
        hit = next((j for j in left if wanted & set(given[j].get("services") or [])), None)
        hit = hit if hit is not None else (i if i in left else None)
        if hit is not None:
            left.remove(hit)
        out.append(given[hit] if hit is not None else {})
    return out


def score_demand(tally, corpus, record, given):
    ident, truth = record["id"], record["truth"]
    score_services(tally, ident, services_of(truth), accepted_of(truth), services_of(given))
    stages, mine = truth.get("stages") or [], given.get("stages") or []
    if stages:
        tally.add("stages: number", int(len(stages) == len(mine)), 1, 1)
        if len(stages) != len(mine):
            tally.note(ident, "stages", f"truth {len(stages)} got {len(mine)}")
    if stages and mine:
        for number, (t, g) in enumerate(zip(stages, match_stages(stages, mine)), 1):
            score_part(tally, corpus, f"{ident}/{number}", effective(truth, t), effective(given, g))
    else:
        score_part(tally, corpus, ident, flat(truth), flat(given))
    score_nothing(tally, corpus, ident, truth, flat(given))


def score_nothing(tally, corpus, ident, truth, given):
    """Words that ask for nothing must not be the quote of a requirement (unless a requirement of the truth stands there too)."""
    asked, levels = flat(truth)["requirements"], requirement_levels(corpus)
    right = [r["quote"] for r in asked]
    wrong = [g for g in given.get("requirements") or [] if not any(levels(t, g) > 1 for t in asked)] + (given.get("certificates") or [])
    for words in truth.get("nothing", []):
        guilty = [g for g in wrong if words in (g.get("quote") or "") and not any(q in g["quote"] or g["quote"] in q for q in right)]
        tally.add("nothing: left alone", int(not guilty), 1, 1)
        for g in guilty:
            tally.note(ident, "nothing", f"{words} gave {brief(g)}")


# ---------------------------------------------------------------- platforms

def spec_levels(corpus):
    """1 same key, 2 also the same ends or members, 3 also the clause judged alike."""
    def ends(item):
        if "canonical" in item:
            return corpus.canonical(item["key"], item, None)
        if "values" in item:
            return corpus.canonical(item["key"], item["values"], item.get("unit"))
        if "min" in item or "max" in item:
            return tuple(None if item.get(x) is None else corpus.canonical(item["key"], item[x], item.get("unit"))
                         for x in ("min", "max"))
        return corpus.canonical(item["key"], item.get("value"), item.get("unit"))

    def same(a, b):
        if isinstance(a, tuple) and isinstance(b, tuple) and len(a) == len(b) == 2:
            return all((x is None and y is None) or (x is not None and y is not None and close(x, y)) for x, y in zip(a, b))
        return same_value(a, b)

    def levels(t, g):
        if t["key"] != g.get("key"):
            return 0
        if not same(ends(t), ends(g)):
            return 1
        return 3 if t.get("clause") == g.get("clause", t.get("clause")) else 2

    return levels


def one_line(given):
    """A profile that the engine reads into lines of service, as one: what any of its lines states."""
    lines = given.get("lines") or []
    out = {k: v for k, v in given.items() if k != "lines"}
    for line in lines:
        for part in ("services", "specs", "certificates", "denied"):
            out[part] = (out.get(part) or []) + [x for x in line.get(part) or [] if x not in (out.get(part) or [])]
    return out


def denial(corpus, item, truth):
    """What is denied, by its id: of several with that name the one that the truth denies."""
    words = item.get("what", item.get("key", item.get("scheme"))) if isinstance(item, dict) else item
    known = sorted(corpus.named.get(fold(words), {words}))
    return next((x for x in known if x in truth), known[0])


def score_platform(tally, corpus, record, given):
    ident, truth = record["id"], record["truth"]
    given = one_line(given)
    score_services(tally, ident, set(truth["services"]), set(truth.get("services_accept", [])), set(given.get("services") or []))
    score_lists(tally, ident, "specs", truth["specs"], given.get("specs") or [], spec_levels(corpus), ["key", "value", "clause"])
    score_lists(tally, ident, "certificates", truth["certificates"], given.get("certificates") or [],
                certificate_levels(corpus), ["scheme", "scope"])
    denied = {x["what"]: x["by_rule"] for x in truth["denied"]}
    mine = {denial(corpus, x, denied) for x in given.get("denied") or []}
    must = {x for x, by_rule in denied.items() if by_rule}
    tally.add("denied: 不具备, 不对外", len(must & mine), len(must), len(must & mine) + len(mine - set(denied)))
    tally.add("denied: any negation", len(set(denied) & mine), len(denied), len(mine))
    for x in sorted(must - mine) + sorted(mine - set(denied)):
        tally.note(ident, "denied", f"{x}: {'missed' if x in must else 'not denied by the text'}")
    for part in ("openness", "place"):
        a, b = truth.get(part), given.get(part)
        b = b.get("state") if isinstance(b, dict) else b
        b = corpus.open_state(b) if part == "openness" and b else b
        if part == "place" and b:
            b = corpus.places.get(fold(b), b)
        tally.add(part, int(a == b and a is not None), int(a is not None), int(b is not None))
        if a != b:
            tally.note(ident, part, f"truth {a} got {b}")


# ---------------------------------------------------------------- the set itself

def walk(node, path=()):
    """Every (path, value) below a node."""
    items = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for name, child in items:
        yield path + (name,), child
        yield from walk(child, path + (name,))


def check(corpus, records):
    """Problems of the set: unknown ids, quotes that are not in the text, ids used twice."""
    problems, seen = [], set()
    terms = {x for table in corpus.terms.values() for x in table.values()}
    known = {"key": corpus.keys, "scheme": set(corpus.schemes.values())}
    for record in records:
        text = record.get("title", "") + "\n" + record["text"]
        if record["id"] in seen:
            problems.append(f"{record['id']}: twice")
        seen.add(record["id"])
        for path, value in walk(record["truth"]):
            name, parent = path[-1], path[-2] if len(path) > 1 else ""
            if name in ("quote", "openness_quote") and value not in text:
                problems.append(f"{record['id']}: quote not in the text: {value}")
            if name in known and value not in known[name]:
                problems.append(f"{record['id']}: unknown {name}: {value}")
            if parent == "nothing" and value not in text:
                problems.append(f"{record['id']}: not in the text: {value}")
            if parent in ("services", "services_accept") and value not in corpus.services:
                problems.append(f"{record['id']}: unknown service: {value}")
            if parent == "accept_keys" and value not in corpus.keys:
                problems.append(f"{record['id']}: unknown key: {value}")
            if parent == "scope" and value not in corpus.scopes.values():
                problems.append(f"{record['id']}: unknown scope: {value}")
            if parent == "allowed" and value not in corpus.places.values():
                problems.append(f"{record['id']}: unknown place: {value}")
            if parent in ("value", "values", "also") and isinstance(value, str) and value not in terms:
                problems.append(f"{record['id']}: unknown term: {value}")
    return problems


# ---------------------------------------------------------------- run

def read_jsonl(path):
    with (sys.stdin if path == "-" else open(path, encoding="utf-8")) as f:
        return [json.loads(x) for x in f if x.strip()]


def understood_by_id(lines):
    """Engine output by id; several lines of one id become its stages."""
    groups = defaultdict(list)
    for line in lines:
        ident = line.get("id", line.get("demand", line.get("platform")))
        if ident is not None:
            groups[ident].append(line.get("understood", line) or {})
    return {k: v[0] if len(v) == 1 else {"stages": v} for k, v in groups.items()}


def main():
    parser = argparse.ArgumentParser(description="Score understood texts.")
    parser.add_argument("output", nargs="?", help="JSON lines of the engine, - for stdin")
    parser.add_argument("--truth", help="demands.jsonl or platforms.jsonl; left out: by the ids of the output")
    parser.add_argument("--corpus", default=os.path.dirname(os.path.dirname(HERE)), help="the Corpus folder")
    parser.add_argument("--part", help="list only disagreements of this part")
    parser.add_argument("--quiet", action="store_true", help="figures only")
    parser.add_argument("--json", action="store_true", help="figures as one JSON object")
    parser.add_argument("--self", dest="itself", action="store_true", help="check the scorer on the truth itself")
    parser.add_argument("--check", action="store_true", help="check the set against the corpus")
    args = parser.parse_args()
    corpus = Corpus(args.corpus)
    files = [os.path.join(HERE, x) for x in ("demands.jsonl", "platforms.jsonl")]
    truths = [r for f in ([args.truth] if args.truth else files) for r in read_jsonl(f)]
    if args.check:
        problems = check(corpus, truths)
        print("\n".join(problems) or f"{len(truths)} records, no problem")
        sys.exit(bool(problems))
    if args.itself:
        given = {r["id"]: r["truth"] for r in truths}
    elif args.output:
        given = understood_by_id(read_jsonl(args.output))
        for record in given.values():
            fill_strictness(record, corpus.strictness)
    else:
        parser.error("an output file or --self")
    ids = {r["id"] for r in truths}
    if not args.truth and not args.itself:
        kinds = {k[:1] for k in given if k in ids}
        truths = [r for r in truths if r["id"][:1] in kinds]
    tallies = {"demands": Tally(), "platforms": Tally()}
    for record in truths:
        kind = "platforms" if "specs" in record["truth"] else "demands"
        score = score_platform if kind == "platforms" else score_demand
        score(tallies[kind], corpus, record, given.get(record["id"], {}))
    report(tallies, args)


def report(tallies, args):
    if args.json:
        print(json.dumps({k: t.table() for k, t in tallies.items() if t.counts}, ensure_ascii=False))
        return
    for kind, tally in tallies.items():
        if not tally.counts:
            continue
        if not args.quiet:
            for ident, part, text in tally.notes:
                if not args.part or part == args.part:
                    print(f"{ident}\t{part}\t{text}")
        print(f"\n{kind:<34}{'right':>7}{'truth':>7}{'given':>7}{'precision':>11}{'recall':>8}")
        for measure, row in tally.table().items():
            shown = ["–" if row[x] is None else f"{row[x]:.3f}" for x in ("precision", "recall")]
            print(f"{measure:<34}{row['right']:>7}{row['truth']:>7}{row['given']:>7}{shown[0]:>11}{shown[1]:>8}")


if __name__ == "__main__":
    main()
