from django.apps import AppConfig


class ConfigConfig(AppConfig):
    name = "tongmun.config"
    label = "config"
