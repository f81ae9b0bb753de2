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
