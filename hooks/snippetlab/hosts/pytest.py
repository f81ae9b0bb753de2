"""`pytest --snippets`: every snippet of the site is a test, and so is Python in its pages.

An entry point of pytest names this module. Without the option it adds nothing to a run, and
imports nothing of the engine.
"""

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    """The options; a run without them is as it would be without this plugin."""
    group = parser.getgroup("snippetlab", "snippets of a documentation site")
    run = "run the snippets in their labs, and compare them with their recordings"
    group.addoption("--snippets", action="store_true", help=run)
    update = "likewise, and record anew what prints something else"
    group.addoption("--snippets-update", action="store_true", help=update)


def pytest_configure(config: pytest.Config) -> None:
    """Collect snippets, if that is asked for."""
    update = bool(config.getoption("--snippets-update"))
    if update or config.getoption("--snippets"):
        from snippetlab.hosts.collecting import Snippets

        config.pluginmanager.register(Snippets(config, update=update), "snippetlab-snippets")
