"""The compound commands of bash, as far as one must know them to see where they end."""

import re
from abc import abstractmethod

from snippetlab.snippet.lines import IncompleteError
from snippetlab.snippet.tokens import Token, Tokens, UnexpectedError

CLOSERS = ("then", "elif", "else", "fi", "do", "done", "esac", "}", "]]")
_OPENERS = ("{", "if", "while", "until", "for", "select", "case", "[[")
_CLAUSE_ENDS = (";;", ";&", ";;&")
_UNARY = re.compile("-[abcdefghknoprstuvwxzGLNORS]")
_BINARY = re.compile("==?|!=|=~|-[no]t|-ef|-eq|-ne|-lt|-gt|-le|-ge")


class Grammar(Tokens):
    """Reads compound commands."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.inside = 0
        """Of how many compound commands and substitutions what is read is a part."""

    @abstractmethod
    def commands(self, *, may_lack: bool = False) -> None:
        """Read commands up to what cannot begin one. `may_lack`: there may be none."""

    def substituted(self) -> None:
        """Reads what stands in `$(…)`. Raises IncompleteError where it does not end."""
        outside = self._next, self._previous, self.command, self.is_pattern
        self.command, self.is_pattern = "", False
        self._next, self._previous = None, Token("$(", self.here)
        row = self.here
        self.inside += 1
        self.commands(may_lack=True)
        if self.peek().is_operator(""):
            raise IncompleteError(row, "the `$(` that begins in line {} does not end")
        self.take_operator(")")
        self.inside -= 1
        self._next, self._previous, self.command, self.is_pattern = outside

    def opens(self, token: Token) -> bool:
        """Whether it begins a compound command."""
        return token.is_reserved(*_OPENERS) or token.is_operator("(")

    def compound(self, opener: Token | None = None) -> None:
        """Read one, and its redirections. `opener`: what begins it, if that has been read."""
        opener = opener or self.take()
        self.deeper(opener.row)
        self.inside += 1
        try:
            self._rest(opener)
        except UnexpectedError as error:
            if not error.token.is_operator(""):
                raise
            what = f"the `{opener.text}` that begins in line {{}} does not end"
            raise IncompleteError(opener.row, what) from None
        self.inside -= 1
        self.higher()
        while self.redirection():
            pass

    def function(self, *, needs_parentheses: bool) -> None:
        """Read what follows its name."""
        if self.peek().is_operator("("):
            opener = self.take()
            if not (needs_parentheses or self.peek().is_operator(")")):
                self.compound(opener)
                return
            self.take_operator(")")
        self.newlines()
        if not self.opens(self.peek()):
            raise UnexpectedError(self.peek())
        self.compound()

    def _rest(self, opener: Token) -> None:
        match opener.text:
            case "(":
                if not (self.lines.follows("(") and self._is_arithmetic()):
                    self.commands()
                    self.take_operator(")")
            case "{":
                self._block("}")
            case "if":
                closer = "elif"
                while closer == "elif":
                    self._block("then")
                    closer = self._block("elif", "else", "fi")
                if closer == "else":
                    self._block("fi")
            case "while" | "until":
                self._block("do")
                self._block("done")
            case "case":
                self._case()
            case "[[":
                self._condition()
            case _:
                self._loop()

    def _block(self, *closers: str) -> str:
        """Commands up to one of these words."""
        self.commands()
        return self.take_reserved(*closers).text

    def _is_arithmetic(self) -> bool:
        """Read `((…))`, if it is that and not a subshell in a subshell."""
        mark, documents = self.lines.mark, len(self.documents)
        self.lines.take()
        self.arithmetic()
        if self.lines.follows(")"):
            self.lines.take()
            return True
        self.lines.back(mark)
        del self.documents[documents:]
        return False

    def _loop(self) -> None:
        """The rest of `for` or `select`."""
        if self.peek().is_operator("("):
            self.take()
            if not (self.lines.follows("(") and self._is_arithmetic()):
                raise UnexpectedError(self.peek())
        else:
            self.take_word()
            self.newlines()
            if self.peek().is_reserved("in"):
                self.take()
                while self.peek().is_word:
                    self.take()
                self.take_operator(";", "\n")
        if self.peek().is_operator(";"):
            self.take()
        self.newlines()
        self._block("done" if self.take_reserved("do", "{").text == "do" else "}")

    def _case(self) -> None:
        self.take_word()
        self.newlines()
        self.take_reserved("in")
        while True:
            self.is_pattern = True
            self.newlines()
            if self.peek().is_reserved("esac"):
                break
            if self.peek().is_operator("("):
                self.take()
            self.take_word()
            while self.peek().is_operator("|"):
                self.take()
                self.take_word()
            self.is_pattern = False
            self.take_operator(")")
            self.commands(may_lack=True)
            if not self.peek().is_operator(*_CLAUSE_ENDS):
                break
            self.take()
        self.is_pattern = False
        self.take_reserved("esac")

    def _condition(self) -> None:
        """The rest of `[[`."""
        within = 0
        while True:
            self.newlines()
            if self.peek().is_operator("("):
                self.take()
                within += 1
                continue
            if self.peek().is_reserved("!"):
                self.take()
                continue
            self._test()
            while within and self.peek().is_operator(")"):
                self.take()
                self.newlines()
                within -= 1
            if not within and self.peek().is_reserved("]]"):
                self.take()
                return
            self.take_operator("&&", "||")

    def _test(self) -> None:
        """`-f file`, `a == b` or a word."""
        if self.peek().is_reserved("]]"):
            raise UnexpectedError(self.peek())
        if not _UNARY.fullmatch(self.take_word().text):
            token = self.peek()
            if not (token.is_word and _BINARY.fullmatch(token.text)) and not token.is_operator(
                "<", ">"
            ):
                return
            self.take()
            if token.text == "=~":
                self.blanks()
                if not self.word(regex=True):
                    raise UnexpectedError(self.peek())
                self.newlines()
                return
        extglob, self.extglob = self.extglob, True
        if self.peek().is_reserved("]]"):
            raise UnexpectedError(self.peek())
        self.take_word()
        self.extglob = extglob
        self.newlines()
