"""How shells that are no bash report between their commands, in their here-document."""

from dataclasses import dataclass

from snippetlab.labs.plan import AGAIN

# POSIX: report, wait for the answer, and leave $? as it was. In an AND list it ends no shell that
# has been told to end at a failure, and in a group `set -x` shows nothing of it.
_FUNCTION = (
    "__step() {{ __status=$?; printf '{nonce} %s %s\\n' \"$1\" $__status >&{reports};"
    " read -r __answer <&{answers}; return $__status; }}; "
)
_REPORT = "{{ __step '{report}' && :; }} {aside}; "
_SETTLED = (
    "{{ __step '{report}' || :; }} {aside};"
    f' [ "$__answer" != {AGAIN} ]; }}}}; do sleep 0.05; done; '
)


@dataclass(frozen=True)
class Reporting:
    """What is written into a here-document."""

    begins: str = _FUNCTION
    """Defines the function `__step`."""
    aside: str = ">&- 2>&-"
    """Where what that prints goes: nowhere, also where there is no /dev/null."""
    descriptors: tuple[int, ...] = (9, 8, 7, 6, 5, 4, 3)
    """For the pipes of shells in shells; single digits, since dash knows no other."""

    def function(self, nonce: str, reports: int, answers: int) -> str:
        """The text of the function `__step`."""
        return self.begins.format(nonce=nonce, reports=reports, answers=answers)

    def report(self, report: str) -> str:
        """What reports the end of a step."""
        return _REPORT.format(report=report, aside=self.aside)

    def settled(self, report: str) -> str:
        """Ends a command that stands behind `until {` and may be tried again."""
        return _SETTLED.format(report=report, aside=self.aside)


USUAL = Reporting()
"""Where nothing is asked between two commands."""
