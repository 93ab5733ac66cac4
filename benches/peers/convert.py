#!/usr/bin/env python3
"""Writes the pages of a Hugo site as a playbook of prose, so that both build the same site.

    python3 convert.py HUGO_SITE OUT [--search]

Reads `content/<section>/_index.md` and `content/<section>/<page>.md` with TOML front matter (`title`, `description`, `weight`,
`tags`); links written `/section/page.md` become relative paths, as a playbook writes them. Sections become chapters. The theme
beside this script has the templates of the Hugo site's theme, line for line. Python 3.11, nothing to install.
"""
import argparse
import json
import os
import re
import shutil
import tomllib

HERE = os.path.dirname(os.path.abspath(__file__))


def split(path):
    with open(path, encoding="utf-8") as file:
        _, front, body = file.read().split("+++\n", 2)
    return tomllib.loads(front), body


def write(path, text):
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.write(text)


def page(front, body):
    keys = [f"title = {json.dumps(front['title'], ensure_ascii=False)}"]
    if "description" in front:
        keys.append(f"summary = {json.dumps(front['description'], ensure_ascii=False)}")
    if "weight" in front:
        keys.append(f"order = {front['weight']}")
    if front.get("tags"):
        keys.append(f"tags = {json.dumps(front['tags'])}")
    return "+++\n" + "\n".join(keys) + "\n+++\n" + body


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("site")
    ask.add_argument("out")
    ask.add_argument("--search", action="store_true", help="with an index for search")
    asked = ask.parse_args()
    with open(f"{asked.site}/hugo.toml", "rb") as file:
        config = tomllib.load(file)
    write(f"{asked.out}/playbook.toml", "\n".join([
        f"title = {json.dumps(config['title'])}",
        'languages = ["en"]',
        f"base-url = {json.dumps(config['baseURL'].rstrip('/'))}",
        'theme = "bench"',
        "history = false",
        f"search = {'true' if asked.search else 'false'}",
    ]) + "\n")
    shutil.copytree(f"{HERE}/theme", f"{asked.out}/themes/bench", dirs_exist_ok=True)
    content = f"{asked.site}/content"
    count = 0
    for section in sorted(os.listdir(content)):
        if not os.path.isdir(f"{content}/{section}"):
            continue
        for name in sorted(os.listdir(f"{content}/{section}")):
            front, body = split(f"{content}/{section}/{name}")
            body = re.sub(r"\]\(/([^)]+\.md)\)", r"](../\1)", body)
            if name == "_index.md":
                front.setdefault("weight", int(re.sub(r"\D", "", section) or 0))
                name = "index.md"
            count += 1
            write(f"{asked.out}/content/pages/{section}/{name}", page(front, body))
    print(f"{count} pages in {asked.out}")


main()
