"""The second factor in a real browser: put in place and given at log-in with the keyboard alone and without script."""

import base64
import hashlib
import hmac
import re
import struct
import time

from conftest import refuse
from harness import cast
from harness.keyboard import Keyboard
from harness.looks import cold, over
from harness.server import run
from harness.strain import strain

WRITES = True
STEP = {"elements": 380, "requests": 5, "kb": 40}
FACTOR = "/compte/second-facteur"


class Phone:
    """An authenticator application of our own (RFC 6238): it waits for a code that was not given yet."""

    def __init__(self, key):
        self.key = base64.b32decode(key.replace(" ", ""))
        self.last = 0

    def code(self):
        while time.time() // 30 <= self.last:
            time.sleep(0.2)
        self.last = int(time.time() // 30)
        mac = hmac.new(self.key, struct.pack(">Q", self.last), hashlib.sha1).digest()
        number = struct.unpack(">I", mac[mac[19] & 15:][:4])[0] & 0x7FFFFFFF
        return f"{number % 1_000_000:06d}"


def sign_in(page, email, keyboard):
    page.goto("/connexion")
    keyboard.reach("Adresse électronique").write(email)
    keyboard.reach("Mot de passe").write(cast.PASSWORD)
    with page.expect_navigation():
        keyboard.press("Enter")


def test_keyboard_alone_without_script_from_the_key_to_the_next_log_in(site, anybody, nu, allow):
    allow("status of 401")
    allow("status of 422")
    page = anybody(javascript=False)
    keyboard = Keyboard(page)
    email = site.people["visitor"]
    sign_in(page, email, keyboard)
    page.goto("/compte")
    keyboard.reach("Mettre en place la double authentification").press("Enter")
    page.wait_for_url(f"**{FACTOR}")
    assert page.locator("img.qr").evaluate("image => image.complete && image.naturalWidth > 0")
    phone = Phone(page.locator("code.key").inner_text())
    keyboard.reach("Code à six chiffres").write(phone.code()).press("Enter")
    page.wait_for_selector("ol.codes")
    codes = page.locator("ol.codes code").all_inner_texts()
    assert len(set(codes)) == 10
    nu(page.content())
    keyboard.reach("J’ai gardé mes codes").press("Enter")
    page.wait_for_url("**/a-faire")
    page.context.clear_cookies()

    page.goto("/compte")
    keyboard.reach("Adresse électronique").write(email)
    keyboard.reach("Mot de passe").write(cast.PASSWORD).press("Enter")
    page.wait_for_url("**/connexion/code?next=%2Fcompte")
    field = page.get_by_label("Code à six chiffres")
    assert (field.get_attribute("inputmode"), field.get_attribute("autocomplete")) == ("numeric", "one-time-code")
    nu(page.content())
    keyboard.reach("Code à six chiffres").write("000000").press("Enter")
    page.wait_for_selector(".error-summary")
    assert page.title().startswith("Erreur")
    keyboard.reach("Code à six chiffres").write(phone.code()).press("Enter")
    page.wait_for_url("**/compte")
    page.context.clear_cookies()

    sign_in(page, email, keyboard)
    page.wait_for_url("**/connexion/code*")
    keyboard.reach("Se servir d’un code de secours").press("Enter")
    keyboard.reach("Code de secours").write(codes[4].upper().replace("-", " ")).press("Enter")
    page.wait_for_url("**/a-faire")
    page.goto(FACTOR)
    assert "Il vous reste 9 codes" in page.locator("main").inner_text()
    assert not keyboard.unseen


def test_its_pages_are_held_to_the_same_as_the_others(site, anybody, axe, nu):
    page = anybody()
    email = site.people["colleague"]
    sign_in(page, email, Keyboard(page))
    page.goto(FACTOR)
    phone = Phone(page.locator("code.key").inner_text())
    page.get_by_label("Code à six chiffres").fill(phone.code())
    page.get_by_role("button", name="Mettre en place").click()
    page.wait_for_selector("ol.codes")
    refuse(strain(page))
    axe(page, "recovery-codes")
    _, cost = cold(page, site.url + FACTOR)
    refuse(over(cost, STEP) + strain(page))
    axe(page, "factor-in-place")
    page.context.clear_cookies()
    sign_in(page, email, Keyboard(page))
    response, cost = cold(page, f"{site.url}/connexion/code?next=/compte")
    refuse(over(cost, STEP) + strain(page))
    axe(page, "code")
    nu(response.text())


def test_a_real_site_leads_its_administrator_to_the_factor_and_the_host_takes_it_away(site, visits, allow):
    site.server.stop()
    site.server.data.joinpath("essaim.conf").write_text("second_factor = required\n", encoding="utf-8")
    site.server.start()
    try:
        page = visits.sign_in("administrator")
        page.goto("/ressources")
        assert page.url.endswith(f"{FACTOR}?next=%2Fressources")
        assert "Votre rôle" in page.locator(".notice").inner_text()
        phone = Phone(page.locator("code.key").inner_text())
        page.get_by_label("Code à six chiffres").fill(phone.code())
        page.get_by_role("button", name="Mettre en place").click()
        page.get_by_role("link", name="J’ai gardé mes codes").click()
        page.wait_for_url("**/ressources")
        email = site.people["administrator"]
        place = ["--data", site.data, "--email", email]
        assert "codes de secours restants : 10" in run("person", "factor", *place)
        assert "retiré" in run("person", "factor", "--reset", *place)
        assert "Pas de second facteur" in run("person", "factor", *place)
        allow("status of 401")
        assert page.goto("/compte").status == 401
    finally:
        site.server.stop()
        site.server.data.joinpath("essaim.conf").unlink()
        site.server.start()


def test_to_confirm_who_one_is_is_held_to_the_same(site, person, axe, nu):
    page = person("officer")
    response, cost = cold(page, f"{site.url}/compte/confirmation?next=/compte/adresse")
    refuse(over(cost, STEP) + strain(page))
    axe(page, "proof")
    nu(response.text())
    page.get_by_label("Mot de passe").fill(cast.PASSWORD)
    page.get_by_role("button", name="Confirmer").click()
    page.wait_for_url("**/compte/adresse")
    assert re.search("Nouvelle adresse", page.locator("main").inner_text())
