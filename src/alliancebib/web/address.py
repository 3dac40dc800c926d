"""Addresses: text becomes an `Address` that can be asked, and an IP address is judged public or not.

Reading is as tolerant as a browser's (https://url.spec.whatwg.org): foreign letters are percent-encoded once, foreign
host names become their ``xn--`` form, the fragment stays off the wire. What is no address becomes a `BadAddress`.
"""

from __future__ import annotations

import re
import unicodedata
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit

import msgspec

__all__ = ["Address", "BadAddress", "is_local", "is_public", "join_address", "read_address"]

DEFAULT_PORTS = {"http": 80, "https": 443}

#: What stays as it is in a path or query: everything that has a meaning there, and ``%`` of what is encoded already.
_KEPT = "!$%&'()*+,/:;=?@[]~|"
_STRAY_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f]")
#: Characters that no host name has (https://url.spec.whatwg.org/#forbidden-domain-code-point).
_NOT_IN_HOST = re.compile(r"[\x00-\x20\x7f\"#%/:<>?@\[\\\]^`{|}]")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
#: IPv4 addresses in IPv6 dress: the well-known prefix of NAT64 (RFC 6052); the others are properties of IPv6Address.
_NAT64 = IPv6Network("64:ff9b::/96")


class Address(msgspec.Struct, frozen=True, kw_only=True):
    """An http or https address in parts, ready for the wire.

    ``host`` is in ASCII and lower case, an IPv6 address without brackets; ``target`` is path and query;
    ``user`` is ``name:password`` where the address states them.
    """

    scheme: str
    host: str
    port: int
    target: str
    fragment: str = ""
    user: str = ""

    @property
    def authority(self) -> str:
        """Host, and the port where it is not the scheme's own: what the header ``Host`` says."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return host if self.port == DEFAULT_PORTS[self.scheme] else f"{host}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and authority."""
        return f"{self.scheme}://{self.authority}"

    @property
    def url(self) -> str:
        """The address as asked for: no fragment, no password."""
        return self.origin + self.target

    @property
    def full_url(self) -> str:
        """The address with its fragment: what a reader would see."""
        return f"{self.url}#{self.fragment}" if self.fragment else self.url

    @property
    def path(self) -> str:
        """The target without its query."""
        return self.target.partition("?")[0]


class BadAddress(msgspec.Struct, frozen=True):
    """Why a text is no address that can be visited: ``problem`` is "scheme" or "address", ``detail`` one sentence."""

    problem: str
    detail: str


def read_address(text: str) -> Address | BadAddress:
    """Read an absolute http or https address.

    >>> read_address("https://Пример.рф/статья?q=a b#top").url
    'https://xn--e1afmkfd.xn--p1ai/%D1%81%D1%82%D0%B0%D1%82%D1%8C%D1%8F?q=a%20b'
    >>> read_address("www.example.org")
    BadAddress(problem='address', detail='It does not begin with http:// or https://.')
    """
    tidy = _tidy(text)
    try:
        parts = urlsplit(tidy)
        scheme = parts.scheme.lower()
        if scheme not in DEFAULT_PORTS:
            return _wrong_scheme(tidy, scheme)
        host, port = _host(parts), parts.port
    except ValueError as problem:
        return BadAddress("address", f"It is not a valid address: {str(problem)[:200]}.")
    if not host or port == 0 or (_NOT_IN_HOST.search(host) and ":" not in host):
        return BadAddress("address", "It has no valid host name.")
    path = parts.path if parts.path.startswith("/") else f"/{parts.path}"
    query = f"?{parts.query}" if parts.query else ""
    user = unquote(parts.netloc.rpartition("@")[0])
    return Address(
        scheme=scheme,
        host=host,
        port=port or DEFAULT_PORTS[scheme],
        target=_encoded(path + query),
        fragment=parts.fragment,
        user=user,
    )


def join_address(here: Address, location: str) -> Address | BadAddress:
    """Read the target of a redirect, relative or not; the fragment goes on where the target states none.

    User name and password go on only within one origin.
    """
    try:
        joined = urljoin(here.url, _tidy(location))
    except ValueError as problem:
        return BadAddress("address", f"It redirects to something that is no address: {str(problem)[:200]}.")
    there = read_address(joined)
    if isinstance(there, BadAddress):
        return there
    user = here.user if there.origin == here.origin and not there.user else there.user
    return msgspec.structs.replace(there, fragment=there.fragment or here.fragment, user=user)


def is_local(address: Address) -> bool:
    """Say whether an address is by its looks on this machine or on a network of one's own; no name is resolved.

    >>> [is_local(read_address(f"http://{host}/")) for host in ("127.0.0.1", "wiki", "printer.local", "example.org")]
    [True, True, True, False]
    """
    try:
        ip_address(address.host)
    except ValueError:
        return "." not in address.host or address.host.endswith((".localhost", ".local", ".internal", ".home.arpa"))
    return not is_public(address.host)


def is_public(text: str) -> bool:
    """Say whether an IP address belongs to the public internet.

    Loopback, private, link-local, shared, multicast, reserved and documentation addresses do not, in IPv4 dress or in
    IPv6 dress (mapped, compatible, 6to4, NAT64).

    >>> [is_public(text) for text in ("1.1.1.1", "10.0.0.1", "::ffff:127.0.0.1", "fe80::1%eth0")]
    [True, False, False, False]
    """
    try:
        address = ip_address(text.partition("%")[0])
    except ValueError:
        return False
    address = _undressed(address)
    if isinstance(address, IPv6Address) and address.is_site_local:
        return False
    special = address.is_multicast or address.is_reserved or address.is_unspecified or address.is_loopback
    return address.is_global and not special and not address.is_link_local


def _undressed(address: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFFFFFF)
    return address.ipv4_mapped or address.sixtofour or address


def _tidy(text: str) -> str:
    """Take out what browsers take out: controls, space at the ends, backslashes for slashes before the query."""
    bare = _CONTROLS.sub("", text.strip())
    place, mark, rest = re.fullmatch(r"([^?#]*)([?#]?)(.*)", bare, re.DOTALL).groups()  # type: ignore[union-attr]
    return place.replace("\\", "/") + mark + rest


def _host(parts: SplitResult) -> str:
    """Give the host in ASCII: unquoted, normalised, each foreign label as punycode (IDNA 2008 keeps ß and ς)."""
    name = parts.hostname or ""
    if ":" in name:
        ip_address(name.partition("%")[0])
        return name
    name = unicodedata.normalize("NFKC", unquote(name)).lower().replace("。", ".")
    labels = name.rstrip(".").split(".")
    made = [label if label.isascii() else f"xn--{label.encode('punycode').decode('ascii')}" for label in labels]
    if any(not label or len(label) > 63 for label in made) or len(name) > 253:
        raise ValueError("its host name is missing, or has an empty or overlong part")
    return ".".join(made)


def _encoded(target: str) -> str:
    whole = target.encode("utf-8", "surrogatepass").decode("utf-8", "replace")  # half a character is none
    return quote(_STRAY_PERCENT.sub("%25", whole), safe=_KEPT)


def _wrong_scheme(text: str, scheme: str) -> BadAddress:
    # "example.org:80/x" has the shape of a scheme too, but no scheme has a dot in use.
    if not _SCHEME.match(text) or "." in scheme or scheme == "localhost":
        return BadAddress("address", "It does not begin with http:// or https://.")
    return BadAddress("scheme", f"Its scheme is {scheme}:, which is neither http: nor https:.")
