"""Addresses as people and servers write them, and IP addresses that are nobody's business."""

from __future__ import annotations

import pytest

from alliancebib.web.address import Address, BadAddress, is_public, join_address, read_address

GOOD = {
    "http://example.org": "http://example.org/",
    "HTTP://EXAMPLE.org:80/A?b#c": "http://example.org/A?b",
    "https://example.org:8443/x": "https://example.org:8443/x",
    "http://example.org?q=1": "http://example.org/?q=1",
    "  http://example.org/a b  ": "http://example.org/a%20b",
    "http://example.org/a%20b%zz": "http://example.org/a%20b%25zz",
    "http://example.org/\tna\nme": "http://example.org/name",
    "http:\\\\example.org\\a?b=\\": "http://example.org/a?b=%5C",
    "https://одкб.рф/новости": "https://xn--90afso.xn--p1ai/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8",
    "http://straße.de/": "http://xn--strae-oqa.de/",
    "http://ＥＸＡＭＰＬＥ.org/": "http://example.org/",
    "http://[2606:4700::1111]:8080/x": "http://[2606:4700::1111]:8080/x",
    "http://me:pass@example.org/": "http://example.org/",
    "http://example.org./x": "http://example.org/x",
    "https://web.archive.org/web/2020/http://example.org/": "https://web.archive.org/web/2020/http://example.org/",
    "http://example.org/a;b,c(d)'e'*!$&+=:@~": "http://example.org/a;b,c(d)'e'*!$&+=:@~",
    "http://example.org/\udc80": "http://example.org/%EF%BF%BD%EF%BF%BD%EF%BF%BD",
}


@pytest.mark.parametrize("text", GOOD)
def test_an_address_is_read_as_a_browser_reads_it(text: str) -> None:
    address = read_address(text)
    assert isinstance(address, Address)
    assert address.url == GOOD[text]
    assert address.url.isascii()
    assert read_address(address.url) == Address(
        scheme=address.scheme, host=address.host, port=address.port, target=address.target
    )


BAD = {
    "": "address",
    "www.example.org": "address",
    "example.org:80/x": "address",
    "localhost:8000": "address",
    "//example.org/x": "address",
    "http://": "address",
    "http:///x": "address",
    "http://exa mple.org/": "address",
    "http://a..b/": "address",
    "http://[::1": "address",
    "http://[no]/": "address",
    "http://example.org:0/": "address",
    "http://example.org:99999/": "address",
    "http://example.org:x/": "address",
    "http://exam%00ple.org/": "address",
    f"http://{'a' * 64}.org/": "address",
    "ftp://example.org/x": "scheme",
    "mailto:a@example.org": "scheme",
    "file:///etc/passwd": "scheme",
    "doi:10.1000/1": "scheme",
}


@pytest.mark.parametrize("text", BAD)
def test_what_is_no_address_says_why(text: str) -> None:
    address = read_address(text)
    assert isinstance(address, BadAddress)
    assert address.problem == BAD[text]
    assert address.detail.endswith(".")


def test_redirects_are_joined() -> None:
    here = read_address("https://me:pw@example.org/a/b?q#here")
    assert isinstance(here, Address)
    joined = {
        location: join_address(here, location)
        for location in (
            "c",
            "/c",
            "?r",
            "//other.org/c",
            "https://example.org/c#there",
            "http://example.org/c",
            " /c ",
        )
    }
    urls = {location: there.full_url for location, there in joined.items() if isinstance(there, Address)}
    assert urls == {
        "c": "https://example.org/a/c#here",
        "/c": "https://example.org/c#here",
        "?r": "https://example.org/a/b?r#here",
        "//other.org/c": "https://other.org/c#here",
        "https://example.org/c#there": "https://example.org/c#there",
        "http://example.org/c": "http://example.org/c#here",
        " /c ": "https://example.org/c#here",
    }
    users = {location for location, there in joined.items() if isinstance(there, Address) and there.user}
    assert users == {"c", "/c", "?r", "https://example.org/c#there", " /c "}
    assert isinstance(join_address(here, "http://[bad"), BadAddress)


PRIVATE = """10.0.0.1 172.16.0.1 192.168.1.1 127.0.0.1 127.8.8.8 169.254.169.254 100.64.0.1 0.0.0.0 224.0.0.1 240.0.0.1
255.255.255.255 192.0.2.1 198.18.0.1 203.0.113.5 ::1 :: fc00::1 fd12::1 fe80::1 fe80::1%eth0 fec0::1 ff02::1 2001:db8::1
::ffff:10.0.0.1 ::ffff:127.0.0.1 ::7f00:1 64:ff9b::7f00:1 64:ff9b::a00:1 64:ff9b:1::1 2002:7f00:1::
2001::1 name""".split()


@pytest.mark.parametrize("text", PRIVATE)
def test_private_addresses_are_known_in_every_dress(text: str) -> None:
    assert not is_public(text)


@pytest.mark.parametrize("text", "1.1.1.1 93.184.216.34 2606:4700::1111 ::ffff:8.8.8.8 64:ff9b::808:808".split())
def test_public_addresses_are_known(text: str) -> None:
    assert is_public(text)
