"""What becomes of a dead address: it counts at once, or its host gets days of grace to mend it.

A state comes in, with what earlier runs saw in it, and goes out with its standing. A host may be down for an hour; an
address that nobody ever saw well and that is gone for certain has nothing to be waited for.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from alliancebib.config import CheckSettings
from alliancebib.finding import LinkState, Severity, Standing, Verdict

__all__ = ["ends_grace", "severity_of", "with_standing", "words_of"]

_SEVERITIES = {
    Standing.COUNTS: Severity.ERROR,
    Standing.GRACE: Severity.WARNING,
    Standing.ARCHIVED: Severity.NOTE,
}


def with_standing(state: LinkState, *, settings: CheckSettings, today: date, host_is_well: bool = False) -> LinkState:
    """Say whether a dead address counts; the standing of others is None.

    ``host_is_well``: other addresses of the host were well in this run.
    """
    if state.verdict is not Verdict.DEAD:
        return msgspec.structs.replace(state, standing=None)
    counts = (
        settings.grace == 0
        or date.fromisoformat(state.checked or today.isoformat()) >= ends_grace(state, settings)
        or (state.outcome != "unreachable" and not state.last_ok)
        or (state.outcome == "gone" and host_is_well and not settings.grace_for_gone)
    )
    return msgspec.structs.replace(state, standing=Standing.COUNTS if counts else Standing.GRACE)


def ends_grace(state: LinkState, settings: CheckSettings) -> date:
    """Give the day from which on a dead address counts if it is dead then; it was so on an earlier day."""
    return date.fromisoformat(state.since) + timedelta(days=settings.grace)


def severity_of(state: LinkState) -> Severity | None:
    """Give the severity of the finding where it is not that of its code: dead is an error once it counts."""
    if state.verdict is not Verdict.DEAD:
        return None
    return _SEVERITIES.get(state.standing or Standing.COUNTS)


def words_of(state: LinkState, *, settings: CheckSettings) -> str:
    """Say since when an address is dead, when it was well, and when that begins to count; "" where it is new.

    >>> state = LinkState(url="x", verdict=Verdict.DEAD, outcome="gone", since="2026-10-02", last_ok="2026-09-02")
    >>> words_of(state, settings=CheckSettings())
    ' Dead since 2026-10-02; it was well on 2026-09-02.'
    """
    if state.verdict is not Verdict.DEAD:
        return ""
    parts = [f"Dead since {state.since}"] if state.since != state.checked else []
    parts += [f"it was well on {state.last_ok}"] if state.last_ok else []
    parts += (
        [f"it counts as dead if it still is so on {ends_grace(state, settings)}"]
        if state.standing is Standing.GRACE
        else []
    )
    parts += ["its archived copy is well"] if state.standing is Standing.ARCHIVED else []
    sentence = "; ".join(parts)
    return f" {sentence[0].upper()}{sentence[1:]}." if sentence else ""
