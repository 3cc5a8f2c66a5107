"""The mail server, as one variable."""

import pytest
from environs import EnvError

from tongmun.config.mail_server import MailServer, mail_server


def test_starttls_is_used_when_the_address_says_so():
    server = mail_server("smtp+tls://carla:p%40ss%2Fword@mail.example.org")

    assert server == MailServer("mail.example.org", 587, "carla", "p@ss/word", use_tls=True, use_ssl=False)


def test_tls_from_the_first_byte_is_used_when_the_address_says_so():
    server = mail_server("smtp+ssl://carla:secret@mail.example.org")

    assert server == MailServer("mail.example.org", 465, "carla", "secret", use_tls=False, use_ssl=True)


def test_a_server_on_the_same_machine_needs_neither_password_nor_tls():
    server = mail_server("smtp://localhost:2525")

    assert server == MailServer("localhost", 2525, "", "", use_tls=False, use_ssl=False)


@pytest.mark.parametrize(
    "url",
    [
        "smtps://carla:s3cret@mail.example.org",
        "submission://carla:s3cret@mail.example.org",
        "mail.example.org:587:s3cret",
        "smtp+tls://carla:s3cret@",
        "smtp+tls://carla:s3cret@mail.example.org:port",
        "smtp+tls://carla:s3cret@mail.example.org:99999",
        "smtp+tls://carla:s3cret@mail.example.org?tls=True",
        "smtp+tls://carla:s3cret/x@mail.example.org",
    ],
)
def test_an_address_that_could_be_misread_is_refused_without_repeating_it(url):
    with pytest.raises(EnvError) as refused:
        mail_server(url)

    assert "TONGMUN_MAIL_URL" in str(refused.value)
    assert "s3cret" not in str(refused.value)
