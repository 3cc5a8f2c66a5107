"""What a reader of each language looks for; nothing here is taken from the code."""

LANGUAGES = ("en", "ko", "ar")
NEAREST = {"en": "Busan", "ko": "부산", "ar": "بوسان"}
SEOUL = {"en": "Seoul", "ko": "서울", "ar": "سيول"}
