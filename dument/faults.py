"""What a reader of one written value raises when it cannot read it without guessing."""

from __future__ import annotations


class Misread(ValueError):
    """A written value that cannot be read, or can be read two ways.

    `slug` is the second half of the diagnostic's id, `message` one plain French sentence and
    `hint` what to write instead.
    """

    def __init__(self, slug: str, message: str, hint: str | None = None) -> None:
        super().__init__(message)
        self.slug = slug
        self.message = message
        self.hint = hint
