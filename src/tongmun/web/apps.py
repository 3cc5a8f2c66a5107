from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "tongmun.web"
    label = "web"
