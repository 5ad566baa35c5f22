"""Platforms of a catalogue again and again under other ids, until there are 100,000 × SCALE lines. usage: load-world.py SCALE FILE"""

import json
import sys

lines = [json.loads(line) for line in open(sys.argv[2], encoding="utf-8")]
wanted, made, copy = int(100000 * float(sys.argv[1])), 0, 0
while made < wanted:
    for platform in lines:
        text = json.dumps(platform, ensure_ascii=False).replace('"%s' % platform["id"], '"%s-%d' % (platform["id"], copy))
        print(text)
        made += max(1, len(platform.get("lines", [])))
        if made >= wanted:
            break
    copy += 1
