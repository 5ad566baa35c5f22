#!/usr/bin/env python3
"""Verifies the container of snapshot files, from Sources/Matcher/Matcher.docc/SnapshotFormat.md alone.

usage: check.py FILE...    Prints the sections of each; exit 1 at the first that is not whole.
"""
import struct
import sys

MASK = (1 << 64) - 1


def step(lane, word):
    product = (lane ^ word) * 0x9E3779B97F4A7C15 & MASK
    return (product << 29 | product >> 35) & MASK


def checksum(data):
    lanes = [1, 2, 3, 4]
    whole = len(data) // 32 * 32
    for place in range(0, whole, 32):
        words = struct.unpack_from("<4Q", data, place)
        lanes = [step(lane, word) for lane, word in zip(lanes, words)]
    value = len(data)
    for lane in lanes:
        value = step(value, lane)
    for byte in data[whole:]:
        value = step(value, byte)
    return value ^ value >> 32


def expect(holds, what):
    if not holds:
        sys.exit(f"not whole: {what}")


def check(path):
    data = open(path, "rb").read()
    expect(len(data) >= 64 and data[:8] == b"MTHSNAP1", "magic")
    head = struct.unpack_from("<8Q", data)
    version, count = head[1] & 0xFFFFFFFF, head[1] >> 32
    expect(version == 1, f"version {version}")
    expect(checksum(data[:48]) == head[6] and head[7] == 0, "head")
    expect(head[2] == len(data), "size")
    end = 64 + 48 * count
    directory, names = data[64:end], data[end : end + head[3]]
    expect(checksum(directory) == head[4], "directory")
    expect(checksum(names) == head[5], "names")
    end += head[3]
    seen = set()
    for number in range(count):
        place, width, values, offset, total, _ = struct.unpack_from("<6Q", directory, 48 * number)
        start = place & 0xFFFFFFFF
        name = names[start : start + (place >> 32)].decode()
        expect(name not in seen, f"{name} twice")
        seen.add(name)
        expect(offset == (end + 63) // 64 * 64 and not any(data[end:offset]), f"padding before {name}")
        end = offset + width * values
        expect(checksum(data[offset:end]) == total, name)
        print(f"{name}\t{values} x {width} B at {offset}")
    expect(len(data) == (end + 63) // 64 * 64 and not any(data[end:]), "padding at the end")
    print(f"{path}: whole, version {version}, {count} sections, {len(data)} bytes")


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    for name in sys.argv[1:]:
        check(name)
