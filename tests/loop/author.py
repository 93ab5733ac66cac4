"""What the maintainer and the author do before the load: a playbook on a forge, a branch with mistakes, a merge."""

import json
import re
from pathlib import Path

from world import announce, expect

CAMPAIGN = "content/campaigns/2026-12-warm-cups/campaign.toml"


def found(world):
    """The maintainer: a new playbook, a bare repository with the hook, the first release."""
    announce("a playbook, a forge, a hook")
    book = world.folder / "maintainer"
    world.playbook("init", book, "--title", "Tea", "--ci", "shell,github,gitlab,gitea,jenkins")
    # A look of the house: its sheet gets another hash with each turn.
    sheet = book / "themes/house/static/style.css"
    sheet.parent.mkdir(parents=True)
    ours = Path(__file__).resolve().parents[2] / "themes/default/static/style.css"
    sheet.write_text(ours.read_text() + "\n:root { --turn: 0; }\n")
    with (book / "playbook.toml").open("a") as settings:
        settings.write('theme = "house"\n')
    world.run(["git", "init", "--quiet", "--bare", world.forge])
    world.run(["install", "-m", "755", book / "ci/post-receive", world.forge / "hooks/post-receive"])
    world.git(world.forge, "config", "playbook.site", str(world.site))
    world.git(world.forge, "config", "playbook.previews", str(world.previews))
    world.run(["git", "init", "--quiet", book])
    world.git(book, "add", "--all")
    world.git(book, "commit", "--quiet", "--message", "A playbook")
    said = world.git(book, "push", str(world.forge), "main")
    expect("release 0001: " in said, "the first push publishes", said)


def replace(file, old, new):
    text = file.read_text()
    expect(text.count(old) == 1, f"`{old}` stands once in {file}", text)
    file.write_text(text.replace(old, new))


def branch(world):
    """The author: a campaign with three mistakes, what is said of them, the way to none, and a branch that is judged."""
    announce("an author's branch")
    book = world.folder / "author"
    world.run(["git", "clone", "--quiet", world.forge, book])
    world.run(["install", "-m", "755", book / "ci/pre-commit", book / ".git/hooks/pre-commit"])
    world.git(book, "checkout", "--quiet", "-b", "warm-cups")
    world.playbook("new", "campaign", "Warm cups", "--id", "2026-12-warm-cups", "--start", "2026-12-11", "--budget", "80000", folder=book)
    expect("error" not in world.playbook("check", "--format", "short", folder=book), "a new campaign has no error")

    plan = book / CAMPAIGN
    replace(plan, 'slot = "', 'slto = "')
    replace(plan, 'owner = "lin-yue"\nslto', 'owner = "lin-yu"\nslto')
    replace(plan, "amount = 56000", "amount = 57000")
    report = json.loads(world.playbook("check", "--format", "json", folder=book, fails=True))
    errors = {finding["rule"]: finding for finding in report["findings"] if finding["severity"] == "error"}
    expect(errors.keys() == {"shape/unknown-key", "reference/person", "budget/sum"}, "three mistakes, three errors", list(errors))
    lines = plan.read_text().splitlines()
    for rule, words in [("shape/unknown-key", "slto"), ("reference/person", "lin-yu"), ("budget/sum", "80000")]:
        place = errors[rule]
        expect(words in lines[place["line"] - 1], f"{rule} names the line", place)

    world.git(book, "add", "--all")
    refused = world.git(book, "commit", "--message", "Warm cups", fails=True)
    expect("budget/sum" in refused, "the hook for authors keeps it back", refused)
    world.git(book, "commit", "--quiet", "--no-verify", "--message", "Warm cups")
    said = world.git(book, "push", "--quiet", "origin", "warm-cups")
    expect(said.count("::error file=content/") == 3, "the branch is judged with annotations", said)

    world.playbook("fix", folder=book, fails=True)
    expect('slot = "' in plan.read_text() and '"lin-yue"\nslot' in plan.read_text(), "fix mends two", plan.read_text()[:600])
    left = world.playbook("check", "--format", "short", folder=book, fails=True)
    expect("budget/sum" in left and "shape/unknown-key" not in left, "money is for people", left)
    replace(plan, "amount = 57000", "amount = 56000")
    world.playbook("check", folder=book)
    world.git(book, "commit", "--quiet", "--all", "--message", "Mended")
    said = world.git(book, "push", "--quiet", "origin", "warm-cups")
    expect("::error" not in said and "Warm cups" in said, "the branch is told and has no error", said)
    preview = world.previews / "warm-cups/campaigns/2026-12-warm-cups/index.html"
    expect("Warm cups" in preview.read_text(), "the branch has a preview")
    # What CI for pull requests runs, by hand.
    changed = world.playbook("check", "--format", "github", "--changed", "origin/main", folder=book)
    expect("::error" not in changed, "nothing new is wrong", changed)
    told = world.playbook("diff", "origin/main", "--format", "markdown", folder=book)
    expect(told.startswith("<!-- playbook diff -->") and "Warm cups" in told, "the comment", told)
    return book


def merge(world, server):
    """The merge, which publishes: the page is there a moment later, and the preview has gone with its branch."""
    announce("a merge")
    book = world.folder / "author"
    path = "campaigns/2026-12-warm-cups/"
    expect(server.answers(path) is None, "the campaign is not on the site yet")
    world.git(book, "checkout", "--quiet", "main")
    world.git(book, "merge", "--quiet", "--no-ff", "--message", "Merge warm-cups", "warm-cups")
    said = world.git(book, "push", "origin", "main")
    expect(re.search(r"release 0002: \d+ files written, \d+ shared", said), "the merge publishes", said)
    expect(b"Warm cups" in (server.answers(path) or b""), "the page is published")
    world.git(book, "push", "--quiet", "origin", "--delete", "warm-cups")
    expect(not (world.previews / "warm-cups").exists(), "the preview goes with the branch")


def change(book, number, is_dressed=True):
    """Another title, which is on many pages and in the search index, and another sheet, whose name all pages hold."""
    for file, pattern, now in [
        (book / CAMPAIGN, r'^title = ".*"', f'title = "Warm cups {number}"'),
        (book / "themes/house/static/style.css", r"--turn: \d+", f"--turn: {number}"),
    ][: 1 + is_dressed]:
        text = file.read_text()
        changed = re.sub(pattern, now, text, count=1, flags=re.M)
        expect(changed != text, f"turn {number} changes {file}")
        file.write_text(changed)
