from django.apps import AppConfig


class SignaturesConfig(AppConfig):
    name = "tongmun.signatures"
    label = "signatures"
