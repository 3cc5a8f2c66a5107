"""One letter in ten languages to ten missions, without a database: the missions differ in what is known about them."""

from datetime import date

from tongmun.campaigns.models import Campaign, City, Edition
from tongmun.letters.addressees import Addressee, addressed
from tongmun.letters.copies import LetterCopy
from tongmun.letters.mission_copies import copy_for_mission
from tongmun.letters.models import LetterVersion
from tongmun.missions.models import HeadOfMission, Mission, Premises
from tongmun.missions.queries import FactsOnDay

DAY = date(2012, 9, 22)
CODES = ("en", "ko", "ja", "zh-Hans", "zh-Hant", "fr", "es", "de", "ar")
SENDING = {
    "en": "the People's Republic of China",
    "ko": "중화인민공화국",
    "ja": "中華人民共和国",
    "zh-Hans": "中华人民共和国",
    "zh-Hant": "中華人民共和國",
    "fr": "la République populaire de Chine",
    "es": "la República Popular China",
    "de": "die Volksrepublik China",
    "ar": "جمهورية الصين الشعبية",
}
# Title, title as it is spoken, name.
HU = {
    "en": ("President of the People's Republic of China", "President", "Hu Jintao"),
    "ko": ("중화인민공화국 국가주석", "국가주석", "후진타오"),
    "ja": ("中華人民共和国国家主席", "国家主席", "胡錦濤"),
    "zh-Hans": ("中华人民共和国主席", "主席", "胡锦涛"),
    "zh-Hant": ("中華人民共和國主席", "主席", "胡錦濤"),
    "fr": ("Président de la République populaire de Chine", "Président", "Hu Jintao"),
    "es": ("Presidente de la República Popular China", "Presidente", "Hu Jintao"),
    "de": ("Präsident der Volksrepublik China", "Präsident", "Hu Jintao"),
    "ar": ("رئيس جمهورية الصين الشعبية", "الرئيس", "هو جين تاو"),
}
# Subject, body, signatory.
TEXTS = {
    "en": ("Safe passage", "We ask that nobody be sent back unheard.\n\nWe thank you.", "Friends of the Far Bank"),
    "ko": (
        "안전한 통행을 요청합니다",
        "누구도 말할 기회 없이 돌려보내지지 않기를 바랍니다.\n\n감사합니다.",
        "강 건너 벗들",
    ),
    "ja": ("安全な通行のお願い", "誰も話を聞かれずに送り返されないよう願います。\n\n感謝申し上げます。", "対岸の友"),
    "zh-Hans": ("请求安全通行", "我们请求，不要让任何人未经申诉就被遣返。\n\n谨此致谢。", "彼岸之友"),
    "zh-Hant": ("請求安全通行", "我們請求，不要讓任何人未經申訴就被遣返。\n\n謹此致謝。", "彼岸之友"),
    "fr": (
        "Un passage sûr",
        "Nous demandons que personne ne soit renvoyé sans avoir été entendu.\n\nNous vous en remercions.",
        "Les Amis de la rive d’en face",
    ),
    "es": (
        "Un paso seguro",
        "Pedimos que no se devuelva a nadie sin haberlo escuchado.\n\nSe lo agradecemos.",
        "Amigos de la otra orilla",
    ),
    "de": (
        "Sicheres Geleit",
        "wir bitten darum, dass niemand ungehört zurückgeschickt wird.\n\nWir danken Ihnen.",
        "Freunde vom anderen Ufer",
    ),
    "ar": ("عبور آمن", "نطلب ألا يعاد أحد دون أن يسمع.\n\nنشكركم.", "أصدقاء الضفة الأخرى"),
}


def _named(*names: str) -> dict[str, str]:
    return dict(zip(CODES, names, strict=True))


# Name → kind, receiving state, city, postal lines, head (rank, gender, names); what is empty nobody has told us.
MISSIONS = {
    "seoul": (
        "embassy",
        "KR",
        _named("Seoul", "서울", "ソウル", "首尔", "首爾", "Séoul", "Seúl", "Seoul", "سيول"),
        {
            "en": "54, Hyoja-Dong, Jongno-Gu\nSeoul 110-033\nRepublic of Korea",
            "ko": "서울특별시 종로구 효자동 54\n110-033",
        },
        ("ambassador", "m", {"en": "Zhang Xinsen", "ko": "장신썬", "zh-Hans": "张鑫森", "ar": "تشانغ شين سن"}),
    ),
    "tokyo": (
        "embassy",
        "JP",
        _named("Tokyo", "도쿄", "東京", "东京", "東京", "Tokyo", "Tokio", "Tokio", "طوكيو"),
        {},
        None,
    ),
    "chicago": (
        "consulate-general",
        "US",
        _named("Chicago", "시카고", "シカゴ", "芝加哥", "芝加哥", "Chicago", "Chicago", "Chicago", "شيكاغو"),
        {"en": "100 West Erie Street\nChicago, IL 60610\nUnited States of America"},
        ("consul-general", "f", {"en": "Ana Example"}),
    ),
    "geneva": (
        "permanent-mission",
        "CH",
        _named("Geneva", "제네바", "ジュネーブ", "日内瓦", "日內瓦", "Genève", "Ginebra", "Genf", "جنيف"),
        {"fr": "1 chemin de l’Exemple\n1213 Petit-Lancy"},
        ("permanent-representative", "m", {"en": "Ben Example"}),
    ),
    "the-hague": (
        "embassy",
        "NL",
        _named("The Hague", "헤이그", "ハーグ", "海牙", "海牙", "La Haye", "La Haya", "Den Haag", "لاهاي"),
        {"en": "Adriaan Goekooplaan\nThe Hague\nNetherlands"},
        ("ambassador", "", {"en": "Kim Example"}),
    ),
    "london": (
        "high-commission",
        "GB",
        _named("London", "런던", "ロンドン", "伦敦", "倫敦", "Londres", "Londres", "London", "لندن"),
        {"en": "49-51 Portland Place\nLondon W1B 1JL"},
        ("high-commissioner", "f", {"en": "Ana Example"}),
    ),
    "berlin": (
        "embassy",
        "DE",
        _named("Berlin", "베를린", "ベルリン", "柏林", "柏林", "Berlin", "Berlín", "Berlin", "برلين"),
        {"de": "Märkisches Ufer 54\n10179 Berlin"},
        ("charge-daffaires", "m", {"en": "Ben Example"}),
    ),
    "cairo": (
        "nunciature",
        "EG",
        _named("Cairo", "카이로", "カイロ", "开罗", "開羅", "Le Caire", "El Cairo", "Kairo", "القاهرة"),
        {},
        ("nuncio", "m", {"en": "Ben Example"}),
    ),
    "barcelona": (
        "honorary-consulate",
        "ES",
        _named(
            "Barcelona",
            "바르셀로나",
            "バルセロナ",
            "巴塞罗那",
            "巴塞隆納",
            "Barcelone",
            "Barcelona",
            "Barcelona",
            "برشلونة",
        ),
        {"es": "Avinguda Tibidabo 34\nBarcelona"},
        ("consul", "f", {"en": "Ana Example"}),
    ),
    "wellington": (
        "embassy",
        "NZ",
        _named(
            "Wellington",
            "웰링턴",
            "ウェリントン",
            "惠灵顿",
            "威靈頓",
            "Wellington",
            "Wellington",
            "Wellington",
            "ويلينغتون",
        ),
        {},
        ("consul", "m", {"en": "Ben Example"}),
    ),
}


def copies(language: str) -> dict[str, LetterCopy]:
    """Give the copy for each mission by its name."""
    base = "en" if language == "en-US" else language
    title, spoken, name = HU[base]
    whom = addressed(Addressee(language, "president", title, name, "m", spoken))
    subject, body, signatory = TEXTS[base]
    letter = LetterVersion(
        edition=Edition(campaign=Campaign(sending_state_names=SENDING), day=DAY),
        language=language,
        subject=subject,
        addressee="\n".join(whom.lines),
        salutation=whom.salutation,
        body=body,
        close=whom.close,
        signatory=signatory,
    )
    return {slug: _copy(letter, facts) for slug, facts in MISSIONS.items()}


def _copy(letter: LetterVersion, facts: tuple) -> LetterCopy:
    kind, country, city, lines, head = facts
    known = FactsOnDay(
        mission=Mission(kind=kind, sending="CN", receiving=country),
        chancery=Premises(lines=lines) if lines else None,
        head=HeadOfMission(rank=head[0], gender=head[1], names=head[2]) if head else None,
    )
    return copy_for_mission(letter, known, City(names=city, country=country))
