"""The thread as people live it, in a real browser: reading with and without script, writing, validating, withdrawing."""

from harness import cast

WRITES = True
VISIT = "/programmes/territoires-en-action/visites/caen"
OTHER = "/programmes/territoires-en-action/visites/hauts-de-france"


def synthesis(page, site):
    page.goto(site.url + "/ressources")
    address = page.locator(".entries a").first.get_attribute("href")
    assert address.startswith("/ressources/")
    return address


def test_anybody_finds_reads_and_traces_a_quotation(site, anybody):
    page = anybody()
    page.goto(site.url + "/recherche?q=emplois")
    assert page.locator("mark").count() > 0
    address = synthesis(page, site)
    page.goto(site.url + address)
    assert page.locator("figure.quotation").count() >= 8
    page.locator("figure.quotation a").first.click()
    assert "/sources/" in page.url
    assert "Caen" in page.locator("main").inner_text()


def test_the_same_is_read_without_script(site, anybody):
    page = anybody(javascript=False)
    address = synthesis(page, site)
    page.goto(site.url + address)
    assert page.locator("figure.quotation").count() >= 8


def test_a_note_is_written_without_script(site, person):
    page = person("visitor", javascript=False)
    page.goto(site.url + cast.NOTEBOOK)
    page.fill("form.notebook textarea[name=text]", "Une note écrite sans script.")
    page.get_by_role("button", name="Ajouter la note").click()
    assert "Une note écrite sans script." in page.locator("main").inner_text()


def test_a_note_written_with_script_is_there_after_a_reload(site, person):
    page = person("visitor")
    page.goto(site.url + cast.NOTEBOOK)
    page.fill("form.notebook textarea[name=text]", "Une note écrite avec script.")
    page.get_by_role("button", name="Ajouter la note").click()
    page.wait_for_timeout(1500)
    page.reload()
    assert "Une note écrite avec script." in page.locator("main").inner_text()


def test_the_officer_sees_where_the_six_visits_stand(site, person):
    page = person("officer")
    page.goto(site.url + "/programmes/territoires-en-action/visites")
    assert page.locator("ol.visits > li").count() == 6
    page.goto(site.url + "/a-faire")
    assert page.locator("h1").inner_text() != ""


def test_the_host_reads_no_note(site, person, allow):
    allow("status of 404")
    page = person("host")
    page.goto(site.url + VISIT)
    assert page.locator("#notes").count() == 0
    assert page.goto(site.url + cast.NOTEBOOK).status == 404


def test_a_withdrawn_quotation_is_gone_at_once(site, person, anybody):
    reader = anybody()
    address = synthesis(reader, site)
    reader.goto(site.url + address)
    words = reader.locator("figure.quotation blockquote").first.inner_text()
    officer = person("officer")
    officer.goto(site.url + "/programmes/territoires-en-action/extraits?state=given")
    links = officer.locator("ol.entries a")
    index = next(i for i in range(links.count()) if words[2:40] in links.nth(i).inner_text())
    links.nth(index).click()
    officer.get_by_text("La personne ne veut plus être citée", exact=True).click()
    officer.get_by_label("La personne ne veut plus être citée :").check()
    officer.get_by_role("button", name="Retirer ces mots de partout").click()
    officer.get_by_text("Les mots ne se lisent plus").wait_for()
    reader.goto(site.url + address)
    assert words not in reader.content()
