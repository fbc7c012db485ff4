"""Behind nginx as the manual sets it: the very file of the package, on ports of this machine, with a certificate of its own."""

import http.client
import os
import re
import shutil
import socket
import ssl
import subprocess
import time
import urllib.parse

import pytest
from harness.cast import PASSWORD, PEOPLE
from harness.places import ROOT
from harness.server import Server, free_port

HOST = "essaim.exemple.org"
NGINX = "/usr/sbin/nginx"


class Proxy:
    """nginx in front of a site: `ask(method, path)` goes through TLS, as a browser does."""

    def __init__(self, folder, site):
        self.folder, self.site = folder, site
        self.plain, self.secure = free_port(), free_port()
        self.certificate = folder / "fullchain.pem"
        self.cookie = self.process = None

    def start(self):
        subprocess.run(
            ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days", "2", "-subj", f"/CN={HOST}",
             "-addext", f"subjectAltName=DNS:{HOST}", "-keyout", self.folder / "privkey.pem", "-out", self.certificate],
            check=True, capture_output=True, timeout=60)
        text = (ROOT / "packaging/examples/nginx.conf").read_text()
        text = text.replace("127.0.0.1:8080", f"127.0.0.1:{self.site.port}").replace(f"/etc/letsencrypt/live/{HOST}", str(self.folder))
        text = re.sub(r"listen (\[::\]:)?(80|443)\b", lambda match: "listen {}:{}".format(
            "[::1]" if match[1] else "127.0.0.1", self.plain if match[2] == "80" else self.secure), text)
        places = " ".join(f"{name}_temp_path {self.folder}/{name};" for name in ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"])
        # Its workers keep large bodies in the folder of this test, which another account could not enter.
        account = "user root;" if os.geteuid() == 0 else ""
        settings = self.folder / "nginx.conf"
        settings.write_text(
            f"{account} daemon off; pid {self.folder}/pid; error_log {self.folder}/errors info; worker_processes 1;\n"
            f"events {{}}\nhttp {{ access_log off; {places}\n{text}\n}}\n")
        log = (self.folder / "said").open("ab")
        self.process = subprocess.Popen([NGINX, "-p", self.folder, "-c", settings], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        for _ in range(200):
            try:
                return socket.create_connection(("127.0.0.1", self.secure), timeout=5).close()
            except OSError:
                assert self.process.poll() is None, (self.folder / "said").read_text()
                time.sleep(0.05)
        raise AssertionError("nginx does not listen")

    def stop(self):
        if self.process is not None:
            self.process.terminate()
            self.process.wait(20)

    def connect(self, name=HOST):
        context = ssl.create_default_context(cafile=self.certificate)
        return context.wrap_socket(socket.create_connection(("127.0.0.1", self.secure), timeout=30), server_hostname=name)

    def ask(self, method, path, form=None, headers={}):
        connection = http.client.HTTPConnection(HOST)
        connection.sock = self.connect()
        headers = {"Origin": f"https://{HOST}", **({"Cookie": self.cookie} if self.cookie else {}), **headers}
        if form is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, urllib.parse.urlencode(form) if form else None, headers)
        answer = connection.getresponse()
        text = answer.read().decode()
        connection.close()
        return answer, text


@pytest.fixture
def proxy(demonstration, tmp_path):
    folder = tmp_path / "data"
    shutil.copytree(demonstration, folder)
    site = Server(folder)
    (folder / "essaim.conf").write_text(f"url = https://{HOST}\nproxies = 127.0.0.1, ::1\nlog = json requests\n")
    front = Proxy(tmp_path, site)
    try:
        site.start()
        front.start()
        yield front
    finally:
        front.stop()
        site.stop()


def sign_in(proxy, password):
    answer, page = proxy.ask("GET", "/connexion")
    proxy.cookie = (answer.headers["set-cookie"] or "").partition(";")[0] or proxy.cookie
    token = re.search(r'name="csrf" value="([^"]+)"', page)[1]
    return proxy.ask("POST", "/connexion", {"csrf": token, "email": PEOPLE["visitor"], "password": password})


def test_people_enter_through_the_proxy_of_the_manual(proxy):
    answer, _ = sign_in(proxy, PASSWORD)
    assert answer.status == 303 and answer.headers["set-cookie"].startswith("__Host-essaim=")
    assert "Secure" in answer.headers["set-cookie"]
    home, _ = proxy.ask("GET", "/")
    assert home.status == 200 and home.headers["strict-transport-security"]
    names = [name.lower() for name, _ in home.getheaders()]
    assert len(names) == len(set(names)), names


def test_it_leads_to_https_and_serves_no_other_name(proxy):
    connection = http.client.HTTPConnection("127.0.0.1", proxy.plain, timeout=30)
    connection.request("GET", "/ressources?q=jardin", headers={"Host": HOST})
    answer = connection.getresponse()
    assert (answer.status, answer.headers["location"]) == (301, f"https://{HOST}/ressources?q=jardin")
    with pytest.raises(ssl.SSLError):
        proxy.connect("autre.exemple.org")


def test_what_is_too_large_stops_at_the_proxy_and_what_is_not_reaches_the_site(proxy):
    answer, _ = proxy.ask("POST", "/connexion", headers={"Content-Length": str(25 << 20), "Expect": "100-continue"})
    assert answer.status == 413 and "content-security-policy" not in answer.headers
    answer, _ = proxy.ask("POST", "/connexion", {"email": "x" * (5 << 20)})
    assert answer.status == 403 and answer.headers["content-security-policy"]
