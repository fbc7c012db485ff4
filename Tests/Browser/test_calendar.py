"""Calendars, as an independent reader reads them: files, a private feed, a visit moved and called off, clocks overseas."""

import re
from datetime import timedelta

import pytest
from icalendar import Calendar

WRITES = True
PROGRAMME = "/programmes/territoires-en-action"
BOURGOGNE = f"{PROGRAMME}/visites/bourgogne"


@pytest.fixture(scope="module")
def officer(site):
    client = site.client("officer")
    yield client
    client.close()


@pytest.fixture(scope="module")
def feed(site, officer):
    officer.send_form("/compte/calendrier", "/compte/calendrier")
    address = re.search(r"/calendrier/[\w-]+\.ics", officer.page("/compte/calendrier"))[0]
    anybody = site.client()

    def read():
        status, content = anybody.ask("GET", address)
        assert status == 200
        return events(content)

    yield read
    anybody.close()


def events(content):
    for line in content.split(b"\r\n"):
        assert len(line) <= 75
    calendar = Calendar.from_ical(content)
    assert calendar["VERSION"] == "2.0" and calendar["PRODID"]
    found = {str(event["UID"]): event for event in calendar.walk("VEVENT")}
    assert all("DTSTAMP" in event and event["DTEND"].dt > event["DTSTART"].dt for event in found.values())
    return found


def of(found, name):
    return {uid: event for uid, event in found.items() if name in str(event["SUMMARY"])}


def set_dates(officer, first, zone="Europe/Paris"):
    officer.send_form(f"{BOURGOGNE}/dates", "/dates", first_day=first, length="4", zone=zone)


def test_a_visit_is_read_back_with_its_hours(site, officer):
    _, content = officer.ask("GET", f"{PROGRAMME}/visites/caen/visite.ics")
    found = events(content)
    assert len(found) == 4
    first = min(found.values(), key=lambda event: event["DTSTART"].dt)
    assert first["DTSTART"].dt.isoformat() == "2026-04-14T09:00:00+02:00"
    assert "Colombelles" in str(first["LOCATION"]) and "ARDES" in str(first["DESCRIPTION"])
    assert str(first["URL"]).endswith("/visites/caen")


def test_a_visit_moved_and_called_off_keeps_its_identifiers(officer, feed):
    set_dates(officer, "08/03/2027")
    before = of(feed(), "Bourgogne")
    assert len(before) == 4
    set_dates(officer, "29/03/2027")
    moved = of(feed(), "Bourgogne")
    assert moved.keys() == before.keys()
    for uid, event in moved.items():
        assert event["SEQUENCE"] > before[uid]["SEQUENCE"] and event["DTSTART"].dt > before[uid]["DTSTART"].dt
        # Summer time began in between.
        assert event["DTSTART"].dt.utcoffset() == timedelta(hours=2) and before[uid]["DTSTART"].dt.utcoffset() == timedelta(hours=1)
    officer.send_form(BOURGOGNE, "/annulation", cancellation="La structure ferme.")
    cancelled = of(feed(), "Bourgogne")
    assert cancelled.keys() == before.keys()
    assert all(event["STATUS"] == "CANCELLED" and event["SEQUENCE"] > moved[uid]["SEQUENCE"] for uid, event in cancelled.items())
    officer.send_form(BOURGOGNE, "/reprise")


@pytest.mark.parametrize("zone, hours", [("Indian/Reunion", 4), ("America/Guadeloupe", -4), ("America/Cayenne", -3), ("Pacific/Noumea", 11), ("Pacific/Tahiti", -10)])
def test_an_overseas_visit_is_on_its_own_clocks(officer, zone, hours):
    set_dates(officer, "29/03/2027", zone)
    _, content = officer.ask("GET", f"{BOURGOGNE}/visite.ics")
    assert f"TZID:{zone}".encode() in content
    assert {event["DTSTART"].dt.utcoffset() for event in events(content).values()} == {timedelta(hours=hours)}
    # The zone in the file says the same as the one that the reader knows by name.
    zones = Calendar.from_ical(content).walk("VTIMEZONE")
    offsets = {part["TZOFFSETTO"].td for part in zones[0].walk() if part.name in ("STANDARD", "DAYLIGHT")}
    assert offsets == {timedelta(hours=hours)}
    set_dates(officer, "29/03/2027")


def test_a_renewed_feed_closes_the_former_one(site, officer, feed):
    page = officer.page("/compte/calendrier")
    address = re.search(r"/calendrier/[\w-]+\.ics", page)[0]
    officer.send_form("/compte/calendrier", "/compte/calendrier")
    anybody = site.client()
    assert anybody.ask("GET", address)[0] == 404
    anybody.close()
