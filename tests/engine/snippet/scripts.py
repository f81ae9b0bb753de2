"""Shell scripts put together at random from all that bash can read."""

from collections.abc import Callable
from dataclasses import dataclass

from hypothesis import strategies as st


@dataclass(frozen=True)
class Piece:
    """Commands, and the here-documents that must follow the line in which they end."""

    text: str
    documents: str = ""

    @property
    def line(self) -> str:
        """Both, with the newline between them."""
        return f"{self.text}\n{self.documents}"


WORDS = (
    *("a", "'q\nq'", '"d\nd"', "$'it\\'s'", "`a \\`b\\` '`", '"`a "b" `"', "${x:-'}'}"),
    *('"${x#"}"}"', "$((1 << (2)))", "$[ 1 + 2 ]", '"${s:$i:2}"', "a$", "s/$/x/", "a#b"),
    *("\\#", "\\\n", "\\'", "a\\\n  b", "<(a)", ">(b\n)", "{a,b}", "$(a\n)"),
    *('"$(a "b" # c )\n)"', "$( (a) )", "$()", "!(a|b)", "@(a|'b)')", "*.c", "[[", "]]"),
    *("if", "}", "done", "=(", "x=y", "$(case a in (a) b;; esac)"),
    *("$(case a in a) b;; esac)", "${x[ $(a) ]}", "$$", "${#x}", "~", "%", "--"),
)
SIMPLE = (
    *("x=1", "x=(1 2)", "x=(\n1 # )\n'2'\n)", "x+=([a]=1 [b c]=2)", "declare -a x=(1 2)"),
    *("m[a b]=1", "((x = 1, y << 2))", "((a) | (b))", "[[ a == b* && ( -f c || ! d ) ]]"),
    *("[[ a =~ ^(a|b)+$ ]]", "[[ a\n== b ]]", "exec 3<>/dev/null", "a {fd}>f 2>&1 <<<b"),
    *("a &> f", "a >| f", ": '#'", "!", "time", "time -p", "! !", "coproc a"),
    *("shopt -s extglob", "a <&- >&2", "$a", "~/a", "./a -b", "let x=1"),
    *("select x in a; do b; done", "for ((;;)) { a; }", "for x do a; done", "-x", "a=b c"),
    *("function f { a; }", "function f() (a)", "f() for x in a; do b; done"),
    *("f ()\n\n{ a\n} > f", "case a in esac"),
    *("case a\nin\na|b) ;; (*)\nb ;;& c) d ;& e) f\nesac", "until a; do b; done <f"),
)


@st.composite
def documents(draw: st.DrawFn) -> Piece:
    """A command with a here-document."""
    operator = draw(st.sampled_from(["<<", "<<-", "3<<", "<< "]))
    word, end = draw(
        st.sampled_from([("E", "E"), ("'E'", "E"), ('"a b"', "a b"), ("\\E", "E"), ("E$", "E$")])
    )
    bodies = ["", "text\n", "it's\n", "$(\n", " E\n", "E \n", "a\\\\\n", "# c\n"]
    body = draw(st.sampled_from(bodies))
    indent = "\t" if operator == "<<-" and draw(st.booleans()) else ""
    behind = draw(st.sampled_from(["", " >f", " b", ";", " # c", " | b"]))
    text = f"cat {operator}{word}{behind}"
    if behind in (";", " # c"):
        text = text.removesuffix(behind)
    return Piece(text, f"{body}{indent}{end}\n")


def _simple(words: list[str]) -> Piece:
    return Piece(" ".join(["echo", *words]))


def _substituted(inner: Piece) -> Piece:
    return Piece(f'echo "$( {inner.line})" $({inner.line}\n)')


def _joined(operator: str) -> Callable[[tuple[Piece, Piece]], Piece]:
    def join(pair: tuple[Piece, Piece]) -> Piece:
        before, after = pair
        if operator.endswith("\n"):
            return Piece(f"{before.text} {operator}{before.documents}{after.text}", after.documents)
        text = f"{before.text} {operator} {after.text}"
        return Piece(text, before.documents + after.documents)

    return join


BLOCKS = (
    ("{ ", "}"),
    ("( ", ")"),
    ("if a; then ", "fi"),
    ("if ", "then a; fi"),
    ("if a; then b; elif ", "then c; else d; fi"),
    ("while ", "do a; done"),
    ("until a\ndo ", "done"),
    ("for x in a b\ndo ", "done"),
    ("select x in a; do ", "done"),
    ("case a in\n(a|b) ", ";; esac"),
    ("case a in b) ", "esac"),
    ("f() { ", "}"),
    ("function f\n{ ", "}"),
    ("coproc { ", "}"),
    ("coproc NAME { ", "}"),
    ("time { ", "}"),
    ("! ( ", ")"),
)


def _block(pair: tuple[tuple[str, str], Piece]) -> Piece:
    (begin, end), inner = pair
    return Piece(f"{begin}{inner.line}{end}")


def _flat(pair: tuple[tuple[str, str], Piece]) -> Piece:
    (begin, end), inner = pair
    return Piece(f"{begin}{inner.text}; {end}", inner.documents)


def _larger(inner: st.SearchStrategy[Piece]) -> st.SearchStrategy[Piece]:
    joins = ["&&", "||", "|", "|&", ";", "&", "&&\n", "||\n", "|\n", "| # c\n", "&& \\\n"]
    joined = st.sampled_from(joins).flatmap(
        lambda operator: st.tuples(inner, inner).map(_joined(operator))
    )
    blocks = st.tuples(st.sampled_from(BLOCKS), inner)
    return joined | blocks.map(_block) | blocks.map(_flat) | inner.map(_substituted)


pieces: st.SearchStrategy[Piece] = st.recursive(
    st.lists(st.sampled_from(WORDS), max_size=3).map(_simple)
    | st.sampled_from(SIMPLE).map(Piece)
    | documents(),
    _larger,
    max_leaves=5,
)
lines = pieces.map(lambda piece: piece.line) | st.sampled_from(["\n", "# comment '\n", "  # `\n"])
scripts = st.lists(lines, min_size=1, max_size=4).map("".join)
