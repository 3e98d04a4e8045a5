"""Who reads a hand-over, and who may see an item of the case."""

from __future__ import annotations

from enum import StrEnum


class Visibility(StrEnum):
    """To whom an item is open; each word adds a reader to those before it."""

    PRIVATE = "prive"
    COUNSEL = "conseil"
    BAILIFF = "commissaire"
    COMMUNICATED = "communique"


class Reader(StrEnum):
    """For whom an output is made; the owner sees all but his own private notes."""

    OWNER = "proprietaire"
    COUNSEL = "conseil"
    BAILIFF = "commissaire"
    OPPONENT = "adverse"
    JUDGE = "juge"

    def may_see(self, item: Visibility) -> bool:
        """Whether an item is open to this reader.

        >>> Reader.COUNSEL.may_see(Visibility.COUNSEL), Reader.JUDGE.may_see(Visibility.COUNSEL)
        (True, False)
        """
        return _ORDER.index(item) >= _ORDER.index(_LEAST[self])

    @property
    def sees_drafts(self) -> bool:
        """Whether letters that have not left are shown."""
        return self in (Reader.OWNER, Reader.COUNSEL)

    @property
    def sees_checks(self) -> bool:
        """Whether findings are shown, with what was set aside and what a judge may ask."""
        return self in (Reader.OWNER, Reader.COUNSEL)

    @property
    def sees_deadlines(self) -> bool:
        """Whether the days by which the creditor must act are shown."""
        return self not in (Reader.OPPONENT, Reader.JUDGE)


_ORDER = list(Visibility)
_LEAST = {
    Reader.OWNER: Visibility.PRIVATE,
    Reader.COUNSEL: Visibility.COUNSEL,
    Reader.BAILIFF: Visibility.BAILIFF,
    Reader.OPPONENT: Visibility.COMMUNICATED,
    Reader.JUDGE: Visibility.COMMUNICATED,
}
