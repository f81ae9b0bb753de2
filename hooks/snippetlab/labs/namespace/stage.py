"""The stage: what runs inside the namespace lab's guard (see lab.py).

It is started once by the image's own Python, writes the filter of system calls, and becomes the
*seats*: a C program (seats.c and what it includes), which the image's compiler runs from memory;
each seat puts the filter on itself. Each run clones a process and gives it namespaces; since a
clone copies what a process is made of, a run by a small one takes about half the processor time
of one by Python. Of the engine only these files, confine.py and places.py are there.
"""

import os
import sys
from pathlib import Path

from snippetlab.labs.namespace.confine import confine, write_filter
from snippetlab.labs.places import HOME, STAGE

TREE = "/run/tree"
"""In the guard, the image as it is at the bottom of each stage."""
SOCKETS = 128
"""Of networks and netlink, in one run: each may hold some 400 kB that no control group counts."""


def main() -> None:
    """Become the seats; or, with `shell` first, the command that follows."""
    if sys.argv[1] == "shell":
        confine()
        os.execvp(sys.argv[2], sys.argv[2:])
    file = os.memfd_create("filter", 0)
    write_filter(file)
    facts = [f'-DHOME="{HOME}"', f'-DSTAGE="{STAGE}"', f'-DTREE="{TREE}"']
    facts += [f"-DSOCKETS={SOCKETS}"]
    program = str(Path(__file__).with_name("seats.c"))
    os.execvp("tcc", ["tcc", *facts, "-run", program, *sys.argv[1:], str(file)])
