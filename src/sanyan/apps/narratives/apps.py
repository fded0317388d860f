from django.apps import AppConfig


class NarrativesConfig(AppConfig):
    name = "sanyan.apps.narratives"
    label = "narratives"
    default_auto_field = "django.db.models.BigAutoField"
