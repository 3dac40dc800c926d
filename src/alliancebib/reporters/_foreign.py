"""Foreign text made harmless: nothing that a page or a file says may steer a terminal or reorder a line.

Used by every reporter before the text is put into its own form.
"""

from __future__ import annotations

import re
import unicodedata

__all__ = ["STEERING", "escaped_json", "harmless", "is_file", "one_line"]

#: Controls, marks that reorder text (https://www.unicode.org/reports/tr9), Unicode's line ends, lone surrogates.
STEERING = re.compile(r"[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff\ufff9-\ufffb]")

#: The same but for line ends, of which a long report has very many.
_STEERING_IN_LINES = re.compile(STEERING.pattern.replace(r"\x00-\x1f", r"\x00-\x09\x0b-\x1f"))
#: What stands between the user's name and the host in an address.
_PASSWORD = re.compile(r"(\b[A-Za-z][A-Za-z0-9+.-]{0,20}://[^\s/?#@:]{1,200}):[^\s/?#@]{1,200}@")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")


def harmless(text: str) -> str:
    r"""Show what would steer a terminal by its number; line ends and tabs become spaces.

    >>> harmless("a\x1b[31mred")
    'a\\x1b[31mred'
    """
    return STEERING.sub(_shown, re.sub(r"[\r\n\t]+", " ", text))


def one_line(text: str, limit: int = 600) -> str:
    """Make a text harmless and cut it where it is longer than any sentence of ours."""
    shown = unicodedata.normalize("NFC", harmless(text)).strip()
    shown = _PASSWORD.sub(r"\1:***@", shown.replace("##[", "## ["))  # the latter is a command to some CIs
    return shown if len(shown) <= limit else f"{shown[: limit - 1]}…"


def escaped_json(text: str) -> str:
    """Let what would steer a terminal stand as JSON's own escape; the text ends with a line end.

    The line ends of the indented form are the only controls that `json.dumps` leaves below U+0080.
    """
    return _STEERING_IN_LINES.sub(lambda match: f"\\u{ord(match[0]):04x}", text) + "\n"


def is_file(page: str) -> bool:
    """Say whether a page is a file, rather than an address, standard input or nothing.

    >>> is_file("references/csto.txt"), is_file("https://example.org/list"), is_file("stdin")
    (True, False, False)
    """
    return page not in {"", "stdin"} and not _ADDRESS.match(page)


def _shown(match: re.Match[str]) -> str:
    number = ord(match.group())
    return f"\\x{number:02x}" if number < 0x100 else f"\\u{number:04x}"
