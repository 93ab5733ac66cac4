"""Reads the feeds, exports and schemas of a built site with other people's programs: PyPI `icalendar`, `jsonschema` and
`feedparser`, and the calendar client `khal`, which imports into a calendar of its own and lists it.

    python3 verify.py SITE
"""

import csv
import io
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import tomllib
import xml.etree.ElementTree as ElementTree

import feedparser
import icalendar
import jsonschema

site = pathlib.Path(sys.argv[1]).resolve()
failures = []


def check(holds, what):
    if not holds:
        failures.append(what)


def calendars():
    """Every feed parses, keeps the rules that clients rely on, and is written as `icalendar` would read it again."""
    uids = {}
    events = 0
    cancelled = 0
    paths = sorted(site.rglob("*.ics"))
    for path in paths:
        name = path.relative_to(site)
        calendar = icalendar.Calendar.from_ical(path.read_bytes())
        check(calendar.get("VERSION") == "2.0" and calendar.get("PRODID"), f"{name}: no version or producer")
        check("REFRESH-INTERVAL" in calendar and "X-PUBLISHED-TTL" in calendar, f"{name}: no refresh interval")
        seen = set()
        for event in calendar.walk("VEVENT"):
            events += 1
            uid = str(event["UID"])
            check(uid not in seen, f"{name}: {uid} twice")
            seen.add(uid)
            first, end = event["DTSTART"].dt, event["DTEND"].dt
            check(first < end, f"{name}: {uid} ends before it begins")
            check(str(event["DTSTAMP"].dt).startswith(as_of), f"{name}: {uid} is stamped {event['DTSTAMP'].dt}")
            check(str(event["SUMMARY"]).strip(), f"{name}: {uid} has no words")
            cancelled += event.get("STATUS") == "CANCELLED"
            # The same thing is the same event, on the same days, in every feed and language.
            days = uids.setdefault(uid, (first, end))
            check(days == (first, end), f"{name}: {uid} has other days than in another feed")
        for error in calendar.errors:
            failures.append(f"{name}: {error}")
    check(events > 0, "no events at all")
    print(f"icalendar {icalendar.__version__}: {len(paths)} feeds, {events} events, {cancelled} called off, {len(uids)} uids")


def client():
    """khal takes the feed of everything in and lists the days of a campaign."""
    with tempfile.TemporaryDirectory() as home:
        home = pathlib.Path(home)
        config = home / "khal.conf"
        config.write_text(
            f"[calendars]\n[[book]]\npath = {home}/book\ntype = calendar\n"
            "[locale]\ndateformat = %Y-%m-%d\nlongdateformat = %Y-%m-%d\ntimeformat = %H:%M\n"
            "datetimeformat = %Y-%m-%d %H:%M\nlongdatetimeformat = %Y-%m-%d %H:%M\n"
            f"[default]\ndefault_calendar = book\n[sqlite]\npath = {home}/khal.db\n"
        )
        (home / "book").mkdir()
        env = {**os.environ, "HOME": str(home), "XDG_DATA_HOME": str(home), "XDG_CONFIG_HOME": str(home), "LC_ALL": "C.UTF-8"}

        def khal(*words):
            run = subprocess.run(["khal", "-c", str(config), *words], env=env, capture_output=True, text=True)
            check(run.returncode == 0, f"khal {words[0]}: {run.stderr.strip()[-300:]}")
            return run.stdout

        feed = site / "calendar.ics"
        khal("import", "--batch", "-a", "book", str(feed))
        wanted = [e for e in icalendar.Calendar.from_ical(feed.read_bytes()).walk("VEVENT")]
        kept = len(list((home / "book").glob("*.ics")))
        check(kept == len(wanted), f"khal kept {kept} of {len(wanted)} events")
        some = next(e for e in wanted if str(e["UID"]).startswith("live."))
        listed = khal("list", "--format", "{title}", str(some["DTSTART"].dt), "1d")
        check(str(some["SUMMARY"]) in listed, f"khal does not list {some['SUMMARY']!r}")
        print(f"khal: {kept} events imported, {some['SUMMARY']} listed on its first day")


def news():
    """Atom: well-formed, what RFC 4287 requires is there, and a feed reader sees every entry with its day."""
    atom = "{http://www.w3.org/2005/Atom}"
    for path in sorted(site.rglob("feed.xml")):
        name = path.relative_to(site)
        root = ElementTree.parse(path).getroot()
        check(root.tag == f"{atom}feed", f"{name}: not a feed")
        for element in [root, *root.findall(f"{atom}entry")]:
            for wanted in ["id", "title", "updated"]:
                check(len(element.findall(f"{atom}{wanted}")) == 1, f"{name}: {wanted} is not there once")
        check(root.find(f"{atom}author/{atom}name") is not None, f"{name}: no author")
        check(any(link.get("rel") == "self" for link in root.findall(f"{atom}link")), f"{name}: does not name itself")
        read = feedparser.parse(str(path))
        check(not read.bozo, f"{name}: {read.get('bozo_exception')}")
        check(len(read.entries) == len(root.findall(f"{atom}entry")) > 0, f"{name}: entries are lost")
        for entry in read.entries:
            check(entry.get("updated_parsed") and entry.id.startswith("tag:") and entry.title, f"{name}: {entry.get('id')}")
            if any(tag.term == "change" for tag in entry.tags):
                check(entry.get("author") and entry.get("link"), f"{name}: {entry.id} tells of no author or page")
        check(len({entry.id for entry in read.entries}) == len(read.entries), f"{name}: an id twice")
        print(f"feedparser {feedparser.__version__}: {name}, {len(read.entries)} entries, newest {read.feed.updated}")


def schemas():
    """The schemas of authors' files: the sample keeps them, known mistakes do not, and each fails where the mistake stands."""
    root = pathlib.Path(__file__).resolve().parents[2]
    validator = jsonschema.Draft202012Validator

    def plain(value):
        """As editors see TOML in JSON: dates and times are strings."""
        if isinstance(value, dict):
            return {key: plain(inner) for key, inner in value.items()}
        if isinstance(value, list):
            return [plain(inner) for inner in value]
        return value.isoformat() if hasattr(value, "isoformat") else value

    def read(path):
        text = path.read_text()
        if path.suffix == ".md":
            text = text.split("+++")[1]
        return plain(tomllib.loads(text))

    checked = 0
    kinds = {}
    for path in sorted((site / "schemas").glob("*.schema.json")):
        schema = json.loads(path.read_text())
        validator.check_schema(schema)
        kind = validator(schema, format_checker=validator.FORMAT_CHECKER)
        kinds[path.name.split(".")[0]] = kind
        files = [f for f in sorted(root.glob(schema["title"])) if f.name.count(".") == 1]
        check(files, f"{schema['title']}: the sample has none")
        for file in files:
            checked += 1
            for error in kind.iter_errors(read(file)):
                failures.append(f"{file.relative_to(root)}: {'/'.join(map(str, error.absolute_path))}: {error.message[:200]}")

    def places(fixture):
        found = kinds["campaign"].iter_errors(read(root / "tests/fixtures/checks/shape" / fixture))
        return {"/".join(map(str, error.absolute_path)) for error in found}

    mistakes = {
        # Money with a tenth of a cent is a number all the same: only the program knows the currency.
        "bad-value.toml": {"slot", "scale", "milestone/0/id", "milestone/0/due", "kpi/0/target"},
        "missing-key.toml": {"", "kpi/0", "run/0"},
        "unknown-key.toml": {"", "milestone/0/task"},
        # A date in quotes is a string in JSON too.
        "wrong-type.toml": {"owner", "milestone", "budget/total", "budget/line/0/amount"},
    }
    for fixture, wanted in mistakes.items():
        seen = places(fixture)
        check(wanted <= seen, f"shape/{fixture}: {sorted(wanted - seen)} pass the schema")
    print(f"jsonschema: {len(kinds)} schemas, {checked} files of the sample keep them, {len(mistakes)} files of mistakes do not")


def model():
    """JSON: both kinds of files keep the published schema, formats of dates included."""
    schema = json.loads((site / "model.schema.json").read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    formats = jsonschema.Draft202012Validator.FORMAT_CHECKER

    def errors(value, part):
        checker = jsonschema.Draft202012Validator(part, format_checker=formats)
        return [f"{'/'.join(map(str, e.absolute_path))}: {e.message[:200]}" for e in checker.iter_errors(value)]

    whole = json.loads((site / "model.json").read_text())
    for error in errors(whole, schema):
        failures.append(f"model.json: {error}")
    one = {"$ref": "#/$defs/campaign_file", "$defs": schema["$defs"]}
    for head in whole["campaigns"]:
        for error in errors(json.loads((site / head["file"]).read_text()), one):
            failures.append(f"{head['file']}: {error}")
    # A schema that accepts anything would prove nothing.
    check(errors({**whole, "as_of": "tomorrow"}, schema), "the schema accepts a date that is none")
    check(errors({**whole, "campaigns": [{"id": 1}]}, schema), "the schema accepts a campaign without a title")
    print(f"jsonschema: model.json and {len(whole['campaigns'])} campaigns keep the schema")


def tables():
    """CSV: every row has as many cells as the head, and no cell computes."""
    paths = sorted(site.rglob("*.csv"))
    for path in paths:
        name = path.relative_to(site)
        text = path.read_bytes().decode("utf-8-sig")
        rows = list(csv.reader(io.StringIO(text, newline="")))
        check(rows and all(len(row) == len(rows[0]) for row in rows), f"{name}: rows of unequal length")
        for cell in (cell for row in rows for cell in row):
            if cell[:1] in ("=", "@") or (cell[:1] in ("+", "-") and not cell[1:].replace(".", "", 1).isdigit()):
                failures.append(f"{name}: {cell!r} would be computed")
    print(f"csv: {len(paths)} tables")


as_of = json.loads((site / "model.json").read_text())["as_of"]
for part in [calendars, client, news, model, schemas, tables]:
    part()
for failure in failures[:40]:
    print(failure, file=sys.stderr)
print(f"feeds and exports: {len(failures)} failures")
sys.exit(1 if failures else 0)
