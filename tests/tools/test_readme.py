"""README.md agrees with what it describes."""

import re

from snippetlab.kinds import KINDS
from snippetlab.snippet import LABS, NOT_RUN
from snippetlab.tags import TAGS
from tests.support import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_the_example_is_what_was_recorded() -> None:
    _, recorded = (ROOT / "snippets/isolation/uts.out").read_text(encoding="utf-8").split("\n", 1)
    shown = "".join(f"    {line}\n" for line in recorded.splitlines())
    assert f"`snippets/isolation/uts.out`:\n\n{shown}\n" in README


def test_every_lab_tag_and_volatile_kind_is_named() -> None:
    _, tags = README.split("**Tags in the header**")
    tags, _ = tags.split("**Comments in the script**")
    named = set(re.findall(r"`([a-z0-9-]+)`", tags))
    assert {*LABS, NOT_RUN, *TAGS, *KINDS} <= named
