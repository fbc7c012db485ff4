"""What a host watches: is it well, what does it do, what happened."""

import json
import re
import shutil

from harness import cast
from harness.client import Client
from harness.server import Server

TOKEN = "un-jeton-de-plus-de-vingt-signes"
LINE = re.compile(r'[a-z_]+(\{[a-z]+="[^"\n]*"(,[a-z]+="[^"\n]*")*\})? -?[0-9.e+-]+')


def test_figures_and_journal_say_what_happened_and_nothing_of_what_was_said(demonstration, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(demonstration, folder)
    (folder / "essaim.conf").write_text(f"metrics = {TOKEN}\nlog = json requests\n")
    server = Server(folder)
    server.start()
    try:
        client = Client(server.port)
        client.sign_in(cast.PEOPLE["officer"])
        client.page("/recherche?q=secretdepolichinelle")
        client.ask("GET", "/chemin/inconnu/secretdepolichinelle")
        client.page("/")
        assert client.ask("GET", "/sante")[0] == 200
        assert client.ask("GET", "/mesures")[0] == 404
        status, content = client.ask("GET", "/mesures", None, {"Authorization": f"Bearer {TOKEN}"})
        figures = content.decode()
    finally:
        server.stop()
    assert status == 200
    lines = figures.splitlines()
    assert lines and all(line.startswith("# ") or LINE.fullmatch(line) for line in lines)
    assert 'essaim_answers_total{method="GET",route="/recherche",status="200"} 1' in lines
    assert 'essaim_answers_total{method="GET",route="-",status="404"} 1' in lines
    journal = [json.loads(line) for line in server.log.read_text().splitlines() if line.startswith("{")]
    assert {"method", "route", "status", "ms", "at", "level", "message"} <= set(journal[-1])
    for said in ["polichinelle", "@", TOKEN, cast.PASSWORD]:
        assert said not in figures
        assert said not in server.log.read_text()
