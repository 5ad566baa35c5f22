#!/usr/bin/env python3
"""A stand-in for `matchctl serve`, so that every screen can be seen at once: the console's files and API v1 from
fixtures (fixtures/world.json, made from the command's own output), with the little state that clicking needs.

usage: mock.py [--port 8430]     Sign in as broker, park, platform, planner or admin with any password;
`empty` sees empty screens, `slow` waits, `broken` gets errors."""

import argparse
import copy
import http.server
import json
import pathlib
import re
import socketserver
import time
import urllib.parse

here = pathlib.Path(__file__).resolve().parent
console = here.parent.parent / "Sources/matchctl/Console"
world = json.loads((here / "fixtures/world.json").read_text("utf-8"))
types = {".html": "text/html", ".js": "text/javascript", ".css": "text/css", ".tsv": "text/tab-separated-values", ".svg": "image/svg+xml"}
policy = ("default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
          "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'")
roles = {"broker": "broker", "park": "park_operator", "platform": "platform_operator", "planner": "planner",
         "admin": "administrator", "empty": "broker", "slow": "broker", "broken": "broker"}
actions = ["todo.read", "changes.read", "lists.read", "lists.write", "lists.publish", "inbox.read", "platforms.change", "gaps.read",
           "demands.read", "demands.change", "demands.history", "demands.look", "match.run", "reports.read", "users.manage",
           "runs.start", "runs.read", "policy.read", "demands.assign"]
state = {"decisions": [], "declined": set(), "list": None, "cells": {}, "published": False, "runs": 1, "many": 0}


class Problem(Exception):
    def __init__(self, status, code, message, hint=""):
        self.status, self.code, self.message, self.hint = status, code, message, hint


def page(items, **more):
    return dict({"items": items, "next": None, "generation": 7}, **more)


def asks_of(demand):
    rows = []
    names = {c["criterion"]: c for e in world["explanations"] for c in e["criteria"]}
    for r in demand.get("requirements", []):
        value = r.get("value", r.get("values"))
        text = "、".join(map(str, value)) if isinstance(value, list) else str(value)
        sign = {"at_least": "≥ ", "at_most": "≤ "}.get(r.get("op"), "")
        found = names.get("spec:" + r["key"])
        rows.append({"criterion": "spec:" + r["key"], "name": found["name"] if found else r["key"],
                     "asked": f"{sign}{text} {r.get('unit', '')}".strip(), "strictness": r.get("strictness", "hard"),
                     "clause": f"{r['key']}{ {'at_least': '>=', 'at_most': '<='}.get(r.get('op'), '=')}{text} {r.get('unit', '')}".strip()})
    for c in demand.get("certificates", []):
        rows.append({"criterion": "certificate:" + c["scheme"], "name": "证书", "asked": f"{c['scheme']}（{'、'.join(c.get('scope', []))}）",
                     "strictness": c.get("strictness", "hard")})
    if demand.get("budget"):
        rows.append({"criterion": "budget", "name": "预算", "asked": f"{demand['budget']['max'] / 10000:g} 万元", "strictness": demand["budget"].get("strictness", "strong")})
    if demand.get("place"):
        rows.append({"criterion": "place", "name": "地点", "asked": "、".join(demand["place"].get("allowed", [])), "strictness": "soft"})
    rows.append({"criterion": "exclusion", "name": "回避单位", "asked": "", "strictness": "hard", "sealed": True})
    return rows


def demand_json(demand, full=False):
    out = {"id": demand["id"], "title": demand["title"], "park": demand["park"], "own": "2026-" + demand["id"][-2:], "state": "published",
           "enterprise": "示例企业有限公司", "brokers": ["broker"], "sealed": ["exclusions", "contact"], "may_look": True, "valid_until": "2027-05-15",
           "verdicts": world["stages"][demand["id"]]["verdicts"]}
    if full:
        out["record"] = demand
        out["stages"] = [{"criteria": asks_of(demand)}]
    return out


def stage_of(demand, weights):
    stage = copy.deepcopy(world["stages"][demand])
    rows = [m for m in copy.deepcopy(world["matches"].get(demand, [])) if (demand, m["line"]) not in state["declined"]]
    shares = {"service": 20, "specs": 40, "window": 10, "price": 10, "certificates": 10, "place": 5, "text": 5}
    names = dict(zip(shares, ["服务", "指标", "时间", "价格", "证书", "地点", "文字"]))
    if weights:
        lean = sum(weights.values()) / 100
        for i, m in enumerate(rows):
            m["score"] = {k: min(1, max(0, v * (1 - 0.2 * lean) + 0.1 * ((i * 7) % 3) * lean)) for k, v in m["score"].items()}
        rows.sort(key=lambda m: (m["group"], -m["score"]["expected"]))
    for i, m in enumerate(rows):
        m["rank"] = i + 1
    stage["matches"] = rows
    stage["weights"] = [{"part": p, "name": names[p], "suggested": w, "preferred": weights.get(p), "applied": weights.get(p, w)} for p, w in shares.items()]
    return stage


def explanation(body):
    line = body["line"]
    for e in world["explanations"]:
        if e["match"]["line"] == line and e["match"]["demand"] == body.get("demand", "DEMO-01"):
            return e
    for rows in world["matches"].values():
        for m in rows:
            if m["line"] == line:
                criteria = [dict(c, name=c.get("text", "").split("：")[0]) for c in m["failures"] + m["relaxed"] + m["pending"]]
                return {"match": m, "criteria": criteria, "sentences": []}
    raise Problem(404, "not_found", f"line '{line}' is not there")


def todo():
    rows = []
    steps = [("联系平台，核实 IATF 16949 证书范围", "asked", "platform", ["no_reply", "due"], "2026-12-03", 6),
             ("请企业确认预算是否含税", "asked", "enterprise", [], "2027-03-31", 2),
             ("有 4 条服务项目待核实，先看前三条", None, "broker", ["new"], "2027-04-30", None),
             ("向企业报告候选，约时间走访", "answered", "broker", ["due"], "2026-11-28", 1)]
    for i, d in enumerate(world["demands"]):
        text, step, waits, ways, due, days = steps[i % 4]
        rows.append({"demand": d["id"], "title": d["title"], "enterprise": "示例企业%02d有限公司" % (i + 1), "park": d["park"], "next": text, "step": step,
                     "due": due, "waits": waits, "since": "2026-11-1%d" % (i % 4 + 3), "working_days": days, "filters": ways,
                     "verdicts": world["stages"][d["id"]]["verdicts"]})
    for i in range(state["many"]):
        rows.append({"demand": "M-%05d" % i, "title": "车规级功率模块可靠性验证 %05d" % i, "enterprise": "示例企业%05d有限公司" % i, "park": "黄埔某园（示例）",
                     "next": "联系平台核实", "due": "2027-01-%02d" % (i % 28 + 1), "waits": "platform", "since": "2026-11-10", "working_days": 8, "filters": ["no_reply"]})
    return rows


def list_rows():
    rows = []
    for r in world["list"]:
        if r.get("type") != "row":
            continue
        fields = r.get("fields") or {}
        summary = world["list"][-1]["tables"][0]["columns"]
        bad = {m.get("column"): m for m in r.get("messages", [])}
        texts = {"需求名称": fields.get("title"), "企业名称": fields.get("enterprise"), "期望完成时间": fields.get("due"), "预算(万元)": fields.get("budget_wan_cny")}
        cells = []
        for i, c in enumerate(summary):
            got = bad.get(c["heading"], {}).get("got", texts.get(c["heading"]) or "")
            key = (r["row"], i)
            cell = {"column": i, "letter": chr(65 + i), "text": state["cells"].get(key, str(got))}
            if c["heading"] in bad and key not in state["cells"]:
                cell["mark"] = "refused" if r["action"] == "reject" else "warning"
            if key in state["cells"]:
                cell["corrected"] = True
            cells.append(cell)
        mended = any(k[0] == r["row"] for k in state["cells"])
        rows.append({"sheet": r.get("sheet"), "row": r["row"], "action": "accept" if mended else r["action"], "action_text": "", "codes": [] if mended else r["codes"],
                     "title": fields.get("title") or state["cells"].get((r["row"], 1)), "enterprise": fields.get("enterprise"), "fields": fields, "cells": cells,
                     "problems": [] if mended else [{"code": m["code"], "text": m.get("text", m["code"]), "refuses": r["action"] == "reject",
                                                     "column": next((i for i, c in enumerate(summary) if c["heading"] == m.get("column")), None)} for m in r.get("messages", [])]})
    return rows


def the_list():
    rows = list_rows()
    counts = {a: sum(1 for r in rows if r["action"] == a) for a in ("accept", "accept_with_warning", "reject", "skip")}
    columns = [{"column": i, "heading": c["heading"], "field": c.get("field"), "field_name": c["heading"], "basis": c["basis"], "unit": c.get("unit")}
               for i, c in enumerate(world["list"][-1]["tables"][0]["columns"])]
    columns[-1]["field"] = None
    return {"id": "L1", "park": "黄埔某产业园", "name": state["list"] or "park_a.xlsx", "sha256": "0" * 64, "size": 9000, "state": "published" if state["published"] else "draft",
            "by": "park", "at": "2026-11-22T01:20:00Z", "rows": len(rows), "counts": counts, "corrections": len(state["cells"]), "issues": [],
            "tables": [{"sheet": "需求汇总", "columns": columns}]}


def changes():
    rows = []
    for demand in ("DEMO-01", "DEMO-02"):
        for i, m in enumerate(world["matches"][demand][:3]):
            kind = ["risen", "new", "lost"][i]
            rows.append({"demand": demand, "title": next(d["title"] for d in world["demands"] if d["id"] == demand), "line": m["line"], "platform": m["platform"],
                         "line_name": m["line_name"], "platform_name": m["platform_name"], "kind": kind, "verdict_before": [None, None, "potential"][i] or ("near_miss" if i == 0 else None),
                         "verdict_after": ["potential", "potential", None][i],
                         "text": ["平台答复：离子注入温度最高 650 ℃（电话，2026-11-21）", "平台新增服务项目", "证书 IATF 16949 于 2026-11-21 到期"][i]})
    return rows


def gaps():
    cells = []
    sectors = [("ic", "集成电路"), ("nm", "新材料"), ("la", "低空经济"), ("rb", "智能机器人"), ("bm", "生物医药")]
    for i, city in enumerate(["广州", "深圳", "东莞", "佛山", "珠海", "中山", "惠州", "香港"]):
        for j, (code, name) in enumerate(sectors):
            n = (i * 5 + j * 3) % 11
            cells.append({"sector": code, "sector_name": name, "city": city, "lines": n, "demands": n + 3 if n > 1 else None, "unmatched": n // 2 if n > 1 else None})
    return {"cells": cells, "unmatched": [{"cause": "service", "name": "没有平台能做：服务", "demands": 9}, {"cause": "spec:wafer_diameter", "name": "有平台接近，差一两项：晶圆尺寸", "demands": 5},
                                          {"cause": "certificate", "name": "平台资料未写明：证书", "demands": 3}, {"cause": "window", "name": "没有平台能做", "demands": None}],
            "run": "R-1", "as_of": "2026-11-22", "generation": 7}


platform = {"id": "P067", "name": "广州三孚新材料中试平台（示例）", "place": "广州", "lines": 2, "verified_at": "2026-02-11", "stale": True, "sectors": ["ic"], "record": {"lines": [
    {"id": "P067/L1", "name": "碳化硅器件流片线", "status": {"state": "open"}, "specs": [{"key": "wafer_diameter", "values": [100, 150], "unit": "mm"},
     {"key": "implant_temperature", "max": 650, "unit": "℃"}, {"key": "min_linewidth", "min": 0.35, "unit": "μm"}]},
    {"id": "P067/L2", "name": {"zh-Hans": "可靠性试验线"}, "status": {"text": "运行"}, "specs": []}]}}
users = [{"name": n, "role": r, "display": d, "disabled": n == "old", "tokens": k, "park": "黄埔某产业园" if r == "park_operator" else None}
         for n, r, d, k in [("broker", "broker", "陈经理", 0), ("park", "park_operator", "黄埔园区经办", 1), ("platform", "platform_operator", "平台联系人", 0),
                            ("planner", "planner", "市科技局规划处", 0), ("admin", "administrator", "系统管理员", 2), ("old", "broker", "离职账号", 0)]]


def answer(method, path, query, body, who):
    """The JSON of an operation; raises Problem."""
    if who == "slow":
        time.sleep(2)
    if who == "broken" and path not in ("/session", "/status"):
        raise Problem(503, "unavailable", "数据版本正在重建", "请稍候再试")
    if path == "/status":
        return {"version": "0", "generation": 7, "seq": 1, "as_of": "2026-11-22", "lines": 105, "platforms": 99, "demands": 6, "policy": "2026-11-22", "ledger": "ok", "rebuilding": False}
    if who == "empty" and method == "GET":
        return {"cells": [], "unmatched": [], "run": None, "as_of": "2026-11-22"} if path == "/gaps" else page([])
    simple = {"/todo": lambda: page(todo()), "/demands": lambda: page([demand_json(d) for d in world["demands"]]), "/gaps": gaps,
              "/inbox": lambda: page(inbox()), "/users": lambda: page(users), "/runs/latest/changes": lambda: page(changes()),
              "/parks": lambda: page([{"id": "黄埔某产业园", "name": "黄埔某产业园", "review": False, "demands": 18}]),
              "/lists": lambda: page([the_list()]), "/lists/L1": the_list, "/lists/L1/rows": lambda: page(list_rows()),
              "/lists/L1/notices": lambda: page(world["list"][-1]["notices"]), "/platforms/P067": lambda: platform,
              "/registry/fields": lambda: page([{"id": c["field"], "name": c["heading"]} for c in world["list"][-1]["tables"][0]["columns"]]),
              "/registry/keys": lambda: page([{"id": "wafer_diameter", "name": "晶圆直径", "unit": "mm"}, {"id": "implant_temperature", "name": "离子注入温度", "unit": "℃"}, {"id": "min_linewidth", "name": "最小线宽", "unit": "μm"}]),
              "/registry/sectors": lambda: page([{"id": "ic", "name": "集成电路"}]),
              "/registry/services": lambda: page([{"id": "ic.sic", "name": "碳化硅器件流片"}]),
              "/registry/decline-reasons": lambda: page([{"code": "price", "name": "价格超出预算", "field": "price"}, {"code": "time", "name": "时间赶不上", "field": "window"}, {"code": "other", "name": "其他原因"}]),
              "/registry/distances": lambda: {"from": query.get("from", ""), "cities": [{"place": "广东/广州", "name": "广州", "km": 0, "lines": 31}, {"place": "广东/东莞", "name": "东莞", "km": 52.3, "lines": 12}, {"place": "广东/深圳", "name": "深圳", "km": 104.8, "lines": 27}]},
              "/reports": lambda: page([{"run": "R-1", "name": n, "size": 41000, "url": ""} for n in ("gaps.xlsx", "kpi.xlsx", "changes.csv")]),
              "/policy": lambda: {"version": "2026-11-22", "policy": {"weights": {"service": 20, "specs": 40, "window": 10}, "limits": {"strong_limit": 0.5, "groups": {"near": [0.5, 0.3]}}}}}
    if method == "GET" and path in simple:
        return simple[path]()
    if path == "/runs" and method == "GET":
        return page([{"id": f"R-{i}", "as_of": "2026-11-22", "at": f"2026-11-2{i}T18:04:00Z", "seq": i, "state": "done", "counts": {"demands": 6, "lines": 105, "changes": 6}, "files": [{"name": "kpi.xlsx", "size": 9}]} for i in range(state["runs"], 0, -1)])
    if path == "/runs":
        state["runs"] += 1
        return {"id": f"R-{state['runs']}", "as_of": "2026-11-22", "at": "2026-11-22T02:00:00Z", "seq": 9, "state": "done"}
    found = re.fullmatch(r"/demands/([^/]+)(/.*)?", path)
    if found:
        return demand_path(found[1], found[2] or "", method)
    return act(method, path, body)


def demand_path(id, rest, method):
    demand = next((d for d in world["demands"] if d["id"] == id), None)
    if not demand:
        raise Problem(404, "not_found", "没有这条需求", "请核对编号")
    if rest == "/matches":
        return {"as_of": "2026-11-22", "generation": 7, "demand": demand_json(demand), "stages": [stage_of(id, {})], "issues": []}
    if rest == "/history":
        return page([{"seq": 1, "at": "2026-11-16T02:00:00Z", "who": "park", "kind": "demand", "text": "发布"},
                     {"seq": 2, "at": "2026-11-18T03:10:00Z", "who": "park", "kind": "demand", "text": "修改", "fields": ["budget", "window"]},
                     {"seq": 3, "at": "2026-11-19T07:40:00Z", "who": "broker", "kind": "asked", "text": "向平台询问：离子注入温度"}])
    if rest == "/broker":
        return demand_json(demand)
    if rest == "/look":
        return {"demand": id, "fields": {"exclusions": "某同业公司", "contact": "王工", "sector": "ic", "requirements.implant_temperature": {"key": "implant_temperature", "op": "at_least", "value": 500, "unit": "℃"}}, "seq": 12}
    return demand_json(demand, True)


def inbox():
    rows = []
    for m in world["matches"]["DEMO-01"][:3]:
        rows.append({"demand": "DEMO-01", "line": m["line"], "line_name": m["line_name"], "title": world["demands"][0]["title"], "verdict": m["verdict"],
                     "in_the_way": {"criterion": "window", "name": "时间", "kind": "unknown", "text": "须在 2027-03-31 前完成，排期或准备时间未写明"},
                     "questions": m["questions"][:2], "answered": []})
    return rows


def act(method, path, body):
    if path == "/what-if":
        before, after = stage_of(body["demand"], {}), stage_of(body["demand"], body["changes"].get("weights", {}))
        if body["changes"].get("values") or body["changes"].get("strictness"):
            after["removed"][0]["lines"] -= 6
            after["verdicts"]["conflict"] -= 6
        old = {m["line"]: m["rank"] for m in before["matches"]}
        moved = [{"line": m["line"], "before": old.get(m["line"]), "after": m["rank"]} for m in after["matches"] if old.get(m["line"]) != m["rank"]]
        return {"before": [before], "after": [after], "moved": moved, "issues": [], "run": "R-1", "as_of": "2026-11-22", "generation": 7}
    if path == "/match":
        return {"as_of": "2026-11-22", "generation": 7, "demand": {"id": "typed", "title": "", "state": "typed", "sealed": [], "may_look": False, "stages": []}, "stages": [stage_of("DEMO-01", {})], "issues": [{"text": "“500度”已按“500℃”理解"}]}
    if path == "/explain":
        return explanation(body)
    if path == "/compare":
        rows = [["", *body["lines"]], ["结论", *["待核实" for _ in body["lines"]]], ["晶圆直径", *["150 mm", "200 mm", "100 mm"][:len(body["lines"])]], ["地点", *["广州" for _ in body["lines"]]]]
        return {"rows": rows}
    if path == "/letter":
        return {"text": "您好！我们在为一项中试需求寻找产线，想向贵平台核实：\n1. 离子注入温度最高多少？\n2. 最早哪天可以开始？\n谢谢！"}
    if path == "/questions/asked":
        return {"seq": 21}
    if path == "/answers":
        return {"seq": 22, "changed": [{"demand": "DEMO-01", "line": body.get("line", ""), "before": "potential", "after": "full", "expected_before": 0.61, "expected_after": 0.74}], "issues": []}
    if path == "/decisions" and method == "POST":
        row = dict(body, at="2026-11-22T02:30:00Z", who="broker", seq=30)
        state["decisions"].insert(0, row)
        if body["step"] == "declined":
            state["declined"].add((body["demand"], body["line"]))
        return {"seq": 30, "decision": row, "warnings": []}
    if path == "/decisions":
        return page(state["decisions"])
    if path == "/lists" and method == "POST":
        return the_list()
    if path == "/lists/L1/rows":
        for cell in body["cells"]:
            state["cells"][(body["row"], cell["column"])] = cell["text"]
        return next(r for r in list_rows() if r["row"] == body["row"])
    if path == "/lists/L1/publish":
        state["published"] = not body.get("dry_run")
        rows = [{"what": "new", "title": r["title"], "row": r["row"]} for r in list_rows() if r["action"].startswith("accept")]
        return {"new": len(rows), "changed": 1, "withdrawn": 0, "unchanged": 0, "refused": 3, "dry_run": bool(body.get("dry_run")),
                "rows": rows + [{"what": "changed", "title": "MEMS压力传感器8吋中试", "fields": [{"field": "budget", "before": "40 万元", "after": "43.2 万元"}]}]}
    if path.startswith(("/lists/L1", "/platforms/P067", "/parks/", "/users")):
        return the_list() if path.startswith("/lists") else platform if path.startswith("/platforms") else {"token": "mc_example_only", "items": [], "next": None, "id": "t1"}
    raise Problem(404, "not_found", f"{method} {path} is not in the stand-in")


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *parts):
        pass

    def who(self):
        found = re.search(r"matchctl_session=(\w+)", self.headers.get("Cookie", ""))
        return found[1] if found else None

    def session(self, name):
        role = roles.get(name, "broker")
        return {"name": name, "role": role, "display": next((u["display"] for u in users if u["name"] == name), name), "csrf": "c", "expires": "2027-01-01T00:00:00Z",
                "actions": actions, "park": "黄埔某产业园" if role == "park_operator" else None, "platform": "P067" if role == "platform_operator" else None}

    def handle_any(self):
        url = urllib.parse.urlsplit(self.path)
        length = int(self.headers.get("Content-Length") or 0)
        data = self.rfile.read(length)
        if not url.path.startswith("/api/v1"):
            return self.file(urllib.parse.unquote(url.path))
        path = urllib.parse.unquote(url.path[len("/api/v1"):])
        query = {k: v[0] for k, v in urllib.parse.parse_qs(url.query).items()}
        try:
            body = json.loads(data) if data and "json" in self.headers.get("Content-Type", "") else {}
            if path == "/lists" and self.command == "POST":
                state.update(list=query.get("name"), cells={}, published=False)
            if path == "/session":
                return self.sign(body)
            who = self.who()
            if who is None:
                raise Problem(401, "signed_out", "not signed in")
            value = answer(self.command, path, query, body, who)
            if self.headers.get("Accept") == "text/event-stream":
                return self.events(value)
            self.send(200, value)
        except Problem as problem:
            self.send(problem.status, {"error": {"code": problem.code, "message": problem.message, "hint": problem.hint}})

    do_GET = do_POST = do_PUT = do_PATCH = do_DELETE = handle_any

    def sign(self, body):
        if self.command == "POST":
            if body["password"] == "wrong":
                raise Problem(401, "wrong_password", "用户名或密码不对", "请再试；多次输错会暂时锁定")
            return self.send(200, self.session(body["name"]), f"matchctl_session={body['name']}; Path=/; HttpOnly; SameSite=Strict")
        if self.command == "DELETE":
            return self.send(204, None, "matchctl_session=; Path=/; Max-Age=0")
        if self.who() is None:
            raise Problem(401, "signed_out", "not signed in")
        return self.send(200, self.session(self.who()))

    def events(self, value):
        text = "".join(f"event: progress\ndata: {json.dumps({'phase': 'write', 'done': n, 'of': 3})}\n\n" for n in range(1, 4))
        text += f"event: done\ndata: {json.dumps(value, ensure_ascii=False)}\n\n"
        self.bytes(200, text.encode(), "text/event-stream")

    def send(self, status, value, cookie=None):
        self.bytes(status, b"" if value is None else json.dumps(value, ensure_ascii=False).encode(), "application/json", cookie)

    def bytes(self, status, data, kind, cookie=None):
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.send_header("Content-Security-Policy", policy)
        self.send_header("Cache-Control", "no-store")
        if cookie:
            self.send_header("Set-Cookie", cookie)
        self.end_headers()
        self.wfile.write(data)

    def file(self, path):
        target = (console / ("index.html" if path == "/" else path.lstrip("/"))).resolve()
        if console not in target.parents or not target.is_file():
            return self.send(404, {"error": {"code": "not_found", "message": path, "hint": ""}})
        self.bytes(200, target.read_bytes(), types.get(target.suffix, "application/octet-stream"))


class Server(socketserver.ThreadingMixIn, http.server.HTTPServer):
    daemon_threads = True

    def handle_error(self, request, client_address):
        """A browser that goes away in the middle of an answer is no fault."""


def serve(port):
    """A server on `port` (0: any free one), not yet running."""
    return Server(("127.0.0.1", port), Handler)


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--port", type=int, default=8430)
    server = serve(parser.parse_args().port)
    print(f"http://127.0.0.1:{server.server_port}/", flush=True)
    server.serve_forever()
