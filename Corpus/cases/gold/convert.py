"""Case files to product records (see Corpus/schema/RECORDS.md).

The case files (demands with a `truth`, platforms with curator-coded `lines`) use short keys of their own. This module maps
them to the product's registry and taxonomy. It reads only data: `keys_*.tsv` beside this file (case key -> registry key),
an optional `services*.tsv` (case code -> taxonomy code), and the tables of `Corpus/`.
"""
import csv
import glob
import json
import os
import re
import sys
from decimal import Decimal

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.dirname(os.path.dirname(HERE))
VERIFIED_AT = "2026-11-21"
NO_ADDRESS = "(no address in search result)"

SECTORS = {
    "integrated_circuits": "ic", "low_altitude": "la", "robotics": "rb", "high_end_equipment": "rb", "new_materials": "nm",
    "green_petrochemicals": "pc", "biomedicine": "bm", "ai": "ai", "new_generation_it": "it", "new_energy_storage": "es",
    "future_quantum": "fi", "future_industries": "fi",
}
OPS = {">=": "at_least", "<=": "at_most", "=": "equal", "covers": "cover", "contains": "cover", "any_of": "one_of", "all_of": "all_of"}
# Spellings of the case files that are no unit symbols.
UNITS = {"MPa(表压)": "MPa(g)", "PFLOPS(FP16)": "PFLOPS"}
# How the words of a ladder are written for a bare number of the case files.
GRADES = {"clean_iso": "ISO {}", "oeb": "OEB {}", "bsl": "BSL-{}", "djbh": "等保{}级"}
# A process word inside the name of a substance or a treatment is no process: 聚合物, 氧化铝, 加氢站, 抗氧化, 阳极氧化.
NOT_A_PROCESS = re.compile(r"[物剂劑体體度铝鋁锌鋅硅矽镓鎵钛鈦锆鋯镁鎂铁鐵铜銅钠鈉钾鉀锂鋰氢石站枪槍母性]")
NOT_AFTER = re.compile(r"[抗热熱极極弧]$")
PROCESS_STEM = re.compile(r"[化合氢氫氮]$")


# ---------------------------------------------------------------- tables

def read_tsv(path):
    """Rows of one table as dicts; comment lines are skipped; no quoting."""
    with open(path, encoding="utf-8", newline="") as f:
        lines = [x.rstrip("\r\n") for x in f]
    lines = [x for x in lines if x and not x.startswith("#")]
    if not lines:
        return []
    head = lines[0].split("\t")
    return [dict(zip(head, x.split("\t"))) for x in lines[1:]]


def read_tables(pattern):
    """All tables that a pattern below Corpus names, in name order."""
    return [r for p in sorted(glob.glob(os.path.join(CORPUS, pattern))) for r in read_tsv(p)]


def read_jsonl(path):
    """Records of a JSON-lines file."""
    with open(path, encoding="utf-8") as f:
        return [json.loads(x) for x in f if x.strip()]


def write_jsonl(path, records):
    """Write records, one a line, keys in the order given."""
    with open(path, "w", encoding="utf-8", newline="\n") as f:
        for r in records:
            f.write(json.dumps(r, ensure_ascii=False) + "\n")


def fold(text):
    """Case, spaces and hyphens do not matter in the name of a step."""
    return re.sub(r"[\s\-]+", "", text.lower())


class Mapping:
    """Case vocabulary to product vocabulary. What has no mapping is reported once and dropped."""

    def __init__(self):
        self.keys = self._pairs("keys_*.tsv")
        self.services = self._pairs("services*.tsv")
        self.registry = {r["key"]: r for r in read_tables("registry/keys/*.tsv")}
        self.known_services = {r["code"] for r in read_tables("taxonomy/services.tsv")}
        self.status = read_tables("lexicon/status.tsv")
        self.processes = self._process_words()
        self.ladders = self._ladders()
        self.reported = set()

    @staticmethod
    def _pairs(pattern):
        """First two cells of the tables beside this file: case word, product word (a header row does no harm)."""
        out = {}
        for path in sorted(glob.glob(os.path.join(HERE, pattern))):
            for row in csv.reader(open(path, encoding="utf-8"), delimiter="\t", quoting=csv.QUOTE_NONE):
                if len(row) > 1 and not row[0].startswith("#") and row[1].strip():
                    out[row[0].strip()] = row[1].strip()
        return out

    def _process_words(self):
        """(word, term) of the vocabulary of hazardous processes, longest first."""
        words = {}
        for r in read_tables("registry/terms/*.tsv"):
            if r.get("vocabulary") == "hazardous_process":
                names = [r.get(c, "") for c in ("zh-Hans", "zh-Hant", "en")] + r.get("aliases", "").split(";")
                for w in names:
                    if len(w.strip()) > 1:
                        words.setdefault(w.strip().lower(), r.get("zh-Hans") or r["term"])
        return sorted(words.items(), key=lambda x: (-len(x[0]), x[0]))

    @staticmethod
    def _ladders():
        """ladder -> folded name -> (term, rank)."""
        out = {}
        for r in read_tables("registry/ladders/*.tsv"):
            for w in [r.get(c, "") for c in ("term", "zh-Hans", "zh-Hant", "en")] + r.get("aliases", "").split(";"):
                if w.strip():
                    out.setdefault(r["ladder"], {}).setdefault(fold(w), (r["term"], int(r["rank"])))
        return out

    def step(self, key, words):
        """Term of the key's ladder that has this name, or None."""
        found = self.ladders.get(self.registry.get(key, {}).get("quantity"), {}).get(fold(words))
        return found[0] if found else None

    def rank(self, key, term):
        """Rank of a term on the key's ladder; 0 when the ladder does not know it."""
        return self.ladders.get(self.registry.get(key, {}).get("quantity"), {}).get(fold(term), (term, 0))[1]

    def complain(self, what):
        """One line on stderr for each thing that is not mapped."""
        if what not in self.reported:
            self.reported.add(what)
            print("convert: " + what, file=sys.stderr)

    def key(self, case_key):
        """Registry key of a case key, or None."""
        key = self.keys.get(case_key)
        if key is None:
            self.complain(f"case key '{case_key}' has no registry key: dropped")
        elif self.registry and key not in self.registry:
            self.complain(f"case key '{case_key}': registry key '{key}' is not in the registry: kept as it is")
        return key

    def kind(self, key):
        """Kind of a registry key, empty when the registry does not know it."""
        return self.registry.get(key, {}).get("kind", "")

    def service(self, code):
        """Taxonomy code of a case code (the same code unless a table says otherwise)."""
        code = self.services.get(code, code)
        if self.known_services and code not in self.known_services:
            self.complain(f"service '{code}' is not in the taxonomy: kept as it is")
        return code

    def state(self, field, text):
        """State that the status table gives for a text: the longest phrase contained, the first row on ties."""
        best, low = None, (text or "").lower()
        for r in self.status:
            if r["field"] == field and r["phrase"].lower() in low and (best is None or len(r["phrase"]) > len(best["phrase"])):
                best = r
        return best["means"] if best else None

    def process_terms(self, text):
        """Hazardous processes that a text names, in order of appearance."""
        low, taken, found = text.lower(), [], []
        for word, term in self.processes:
            for m in re.finditer(re.escape(word), low):
                inside = any(a <= m.start() < b for a, b in taken)
                stem = PROCESS_STEM.search(word)
                other = stem and (NOT_A_PROCESS.match(low[m.end():m.end() + 1]) or NOT_AFTER.search(low[:m.start()]))
                if not inside and not other:
                    taken.append(m.span())
                    found.append((m.start(), term))
        return list(dict.fromkeys(t for _, t in sorted(found)))


# ---------------------------------------------------------------- small conversions

def clean(d):
    """Drop what is absent: None, empty text, empty list, empty object."""
    return {k: v for k, v in d.items() if v is not None and v != "" and v != [] and v != {}}


def unit_of(case_unit):
    """Unit as the registry writes it; pure counts of grades have none."""
    return UNITS.get(case_unit, case_unit) or None


def number(x):
    """A Decimal as int when it is whole, else float."""
    return int(x) if x == x.to_integral_value() else float(x)


def money(value, wan):
    """Amount in units of the currency; `wan`: the value counts in ten thousands."""
    return None if value is None else number(Decimal(str(value)) * (10000 if wan else 1))


def price(p):
    """3.2 万元/片 -> 32000 CNY per 片; 萬港元 -> HKD."""
    if not p:
        return None
    head, _, per = p["basis"].partition("/")
    wan = head[0] in "万萬"
    tax = {"含税": "included", "不含税": "excluded"}.get(p.get("tax"))
    return clean({"min": money(p.get("min"), wan), "max": money(p.get("max"), wan), "currency": "HKD" if "港" in head else "CNY",
                  "per": per, "tax": tax})


def place(p):
    """country/region/city/district/zone, each once, from the largest to the smallest."""
    parts = []
    for k in ("country", "region", "city", "district", "zone"):
        v = (p.get(k) or "").strip()
        if v and v not in parts:
            parts.append(v)
    return "/".join(parts) or None


def sectors(names, mapping):
    """Sector codes, in the order of the record."""
    out = []
    for n in names or []:
        code = SECTORS.get(n)
        if code is None:
            mapping.complain(f"sector '{n}' is not mapped")
        elif code not in out:
            out.append(code)
    return out


def grade(case_key, key, value, mapping):
    """Step of a ladder in the words of a record; a word that the key's ladder does not have is reported."""
    words = value if isinstance(value, str) else GRADES.get(case_key, "{}").format(value)
    if mapping.registry and mapping.step(key, words) is None:
        mapping.complain(f"'{words}' is no step of the ladder of '{key}': kept as it is")
    return words


def highest(case_key, key, values, mapping):
    """The highest step of several (what a line may do for the last, it may do for those below)."""
    steps = [grade(case_key, key, v, mapping) for v in values]
    return max(steps, key=lambda t: (mapping.rank(key, t), steps.index(t)))


# ---------------------------------------------------------------- platforms

def spec(s, mapping):
    """One case spec as a product spec, or None when its key is not mapped."""
    key = mapping.key(s["key"])
    if key is None:
        return None
    kind = mapping.kind(key)
    out = {"key": key}
    if kind == "ordinal":
        numbers = [s[k] for k in ("value", "max", "min") if s.get(k) is not None][:1]
        out["value"] = highest(s["key"], key, s.get("values") or numbers, mapping)
    elif "values" in s:
        out["values"] = s["values"]
    elif "value" in s:
        out["value"] = s["value"]
    else:
        for end in ("min", "max"):
            if s.get(end) is not None:
                out[end] = s[end]
    if kind in ("", "number") and unit_of(s.get("unit")):
        out["unit"] = unit_of(s["unit"])
    return out


def specs(rows, mapping):
    """All specs that have a key."""
    return [x for x in (spec(s, mapping) for s in rows or []) if x]


def envelope(rows, number_, mapping):
    """One set of specs that hold together; named by its explosion-proof flag where it has one."""
    flag = next((s.get("value") for s in rows if s["key"] == "exproof"), None)
    name = {True: "防爆", False: "非防爆"}.get(flag, str(number_))
    return {"name": name, "specs": specs(rows, mapping)}


def permitted(certificates):
    """Processes that a safety-condition certificate names; the list is not said to be complete."""
    values = [x for c in certificates or [] if c["scheme"] == "安全条件" for x in c.get("scope", [])]
    return {"values": list(dict.fromkeys(values)), "complete": False} if values else None


OTHER_SERVICE = "gen.other"


def services(l, mapping, worded):
    """The coded services; a record that words services of its own, none of which has a code, offers something else."""
    codes = [mapping.service(c) for c in l.get("services", [])]
    return codes or ([OTHER_SERVICE] if worded and not l.get("services_broad") else codes)


def line(l, mapping, with_text=True, worded=False):
    """One service line; `worded`: its record states services in words."""
    lot = clean({"min": l.get("min_lot"), "max": l.get("max_lot"), "unit": l.get("lot_unit")})
    lead = {"days": l["lead_time_days"], "kind": "calendar"} if l.get("lead_time_days") is not None else None
    return clean({
        "id": l["line_id"], "name": l.get("name"),
        "services": services(l, mapping, worded),
        "services_broad": [mapping.service(c) for c in l.get("services_broad", [])],
        "specs": specs(l.get("specs"), mapping),
        "envelopes": [envelope(e, i + 1, mapping) for i, e in enumerate(l.get("envelopes", []))],
        "certificates": l.get("certificates"), "denied": l.get("denied"), "permitted_processes": permitted(l.get("certificates")),
        "lot": lot, "lead_time": lead, "calendar": l.get("calendar"), "price": price(l.get("price")),
        "text": l.get("text") if with_text else None,
    })


def first_clause(text):
    """筹建中，计划2027年10月投用 -> 筹建中 (the date is a field of its own)."""
    return re.split(r"[，,]", text, maxsplit=1)[0]


def said(field, text, mapping, certain, start=None):
    """Status or openness: the words, and the state where the record is a form (`certain`)."""
    if not text:
        return None
    state = mapping.state(field, first_clause(text)) if certain else None
    return clean({"state": state, "from": start, "text": text})


def document_ref(url):
    """Address of a public page; a background document is named by its number, a page without address by its title."""
    m = re.search(r"background/(\d+)_", url)
    return f"background document {m.group(1)}" if m else url.replace(NO_ADDRESS, "").strip()


def remark(operator):
    """Split the curator's remark about the printed name from an operator's name."""
    m = re.search(r"\s*\(([^()]*printed[^()]*)\)", operator or "")
    return (operator[:m.start()] + operator[m.end():], "operator: " + m.group(1)) if m else (operator, None)


def language(source_lang):
    """(code, remark) of the record's language: 'zh-Hant (garbled)' -> zh-Hant, garbled."""
    m = re.match(r"(\S+)\s*(?:\((.*)\))?", source_lang or "")
    return (m.group(1), m.group(2)) if m else (None, None)


def document_source(r, operator_note):
    """Source block of a real record; the curator's remarks become its note."""
    code, lang_note = language(r.get("source_lang"))
    notes = [f"source quality: {r['source_quality']}" if r.get("source_quality") else None,
             "page without a public address" if NO_ADDRESS in r["source_url"] else None, f"text: {lang_note}" if lang_note else None, operator_note, r.get("note"), r.get("sector_note"), r.get("sector_basis"),
             f"verified: {r['verified']}" if r.get("verified") else None]
    return clean({"kind": "document", "ref": document_ref(r["source_url"]), "verified_at": VERIFIED_AT,
                  "note": "; ".join(x for x in notes if x)}), code


def readable(text):
    """A list inside a text as words: ['大', '中'] -> 大, 中."""
    return re.sub(r"\[('[^\]]*')\]", lambda m: m.group(1).replace("'", ""), text)


def real_platform(p, mapping, with_text=True):
    """A real platform: the record's own words, the curator's coding, nothing added."""
    r = p["record"]
    operator, operator_note = remark(r.get("operator"))
    source, lang = document_source(r, operator_note)
    facts = clean({k: r.get(k) for k in ("services", "capabilities", "capacity", "equipment", "certifications", "standards", "lead_time", "price")})
    return clean({
        "type": "platform", "id": p["id"], "name": r["name"], "operator": operator, "kind": r.get("type"), "lang": lang,
        "sectors": sectors(r.get("sectors"), mapping), "synthetic": False, "place": place(r),
        "status": said("status", r.get("status"), mapping, False), "openness": said("openness", r.get("openness"), mapping, False),
        "source": source, "facts": facts,
        "lines": [line(l, mapping, with_text, bool(r.get("services"))) for l in p["lines"]],
        "text": readable(p["text"]) if with_text else None,
    })


def synthetic_platform(p, mapping, with_text=True):
    """An invented platform of the cases: read as a filled-in form."""
    names = {"zh-Hant" if p["source_lang"] == "zh-Hant" else "zh-Hans": p["name"], "en": p["name_en"]} if p.get("name_en") else p["name"]
    return clean({
        "type": "platform", "id": p["id"], "name": names, "operator": p.get("operator"), "lang": p.get("source_lang"),
        "sectors": sectors(p.get("sectors"), mapping), "synthetic": True, "place": place(p),
        "status": said("status", p.get("status"), mapping, True, p.get("opens_on")),
        "openness": said("openness", p.get("openness"), mapping, True),
        "source": {"kind": "form", "ref": "synthetic", "note": "示例 / SYNTHETIC: invented for evaluation; not a real organisation"},
        "lines": [line(l, mapping, with_text) for l in p["lines"]], "text": p["text"] if with_text else None,
    })


def platform(p, mapping, with_text=True):
    """A platform with its coded lines (tracks O and S)."""
    return (synthetic_platform if p.get("synthetic") else real_platform)(p, mapping, with_text)


def text_platform(p):
    """A platform as text only (track T): one record, its line has the platform's id."""
    return {"type": "platform", "id": p["id"], "name": p["name"], "text": p["text"]}


# ---------------------------------------------------------------- demands

def one_sided(op, value, direction):
    """A point or span asked of a key that states one end only asks for that end; a pair that a span key shall equal is a span."""
    values = value if isinstance(value, list) else [value]
    if op == "cover" and direction in ("at_least", "at_most") and values:
        return direction, max(values) if direction == "at_least" else min(values)
    if op == "equal" and direction == "cover" and len(values) == 2:
        return "cover", sorted(values)
    return op, value


def requirement(r, mapping):
    """One requirement of a truth, or None when its key is not mapped."""
    key = mapping.key(r["key"])
    if key is None:
        return None
    value, kind = r["value"], mapping.kind(key)
    if kind == "flag" and isinstance(value, list) and len(value) == 1:
        value = value[0]
    op = None if isinstance(value, bool) else OPS.get(r.get("op"))
    if op is None and not isinstance(value, bool):
        mapping.complain(f"operator '{r.get('op')}' of '{r['key']}' is not mapped: the key's own direction is used")
    if kind == "ordinal":
        # the ladder's own direction says what a step asks for; of several the lowest serves, unless all are asked
        steps = [grade(r["key"], key, v, mapping) for v in (value if isinstance(value, list) else [value])]
        op, value = None, (max if op == "all_of" else min)(steps, key=lambda t: (mapping.rank(key, t), steps.index(t)))
    elif kind == "number" and not isinstance(value, bool):
        op, value = one_sided(op, value, mapping.registry[key].get("direction"))
    unit = unit_of(r.get("unit")) if kind in ("", "number") else None
    return clean({"key": key, "op": op, "value": value, "unit": unit, "strictness": r.get("strictness")})


def quantity(rows):
    """The `quantity` requirement as the record's quantity."""
    q = next((r for r in rows or [] if r["key"] == "quantity"), None)
    return clean({"value": q["value"], "unit": q.get("unit"), "strictness": q.get("strictness")}) if q else None


def budget(b, q):
    """Total in CNY for a stated quantity; its unit is the quantity's when both count the same."""
    if not b or b.get("max_wan_cny") is None:
        return None
    n = b.get("for_quantity")
    same = q is not None and n is not None and q.get("value") == n
    return clean({"max": money(b["max_wan_cny"], True), "currency": "CNY", "basis": "total", "quantity": n,
                  "unit": q.get("unit") if same else None, "strictness": b.get("strictness")})


def certificates(rows):
    """Certificates with their scope as a list."""
    return [clean({"scheme": c["scheme"], "scope": [c["scope"]] if c.get("scope") else None, "strictness": c.get("strictness")}) for c in rows or []]


def window(w):
    """Start and finish."""
    return clean({"start": w.get("start"), "finish": w.get("end"), "strictness": w.get("strictness")}) if w else None


def location(l):
    """Allowed places; what is said about work abroad."""
    if not l:
        return None
    abroad = {True: "yes", False: "no"}.get(l.get("overseas_ok"))
    return clean({"allowed": l.get("allowed"), "overseas": abroad, "strictness": l.get("strictness")})


def part(t, mapping):
    """What a truth and a stage of it have in common."""
    rows = t.get("requirements") or []
    codes = [s["code"] if isinstance(s, dict) else s for s in t.get("services") or []]
    return {
        "services": [mapping.service(c) for c in codes],
        "requirements": [x for x in (requirement(r, mapping) for r in rows if r["key"] != "quantity") if x],
        "certificates": certificates(t.get("certificates")), "quantity": quantity(rows),
    }


def earlier(t, ids, mapping):
    """Ids of the stages that a stage comes after, which it names by their titles."""
    names = t.get("after") or []
    out = []
    for n in names if isinstance(names, list) else [names]:
        if n not in ids:
            mapping.complain(f"stage '{t['stage']}' comes after '{n}', which is no stage of the demand: dropped")
        else:
            out.append(ids[n])
    return out


def stage(t, ids, mapping):
    """One stage of a composite demand; `ids`: stage ids by title."""
    body = part(t, mapping)
    return clean({"id": ids[t["stage"]], "title": t["stage"], "after": earlier(t, ids, mapping), **body, "window": window(t.get("window")),
                  "budget": budget(t.get("budget"), body["quantity"]), "place": location(t.get("location"))})


def oracle_demand(d, mapping, with_text):
    """Track O: the demand as its truth states it."""
    t = d["truth"]
    body = part(t, mapping)
    ids = {s["stage"]: f"S{i + 1}" for i, s in enumerate(t.get("composite") or [])}
    stages = [stage(s, ids, mapping) for s in t.get("composite") or []]
    if stages:
        body["services"] = []
    words = {"title": d["title"], "text": d["text"]} if with_text else {}
    return clean({
        "type": "demand", "id": d["id"], **words, "lang": d.get("lang"), "synthetic": True, "processes": mapping.process_terms(d["title"] + "\n" + d["text"]),
        **body, "window": window(t.get("window")), "budget": budget(t.get("budget"), body["quantity"]), "place": location(t.get("location")),
        "stages": stages,
    })


def text_demand(d):
    """Tracks S and T: what the park sends."""
    return clean({"type": "demand", "id": d["id"], "title": d["title"], "text": d["text"], "park": d.get("park"), "synthetic": True})
