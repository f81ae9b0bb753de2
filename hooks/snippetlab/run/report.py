"""Results for people."""

from collections.abc import Iterable, Iterator

from snippetlab.errors import Cure, display
from snippetlab.run.runner import Result, Verdict


def summary(results: Iterable[Result], not_fresh: int = 0) -> str:
    """One line: how many snippets came to what, and how many could not be compared."""
    verdicts = [result.verdict for result in results]
    counts = [(verdict, verdicts.count(verdict)) for verdict in Verdict]
    said = [f"{count} {verdict}" for verdict, count in counts if count]
    if not_fresh:
        said = [*(said or ["0 run"]), f"{not_fresh} not fresh (see above)"]
    return ", ".join(said) or "no snippets"


def skipped(results: Iterable[Result]) -> Iterator[str]:
    """A line for each reason for which snippets were skipped, with their number and names."""
    reasons: dict[str, list[str]] = {}
    for result in results:
        if result.verdict is Verdict.SKIPPED:
            ids = reasons.setdefault(reason(result), [])
            if result.entry.snippet.id not in ids:
                ids.append(result.entry.snippet.id)
    for said, ids in reasons.items():
        yield f"{len(ids)} skipped: {said}: {', '.join(ids)}"


def reason(result: Result) -> str:
    """Why it was skipped, in half a sentence: `it needs Linux 5.13, and this is 5.10`."""
    first = str(result.error).partition("\n")[0]
    return first.partition(": skipped: ")[2]


def describe(result: Result, *, passes: bool = False) -> str:
    """A result that did not hold, for people: where, what, why perhaps, and the cure.

    `passes` in a build that goes on even so.
    """
    reasons = list(why(result, passes=passes))
    if result.error:
        return "\n    ".join((str(result.error), *reasons))
    snippet = result.entry.snippet
    what, cures = "no longer prints what is recorded", [*accept(result)]
    if result.lab:
        what, tag = f"prints something else in the {result.lab} lab", result.lab
        text = f"If it cannot hold there, say why in the tag `{tag}` of {display(snippet.path)}."
        cures = [Cure("holds-elsewhere", text)]
    lines = [*result.faults[:5], *(f"| {line}" for line in result.diff), *reasons, *cures]
    return "\n    ".join((f"{display(snippet.recording)}:1: {snippet.id} {what}", *lines))


def why(result: Result, *, passes: bool = False) -> Iterator[str]:
    """What of another version may be behind it, in sentences."""
    if result.causes:
        first = "It ran what is not of the version that lab/lock.toml names"
        if passes:
            first = f"This build lets it pass, `snippetlab verify` does not. {first}"
        yield f"{first}: {'; '.join(result.causes)}."
    elif result.kernel and not result.lab:
        yield f"The kernel is not that of lab/lock.toml: {result.kernel}."
        yield Cure(
            "depends-on-the-kernel",
            "If what it prints depends on that, say so in its header, and builds let it pass:"
            ' # depends = ["kernel"]',
        )


def accept(result: Result) -> Iterator[str]:
    """What to do about another output that is right."""
    id_ = result.entry.snippet.id
    yield Cure("accept-output", f"If that is right, accept it: snippetlab record {id_}")
    if result.causes:
        advice = "Then name the versions that it ran with: snippetlab verify --write"
        yield Cure("name-versions", advice)
    advice = f"If it differs from run to run: snippetlab flaky {id_}"
    yield Cure("find-what-varies", advice)
