"""Enough of GitHub to run a workflow's jobs from their YAML, each on a machine of its own."""

import fcntl
import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from snippetlab.project import cache_directory
from tests.support import ROOT
from tests.tools.actions import Machine, Setting, Values
from tests.tools.expressions import filled, holds
from tests.tools.host import temporary_host
from tests.tools.reduced import made_of_pages, parts_of_cache


def load(workflow: Path) -> dict[str, Any]:
    """The workflow; its `on`, which YAML 1.1 takes for true, is under "on"."""
    content = yaml.safe_load(workflow.read_text(encoding="utf-8"))
    content["on"] = content.pop(True)
    return dict(content)


@dataclass(frozen=True)
class Outcome:
    """What came of a job."""

    result: str
    output: str = ""
    """What its steps printed."""
    commands: str = ""
    """What was asked of the machine itself: packages, kernel settings, issues."""
    summary: str = ""
    outputs: Mapping[str, str] = field(default_factory=dict)


@dataclass
class Run:
    """One run of a workflow. What its jobs came to is kept in a directory that processes share."""

    directory: Path
    setting: Setting

    def __post_init__(self) -> None:
        self.directory.mkdir(exist_ok=True)
        self.setting.artifacts.mkdir(exist_ok=True)
        self.jobs: dict[str, tuple[Values, Values]] = dict(self._flat())

    @property
    def artifacts(self) -> Path:
        """Name → what was uploaded under it."""
        return self.setting.artifacts

    def job(self, name: str) -> Outcome:
        """What a job came to; it runs, and before it those that it needs, if that is new."""
        job, inputs = self.jobs[name]
        prefix = name.rpartition("/")[0]
        needed = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
        outcomes = {need: self.job(f"{prefix}/{need}".strip("/")) for need in needed}
        with self._kept(name) as kept:
            if kept.exists():
                return Outcome(**json.loads(kept.read_text()))
            needs = {n: {"result": o.result, "outputs": o.outputs} for n, o in outcomes.items()}
            good = all(outcome.result == "success" for outcome in outcomes.values())
            failed = any(outcome.result == "failure" for outcome in outcomes.values())
            contexts = self._contexts(good, failed) | {"needs": needs, "inputs": {}}
            if inputs:
                given = {key: filled(value, self._caller(prefix)) for key, value in inputs.items()}
                contexts["inputs"] = given
            if not holds(job.get("if", "success()"), contexts):
                outcome = Outcome("skipped")
            elif "uses" in job:
                outcome = self._called(name)
            else:
                outcome = self._run(name, job, contexts)
            kept.write_text(json.dumps(outcome.__dict__))
            return outcome

    def know(self, name: str, outcome: Outcome) -> None:
        """Take it that a job has come to something."""
        with self._kept(name) as kept:
            kept.write_text(json.dumps(outcome.__dict__))

    def _flat(self) -> Iterator[tuple[str, tuple[Values, Values]]]:
        """Job → what the file says, and the inputs of the call; a called one's are NAME/JOB."""
        for name, job in load(ROOT / ".github/workflows" / f"{self.setting.workflow}.yml")[
            "jobs"
        ].items():
            if "uses" in job:
                called = load(ROOT / job["uses"])
                assert "workflow_call" in called["on"]
                for inner, content in called["jobs"].items():
                    yield f"{name}/{inner}", (content, job.get("with", {}))
            yield name, (job, {})

    def _called(self, name: str) -> Outcome:
        results = {self.job(inner).result for inner in self.jobs if inner.startswith(f"{name}/")}
        return Outcome("failure" if "failure" in results else "success")

    def _caller(self, name: str) -> Values:
        job, _ = self.jobs[name]
        needed = [job["needs"]] if isinstance(job.get("needs"), str) else job.get("needs", [])
        return {"needs": {need: {"outputs": self.job(need).outputs} for need in needed}}

    def _contexts(self, good: bool, failed: bool) -> dict[str, Any]:
        return {
            "github": self.setting.github,
            "runner": {"os": "Linux", "arch": "X64"},
            "strategy": {"job-index": "0"},
            "success": good,
            "failure": failed,
            "cancelled": False,
            "always": True,
        }

    def _run(self, name: str, job: Values, contexts: dict[str, Any]) -> Outcome:
        """Run a job's steps in order, each if its condition is met."""
        contexts |= {"steps": {}, "success": True, "failure": False}
        if matrix := job.get("strategy", {}).get("matrix"):
            # One part will do, and of the snippets a small one.
            contexts["matrix"] = {key: values[0] for key, values in matrix.items()}
            if not self.setting.whole and "part" in matrix:
                contexts["matrix"]["part"] = self.setting.github["part"]
        with temporary_host() as host:
            machine = Machine(self.setting, host)
            if any("make lab" in str(step.get("run")) for step in job["steps"]):
                machine.host.keep(cache_directory(), parts_of_cache(whole=self.setting.whole))
            elif not self.setting.whole and "tools/ci.sh site" in str(job["steps"]):
                machine.host.keep(cache_directory(), made_of_pages())
            environment = {"GITHUB_JOB": name.rpartition("/")[2]} | self._filled(job, contexts)
            for step in job["steps"]:
                if not holds(step.get("if", "success()"), contexts):
                    continue
                good, outputs = machine.step(step, contexts, environment)
                outcome = "success" if good else "failure"
                contexts["steps"][step.get("id", "")] = {"outputs": outputs, "outcome": outcome}
                if not good and not step.get("continue-on-error"):
                    contexts |= {"success": False, "failure": True}
            outputs = {k: filled(v, contexts) for k, v in job.get("outputs", {}).items()}
            result = "success" if contexts["success"] else "failure"
            said = "".join(machine.said)
            return Outcome(result, said, machine.host.commands, machine.summary, outputs)

    def _filled(self, content: Values, contexts: Values) -> dict[str, str]:
        return {key: filled(value, contexts) for key, value in content.get("env", {}).items()}

    @contextmanager
    def _kept(self, name: str) -> Iterator[Path]:
        path = self.directory / f"{name.replace('/', '.')}.json"
        with path.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield path
