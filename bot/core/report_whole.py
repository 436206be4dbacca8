"""What is odd about all that a sentence claims: two values for one figure, more than the figure can be."""

from __future__ import annotations

from bot.core.reading import Ask, Claim, Lexicon, Mark, Question, Ratio, Step


def conflicts(claims: list[Claim]) -> list[Question]:
    """Two values for one figure of one unit."""
    first: dict[tuple[tuple[str, ...], tuple[str, ...]], Claim] = {}
    found: list[Question] = []
    for claim in claims:
        other = first.setdefault((claim.units, claim.indicators), claim)
        none = {other.value, claim.value} in ({0, Mark.ZERO}, {Mark.SAME, Mark.ZERO})
        if other.value != claim.value and not none and not isinstance(claim.value, Step):
            found.append(Question(Ask.VALUES, claim.span, claim.indicators))
    wholes = [c for c in claims if not c.indicators and c.value in (Mark.ZERO, Mark.SAME)]
    return found + [
        Question(Ask.VALUES, whole.span)
        for whole in wholes
        if any(other.units == whole.units and _contradicts(other, whole) for other in claims)
    ]


def _contradicts(claim: Claim, whole: Claim) -> bool:
    if claim.value == 0 and whole.value is Mark.ZERO:
        return False
    kept = (Mark.SAME, Mark.ZERO)
    return claim.value != whole.value and not (claim.value in kept and whole.value in kept)


def out_of_range(claims: list[Claim], lexicon: Lexicon) -> list[Question]:
    """Counts beyond the most that the figure can be, ratios beyond their whole."""
    most = {i.code: i.most for i in lexicon.indicators}
    found: list[Question] = []
    for claim in claims:
        limits = [limit for code in claim.indicators if (limit := most.get(code)) is not None]
        if isinstance(claim.value, int) and limits and claim.value > max(limits):
            found.append(Question(Ask.RANGE, claim.span, claim.indicators))
        if isinstance(claim.value, Ratio) and not 0 <= claim.value.part <= claim.value.whole > 0:
            found.append(Question(Ask.RANGE, claim.span, claim.indicators))
    return found
