"""Who runs snippets: the caller, or nobody when the caller is root."""

import os
from collections.abc import Sequence

NOBODY = 65534
"""The user id and group id of `nobody` (Linux's overflow ids, user_namespaces(7))."""


def unprivileged(command: Sequence[str], groups: Sequence[int] = ()) -> list[str]:
    """The command line, run by nobody (and those groups) if the caller is root."""
    if os.geteuid() != 0:
        return list(command)
    more = f"--groups={','.join(map(str, groups))}" if groups else "--clear-groups"
    identity = [f"--reuid={NOBODY}", f"--regid={NOBODY}", more, "--no-new-privs"]
    return ["setpriv", *identity, *command]
