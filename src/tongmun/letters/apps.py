from django.apps import AppConfig


class LettersConfig(AppConfig):
    name = "tongmun.letters"
    label = "letters"
