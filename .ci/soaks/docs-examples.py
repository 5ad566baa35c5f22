"""The commands of a page as a shell script that stops at the first that fails. usage: docs-examples.py FILE PORT

Its first block of shell is the setting; each piece of code in the last column of its table of resources is an example."""

import re
import shlex
import sys

text = open(sys.argv[1], encoding="utf-8").read()
setting = re.search(r"```sh\n(.*?)```", text, re.S)[1].replace(":8420", ":" + sys.argv[2])
print("set -uo pipefail")
# An answer that is an error ends the example.
print('curl() { command curl --fail-with-body "$@"; }')
print(setting)
print("served=$!")
print("trap 'kill $served; wait $served' EXIT")
print("for _ in $(seq 300); do curl -s -o /dev/null http://127.0.0.1:%s/healthz && break; sleep 0.1; done" % sys.argv[2])
rows = [row for row in text.split("\n") if row.startswith("| ") and "`" in row and "$API" in row]
for row in rows:
    cells = re.split(r"(?<!\\)\|", row)
    for example in re.findall(r"`([^`]+)`", cells[2]):
        example = example.replace("\\|", "|")
        print("{ %s\n} >answer 2>said || { echo failed: %s; cat answer said; exit 1; }" % (example, shlex.quote(example)))
        # A stream is 200 whatever comes of it.
        print("! grep -q '^event: error' answer || { echo failed: %s; cat answer; exit 1; }" % shlex.quote(example))
        print("echo ok: %s" % shlex.quote(example))
