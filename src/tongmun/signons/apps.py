from django.apps import AppConfig


class SignonsConfig(AppConfig):
    name = "tongmun.signons"
    label = "signons"
