"""Documents from a real server on this machine, which is named as allowed where it is asked."""

from __future__ import annotations

import gzip
import socket
import threading
from contextlib import contextmanager, suppress
from pathlib import Path

import pytest

from articles.documents.errors import DocumentTooLarge, UnreadableDocument
from articles.documents.fetching import RefusedByServer, Validators, fetch
from articles.documents.public_hosts import is_public
from articles.documents.reading import read_fetched
from tests.web import Site, serving

PAGE = b"<html><h1>Ferry aground in Cobh</h1><p>It sits.</p></html>"
HTML = {"Content-Type": "text/html; charset=utf-8"}
# Of cobh.test, signed by itself, for a hundred years.
CERTIFICATE = Path(__file__).parent / "samples" / "cobh.test.pem"


@pytest.fixture(scope="module")
def server():
    with serving() as server:
        yield server


@pytest.fixture
def site(server):
    server.site = Site(server.server_port)
    return server.site


def got(address, **options):
    return fetch(address, **{"max_bytes": 10_000, "seconds": 20, "allowed_hosts": ["localhost"], **options})


def refusal(address, kind=UnreadableDocument, **options):
    with pytest.raises(kind) as error:
        got(address, **options)
    assert error.value.source == address
    return error.value.found


def test_a_page_is_fetched_from_where_redirects_lead(site):
    site.answers |= {
        "/old?id=7": (301, {"Location": "/moved"}, b""),
        "/moved": (302, {"Location": site.at("/ferry#top")}, b""),
        "/ferry": (200, HTML, PAGE),
    }
    fetched = got(site.at("/old?id=7"))
    assert (fetched.content, fetched.address, fetched.content_type) == (PAGE, site.at("/ferry"), HTML["Content-Type"])
    assert site.asked[0] == ("/robots.txt", f"localhost:{site.port}", "Newsroom")
    (story,) = read_fetched(fetched, max_bytes=10_000)
    assert (story.headline, story.address, story.source) == ("Ferry aground in Cobh", *[site.at("/ferry")] * 2)


def test_an_address_that_the_page_declares_wins(site):
    site.answers["/ferry"] = (200, HTML, b'<link rel="canonical" href="https://cobh.example/ferry">' + PAGE)
    (story,) = read_fetched(got(site.at("/ferry")), max_bytes=10_000)
    assert story.address == "https://cobh.example/ferry"


def test_a_document_that_is_the_same_still_is_not_sent_again(site):
    said = {**HTML, "ETag": '"7"', "Last-Modified": "Sat, 14 Mar 2026 06:30:00 GMT"}

    def answer(headers):
        asked = headers["If-None-Match"], headers["If-Modified-Since"]
        return (304, {"ETag": '"7"'}, b"") if asked == ('"7"', said["Last-Modified"]) else (200, said, PAGE)

    site.answers |= {"/ferry": answer, "/moved": (301, {"Location": "/ferry"}, b"")}
    first = got(site.at("/moved"))
    assert (first.is_unchanged, first.headers["etag"]) == (False, '"7"')
    validators = Validators(first.headers["etag"], first.headers["last-modified"])
    again = got(site.at("/moved"), validators=validators)
    assert (again.is_unchanged, again.content) == (True, b"")
    assert got(site.at("/moved"), validators=Validators('"6"')).content == PAGE


def test_nobody_is_told_unchanged_who_did_not_ask(site):
    site.answers["/ferry"] = (304, {}, b"")
    assert refusal(site.at("/ferry")) == "localhost answered 304 (Not Modified)"


def test_a_server_that_refuses_says_when_to_come_again(site):
    site.answers["/ferry"] = (429, {"Retry-After": "120"}, b"")
    with pytest.raises(RefusedByServer) as error:
        got(site.at("/ferry"))
    assert (error.value.status, error.value.headers["retry-after"]) == (429, "120")


def test_a_name_server_that_does_not_answer_is_not_waited_for():
    is_over = threading.Event()
    try:
        found = refusal("https://cobh.test/ferry", seconds=0.2, resolve=lambda host, port: is_over.wait(60) and [])
    finally:
        is_over.set()
    assert found == "it took longer than 0.2 seconds, which is the most expected"


def test_the_items_of_a_feed_do_not_live_at_the_feeds_address(site):
    """Tomorrow's item would be taken for today's."""
    item = "<item><title>Ferry aground</title><description>It sits.</description></item>"
    site.answers["/feed"] = (200, {"Content-Type": "text/html"}, f"<rss><channel>{item}</channel></rss>".encode())
    (story,) = read_fetched(got(site.at("/feed")), max_bytes=10_000)
    assert (story.format, story.address) == ("feed", "")


@pytest.mark.parametrize(
    ("path", "type", "format"),
    [
        ("/ferry", "text/html", "html"),
        ("/ferry.md", "text/plain", "markdown"),
        ("/ferry.txt?version=2", "text/plain; charset=utf-8", "text"),
        ("/ferry.txt", "Text/HTML; charset=utf-8", "html"),
    ],
)
def test_the_type_tells_the_format_where_the_name_does_not(site, path, type, format):
    site.answers[path] = (200, {"Content-Type": type}, b"Ferry aground\n\nIt sits.")
    assert [story.format for story in read_fetched(got(site.at(path)), max_bytes=10_000)] == [format]


def test_the_servers_charset_is_that_of_the_page(site):
    page = "<h1>Паром на мели</h1><p>Он стоит.</p>".encode("koi8-r")
    site.answers["/parom"] = (200, {"Content-Type": "text/html; charset=KOI8-R"}, page)
    (story,) = read_fetched(got(site.at("/parom")), max_bytes=10_000)
    assert (story.headline, story.text) == ("Паром на мели", "Он стоит.")


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://localhost/ferry", "//user:word@localhost/", "gopher://localhost", "http://[broken"],
)
def test_redirects_stay_on_the_web(site, location):
    site.answers["/ferry"] = (302, {"Location": location}, b"")
    assert "is no address" in refusal(site.at("/ferry"))


@pytest.mark.parametrize("host", ["127.0.0.1", "[::1]", "169.254.169.254", "10.0.0.1", "0x7f.1", "2130706433"])
def test_a_redirect_into_the_own_network_is_refused(site, host):
    site.answers["/ferry"] = (302, {"Location": f"http://{host}/secret"}, b"")
    assert refusal(site.at("/ferry")).endswith("which is no address of the public internet")
    site.answers["/ferry"] = (302, {"Location": f"http://{host}:{site.port}/secret"}, b"")
    assert refusal(site.at("/ferry")).endswith("expected port 80 or 443")
    assert ("/secret" in str(site.asked)) is False


def test_six_redirects_are_too_many(site):
    site.answers |= {f"/{number}": (302, {"Location": f"/{number + 1}"}, b"") for number in range(6)}
    site.answers["/6"] = (200, HTML, PAGE)
    assert got(site.at("/1")).content == PAGE
    assert refusal(site.at("/0")) == "it redirects more than 5 times"
    site.answers["/loop"] = (301, {"Location": "/loop"}, b"")
    assert refusal(site.at("/loop")) == "it redirects more than 5 times"


@pytest.mark.parametrize(
    ("robots", "is_fetched"),
    [
        pytest.param((404, {}, b"Disallow: /"), True, id="none"),
        pytest.param((200, {}, b"User-agent: *\nDisallow: /"), False, id="nobody"),
        pytest.param((200, {}, b"User-agent: Newsroom\nDisallow: /fer*\n"), False, id="not by this program"),
        pytest.param((200, {}, b"User-agent: *\nDisallow: /\n\nUser-agent: newsroom\nAllow: /"), True, id="but us"),
        pytest.param((503, {}, b""), False, id="cannot be read"),
        pytest.param((301, {"Location": "/rules"}, b""), False, id="elsewhere"),
        pytest.param((200, {}, b"\xff\x00" * 400_000), True, id="rubbish"),
    ],
)
def test_robots_are_told_what_to_leave(site, robots, is_fetched):
    site.answers |= {
        "/robots.txt": robots,
        "/ferry": (200, HTML, PAGE),
        "/rules": (200, {}, b"User-agent: *\nDisallow: /"),
    }
    if is_fetched:
        assert got(site.at("/ferry")).content == PAGE
    else:
        assert "robots.txt of localhost" in refusal(site.at("/ferry"))
        assert "/ferry" not in [path for path, *_ in site.asked]


@pytest.mark.parametrize("encoding", ["identity", "gzip"])
def test_more_than_the_limit_is_not_read(site, encoding):
    content = b"x" * 5_000_000
    packed = gzip.compress(gzip.compress(content)) if encoding == "gzip" else content
    site.answers["/bomb"] = (200, {"Content-Encoding": "gzip, gzip" if encoding == "gzip" else encoding}, packed)
    assert refusal(site.at("/bomb"), DocumentTooLarge).startswith("it has more than 10,000 bytes")
    assert len(got(site.at("/bomb"), max_bytes=5_000_000).content) == 5_000_000


def test_what_breaks_off_is_no_document(site):
    site.answers["/ferry"] = (200, {"Content-Length": "1000"}, PAGE)
    assert refusal(site.at("/ferry")) == "localhost cannot be reached, or broke off (ProtocolError)"
    site.answers["/ferry"] = (200, {"Content-Encoding": "gzip"}, PAGE)
    assert refusal(site.at("/ferry")) == "localhost cannot be reached, or broke off (DecodeError)"
    site.answers["/ferry"] = (503, {}, b"")
    assert refusal(site.at("/ferry")) == "localhost answered 503 (Service Unavailable)"


@contextmanager
def dripping(*, before: bytes):
    """A server that sends something at once, and then a byte at a time for ever."""
    listener = socket.create_server(("127.0.0.1", 0))
    is_over = threading.Event()

    def drip():
        line, _ = listener.accept()
        with line, suppress(OSError):
            line.sendall(before)
            while not is_over.wait(0.02):
                line.sendall(b"x")

    thread = threading.Thread(target=drip)
    thread.start()
    yield f"http://localhost:{listener.getsockname()[1]}/ferry"
    is_over.set()
    thread.join()
    listener.close()


@pytest.mark.parametrize(
    "before",
    [b"", b"HTTP/1.1 200 OK\r\nX-Slow: ", b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n"],
    ids=["status", "headers", "body"],
)
def test_a_slow_server_is_not_waited_for(before):
    with dripping(before=before) as address:
        assert refusal(address, seconds=0.3) == "it took longer than 0.3 seconds, which is the most expected"


def test_a_name_is_asked_for_once_and_its_answer_is_connected_to(site):
    answers = iter([["127.0.0.1"], ["127.0.0.1"]])
    site.answers["/ferry"] = (200, HTML, PAGE)
    fetched = got(site.at("/ferry", "cobh.test"), allowed_hosts=["Cobh.test"], resolve=lambda *_: next(answers))
    assert fetched.content == PAGE
    assert {host for _, host, _ in site.asked} == {f"cobh.test:{site.port}"}
    assert list(answers) == []  # once for the robots.txt, once for the page


def test_a_name_that_leads_elsewhere_the_second_time_is_refused(site):
    answers = iter([["127.0.0.1"], ["10.0.0.7"]])
    site.answers["/robots.txt"] = (302, {"Location": "http://rebinding.test/robots.txt"}, b"")
    assert refusal(site.at("/ferry"), resolve=lambda *_: next(answers)) == (
        "rebinding.test is 10.0.0.7, which is no address of the public internet"
    )


def test_a_certificate_is_asked_for_the_name_and_not_for_the_address(monkeypatch):
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
    options = {"allowed_hosts": ["cobh.test", "quay.test"], "resolve": lambda *_: ["127.0.0.1"]}
    with serving(certificate=CERTIFICATE) as server:
        server.site = Site(server.server_port)
        server.site.answers["/ferry"] = (200, HTML, PAGE)
        assert got(f"https://cobh.test:{server.server_port}/ferry", **options).content == PAGE
        assert "SSLCertVerificationError" in refusal(f"https://quay.test:{server.server_port}/ferry", **options)
        monkeypatch.delenv("SSL_CERT_FILE")
        assert "SSLCertVerificationError" in refusal(f"https://cobh.test:{server.server_port}/ferry", **options)


@pytest.mark.parametrize(
    "found", [["93.184.215.14", "192.168.0.1"], ["::ffff:93.184.215.14"], ["93.184.215.14", "64:ff9b::a00:1"]]
)
def test_one_private_address_of_several_is_enough_to_refuse(found):
    assert "no address of the public internet" in refusal("https://cobh.test/ferry", resolve=lambda *_: found)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "0.0.0.0",
            "10.1.2.3",
            "100.64.0.1",
            "127.9.9.9",
            "169.254.169.254",
            "172.16.0.1",
            "192.168.1.1",
            "192.0.2.1",
        ),
        *("192.88.99.1", "198.18.0.1", "224.0.1.1", "240.0.0.1", "255.255.255.255"),
        *("::", "::1", "::7f00:1", "::ffff:93.184.215.14", "64:ff9b::5db8:d70e", "2002:5db8:d70e::1", "2001::1"),
        *("fe80::1", "fe80::1%eth0", "fec0::1", "fc00::1", "fd12::1", "ff02::1", "ff0e::1", "2001:db8::1"),
    ],
)
def test_addresses_that_are_not_public(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", ["93.184.215.14", "8.8.8.8", "2606:2800:21f:cb07:6820:80da:af6b:8b2c"])
def test_addresses_that_are_public(address):
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["file:///etc/passwd", "https://", "https://name:word@cobh.test/", "https://co bh.test/", "cobh.test/x"]
)
def test_what_is_no_address_of_the_web_is_not_fetched(address):
    assert "is no address" in refusal(address)


def test_an_unknown_host_is_named():
    def unknown(host, port):
        raise socket.gaierror(8, "unknown")

    assert refusal("https://cobh.test/ferry", resolve=unknown) == "there is no host cobh.test"


def test_proxies_of_the_environment_are_not_asked(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.answers["/ferry"] = (200, HTML, PAGE)
    assert got(site.at("/ferry")).content == PAGE
