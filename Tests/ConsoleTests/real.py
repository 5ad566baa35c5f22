"""`matchctl serve` over a ledger of its own, made by the command line: platforms of the catalogue, a park, five accounts."""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

import drive

password = "correct horse battery"
accounts = {"park": ("hp.wang", ["--role", "park_operator", "--park", "HP"]), "broker": ("chen", ["--role", "broker", "--display", "陈经理"]),
            "platform": ("p067", ["--role", "platform_operator", "--platform", "P067"]), "planner": ("planner", ["--role", "planner"]),
            "administrator": ("root", ["--role", "administrator"])}
day = "2026-11-22"
# Folders of this process; each server copies the prepared ledger.
prepared = {}


def command(matchctl, *words, given=None):
    done = subprocess.run([matchctl, *words], cwd=drive.root, input=given, capture_output=True, text=True, timeout=300)
    if done.returncode not in (0, 1):
        raise RuntimeError(f"matchctl {' '.join(words)}: {done.returncode}\n{done.stderr}")
    return done.stdout


def prepare(matchctl):
    """A ledger with platforms and accounts; made once."""
    if matchctl in prepared:
        return prepared[matchctl]
    folder = pathlib.Path(tempfile.mkdtemp(prefix="console-"))
    ledger = str(folder / "ledger.db")
    common = ["--ledger", ledger, "--by", "setup"]
    command(matchctl, "ledger", "init", "--ledger", ledger)
    for name in ("real", "synthetic"):
        command(matchctl, "import", f"Corpus/catalogue/{name}.jsonl", *common, "--yes", "--as-of", day)
    command(matchctl, "park", "add", "HP", "--name", "黄埔某产业园", *common)
    for name, flags in accounts.values():
        command(matchctl, "user", "add", name, *flags, *common, given=password + "\n")
    prepared[matchctl] = folder
    return folder


@contextlib.contextmanager
def serve(matchctl, park_list):
    """The world of a journey (see journey.py) while the server runs."""
    matchctl = str(pathlib.Path(matchctl).resolve())
    folder = pathlib.Path(tempfile.mkdtemp(prefix="console-run-"))
    for file in prepare(matchctl).iterdir():
        shutil.copy(file, folder / file.name)
    log = open(folder / "log.jsonl", "w", encoding="utf-8")
    server = subprocess.Popen(
        [matchctl, "serve", "--ledger", str(folder / "ledger.db"), "--port", "0", "--runs", str(folder / "runs"), "--as-of", day,
         "--console", str(drive.console), "--by", "server"],
        cwd=drive.root, stdout=subprocess.PIPE, stderr=log, text=True, env=dict(os.environ))
    try:
        line = server.stdout.readline()
        found = re.search(r"https?://\S+", line)
        if not found:
            raise RuntimeError(f"the server did not start: {line} {(folder / 'log.jsonl').read_text('utf-8')[-2000:]}")
        yield {"base": found[0], "accounts": {role: (name, password) for role, (name, _) in accounts.items()}, "list": park_list,
               "demand": "SiC MOSFET", "patience": 60000, "night": 240000, "log": folder / "log.jsonl"}
    finally:
        server.terminate()
        server.wait(timeout=60)
        log.close()
        shutil.rmtree(folder, ignore_errors=True)
