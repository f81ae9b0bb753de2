"""What excuses a build whose snippet no longer prints its recording, and what does not.

Each is a real build of a small site, and `snippetlab verify` beside it, which excuses nothing.
"""

import re
import tomllib

import pytest

from snippetlab.transcript import Step
from tests.site.small import SmallSite
from tests.support import snippet

pytestmark = pytest.mark.pageless


def test_another_kernel_alone_excuses_nothing(small: SmallSite) -> None:
    small.recorded("echo ok\n")
    assert small.build().returncode == 0
    small.says("ok", "not ok")
    small.lock(kernel="6.1.0-other")
    done = small.build()
    assert done.returncode == 1
    assert "a/b no longer prints what is recorded" in done.stderr
    assert "| -not ok\n    | +ok\n" in done.stderr
    assert small.verify().returncode == 1


@pytest.mark.cure("name-versions")
def test_another_version_of_what_the_step_runs_excuses_a_build_not_a_verification(
    small: SmallSite,
) -> None:
    small.recorded("printf 'a\\nb\\n' > list\ngrep --count a list\n")
    small.says("1", "2")
    small.lock(grep="3.1-other")
    now = small.laboratory.packages.versions["grep"]
    done = small.build()
    assert done.returncode == 0, done.stderr
    assert f"step 2: `grep` comes from grep 3.1-other → {now}" in done.stderr
    assert "This build lets it pass, `snippetlab verify` does not." in done.stderr
    verified = small.verify()
    assert verified.returncode == 1
    assert "1 changed" in verified.stdout
    assert f"step 2: `grep` comes from grep 3.1-other → {now}" in verified.stderr
    assert "lets it pass" not in verified.stderr
    # Its recording is renewed, and the lock with it.
    for said in re.findall(r"^    .*: snippetlab (.+)$", verified.stderr, re.MULTILINE)[:2]:
        assert small.run("snippetlab", *said.split()).returncode == 0
    done = small.build()
    assert done.returncode == 0
    assert "drift" not in done.stderr
    assert small.verify().returncode == 0


def test_another_version_of_something_else_excuses_nothing(small: SmallSite) -> None:
    small.recorded("printf 'a\\nb\\n' > list\ngrep --count a list\necho ok\n")
    small.says("ok", "not ok")
    small.lock(grep="3.1-other")
    assert small.build().returncode == 1
    # Nor does one step's cause excuse another.
    small.says("1", "2")
    assert small.build().returncode == 1


def test_a_failed_run_is_excused_by_the_step_in_which_it_ended(small: SmallSite) -> None:
    small.recorded("echo ok\nls missing # ? 2\n")
    small.write("snippets/a/b.sh", snippet("echo ok\nls missing # ? 3\n"))
    small.forge(Step("echo ok", b"ok\n"), Step("ls missing", b"", 3))
    done = small.build()
    assert done.returncode == 1
    assert "b.sh:6: this step failed with exit status 2 instead of 3" in done.stderr
    small.lock(coreutils="8.0-other")
    done = small.build()
    assert done.returncode == 0, done.stderr
    assert "step 2: `ls` comes from coreutils 8.0-other → " in done.stderr
    assert small.verify().returncode == 1


@pytest.mark.cure("depends-on-the-kernel")
def test_a_snippet_that_names_the_kernel_is_excused_by_another_one(small: SmallSite) -> None:
    small.recorded("echo ok\n")
    small.says("ok", "not ok")
    small.lock(kernel="6.1.0-other")
    done = small.build()
    assert done.returncode == 1
    _, tag = done.stderr.split("and builds let it pass: # depends = ")
    tag = tag.splitlines()[0]
    path = small.project.snippets / "a/b.sh"
    path.write_text(path.read_text().replace("# ///\n", f"# depends = {tag}\n# ///\n"))
    done = small.build()
    assert done.returncode == 0, done.stderr
    change = f"6.1.0-other → {small.laboratory.kernel}"
    assert f"the kernel, named by the tag `depends`: {change}" in done.stderr
    assert small.verify().returncode == 1


def test_the_lock_names_the_packages_that_steps_come_from(small: SmallSite) -> None:
    small.recorded("hostname\n")
    (small.project.lab / "lock.toml").unlink()
    done = small.run("snippetlab", "verify", "--write")
    assert done.returncode == 0, done.stderr
    locked = tomllib.loads((small.project.lab / "lock.toml").read_text())
    versions = small.laboratory.packages.versions
    assert locked["images"]["base"]["packages"]["hostname"] == versions["hostname"]
    assert small.build().returncode == 0
