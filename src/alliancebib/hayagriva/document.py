"""YAML text as plain values, and back: text comes in, the entries of its mapping with their lines go out.

Only events of PyYAML are used, never its constructors: no tag of a document makes an object, every scalar is text, and
depth, number of values and what aliases repeat are bounded. Where the text as a whole is no YAML, each entry is read by
itself, so that a broken one does not cost the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import msgspec
import yaml

__all__ = ["Entry", "Value", "read_entries", "write_entries"]

#: A value of a document: text, nothing, a list, a mapping.
Value = str | list["Value"] | dict[str, "Value"] | None

#: Deeper than any entry with its parents, and far below where Python's own stack ends.
_DEEPEST = 40
#: Values that aliases may add to a document; a bibliography has a few, a "billion laughs" more in its second line.
_REPEATED = 10_000

_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TOP = re.compile(r"^(?![ \t#]|---|\.\.\.|%|[\])},])\S[^\n]*", re.MULTILINE)
_NOTHING = frozenset({"", "~", "null", "Null", "NULL"})
#: Plain scalars that some reader of YAML 1.1 or 1.2 takes for something else than text.
_NOT_TEXT = re.compile(
    r"[-+]?(?:0[xob]?[\da-f_]+|\.\d[\d_]*|\d[\d_,:.]*)(?:e[-+]?\d+)?|[-+]?\.(?:inf|nan)|y|n|yes|no|on|off|true|false"
    r"|null|~",
    re.IGNORECASE,
)
_LINE_END = re.compile("[\n\r\x85\u2028\u2029]")


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """One pair of the outermost mapping, its line and text; ``problem`` says why it has no value."""

    key: str = ""
    value: Value = None
    line: int = 0
    raw: str = ""
    problem: str = ""
    notes: tuple[str, ...] = ()


class _RefusedError(Exception):
    """The document is deeper or larger than it may be."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


def read_entries(text: str) -> list[Entry]:
    r"""Read the pairs of the outermost mapping; what can be read of none is an entry with its problem.

    >>> [(entry.key, entry.value) for entry in read_entries("a: {date: 2020-01}\nb: [1, ~]")]
    [('a', {'date': '2020-01'}), ('b', ['1', None])]
    """
    try:
        return list(_whole(text))
    except (yaml.YAMLError, _RefusedError, ValueError) as problem:
        parts = _parts(text)
        if len(parts) < 2:
            line = problem.line if isinstance(problem, _RefusedError) else _line_of(problem)
            return [Entry(line=line, raw=text, problem=_said(problem))]
    return [entry for start, part in parts for entry in _alone(start, part)]


def _alone(start: int, part: str) -> Iterator[Entry]:
    """Read a stretch of text by itself that begins where the line of an entry does."""
    try:
        for entry in _whole(part):
            yield msgspec.structs.replace(entry, line=entry.line + start - 1)
    except (yaml.YAMLError, _RefusedError, ValueError) as problem:
        yield Entry(line=start, raw=part.rstrip("\n"), problem=_said(problem))


def _parts(text: str) -> list[tuple[int, str]]:
    """Part the text where a line without indentation begins; give each part with its line."""
    starts = [match.start() for match in _TOP.finditer(text)]
    starts = starts if starts[:1] == [0] else [0, *starts]
    ends = [*starts[1:], len(text)]
    parts, line, counted = [], 1, 0
    for start, end in zip(starts, ends, strict=True):
        line += text.count("\n", counted, start)
        counted = start
        parts.append((line, text[start:end]))
    return parts


def _said(problem: Exception) -> str:
    if isinstance(problem, yaml.MarkedYAMLError):
        return problem.problem or "it is no YAML"
    return str(problem).split("\n", maxsplit=1)[0] or "it is no YAML"


def _line_of(problem: Exception) -> int:
    mark = getattr(problem, "problem_mark", None)
    return mark.line + 1 if mark else 1


class _Node:
    """A value that is being read, what it counts and how deep it is when an alias repeats it, and where it began."""

    def __init__(self, value: Value, event: yaml.Event) -> None:
        mark = event.start_mark
        self.value = value
        self.size = 1
        self.height = 0
        self.start = mark.index if mark else 0
        self.line = mark.line + 1 if mark else 0
        self.key: str | None = None
        self.repeats: Counter[str] = Counter()
        self.notes: list[str] = []


def _whole(text: str) -> Iterator[Entry]:
    """Read the mappings of all documents in a text; an outermost value of another sort is an entry without a key."""
    rows = _Rows(text)
    for node, pairs, end in _documents(text):
        if isinstance(node.value, dict):
            ends = [*(start for _, _, start, _, _ in pairs[1:]), end]
            for (key, value, start, line, notes), stop in zip(pairs, ends, strict=True):
                yield Entry(key=key, value=value, line=line, raw=rows.between(start, stop), notes=notes)
        elif node.value is not None:
            raw = rows.between(node.start, end)
            yield Entry(line=node.line, raw=raw, problem="it is no mapping of keys to entries")


class _Rows:
    """The text, of which stretches are asked for by the places that PyYAML counts."""

    def __init__(self, text: str) -> None:
        self.text = text.removeprefix("\ufeff")

    def between(self, start: int, end: int) -> str:
        return self.text[start:end].rstrip()


_Pair = tuple[str, Value, int, int, tuple[str, ...]]


def _documents(text: str) -> Iterator[tuple[_Node, list[_Pair], int]]:
    """Give the outermost value of each document, the pairs of it if it is a mapping, and where it ends."""
    stack: list[_Node] = []
    pairs: list[_Pair] = []
    anchors: dict[str, _Node] = {}
    repeated = 0
    for event in yaml.parse(text, Loader=_LOADER):
        if isinstance(event, yaml.DocumentStartEvent):
            pairs, anchors = [], {}
            continue
        node = _opened(event, anchors)
        if node is None:
            continue
        if isinstance(event, yaml.AliasEvent):
            repeated += node.size
        _refuse(node, stack, repeated)
        if isinstance(event, yaml.CollectionStartEvent):
            stack.append(node)
            continue
        if isinstance(event, yaml.CollectionEndEvent):
            node = stack.pop()
        if stack:
            _put(stack[-1], node, pairs if len(stack) == 1 else None)
        else:
            yield node, pairs, event.end_mark.index if event.end_mark else 0


def _refuse(node: _Node, stack: list[_Node], repeated: int) -> None:
    """Stop where aliases repeat too much or themselves, or values stand too deep in one another."""
    if repeated > _REPEATED:
        raise _RefusedError("aliases repeat too much", node.line)
    if not isinstance(node.value, str | None) and any(node.value is outer.value for outer in stack):
        raise _RefusedError("an alias stands within what it repeats", node.line)
    if len(stack) + node.height > _DEEPEST:
        raise _RefusedError("it is nested too deeply", node.line)


def _opened(event: yaml.Event, anchors: dict[str, _Node]) -> _Node | None:
    """Make the node that an event begins; None for events that begin none."""
    if isinstance(event, yaml.CollectionEndEvent):
        return _Node(None, event)
    if isinstance(event, yaml.AliasEvent):
        known = anchors.get(event.anchor or "")
        if known is None:
            raise _RefusedError(f"there is no anchor `{event.anchor}`", _Node(None, event).line)
        alias = _Node(known.value, event)
        alias.size, alias.height = known.size, known.height
        return alias
    if isinstance(event, yaml.ScalarEvent):
        plain = event.implicit[0] and not event.style
        node = _Node(None if plain and event.value in _NOTHING else event.value, event)
    elif isinstance(event, yaml.MappingStartEvent):
        node = _Node({}, event)
    elif isinstance(event, yaml.SequenceStartEvent):
        node = _Node([], event)
    else:
        return None
    if event.anchor:
        anchors[event.anchor] = node
    return node


def _put(outer: _Node, node: _Node, pairs: list[_Pair] | None) -> None:
    """Put a finished value into the collection around it."""
    outer.size += node.size
    outer.height = max(outer.height, node.height + 1)
    outer.notes += node.notes
    if isinstance(outer.value, list):
        outer.value.append(node.value)
    elif outer.key is None:
        outer.key = _as_key(node.value)
        outer.start = node.start if pairs is not None else outer.start
        outer.line = node.line if pairs is not None else outer.line
    elif isinstance(outer.value, dict):
        key, outer.key = outer.key, None
        if pairs is not None:
            pairs.append((key, node.value, outer.start, outer.line, tuple(node.notes)))
            outer.value.setdefault(key, node.value)
        elif key in outer.value:
            outer.notes.append(f"The field `{key}` stands twice; the first counts, the second is kept beside it.")
            outer.repeats[key] += 1
            outer.value.setdefault(f"{key}-{outer.repeats[key] + 1}", node.value)
        else:
            outer.value[key] = node.value


def _as_key(value: Value) -> str:
    return value if isinstance(value, str) else ("" if value is None else str(value)[:200])


class _Dumper(yaml.SafeDumper):
    """Writes text so that readers of YAML 1.1 and 1.2 take it for text, dates plain, and lists indented."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own attribute
        letter: [(tag, pattern) for tag, pattern in rows if not tag.endswith(":timestamp")]
        for letter, rows in yaml.SafeDumper.yaml_implicit_resolvers.items()
    }

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: FBT001, FBT002, ARG002
        super().increase_indent(flow, False)  # noqa: FBT003

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002
        return True


def _text(dumper: _Dumper, text: str) -> yaml.ScalarNode:
    style = '"' if _NOT_TEXT.fullmatch(text) or _LINE_END.search(text) else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style=style)


_Dumper.add_representer(str, _text)


def write_entries(entries: Sequence[tuple[str, Mapping[str, object]]]) -> str:
    """Write entries under their keys, an empty line between them.

    >>> print(write_entries([("a", {"title": "1e3", "volume": 5})]), end="")
    a:
      title: "1e3"
      volume: 5
    """
    return "\n".join(
        yaml.dump(
            {key: dict(entry)},
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=False,
            width=10**6,
        )
        for key, entry in entries
    )
