#!/usr/bin/env python3
"""Whether `serve` holds more memory the longer it runs: 200 edits of the sample, and what it holds before and after.

    python3 benches/memory.py [--playbook target/release/playbook] [--edits 200]

The sample is copied; a line of a text changes, and the next edit waits until the page shows it. The first twenty edits are not counted: a program's memory
settles. Linux only.
"""
import argparse
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
TEXT, PAGE = "content/sops/store-day.md", "sops/store-day/"
SETTLE = 20
PATIENCE = 60


def held(process, what="VmRSS"):
    """MiB that a process holds."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return int(re.search(rf"^{what}:\s+(\d+)", status, re.M)[1]) / 1024


def until(process, holds, what):
    end = time.monotonic() + PATIENCE
    while not holds():
        if process.poll() is not None or time.monotonic() > end:
            sys.exit(f"{what}: not within {PATIENCE} s, or the server has ended")
        time.sleep(0.01)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--playbook", default=ROOT / "target/release/playbook", type=Path)
    ask.add_argument("--edits", type=int, default=200)
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="playbook-memory-") as folder:
        folder = Path(folder)
        shutil.copy(ROOT / "playbook.toml", folder)
        shutil.copytree(ROOT / "content", folder / "content")
        serve = [asked.playbook.resolve(), "--root", folder, "serve", "--port", "0", "--as-of", "2026-09-17"]
        process = subprocess.Popen(serve, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        try:
            for line in process.stdout:
                if address := re.search(r"http://[^\s/]+/", line):
                    break
            else:
                sys.exit("the server says no address")
            base, text = address[0], (folder / TEXT).read_text()

            def shows(words):
                try:
                    with urllib.request.urlopen(base + PAGE, timeout=PATIENCE) as answer:
                        return words in answer.read().decode()
                except OSError:
                    return False

            before = None
            for edit in range(1, asked.edits + SETTLE + 1):
                (folder / TEXT).write_text(f"{text}\nEdit number {edit} stands here.\n")
                until(process, lambda words=f"Edit number {edit} stands": shows(words), f"edit {edit}")
                if edit == SETTLE:
                    before = held(process)
            after = held(process)
            grown = (after - before) * 1024 / asked.edits
            print(f"{before:.1f} MiB before, {after:.1f} MiB after {asked.edits} edits ({grown:+.1f} KiB an edit), {held(process, 'VmHWM'):.1f} MiB at most")
        finally:
            process.terminate()
            process.wait()


main()
