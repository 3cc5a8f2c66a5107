from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "tongmun.desk"
    label = "desk"
