"""The tries of one peer, run where it is installed; nothing of the engine is there."""

import json
import sys

from benchmarks.compared import cram, markdown_exec, myst_nb
from benchmarks.compared.tool import tried

PEERS = {tool.name: tool for tool in (markdown_exec.TOOL, myst_nb.TOOL, *cram.TOOLS)}

if __name__ == "__main__":
    print(json.dumps(tried(PEERS[sys.argv[1]])))
