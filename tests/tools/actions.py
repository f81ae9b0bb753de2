"""Enough of GitHub to run a workflow's jobs from their YAML, each on a machine of its own."""

import fcntl
import json
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from snippetlab.library import load_library
from snippetlab.project import Project, cache_directory
from snippetlab.selection import one_shard
from tests.support import ROOT
from tests.tools.expressions import filled, holds
from tests.tools.host import Host
from tests.tools.origin import Origin, check_out
from tests.tools.reduced import ALWAYS, INSTEAD, VARIABLES, parts_of_cache

Values = Mapping[str, Any]


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
    origin: Origin
    workflow: str
    github: Values
    pages: str = "https://someone.example/fork"
    """Where Pages would publish; empty where Pages is switched off."""
    whole: bool = False
    """Whether a job does all that it would, and not a part of it."""

    def __post_init__(self) -> None:
        self.artifacts = self.directory / "artifacts"
        self.artifacts.mkdir(parents=True, exist_ok=True)
        self.jobs: dict[str, tuple[Values, Values]] = dict(self._flat())

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
        for name, job in load(ROOT / ".github/workflows" / f"{self.workflow}.yml")["jobs"].items():
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
            "github": self.github,
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
            if not self.whole and "part" in matrix:
                contexts["matrix"]["part"] = self.github["part"]
        with tempfile.TemporaryDirectory(prefix="runner-") as directory:
            Path(directory).chmod(0o755)
            machine = Machine(self, Host(Path(directory)))
            if any("make lab" in str(step.get("run")) for step in job["steps"]):
                machine.host.keep(cache_directory(), parts_of_cache())
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


@dataclass
class Machine:
    """A job's machine, with what its steps have said so far."""

    run: Run
    host: Host
    said: list[str] = field(default_factory=list)
    summary: str = ""

    def step(
        self, step: Values, contexts: Values, environment: Mapping[str, str]
    ) -> tuple[bool, dict[str, str]]:
        """Run a step; whether it went well, and its outputs."""
        if "uses" in step:
            name = step["uses"].partition("@")[0].removeprefix("actions/")
            options = {key: filled(value, contexts) for key, value in step.get("with", {}).items()}
            done = _ACTIONS[name](self, options)
            return done is not None, done or {}
        assert "${{" not in step["run"], f"{step['run']}: an expression belongs into env"
        instead = ALWAYS if self.run.whole else ALWAYS | INSTEAD
        command = instead.get(step["run"], step["run"])
        temporary = self.host.directory / "temporary"
        files = {name: temporary / name.lower() for name in ("OUTPUT", "STEP_SUMMARY")}
        for path in files.values():
            path.write_text("")
            self.host.own(path)
        variables = {f"GITHUB_{name}": str(path) for name, path in files.items()}
        variables |= _variables(self.run, self.host) | environment
        variables |= {key: filled(value, contexts) for key, value in step.get("env", {}).items()}
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
        done = self.host.run(shell, variables)
        self.said.append(f"$ {command}\n{done.stdout}[{done.returncode}]\n")
        self.summary += files["STEP_SUMMARY"].read_text()
        lines = files["OUTPUT"].read_text().splitlines()
        return not done.returncode, dict(line.split("=", 1) for line in lines)


def _variables(run: Run, host: Host) -> dict[str, str]:
    """What GitHub sets in every step's environment."""
    github = run.github
    names = ("event_name", "ref", "ref_name", "base_ref", "head_ref", "sha", "repository")
    found = {f"GITHUB_{name.upper()}": str(github.get(name, "")) for name in names}
    found |= {"GITHUB_ACTIONS": "true", "CI": "true", "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64"}
    found |= {"GITHUB_SERVER_URL": github["server_url"], "GITHUB_RUN_ID": github["run_id"]}
    found |= {"GITHUB_REF_TYPE": "branch", "GITHUB_WORKFLOW": run.workflow}
    found |= {"GITHUB_WORKSPACE": str(ROOT), "RUNNER_TEMP": str(host.directory / "temporary")}
    return found | ({} if run.whole else VARIABLES | {"PART": github["part"]})


def small_part(id_: str = "") -> str:
    """A part K/N of all snippets that the namespace lab can run alone, with that one in it."""
    entries = list(load_library(Project(ROOT)).entries.values())
    for part in (f"{k}/{n}" for n in range(20, 200) for k in range(1, n + 1)):
        chosen = [entry.snippet for entry in one_shard(entries, part)]
        labs = {snippet.lab for snippet in chosen if snippet.runs}
        if labs == {"namespace"} and id_ in ("", *(snippet.id for snippet in chosen)):
            return part
    raise AssertionError(f"no part with {id_}")


Action = Callable[[Machine, Mapping[str, str]], dict[str, str] | None]
"""Its outputs, or None where it fails."""


def _checkout(machine: Machine, options: Mapping[str, str]) -> dict[str, str]:
    depth = int(options.get("fetch-depth", "1"))
    check_out(machine.host, machine.run.origin, machine.run.github, depth)
    return {}


def _upload(machine: Machine, options: Mapping[str, str]) -> dict[str, str] | None:
    source = machine.host.checkout / options["path"]
    if not source.exists():
        return None if options.get("if-no-files-found") == "error" else {}
    target = machine.run.artifacts / options["name"]
    shutil.rmtree(target, ignore_errors=True)
    # Neither owners nor modes are kept.
    if source.is_dir():
        shutil.copytree(source, target, copy_function=shutil.copyfile)
    else:
        target.mkdir(parents=True)
        shutil.copyfile(source, target / source.name)
    return {}


def _download(machine: Machine, options: Mapping[str, str]) -> dict[str, str] | None:
    found = list(machine.run.artifacts.glob(options.get("name") or options["pattern"]))
    for artifact in found:
        below = options.get("path", ".") + ("" if "name" in options else f"/{artifact.name}")
        target = machine.host.checkout / below
        shutil.copytree(artifact, target, dirs_exist_ok=True, copy_function=shutil.copyfile)
        for path in artifact.rglob("*"):
            machine.host.own(target / path.relative_to(artifact))
        machine.host.own(target) if below != "." else None
    return {} if found else None


def _cache(machine: Machine, options: Mapping[str, str]) -> dict[str, str]:
    return {"cache-hit": "false"}


def _configure_pages(machine: Machine, _: Mapping[str, str]) -> dict[str, str] | None:
    return {"base_url": machine.run.pages} if machine.run.pages else None


def _upload_pages(machine: Machine, options: Mapping[str, str]) -> dict[str, str] | None:
    return _upload(machine, options | {"name": "github-pages", "if-no-files-found": "error"})


def _deploy_pages(machine: Machine, _: Mapping[str, str]) -> dict[str, str] | None:
    there = (machine.run.artifacts / "github-pages/index.html").is_file()
    return {"page_url": f"{machine.run.pages}/"} if there else None


def _nothing(_: Machine, __: Mapping[str, str]) -> dict[str, str]:
    return {}


_ACTIONS: dict[str, Action] = {
    "cache": _cache,
    "cache/restore": _cache,
    "checkout": _checkout,
    "configure-pages": _configure_pages,
    "deploy-pages": _deploy_pages,
    "download-artifact": _download,
    "setup-python": _nothing,
    "upload-artifact": _upload,
    "upload-pages-artifact": _upload_pages,
}
