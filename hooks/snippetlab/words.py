"""What a page says around transcripts, by language."""

WORDS = {
    "en": {
        "transcript": "Transcript",
        "contrast": "Two transcripts side by side",
        "differs": "differs",
        "host": "host",
        "status": "exit status {}",
        "hidden": "Setup: {} commands",
        "hidden-one": "Setup: one command",
        "more": "{} more lines",
        "more-one": "one more line",
        "ran": "Ran in the {} lab",
        "not-run": "Not run here",
        "pending": "Not run yet",
        "pending-again": "Changed since it ran, and not run again yet",
        "pending-here": "These are only the commands. The {} lab cannot run here:",
        "pending-patch": "Push the branch and open a pull request: its workflow runs them and"
        " offers <code>recordings.patch</code> to download. Then, in your checkout:",
        "pending-record": "These are only the commands. To run them and keep what they print:",
        "source": "documented at",
        "copy": "Copy commands",
        "copied": "Copied",
        "run": "Run here",
        "verified": "verified {}",
        "volatile": "{}: differs from run to run",
        "legend": "differs from run to run",
        "step": "Link to the step {}",
        "download": "Download {}",
    },
    "ko": {
        "transcript": "실행 기록",
        "contrast": "나란히 놓은 두 실행 기록",
        "differs": "다름",
        "host": "호스트",
        "status": "종료 상태 {}",
        "hidden": "준비 명령 {}개",
        "hidden-one": "준비 명령 1개",
        "more": "{}줄 더",
        "more-one": "1줄 더",
        "ran": "{} 랩에서 실행",
        "not-run": "여기서 실행하지 않음",
        "pending": "아직 실행하지 않음",
        "pending-again": "바뀐 뒤로 아직 다시 실행하지 않음",
        "pending-here": "명령만 보인다. 여기서는 {} 랩을 쓸 수 없다:",
        "pending-patch": "브랜치를 올리고 풀 리퀘스트를 열면 워크플로가 명령을 실행하고, 그 기록을"
        " <code>recordings.patch</code>로 내려받게 해 준다. 내려받은 뒤 체크아웃에서 실행한다:",
        "pending-record": "명령만 보인다. 실행해서 출력을 기록하려면:",
        "source": "출처",
        "copy": "명령 복사",
        "copied": "복사함",
        "run": "여기서 실행",
        "verified": "{} 검증",
        "volatile": "{}: 실행할 때마다 다르다",
        "legend": "실행할 때마다 다르다",
        "step": "{} 단계의 링크",
        "download": "{} 내려받기",
    },
}
"""What the page says around a transcript, by language."""
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
KINDS = {
    "en": {
        "container-id": "container ID",
        "inode": "inode number",
        "ipv4": "IPv4 address",
        "ipv6": "IPv6 address",
        "kernel": "kernel release",
        "mac": "MAC address",
        "n": "number",
        "namespace-id": "namespace ID",
        "path": "temporary path",
        "pid": "process ID",
        "port": "port number",
        "sha256": "digest",
        "timestamp": "time",
        "uuid": "UUID",
        "veth": "interface",
    },
    "ko": {
        "container-id": "컨테이너 ID",
        "digest": "다이제스트",
        "duration": "걸린 시간",
        "inode": "아이노드 번호",
        "ipv4": "IPv4 주소",
        "ipv6": "IPv6 주소",
        "kernel": "커널 릴리스",
        "mac": "MAC 주소",
        "n": "수",
        "namespace-id": "네임스페이스 ID",
        "path": "임시 경로",
        "percentage": "비율",
        "pid": "프로세스 ID",
        "port": "포트 번호",
        "sha256": "다이제스트",
        "size": "크기",
        "timestamp": "시각",
        "uuid": "UUID",
        "version": "버전",
        "veth": "인터페이스",
    },
}
"""What kinds of volatile value are called, by language; others go by their own names."""


def counted(language: str, name: str, count: int) -> str:
    """Words for that many; English has a form of its own for one."""
    words = WORDS[language]
    return words[f"{name}-one"] if count == 1 else words[name].format(count)
