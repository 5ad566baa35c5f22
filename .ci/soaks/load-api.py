"""The load of load-api. usage: load-api.py URL TOKENS SECONDS SERVER SCALE

Requests are due at fixed moments, whoever is late: a time counts from when its request was due."""

import datetime
import http.client
import json
import os
import random
import socket
import sys
import threading
import time
import urllib.parse
import urllib.request

url, tokens, seconds, server, scale = sys.argv[1:6]
host = urllib.parse.urlparse(url).netloc
broker, park, operator, platform = open(tokens, encoding="utf-8").read().split()
seconds, rate, workers = int(seconds), 100, 16
texts = ["6英寸碳化硅流片", "需要温度循环试验", "聚合反应釜中试 300L", "锂电池 电芯 中试线", "MEMS 压力传感器流片", "CNAS 振动试验", "无人机 飞控 测试", "冻干 制剂 GMP"]
bodies = [json.dumps({"typed": {"text": t, "quantity": "%d 片" % n}, "top": 10}) for t in texts for n in range(1, 6)]
times, errors, memory, late, published, confirmed = [], [], [], [], [], []
start = time.monotonic() + 1
tick = os.sysconf("SC_CLK_TCK")


def resident():
    with open("/proc/%s/statm" % server) as file:
        return int(file.read().split()[1]) * 4096


def used():
    with open("/proc/%s/stat" % server) as file:
        fields = file.read().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / tick


def ask(connection, method, path, token, body=None, kind="application/json"):
    connection.request(method, "/api/v1" + path, body, {"Authorization": "Bearer " + token, "Content-Type": kind})
    answer = connection.getresponse()
    return answer.status, answer.read()


def match(number):
    connection = http.client.HTTPConnection(host, timeout=30)
    for turn in range(number, seconds * rate, workers):
        due = start + turn / rate
        time.sleep(max(0, due - time.monotonic()))
        sent = time.monotonic()
        try:
            status, _ = ask(connection, "POST", "/match", broker, bodies[turn % len(bodies)])
            if status != 200:
                errors.append("match %d" % status)
        except Exception as error:
            errors.append(repr(error))
            connection.close()
        times.append((time.monotonic() - due, due - start))
        late.append(sent - due)


def every(period, work, done):
    number = 0
    connection = http.client.HTTPConnection(host, timeout=60)
    while time.monotonic() < start + seconds:
        number += 1
        began = time.monotonic()
        try:
            problem = work(connection, number)
            if problem:
                errors.append(problem)
        except Exception as error:
            errors.append("%s: %r" % (work.__name__, error))
            connection.close()
        done.append(time.monotonic() - began)
        memory.append(resident())
        time.sleep(max(0, began + period - time.monotonic()))


def publish(connection, number):
    """A list of twenty demands, new at first, changed from then on."""
    rows = [{"type": "demand", "id": "n%d" % row, "title": "碳化硅流片 %d 批" % number, "text": "6英寸碳化硅外延片 %d 片 流片 第 %d 项" % (number, row), "services": ["ic.sic"]}
            for row in range(20)]
    body = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()
    status, answer = ask(connection, "POST", "/lists?name=list.jsonl", park, body, "application/octet-stream")
    if status != 201:
        return "list %d" % status
    status, answer = ask(connection, "POST", "/lists/%s/publish" % json.loads(answer)["id"], park, "{}")
    if status != 200:
        return "publish %d %s" % (status, answer[:200])
    told = json.loads(answer)
    if told["new"] + told["changed"] == 0:
        return "published nothing"
    return None


def confirm(connection, number):
    """Its lines say another free day each time, so that what stands is swapped each time."""
    day = (datetime.date.today() + datetime.timedelta(days=5 + number % 20)).isoformat()
    status, answer = ask(connection, "PUT", "/platforms/%s/earliest" % platform, operator, json.dumps({"day": day}))
    return None if status == 200 else "earliest %d %s" % (status, answer[:200])


def renewed():
    """How often lines that changed were taken over, by the server's own count."""
    text = urllib.request.urlopen(url + "metrics", timeout=30).read().decode()
    return sum(int(float(line.split()[-1])) for line in text.splitlines() if line.startswith("matchctl_lines_renewed_total"))


def hang(number):
    """A client that says a part of its request, and no more until it is put off."""
    parts = ["", "GET /api/v1/st", "POST /api/v1/match HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 900\r\n\r\n{\"a"]
    name, port = host.rsplit(":", 1)
    while time.monotonic() < start + seconds:
        try:
            with socket.create_connection((name, int(port)), timeout=60) as one:
                one.sendall(random.choice(parts).encode())
                one.settimeout(60)
                while one.recv(4096):
                    pass
        except OSError:
            time.sleep(1)


threads = [threading.Thread(target=match, args=(n,)) for n in range(workers)]
threads += [threading.Thread(target=every, args=(10, publish, published)), threading.Thread(target=every, args=(30, confirm, confirmed))]
for n in range(20):
    threading.Thread(target=hang, args=(n,), daemon=True).start()
before = used()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
measured = sorted(t for t, _ in times)
swaps = renewed()
if swaps < len(confirmed):
    errors.append("lines changed %d times, taken over %d times" % (len(confirmed), swaps))


def at(values, share):
    return values[min(len(values) - 1, int(len(values) * share))] * 1000


print("soak load-api: scale %s, %d requests in %d s, p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, worst %.0f ms, %d errors, resident %d → %d MiB (most %d)"
      % (scale, len(times), seconds, at(measured, .5), at(measured, .99), at(measured, .999), measured[-1] * 1000, len(errors), memory[0] >> 20, memory[-1] >> 20, max(memory) >> 20))
print("  %d lists published (longest %.1f s), %d times lines changed and taken over (longest %.1f s), server %.0f %% of a core, the generator itself late by p99 %.1f ms, load average %s"
      % (len(published), max(published), len(confirmed), max(confirmed), 100 * (used() - before) / seconds, at(sorted(late), .99), os.getloadavg()[0]))
windows = {}
for t, when in times:
    windows.setdefault(int(when) // 10, []).append(t)
print("  p99 by ten seconds: %s ms" % " ".join("%.0f" % at(sorted(w), .99) for _, w in sorted(windows.items())))
tenths = [memory[min(len(memory) - 1, len(memory) * tenth // 10)] >> 20 for tenth in range(11)]
print("  resident by tenths of the time: %s MiB" % " ".join(map(str, tenths)))
for error in sorted(set(errors))[:10]:
    print("  %s" % error)
sys.exit(1 if errors else 0)
