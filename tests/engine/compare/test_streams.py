"""Standard error told apart: compared, kept and quoted as output is, and never taken for it."""

from snippetlab.compare.compare import compare
from snippetlab.compare.elision import parse_elisions
from snippetlab.compare.kinds import KINDS, Volatile
from snippetlab.compare.merge import merge
from snippetlab.snippet.extract import extract
from snippetlab.transcript import Step, Transcript

PIDS = Volatile((KINDS["pid"],))


def printed(output: bytes, errors: bytes) -> Transcript:
    return Transcript((Step("run", output, 0, "$", errors),))


def faults(old: Transcript, new: Transcript, rules: Volatile = PIDS) -> list[tuple[int, str]]:
    found = compare([old], [new], [rules], [["run"]]).faults
    return [(fault.line, fault.message) for fault in found]


def test_a_line_that_goes_to_the_other_stream_differs() -> None:
    message = "literal text differs: 'a\\n' was recorded, it is 'a\\n' on standard error now"
    old, new = printed(b"a\n", b""), printed(b"", b"a\n")
    assert faults(old, new) == [(1, message)]
    loose = Volatile((), unordered=frozenset({"run"}))
    assert len(faults(old, new, loose)) == 2
    assert merge(old, new, PIDS) == new


def test_values_are_tied_across_both() -> None:
    old = printed(b"pid 10\n", b"end of 10\n")
    assert not faults(old, printed(b"pid 12\n", b"end of 12\n"))
    assert [line for line, _ in faults(old, printed(b"pid 12\n", b"end of 13\n"))] == [2]


def test_lines_are_left_out_of_each_stream_for_itself() -> None:
    rules = Volatile((), elided=parse_elisions(["^Get:"]))
    old = printed(b"a\nGet:1\n", b"Get:2\nb\n")
    assert not faults(old, printed(b"a\nGet:1\nGet:3\n", b"Get:2\nGet:4\nb\n"), rules)
    assert faults(old, printed(b"a\nGet:1\nGet:2\n", b"b\n"), rules)
    assert faults(old, printed(b"a\nGet:1\n", b"Get:2\nc\n"), rules)


def test_what_is_recorded_again_keeps_the_old_words_of_both() -> None:
    old = printed(b"pid 10\n", b"end of 10\n")
    new = printed(b"pid 12\nmore\n", b"also\nend of 12\n")
    assert merge(old, new, PIDS) == printed(b"pid 10\nmore\n", b"also\nend of 10\n")


def test_a_page_quotes_it() -> None:
    assert extract({"size": r"(\d+) B"}, printed(b"x\n", b"12 B\n")) == {"size": "12"}
