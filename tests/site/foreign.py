"""Sites of others, which have only named the plugin in their configuration."""

import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.support import ROOT, snippet

PAGE = """\
# Home

There are [](value:demo/hello#lines "number") lines of text.

```snippet
demo/hello
note count: It *counts* lines, as [there](guide/other.md#demo-hello-count),
  of which there are [](value:demo/hello#lines "number").
```

See [](note:demo/hello#count).

- In a list:

    ```snippet
    demo/sum
    ```

```chart
caption: Lines
Few: demo/hello#lines
Many: demo/more#lines
```

```python
print("code of the page's own")
```
"""
CONTRAST = """\
# Other

```snippet
demo/hello
demo/more
```

[Home](../index.md#demo-hello-count)
"""
HELLO = """\
printf '\\033[31mred\\033[0m and \\033[7mturned\\033[0m\\n'
cat /proc/sys/kernel/random/uuid
# step: count
seq {0} | wc -l
seq 40
ls /nowhere # ? 2
"""
SUM = """\
# A comment, which a theme may make faint.
def twice(number: int) -> str:
    return f"{number * 2}"


print(twice(21), True, "text")
"""


@dataclass(frozen=True)
class Foreign:
    """A site: what its configuration says beside the plugin, and what builds it."""

    name: str
    theme: str
    language: str = "en"
    host: str = "mkdocs"
    extensions: str = ""
    """Of Markdown, one a line."""
    words: str = ""
    """What the site itself has of them."""
    copy: str = "Copy commands"
    scheme: str = "auto"
    """Whether pages are light or dark, or as the reader has it."""

    def configuration(self, options: str = "{}") -> str:
        lines = ["site_name: Foreign", f"theme: {self.theme}"]
        if self.host != "zensical":
            lines.append(f"plugins: [search, snippetlab: {options}]")
        if self.extensions:
            lines.append(f"markdown_extensions:\n{self.extensions}")
        return "\n".join([*lines, ""])


# What it would load from elsewhere, a test stands in for.
DEFAULT = Foreign("default", "{ name: mkdocs, color_mode: auto }")
MATERIAL = Foreign(
    "material",
    """
  name: material
  language: de
  font: false
  palette:
    - { media: "(prefers-color-scheme: light)", scheme: default }
    - { media: "(prefers-color-scheme: dark)", scheme: slate }""",
    "de",
    extensions="""\
  - attr_list
  - pymdownx.snippets
  - pymdownx.superfences:
      custom_fences:
        - { name: own, class: own, format: !!python/name:pymdownx.superfences.fence_div_format }
""",
    words='[transcript]\ncopy = "Befehle kopieren"\n',
    copy="Befehle kopieren",
)
PROPERDOCS = Foreign(
    "properdocs",
    "{ name: material, font: false, features: [navigation.instant], palette: { scheme: slate } }",
    host="properdocs",
    scheme="dark",
)
ZENSICAL = Foreign(
    "zensical",
    "{ name: material, font: false, features: [navigation.instant] }",
    host="zensical",
    extensions="  pymdownx.superfences: {}\n  snippetlab.hosts.zensical: {}\n",
    scheme="light",
)

SITES = {foreign.name: foreign for foreign in (DEFAULT, MATERIAL, PROPERDOCS, ZENSICAL)}


class Site:
    """One of them in a directory of its own."""

    def __init__(self, root: Path, foreign: Foreign, address: str = "") -> None:
        self.root = root
        self.foreign = foreign
        self.built = root / "site"
        self.configure(address)
        self.write("docs/index.md", PAGE)
        self.write("docs/guide/other.md", CONTRAST)
        if foreign.words:
            self.write(f"docs/words/{foreign.language}.toml", foreign.words)
        self.write("snippets/demo/hello.sh", hello(1234))
        self.write("snippets/demo/more.sh", hello(4321))
        self.write("snippets/demo/sum.py", snippet(SUM))
        _entry_point(root / "installed")

    def configure(self, address: str = "", options: str = "{}") -> None:
        lines = [self.foreign.configuration(options)]
        if address:
            lines.append(f"site_url: {address}\n")
        self.write("mkdocs.yml", "".join(lines))

    def write(self, name: str, text: str) -> Path:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
        return path

    def add(self, name: str, text: str) -> None:
        path = self.root / name
        path.write_text(path.read_text(encoding="utf-8") + text, encoding="utf-8")

    def run(self, *arguments: str) -> "subprocess.CompletedProcess[str]":
        """A module of Python, with its arguments."""
        return subprocess.run(
            [sys.executable, "-m", *arguments],
            cwd=self.root,
            capture_output=True,
            text=True,
            stdin=subprocess.DEVNULL,
            env=self.environment,
        )

    def record(self) -> None:
        done = self.run("snippetlab", "record")
        assert done.returncode == 0, done.stderr

    def build(self) -> "subprocess.CompletedProcess[str]":
        strict = ["build", "--strict", "--config-file", "mkdocs.yml"]
        return self.run(self.foreign.host, *strict)

    @property
    def environment(self) -> dict[str, str]:
        silent = {"DISABLE_MKDOCS_2_WARNING": "true", "NO_MKDOCS_2_WARNING": "1"}
        path = os.pathsep.join(map(str, (self.root / "installed", ROOT / "hooks")))
        return os.environ | silent | {"PYTHONPATH": path}


def hello(count: int) -> str:
    """The text of a snippet with a value."""
    text = snippet(HELLO.format(count), volatile=["uuid"], values="@")
    return text.replace('"@"', "{ lines = '^(\\d+)$' }")


def _entry_point(directory: Path) -> None:
    """What `pip install` writes of pyproject.toml, for who looks for plugins."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    about = directory / "snippetlab-0.dist-info"
    about.mkdir(parents=True)
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: snippetlab\nVersion: 0\n")
    lines = [
        f"[{group}]\n" + "".join(f"{name} = {what}\n" for name, what in named.items())
        for group, named in project["entry-points"].items()
    ]
    (about / "entry_points.txt").write_text("\n".join(lines))
