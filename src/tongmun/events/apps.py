from django.apps import AppConfig


class EventsConfig(AppConfig):
    name = "tongmun.events"
    label = "events"
