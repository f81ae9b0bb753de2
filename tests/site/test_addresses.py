"""What is said of addresses and dates from outside, however it is written."""

import shutil
import subprocess
import time
from pathlib import Path

import pytest

from reading.addresses import edit_uri, site_url
from tests.support import ROOT

pytestmark = pytest.mark.pageless

LOCAL = "http://127.0.0.1:8000/"


@pytest.mark.parametrize(
    ("told", "korean", "english"),
    [
        ({}, LOCAL, f"{LOCAL}en/"),
        ({"SITE_URL": ""}, LOCAL, f"{LOCAL}en/"),
        ({"SITE_URL": "https://a.example"}, "https://a.example/", "https://a.example/en/"),
        ({"SITE_URL": "https://a.example/b"}, "https://a.example/b/", "https://a.example/b/en/"),
        ({"SITE_URL": "https://a.example/b/"}, "https://a.example/b/", "https://a.example/b/en/"),
        (
            {"SITE_URL": "https://a.example/b", "SITE_URL_EN": "https://a.example/c"},
            *("https://a.example/b/", "https://a.example/c/"),
        ),
    ],
)
def test_a_slash_at_the_end_does_not_matter(
    told: dict[str, str], korean: str, english: str
) -> None:
    assert site_url(told.get("SITE_URL", LOCAL), "", told) == korean
    assert site_url(told.get("SITE_URL_EN", f"{LOCAL}en/"), "en/", told) == english


def test_pages_are_edited_where_they_lie() -> None:
    wanted = "edit/trunk/docs/"
    assert edit_uri({"EDIT_URI": wanted}) == edit_uri({"EDIT_URI": wanted.rstrip("/")}) == wanted
    assert edit_uri({"EDIT_URI": ""}) == edit_uri({}) == "edit/main/docs/"


def test_what_is_built_without_git_is_of_today(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    shutil.copy(ROOT / "Makefile", tmp_path)
    begin = int(time.time())
    command = ["make", "--silent", "--eval=date: ; @echo $$SOURCE_DATE_EPOCH", "date"]
    said = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert begin <= int(said.stdout) <= time.time()
