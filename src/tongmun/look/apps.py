from django.apps import AppConfig


class LookConfig(AppConfig):
    """The room as Django knows it."""

    name = "tongmun.look"
    label = "look"
