"""Rich text in five outputs: special characters, links, seams."""

from __future__ import annotations

import pytest

from alliancebib.csl.citeproc_py.marked_text import field_text, linked, marked, runs_of, tidied
from alliancebib.csl.output.formats import OUTPUTS
from alliancebib.csl.output.runs import Run

SPECIAL = r"& < > * _ [ ] $ % # { } ~ ^ \ ` |"


@pytest.mark.parametrize(
    ("output", "text"),
    [
        ("text", SPECIAL),
        ("html", r"&amp; &lt; &gt; * _ [ ] $ % # { } ~ ^ \ ` |"),
        ("markdown", r"& \< \> \* \_ \[ \] \$ % \# \{ \} \~ \^ \\ \` \|"),
        ("rst", r"& \< \> \* \_ [ ] $ % # { } ~ ^ \\ \` \|"),
        (
            "latex",
            (
                r"\& \textless{} \textgreater{} * \_ [ ] \$ \% \# \{ \} \textasciitilde{} \textasciicircum{} "
                r"\textbackslash{} ` \textbar{}"
            ),
        ),
    ],
)
def test_special_characters(output: str, text: str) -> None:
    assert OUTPUTS[output](runs_of(field_text(SPECIAL))) == text


@pytest.mark.parametrize(
    ("output", "text"),
    [
        ("text", "A B."),
        ("html", "A <i>B</i>."),
        ("markdown", "A *B*."),
        ("rst", r"A :emphasis:`B`\ ."),
        ("latex", r"A \textit{B}."),
    ],
)
def test_italics(output: str, text: str) -> None:
    assert OUTPUTS[output](runs_of(f"A {marked('italic', 'B')}.")) == text


@pytest.mark.parametrize(
    ("output", "text"),
    [
        ("html", '<a href="https://doi.org/10.1/a%3Cb%3E_%25">https://doi.org/10.1/a&lt;b&gt;_%</a>'),
        ("markdown", r"[https://doi.org/10.1/a\<b\>\_%](<https://doi.org/10.1/a%3Cb%3E_%25>)"),
        ("latex", r"\href{https://doi.org/10.1/a\%3Cb\%3E_\%25}{https://doi.org/10.1/a\textless{}b\textgreater{}\_\%}"),
        ("rst", r"`https://doi.org/10.1/a\<b\>\_% <https://doi.org/10.1/a%3Cb%3E_%25>`__"),
    ],
)
def test_a_doi_is_a_link_with_the_address_that_the_style_writes(output: str, text: str) -> None:
    assert OUTPUTS[output](runs_of(f"https://doi.org/{linked('doi', '10.1/a<b>_%')}")) == text


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd"])
def test_only_addresses_of_the_web_are_links(address: str) -> None:
    assert runs_of(linked("url", address)) == (Run(address),)


@pytest.mark.parametrize(
    ("text", "tidy"),
    [
        ("Who knows?. Nature", "Who knows? Nature"),
        (f"{marked('italic', 'Who knows?')}. Nature", f"{marked('italic', 'Who knows?')} Nature"),
        (f"{marked('italic', 'Proc.')}. Rome", f"{marked('italic', 'Proc.')} Rome"),
        ("Yahoo!: a study of C++ :: and () ...", "Yahoo!: a study of C++ :: and () ..."),
        (f"See {linked('url', 'https://x.org/a?.b,.c')}.", f"See {linked('url', 'https://x.org/a?.b,.c')}."),
    ],
)
def test_seams(text: str, tidy: str) -> None:
    assert tidied(text) == tidy


def test_american_quotation_marks_take_the_stop_inside() -> None:
    assert tidied("“A title”. “Why?”, 2", closing_quotes="”") == "“A title.” “Why?” 2"
    assert tidied("“A title”. “Why?”, 2") == "“A title”. “Why?”, 2"


def test_markup_of_fields_is_understood_and_turned_round_inside_the_same() -> None:
    runs = runs_of(marked("italic", field_text("On <i>Homo</i> <b>x</b> H<sub>2</sub>O <script>")))
    assert [(run.text, sorted(run.styles)) for run in runs] == [
        ("On ", ["italic"]),
        ("Homo", []),
        (" ", ["italic"]),
        ("x", ["bold", "italic"]),
        (" H", ["italic"]),
        ("2", ["italic", "sub"]),
        ("O <script>", ["italic"]),
    ]


@pytest.mark.parametrize("text", ["1. Title", "- x", "+ x", "12) x"])
def test_an_entry_begins_no_list(text: str) -> None:
    assert "\\" in OUTPUTS["markdown"](runs_of(text))
