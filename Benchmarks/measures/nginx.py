"""nginx serving the very bytes and heads that our server sent, from files."""

import http.client
import os
import subprocess
import time

from harness.server import free_port

from .places import NGINX

# Written by each server itself.
ITS_OWN = {"date", "server", "connection", "keep-alive", "content-length", "content-type", "transfer-encoding", "etag"}

FRAME = """
{user}
daemon off; pid {folder}/nginx.pid; error_log stderr crit; worker_processes auto;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; open_file_cache max=100 inactive=1h; open_file_cache_valid 1h;
    keepalive_requests 100000000; keepalive_timeout 60s; types {{ }}
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; root {folder}; {locations} }}
}}
"""


def take(port, path, encoding="br"):
    """The heads and the body of a page exactly as our server sends them."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    connection.request("GET", path, headers={"Accept-Encoding": encoding})
    answer = connection.getresponse()
    body = answer.read()
    connection.close()
    assert answer.status == 200, f"GET {path}: {answer.status}"
    return answer.getheaders(), body


class Nginx:
    """Serves taken pages; `address(number)` is that of each."""

    def __init__(self, folder, pages):
        folder.mkdir()
        folder.chmod(0o755)
        self.port = free_port()
        locations = []
        for number, (heads, body) in enumerate(pages):
            (folder / f"page{number}").write_bytes(body)
            kind = next(value for name, value in heads if name.lower() == "content-type")
            kept = [(n, v.replace('"', '\\"')) for n, v in heads if n.lower() not in ITS_OWN]
            lines = "".join(f'add_header {name} "{value}";' for name, value in kept)
            locations.append(f'location = /page{number} {{ default_type "{kind}"; {lines} }}')
        (folder / "nginx.conf").write_text(FRAME.format(
                user="user root;" if os.geteuid() == 0 else "", folder=folder, port=self.port, locations="\n".join(locations)))
        self.process = subprocess.Popen(
            [NGINX, "-p", str(folder), "-e", "stderr", "-c", str(folder / "nginx.conf")], stdin=subprocess.DEVNULL)
        for _ in range(100):
            try:
                if all(take(self.port, f"/page{number}")[1] == body for number, (_, body) in enumerate(pages)):
                    return
            except OSError:
                time.sleep(0.05)
        self.stop()
        raise SystemExit("Benchmarks/run: nginx does not serve the same bytes")

    def address(self, number):
        return f"http://127.0.0.1:{self.port}/page{number}"

    def stop(self):
        self.process.terminate()
        self.process.wait(10)
