"""Which members of an item two states of its reference differ in: the item and both states come in, new values go out.

What stands in a member that nobody could read is its owner's, and is not written over.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from alliancebib.csl.in_place.edits import Path
from alliancebib.csl.item_reading import FOREIGN, OUR_NAME, Kept, read_back
from alliancebib.csl.items import to_csl, to_plain_csl, variables_of
from alliancebib.model import ExtraValue, Reference

__all__ = ["changed_members"]

#: Variables that many programs write under another name.
_SAME = {"container-title-short": "journalAbbreviation", "title-short": "shortTitle"}
_OURS = ("custom", OUR_NAME)


def changed_members(item: object, old: Reference, new: Reference) -> dict[Path, object]:
    """Give the members of an item that say something else in a new state of its reference; None where one goes.

    An item that this program wrote keeps its account of where all comes from; somebody else's gets no more than what
    CSL has no place for.
    """
    if not isinstance(item, Mapping):
        return {}
    before, now = variables_of(old), variables_of(new)
    written = to_plain_csl(new)
    changed = [
        name for name in {**before, **now} if before.get(name) != now.get(name) and _is_free(name, item, old, new)
    ]
    members: dict[Path, object] = {(name,): written.get(name) for name in changed}
    if old.kind != new.kind and FOREIGN + "type" not in old.extra:
        members["type",] = written["type"]
    custom = item.get("custom")
    if custom is not None and not isinstance(custom, Mapping):
        return members  # somebody else's: there is no place for ours
    own = custom.get(OUR_NAME) if custom else None
    if isinstance(own, Mapping) and "origins" in own:
        return members | (_whole_account(own, new) if members or old.archive_url != new.archive_url else {})
    return members | {(*_OURS, *path): value for path, value in _beside(changed, written, old, new).items()}


def _is_free(name: str, item: Mapping[object, object], old: Reference, new: Reference) -> bool:
    """Say whether a variable may be written: what could not be read has its member until a person decides."""
    if name in _SAME and item.get(_SAME[name]):
        return False
    decided = FOREIGN + name in old.extra and FOREIGN + name not in new.extra
    return decided or name in variables_of(old) or not _says_anything(item.get(name))


def _says_anything(value: object) -> bool:
    """Say whether a value holds a number or a letter anywhere."""
    if isinstance(value, Mapping):
        return any(map(_says_anything, value.values()))
    if isinstance(value, list):
        return any(map(_says_anything, value))
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _whole_account(own: Mapping[str, object], new: Reference) -> dict[Path, object]:
    custom = to_csl(new)["custom"]
    assert isinstance(custom, dict)
    account = custom[OUR_NAME]
    named = {"id": own["id"]} if "id" in own else {}
    return {_OURS: {name: value for name, value in account.items() if name != "id"} | named}


def _beside(changed: list[str], written: Mapping[str, object], old: Reference, new: Reference) -> dict[Path, object]:
    """Give what CSL cannot say of what changed: "et al.", addresses of copies, and values that it holds in part."""
    beside: dict[Path, object] = {}
    now = variables_of(new)
    if others := [name for name in changed if _has_others(now.get(name))]:
        beside["others",] = [name for name in now if _has_others(now[name])]
    for name in changed:
        value = now.get(name)
        flag = name in others
        if value is not None and read_back(name, written.get(name), others=flag) != value:
            beside["kept", name] = msgspec.to_builtins(Kept(written.get(name), value))
    if old.archive_url != new.archive_url:
        beside["archive_url",] = new.archive_url or None
    for name, value in new.extra.items():
        if name not in now and not name.startswith(FOREIGN) and old.extra.get(name) != value:
            beside["extra", name] = msgspec.to_builtins(value)
    return beside


def _has_others(value: ExtraValue | None) -> bool:
    return isinstance(value, tuple) and bool(value) and value[-1].others
