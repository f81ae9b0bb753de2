"""The page on what the machine in the reader's tab consists of, as Markdown."""

from collections.abc import Mapping
from html import escape
from typing import Any

from snippetlab.labs.browser.image import COPYRIGHTS, LINK, BrowserImage

_TEXTS = {
    "en": """\
---
title: The machine in the tab
description: What the Linux machine that runs in the reader's tab consists of, with \
versions, licences and sources.
---

# The machine in the tab {{ #machine }}

You will know what is downloaded when you press "Run here", under which licences, and where the
sources are.

{content}

## Sources {{ #sources }}

1. [v86](https://github.com/copy/v86), the emulator, npm package {v86}
2. [xterm.js](https://xtermjs.org/), the terminal, npm package {xterm}
3. [Debian source packages](https://www.debian.org/doc/debian-policy/ch-source.html), \
Debian Policy, chapter 4
4. [Debian snapshot archive](https://snapshot.debian.org/), which keeps every version that \
Debian published
""",
    "ko": """\
---
title: 탭 안의 머신
description: 독자의 탭에서 도는 리눅스 머신이 무엇으로 이루어졌는지, \
버전과 라이선스와 소스를 적는다.
---

# 탭 안의 머신 {{ #machine }}

이 페이지를 읽고 나면 ‘여기서 실행’을 눌렀을 때 무엇을 내려받는지, \
어떤 라이선스인지, 소스는 어디에 있는지 안다.

{content}

## 출처 {{ #sources }}

1. [v86](https://github.com/copy/v86): 에뮬레이터, npm 패키지 {v86}
2. [xterm.js](https://xtermjs.org/): 터미널, npm 패키지 {xterm}
3. [Debian 소스 패키지](https://www.debian.org/doc/debian-policy/ch-source.html): Debian \
Policy 4장
4. [Debian 스냅샷 아카이브](https://snapshot.debian.org/): Debian이 낸 모든 버전을 보관한다
""",
}
_CONTENT = {
    "en": """\
The machine is an emulated 32-bit PC with {memory} MiB of memory. It was booted once when \
this site
was built, and saved with its prompt on the screen; your browser restores that state. It has no
network card, and nothing of it outlives the tab.

## Kernel {{ #kernel }}

Linux {release}, from the Debian package {package} {version}, GPL-2.0. Its
<a href="{base}kernel.config">configuration</a> lies beside the image.

## Programs {{ #programs }}

All are unchanged programs of Debian {suite} for i386. The sources carry the names in the third
column, in Debian's archive and its snapshot archive; `snippetlab lab sources browser` \
collects them
for hosting beside the site, as the GPL and the LGPL ask of whoever distributes the image.

| Package | Version | Source package | Licences |
| --- | --- | --- | --- |
{rows}
""",
    "ko": """\
머신은 메모리가 {memory}MiB인 32비트 PC를 흉내 낸 것이다. 사이트를 만들 때 한 번 부팅해 \
프롬프트가 나온 상태를 저장해 두고, 브라우저는 그 상태를 되살린다. 네트워크 카드는 없고, \
탭을 닫으면 아무것도 남지 않는다.

## 커널 {{ #kernel }}

Linux {release}. Debian 패키지 {package} {version}에서 왔고 GPL-2.0이다. [구성 \
파일]({base}kernel.config)이 이미지 옆에 있다.

## 프로그램 {{ #programs }}

모두 Debian {suite}의 i386 프로그램 그대로다. 소스는 Debian 아카이브와 스냅샷 아카이브에 \
셋째 열의 이름으로 있다. 이미지를 배포하는 쪽에 GPL과 LGPL이 요구하는 대로, `snippetlab \
lab sources browser`가 사이트 옆에 둘 소스를 모은다.

| 패키지 | 버전 | 소스 패키지 | 라이선스 |
| --- | --- | --- | --- |
{rows}
""",
}
_NOTHING = {
    "en": "This copy of the site was built without the machine: nothing runs in the tab.\n",
    "ko": "이 사본은 머신 없이 만들어졌다. 탭에서 실행할 수 있는 것이 없다.\n",
}


def tab_machine_page(image: BrowserImage | None, language: str) -> str:
    """What the image contains; without one, that there is none."""
    if image is None:
        names = {"v86": "`v86`", "xterm": "`@xterm/xterm`"}
        return _TEXTS[language].format(content=_NOTHING[language], **names)
    manifest = image.manifest
    npm = {about["name"]: f"`{about['name']}` {about['version']}" for about in manifest["npm"]}
    base = f"{LINK}{manifest['digest'][:16]}/"
    content = _CONTENT[language].format(
        memory=image.memory,
        suite=manifest["suite"],
        base=base,
        rows="\n".join(_row(about, base) for about in manifest["packages"]),
        **{name: manifest["kernel"][name] for name in ("release", "package", "version")},
    )
    return _TEXTS[language].format(content=content, v86=npm["v86"], xterm=npm["@xterm/xterm"])


def _row(about: Mapping[str, Any], base: str) -> str:
    source = f"{about['source']} {about['source-version']}"
    licences = ", ".join(about["licenses"][:6]) or "copyright"
    link = f'<a href="{base}{COPYRIGHTS}/{about["name"]}.txt">{escape(licences)}</a>'
    return f"| {about['name']} | {about['version']} | {source} | {link} |"
