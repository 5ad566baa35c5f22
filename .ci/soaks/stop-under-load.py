"""Reads and writes until the server is told to stop, and on until it has. usage: stop-under-load.py URL TOKEN SECONDS SERVER

Every request that was sent whole on a connection the server had taken is answered, and every write that was acknowledged is in the ledger."""

import http.client
import json
import os
import signal
import sqlite3
import sys
import threading
import time
import urllib.parse

url, token, seconds, server = sys.argv[1:5]
host = urllib.parse.urlparse(url).netloc
headers = {"Authorization": "Bearer " + token, "Content-Type": "application/json"}
lock = threading.Lock()
answered, refused, lost, acknowledged = [0], [0], [], []
# When the signal was sent.
signalled = [float("inf")]


first = http.client.HTTPConnection(host, timeout=30)
first.request("GET", "/api/v1/demands?mine=true", headers=headers)
demand = json.loads(first.getresponse().read())["items"][0]["id"]


def work(number):
    connection = http.client.HTTPConnection(host, timeout=30)
    turn = 0
    while True:
        turn += 1
        is_write = number % 2 == 0
        key = "stop-%d-%d" % (number, turn)
        try:
            connection.connect() if connection.sock is None else None
        except OSError:
            return
        sent = time.monotonic()
        try:
            if is_write:
                body = json.dumps({"addressee": "P067", "line": "P067/L1", "slot": "price", "demands": [demand], "text": key})
                connection.request("POST", "/api/v1/questions/asked", body, dict(headers, **{"Idempotency-Key": key}))
            else:
                connection.request("POST", "/api/v1/match", json.dumps({"typed": {"text": "6英寸碳化硅流片"}, "top": 5}), headers)
            answer = connection.getresponse()
            said = answer.read()
        except (OSError, http.client.HTTPException) as error:
            # Connections that rest at the signal are closed; a request that meets that was not taken.
            if sent > signalled[0] - 0.05:
                with lock:
                    refused[0] += 1
                return
            with lock:
                lost.append(repr(error))
            return
        with lock:
            answered[0] += 1
            if answer.status >= 400:
                lost.append("%d %s" % (answer.status, said[:200]))
            elif is_write:
                acknowledged.append(key)


threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
for thread in threads:
    thread.start()
time.sleep(float(seconds))
# A long upload is under way when the signal comes: it is answered before the server ends.
slow = http.client.HTTPConnection(host, timeout=30)
body = json.dumps({"typed": {"text": "6英寸碳化硅流片"}, "top": 5}).encode()
slow.putrequest("POST", "/api/v1/match")
for name, value in dict(headers, **{"Content-Length": str(len(body))}).items():
    slow.putheader(name, value)
slow.endheaders()
slow.send(body[:10])
time.sleep(0.3)
signalled[0] = time.monotonic()
os.kill(int(server), signal.SIGTERM)
time.sleep(0.5)
slow.send(body[10:])
status = slow.getresponse().status
if status != 200:
    lost.append("the request under way: %d" % status)
for thread in threads:
    thread.join()
ledger = os.environ["MATCHCTL_LEDGER"]

with sqlite3.connect("file:%s?mode=ro" % ledger, uri=True) as database:
    there = {json.loads(body).get("text") for (body,) in database.execute("SELECT body FROM entry WHERE kind = 'asked'")}
lost += ["acknowledged and not there: %s" % key for key in acknowledged if key not in there]
print("SIGTERM after %s s under load: %d answered, %d writes acknowledged and all there, %d not taken after the signal" % (seconds, answered[0], len(acknowledged), refused[0]))
for problem in lost[:10]:
    print("lost: " + problem, file=sys.stderr)
sys.exit(1 if lost else 0)
