"""Sites of others, which have only named the plugin in their configuration."""

import os
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path

from tests.support import ROOT, snippet

PLUGINS = "plugins: [search, snippetlab]\n"
PAGE = """\
# {title}

There are [](value:demo/hello#lines "number") lines of text.

```snippet
demo/hello
```

- In a list:

    ```snippet
    demo/sum
    ```

```chart
caption: Lines
{title}: demo/hello#lines
More: demo/more#lines
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
echo "pid $$"
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
    """A site: what its configuration says beside the plugins, and what builds it."""

    name: str
    language: str
    configuration: str
    host: str = "mkdocs"
    title: str = "Home"


DEFAULT = Foreign(
    "default",
    "en",
    # What it would load from elsewhere is left out, as tests have no network.
    "theme: { name: mkdocs, highlightjs: false, color_mode: auto }\n",
)
MATERIAL = Foreign(
    "material",
    "de",
    """\
theme:
  name: material
  language: de
  font: false
  palette:
    - { media: "(prefers-color-scheme: light)", scheme: default }
    - { media: "(prefers-color-scheme: dark)", scheme: slate }
markdown_extensions:
  - pymdownx.superfences:
      custom_fences:
        - { name: own, class: own, format: !!python/name:pymdownx.superfences.fence_div_format }
""",
    title="Anfang",
)
PROPERDOCS = Foreign(
    "properdocs",
    "en",
    """\
theme:
  name: material
  font: false
  features: [navigation.instant]
  palette: { scheme: slate }
""",
    host="properdocs",
)


class Site:
    """One of them in a directory of its own."""

    def __init__(self, root: Path, foreign: Foreign, address: str = "") -> None:
        self.root = root
        self.foreign = foreign
        self.built = root / "site"
        self.write("mkdocs.yml", f"site_name: Foreign\n{foreign.configuration}{PLUGINS}")
        if address:
            self.add("mkdocs.yml", f"site_url: {address}\n")
        self.write("docs/index.md", PAGE.format(title=foreign.title))
        self.write("docs/guide/other.md", CONTRAST)
        for name, count in (("hello", 1234), ("more", 4321)):
            text = snippet(HELLO.format(count), volatile=["pid"], values="@")
            text = text.replace('"@"', "{ lines = '^(\\d+)$' }")
            self.write(f"snippets/demo/{name}.sh", text)
        self.write("snippets/demo/sum.py", snippet(SUM))
        _entry_point(root / "installed")

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
        return self.run(self.foreign.host, "build", "--strict", "--config-file", "mkdocs.yml")

    @property
    def environment(self) -> dict[str, str]:
        silent = {"DISABLE_MKDOCS_2_WARNING": "true", "NO_MKDOCS_2_WARNING": "1"}
        path = os.pathsep.join(map(str, (self.root / "installed", ROOT / "hooks")))
        return os.environ | silent | {"PYTHONPATH": path}


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
