"""What a query's words are looked up in, by `queries.js`, before the search sees them."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from reading.glossary import Term
from reading.search import Indexed, without_tags

_ENDINGS = """
    다 는다 은 는 을 음 어 아 서 도 야 요 고 기 지 면 니 니다 나 나요 은가 는가 던 게 며 거나
    도록 려면 려고 으면 으며 으니 으려면 으려고 까 을까 은데 는데 은지 는지 을지 지만 습니다
    어서 아서 어야 아야 어요 아요 었다 았다 었는데 았는데 죠 자 라 는지요 기에 다가 다는 다고
    는다고 는걸 네 대 습니까 나면 지요 는지도 어도 아도 지도 지는 지를 기를 기만 음을 을수록
    수록 어지다 아지다 진다 지는가 지나 질까 져 진
"""
"""What may follow a verb's shape in a query, after the separator took the particles."""
_IDLE = """
    왜 어떻게 무엇 무엇이 뭐 뭐가 뭔가 뭔가요 어떤 어디 언제 이유 방법 차이 차이점 그냥 좀 수 것
    때 하는 하나 하나요 있나 있나요 되나 되나요 인가 인가요 이란 란 안 못 거나 걸나 다른가요
    무슨 어느 몇 몇가지 what which how why when where who does do is are the a an of in to and
    or vs not it can i my
"""
"""Words of questions; left out of a query that has others."""
_NUMBERED = re.compile(
    r"(?<![\w.-])(?:([A-Z][A-Za-z]+) (\d{1,2})|([A-Za-z]+) (v\d{1,2}))(?![.-]?[A-Za-z0-9_])"
)
"""A name with a number or version after it, such as `WSL 2` or `cgroup v2`."""


def query_help(
    shapes: Mapping[str, str], terms: Sequence[Term], pages: Sequence[Indexed]
) -> dict[str, Any]:
    """What a query's words are looked up in."""
    urls = {page.source: page.url for page in pages}
    names: dict[str, set[str]] = {}
    for page in pages:
        names.setdefault(_joined(without_tags(page.sections[0].title).split(":")[0]), set()).add(
            page.url
        )
        names.setdefault(_joined(page.title), set()).add(page.url)
    for term in terms:
        for name in term.all_names if term.page in urls else ():
            names.setdefault(_joined(name), set()).add(urls[str(term.page)])
    all_names = [(term, name) for term in terms for name in term.all_names]
    return {
        "shapes": dict(shapes),
        "endings": _ENDINGS.split(),
        "idle": _IDLE.split(),
        "names": {name: sorted(urls) for name, urls in sorted(names.items()) if name},
        "spaced": dict(sorted(_numbered(pages).items()))
        | {_joined(n): n.lower() for _, n in all_names if re.search(r"[\s-]", n)},
        "signs": {n: t.names["ko"] for t, n in all_names if not re.search(r"\w", n)},
    }


def _numbered(pages: Sequence[Indexed]) -> dict[str, str]:
    """Names with numbers as readers write them, without the blank → as pages do: wsl2 → wsl 2."""
    text = "\n".join(
        without_tags(f"{section.title} {section.text}")
        for page in pages
        for section in page.sections
    )
    words = set(re.findall(r"[\w.-]+", text.lower()))
    found = {}
    for match in _NUMBERED.finditer(text):
        name, number = (match[1] or match[3]).lower(), match[2] or match[4]
        # `cgroupsv2` means what pages call `cgroup v2`.
        for written in (name, f"{name}s") if number[0] == "v" else (name,):
            if name not in _IDLE.split() and (joined := written + number) not in words:
                found[joined] = f"{name} {number}"
    return found


def _joined(name: str) -> str:
    return re.sub(r"[\s,·`-]+", "", name.lower())
