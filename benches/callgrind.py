#!/usr/bin/env python3
"""Counts the instructions of a build, stage by stage: a figure that a loaded machine does not move.

    python3 benches/callgrind.py                 builds, counts, and compares with benches/callgrind.toml
    python3 benches/callgrind.py --keep          the same, and writes the figures there

A fixed playbook of prose (300 pages of `peers/corpus.py` with search) is built once below `valgrind --tool=callgrind` by one thread, with the release
profile and its symbols. Counts are of all that a function does, those it calls included, so they overlap (`pages` holds `markup` and `template`);
two builds differ by some thousandths. What the compiler put into its
caller has no name of its own and counts there. Needs valgrind; takes about two minutes besides compiling. Figures are for one version of
the compiler: keep them anew when that changes.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parent
FIGURES = HERE / "callgrind.toml"
PAGES = 300

# Names of stages, and what the function of each is called at its end. Functions that hand their work to the pool of threads stand with the part that does it.
STAGES = {
    "theme": r"campaign_playbook::theme::load",
    "templates": r"campaign_playbook::render::Engine::of",
    "model": r"campaign_playbook::model::load_again",
    "checks": r"campaign_playbook::checks::run",
    "plan": r"campaign_playbook::plan::assemble",
    "pages": r"campaign_playbook::render::make",
    "markup": r"campaign_playbook::markup::markdown::render",
    "template": r"campaign_playbook::render::templates::Templates::render",
    "search": r"campaign_playbook::exports::search::files",
    "links": r"campaign_playbook::checks::links::check",
    "publish": r"campaign_playbook::output::run",
    "seal": r"campaign_playbook::output::seal::seal",
}


def program():
    """The release build with names of functions, in a folder of its own so that the release itself stays as it is."""
    profile = {"CARGO_PROFILE_RELEASE_STRIP": "none"}
    target = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "callgrind"
    subprocess.run(["cargo", "build", "--release", "--locked", "--bin", "playbook", "--target-dir", target], cwd=ROOT, env={**os.environ, **profile}, check=True)
    return target / "release/playbook"


def counted(playbook, folder):
    """Instructions by function, those it calls included."""
    subprocess.run([sys.executable, HERE / "peers/corpus.py", "--n", str(PAGES), "--out", f"{folder}/hugo"], check=True, stdout=subprocess.DEVNULL)
    subprocess.run([sys.executable, HERE / "peers/convert.py", f"{folder}/hugo", f"{folder}/book", "--search"], check=True, stdout=subprocess.DEVNULL)
    told = {**os.environ, "RAYON_NUM_THREADS": "1", "LC_ALL": "C"}
    build = [playbook, "--quiet", "--root", f"{folder}/book", "build", "--as-of", "2026-09-17", "--output", f"{folder}/site"]
    subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={folder}/out", "--quiet", *build], env=told, check=True)
    listed = subprocess.run(["callgrind_annotate", "--inclusive=yes", "--threshold=100", "--show-percs=no", "--auto=no", f"{folder}/out"], stdout=subprocess.PIPE, text=True, check=True)
    counts = {"whole": int(re.search(r"([\d,]+).*PROGRAM TOTALS", listed.stdout)[1].replace(",", ""))}
    for line in listed.stdout.splitlines():
        row = re.match(r"\s*([\d,]+)\s+(?:\S*?:)?(.+?)(?:\s+\[.*\])?$", line)
        if row:
            # Recursion has a row for each depth, and a generic function one for each kind: the largest holds the others.
            name = re.sub(r"(::h[0-9a-f]{16}|'\d+)+$", "", row[2].strip())
            counts[name] = max(counts.get(name, 0), int(row[1].replace(",", "")))
    return counts


def staged(counts):
    """The figures that are kept: of several functions that fit, the one that holds the others."""
    figures = {"whole": counts["whole"]}
    for stage, name in STAGES.items():
        fits = [count for function, count in counts.items() if re.fullmatch(rf"(?:<?{name})(?:<.*>)?", function)]
        if fits:
            figures[stage] = max(fits)
        else:
            print(f"{stage}: no function of this name ({name}); it was put into its caller, or is called otherwise now", file=sys.stderr)
    return figures


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--keep", action="store_true", help="write the figures to benches/callgrind.toml")
    ask.add_argument("--playbook", help="a release build with symbols; without it one is made")
    ask.add_argument("--functions", type=int, default=0, metavar="N", help="list the N largest functions of ours as well")
    asked = ask.parse_args()
    playbook = asked.playbook or program()
    with tempfile.TemporaryDirectory(prefix="playbook-callgrind-") as folder:
        counts = counted(playbook, folder)
    figures = staged(counts)
    kept = tomllib.loads(FIGURES.read_text())["instructions"] if FIGURES.is_file() else {}
    whole = figures["whole"]
    print(f"{'stage':12}{'instructions':>16}{'share':>9}{'change':>10}")
    for stage, count in figures.items():
        change = f"{(count / kept[stage] - 1) * 100:+.2f} %" if kept.get(stage) else ""
        print(f"{stage:12}{count:16,}{count / whole * 100:7.1f} %{change:>10}")
    ours = sorted(((count, name) for name, count in counts.items() if "campaign_playbook" in name), reverse=True)
    for count, name in ours[: asked.functions]:
        print(f"{count:16,}  {name}")
    if asked.keep:
        rustc = subprocess.run(["rustc", "--version"], stdout=subprocess.PIPE, text=True, check=True).stdout.strip()
        head = f"# Instructions of one build of {PAGES} pages, by `python3 benches/callgrind.py --keep`; functions below each other count twice.\n"
        rows = "".join(f"{stage} = {count}\n" for stage, count in figures.items())
        FIGURES.write_text(f'{head}rustc = "{rustc}"\n\n[instructions]\n{rows}')


main()
