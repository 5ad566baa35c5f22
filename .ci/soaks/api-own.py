#!/usr/bin/env python3
"""The operations that a role may use and those named after it may not, by the server's access table. usage: api-own.py ROLE [EARLIER…]"""

import json
import re
import sys

columns = ["broker", "park", "platform", "planner", "admin"]
source = open("Sources/matchctl/Server/Access/AccessTable.swift", encoding="utf-8").read()
actions = dict(re.findall(r'case (\w+) = "([\w.]+)"', source))
rows = re.findall(r"row\(\.(\w+), (?:\.\w+|nil), \.(\w+), \.(\w+), \.(\w+), \.(\w+), \.(\w+)\)", source)
reach = {actions[name]: dict(zip(columns, cells)) for name, *cells in rows}
role, earlier = sys.argv[1], sys.argv[2:]
for path in json.load(open("Corpus/schema/openapi-1.json", encoding="utf-8"))["paths"].values():
    for operation in path.values():
        if not isinstance(operation, dict) or operation.get("x-action") not in reach:
            continue
        who = reach[operation["x-action"]]
        if who[role] != "none" and not any(who[other] != "none" for other in earlier):
            print(operation["operationId"])
