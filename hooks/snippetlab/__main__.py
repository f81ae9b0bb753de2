"""`python -m snippetlab` is `snippetlab`."""

import sys

from snippetlab.cli import main

sys.exit(main())
