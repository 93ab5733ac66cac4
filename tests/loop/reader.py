"""Readers while a site is being published: each loads a page with all that it names, as a browser does, and notes what came.

    reader.py BASE CURRENT PAGES OUT

BASE is where the server answers, CURRENT the link that changes with each release, PAGES a file with a path a line, OUT gets
a JSON line for each visit. Ends on SIGTERM.
"""

import hashlib
import http.client
import json
import os
import posixpath
import random
import re
import signal
import sys
import threading
from urllib.parse import urlsplit

NAMED = re.compile(r'(?:src|href|data-style|data-script)="([^"#?:]+\.(?:css|js|svg|png|jpg|webp))"')
STATE = re.compile(rb'playbookSearch\("index","([0-9a-f]{8})"')
END = threading.Event()


class Reader(threading.Thread):
    """One who clicks through the site. `patience`: how many releases later the rest of a page is asked for."""

    def __init__(self, base, current, pages, patience, note):
        super().__init__(daemon=True)
        self.address = urlsplit(base)
        self.current, self.pages, self.patience, self.note = current, pages, patience, note
        self.connection = None
        self.dice = random.Random(patience)

    def get(self, path):
        """Status and digest of an answer, and its bytes; a connection that fails is status 0."""
        try:
            if self.connection is None:
                self.connection = http.client.HTTPConnection(self.address.hostname, self.address.port, timeout=20)
            self.connection.request("GET", "/" + path)
            answer = self.connection.getresponse()
            body = answer.read()
            return [path, answer.status, hashlib.sha256(body).hexdigest()], body
        except (OSError, http.client.HTTPException) as error:
            self.connection = None
            return [path, 0, repr(error)], b""

    def wait(self):
        """Until as many releases as this reader is patient have been shown."""
        for _ in range(self.patience):
            shown = os.readlink(self.current)
            while os.readlink(self.current) == shown:
                if END.wait(0.002):
                    return

    def visit(self, path):
        page, body = self.get(path)
        names = NAMED.findall(body.decode())
        assets = sorted({posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) for name in names})
        self.wait()
        self.note({"kind": "page", "patience": self.patience, "files": [page, *(self.get(name)[0] for name in assets)]})

    def search(self):
        """The head of the index, and later its parts."""
        head, body = self.get("search/index.js")
        state = STATE.match(body)
        parts = [f"search/{part}/0.{state[1].decode()}.js" for part in "tpd"] if state else []
        self.wait()
        self.note({"kind": "search", "patience": self.patience, "files": [head, *(self.get(name)[0] for name in parts)]})

    def run(self):
        # At the pace of a person who clicks fast: the machine is for the publisher and for wrk.
        while not END.wait(0.02):
            if self.dice.randrange(4):
                self.visit(self.dice.choice(self.pages))
            else:
                self.search()


def main():
    base, current, pages, out = sys.argv[1:]
    with open(pages, encoding="utf-8") as lines, open(out, "w", encoding="utf-8") as file:
        pages = lines.read().split()
        lock = threading.Lock()

        def note(visit):
            with lock:
                file.write(json.dumps(visit) + "\n")

        # Three in a hurry or nearly, and two whose pages lay open while the site changed: `publish` keeps five releases.
        readers = [Reader(base, current, pages, patience, note) for patience in (0, 0, 1, 2, 3)]
        signal.signal(signal.SIGTERM, lambda *_: END.set())
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()


main()
