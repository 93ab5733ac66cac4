"""Reads the reports of `playbook check --format` with other people's programs: the published JSON schema of SARIF 2.1.0 (npm
`@microsoft/jest-sarif`) and PyPI `sarif-tools`, PyPI `junitparser`, and for GitLab, reviewdog and GitHub, which publish no package that can be
installed here, the fields that their documentation requires and the way their own code reads a line.

    python3 verify.py PLAYBOOK
"""

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import jsonschema
import junitparser
import sarif.loader

program = pathlib.Path(sys.argv[1]).resolve()
here = pathlib.Path(__file__).resolve().parent
failures = []

FILES = {
    "shop/playbook.toml": 'title = "Tea"\ntimezone = "Asia/Shanghai"\nbase-url = "https://play.example/book"\n',
    "shop/content/people.toml": '[lin-yue]\nname = "林悦"\ndepartment = "marketing"\n',
    "shop/content/departments.toml": '[marketing]\nname = "Marketing"\nlead = "lin-yue"\n',
    "shop/content/campaigns/june/campaign.toml": 'title = { en = "双十一 🎉 <b>&", zh-Hans = 5 }\nowner = "lin-yeu"\n'
    "start = 2026-06-10\nend = 2026-06-14\n[[kpi]]\nmetric = \"x\"\n[[kpi]]\nmetric = \"x\"\n",
    "shop/content/campaigns/june/新 笔记%.txt": "",
    "shop/content/campaigns/june/reuslts.toml": "",
}


def check(holds, what):
    if not holds:
        failures.append(what)


def run(root, form, *more):
    env = {name: value for name, value in os.environ.items() if not name.startswith("GIT")} | {"LANG": "C"}
    env.pop("GITHUB_STEP_SUMMARY", None)
    args = [program, "--root", root, "check", "--as-of", "2026-04-01", "--format", form, *more]
    done = subprocess.run(args, capture_output=True, env=env)
    check(done.returncode == 1, f"{form}: exit code {done.returncode}")
    return done.stdout.decode("utf-8")


def line_of(repo, path, number):
    return (repo / path).read_text(encoding="utf-8").split("\n")[number - 1]


def findings(root):
    """What the JSON says is what each format must say."""
    return json.loads(run(root, "json"))["findings"]


def sarif_log(repo, root, known):
    schema = json.loads((here / "node_modules/@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json").read_text())
    text = run(root, "sarif")
    log = json.loads(text)
    for error in jsonschema.Draft4Validator(schema).iter_errors(log):
        failures.append(f"sarif: {error.json_path}: {error.message[:200]}")
    results = log["runs"][0]["results"]
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    check(len(results) == len(known), f"sarif: {len(results)} results of {len(known)}")
    for result in results:
        check(rules[result["ruleIndex"]]["id"] == result["ruleId"], f"sarif: {result['ruleId']} points at another rule")
    prints = [result["partialFingerprints"]["primaryLocationLineHash"] for result in results]
    check(len(set(prints)) == len(prints), "sarif: a fingerprint twice")
    for rule in rules:
        check(rule["help"]["text"] and rule["helpUri"].startswith("https://play.example/book/rules/"), f"sarif: {rule['id']}: no help")
    wrong = next(r for r in results if r["ruleId"] == "shape/wrong-type")
    region = wrong["locations"][0]["physicalLocation"]["region"]
    path = wrong["locations"][0]["physicalLocation"]["artifactLocation"]["uri"]
    units = line_of(repo, path, region["startLine"]).encode("utf-16-le")
    words = units[2 * (region["startColumn"] - 1) : 2 * (region["endColumn"] - 1)].decode("utf-16-le")
    check(words == "5", f"sarif: the columns hold {words!r}")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "playbook.sarif"
        file.write_text(text, encoding="utf-8")
        read = sarif.loader.load_sarif_file(str(file))
        counts = read.get_report().get_issue_type_histogram_for_severity("error")
        records = read.get_records()
    check(len(records) == len(known), f"sarif-tools read {len(records)} records of {len(known)}")
    check(counts, "sarif-tools found no error")
    print(f"SARIF 2.1.0 schema, sarif-tools: {len(results)} results, {len(rules)} rules")


def junit(root, known):
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "junit.xml"
        for strict in (False, True):
            file.write_text(run(root, "junit", *(["--strict"] if strict else [])), encoding="utf-8")
            suites = junitparser.JUnitXml.fromfile(str(file))
            cases = [case for suite in suites for case in suite]
            failed = {case.name for case in cases if any(isinstance(r, junitparser.Failure) for r in case.result)}
            fails = ("error", "warning") if strict else ("error",)
            wanted = {f["rule"] for f in known if f["severity"] in fails}
            check(failed == wanted, f"junit: failed {sorted(failed ^ wanted)}")
            check(suites.tests == len(cases) and suites.failures == len(failed), "junit: the totals are wrong")
            names = collections.Counter((case.classname, case.name) for case in cases)
            check(max(names.values()) == 1, "junit: a test twice")
    print(f"junitparser {junitparser.version if hasattr(junitparser, 'version') else ''}: {len(cases)} tests, {len(failed)} failed")


def gitlab(repo, root, known):
    """https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format"""
    issues = json.loads(run(root, "gitlab"))
    check(len(issues) == len(known), f"gitlab: {len(issues)} issues of {len(known)}")
    for issue in issues:
        check(issue["description"] and issue["check_name"], "gitlab: no description or name")
        check(issue["severity"] in ("info", "minor", "major", "critical", "blocker"), f"gitlab: {issue['severity']}")
        path = issue["location"]["path"]
        check(not path.startswith(("./", "/")) and (repo / path).is_file(), f"gitlab: there is no {path}")
        check(isinstance(issue["location"]["lines"]["begin"], int), "gitlab: no line")
    prints = [issue["fingerprint"] for issue in issues]
    check(len(set(prints)) == len(prints), "gitlab: a fingerprint twice")
    plan = repo / "shop/content/campaigns/june/campaign.toml"
    text = plan.read_text(encoding="utf-8")
    plan.write_text("# moved\n\n" + text, encoding="utf-8")
    moved = [issue["fingerprint"] for issue in json.loads(run(root, "gitlab"))]
    plan.write_text(text, encoding="utf-8")
    check(prints == moved, "gitlab: fingerprints changed when lines moved")
    print(f"GitLab code quality: {len(issues)} issues")


def rdjson(repo, root, known):
    """https://github.com/reviewdog/reviewdog/tree/master/proto/rdf: protojson refuses unknown fields and words."""
    report = json.loads(run(root, "rdjson"))
    check(set(report) <= {"source", "severity", "diagnostics"}, f"rdjson: unknown fields {set(report)}")
    fields = {"message", "location", "severity", "source", "code", "suggestions", "originalOutput", "relatedLocations"}
    check(len(report["diagnostics"]) == len(known), "rdjson: not every finding is there")
    edits = 0
    for finding in report["diagnostics"]:
        check(set(finding) <= fields, f"rdjson: unknown fields {set(finding) - fields}")
        check(finding["severity"] in ("ERROR", "WARNING", "INFO"), f"rdjson: {finding['severity']}")
        path = finding["location"]["path"]
        check((repo / path).is_file(), f"rdjson: there is no {path}")
        for suggestion in finding.get("suggestions", []):
            edits += 1
            # Applied as reviewdog does, by bytes: what stands there afterwards must still be text.
            start, end = suggestion["range"]["start"], suggestion["range"]["end"]
            if start["line"] == end["line"] <= len((repo / path).read_text(encoding="utf-8").splitlines()):
                line = line_of(repo, path, start["line"]).encode()
                (line[: start["column"] - 1] + suggestion["text"].encode() + line[end["column"] - 1 :]).decode("utf-8")
    wrong = next(f for f in report["diagnostics"] if f["code"]["value"] == "shape/wrong-type")
    span = wrong["location"]["range"]
    line = line_of(repo, wrong["location"]["path"], span["start"]["line"]).encode()
    words = line[span["start"]["column"] - 1 : span["end"]["column"] - 1]
    check(words == b"5", f"rdjson: the columns hold {words!r}")
    check(edits > 0, "rdjson: no edit is offered")
    print(f"rdjson: {len(report['diagnostics'])} diagnostics, {edits} suggestions")


def github(repo, root, known):
    """As the runner reads it: `::name key=value,key=value::data` (actions/runner, ActionCommand.cs)."""
    lines = [line for line in run(root, "github", "--all").splitlines() if line.startswith("::")]
    check(len(lines) == len(known), f"github: {len(lines)} commands of {len(known)}")
    unescape = lambda text: text.replace("%0A", "\n").replace("%0D", "\r").replace("%3A", ":").replace("%2C", ",").replace("%25", "%")
    order = []
    for line in lines:
        match = re.fullmatch(r"::(error|warning|notice)(?: ([^:]*))?::(.+)", line)
        check(match, f"github: {line}")
        if not match:
            continue
        order.append(("error", "warning", "notice").index(match[1]))
        properties = dict(pair.split("=", 1) for pair in match[2].split(","))
        check(set(properties) <= {"file", "line", "endLine", "col", "endColumn", "title"}, f"github: {properties}")
        if "file" in properties:
            check((repo / unescape(properties["file"])).is_file(), f"github: there is no {properties['file']}")
        if properties.get("title") == "shape/wrong-type":
            text = line_of(repo, unescape(properties["file"]), int(properties["line"]))
            words = text[int(properties["col"]) - 1 : int(properties["endColumn"]) - 1]
            check(words == "5", f"github: the columns hold {words!r}")
    check(order == sorted(order), "github: the worst do not come first")
    print(f"GitHub annotations: {len(lines)} commands")


with tempfile.TemporaryDirectory() as folder:
    repo = pathlib.Path(folder)
    for path, text in FILES.items():
        (repo / path).parent.mkdir(parents=True, exist_ok=True)
        (repo / path).write_text(text, encoding="utf-8")
    (repo / ".git").mkdir()
    root = repo / "shop"
    known = findings(root)
    check({f["severity"] for f in known} >= {"error", "warning"}, "the playbook of this test has too few mistakes")
    sarif_log(repo, root, known)
    junit(root, known)
    gitlab(repo, root, known)
    rdjson(repo, root, known)
    github(repo, root, known)

for failure in failures:
    print(f"FAILED {failure}", file=sys.stderr)
sys.exit(1 if failures else 0)
