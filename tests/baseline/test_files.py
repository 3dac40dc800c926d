"""The file of a baseline: sorted lines, the same bytes; what is wrong in it is told with its line."""

from __future__ import annotations

from datetime import date

import pytest

from alliancebib.baseline import Baseline, Fault, baseline_text, read_baseline
from alliancebib.errors import SettingsError, UsageError
from baseline.made import fault

LINE = '{ code = "AB301", reference = "r1", subject = "https://e.org/", since = 2026-11-01, reason = "" }'


def read(text: str) -> Baseline:
    return read_baseline(text.encode(), place="accepted.toml")


def test_the_file_has_a_fault_on_each_line() -> None:
    faults = (
        fault("AB303", reference="", until=date(2027, 3, 1)),
        fault("AB301", reference="r2", reason="it's rebuilt"),
    )
    text = baseline_text(Baseline(faults=faults))
    about = 'subject = "https://www.example.org/a", outcome'
    assert text.splitlines()[2:] == [
        "accepted = [",
        f'  {{ code = "AB301", reference = "r2", {about} = "gone", since = 2026-11-01, reason = "it\'s rebuilt" }},',
        f'  {{ code = "AB303", {about} = "refused", since = 2026-11-01, until = 2027-03-01, reason = "known" }},',
        "]",
    ]
    again = read(text)
    assert again.faults == faults[::-1]
    assert again.lines == (4, 5)


def test_an_empty_baseline_is_a_file_too() -> None:
    assert read(baseline_text(Baseline())).faults == ()
    assert read("").faults == ()
    assert read("# nothing\n").faults == ()


def test_nothing_in_a_line_can_leave_it() -> None:
    odd = fault(subject="", message='a\n"b" \\ \x1b[31m \u202e \u2028 \x85 \r\n\t\x00 \U000e0041', reason="'''")
    text = baseline_text(Baseline(faults=(odd,)))
    assert len(text.splitlines()) == len(text.split("\n")) - 1 == 5
    assert "\x1b" not in text
    assert "\u202e" not in text
    assert read(text).faults == (odd,)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        (f"accepted = [\n  {LINE},\n  # a remark\n\n  {LINE}\n]\n", (2, 5)),
        (f"accepted = [{LINE}]\n", (1,)),
        (f"accepted = [{LINE}, {LINE}]\n", (0, 0)),  # two on a line
        ('[[accepted]]\ncode = "AB301"\nsubject = "x"\n\n[[accepted]]\ncode = "AB302"\nsubject = "x"\n', (1, 5)),
        (f"\ufeffaccepted = [\r\n  {LINE},\r\n]\r\n", (2,)),
    ],
)
def test_other_ways_to_write_it_are_read(text: str, lines: tuple[int, ...]) -> None:
    assert read(text).lines == lines


@pytest.mark.parametrize(
    ("text", "place", "words"),
    [
        (f"accepted = [\n  {LINE}\n  {LINE}\n]\n", "accepted.toml:3", "no valid TOML"),
        (f"<<<<<<< ours\naccepted = [\n  {LINE}\n]\n", "accepted.toml:1", "no valid TOML"),
        (f"accepted = [\n  {LINE},\n", "accepted.toml:2", "no valid TOML"),
        (
            "accepted = [\n  { code = 'AB301', subject = 'x', since = 2026-02-30 },\n]",
            "accepted.toml:2",
            "no valid TOML",
        ),
        ("acepted = []\n", "accepted.toml:1", "Did you mean `accepted`?"),
        ("# x\naccepted = 3\n", "accepted.toml:2", "no list"),
        ("accepted = [\n  3,\n]\n", "accepted.toml", "a table of its own"),
        ("accepted = [\n  { code = 'AB301', subjekt = 'x' },\n]\n", "accepted.toml:2", "Did you mean `subject`?"),
        ("accepted = [\n  { code = 'AB3O1', subject = 'x' },\n]\n", "accepted.toml:2", "Did you mean `AB301`"),
        ("accepted = [\n  { subject = 'x' },\n]\n", "accepted.toml:2", "There is no code"),
        ("accepted = [\n  { code = 'AB301' },\n]\n", "accepted.toml:2", "what the fault is about"),
        ("accepted = [\n  { code = 'AB301', subject = 3 },\n]\n", "accepted.toml:2", "`subject` is no text"),
        ("accepted = [\n  { code = 3, subject = 'x' },\n]\n", "accepted.toml:2", "`code` is no text"),
        ("accepted = [\n  { code = 'AB301', subject = 'x', until = '2027' },\n]\n", "accepted.toml:2", "no day"),
        (
            "accepted = [\n  { code = 'AB301', subject = 'x', since = 2027-01-01T00:00:00 },\n]\n",
            "accepted.toml:2",
            "`since` is no day",
        ),
        ("accepted = " + "[" * 5000, "accepted.toml", "nested too deeply"),
        ("accepted = [\n" + "9" * 5000 + "\n]", "accepted.toml", "no valid TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(text: str, place: str, words: str) -> None:
    with pytest.raises(UsageError) as problem:
        read(text)
    assert problem.value.place.startswith(place)
    assert words in problem.value.message
    assert problem.value.help
    assert len(problem.value.message) < 300


def test_bytes_that_are_no_text_are_told_with_their_line() -> None:
    with pytest.raises(SettingsError, match="not UTF-8") as problem:
        read_baseline(b"# x\naccepted = [] # \xff", place="accepted.toml")
    assert problem.value.place == "accepted.toml:2"


def test_a_fault_needs_no_more_than_it_needs() -> None:
    assert read("accepted = [{ code = 'AB301', subject = 'x' }]").faults == (Fault(code="AB301", subject="x"),)
