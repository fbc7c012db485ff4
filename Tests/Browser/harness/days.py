"""Days as the site counts them: in the zone of its people, whatever the clock of the machine that tries it."""

from datetime import datetime
from zoneinfo import ZoneInfo


def today():
    return datetime.now(ZoneInfo("Europe/Paris")).date()


def written(day):
    """A day as one types it."""
    return day.strftime("%d/%m/%Y")
