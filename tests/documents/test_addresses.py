import pytest

from articles.documents.addresses import canonical


@pytest.mark.parametrize(
    ("address", "one"),
    [
        ("https://cobh.example/ferry?utm_source=rss&id=7&fbclid=x#top", "https://cobh.example/ferry?id=7"),
        ("https://cobh.example/ferry?utm_source=rss", "https://cobh.example/ferry"),
        ("https://cobh.example/?q=utm_source=1", "https://cobh.example/?q=utm_source=1"),
        ("HTTPS://Cobh.Example/Ferry", "https://cobh.example/Ferry"),
        ("urn:cobh:1#x", "urn:cobh:1#x"),
        ("https://[broken", "https://[broken"),
        ("", ""),
    ],
)
def test_an_address_is_without_what_tells_where_readers_come_from(address, one):
    assert canonical(address) == one
