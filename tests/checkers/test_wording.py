"""What pages say of themselves: lines in many languages, whole pages of many makers, walls, and hostile markup."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from alliancebib.checkers._absence import BARE, CLEAR, NONE, WEAK, strength
from alliancebib.checkers._page import read_body, seen
from alliancebib.checkers._verdict import judge, settle
from alliancebib.checkers._walls import asks_to_log_in, leads_to_consent, leads_to_log_in, shows_wall
from alliancebib.checkers._wording import alike, says_not_found, says_parked
from alliancebib.web import Hop, Visit
from growth import in_proportion

TITLES = tomllib.loads(Path(__file__).with_name("titles.toml").read_text("utf-8"))
NOT_FOUND = [*TITLES["not_found"].strip().split("\n"), *TITLES["not_found_unseen"].strip().split("\n")]
REAL = TITLES["real"].strip().split("\n")
HTML = {"content-type": "text/html; charset=utf-8"}
LAYOUTS = {
    "title": "<html><head><title>{}</title></head><body><p>x</p></body></html>",
    "title and site": "<title>{} | The Daily Treaty</title><p>x</p>",
    "site and title": "<title>Евразийский обозреватель — {}</title><p>x</p>",
    "heading": "<title>The Daily Treaty</title><body><h1 class='big'><span>{}</span></h1><p>x</p>",
    "for other sites": "<title>News</title><meta property='og:title' content=\"{}\"><p>x</p>",
}
WORDS = " ".join(f"Parties consult one another on article {word}" for word in ("one", "two", "three", "four") * 12)
ARTICLE = f"<html><head><title>{{}}</title></head><body><nav>Home</nav><article><p>{WORDS}</p></article></body></html>"


def page(body: str, title: str = "The Daily Treaty") -> str:
    return f"<!doctype html><html><head><title>{title}</title></head><body>{body}</body></html>"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_lines_of_absence_are_read_wherever_a_page_is_named(layout: str) -> None:
    assert len(NOT_FOUND) > 400
    assert [line for line in NOT_FOUND if not says_not_found(LAYOUTS[layout].format(line))] == []


def test_capitals_and_lost_accents_do_not_matter() -> None:
    lines = ("PAGE NOT FOUND", "СТРАНИЦА НЕ НАЙДЕНА", "Pagina no encontrada", "SAYFA BULUNAMADI",
             "Strona nie zostala znaleziona",
             "Cette page n’existe pas", "Cette page n'existe pas",
             "Sahifa yo‘q", "Sahifa yo'q", "Page introuvable !")  # fmt: skip
    assert {line: strength(line) for line in lines} == dict.fromkeys(lines, CLEAR)


def test_titles_of_real_pages_say_nothing() -> None:
    said = [line for line in REAL for layout in LAYOUTS.values() if says_not_found(layout.format(line))]
    assert said == []


@pytest.mark.parametrize(
    ("line", "how"),
    [
        ("Page not found", CLEAR),
        ("404 - gone", CLEAR),
        ("The requested URL /news/2019/item.html was not found on this server.", CLEAR),
        ("Not found", BARE),
        ("404", BARE),
        ("Missing", WEAK),
        ("Missing page", WEAK),
        ("Nothing found", WEAK),
        ("You seem to be lost", WEAK),
        ("Ничего не найдено", WEAK),
        ("Страница nicht gefunden", NONE),
        ("", NONE),
    ],
)
def test_lines_have_their_strength(line: str, how: int) -> None:
    assert strength(line) == how


#: Whole pages as systems make them, and whether they say so clearly (True), maybe (False) or not at all (None).
PAGES: dict[str, tuple[str, bool | None]] = {
    "WordPress": (
        page(
            "<header class='site-header'><p>Treaties</p></header><main><h1>Oops! That page can&rsquo;t be found.</h1>"
            "<p>It looks like nothing was found at this location. Maybe try a search?</p></main><footer>By us</footer>",
            "Page not found &#8211; Treaty blog",
        ),
        True,
    ),
    "Drupal": (
        page("<h1>Page not found</h1><div>The requested page could not be found.</div>", "Page not found | OSCE"),
        True,
    ),
    "Bitrix": (
        page("<h1>404 Not Found</h1><p>Страница не найдена. Карта</p>", "404 Not Found"),
        True,
    ),
    "MediaWiki": (
        page("<h1>No such page</h1><p>There is currently no text in this page.</p>", "No such page - Treaty wiki"),
        True,
    ),
    "the title is the site's": (
        page("<div class='menu'>Home</div><p>К сожалению, запрашиваемая страница не найдена.</p>"),
        False,
    ),
    "in a picture book of errors": (page("<h2>Hoppla!</h2><p>Diese Seite gibt es leider nicht mehr.</p>"), False),
    "lesser heading": (page("<h1>The Daily Treaty</h1><h2>Page not found</h2><p>Search</p>"), True),
    "lesser heading of an article": (ARTICLE.format("Web design") + "<h3>Page not found</h3>", False),
    "Express": (page("<pre>Cannot GET /news/item</pre>", "Error"), False),
    "Django": (
        page("<h1>Not Found</h1><p>The requested resource was not found on this server.</p>", "Not Found"),
        True,
    ),
    "IIS": (page("<h2>404 - File or directory not found.</h2><h3>The resource has been removed.</h3>", "404"), True),
    "Apache": (
        page("<h1>Not Found</h1><p>The requested URL /x was not found on this server.</p>", "404 Not Found"),
        True,
    ),
    "Next": (
        page("<h1>404</h1><h2>This page could not be found.</h2>", "404: This page could not be found."),
        True,
    ),
    "a shell": (
        page("<div id=root></div><noscript><h1>Not found</h1></noscript><script>'Page not found'</script>"),
        None,
    ),
    "an article on it": (ARTICLE.format("What “Page not found” means for archives"), None),
    "an article that quotes it": (
        ARTICLE.format("Links rot").replace("<p>", "<p>Page not found.</p>") * 2,
        None,
    ),
    "hardly a word": (page("<div>404</div><a href=/>Back</a>"), False),
    "a list without hits": (page("<h1>Treaties</h1><p>Comments</p><p>No comments yet</p>", "Treaties"), None),
}


@pytest.mark.parametrize("case", PAGES)
def test_whole_pages(case: str) -> None:
    text, clear = PAGES[case]
    found = says_not_found(text)
    assert (found and found.clear) == clear


# -- doubts and how they are settled


def visit(url: str, body: str = "", status: int = 200, end: str = "", code: int = 302) -> Visit:
    hops = (Hop(url=url, status=code),) if end else ()
    return Visit(url=url, final_url=end or url, status=status, hops=hops, headers=HTML, body=body.encode())


def outcome(asked: Visit, probe: Visit) -> str:
    judgement = judge(asked)
    return (settle(judgement, probe) if judgement.doubt else judgement).outcome


URL, BESIDE = "https://a.test/news/2019/item", "https://a.test/news/2019/none"
CLEARLY, MAYBE = page("<p>x</p>", "Page not found"), page("<p>x</p>", "Missing")
OTHER, PARKED = ARTICLE.format("Treaties"), page("<h1>a.test</h1>This domain is for sale")


@pytest.mark.parametrize(
    ("asked", "probe", "said"),
    [
        (visit(URL, CLEARLY), visit(BESIDE, CLEARLY), "gone"),
        (visit(URL, CLEARLY), visit(BESIDE, page("<h1>We can't find that page</h1>" + WORDS)), "gone"),
        (visit(URL, CLEARLY), visit(BESIDE, CLEARLY, 404), "unknown"),
        (visit(URL, CLEARLY), visit(BESIDE, OTHER), "unknown"),
        (visit(URL, MAYBE), visit(BESIDE, MAYBE), "gone"),
        (visit(URL, MAYBE), visit(BESIDE, "", 404), "ok"),
        (visit(URL, MAYBE), visit(BESIDE, "", 410), "ok"),
        (visit(URL, MAYBE), visit(BESIDE, CLEARLY), "ok"),
        (visit(URL, MAYBE), visit(BESIDE, "", 503), "unknown"),
        (visit(URL, OTHER, end="https://a.test/404.html"), visit(BESIDE, "", end="https://a.test/404.html"), "gone"),
        (visit(URL, OTHER, end="https://a.test/en/page-not-found"), visit(BESIDE, "", 404), "unknown"),
        (visit(URL, CLEARLY, end="https://a.test/error?x"), visit(BESIDE, CLEARLY, end="https://a.test/error"), "gone"),
        (visit(URL, OTHER, end="https://a.test/"), visit(BESIDE, OTHER, end="https://a.test/"), "unknown"),
        (visit(URL, OTHER, end="https://a.test/news/"), visit(BESIDE, "", end="https://a.test/news/"), "unknown"),
        (visit(URL, OTHER, end="https://a.test/news/"), visit(BESIDE, "", 404), "moved"),
        (visit(URL, PARKED), visit(BESIDE, PARKED), "gone"),
        (visit(URL, page("<p>Domain for sale: how states lose names")), visit(BESIDE, "", 404), "ok"),
        (visit(URL, OTHER, end="https://consent.a.test/collect?to=x"), visit(BESIDE), "refused"),
        (visit(URL, OTHER, end="https://a.test/action/cookieAbsent"), visit(BESIDE), "refused"),
        (visit(URL, OTHER, end="https://a.test/anmelden"), visit(BESIDE), "refused"),
        (visit(URL, page("<form></form>", "Вход | Архив"), end="https://a.test/x"), visit(BESIDE), "refused"),
    ],
)  # fmt: skip
def test_doubts_are_settled(asked: Visit, probe: Visit, said: str) -> None:
    assert outcome(asked, probe) == said


def test_pages_are_alike_but_for_what_changes() -> None:
    menu = "<nav>" + " ".join(f"<a href=/{n}>Section of treaties</a>" for n in range(40)) + "</nav>"
    text = (
        "<p>We looked everywhere for {} on 2026-11-0{} but the archive of the alliance has nothing by this name.</p>{}"
    )
    links = ["".join(f"<li><a href=/{n}{word}>{word} news</a></li>" for n in range(9)) for word in ("old", "new")]
    one, other = (page(menu + text.format(f"/a/b{n}", n, links[n])) for n in (0, 1))
    assert alike(one, other)
    first = page(menu + "<article><p>The Tashkent treaty was signed by six states in May.</p></article>")
    second = page(menu + "<article><p>Peacekeepers arrived yesterday; parliament had asked for help.</p></article>")
    assert not alike(first, second)
    assert not alike(first, page(menu))


def test_what_all_pages_share_is_told_from_what_one_says() -> None:
    body = read_body(seen("<div class='main-menu'><p>Home</div><p>One <b>two</b></p><ul><li>three <a>four</a></ul>"))
    assert body.lines == ("One two", "three four")
    assert "four" not in body.core
    assert "Home" in body.whole


def test_parked_domains_say_so() -> None:
    assert says_parked(page("<h2>Домен продаётся!</h2>")) == "Домен продаётся"
    assert says_parked(ARTICLE.format("Domain for sale") * 4) == ""


# -- walls

WALLS = {
    "Cloudflare": "<title>Just a moment...</title><script>window._cf_chl_opt={}</script>",
    "Cloudflare in German": "<title>Nur einen Moment…</title><p>Bestätigen Sie, dass Sie ein Mensch sind</p>",
    "Akamai": "<title>Access Denied</title><h1>Access Denied</h1>You don't have permission to access this page.",
    "Imperva": "<iframe src='/_Incapsula_Resource?x'>Request unsuccessful. Incapsula incident ID: 1</iframe>",
    "DataDome": "<title>a.test</title><script src='https://ct.captcha-delivery.com/c.js'></script>",
    "HUMAN": "<title>Access to this page has been denied</title><div id='px-captcha'></div>Press & Hold",
    "AWS": "<title></title><script>AwsWafIntegration.getToken()</script>",
    "Sucuri": "<title>Sucuri WebSite Firewall - Access Denied</title>",
    "DDoS-Guard": "<title>DDoS-Guard</title><p>Checking your browser before accessing a.test</p>",
    "Qrator": "<title>a</title><script src='/__qrator/qauth.js'></script>",
    "F5": "<title>Request Rejected</title>The requested URL was rejected. Please consult with your administrator.",
    "Kasada": "<script>window.KPSDK={}</script>",
    "Turnstile": "<title>a.test</title><form><div class='cf-turnstile'></div></form>",
    "Wordfence": "<h1>Your access to this site has been limited by the site owner</h1>Generated by Wordfence",
    "cookies": "<title>Cookies required</title><p>Please enable cookies and reload.</p>",
    "cookies in French": "<title>Revue</title><p>Veuillez activer les cookies de votre navigateur.</p>",
    "region": "<title>Sorry</title><p>This content is not available in your country.</p>",
    "robot in Russian": "<title>Ой!</title><p>Подтвердите, что запросы отправляли вы, а не робот</p>",
    "robot in Chinese": "<title>安全验证</title><p>请完成安全验证</p>",
}


@pytest.mark.parametrize("case", WALLS)
def test_walls_are_known(case: str) -> None:
    assert shows_wall(HTML, WALLS[case].encode())


@pytest.mark.parametrize(
    "text",
    [
        ARTICLE.format("How captchas work") + "<form><div class='g-recaptcha'></div></form>",
        ARTICLE.format("Just a moment: the summit of the alliance"),
        ARTICLE.format("Access denied: journalists and the summit") + "<p>Are you a robot?</p>",
        page("<p>The alliance met and signed a treaty; cookies were served.</p>", "A short note"),
        page(
            "<p>" + "Write to us about the archive of treaties. " * 8 + "</p><div class='g-recaptcha'></div>", "Contact"
        ),
    ],
)
def test_pages_are_no_walls(text: str) -> None:
    assert not shows_wall(HTML, text.encode())


def test_shells_behind_filters_are_no_walls() -> None:
    head = "<script src='https://client.perimeterx.net/PX1/main.js'></script><script src='/recaptcha.js'></script>"
    shell = f"<title>Treaties</title>{head}<div id=root></div><noscript>Please enable cookies.</noscript>"
    assert not shows_wall(HTML, shell.encode())
    assert not shows_wall(HTML, page("<p>A short story.</p>", "Un moment d'histoire").encode())


def test_addresses_of_walls() -> None:
    assert leads_to_consent("https://a.test/cookies-required")
    assert not leads_to_consent("https://a.test/advice-and-consent-of-the-senate")
    assert leads_to_log_in("/wp-login.php")
    assert not leads_to_log_in("/news/entrar-na-otan")
    assert asks_to_log_in("<title>Sign in - The Daily Treaty</title>")
    assert not asks_to_log_in("<title>Sign in the treaty</title>")


# -- any text at all

QUESTIONS: tuple[Callable[[str], object], ...] = (
    says_not_found,
    says_parked,
    lambda text: shows_wall(HTML, text.encode("utf-8", "replace")),
    lambda text: alike(text, f"{text} "),
)
PIECES = ("<h1>", "<title>", "</h1", "<nav>", "</nav>", "<script>", "<!--", "<div class='menu'>",
          "&amp", "not ", "found ",
          "page ",
          "页面", "不存在", "страница ", "не ", ": ", " | ", ".", "/", "'", '"',
          "<meta property='og:title' content='")  # fmt: skip


@given(st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=5)), max_size=40).map("".join))
def test_any_text_is_read(text: str) -> None:
    for question in QUESTIONS:
        question(text)


@pytest.mark.parametrize(
    "piece",
    ["<", "<a", "<h1>", "<h1 ", "<h1>not found ", "<nav>", "<script>", "é<STYLE></STYLE>", "<!--",
     "<div class=", "<meta ",
     "<title ", "page not found the ", "页面不存在", "&amp", "&#x", " ", "a", "/", "is parked", "class='"],
)  # fmt: skip
def test_time_grows_with_the_text(piece: str) -> None:
    def asked(text: str) -> None:
        for question in QUESTIONS:
            question(text)

    in_proportion(lambda size: f"<title>{piece * 20}</title><p>{(piece * size)[:size]}", asked, 8_000)
