# ruff: noqa: E501 - patterns read best in one piece
"""What a work calls itself: thesis, report, paper given at a meeting; in brackets behind the title or in the running text.

Patterns only; where they are looked for, and which fields they become, is decided in `citation` and `_rest`.
"""

from __future__ import annotations

import re

__all__ = [
    "DOCUMENT_SYMBOL",
    "FORM_IN_BRACKETS",
    "NUMBER_IN_BRACKETS",
    "OF_SUBJECT",
    "PATENT",
    "PRESENTED_AT",
    "PRESENTED_IN_BRACKETS",
    "REPORT",
    "REPORT_IN_BRACKETS",
    "SERIES_IN_BRACKETS",
    "THESIS",
    "THESIS_IN_BRACKETS",
    "VERSION_IN_BRACKETS",
    "form_kind",
    "kind_of_mark",
    "without_mark",
]

_THESIS = (
    r"(?P<genre>(?:(?:unpublished|published|unveröffentlichte|yayı[mn]lanm(?:am)?ış|inédite|niepublikowana|neopublikovaná|неопубликованная)\s)?(?:(?:doctoral|ph\.?\s?d\.?|phd|d\.?\s?phil\.?|m\.?\s?phil\.?|master(?:['’]?s)?|bachelor(?:['’]?s)?|m\.?a\.?|msc)\s(?:dissertation|thesis|diss\.?)|"
    r"diss(?:ertation|\.)|thesis(?:\s\((?:ph\.?\s?d\.?|d\.?\s?phil\.?|m\.?\s?phil\.?|m\.?a\.?|m\.?sc\.?|doctoral|master(?:['’]?s)?)\))?|diplomarbeit|magisterarbeit|masterarbeit|bachelorarbeit|doktorarbeit|habilitation(?:sschrift)?|tesis (?:doctoral|de maestría)|tesis|thèse de doctorat|"
    r"thèse|mémoire de master|tese de doutorado|tese(?: \([^()]{3,60}\))?|dissertação(?: de mestrado| \([^()]{3,60}\))?|tesi di (?:dottorato|laurea)|proefschrift|doktora tezi|yüksek lisans tezi|"
    r"rozprawa doktorska|praca magisterska|(?:кандидатская|докторская|магистерская) диссертация|диссертация|дисс?\.(?:[^,–—:]{0,60}?\bнаук\b|[^,–—:]{0,60})|автореф(?:[^,–—:]{0,80}?\bнаук\b|[^,–—:]{0,80})))"
)
THESIS = re.compile(rf"{_THESIS}(?!\w)", re.IGNORECASE)
#: "in Political Science", behind the sort of a thesis.
OF_SUBJECT = re.compile(r"\s(?:in|en|of|für|di|de|em|d['’])\s?[^\W\d_][^,.;:()\d]{2,60}")
THESIS_IN_BRACKETS = re.compile(rf"{_THESIS}(?:,\s*(?P<publisher>.+))?", re.IGNORECASE)
REPORT = re.compile(
    r"(?P<genre>(?:(?<![\w-])[A-Z][\w-]{0,40}\s){0,3}(?:[Rr]eport|[Ww]orking [Pp]aper|[Pp]olicy [Bb]rief|[Pp]olicy [Pp]aper|[Ii]ssue (?:[Bb]rief|[Pp]aper)|[Tt]ech(?:nical|\.) [Rr]ep\.|[Rr]ep\.(?=\s[\dA-Z-]{0,6}\d)|[Dd]iscussion [Pp]aper|[Bb]riefing [Pp]aper|"
    r"[Oo]ccasional [Pp]aper|[Rr]esearch [Pp]aper|[Pp]ress [Rr]elease|[Nn]ews [Rr]elease))s?(?:\s?,?\s?(?:[Nn]o|[Nn]r|№)\.?:?)?(?:\s(?P<number>[\w/-]*(?:\(\d{2,4}\))?[\w/-]*\d[\w/-]*))?(?:[.,:]\s+|$)"
)
REPORT_IN_BRACKETS = re.compile(
    r"(?P<genre>.{0,60}?\b(?:report|paper|briefing|brief|technical note|policy note|memorandum|rapport|bericht|informe|rapporto|patent))\s*(?:no\.?|nr\.?|№)?\s*"
    r"(?P<number>[\w./-]*\d[\w.,/-]*)?",
    re.IGNORECASE,
)
#: What square brackets behind a title say of the form of the work (APA 7, section 9.21), and the CSL type of each.
_FORMS = (
    ("post-weblog", r"(?:web)?blog(?: post| entry)?|blogbeitrag|billet de blog|entrada de blog"),
    ("motion_picture", r"(?:online )?video(?: recording| file)?|film|documentary|webinar|vidéo|vídeo|видео"),
    (
        "broadcast",
        r"(?:audio )?podcast(?: episode)?|audio|radio (?:broadcast|programme|interview)|tv (?:series|episode|broadcast)",
    ),
    ("speech", r"speech(?: transcript)?|remarks|address|keynote(?: address)?|lecture|rede|discours|discurso"),
    ("post", r"tweet|post|thread|status update|x post"),
    ("interview", r"interview|entretien|entrevista|intervista|интервью"),
    ("dataset", r"data ?set|data|database"),
    ("map", r"map|infographic"),
)
_FORM_KINDS = tuple((kind, re.compile(words, re.IGNORECASE)) for kind, words in _FORMS)
FORM_IN_BRACKETS = re.compile(
    "|".join(words for _, words in _FORMS)
    + r"|(?:press|news|media) (?:release|statement)|pressemitteilung|communiqué(?: de presse)?|comunicado(?: de prensa)?|fact ?sheet|"
    r"op-ed|editorial|commentary|policy analysis|unpublished manuscript|manuscript|white paper|backgrounder|пресс-релиз",
    re.IGNORECASE,
)
#: Symbols of official documents: United Nations (A/72/1, S/RES/1973 (2011)), European Union (COM(2022) 60 final, 7371/22),
#: parliaments (HC 123, BT-Drs. 20/1).
DOCUMENT_SYMBOL = re.compile(
    r"(?:[AESTC]|ST|CD|DP|TD|OSCE|MC|PC|AU|ECOWAS|CELEX)(?:[./][A-Z\d][\w.()-]{0,20}){1,5}(?:\s\(\d{4}\))?"
    r"|(?:COM|SWD|SEC|JOIN|OJ|C)\s?\(\d{4}\)\s?\d{1,5}(?:\s?(?:final|endg\.?|définitif|final/\d))?|\d{4,5}/\d{2}(?:/\d{4})?"
    r"|(?:BT-)?(?:Drs|Drucksache)\.?\s\d{1,2}/\d{1,6}|(?:HC|HL|Cm|CP)\s\d{2,5}(?:,\s\d{4}[–-]\d{2,4})?"
)
#: What brackets behind a title number: "(No. 112)", "(S/RES/1973)", "(SWP-Aktuell 2018/A 31)".
NUMBER_IN_BRACKETS = re.compile(
    rf"(?:(?:[Ee]pisode|[Nn]o|[Nn]r|№)\.?\s)(?P<number>[\w./-]{{1,12}})|(?P<symbol>{DOCUMENT_SYMBOL.pattern})"
)
SERIES_IN_BRACKETS = re.compile(
    r"(?P<genre>[A-Z][\w’'&-]{1,20}(?:\s[A-Z][\w’'&-]{1,20}){0,3}),?\s(?P<number>(?:[Nn][or]\.?\s(?:[A-Z]{1,4}[.-]?)?\d[\w./-]{0,12}|(?:[A-Z]{1,4}[.-]?)?\d{1,4}/[\w./-]{1,12}(?:(?<=/[A-Z])\s\d{1,3})?))"
)
VERSION_IN_BRACKETS = re.compile(r"(?:[Vv]ersion|[Vv]er\.|[Vv])\s?(?P<version>\d[\w.]{0,10})")
#: "U.S. Patent 3,624,125": office and number.
PATENT = re.compile(
    r"(?P<genre>(?:(?:[A-Z]\.){2,3}\s|[A-Z]{2}\s|[A-Z][a-z]{3,12}\s){0,2}[Pp]atent(?:\s[Aa]ppl(?:ication|\.))?)\s"
    r"(?:[Nn](?:o\.?|r\.?|umber)\s?)?(?P<number>(?:[A-Z]{2}\s?)?\d(?:[ ,/]?\d){4,13}(?:\s?[A-Z]\d?)?)(?![\w-])"
)
#: "[J]", "[EB/OL]": marks of GB/T 7714 behind a title, and the CSL type of each.
_MARKS = {
    "M": "book",
    "J": "article-journal",
    "D": "thesis",
    "R": "report",
    "C": "paper-conference",
    "N": "article-newspaper",
    "P": "patent",
    "DB": "dataset",
    "CP": "software",
    "EB": "webpage",
}
_MARK = re.compile(r"(?<=[^\s\[(])\s?\[(?P<mark>[MJDRCNPSZAG]|EB|DB|CP)(?:/(?:OL|CD|MT|DK))?\](?=[\s.,/]|$)")
PRESENTED_AT = re.compile(
    r"(?:[Cc]onference\s)?(?:[Pp]aper\s)?(?:(?<!\w)[Pp]resented|(?<=aper\s)(?:delivered|given|prepared))\s(?:at|to|for)\s(?:the\s)?|"
    r"[Vv]ortrag\s(?:auf|bei)\s(?:der|dem)\s|[Pp]onencia\spresentada\sen\s(?:el|la)\s"
)
PRESENTED_IN_BRACKETS = re.compile(
    r"(?:conference\s)?(?:paper|poster|keynote)(?:\s(?:presentation|presented|session|address))?|conference (?:paper|presentation)|"
    r"vortrag|konferenzbeitrag|ponencia|communication|доклад|bildiri",
    re.IGNORECASE,
)


def kind_of_mark(text: str) -> str:
    """Give the CSL type that a mark behind the title says; "" where there is none.

    >>> kind_of_mark("Smith J. Alliances[D]. London: Example, 2005."), kind_of_mark("[C] Alliances. 2005.")
    ('thesis', '')
    """
    found = _MARK.search(text) if "]" in text else None
    return _MARKS.get(found["mark"], "") if found else ""


def without_mark(title: str) -> str:
    """Give a title without the mark of its kind at the end.

    >>> without_mark("Alliances[J/OL].")
    'Alliances'
    """
    found = _MARK.search(title) if title.endswith(("]", "].")) else None
    return title[: found.start()] if found and len(title) - found.end() < 2 else title


def form_kind(genre: str) -> str:
    """Give the CSL type of a form that brackets name; "" where it has none of its own.

    >>> form_kind("Blog post"), form_kind("Press release")
    ('post-weblog', '')
    """
    return next((kind for kind, form in _FORM_KINDS if form.fullmatch(genre.strip())), "")
