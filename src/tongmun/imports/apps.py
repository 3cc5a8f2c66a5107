from django.apps import AppConfig


class ImportsConfig(AppConfig):
    name = "tongmun.imports"
    label = "imports"
