"""What a process that builds is asked to do."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Job:
    site: str
    """The directory to build into, which is not there yet."""
    address: str
    report: str
    """The file for what it has to say."""
    base: str = ""
    """The site as it was; of it all but `pages` stays. Empty for a whole build."""
    pages: tuple[str, ...] = ()
    """The sources of the pages that were saved since."""
    patient: bool = False
    """Whether nobody waits for it."""

    @property
    def is_dirty(self) -> bool:
        """As MkDocs calls a build that leaves most pages as they are."""
        return bool(self.base)

    @classmethod
    def read(cls, line: str) -> "Job":
        return cls(**json.loads(line))

    def written(self) -> str:
        """As a line."""
        return json.dumps(asdict(self)) + "\n"
