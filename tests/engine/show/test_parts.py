"""Parts of a run: each step once, in order, and nothing that is typed elsewhere than it was."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import unescape
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from snippetlab.files import find_pages
from snippetlab.project import Project
from snippetlab.show.fence import Fence, StepName
from snippetlab.show.pages import Pages
from snippetlab.show.part import part_of
from snippetlab.show.render import render
from snippetlab.snippet.bash import parse
from snippetlab.snippet.command import flatten
from snippetlab.snippet.library import Library
from tests.engine.pages import complaint, page_at, rendered, write_library, write_run
from tests.engine.show.blocks import block
from tests.support import examples

PAGE = """\
# T { #t }

```snippet
a/run
to: one
```

Why.

```snippet
a/run
from: two
to: three
note three: Inside.
```

And then.

```snippet
a/run
from: four
note four: [](note:a/run#three) goes on.
```
"""


@pytest.fixture
def library(project: Project) -> Library:
    write_run(project)
    return write_library(project)


def figures(html: str) -> list[str]:
    return re.findall(r'<figure class="transcript".*?</figure>', html, re.DOTALL)


def test_a_run_goes_on_in_the_next_part(library: Library) -> None:
    assert complaint(PAGE, library) == ""
    one, two, three = figures(rendered(PAGE, library))
    steps = [re.findall(r'data-step="([^"]+)"', figure) for figure in (one, two, three)]
    assert steps == [["one"], ["2", "two", "4", "three"], ["four", "7"]]
    # What is set up for the second stands folded away in it.
    assert "Setup: one command" in two
    assert all('data-snippet="a/run"' in figure for figure in (one, two, three))


def test_each_part_says_which_it_is_and_leads_to_those_around_it(library: Library) -> None:
    html = rendered(PAGE, library)
    said = [re.findall(r'"transcript-part">([^<·]+?)\s*[<·]', figure) for figure in figures(html)]
    assert said == [["Step 1 of 6"], ["Steps 2 to 4 of 6"], ["Steps 5 to 6 of 6"]]
    assert re.findall(r'aria-label="Transcript: ([^"]+)"', html) == [
        "run.sh, Step 1 of 6",
        "run.sh, Steps 2 to 4 of 6",
        "run.sh, Steps 5 to 6 of 6",
    ]
    links = re.findall(r'<a href="#([^"]+)">(Continued from above|Goes on below)</a>', html)
    assert links == [
        ("a-run-two", "Goes on below"),
        ("a-run-one", "Continued from above"),
        ("a-run-four", "Goes on below"),
        ("a-run-three", "Continued from above"),
    ]
    assert {id_ for id_, _ in links} <= set(re.findall(r'<li [^>]*id="([^"]+)"', html))


def test_what_holds_for_the_run_is_said_once(library: Library) -> None:
    html = rendered(PAGE, library)
    assert html.count("transcript-claim") == html.count("transcript-own") == 1
    assert html.count(" download ") == 3


def test_links_find_a_run_where_it_begins(library: Library) -> None:
    html = rendered(PAGE, library)
    ids = re.findall(r'<figure class="transcript" id="([^"]+)"', html)
    assert ids == ["a-run", "a-run-from-two", "a-run-from-four"]
    page_at(library.project, PAGE)
    pages = Pages(library, find_pages(library.project.docs))
    found = [list(pages.anchors(reference.fence)) for reference in pages.references()]
    assert found == [
        ["a-run", "a-run-one"],
        ["a-run-from-two", "a-run-two", "a-run-three", "a-run-three-note"],
        ["a-run-from-four", "a-run-four", "a-run-four-note"],
    ]


def copied(html: str) -> str:
    """The commands, without the line that says who is to type them."""
    found = re.search(r'data-commands="([^"]*)"', html)
    assert found
    return unescape(found[1]).partition("\n")[2]


def test_what_is_copied_of_a_part_opens_the_shell_that_it_is_in(library: Library) -> None:
    one, two, three = map(copied, figures(rendered(PAGE, library)))
    assert one == "echo 1"
    assert two == "true\necho 2; (exit 3)\nsh <<'in'\necho 3\nin"
    assert three == "sh <<'in'\necho 3\necho 4\nin\necho 5"


@st.composite
def scripts(draw: st.DrawFn) -> list[str]:
    """Lines of a script in which each command has a name; some open a shell, some are hidden."""
    count = 0

    def commands(depth: int) -> Iterator[str]:
        nonlocal count
        for _ in range(draw(st.integers(1, 3))):
            count += 1
            name = f"s{count}"
            if draw(st.sampled_from([False, False, True])):
                yield from ("# hide", f"echo {name}", "# show")
            elif depth < 2 and draw(st.booleans()):
                yield from (f"# step: {name}", f"sh <<'{name}'", *commands(depth + 1), name)
            else:
                yield from (f"# step: {name}", f"echo {name}")

    return list(commands(0))


@examples(100, 1000)
@given(lines=scripts(), data=st.data())
def test_parts_are_the_whole_run_and_are_copied_where_they_were_typed(
    lines: list[str], data: st.DataObject
) -> None:
    code = "\n".join(lines) + "\n"
    commands = flatten(parse(Path("x.sh"), code))
    names = [command.name for command in commands if not command.hidden]
    assume(len(names) > 1)
    begins = [0, *sorted(data.draw(st.sets(st.integers(1, len(names) - 1), min_size=1)))]
    whole, at = block(code, *[(b"", 0)] * len(commands)), 0
    for begin, after in zip(begins, [*begins[1:], len(names)], strict=True):
        start = StepName(names[begin], 1) if begin else None
        end = StepName(names[after - 1], 1) if after < len(names) else None
        part = part_of(Fence(("a/b",), start=start, end=end), commands)
        assert part
        assert part.first == at
        at = part.stop
        last = commands[part.stop - 1]
        if last.shell:  # it is opened, and nothing is typed in it yet
            continue
        typed = flatten(parse(Path("x.sh"), copied(render(replace(whole, part=part))) + "\n"))
        where = [(command.prompt, command.text) for command in typed]
        shown = [(command.prompt, command.text) for command in commands[part.first : part.stop]]
        assert set(shown) <= set(where)
    assert at == len(commands)
