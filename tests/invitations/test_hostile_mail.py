"""Mail that is made to keep its reader busy is read soon, or left to a person."""

import pytest

from app.invitations.messages import MOST_TEXT, Unreadable, letter_of, opened

FROM = b"From: kari@firma.example\r\n"
PAGE = FROM + b"Content-Type: text/html\r\n\r\n"


def _inside_each_other(depth: int) -> bytes:
    parts = (b"Content-Type: multipart/mixed; boundary=b%d\r\n\r\n--b%d\r\n" % (each, each) for each in range(depth))
    return FROM + b"".join(parts)


@pytest.mark.usefixtures("ten_seconds")
@pytest.mark.parametrize("torn", [b"<!--", b"<a ", b"<", b"<![CDATA[", b"</script ", b"<script>", b"&#"])
def test_a_page_that_is_torn_all_over_keeps_nobody_waiting(torn: bytes) -> None:
    """I18."""
    assert len(letter_of(opened(PAGE + torn * 100_000))) <= MOST_TEXT


@pytest.mark.usefixtures("ten_seconds")
@pytest.mark.parametrize("kind", ["text/plain", "multipart/mixed; boundary=b"])
def test_a_header_of_many_parameters_keeps_nobody_waiting(kind: str) -> None:
    """I18."""
    content = FROM + f"Content-Type: {kind}".encode() + b";a*0*=x" * 200_000 + b"\r\n\r\nHei"

    assert opened(content).sender.address == "kari@firma.example"
    assert len(letter_of(opened(content))) <= MOST_TEXT


@pytest.mark.usefixtures("ten_seconds")
def test_parts_deep_inside_each_other_keep_nobody_waiting() -> None:
    """I18: and as deep as letters are that people send on, they are read."""
    with pytest.raises(Unreadable):
        opened(_inside_each_other(150) + b"x\r\n" * 500_000)

    assert len(opened(_inside_each_other(15) + b"\r\nHei").parts) == 16


def test_a_sender_that_is_no_address_leaves_the_mail_to_a_person() -> None:
    with pytest.raises(Unreadable):
        opened(b"From: " + b"(" * 1_900 + b"\r\n\r\nHei")


@pytest.mark.parametrize(
    ("page", "words"),
    [
        ("<p>Hei<br>du</p><style>p{color:red}</style><p>Kari", "Hei\ndu\nKari"),
        ("a < b og c > d", "a < b og c > d"),
        ("Hei<!-- <p>ikke</p> --> du<ScRipt>x()</SCRIPT >!", "Hei du!"),
        ("&aelig;&lt;p&gt;", "æ<p>"),
    ],
)
def test_a_page_is_read_as_its_words(page: str, words: str) -> None:
    assert letter_of(opened(PAGE + page.encode())) == words
