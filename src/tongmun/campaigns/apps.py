from django.apps import AppConfig


class CampaignsConfig(AppConfig):
    name = "tongmun.campaigns"
    label = "campaigns"
