from django.apps import AppConfig


class CountsConfig(AppConfig):
    name = "tongmun.counts"
    label = "counts"
