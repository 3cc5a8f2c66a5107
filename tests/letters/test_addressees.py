"""An addressee is composed from office, name, title and gender, in the words of the language."""

import dataclasses

import pytest

from tongmun.letters.addressees import Addressee, addressed
from tongmun.letters.notes import Lack, Note
from tongmun.letters.wording import NoFormsOfAddress

ANA = {"name": "Ana Ejemplo", "gender": "f"}
BEN = {"name": "Ben Beispiel", "gender": "m"}

COMPOSED = [
    (
        Addressee("en", "president", "President of Example", **BEN),
        ("His Excellency Ben Beispiel", "President of Example"),
        "Your Excellency,",
        "Respectfully,",
    ),
    (
        Addressee("en-GB", "ambassador", "Ambassador of Example", **ANA),
        ("Her Excellency Ana Ejemplo", "Ambassador of Example"),
        "Your Excellency,",
        "Yours faithfully,",
    ),
    (
        Addressee("en", "ambassador", "Ambassador of Example", name="Kim Example"),
        ("H.E. Kim Example", "Ambassador of Example"),
        "Your Excellency,",
        "Yours faithfully,",
    ),
    (
        Addressee("en-US", "president", "President of Example", **BEN),
        ("His Excellency Ben Beispiel", "President of Example"),
        "Dear Mr. President:",
        "Respectfully,",
    ),
    (
        Addressee("en-US", "ambassador", "Ambassador of Example", **ANA),
        ("Her Excellency Ana Ejemplo", "Ambassador of Example"),
        "Dear Madam Ambassador:",
        "Sincerely,",
    ),
    (
        Addressee("fr", "ambassador", "Ambassadrice d’Exemple", **ANA),
        ("Son Excellence Madame Ana Ejemplo", "Ambassadrice d’Exemple"),
        "Madame l’Ambassadrice,",
        "Nous vous prions d’agréer, Madame l’Ambassadrice, l’expression de notre très haute considération.",
    ),
    (
        Addressee("fr", "president", "Président de l’Exemple", **BEN),
        ("Son Excellence Monsieur Ben Beispiel", "Président de l’Exemple"),
        "Monsieur le Président,",
        "Nous vous prions d’agréer, Monsieur le Président, l’expression de notre très haute considération.",
    ),
    (
        Addressee("es", "president", "Presidenta de Ejemplo", **ANA),
        ("Excelentísima Señora Ana Ejemplo", "Presidenta de Ejemplo"),
        "Excelentísima Señora Presidenta:",
        "Reciba, Excelentísima Señora Presidenta, el testimonio de nuestra más alta consideración.",
    ),
    (
        Addressee("de", "head-of-government", "Premierministerin von Beispiel", spoken="Premierministerin", **ANA),
        ("I. E. Frau Ana Ejemplo", "Premierministerin von Beispiel"),
        "Sehr geehrte Frau Premierministerin,",
        "Mit vorzüglicher Hochachtung",
    ),
    (
        Addressee("ko", "president", "중화인민공화국 국가주석", "후진타오", spoken="국가주석"),
        ("중화인민공화국 국가주석", "후진타오 귀하"),
        "존경하는 국가주석님께,",
        "삼가 올립니다.",
    ),
    (
        Addressee("ja", "president", "中華人民共和国国家主席", "胡錦濤"),
        ("中華人民共和国国家主席", "胡錦濤 閣下"),
        "謹啓",
        "謹白",
    ),
    (
        Addressee("zh-Hans", "president", "中华人民共和国主席", "胡锦涛", "m", "主席"),
        ("中华人民共和国主席", "胡锦涛 阁下"),
        "主席先生：",
        "顺致最崇高的敬意。",
    ),
    (
        Addressee("zh-Hant", "president", "示例共和國總統", "安娜", "f", "總統"),
        ("示例共和國總統", "安娜 閣下"),
        "總統女士：",
        "順致最崇高的敬意。",
    ),
    (
        Addressee("ar", "minister", "وزيرة خارجية المثال", "آنا", "f"),
        ("معالي الوزيرة آنا", "وزيرة خارجية المثال"),
        "معالي الوزيرة، تحية طيبة وبعد،",
        "وتفضلوا بقبول فائق الاحترام والتقدير",
    ),
]


@pytest.mark.parametrize(
    ("whom", "lines", "salutation", "close"), COMPOSED, ids=[f"{one.language}-{one.office}" for one, *_ in COMPOSED]
)
def test_an_addressee_is_written_as_the_language_writes_it(whom, lines, salutation, close):
    found = addressed(whom)

    assert (found.lines, found.salutation, found.close, found.notes) == (lines, salutation, close, ())


def test_one_sender_speaks_of_one():
    whom = Addressee("fr", "ambassador", "Ambassadrice d’Exemple", **ANA)

    assert addressed(whom, sender="one").close == (
        "Je vous prie d’agréer, Madame l’Ambassadrice, l’expression de ma très haute considération."
    )


@pytest.mark.parametrize(
    ("language", "lines", "salutation"),
    [
        ("fr", ("Présidence",), "Madame, Monsieur,"),
        ("de", ("Présidence",), "Exzellenz,"),
        ("ar", ("Présidence",), "تحية واحترامًا، تحية طيبة وبعد،"),
    ],
)
def test_a_name_whose_gender_nobody_said_gives_way_to_the_office_and_says_so(language, lines, salutation):
    found = addressed(Addressee(language, "president", "Présidence", "Kim Example"))

    assert (found.lines, found.salutation) == (lines, salutation)
    assert found.notes == (Note(Lack.ADDRESSEE, language),)


def test_an_office_that_nobody_knows_is_addressed_impersonally():
    found = addressed(Addressee("de", "", "Rat der Weisen", "Kim Example"))

    assert (found.lines, found.salutation) == (("Rat der Weisen",), "Sehr geehrte Damen und Herren,")
    assert found.notes == (Note(Lack.ADDRESSEE, "de"),)


def test_a_vacant_office_is_addressed_without_a_note():
    found = addressed(Addressee("es", "ambassador", "Embajada de Ejemplo"))

    assert (found.lines, found.salutation, found.notes) == (("Embajada de Ejemplo",), "Excelencia:", ())


@pytest.mark.parametrize(
    ("language", "salutation"),
    [("en", "Your Excellencies,"), ("fr", "Mesdames, Messieurs,"), ("es", "Excelencias:"), ("de", "Exzellenzen,")],
)
def test_an_office_that_several_hold_is_called_in_the_plural(language, salutation):
    several = Addressee(language, "minister", "Members of the Government", "nobody in particular", number="many")

    found = addressed(several)

    assert found.salutation == salutation
    assert found.notes == ()
    assert not any("nobody" in line for line in found.lines)


@pytest.mark.parametrize(
    ("language", "line"), [("ko", "예시 연구소 귀중"), ("ja", "예시 연구소 御中"), ("en", "예시 연구소")]
)
def test_an_institution_takes_no_form_of_a_person(language, line):
    assert addressed(Addressee(language, "institution", name="예시 연구소")).lines == (line,)


def test_braces_in_a_name_stay_braces():
    whom = Addressee("en", "president", "{title}", "{name} {0}", "m")

    assert addressed(whom).lines == ("His Excellency {name} {0}", "{title}")


def test_a_language_without_forms_addresses_nobody():
    with pytest.raises(NoFormsOfAddress):
        addressed(dataclasses.replace(COMPOSED[0][0], language="tlh"))
