#!/usr/bin/env python3
"""Validate record files against the schemas beside this file.

usage: check.py [FILE.jsonl ...]     (default: the catalogue and the sample demands of this Corpus)

Each object is checked by its `type` (demand, platform, match, summary, issue). Needs the Python package jsonschema; without
it the check says so and ends well.
"""
import glob
import json
import os
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.dirname(HERE)


def validators():
    """type -> validator; None when jsonschema is absent."""
    try:
        from jsonschema import Draft202012Validator, FormatChecker
    except ImportError:
        return None
    out = {}
    for path in sorted(glob.glob(os.path.join(HERE, "*.schema.json"))):
        with open(path, encoding="utf-8") as f:
            schema = json.load(f)
        Draft202012Validator.check_schema(schema)
        out[schema["$id"].split("/")[1]] = Draft202012Validator(schema, format_checker=FormatChecker())
    return out


def default_files():
    """Files of this Corpus that hold records."""
    return sorted(glob.glob(os.path.join(CORPUS, "catalogue", "*.jsonl")) + glob.glob(os.path.join(CORPUS, "lists", "*.jsonl")))


def errors(path, kinds):
    """Every error of a file as (row, message)."""
    ids = set()
    with open(path, encoding="utf-8") as f:
        for row, text in enumerate(f, 1):
            if not text.strip():
                continue
            try:
                record = json.loads(text)
            except ValueError as e:
                yield row, f"not JSON: {e}"
                continue
            kind = record.get("type", "demand")
            if kind not in kinds:
                yield row, f"unknown type {kind!r}"
                continue
            for e in sorted(kinds[kind].iter_errors(record), key=lambda e: [str(x) for x in e.path]):
                yield row, f"{'/'.join(str(x) for x in e.path) or 'record'}: {e.message[:200]}"
            key = record.get("id")
            if kind in ("demand", "platform"):
                if key in ids:
                    yield row, f"id {key!r} occurs twice"
                ids.add(key)


def main():
    """Check the files; exit 1 when one has an error."""
    kinds = validators()
    if kinds is None:
        print("check: the Python package jsonschema is not installed; nothing was checked", file=sys.stderr)
        return 0
    bad = 0
    for path in sys.argv[1:] or default_files():
        found = list(errors(path, kinds))
        bad += len(found)
        print(f"{os.path.relpath(path, CORPUS)}: {'ok' if not found else str(len(found)) + ' errors'}")
        for row, message in found[:50]:
            print(f"  row {row}: {message}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
