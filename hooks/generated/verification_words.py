"""What the page on verification says, in both languages."""

from snippetlab.recording import State

WORDS = {
    "en": {
        "title": "Verification",
        "description": "What every snippet of this site shows to be true, the lab it runs in,"
        " the state of its recording, and when it was last verified.",
        "about": "This table lists every snippet of this site: {total}, of which {runs} run in a"
        " lab. Each row states the claim, the lab, the state of the recording, and when a run was"
        " last found equal to the recording and how long it took, with the snippets that run"
        " before it. To repeat it all, run `make verify` in a checkout: every snippet runs again,"
        " and one that prints something else fails. `make test` is quicker: it runs again what"
        " could come out otherwise than when it held for the default branch, and a tenth of the"
        " rest, another one for each commit. What does not run here is marked so; the"
        " pages that show it give the reason. The same as data: [JSON](verification.json).",
        "lab-title": "The lab",
        "no-lab": "Nothing has been verified yet.",
        "lab-about": "All recordings were last verified with these kernels and images.",
        "lab-name": "The {} lab",
        "digest": "image",
        "kernel": "kernel {}",
        "image": "Image",
        "package": "Package",
        "version": "Version",
        "snippet": "Snippet",
        "claim": "Claim",
        "lab": "Lab",
        "state": "State",
        "verified": "Last verified",
        "pages": "Pages",
    },
    "ko": {
        "title": "검증",
        "description": "이 사이트의 스니펫이 저마다 무엇을 보이는지, 어느 랩에서 도는지,"
        " 실행 기록의 상태와 마지막 검증 날짜는 무엇인지 표로 적는다.",
        "about": "이 표에는 이 사이트의 모든 스니펫이 있다. 모두 {total}개이고, 그 가운데"
        " {runs}개가 랩에서 돈다. 줄마다 스니펫이 보이는 주장, 랩, 실행 기록의 상태, 그리고 새로"
        " 실행한 결과가 실행 기록과 같음을 마지막으로 확인한 날짜와 걸린 시간을 적는다. 걸린"
        " 시간에는 앞서 도는 스니펫의 시간도 들어간다. 검증을 되풀이하려면 체크아웃에서"
        " `make verify`를 실행한다. 모든 스니펫이 다시 돌고, 출력이 실행 기록과 다르면 실패한다."
        " `make test`는 더 빠르다. 기본 브랜치에서 맞았던 때와 결과가 달라질 수 있는 것만 다시"
        " 돌리고, 나머지에서는 커밋마다 다른 10분의 1을 돌린다."
        " 여기서 실행하지 않는 스니펫은 그렇게 표시하며, 이유는 그 스니펫을 보이는 페이지에 있다."
        " 같은 내용을 데이터로도 받을 수 있다: [JSON](verification.json).",
        "lab-title": "랩",
        "no-lab": "아직 검증한 것이 없다.",
        "lab-about": "모든 실행 기록은 이 커널과 이미지로 마지막 검증을 했다.",
        "lab-name": "{} 랩",
        "digest": "이미지",
        "kernel": "커널 {}",
        "image": "이미지",
        "package": "패키지",
        "version": "버전",
        "snippet": "스니펫",
        "claim": "주장",
        "lab": "랩",
        "state": "상태",
        "verified": "마지막 검증",
        "pages": "페이지",
    },
}
"""What the page says, by language."""
STATES = {
    "en": {
        State.FRESH: "fresh",
        State.STALE: "stale",
        State.MISSING: "no recording",
        State.EDITED: "edited by hand",
        State.UNREADABLE: "unreadable",
        State.NOT_RUN: "not run here",
    },
    "ko": {
        State.FRESH: "최신",
        State.STALE: "낡음",
        State.MISSING: "기록 없음",
        State.EDITED: "손으로 고침",
        State.UNREADABLE: "읽을 수 없음",
        State.NOT_RUN: "여기서 실행하지 않음",
    },
}
"""The states' names, by language."""
LABS = {
    "en": {
        "namespace": "namespace",
        "machine": "machine",
        "docker": "Docker",
        "browser": "browser",
    },
    "ko": {
        "namespace": "네임스페이스",
        "machine": "가상 머신",
        "docker": "Docker",
        "browser": "브라우저",
    },
}
"""The labs' names, by language."""
