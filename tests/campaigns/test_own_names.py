import pytest

from tongmun.campaigns.models import Organisation


@pytest.mark.parametrize(
    ("languages", "country", "own"),
    [
        ("en ko ar", "KR", "ko"),
        ("ar ko en", "US", "en"),
        ("en ja ko", "JP", "ja"),
        ("en zh-Hant", "TW", "zh-Hant"),
        ("en fr", "CA", "en"),
        ("fr", "CA", "fr"),
        ("hi en", "IN", "hi"),
        ("en ar", "", "ar"),
        ("en tlh", "FR", "tlh"),
        ("en", "FR", "en"),
        ("", "FR", ""),
    ],
)
def test_own_language_is_the_one_spoken_where_an_organisation_is_at_home(languages, country, own):
    assert Organisation(names={code: code for code in languages.split()}, country=country).own_language == own
