"""Enough of GitHub's runner to run a workflow's steps in a copy of this checkout."""

import os
import re
import shutil
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from snippetlab.library import load_library
from snippetlab.project import Project
from snippetlab.selection import one_shard
from tests.support import ROOT
from tools.finding import tracked

WORKFLOWS = sorted((ROOT / ".github/workflows").glob("*.yml"))
CONDITIONS = {
    "steps.cache.outputs.cache-hit != 'true'": True,
    "steps.cache.outputs.cache-hit == 'true'": False,
    "${{ !cancelled() }}": True,
    "${{ !cancelled() && needs.image.result == 'success'"
    " && needs.snippets.result == 'failure' }}": True,
}
"""What a step or a job may depend on, and whether it holds here; another is an error."""
INSTEAD = {
    # They take minutes, and ask a mirror.
    "make lab machines browser": "make lab browser",
    "make lab machines browser FRESH=--fresh": "make --dry-run lab machines browser FRESH=--fresh",
    "make machines": "make --dry-run machines",
    # What runs here is a part of it.
    "sudo make test": "make --dry-run test",
}
"""Step → what is run in its place."""
_FAKE = """\
#!/bin/sh
echo "$(basename "$0") $*" >>"{log}"
"""
_CHMOD = """\
#!/bin/sh
case $* in *"/dev/"*) echo "chmod $*" >>"{log}" ;; *) exec {real} "$@" ;; esac
"""


def load(workflow: Path) -> dict[str, Any]:
    """The workflow; its `on`, which YAML 1.1 takes for true, is under "on"."""
    content = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    content["on"] = content.pop(True)
    return dict(content)


def namespace_part(id_: str = "") -> str:
    """A part K/N of all snippets that the namespace lab can run alone, with that one in it."""
    entries = list(load_library(Project(ROOT)).entries.values())
    for part in (f"{k}/{n}" for n in range(20, 200) for k in range(1, n + 1)):
        chosen = [entry.snippet for entry in one_shard(entries, part)]
        labs = {snippet.lab for snippet in chosen if snippet.runs}
        if labs == {"namespace"} and id_ in ("", *(snippet.id for snippet in chosen)):
            return part
    raise AssertionError(f"no part with {id_}")


@dataclass
class Runner:
    """Runs jobs one after another in one copy; commands that change the host are only noted."""

    directory: Path
    known: dict[str, str] = field(default_factory=dict)
    """Expression → its value. Any other in `${{ }}` is an error."""

    def __post_init__(self) -> None:
        self.checkout = self.directory / "checkout"
        self.log = self.directory / "commands"
        self.summary = self.directory / "summary"
        self.artifacts = self.directory / "artifacts"
        self._outputs = self.directory / "outputs"
        self._loaded: set[str] = set()
        for path in (self.log, self.summary, self._outputs):
            path.touch()
        for name in tracked():
            target = self.checkout / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, target)
        self._git("init", "--quiet", "--initial-branch=main")
        self.commit()
        self._borrow_environment()
        self._fake(_FAKE, "sudo", "apt-get", "sysctl", "gh")
        self._fake(_CHMOD, "chmod")
        self.known |= {
            "github.event.pull_request.base.sha": "HEAD",
            "github.token": "none",
            "github.server_url": "https://github.example",
            "github.repository": "someone/fork",
            "github.run_id": "7",
            "matrix.part": namespace_part(),
            "strategy.job-index": "1",
            "runner.os": "Linux",
            "runner.arch": "X64",
            "steps.pages.outputs.base_url": "https://pages.example/fork",
        }

    def commit(self) -> None:
        """Commit all of the copy."""
        self._git("add", "--all")
        who = ["-c", "user.name=test", "-c", "user.email=test@example.org"]
        self._git(*who, "commit", "--quiet", "--message=copy")

    def run(self, job: Mapping[str, Any]) -> None:
        """Run a job's steps in order; raises AssertionError with the output of one that fails."""
        assert CONDITIONS[job["if"]] if "if" in job else True
        # One that loads the image has nothing but what was saved; others have what is here.
        loads = any("image_load" in step.get("run", "") for step in job["steps"])
        environment = {"SNIPPETLAB_CACHE": str(self.directory / "cache")} if loads else {}
        environment |= self._values(job.get("env", {}))
        for step in job["steps"]:
            if "if" in step and not CONDITIONS[step["if"]]:
                continue
            if "uses" in step:
                name = step["uses"].partition("@")[0].removeprefix("actions/")
                _ACTIONS[name](self, self._values(step.get("with", {})))
            else:
                self._step(step, environment | self._values(step.get("env", {})))

    def _step(self, step: Mapping[str, Any], environment: Mapping[str, str]) -> None:
        command = INSTEAD.get(step["run"], step["run"])
        if command.endswith("verify 1/1"):  # all snippets have tests of their own
            command = command.replace("1/1", self.known["matrix.part"])
        if "image_load" in command:  # unpacking it once is enough
            command = command if command not in self._loaded else "true"
            self._loaded.add(command)
        assert "${{" not in command, f"{command}: an expression belongs into env"
        done = subprocess.run(
            ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command],
            cwd=self.checkout,
            env={**self._environment(), **environment},
            capture_output=True,
            text=True,
        )
        assert not done.returncode, f"{command}\n{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
        for line in self._outputs.read_text().splitlines():
            name, _, value = line.partition("=")
            self.known[f"steps.{step['id']}.outputs.{name}"] = value
        self._outputs.write_text("")

    def _environment(self) -> dict[str, str]:
        return os.environ | {
            "GITHUB_ACTIONS": "true",
            "GITHUB_OUTPUT": str(self._outputs),
            "GITHUB_STEP_SUMMARY": str(self.summary),
            "ONLY": "ruff workflows",  # of `make check`: the rest is tested elsewhere
            "IMAGES": "base browser",
            "SNIPPETS": "recorded",
            "PATH": f"{self.directory / 'bin'}:{os.environ['PATH']}",
            "PYTHONPATH": str(self.checkout / "hooks"),
        }

    def _values(self, content: Mapping[str, Any]) -> dict[str, str]:
        def value_of(found: re.Match[str]) -> str:
            return self.known[found[1]]

        return {
            name: re.sub(r"\$\{\{ (.+?) \}\}", value_of, str(value))
            for name, value in content.items()
        }

    def _borrow_environment(self) -> None:
        """This one's packages, in an environment that make takes for up to date."""
        venv = self.checkout / ".venv"
        venv.mkdir()
        for path in (ROOT / ".venv").iterdir():
            if path.name not in ("site", "test"):
                (venv / path.name).symlink_to(path)
        for stamp in ("site", "test"):
            (venv / stamp).touch()

    def _fake(self, text: str, *names: str) -> None:
        (self.directory / "bin").mkdir(exist_ok=True)
        for name in names:
            path = self.directory / "bin" / name
            path.write_text(text.format(log=self.log, real=shutil.which(name)))
            path.chmod(0o755)

    def _git(self, *arguments: str) -> None:
        subprocess.run(["git", *arguments], cwd=self.checkout, check=True)


def _nothing(_: Runner, __: Mapping[str, str]) -> None:
    pass


def _upload(runner: Runner, options: Mapping[str, str]) -> None:
    source = runner.checkout / options["path"]
    target = runner.artifacts / options["name"]
    shutil.rmtree(target, ignore_errors=True)
    if source.is_dir():
        shutil.copytree(source, target)
    else:
        target.mkdir(parents=True)
        shutil.copy(source, target)


def _download(runner: Runner, options: Mapping[str, str]) -> None:
    found = list(runner.artifacts.glob(options.get("name") or options["pattern"]))
    assert found, f"no artifact {options} was uploaded before"
    for artifact in found:
        below = options.get("path", ".") + ("" if "name" in options else f"/{artifact.name}")
        shutil.copytree(artifact, runner.checkout / below, dirs_exist_ok=True)


def _pages(runner: Runner, options: Mapping[str, str]) -> None:
    assert (runner.checkout / options["path"] / "en/index.html").is_file()


_ACTIONS: dict[str, Callable[[Runner, Mapping[str, str]], None]] = {
    "cache": _nothing,
    "cache/restore": _nothing,
    "checkout": _nothing,
    "configure-pages": _nothing,
    "deploy-pages": _nothing,
    "download-artifact": _download,
    "setup-python": _nothing,
    "upload-artifact": _upload,
    "upload-pages-artifact": _pages,
}
