# ruff: noqa: E501 - patterns read best in one piece
"""What a work calls itself: thesis, report, paper given at a meeting; in brackets behind the title or in the running text.

Patterns only; where they are looked for, and which fields they become, is decided in `citation` and `_rest`.
"""

from __future__ import annotations

import re

__all__ = ["PRESENTED_AT", "PRESENTED_IN_BRACKETS", "REPORT", "REPORT_IN_BRACKETS", "THESIS", "THESIS_IN_BRACKETS"]

_THESIS = (
    r"(?P<genre>(?:(?:unpublished|published)\s)?(?:doctoral|ph\.?\s?d\.?|phd|master(?:['’]?s)?|bachelor(?:['’]?s)?|m\.?a\.?|msc)\s(?:dissertation|thesis|diss\.?)|"
    r"diss(?:ertation|\.)|thesis|masterarbeit|bachelorarbeit|doktorarbeit|habilitation(?:sschrift)?|tesis (?:doctoral|de maestría)|tesis|thèse de doctorat|"
    r"thèse|mémoire de master|tese de doutorado|dissertação(?: de mestrado)?|tesi di (?:dottorato|laurea)|proefschrift|doktora tezi|yüksek lisans tezi|"
    r"rozprawa doktorska|praca magisterska|(?:кандидатская|докторская|магистерская) диссертация|диссертация|дис\.[^,–]{0,60}|автореф[^,–]{0,80})"
)
THESIS = re.compile(rf"{_THESIS}(?!\w)", re.IGNORECASE)
THESIS_IN_BRACKETS = re.compile(rf"{_THESIS}(?:,\s*(?P<publisher>.+))?", re.IGNORECASE)
REPORT = re.compile(
    r"(?P<genre>(?:[A-Z][\w-]*\s){0,3}(?:[Rr]eport|[Ww]orking [Pp]aper|[Pp]olicy [Bb]rief|[Pp]olicy [Pp]aper|[Dd]iscussion [Pp]aper|[Bb]riefing [Pp]aper|"
    r"[Oo]ccasional [Pp]aper|[Rr]esearch [Pp]aper))s?(?:\s?,?\s?(?:[Nn]o|[Nn]r|№)\.?)?(?:\s(?P<number>[\w/-]*\d[\w/-]*))?(?:[.,:]\s+|$)"
)
REPORT_IN_BRACKETS = re.compile(
    r"(?P<genre>.{0,60}?\b(?:report|working paper|policy brief|policy paper|discussion paper|research paper))\s*(?:no\.?|nr\.?|№)?\s*"
    r"(?P<number>[\w./-]*\d[\w./-]*)?",
    re.IGNORECASE,
)
PRESENTED_AT = re.compile(
    r"(?:[Cc]onference\s)?[Pp]aper\s(?:presented|delivered|given|prepared)\s(?:at|to|for)\s(?:the\s)?|"
    r"[Vv]ortrag\s(?:auf|bei)\s(?:der|dem)\s|[Pp]onencia\spresentada\sen\s(?:el|la)\s"
)
PRESENTED_IN_BRACKETS = re.compile(
    r"(?:conference\s)?(?:paper|poster|keynote)(?:\s(?:presentation|presented|session|address))?|conference (?:paper|presentation)|"
    r"vortrag|konferenzbeitrag|ponencia|communication|доклад|bildiri",
    re.IGNORECASE,
)
