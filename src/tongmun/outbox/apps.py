from django.apps import AppConfig


class OutboxConfig(AppConfig):
    name = "tongmun.outbox"
    label = "outbox"
