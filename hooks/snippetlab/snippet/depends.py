"""What a snippet's output depends on besides its programs: the tag `depends`."""

KERNEL = "kernel"
"""All that it can name."""


def parse_depends(names: object) -> frozenset[str]:
    """Read the tag. Raises ValueError for what is not the kernel."""
    if not isinstance(names, list) or not {KERNEL}.issuperset(names):
        raise ValueError(f"the tag `depends` can name the {KERNEL} only")
    return frozenset(names)
