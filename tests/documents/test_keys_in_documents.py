"""Keys of joined entries in documents: what cites follows, everything else stays as it is."""

from __future__ import annotations

import pytest

from alliancebib.documents import language_of, rewrite
from alliancebib.errors import UsageError

KEYS = {"b": "a", "roe:2020": "roe2020", "old": "new", "x": "two words"}

LATEX = [
    (r"\cite{b}", r"\cite{a}"),
    (r"\cite{a,b}", r"\cite{a}"),
    (r"\cite{b, a, c}", r"\cite{a, c}"),
    (r"\cite{ b }", r"\cite{ a }"),
    (r"\citep[see][p.~3]{b}", r"\citep[see][p.~3]{a}"),
    (r"\parencite*[\cite{b}]{old}", r"\parencite*[\cite{a}]{new}"),
    (r"\textcite{c,old ,d}", r"\textcite{c,new ,d}"),
    (r"\autocites(see)(etc)[1]{b}[2]{old}", r"\autocites(see)(etc)[1]{a}[2]{new}"),
    (
        r"\Footcite{old}\nocite{old}\citeauthor{old}\fullcite {old}",
        r"\Footcite{new}\nocite{new}\citeauthor{new}\fullcite {new}",
    ),
    ("\\cite{a,% comment b\n old}", "\\cite{a,% comment b\n new}"),
    ("\\cite{a,% old\n b}", "\\cite{a,% old\n a}"),
    ("\\cite{old,\r\n  roe:2020}", "\\cite{new,\r\n  roe2020}"),
    (r"50\% of \cite{b} % \cite{b}", r"50\% of \cite{a} % \cite{b}"),
    (
        "\\begin{verbatim}\n% \\cite{b}\n\\end{verbatim}\\cite{b}",
        "\\begin{verbatim}\n% \\cite{b}\n\\end{verbatim}\\cite{a}",
    ),
    ("% \\begin{verbatim}\n\\cite{b}", "% \\begin{verbatim}\n\\cite{a}"),
    (r"\verb|\cite{b} %| \cite{b}", r"\verb|\cite{b} %| \cite{a}"),
    (
        r"\ref{b} \label{b} \textbf{b} \cite{b2} \cite{bb} \cite{B}",
        r"\ref{b} \label{b} \textbf{b} \cite{b2} \cite{bb} \cite{B}",
    ),
    (r"\citestyle{old}\citetext{old}\newcites{b}{old}", r"\citestyle{old}\citetext{old}\newcites{b}{old}"),
    (r"\newcommand{\mycite}[1]{\cite{#1}} \mycite{b}", r"\newcommand{\mycite}[1]{\cite{#1}} \mycite{a}"),
    (r"\cite{b", r"\cite{b"),
    (r"\textcquote{b}{c} \blockcquote[3]{b}[,]{b}", r"\textcquote{a}{c} \blockcquote[3]{a}[,]{b}"),
    (
        r"\foreigntextcquote{b}[p.~3]{b}{b} \hybridblockcquote{b}{b}",
        r"\foreigntextcquote{b}[p.~3]{a}{b} \hybridblockcquote{b}{a}",
    ),
    (r"\begin{displaycquote}[see][3]{b} b", r"\begin{displaycquote}[see][3]{a} b"),
    (r"\begin{foreigndisplaycquote}{b}{b} b", r"\begin{foreigndisplaycquote}{b}{a} b"),
    (
        r"\bibentry{b} \defbibentryset{b}{b,c} \nobibliography{b}",
        r"\bibentry{a} \defbibentryset{b}{a,c} \nobibliography{b}",
    ),
    (r"\cite{a,a}", r"\cite{a,a}"),
]
MARKDOWN = [
    ("[@b]", "[@a]"),
    ("[@b]: http://b\n\n[^1]: See @b.\n", "[@b]: http://b\n\n[^1]: See @a.\n"),
    ("[@a; @b]", "[@a]"),
    ("[see @a; -@b]", "[see @a; -@a]"),
    ("[-@a; -@b; @c]", "[-@a; @c]"),
    ("[@a; @b, p. 3]", "[@a; @a, p. 3]"),
    ("[@a, p. 3; @b]", "[@a, p. 3; @a]"),
    ("As @b, and @b; or -@b: @{b}.", "As @a, and @a; or -@a: @{a}."),
    ("@roe:2020. @roe:2020:x @roe:2020-b", "@roe2020. @roe:2020:x @roe:2020-b"),
    ("@x says", "@{two words} says"),
    ("mail me@b or x_@b, \\@b, https://example.org/@b", "mail me@b or x_@b, \\@b, https://example.org/@b"),
    ("[t](https://example.org/@b) <https://example.org/@b>", "[t](https://example.org/@b) <https://example.org/@b>"),
    ("`@b` and ``a ` @b`` and @b", "`@b` and ``a ` @b`` and @a"),
    ("```r\n@b\n```\n@b\n", "```r\n@b\n```\n@a\n"),
    ("```r\r\n@b\r\n```\r\n@b\r\n", "```r\r\n@b\r\n```\r\n@a\r\n"),
    ("```one``` line\n\n@b", "```one``` line\n\n@a"),
    ("~~~~\n@b\n~~~\n@b\n~~~~\n@b", "~~~~\n@b\n~~~\n@b\n~~~~\n@a"),
    ("Text\n\n    @b\n\nText @b", "Text\n\n    @b\n\nText @a"),
    ("- item\n\n    more on @b\n", "- item\n\n    more on @a\n"),
    ("<!-- @b -->@b", "<!-- @b -->@a"),
    ("---\nnocite: |\n  @b, @c\n...\n", "---\nnocite: |\n  @a, @c\n...\n"),
    ("\\cite{b} and {cite:p}`b,c` and {cite}`c`", "\\cite{a} and {cite:p}`a,c` and {cite}`c`"),
    ("*@b* _see @old_ (@b)", "*@a* _see @old_ (@a)"),
    ("a @ b, @ and @bb", "a @ b, @ and @bb"),
]
ORG = [
    ("[cite:@b]", "[cite:@a]"),
    ("[cite/t/c:see @a p. 3; @b p. 4]", "[cite/t/c:see @a p. 3; @a p. 4]"),
    ("[cite:@a;@b]", "[cite:@a]"),
    ("[[cite:&b;&c]] cite:b,c", "[[cite:&a;&c]] cite:a,c"),
    ("=[cite:@b]= ~cite:b~ and cite:b.", "=[cite:@b]= ~cite:b~ and cite:a."),
    (
        "#+begin_src org\n[cite:@b]\n#+end_src\n# [cite:@b]\n[cite:@b]",
        "#+begin_src org\n[cite:@b]\n#+end_src\n# [cite:@b]\n[cite:@a]",
    ),
    ("\\parencite{b} mail@b.org", "\\parencite{a} mail@b.org"),
]
RST = [
    (":cite:`b`", ":cite:`a`"),
    (":cite:p:`a,b` :footcite:t:`old`", ":cite:p:`a` :footcite:t:`new`"),
    (":cite:p:`{see}b{p. 3}`", ":cite:p:`{see}a{p. 3}`"),
    ("``:cite:`b` `` and :ref:`b`", "``:cite:`b` `` and :ref:`b`"),
    ("Code::\n\n   :cite:`b`\n\n:cite:`b`\n", "Code::\n\n   :cite:`b`\n\n:cite:`a`\n"),
    (".. note:: As :cite:`b`\n   and :cite:`b`\n", ".. note:: As :cite:`a`\n   and :cite:`a`\n"),
    (".. a comment\n   :cite:`b`\n\n:cite:`b`\n", ".. a comment\n   :cite:`b`\n\n:cite:`a`\n"),
]
TYPST = [
    ("@b and @b[p. 3].", "@a and @a[p. 3]."),
    ('#cite(<b>, form: "prose") #cite(label("b"))', '#cite(<a>, form: "prose") #cite(label("a"))'),
    ("@x", '#cite(label("two words"))'),
    (
        "@bb <b> me@b.org `@b` // @b\n/* @b */ https://example.org/@b",
        "@bb <b> me@b.org `@b` // @b\n/* @b */ https://example.org/@b",
    ),
]
CASES = [
    (language, before, after)
    for language, cases in (("latex", LATEX), ("markdown", MARKDOWN), ("org", ORG), ("rst", RST), ("typst", TYPST))
    for before, after in cases
]


@pytest.mark.parametrize(("language", "before", "after"), CASES)
def test_what_cites_follows_and_nothing_else(language: str, before: str, after: str) -> None:
    found = rewrite(before, KEYS, language)
    assert found.text == after
    assert bool(found.changed) is (before != after)


def test_citations_are_counted_not_keys() -> None:
    assert rewrite(r"\cite{b,old} \cite{b} \cite{c}", KEYS, "latex").changed == 2


def test_no_key_is_followed_twice() -> None:
    assert rewrite(r"\cite{one,two}", {"one": "two", "two": "one"}, "latex").text == r"\cite{two,one}"


@pytest.mark.parametrize(("place", "language"), [("a.tex", "latex"), ("b/c.Rmd", "markdown"), ("d.qmd", "markdown")])
def test_the_suffix_tells_the_language(place: str, language: str) -> None:
    assert language_of(place) == language


def test_a_document_of_another_kind_is_refused() -> None:
    with pytest.raises(UsageError, match="no document of this kind") as problem:
        language_of("thesis.docx")
    assert ".tex" in problem.value.help
