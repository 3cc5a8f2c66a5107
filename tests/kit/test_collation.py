import random

import pytest

from tongmun.kit.collation import collation_key, sort_names

# The alphabets as their languages teach them; letters that are not told apart at first sight are left out.
ALPHABETS = {
    "az": "a b c ç d e ə f g ğ h x ı i j k q l m n o ö p r s ş t u ü v y z",
    "be": "а б в г д е ё ж з і й к л м н о п р с т у ў ф х ц ч ш ы ь э ю я",
    "cs": "a b c č d e f g h ch i j k l m n o p q r ř s š t u v w x y z ž",
    "da": "a b c d e f g h i j k l m n o p q r s t u v w x y z æ ø å",
    "el": "α β γ δ ε ζ η θ ι κ λ μ ν ξ ο π ρ σ τ υ φ χ ψ ω",
    "eo": "a b c ĉ d e f g ĝ h ĥ i j ĵ k l m n o p r s ŝ t u ŭ v z",
    "es": "a b c d e f g h i j k l m n ñ o p q r s t u v w x y z",
    "et": "a b c d e f g h i j k l m n o p q r s š z ž t u v w õ ä ö ü x y",
    "fa": "ا ب پ ت ث ج چ ح خ د ذ ر ز ژ س ش ص ض ط ظ ع غ ف ق ک گ ل م ن و ه ی",
    "fi": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
    "hi": "अ आ इ ई उ ऊ ए ऐ ओ औ क ख ग घ च छ ज झ ट ठ ड ढ त थ द ध न प फ ब भ म य र ल व श ष स ह",
    "hr": "a b c č ć d dž đ e f g h i j k l lj m n nj o p r s š t u v z ž",
    "hu": "a b c cs d dz dzs e f g gy h i j k l ly m n ny o ö p q r s sz t ty u ü v w x y z zs",
    "is": "a á b d ð e é f g h i í j k l m n o ó p r s t u ú v x y ý þ æ ö",
    "ja": "あ い う え お か き く け こ さ し す せ そ た ち つ て と な に ぬ ね の は ひ ふ へ ほ ま や ら わ ん",
    "ko": "가 나 다 라 마 바 사 아 자 차 카 타 파 하",
    "lt": "a b c č d e f g h i j k l m n o p r s š t u v z ž",
    "lv": "a ā b c č d e ē f g ģ h i ī j k ķ l ļ m n ņ o p r s š t u ū v z ž",
    "my": "က ခ ဂ ဃ င စ ဆ ဇ ည ဋ ဌ ဍ ဏ တ ထ ဒ ဓ န ပ ဖ ဗ ဘ မ ယ ရ လ ဝ သ ဟ ဠ အ",
    "nb": "a b c d e f g h i j k l m n o p q r s t u v w x y z æ ø å",
    "pl": "a ą b c ć d e ę f g h i j k l ł m n ń o ó p r s ś t u w y z ź ż",
    "ro": "a ă â b c d e f g h i î j k l m n o p q r s ș t ț u v w x y z",
    "ru": "а б в г д е ж з и й к л м н о п р с т у ф х ц ч ш щ ъ ы ь э ю я",
    "sk": "a ä b c č d e f g h ch i j k l m n o ô p q r ř s š t u v w x y z ž",
    "sl": "a b c č d e f g h i j k l m n o p r s š t u v z ž",
    "sv": "a b c d e f g h i j k l m n o p q r s t u v w x y z å ä ö",
    "th": "ก ข ค ฆ ง จ ฉ ช ซ ฌ ญ ฎ ฏ ฐ ฑ ฒ ณ ด ต ถ ท ธ น บ ป ผ ฝ พ ฟ ภ ม ย ร ล ว ศ ษ ส ห ฬ อ ฮ",
    "tr": "a b c ç d e f g ğ h ı i j k l m n o ö p r s ş t u ü v y z",
    "uk": "а б в г ґ д е є ж з и і ї й к л м н о п р с т у ф х ц ч ш щ ь ю я",
    "vi": "a ă â b c d đ e ê g h i k l m n o ô ơ p q r s t u ư v x y",
}


@pytest.mark.parametrize("language", ALPHABETS)
def test_an_alphabet_stands_in_its_order_whatever_follows_its_letters(language):
    letters = ALPHABETS[language].split()
    # What follows sorts the other way round, and must not tip the scales.
    words = [letter + str(9 - place % 9) for place, letter in enumerate(letters)]
    shuffled = random.Random(1).sample(words, len(words))  # noqa: S311 -- an order to undo, not a secret

    assert sort_names(shuffled, language) == words


@pytest.mark.parametrize(
    ("language", "ordered"),
    [
        ("en", ["Åsa", "Zoe"]),
        ("sv", ["Zoe", "Åsa"]),
        ("sv-FI", ["Zoe", "ÅSA"]),
        ("de", ["Müller", "Mutter", "Muxfeldt"]),
        ("es", ["Nuñez", "Núñez", "Nuo", "Ñandú"]),
        ("da", ["Zeuthen", "Aagaard"]),
        ("cs", ["Havel", "Hynek", "Chalupa", "Ivan"]),
        ("tr", ["Hale", "Işık", "İnci", "Jale"]),
        ("vi", ["An", "Ăn", "Ân", "ận", "Ba"]),
        ("ru", ["Елена", "Ёлкин", "Емельян"]),
        ("th", ["กานต์", "เกศ", "ขวัญ", "ไพลิน", "สมชาย"]),
        ("ja", ["かとう", "カトウ", "さくら"]),
        ("ko", ["강가", "강나", "김철수", "이영희"]),
        ("ko", ["김", "나", "金", "Kim", "Иван"]),
        ("ja", ["Sato", "さとう", "佐藤", "김"]),
        ("ru", ["Яков", "Anna", "محمد"]),
        ("ar", ["أحمد", "محمد", "Anna", "Иван"]),
        ("zh-Hant", ["張", "Anna"]),
        ("en", ["Anna", "Иван", "محمد", "김"]),
    ],
)
def test_names_stand_in_the_order_of_the_language(language, ordered):
    assert sort_names(reversed(ordered), language) == ordered


def test_a_short_family_name_comes_before_a_longer_one_that_begins_with_it():
    assert sort_names(["Lees", "Lee Zoe", "Lee"], "en") == ["Lee", "Lee Zoe", "Lees"]


def test_the_order_does_not_depend_on_the_order_before():
    names = ["Anna", "anna", "ANNA", "Ánna", "A\u0301nna", "안나", "Анна"]

    assert sort_names(names, "en") == sort_names(reversed(names), "en")


def test_a_key_sorts_rows_by_their_names():
    key = collation_key("sv")

    assert sorted([{"name": "Åsa"}, {"name": "Zoe"}], key=lambda row: key(row["name"])) == [
        {"name": "Zoe"},
        {"name": "Åsa"},
    ]
