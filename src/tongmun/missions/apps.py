from django.apps import AppConfig


class MissionsConfig(AppConfig):
    name = "tongmun.missions"
    label = "missions"
