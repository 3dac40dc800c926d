# ruff: noqa: E501 - patterns read best in one piece
"""Judgments and acts as OSCOLA writes them: parties, number of the case, neutral citation, report; act and section.

Places of a judgment stand behind each other. The first report is the work's own, what else there is becomes a note.
"""

from __future__ import annotations

import re

from alliancebib.model import PartialDate
from alliancebib.outline.dates import date_at
from alliancebib.parsers._draft import Draft

__all__ = ["IN_VOLUME", "PIN", "REPORTER", "act", "judgment", "take_volume"]

_YEAR = r"(?:18|19|20)\d\d"
REPORTER = (
    r"(?P<name>[A-Z][\w.'’&-]{0,24}(?:\s(?:[A-Z&][\w.'’&-]{0,24}|of|the|and|for|on|in|\([A-Z][A-Za-z]{0,5}\))){0,7})"
)
#: "(2011) 121 Yale LJ 252", "[2003] 2 AC 57", "[2005] ECR I-7879".
IN_VOLUME = re.compile(
    rf"(?:[,;]?\s)?[(\[](?P<year>{_YEAR})[)\]]\s(?:(?P<volume>\d{{1,4}})(?:\((?P<issue>[\d–/-]{{1,7}})\))?\s)?{REPORTER}\s(?P<page>(?:I{{1,3}}[-‑–]|[A-Z]{{0,2}})\d{{1,5}}(?:/\d{{1,3}})?)(?![\w-])"
)
#: "(HL)", "(CA)", "(Ch D)" behind a report.
_COURT = re.compile(r"\s\((?P<court>[A-Z][\w ]{0,20})\)(?![\w(])")
_PLACES = r"\d{1,5}(?:[–-]\d{1,5})?|\[\d{1,4}\](?:[–-]\[\d{1,4}\])?"
#: "237–38", "[12]–[14]", "para 12" behind it, and who said it.
PIN = re.compile(
    rf",?\s(?P<pin>(?:paras?\s)?(?:{_PLACES})(?:,\s(?:{_PLACES})){{0,3}}(?:\s\([A-Z][^()]{{2,40}}\))?)(?=[,;]\s[\[(]|\s\([A-Z]|$)"
)
_NEUTRAL = re.compile(
    rf"(?:[,;]?\s)?\[(?P<year>{_YEAR})\]\s(?P<court>(?:UK(?:HL|SC|PC|UT|FTT|EAT|SIAC)|EW(?:CA|HC|CC|FC|COP)|NI(?:CA|QB|KB|Ch|Fam)|CS(?:OH|IH)|HCJAC|IE(?:SC|HC|CA)|"
    r"NZ(?:SC|CA|HC)|HCA|FCA|FCAFC|SCC|ZA(?:CC|SCA)|SG(?:CA|HC)|HKC(?:FA|FI|A)|NSW(?:CA|SC)|VSCA?|QCA|WASCA)(?:\s(?:Civ|Crim))?)\s(?P<number>\d{1,5})(?:\s\((?P<division>[A-Z][A-Za-z]{1,12})\))?(?!\w)"
)
_NUMBER = r"(?:[CTF][-‑–])?\d{1,4}/\d{2,4}(?:\s[A-Z]{1,3}(?=[\s)]))?"
_NUMBERS = rf"{_NUMBER}(?:(?:,\s|\sand\s|\sto\s|[–-]){_NUMBER}){{0,6}}"
_NUMBER_IN_FRONT = re.compile(rf"(?:Joined\s)?Cases?\s(?P<number>{_NUMBERS}),?\s(?=\S)")
_NUMBER_BEHIND = re.compile(rf"\s\((?:Joined\s)?Cases?\s(?P<number>{_NUMBERS})\)$")
#: "EU:C:2012:346": what the Court of Justice calls a judgment.
_ECLI = re.compile(rf",?\s(?P<ecli>(?:ECLI:)?EU:[CTF]:(?P<year>{_YEAR}):\d{{1,5}})(?!\w)")
#: "App no 23452/94 (ECtHR, 28 October 1998)".
_APPLICATION = re.compile(
    r",?\s[Aa]pp(?:lication)?s?\.?\snos?\.?\s(?P<number>\d{1,6}/\d{2}(?:(?:,\s|\sand\s)\d{1,6}/\d{2}){0,5})\s\((?P<court>[A-Z][\w ]{1,30}),\s(?P<date>[^(),]{6,24})\)"
)
_PARTIES = re.compile(r"\sv\.?\s|^(?:Re|In re|Ex p(?:arte)?|The)\s")
_BEGINS = re.compile(rf"(?:,\s|\s)(?:[(\[]{_YEAR}[)\]]\s|(?:ECLI:)?EU:[CTF]:|[Aa]pp(?:lication)?s?\.?\snos?\.?\s)")
#: So many places of a judgment are tried at most, and so many stand behind each other.
_MOST = 6

_ACT = re.compile(
    rf"(?P<title>[A-Z][^\s]{{0,30}}(?:\s(?:[A-Z(][^\s]{{0,30}}|and|of|the|for|etc\.?|in|on|to|by|with|from|or)){{1,20}}?\s(?P<sort>Act|Regulations|Order|Rules|Measure)\s(?P<year>{_YEAR}))"
    r"(?:\s\((?P<place>[A-Z][A-Za-z]{1,15})\))?(?P<number>,\sSI\s\d{4}/\d{1,5})?(?:,\s(?P<part>(?:ss?|pts?|schs?|arts?|regs?|rr?|paras?)\s\d[\w().–-]{0,20}(?:(?:,\s|\s|\sand\s)[\w().–-]{1,20}){0,6}))?$"
)


def judgment(draft: Draft, start: int, end: int) -> bool:
    """Read a judgment: its parties, and one place or more where it stands; say whether it is one."""
    view = draft.view[:end]
    front = _NUMBER_IN_FRONT.match(view, start)
    title = front.end() if front else start
    for begin in list(_BEGINS.finditer(view, title + 3))[:_MOST]:
        behind = _NUMBER_BEHIND.search(view[title : begin.start()])
        stop = title + behind.start() if behind else begin.start()
        if not (front or behind or _PARTIES.search(view[title:stop])) or "[" in view[title:stop]:
            continue
        found = _places(view, begin.start(), end)
        if not found:
            continue
        for numbered, offset in ((front, 0), (behind, title)):
            if numbered:
                draft.add_extra("number", numbered["number"])
                draft.mark("number", offset + numbered.start(), offset + numbered.end())
        draft.take("title", title, stop)
        for match in found:
            _take(draft, match)
        return True
    return False


def _places(view: str, place: int, end: int) -> list[re.Match[str]]:
    """Give what stands behind the parties up to the end; nothing where something of it is not understood."""
    found: list[re.Match[str]] = []
    for _ in range(_MOST):
        forms = (_NEUTRAL, _ECLI, _APPLICATION, IN_VOLUME, *((_COURT, PIN) if found else ()))
        match = next((match for form in forms if (match := form.match(view, place))), None)
        if match is None:
            break
        found.append(match)
        place = match.end()
    return found if place == end else []


def _take(draft: Draft, match: re.Match[str]) -> None:
    """Set the fields of one piece behind the parties; what is set already becomes a note."""
    form = match.re
    if form is IN_VOLUME and not draft.fields.get("container_title"):
        take_volume(draft, match)
    elif form is _COURT:
        _take_court(draft, match["court"], match)
    elif form is _NEUTRAL:
        _take_neutral(draft, match)
    elif form is _APPLICATION and (date := date_at(match["date"], 0)):
        draft.add_extra("number", match["number"])
        draft.mark("number", match.start(), match.start("court"))
        draft.add_extra("authority", match["court"])
        draft.mark("authority", *match.span("court"))
        draft.take("issued", match.end("court"), match.end(), date.date)
    else:
        group = "pin" if form is PIN else "ecli" if form is _ECLI else 0
        draft.add_note(draft.words(*match.span(group)).strip(" ,;"))
        draft.mark("note", *match.span())
        if form is _ECLI:
            draft.put("issued", PartialDate(year=int(match["year"])))


def _take_neutral(draft: Draft, match: re.Match[str]) -> None:
    court = match["court"] + (f" ({match['division']})" if match["division"] else "")
    draft.put("issued", PartialDate(year=int(match["year"])))
    if "number" in draft.fields.get("extra", {}) or not draft.add_extra("authority", court):  # type: ignore[operator]
        draft.add_note(draft.words(*match.span()).strip(" ,;"))
        draft.mark("note", *match.span())
        return
    draft.add_extra("number", match["number"])
    draft.mark("issued", match.start(), match.start("court"))
    draft.mark("authority", *match.span("court"))
    draft.mark("number", *match.span("number"))
    draft.mark("authority", match.end("number"), match.end())


def _take_court(draft: Draft, court: str, match: re.Match[str]) -> None:
    if not draft.add_extra("authority", court):
        draft.add_note(court)
    draft.mark("authority", *match.span())


def take_volume(draft: Draft, match: re.Match[str]) -> None:
    """Set what a place in a volume says."""
    for field, group in (("volume", "volume"), ("issue", "issue"), ("container_title", "name"), ("page", "page")):
        if match[group]:
            draft.take(field, *match.span(group))
    draft.take_date(*match.span("year"), PartialDate(year=int(match["year"])))


def act(draft: Draft, start: int, end: int) -> bool:
    """Read an act of parliament or an order: "Human Rights Act 1998, s 15(1)(b)"; say whether it is one."""
    match = _ACT.match(draft.view[:end], start)
    if match is None or (match["sort"] != "Act" and not (match["number"] or match["part"])):
        return False
    draft.take("title", *match.span("title"))
    draft.put("issued", PartialDate(year=int(match["year"])))
    for group in ("place", "part"):
        if match[group]:
            draft.add_note(match[group])
            draft.mark("note", *match.span(group))
    if match["number"]:
        draft.add_extra("number", match["number"].strip(" ,"))
        draft.mark("number", *match.span("number"))
    return True
