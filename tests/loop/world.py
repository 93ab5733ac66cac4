"""The folder in which the loop is played, with programs that know nothing of who runs the test."""

import os
import subprocess
import sys
import time
from pathlib import Path


def announce(words):
    print(words, flush=True)


def expect(holds, what, seen=""):
    """Ends the test where something does not hold."""
    if not holds:
        sys.exit(f"not so: {what}\n{seen}".rstrip())


class World:
    """`folder` with all that lies there: the forge, the clones, the site; and processes that must end with the test."""

    def __init__(self, folder, program):
        self.folder, self.processes = folder, []
        self.forge, self.site, self.previews = folder / "forge.git", folder / "srv", folder / "previews"
        self.publisher = folder / "publisher"
        (folder / "bin").mkdir(parents=True)
        # The publisher tells its number before it becomes the program: whoever pulls the plug must know whose.
        wrapper = folder / "bin/playbook"
        wrapper.write_text(
            f'#!/bin/sh\ncase " $* " in *" publish "*) echo $$ >"{self.publisher}" ;; esac\nexec "{program}" "$@"\n'
        )
        wrapper.chmod(0o755)
        (folder / "gitconfig").write_text(
            "[user]\nname = Lin Yue\nemail = lin-yue@tea.example\n[init]\ndefaultBranch = main\n[gc]\nauto = 0\n"
        )
        self.environment = {
            "PATH": f"{folder}/bin:{os.environ['PATH']}",
            "HOME": str(folder),
            "TMPDIR": str(folder),
            "LC_ALL": "C.UTF-8",
            "GIT_CONFIG_GLOBAL": str(folder / "gitconfig"),
            "GIT_CONFIG_NOSYSTEM": "1",
            # Every judgement is of one day.
            "SOURCE_DATE_EPOCH": "1789621200",
        }

    def run(self, command, folder=None, fails=False):
        """What a command says, on both its outputs; it must succeed, or fail where that is expected."""
        done = subprocess.run(
            [str(part) for part in command], cwd=folder or self.folder, env=self.environment,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False,
        )
        expect((done.returncode != 0) == fails, f"{' '.join(map(str, command))} ends with {done.returncode}", done.stdout)
        return done.stdout

    def git(self, folder, *words, fails=False):
        return self.run(["git", "-C", folder, *words], fails=fails)

    def playbook(self, *words, folder=None, fails=False):
        return self.run([self.folder / "bin/playbook", *words], folder, fails)

    def until(self, what, holds, pause=0.01, most=30):
        """Waits until something holds."""
        end = time.monotonic() + most
        while not holds():
            expect(time.monotonic() < end, f"{what} within {most} s")
            time.sleep(pause)

    def end(self):
        for process in self.processes:
            if process.poll() is None:
                process.terminate()
                process.wait()
