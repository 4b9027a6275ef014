"""What grading an answer gives."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Grade:
    """The score of one answer (0 to 1) and the reasons to show, in order of importance.

    `missed` names what a full answer would have had besides, e.g. right options not chosen.
    """

    score: float
    reasons: tuple[str, ...] = ()
    missed: tuple[str, ...] = ()

    @property
    def mark(self) -> str:
        """As `mark_of` its score."""
        return mark_of(self.score)


def mark_of(score: float) -> str:
    """`right` (full marks), `part` or `wrong` (none)."""
    if score >= 1:
        return "right"
    return "part" if score > 0 else "wrong"
