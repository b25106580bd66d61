"""What a mail server has said is kept as it said it, for the organiser to read."""

import smtplib

import pytest

from app.kernel.smtp import is_final, words_of


@pytest.mark.parametrize(
    ("fault", "words", "final"),
    [
        (
            smtplib.SMTPRecipientsRefused({"kari@firma.example": (550, b"5.1.1 User\n unknown")}),
            "550 5.1.1 User unknown",
            True,
        ),
        (
            smtplib.SMTPRecipientsRefused({"kari@firma.example": (451, b"4.7.1 Greylisted")}),
            "451 4.7.1 Greylisted",
            False,
        ),
        (smtplib.SMTPDataError(554, b"5.7.1 S\xf8ppel"), "554 5.7.1 S\ufffdppel", True),
        (smtplib.SMTPSenderRefused(553, b"", "svar@dialog.example"), "553", True),
        (smtplib.SMTPAuthenticationError(535, b"5.7.8 Bad credentials"), "535 5.7.8 Bad credentials", False),
        (ConnectionRefusedError(111, "Connection refused"), "[Errno 111] Connection refused", False),
        (TimeoutError(), "TimeoutError", False),
    ],
)
def test_a_refusal_is_told_in_the_words_of_the_server(fault: Exception, words: str, *, final: bool) -> None:
    assert (words_of(fault), is_final(fault)) == (words, final)
