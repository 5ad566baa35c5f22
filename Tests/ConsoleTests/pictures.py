#!/usr/bin/env python3
"""Makes the pictures of docs/console out of a folder of shots that tests.py took. usage: pictures.py SHOTS

Needs Pillow. A picture has at most 1200 points of width and 128 colours: a page of text stays sharp in about 60 KB."""

import pathlib
import sys

from PIL import Image

root = pathlib.Path(__file__).resolve().parent.parent.parent
wanted = {
    "park-lists": "park-lists", "park-list": "park-list", "park-row": "park-row", "park-difference": "park-publish", "park-demands": "park-demands",
    "broker-today": "broker-today", "broker-demand": "broker-demand", "broker-weight": "broker-weight", "broker-answer": "broker-answer",
    "broker-decline": "broker-decline", "broker-morning": "broker-morning", "platform-inbox": "platform-inbox", "platform-own": "platform-own",
    "planner-gaps": "planner-gaps", "administrator-users": "admin-users", "admin-runs": "admin-runs", "phone/broker-demand": "phone-demand", "phone/broker-answer": "phone-answer",
}


def shrink(source, target):
    picture = Image.open(source).convert("RGB")
    if picture.width > 1200:
        picture = picture.resize((1200, round(picture.height * 1200 / picture.width)), Image.LANCZOS)
    picture.quantize(128, method=Image.MEDIANCUT, dither=Image.Dither.NONE).save(target, optimize=True)


if __name__ == "__main__":
    shots = pathlib.Path(sys.argv[1])
    for source, name in wanted.items():
        path = shots / f"{source}.png"
        if path.exists():
            shrink(path, root / f"docs/console/{name}.png")
            print(f"docs/console/{name}.png")
