"""What a prompt of a shell looks like in documentation, and what is none."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

PYTHON, PYTHON_MORE = ">>>", "..."
_WHERE = r"[^\s$#%>\])]"
_PROMPT = re.compile(
    rf"""
    (?P<shell>
        (?:\([\w. /-]+\)\ ?)?               # an environment: (venv)
        (?:
            \[[\w.-]+@[\w.-]+[ :][^\]]+\]   # [root@lab ~]#
          | [\w.-]+@[\w.-]+(?:[:\ ]{_WHERE}+)?   # user@host:~/dir$
          | [\w.-]+:[~/]{_WHERE}*(?:\ [\w.-]+)?   # host:~ user$
          | (?:bash|dash|ksh|sh|zsh)(?:-\d[\d.]*)?   # bash-5.2$
          | [~/]{_WHERE}*                  # ~/dir $
          | host\d*|node\d*|server|client
        )?
        \ ?
    )
    (?P<sign>[$%#❯➜])
    (?:[ \t]+(?P<command>\S.*)|[ \t]*$)
    """,
    re.VERBOSE,
)
_ENVIRONMENT = re.compile(r"\([\w. /-]+\)")
_USER = re.compile(r"[\w.-]+@[\w.-]+")
_OTHER = re.compile(
    r"(?P<prompt>(?:[A-Z]:\\[^>]*|PS(?:\ [A-Z]:\\[^>]*)?|\.\.\.\\)>"
    r"|>>>|In ?\[\d*\]:|irb\S*>|\(gdb\)"
    r"|(?:iex|julia|mariadb|mongo|mongosh|mysql|postgres|psql|redis|scala|sqlite|test)"
    r"[^ ]{0,30}[>#])(?: |$)",
    re.IGNORECASE,
)
"""Of what is no shell that runs here: Windows, a database, another interpreter."""
_ROOT = re.compile(
    r"# (?:adduser|addgroup|apk|apt|apt-get|cat|chmod|chown|chroot|cp|dnf|docker|dpkg|echo|grep"
    r"|groupadd|head|hostname|id|ip|journalctl|ls|lsblk|lsmod|mkdir|mkfs|modprobe|mv|nft|nsenter"
    r"|pacman|podman|rm|rpm|sed|sysctl|systemctl|tail|uname|unshare|useradd|usermod|yum|zypper"
    r")(?: |$)"
)
"""What root types in documentation, and no comment begins with."""
MORE = re.compile(
    r"(?:(?:bquote|cmdand|cmdor|cmdsubst|dquote|else|for|function|heredoc|if|pipe|quote|then|until"
    r"|while) ?)?>(?: |$)"
)
"""That of a line that goes on; zsh says what it goes on with."""


@dataclass(frozen=True)
class Prompt:
    """A line at a prompt."""

    text: str
    """The prompt itself."""
    sign: str
    """What it ends with."""
    shell: str
    """Equal for all prompts of one shell, wherever it is: `user@host` or its name."""
    command: str
    """Empty where nothing was typed."""

    @property
    def is_bare(self) -> bool:
        """Whether it is nothing but its sign."""
        return not self.shell


def read_prompt(line: str) -> Prompt | None:
    """The prompt at which the line stands, if it looks like one."""
    if not (found := _PROMPT.match(line)):
        return None
    shell = _ENVIRONMENT.sub("", found["shell"]).strip()
    user = _USER.search(shell)
    name = user[0] if user else "~" if re.match(r"[~/]", shell) else shell
    text = found["shell"] + found["sign"]
    return Prompt(text, found["sign"], name, (found["command"] or "").rstrip())


def begins_session(body: Sequence[str]) -> bool:
    """Whether its first line stands at the prompt of a shell or of Python, beyond doubt."""
    first = next((line for line in body if line.strip()), "")
    if f"{first} ".startswith(f"{PYTHON} "):
        return True
    prompt = read_prompt(first)
    if not prompt or not prompt.command:
        return False
    # `# ` begins a comment in most languages, and `% ` may be a figure's.
    is_alone = re.fullmatch(r"[~/]\S* ?#", prompt.text)
    certain = prompt.sign in "$❯➜" or "@" in prompt.shell or is_alone
    return bool(certain) or is_root(first)


def is_root(line: str) -> bool:
    """Whether a line that begins with `# ` is a command of root's, and no comment, for certain."""
    return bool(_ROOT.match(line))


def other_prompt(line: str) -> str:
    """The prompt of something else than a shell that runs here; empty if there is none."""
    found = _OTHER.match(line)
    return found["prompt"] if found else ""
