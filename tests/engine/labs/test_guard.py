"""One guard for many runs: side by side, and started anew."""

import threading
import time
from dataclasses import replace

from snippetlab.labs.namespace.lab import NamespaceLab
from snippetlab.run.laboratory import Laboratory
from tests.engine.runners import Runner


def test_many_runs_side_by_side_do_not_mix(laboratory: Laboratory) -> None:
    """Descriptor numbers differ from run to run; the lab once closed its own when it was 9."""
    run, outputs = Runner(laboratory), dict[int, list[str]]()

    def one(number: int) -> None:
        outputs[number] = run.outputs(f"echo {number}\n")

    threads = [threading.Thread(target=one, args=(n,)) for n in range(40)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert outputs == {n: [f"{n}\n"] for n in range(40)}


def test_the_guard_outlives_the_thread_that_started_it(laboratory: Laboratory) -> None:
    """The kernel's parent-death signal comes when the parent's *thread* ends."""
    lab = NamespaceLab(laboratory.image)
    run = Runner(replace(laboratory, lab=lab))
    thread = threading.Thread(target=lambda: run("true\n"))
    thread.start()
    thread.join()
    time.sleep(0.2)
    assert run.outputs("echo still there\n") == ["still there\n"]
    lab.close()


def test_a_guard_that_was_killed_is_replaced(laboratory: Laboratory) -> None:
    lab = NamespaceLab(laboratory.image)
    run = Runner(replace(laboratory, lab=lab))
    run("true\n")
    lab.close()
    assert run.outputs("echo again\n") == ["again\n"]
    lab.close()
