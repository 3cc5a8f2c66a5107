from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "tongmun.papers"
    label = "papers"
