"""This site, built again, beside plain Material with the same pages: in pairs, one after another.

Plain: the same pages, those made here included, as Markdown whose snippets are code blocks with
their transcripts; the same theme, extensions and navigation, Material's own search, and no hooks.
"""

import argparse
import re
import resource
import shutil
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import yaml
from mkdocs.config import load_config
from mkdocs.structure.files import get_files
from mkdocs.utils.yaml import yaml_load

from benchmarks.sites import ENVIRONMENT, ROOT, workshop

CONFIGURATIONS = {"ko": "mkdocs.yml", "en": "mkdocs.en.yml"}
_SNIPPET = re.compile(r"^```snippet\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_QUOTED = re.compile(r'\[\]\(value:[^)"]*(?:"[^"]*")?\)')
_LINK = re.compile(r"\]\((?:snippet-file:|source/|[./]*assets/)[^)]*\)")


@dataclass(frozen=True)
class Took:
    seconds: float
    processor: float
    """Seconds, user and system."""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds = parser.parse_args().rounds
    with workshop() as directory:
        for language, configuration in CONFIGURATIONS.items():
            target, plain = Path(directory) / "site", Path(directory) / language
            _write_plain(plain, configuration)
            tasks = {"plain": plain / "mkdocs.yml", "ours": ROOT / configuration}
            took: dict[str, list[Took]] = {name: [] for name in tasks}
            _build(tasks["ours"], target)  # so that all is kept, and every snippet proved
            for _ in range(rounds):
                for name, path in tasks.items():
                    took[name].append(_build(path, target))
            _print(language, took)


def _write_plain(site: Path, configuration: str) -> None:
    """A site that needs nothing of ours."""
    config = load_config(str(ROOT / configuration))
    config.plugins.on_startup(command="build", dirty=False)
    config = config.plugins.on_config(config)
    files = config.plugins.on_files(get_files(config), config=config)
    for file in files.documentation_pages():
        page = site / "docs" / file.src_uri
        page.parent.mkdir(parents=True, exist_ok=True)
        page.write_text(_plain(file.content_string), encoding="utf-8")
    config.plugins.on_build_error(error=Exception())  # ends what runs
    with (ROOT / configuration).open(encoding="utf-8") as text:
        settings = yaml_load(text)
    del settings["hooks"], settings["theme"]["custom_dir"], settings["plugins"]["redirects"]
    for name in ("extra_css", "extra_javascript", "watch", "site_dir"):
        del settings[name]
    settings |= {"docs_dir": "docs", "validation": {}}
    (site / "mkdocs.yml").write_text(yaml.safe_dump(settings, allow_unicode=True))


def _plain(markdown: str) -> str:
    markdown = _SNIPPET.sub(_block, markdown).replace("```chart", "```text")
    return _LINK.sub("](index.md)", _QUOTED.sub("12", markdown))


def _block(found: re.Match[str]) -> str:
    ids = [line for line in found[1].split("\n") if "/" in line]
    recordings = (ROOT / f"snippets/{id_.strip()}.out" for id_ in ids)
    texts = [p.read_text("utf-8").partition("\n#\n")[2] for p in recordings if p.exists()]
    # What is no snippet is an example in a page on snippets.
    return "\n".join(f"````console\n{text}\n````\n" for text in texts)


def _build(configuration: Path, target: Path) -> Took:
    shutil.rmtree(target, ignore_errors=True)
    line = [sys.executable, "-m", "mkdocs", "build", "--quiet"]
    line += ["--config-file", str(configuration), "--site-dir", str(target)]
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(line, env=ENVIRONMENT, check=True, stderr=subprocess.DEVNULL)
    seconds, after = time.perf_counter() - began, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Took(seconds, spent)


def _print(language: str, took: dict[str, list[Took]]) -> None:
    for name, all_ in took.items():
        seconds = statistics.median(one.seconds for one in all_)
        processor = statistics.median(one.processor for one in all_)
        print(f"{language}  {name:6} {seconds:6.2f} s, {processor:5.2f} s of a processor")
    pairs = list(zip(took["ours"], took["plain"], strict=True))
    seconds = statistics.median(our.seconds / plain.seconds for our, plain in pairs)
    processor = statistics.median(our.processor / plain.processor for our, plain in pairs)
    print(f"{language}  ratio  {seconds:6.2f} ×, {processor:5.2f} × of a processor")


if __name__ == "__main__":
    main()
