"""What a page says around transcripts, by language."""

WORDS = {
    "en": {
        "transcript": "Transcript",
        "contrast": "Two transcripts side by side",
        "differs": "differs",
        "host": "host",
        "status": "exit status {}",
        "hidden": "Setup: {} commands",
        "more": "{} more lines",
        "ran": "Ran in the {} lab",
        "not-run": "Not run here",
        "source": "documented at",
        "copy": "Copy commands",
        "copied": "Copied",
    },
    "ko": {
        "transcript": "실행 기록",
        "contrast": "나란히 놓은 두 실행 기록",
        "differs": "다름",
        "host": "호스트",
        "status": "종료 상태 {}",
        "hidden": "준비 명령 {}개",
        "more": "{}줄 더",
        "ran": "{} 랩에서 실행",
        "not-run": "여기서 실행하지 않음",
        "source": "출처",
        "copy": "명령 복사",
        "copied": "복사함",
    },
}
"""What the page says around a transcript, by language."""
LABS = {"en": {"namespace": "namespace"}, "ko": {"namespace": "네임스페이스"}}
"""The labs' names, by language."""
