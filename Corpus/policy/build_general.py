#!/usr/bin/env python3
"""Make policy/text-general.tsv: out of a million texts of general language, how many hold each term.

usage: build_general.py --version NAME --letters REGISTER… --characters REGISTER… > text-general.tsv
       REGISTER is WEIGHT:words:FILE (lines `word<TAB>frequency`), WEIGHT:wordfreq:LANGUAGE (the PyPI
       package wordfreq) or WEIGHT:text:FILE (running text)

A register's frequencies are shares of its own words (or characters); registers are mixed by weight, and a
share p becomes the chance that a text of the reference length holds the term: 1 - exp(-p * length).
Terms are those of Terms/TermReader.swift: stems, letters in fours with _ at the ends, characters, pairs.
Needs the PyPI packages PyStemmer and, for `wordfreq`, wordfreq.
"""
import argparse
import collections
import math
import os
import re
import sys

import Stemmer

TEXTS = 1_000_000
LENGTH = 70  # words, and the average length of the table
CHARACTERS = 100
LEAST = {"word": 25, "gram": 100, "character": 5, "pair": 200}  # texts; rarer terms weigh as unseen ones
WORD = re.compile(r"[0-9a-z\u00df-\u00f6\u00f8-\u024f\u03b1-\u03c9\u0430-\u044f]+")
RUN = re.compile(r"[\u3400-\u9fff\u3041-\u30ff]+")
HERE = os.path.dirname(os.path.abspath(__file__))


def read_stop_words():
    """The words of lexicon/stopwords.tsv."""
    with open(os.path.join(HERE, "..", "lexicon", "stopwords.tsv"), encoding="utf-8") as lines:
        rows = [line.rstrip("\n") for line in lines if not line.startswith("#")]
    return set(rows[1:])


def frequencies(register):
    """(weight, kind, list of (word, frequency) or a text) of one REGISTER."""
    weight, kind, source = register.split(":", 2)
    if kind == "wordfreq":
        import wordfreq

        return float(weight), "words", list(wordfreq.get_frequency_dict(source, wordlist="large").items())
    with open(source, encoding="utf-8") as file:
        if kind == "words":
            rows = [line.rstrip("\n").split("\t") for line in file]
            return float(weight), kind, [(row[0], float(row[1])) for row in rows]
        return float(weight), "text", file.read().lower()


def letters(register):
    """Word -> share of the register's words."""
    weight, kind, source = frequencies(register)
    words = collections.Counter()
    if kind == "words":
        for word, frequency in source:
            if WORD.fullmatch(word):
                words[word] += frequency
    else:
        words.update(WORD.findall(source))
    total = sum(words.values())
    return weight, {word: count / total for word, count in words.items()}


def characters(register):
    """Character or pair -> share of the register's characters.

    A list of words knows the pairs inside words; those across words follow from how often words end and
    begin with a character.
    """
    weight, kind, source = frequencies(register)
    found = collections.Counter()
    if kind == "text":
        for run in RUN.findall(source):
            found.update(run)
            found.update(map("".join, zip(run, run[1:])))
    else:
        first, last = collections.Counter(), collections.Counter()
        for word, frequency in source:
            if not RUN.fullmatch(word):
                continue
            first[word[0]] += frequency
            last[word[-1]] += frequency
            for character in word:
                found[character] += frequency
            for pair in map("".join, zip(word, word[1:])):
                found[pair] += frequency
        words = sum(first.values())
        heads = [item for item in first.most_common(3000)]
        for left, ends in last.most_common(3000):
            for right, begins in heads:
                across = ends * begins / words
                if across / words < 1e-8:
                    break
                found[left + right] += across
    total = sum(count for term, count in found.items() if len(term) == 1)
    return weight, {term: count / total for term, count in found.items()}


def mixed(registers):
    """The weighted mean of shares."""
    total = sum(weight for weight, _ in registers)
    mean = collections.Counter()
    for weight, shares in registers:
        for term, share in shares.items():
            mean[term] += weight / total * share
    return mean


def texts(share, length):
    """In how many of TEXTS texts a term of this share occurs; three significant digits."""
    count = TEXTS * (1 - math.exp(-share * length))
    return float(f"{count:.3g}")


def rows(arguments):
    """(kind, term, texts), sorted."""
    stop = read_stop_words()
    stem = Stemmer.Stemmer("english").stemWord
    shares = {kind: collections.Counter() for kind in LEAST}
    for word, share in mixed([letters(register) for register in arguments.letters]).items():
        if word in stop or len(word) > 30:
            continue
        shares["word"][stem(word) if re.fullmatch("[a-z]+", word) else word] += share
        bounded = f"_{word}_"
        for start in range(len(bounded) - 3):
            shares["gram"][bounded[start : start + 4]] += share
    for term, share in mixed([characters(register) for register in arguments.characters]).items():
        shares["character" if len(term) == 1 else "pair"][term] += share
    for kind in sorted(shares):
        length = LENGTH if kind in ("word", "gram") else CHARACTERS
        for term in sorted(shares[kind]):
            count = texts(shares[kind][term], length)
            if count >= LEAST[kind]:
                yield kind, term, count


def main():
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--version", required=True)
    parser.add_argument("--letters", nargs="+", required=True)
    parser.add_argument("--characters", nargs="+", required=True)
    arguments = parser.parse_args()
    out = sys.stdout
    out.write("# Made by build_general.py; origin and licence: Corpus/README.md. CC BY-SA 4.0.\n")
    out.write(f"kind\tterm\ttexts\ntable\tversion\t{arguments.version}\n")
    out.write(f"table\ttexts\t{TEXTS}\ntable\tlength\t{LENGTH}\n")
    for kind, term, count in rows(arguments):
        out.write(f"{kind}\t{term}\t{count:.0f}\n")


if __name__ == "__main__":
    main()
