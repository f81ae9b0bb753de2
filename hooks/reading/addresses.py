"""Where the site and its source will be, as the environment says it, with or without a slash."""

from collections.abc import Mapping


def site_url(configured: str, below: str, environment: Mapping[str, str]) -> str:
    """The address of a language's home, whose directory is `below` that of the site.

    An empty variable says as little as one that is not set.
    """
    own, whole = environment.get("SITE_URL_EN"), environment.get("SITE_URL")
    if below and own:
        return directory(own)
    if whole:
        return directory(whole) + below
    return directory(configured or f"http://127.0.0.1:8000/{below}")


def edit_uri(environment: Mapping[str, str]) -> str:
    """Where the source of pages can be edited, relative to the repository."""
    return directory(environment.get("EDIT_URI") or "edit/main/docs")


def directory(address: str) -> str:
    """With one slash at the end, by which a browser knows a directory."""
    return f"{address.rstrip('/')}/"
