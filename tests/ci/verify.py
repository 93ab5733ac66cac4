"""CI files, read and run by others: what `playbook init --ci` writes, and what this repository carries.

    python3 verify.py PLAYBOOK

Workflows are held to the published schemas of GitHub and GitLab (PyPI `check-jsonschema` carries them; Gitea and Forgejo read GitHub's), hooks and shell
steps to `shellcheck`, `.pre-commit-hooks.yaml` to `pre-commit`. Then the steps run as they stand: on a branch of a repository, with the variables that the
forge would set, against a forge that notes what it is asked. What only a forge can tell (its runners, its permissions) is not tested here, but that no step of a
job with a token that writes runs anything of the repository is.
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile

import yaml

program = pathlib.Path(sys.argv[1]).resolve()
repository = pathlib.Path(__file__).resolve().parents[2]
tools = pathlib.Path(sys.executable).parent
failures, checked = [], 0


def check(holds, what, seen=""):
    global checked
    checked += 1
    if not holds:
        failures.append(f"{what}\n{seen}".rstrip())


def run(command, folder, more=None, fails=False):
    environment = {
        "PATH": f"{home / 'bin'}:{os.environ['PATH']}", "HOME": str(home), "LC_ALL": "C.UTF-8", "RUNNER_TEMP": str(home / "temp"),
        "GIT_CONFIG_GLOBAL": str(home / "gitconfig"), "GIT_CONFIG_NOSYSTEM": "1", "SOURCE_DATE_EPOCH": "1789621200", **(more or {}),
    }
    done = subprocess.run([str(c) for c in command], cwd=folder, env=environment, text=True, capture_output=True, check=False)
    said = done.stdout + done.stderr
    check((done.returncode != 0) == fails, f"{command[:6]} ends with {done.returncode}", said)
    return said


def tool(name, *words):
    """A program of the virtual environment; its words are shown where it finds something."""
    done = subprocess.run([tools / name, *map(str, words)], text=True, capture_output=True, check=False, cwd=repository)
    check(done.returncode == 0, f"{name} {words[-1]}", done.stdout + done.stderr)


def shell(script, folder, more=None, fails=False):
    """A step, by the flags with which forges call the shell."""
    return run(["bash", "-eo", "pipefail", "-c", script], folder, more, fails)


def steps(workflow, job):
    return {step["name"]: step for step in workflow["jobs"][job]["steps"] if "run" in step}


def lint(script, name, kind="bash"):
    file = home / "step.sh"
    file.write_text(f"#!/usr/bin/env {kind}\n" + re.sub(r"\$\{\{.*?\}\}", "EXPRESSION", script))
    done = subprocess.run([tools / "shellcheck", file], text=True, capture_output=True, check=False)
    check(done.returncode == 0, f"shellcheck: {name}", done.stdout)


def repository_with_a_branch():
    """The playbook of `init`, and a branch on which the campaign moves and a name is mistyped."""
    book = home / "book"
    run([program, "init", book, "--title", "Tea", "--ci", "github,gitlab,gitea,jenkins,shell"], home)
    run(["git", "init", "--quiet", book], home)
    for words in (["add", "--all"], ["commit", "--quiet", "--message", "Begin"], ["update-ref", "refs/remotes/origin/main", "HEAD"]):
        run(["git", *words], book)
    (plan,) = book.glob("content/campaigns/*/campaign.toml")
    plan.write_text(re.sub(r'^owner = ".*"', 'owner = "nobody-here"', plan.read_text(), count=1, flags=re.M))
    run(["git", "commit", "--quiet", "--all", "--message", "A mistake"], book)
    return book


def forge_of_paper():
    """`gh` and `curl` that note what they are asked, and know one comment of ours after the first time."""
    for name, script in {
        "gh": """case "$*" in
  *repos/o/r/pulls\\ *) echo 7 ;;
  *--method*) cat "${*: -2:1}" > "$HOME/sent.json" ; touch "$HOME/there" ;;
  *comments*) if [ -e "$HOME/there" ]; then echo 99; fi ;;
esac""",
        "curl": """case "$*" in
  *--data*) cp body.json "$HOME/sent.json"; touch "$HOME/there"; echo '{}' ;;
  *) if [ -e "$HOME/there" ]; then echo '[{"id": 99, "body": "<!-- playbook diff -->"}]'; else echo '[]'; fi ;;
esac""",
    }.items():
        file = home / "bin" / name
        file.write_text(f'#!/usr/bin/env bash\necho "{name} $*" >> "$HOME/asked"\n{script}\n')
        file.chmod(0o755)


def asked(script, folder, more):
    """What the forge is asked by a step: once where there is no comment yet, once where there is."""
    answers = []
    (home / "there").unlink(missing_ok=True)
    for _ in range(2):
        (home / "asked").write_text("")
        (home / "sent.json").unlink(missing_ok=True)
        shell(script, folder, more)
        sent = home / "sent.json"
        body = json.loads(sent.read_text())["body"] if sent.exists() else ""
        check(body.startswith("<!-- playbook diff -->\n"), "the comment is the diff", body[:200])
        answers.append((home / "asked").read_text())
    return answers


def installed(script, book):
    """The step that installs, from an archive, into a folder of ours instead of the system's."""
    run(["tar", "-chzf", home / "playbook.tar.gz", "-C", home / "bin", "playbook"], home)
    target = home / "installed"
    target.mkdir(exist_ok=True)
    there = script.replace("/usr/local/bin", str(target)).replace("sudo ", "")
    (home / "bin/curl").unlink(missing_ok=True)
    shell(there, book, {"PLAYBOOK_ARCHIVE": f"file://{home}/playbook.tar.gz"})
    check((target / "playbook").read_bytes() == program.read_bytes(), "the archive's program is installed")
    (target / "playbook").unlink(missing_ok=True)


def github(book):
    folder = book / ".github/workflows"
    workflow, comment = (yaml.safe_load((folder / name).read_text()) for name in ("playbook.yml", "playbook-comment.yml"))
    run_steps, base = steps(workflow, "check"), {"BASE": "origin/main"}
    installed(run_steps["Install playbook"]["run"], book)
    shell(run_steps["What the change means"]["run"], book, base)
    shell(run_steps["Preview"]["run"], book, base)
    check((book / "preview/index.html").exists(), "a change with errors has a preview too")
    said = shell(run_steps["Check the change"]["run"], book, base, fails=True)
    check("::error file=content/campaigns/" in said, "annotations", said)
    shell(steps(workflow, "site")["Build"]["run"], book, fails=True)
    forge_of_paper()
    head = {"REPO": "o/r", "HEAD": "someone:branch", "HEAD_SHA": "abc", "GH_TOKEN": "x"}
    first, second = asked(steps(comment, "comment")["Comment"]["run"], book, head)
    check("--method POST repos/o/r/issues/7/comments" in first, "a new comment", first)
    check("--method PATCH repos/o/r/issues/comments/99" in second, "the same comment", second)
    (book / "report/diff.md").write_text("something else\n")
    shell(steps(comment, "comment")["Comment"]["run"], book, head, fails=True)
    # Whoever may write runs nothing of a pull request.
    for name, flow in (("playbook", workflow), ("comment", comment)):
        check(flow["permissions"] in ({}, {"contents": "read"}), f"{name}: nothing may be written but by jobs that say so")
        for job_name, job in flow["jobs"].items():
            writes = [what for what, how in (job.get("permissions") or {}).items() if how == "write"]
            uses = [step.get("uses", "") for step in job["steps"]]
            check(not writes or not any(use.startswith("actions/checkout") for use in uses), f"{job_name} writes {writes} and checks out")
            check(all(re.search(r"@v\d+$", use) for use in uses if use), f"{job_name} pins its actions", uses)
            for step in job["steps"]:
                check("${{" not in step.get("run", ""), f"{job_name}: a script takes words by its environment only", step.get("run"))
    check("pull_request_target" not in (workflow[True] | comment[True]), "no pull_request_target")


def gitea(book):
    workflow = yaml.safe_load((book / ".gitea/workflows/playbook.yml").read_text())
    run_steps, base = steps(workflow, "check"), {"BASE": "origin/main"}
    installed(run_steps["Install playbook"]["run"], book)
    shell(run_steps["What the change means"]["run"], book, base)
    shell(run_steps["Preview"]["run"], book, base)
    shell(run_steps["Check the change"]["run"], book, base, fails=True)
    forge_of_paper()
    where = {"TOKEN": "x", "ISSUE": "https://forge/issues/7/comments", "COMMENTS": "https://forge/issues/comments"}
    first, second = asked(run_steps["Comment"]["run"], book, where)
    check("-X POST --data @body.json https://forge/issues/7/comments" in first, "a new comment", first)
    check("-X PATCH --data @body.json https://forge/issues/comments/99" in second, "the same comment", second)
    (home / "bin/curl").unlink()
    shell(run_steps["Comment"]["run"], book, {**where, "TOKEN": ""})
    copy = steps(workflow, "site")["Copy to the web server"]["run"]
    check("PLAYBOOK_TARGET" in shell(copy, book, {"TARGET": ""}), "no target, no copy")


def gitlab(book):
    workflow = yaml.safe_load((book / ".gitlab-ci.yml").read_text())
    base = run(["git", "rev-parse", "origin/main"], book).strip()
    installed("\n".join(workflow["default"]["before_script"]), book)
    shell("\n".join(workflow["check"]["script"]), book, {"CI_MERGE_REQUEST_DIFF_BASE_SHA": base}, fails=True)
    report = json.loads((book / "gl-code-quality-report.json").read_text())
    check(len(report) == 1 and (book / "preview/index.html").exists(), "one new finding, and a preview", report)
    forge_of_paper()
    note = {"PLAYBOOK_COMMENT_TOKEN": "x", "CI_API_V4_URL": "https://forge", "CI_PROJECT_ID": "3", "CI_MERGE_REQUEST_IID": "7"}
    first, second = asked("\n".join(workflow["comment"]["script"]), book, note)
    check("-X POST --data @body.json https://forge/projects/3/merge_requests/7/notes" in first, "a new note", first)
    check("-X PUT --data @body.json https://forge/projects/3/merge_requests/7/notes/99" in second, "the same note", second)
    (home / "bin/curl").unlink()


def jenkins(book):
    text = (book / "Jenkinsfile").read_text()
    check(text.count("{") == text.count("}"), "braces of the Jenkinsfile")
    (script,) = re.findall(r"sh '''\n(.*?)'''", text, re.S)
    lint(script, "Jenkinsfile", "sh")
    run(["git", "remote", "add", "origin", str(book)], book)
    run(["git", "branch", "--force", "main", "origin/main"], book) if "main" not in run(["git", "branch", "--show-current"], book) else None
    run(["git", "branch", "target", "origin/main"], book)
    run(["sh", "-xe", "-c", script], book, {"CHANGE_TARGET": "target"}, fails=True)
    check("<testsuite" in (book / "findings.xml").read_text(), "findings of the pipeline")


def action(book):
    described = yaml.safe_load((repository / "action.yml").read_text())
    done = {step["name"]: step["run"] for step in described["runs"]["steps"]}
    (home / "temp").mkdir(exist_ok=True)
    files = {name: str(home / name) for name in ("GITHUB_PATH", "GITHUB_OUTPUT")}
    digest = run(["sha256sum", home / "playbook.tar.gz"], home).split()[0]
    install = {"ARCHIVE": f"file://{home}/playbook.tar.gz", "VERSION": "", **files}
    shell(done["Install playbook"], book, {**install, "SHA256": "0" * 64}, fails=True)
    shell(done["Install playbook"], book, {**install, "SHA256": digest})
    check((home / "temp/playbook/playbook").exists(), "the action installs")
    shell(done["What the change means"], book, {"ROOT": ".", "BASE": "origin/main", **files}, fails=True)
    check("diff=" in (home / "GITHUB_OUTPUT").read_text(), "the action tells where the diff lies")
    shell(done["Build"], book, {"ROOT": ".", "OUTPUT": str(home / "site")}, fails=True)


def formats(book):
    workflows = [*(repository / ".github/workflows").glob("*.yml"), *book.glob(".git*/workflows/*.yml")]
    check(len(workflows) == 5, "workflows", workflows)
    tool("check-jsonschema", "--builtin-schema", "vendor.github-workflows", *workflows)
    tool("check-jsonschema", "--builtin-schema", "vendor.github-actions", repository / "action.yml")
    tool("check-jsonschema", "--builtin-schema", "vendor.gitlab-ci", book / ".gitlab-ci.yml")
    tool("pre-commit", "validate-manifest", repository / ".pre-commit-hooks.yaml")
    tool("shellcheck", book / "ci/post-receive", book / "ci/pre-commit", repository / "test", repository / ".ci/run")
    for file in workflows:
        for job in yaml.safe_load(file.read_text())["jobs"].values():
            for step in job["steps"]:
                if "run" in step:
                    lint(step["run"], f"{file.name}: {step.get('name')}")
    for step in yaml.safe_load((repository / "action.yml").read_text())["runs"]["steps"]:
        lint(step["run"], f"action.yml: {step['name']}")
    for name, job in yaml.safe_load((book / ".gitlab-ci.yml").read_text()).items():
        if isinstance(job, dict) and "script" in job:
            lint("\n".join(job["script"]), f"gitlab: {name}")


with tempfile.TemporaryDirectory(prefix="playbook-ci-") as folder:
    home = pathlib.Path(folder)
    (home / "bin").mkdir()
    (home / "bin/playbook").symlink_to(program)
    (home / "gitconfig").write_text("[user]\nname = Lin Yue\nemail = lin-yue@tea.example\n[init]\ndefaultBranch = main\n")
    book = repository_with_a_branch()
    formats(book)
    for part in (github, gitea, gitlab, jenkins, action):
        part(book)

for failure in failures:
    print(failure, file=sys.stderr)
print(f"CI files: {checked} checks, {len(failures)} failed")
sys.exit(1 if failures else 0)
