#!/usr/bin/env python3
"""Build the catalogue from the case platforms: real records (default) or the synthetic ones.

usage: build_real.py --in PLATFORMS.jsonl [--records RECORDS.jsonl] --out OUT.jsonl [--synthetic]

--in       platforms of the golden cases: each real one carries its source record and the curator's coding
--records  the source records themselves; when given, they replace the copies inside --in and the ids must agree
Deterministic: order of the input, no clock.
"""
import argparse
import os
import sys

sys.dont_write_bytecode = True
sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "cases", "gold"))
import convert  # noqa: E402


def arguments():
    """Command line."""
    a = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    a.add_argument("--in", dest="source", required=True)
    a.add_argument("--records")
    a.add_argument("--out", required=True)
    a.add_argument("--synthetic", action="store_true", help="write the synthetic platforms instead of the real ones")
    return a.parse_args()


def with_records(platforms, path):
    """Put the source records in place of the copies; stop when one is missing."""
    records = {r["id"]: r for r in convert.read_jsonl(path)}
    missing = sorted(set(records) ^ {p["id"] for p in platforms})
    if missing:
        sys.exit(f"build_real: not in both files: {', '.join(missing)}")
    return [dict(p, record=records[p["id"]]) for p in platforms]


def main():
    """Read, convert, write."""
    a = arguments()
    platforms = [p for p in convert.read_jsonl(a.source) if bool(p.get("synthetic")) == a.synthetic]
    if a.records and not a.synthetic:
        platforms = with_records(platforms, a.records)
    mapping = convert.Mapping()
    convert.write_jsonl(a.out, [convert.platform(p, mapping) for p in platforms])
    print(f"{len(platforms)} platforms, {sum(len(p['lines']) for p in platforms)} lines")


if __name__ == "__main__":
    main()
