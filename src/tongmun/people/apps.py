from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "tongmun.people"
    label = "people"
