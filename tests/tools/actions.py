"""The actions that the workflows use, as far as a machine without GitHub can do what they do."""

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.support import ROOT
from tests.tools.expressions import filled
from tests.tools.host import Host
from tests.tools.origin import Origin, check_out
from tests.tools.reduced import ALWAYS, INSTEAD, VARIABLES

Values = Mapping[str, Any]
GITHUB = {
    "repository": "someone/fork",
    "server_url": "https://github.com",
    "token": "none",
    "run_id": "7",
    "event": {},
}
MAIN = {"ref": "refs/heads/main", "ref_name": "main"}
PULL = {
    "event_name": "pull_request",
    "ref": "refs/pull/7/merge",
    "ref_name": "7/merge",
    "base_ref": "main",
    "head_ref": "better",
}
"""What GitHub says of any run here, of one of the default branch, and of a pull request's."""


@dataclass(frozen=True)
class Setting:
    """What the jobs of a run have in common."""

    artifacts: Path
    origin: Origin
    workflow: str
    github: Values
    pages: str = "https://someone.example/fork"
    """Where Pages would publish; empty where Pages is switched off."""
    whole: bool = False
    """Whether a job does all that it would, and not a part of it."""


@dataclass
class Machine:
    """A job's machine, with what its steps have said so far."""

    setting: Setting
    host: Host
    said: list[str] = field(default_factory=list)
    summary: str = ""

    def step(
        self, step: Values, contexts: Values, environment: dict[str, str]
    ) -> tuple[bool, dict[str, str]]:
        """Run a step; whether it went well, and its outputs."""
        if "uses" in step:
            name = step["uses"].partition("@")[0].removeprefix("actions/")
            options = {key: filled(value, contexts) for key, value in step.get("with", {}).items()}
            outputs = _ACTIONS[name](self, options)
            return outputs is not None, outputs or {}
        assert "${{" not in step["run"], f"{step['run']}: an expression belongs into env"
        instead = ALWAYS if self.setting.whole else ALWAYS | INSTEAD
        command = str(instead.get(step["run"], step["run"]))
        temporary = self.host.directory / "temporary"
        files = {name: temporary / name.lower() for name in ("OUTPUT", "STEP_SUMMARY")}
        for path in files.values():
            path.write_text("")
            self.host.own(path)
        variables = {f"GITHUB_{name}": str(path) for name, path in files.items()}
        variables |= _variables(self.setting, self.host) | environment
        variables |= {key: filled(value, contexts) for key, value in step.get("env", {}).items()}
        shell = ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", command]
        done = self.host.run(shell, variables)
        self.said.append(f"$ {command}\n{done.stdout}[{done.returncode}]\n")
        self.summary += files["STEP_SUMMARY"].read_text()
        lines = files["OUTPUT"].read_text().splitlines()
        return not done.returncode, dict(line.split("=", 1) for line in lines)


def _variables(setting: Setting, host: Host) -> dict[str, str]:
    """What GitHub sets in every step's environment."""
    github = setting.github
    names = ("event_name", "ref", "ref_name", "base_ref", "head_ref", "sha", "repository")
    found = {f"GITHUB_{name.upper()}": str(github.get(name, "")) for name in names}
    found |= {"GITHUB_ACTIONS": "true", "CI": "true", "RUNNER_OS": "Linux", "RUNNER_ARCH": "X64"}
    found |= {"GITHUB_SERVER_URL": github["server_url"], "GITHUB_RUN_ID": github["run_id"]}
    found |= {"GITHUB_REF_TYPE": "branch", "GITHUB_WORKFLOW": setting.workflow}
    found |= {"GITHUB_WORKSPACE": str(ROOT), "RUNNER_TEMP": str(host.directory / "temporary")}
    return found | ({} if setting.whole else VARIABLES | {"PART": github["part"]})


Action = Callable[[Machine, dict[str, str]], dict[str, str] | None]
"""Its outputs, or None where it fails."""


def _checkout(machine: Machine, options: dict[str, str]) -> dict[str, str]:
    depth = int(options.get("fetch-depth", "1"))
    check_out(machine.host, machine.setting.origin, machine.setting.github, depth)
    return {}


def _upload(machine: Machine, options: dict[str, str]) -> dict[str, str] | None:
    source = machine.host.checkout / options["path"]
    if not source.exists():
        return None if options.get("if-no-files-found") == "error" else {}
    target = machine.setting.artifacts / options["name"]
    shutil.rmtree(target, ignore_errors=True)
    # Neither owners nor modes are kept.
    if source.is_dir():
        shutil.copytree(source, target, copy_function=shutil.copyfile)
    else:
        target.mkdir(parents=True)
        shutil.copyfile(source, target / source.name)
    return {}


def _download(machine: Machine, options: dict[str, str]) -> dict[str, str] | None:
    found = list(machine.setting.artifacts.glob(options.get("name") or options["pattern"]))
    for artifact in found:
        below = options.get("path", ".") + ("" if "name" in options else f"/{artifact.name}")
        target = machine.host.checkout / below
        shutil.copytree(artifact, target, dirs_exist_ok=True, copy_function=shutil.copyfile)
        for path in artifact.rglob("*"):
            machine.host.own(target / path.relative_to(artifact))
        if below != ".":
            machine.host.own(target)
    return {} if found else None


def _cache(machine: Machine, options: dict[str, str]) -> dict[str, str]:
    return {"cache-hit": "false"}


def _configure_pages(machine: Machine, _: dict[str, str]) -> dict[str, str] | None:
    return {"base_url": machine.setting.pages} if machine.setting.pages else None


def _upload_pages(machine: Machine, options: dict[str, str]) -> dict[str, str] | None:
    return _upload(machine, options | {"name": "github-pages", "if-no-files-found": "error"})


def _deploy_pages(machine: Machine, _: dict[str, str]) -> dict[str, str] | None:
    there = (machine.setting.artifacts / "github-pages/index.html").is_file()
    return {"page_url": f"{machine.setting.pages}/"} if there else None


def _nothing(_: Machine, __: dict[str, str]) -> dict[str, str]:
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
