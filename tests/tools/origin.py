"""A repository on a server, which has this checkout as it is, and what `actions/checkout` gets."""

import os
import subprocess
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.support import ROOT
from tests.tools.host import Host

_WHO = {
    f"GIT_{who}_{what}": value
    for who in ("AUTHOR", "COMMITTER")
    for what, value in (("NAME", "test"), ("EMAIL", "test@example.org"))
}


@dataclass(frozen=True)
class Origin:
    """A bare repository. Its branch `main` is the history of this checkout, and all it has now."""

    directory: Path

    def create(self) -> str:
        """Make it; the commit at the tip of `main`."""
        _git(ROOT, "clone", "--quiet", "--bare", str(ROOT), str(self.directory))
        return self._commit(ROOT, "main", "HEAD")

    def merge(self, change: Callable[[Path], None], work: Path, number: int) -> str:
        """A pull request that makes a change: the commit that GitHub makes of it and `main`."""
        _git(ROOT, "clone", "--quiet", "--branch=main", str(self.directory), str(work))
        change(work)
        head = self._commit(work, f"pull-{number}", "main")
        tree = _git(self.directory, "rev-parse", f"{head}^{{tree}}")
        merged = _git(self.directory, "commit-tree", tree, "-p", "main", "-p", head, "-m", "merge")
        _git(self.directory, "update-ref", f"refs/pull/{number}/merge", merged)
        return merged

    def _commit(self, work: Path, branch: str, parent: str) -> str:
        """All that git would take from a work tree, as a commit on a branch here."""
        there = {"GIT_DIR": str(self.directory), "GIT_WORK_TREE": str(work)}
        there["GIT_INDEX_FILE"] = str(self.directory / "index-of-work")
        _git(work, "read-tree", parent, **there)
        _git(work, "add", "--all", **there)
        tree = _git(work, "write-tree", **there)
        commit = _git(self.directory, "commit-tree", tree, "-p", parent, "-m", "all of it")
        _git(self.directory, "update-ref", f"refs/heads/{branch}", commit)
        return commit


def check_out(host: Host, origin: Origin, github: Mapping[str, str], depth: int) -> None:
    """What actions/checkout runs: one commit, or with a depth of 0 all that there is."""
    pull = github["ref"].startswith("refs/pull/")
    remote = github["ref"].replace("refs/pull/" if pull else "refs/heads/", "")
    tracking = f"refs/remotes/{'pull' if pull else 'origin'}/{remote}"
    what = [f"+{github['sha']}:{tracking}"] if depth or pull else []
    if not depth:
        what += ["+refs/heads/*:refs/remotes/origin/*", "+refs/tags/*:refs/tags/*"]
    limit = [f"--depth={depth}"] if depth else []
    copy = host.directory / "origin"
    subprocess.run(["cp", "--recursive", origin.directory, copy], check=True)
    host.own(copy)  # git takes nothing from a repository that another user owns
    branch = ["--detach", tracking] if pull else ["-B", remote, tracking]
    for command in (
        ["init", "--quiet", "."],
        ["remote", "add", "origin", copy.as_uri()],
        ["fetch", "--quiet", "--no-tags", "--prune", *limit, "origin", *what],
        ["checkout", "--quiet", "--force", *branch],
    ):
        done = host.run(["git", *command], {})
        assert not done.returncode, done.stdout
    # The environment that is borrowed from this checkout is up to date.
    for path in (host.checkout / "pyproject.toml", *host.checkout.glob("requirements*.txt")):
        os.utime(path, (0, 0))


def edit(work: Path, id_: str, old: str, new: str) -> None:
    """Change a snippet in a work tree."""
    snippet = work / f"snippets/{id_}.sh"
    text = snippet.read_text().replace(old, new)
    assert text != snippet.read_text()
    snippet.write_text(text)


def _git(directory: Path, *arguments: str, **environment: str) -> str:
    command = ["git", "-c", "safe.directory=*", *arguments]
    done = subprocess.run(
        command,
        cwd=directory,
        env=os.environ | _WHO | environment,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.strip()
