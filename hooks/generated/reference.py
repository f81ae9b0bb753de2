"""The reference of programs: what each does, its manual, and every place that shows it."""

import re
from collections.abc import Iterable, Iterator, Sequence
from html import escape

from generated.calls import calls
from generated.places import Place, Places
from generated.programs import Group, Listed
from snippetlab.entry import Entry
from snippetlab.library import Library

WORDS = {
    "en": {
        "title": "Commands",
        "description": "The commands on these pages, with what each does in one sentence, its"
        " manual, and every transcript in which it runs.",
        "about": "After this page you can find, for each command, a place where it ran and what it"
        " printed. {commands} commands are listed. A link leads to the transcript itself; the list"
        " is read from the snippets when the site is built. Commands marked *not run here* stand"
        " on a page with the reason. Everyday commands such as `cat` and `echo` are left out.",
        "more": "{} more pages",
        "not-run": "not run here",
    },
    "ko": {
        "title": "명령 찾아보기",
        "description": "이 사이트에 나오는 명령이 저마다 무엇을 하는지 한 문장으로 적고, 매뉴얼과"
        " 그 명령이 도는 모든 실행 기록으로 링크한다.",
        "about": "이 페이지에서는 명령마다 실제로 실행한 곳과 그 출력을 찾을 수 있다. 명령"
        " {commands}개가 있다. 링크는 실행 기록으로 바로 이어지며, 목록은 사이트를 빌드할 때"
        " 스니펫에서 읽는다. *여기서 실행하지 않음*이라고 표시한 것은 그 페이지에 이유가 있다."
        " `cat`이나 `echo`처럼 늘 쓰는 명령은 뺐다.",
        "more": "페이지 {}개 더",
        "not-run": "여기서 실행하지 않음",
    },
}
"""What the page says, by language."""
_FOLD = 4
"""Pages shown at once; more fold away."""


def reference_page(
    library: Library,
    groups: Sequence[Group],
    places: Places,
    language: str,
) -> str:
    """The page as Markdown."""
    words = WORDS[language]
    callers = calls({id_: entry.program.commands for id_, entry in library.entries.items()})
    count = sum(len(group.programs) for group in groups)
    lines = [
        "---",
        f"title: {words['title']}",
        f"description: {words['description']}",
        "---",
        "",
        f"# {words['title']} {{ #commands }}",
        "",
        words["about"].format(commands=count),
    ]
    for group in groups:
        lines += ["", f"## {group.title[language]} {{ #{group.id} }}", "", '<dl class="commands">']
        for listed in group.programs:
            shown = [library.find(id_) for id_ in callers.get(listed.name, ())]
            shown.sort(key=lambda entry: entry.snippet.id.startswith("about/"))
            lines.append(_entry(listed, shown, places, language))
        lines.append("</dl>")
    return "\n".join(lines) + "\n"


def anchor_of(name: str) -> str:
    """Where on the page a program stands: `docker-image-ls`."""
    return re.sub(r"[^a-z0-9]+", "-", f"command {name.lower()}")


def _entry(listed: Listed, shown: Iterable[Entry], places: Places, language: str) -> str:
    pages: dict[str, list[str]] = {}
    for entry in shown:
        for place in places.get(entry.snippet.id, ()):
            pages.setdefault(place.title, []).append(_link(entry, place, language))
    items = [f"<li>{escape(title)}: {', '.join(links)}</li>" for title, links in pages.items()]
    # One alone is not worth a fold.
    first = _FOLD if len(items) > _FOLD + 1 else len(items)
    folded = ""
    if more := len(items) - first:
        summary = f"<summary>{WORDS[language]['more'].format(more)}</summary>"
        folded = f"<details>{summary}<ul>{''.join(items[first:])}</ul></details>"
    return (
        f'<dt id="{anchor_of(listed.name)}">'
        f'<a href="{escape(listed.manual)}"><code>{escape(listed.name)}</code></a></dt>'
        f"<dd>{''.join(_prose(listed.says[language]))}"
        f"<ul>{''.join(items[:first])}</ul>{folded}</dd>"
    )


def _link(entry: Entry, place: Place, language: str) -> str:
    name = escape(entry.snippet.id.rpartition("/")[2])
    link = f'<a href="{escape(place.url)}">{name}</a>'
    return link if entry.snippet.runs else f"{link} ({WORDS[language]['not-run']})"


def _prose(text: str) -> Iterator[str]:
    """Code stands between backquotes."""
    for number, part in enumerate(text.split("`")):
        yield f"<code>{escape(part)}</code>" if number % 2 else escape(part)
