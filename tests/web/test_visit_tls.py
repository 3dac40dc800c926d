"""Certificates that browsers refuse, told apart; the certificates are made for the test, and the host is 127.0.0.1."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from pathlib import Path

import pytest

from alliancebib.web import Visit
from alliancebib.web.visit import Visitor
from loopback import Site

OPENSSL = shutil.which("openssl")


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Make a self-signed certificate for a host name."""
    if OPENSSL is None:
        pytest.skip("the command openssl is not installed")
    pem, key = folder / "made.pem", folder / "made.key"
    words = "req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2".split()
    names = ["-subj", f"/CN={name}", "-addext", f"subjectAltName=DNS:{name}"]
    made = [OPENSSL, *words, *names, "-keyout", str(key), "-out", str(pem)]
    subprocess.run(made, check=True, capture_output=True)
    return pem, key


def visit(folder: Path, *, name: str, asked: str, trusted: bool) -> tuple[Visit, Site]:
    pem, key = certificate(folder, name)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem, key)
    visitor = Visitor(user_agent="alliancebib/test", timeout=2, allow_private=True, resolve=lambda *_: ["127.0.0.1"])
    if trusted:
        visitor._tls = ssl.create_default_context(cafile=str(pem))
    with Site() as site:
        site._server.socket = context.wrap_socket(site._server.socket, server_side=True)
        return visitor.visit(f"https://{asked}:{site.port}/ok"), site


def test_a_trusted_certificate_for_the_name_is_good(tmp_path: Path) -> None:
    seen, site = visit(tmp_path, name="made.test", asked="made.test", trusted=True)
    assert (seen.status, seen.problem) == (200, "")
    assert site.headers[0]["host"] == f"made.test:{site.port}"


def test_a_certificate_for_another_name_is_named(tmp_path: Path) -> None:
    seen, site = visit(tmp_path, name="made.test", asked="other.test", trusted=True)
    assert seen.problem == "tls"
    assert "another name" in seen.detail
    assert site.asked == []


def test_a_self_signed_certificate_is_named(tmp_path: Path) -> None:
    seen, _ = visit(tmp_path, name="made.test", asked="made.test", trusted=False)
    assert seen.problem == "tls"
    assert "self-signed" in seen.detail


def test_plain_http_on_a_secure_port_is_no_secure_connection() -> None:
    visitor = Visitor(user_agent="alliancebib/test", timeout=2, allow_private=True)
    with Site() as site:
        seen = visitor.visit(f"https://127.0.0.1:{site.port}/ok")
    assert seen.problem == "handshake"
