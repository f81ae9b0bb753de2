"""Try everything, and write docs/compared.json: python -m benchmarks.compared

Peers are installed by name into an environment of their own. Their commands run on this machine as
they are: each try is a few lines that stand beside this file.
"""

import argparse
import json
import subprocess
import tempfile
import venv
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.compared import own
from benchmarks.compared.peer import PEERS
from benchmarks.compared.tool import FEATURES, Tool, tried
from snippetlab.files import write_source
from tools.finding import ROOT

OUTCOMES = ROOT / "docs/compared.json"
INSTALLED = (
    *("mkdocs==1.6.1", "markdown-exec==1.12.6", "myst-nb==1.4.0", "bash_kernel==0.10.0"),
    *("cram==0.7", "prysk==0.20.0"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--environment", type=Path, help="where peers are installed already")
    given = parser.parse_args().environment
    with tempfile.TemporaryDirectory() as directory:
        python = (given or _installed(Path(directory) / "environment")) / "bin/python"
        rows = [tried(own.TOOL), *(_tried_there(python, tool) for tool in PEERS.values())]
    document = {"date": f"{datetime.now(UTC):%Y-%m-%d}", "features": FEATURES, "tools": rows}
    write_source(OUTCOMES, json.dumps(document, indent=2) + "\n")


def _installed(environment: Path) -> Path:
    venv.create(environment, with_pip=True)
    python = environment / "bin/python"
    subprocess.run([python, "-m", "pip", "install", "--quiet", *INSTALLED], check=True)
    subprocess.run([python, "-m", "bash_kernel.install", "--sys-prefix"], check=True)
    return environment


def _tried_there(python: Path, tool: Tool) -> dict[str, object]:
    command = [str(python), "-m", "benchmarks.compared.peer", tool.name]
    ran = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True)
    return dict(json.loads(ran.stdout))


if __name__ == "__main__":
    main()
