"""What the namespace lab gives a snippet, and what it keeps from it."""

import os
import subprocess
import threading
from pathlib import Path

from snippetlab.run.laboratory import Laboratory
from tests.engine.runners import Runner
from tests.support import is_running, lasting, wait_for


def test_root_inside_is_an_ordinary_user_outside(run: Runner, laboratory: Laboratory) -> None:
    command = lasting()
    process = threading.Thread(target=lambda: run.fault(f"{command}\n", 600))
    process.start()
    wait_for(lambda: is_running(command))
    found = subprocess.run(["ps", "-eo", "uid=,args="], capture_output=True, text=True).stdout
    laboratory.lab.stop()
    process.join()
    owners = {line.split()[0] for line in found.splitlines() if line.endswith(f" {command}")}
    assert owners == {"65534" if os.geteuid() == 0 else str(os.geteuid())}


def test_the_image_cannot_be_written_or_loosened(run: Runner) -> None:
    code = "mount -o remount,rw,bind / # ? 32\ntouch /usr/x # ? 1\numount /usr # ? 32\n"
    assert [step.status for step in run(code)] == [32, 1, 32]


def test_there_is_no_network(run: Runner) -> None:
    assert run.outputs("ip -brief link | cut -d ' ' -f 1\nip route\n") == ["lo\n", ""]


def test_the_host_is_not_there(run: Runner, repository: object) -> None:
    path = Path(__file__).resolve()
    assert run(f"test -e {path} # ? 1\ntest -e /proc/{os.getpid()}/exe # ? *\n")[0].status == 1


def test_nothing_survives_a_run(run: Runner) -> None:
    run(
        "(trap '' TERM HUP; exec -a left-behind sleep 60) &\nsetsid -f sleep 61\n", leaves="process"
    )
    left = subprocess.run(["ps", "-eo", "args="], capture_output=True, text=True).stdout
    assert "left-behind" not in left
    assert "sleep 61" not in left


def test_two_runs_share_nothing(run: Runner) -> None:
    run("touch /tmp/x /root/x /run/x\n", leaves="file")
    assert run.outputs("ls -A /tmp /root/x /run/x 2>&1 | grep -c 'No such'\n") == ["2\n"]
