"""The real binary on a real folder of data, for one test module or one measure."""

import http.client
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from .places import BINARY


def run(*arguments, binary=BINARY, given=None, patience=300):
    """Runs a subcommand to its end; returns its words, or fails with all of them."""
    done = subprocess.run(
        [str(binary), *map(str, arguments)], input=given, stdin=None if given else subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, timeout=patience,
    )
    assert done.returncode == 0, f"essaim {arguments[0]} ended with {done.returncode}:\n{done.stdout[-4000:]}"
    return done.stdout


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class Server:
    """`essaim serve` on a free port of this machine: `start()`, `stop()` by SIGTERM, `kill()` without a word.

    `under` is a command that runs it (`["faketime", "2000-01-01 00:00:00"]`), `limits` is done in its process before it."""

    def __init__(self, data, binary=BINARY, options=(), under=(), limits=None):
        self.options = options
        self.under = under
        self.limits = limits
        self.data = Path(data)
        self.binary = binary
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.log = self.data.with_name(self.data.name + ".log")
        self.process = None

    def start(self, patience=60):
        """Returns the seconds from the start of the process to its first answer."""
        with self.log.open("ab") as log:
            began = time.perf_counter()
            self.process = subprocess.Popen(
                [*self.under, str(self.binary), "serve", "--data", str(self.data), "--port", str(self.port), *self.options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, preexec_fn=self.limits,
            )
        while time.perf_counter() - began < patience:
            if self.process.poll() is not None:
                raise AssertionError(f"the server ended at once ({self.process.returncode}):\n{self.tail()}")
            try:
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=5)
                connection.request("GET", "/")
                connection.getresponse().read()
                return time.perf_counter() - began
            except OSError:
                time.sleep(0.002)
            finally:
                connection.close()
        raise AssertionError(f"no answer after {patience} s:\n{self.tail()}")

    def stop(self, patience=20):
        """Ends it as an operator does; a dirty end is a failure."""
        if self.process is None:
            return
        process, self.process = self.process, None
        if self.under:
            own = Path(f"/proc/{process.pid}/task/{process.pid}/children").read_text()
            os.kill(int(own.split()[0]), signal.SIGTERM)
        else:
            process.send_signal(signal.SIGTERM)
        try:
            status = process.wait(patience)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise AssertionError(f"still running {patience} s after SIGTERM:\n{self.tail()}") from None
        assert status == 0, f"ended with {status} after SIGTERM:\n{self.tail()}"

    def kill(self):
        """As a power cut does to a process: nothing is told, nothing is flushed by it."""
        process, self.process = self.process, None
        process.kill()
        process.wait()

    def memory(self):
        """Resident memory in KiB: all, and what is its own (anonymous)."""
        status = Path(f"/proc/{self.process.pid}/status").read_text()
        lines = dict(line.split(":", 1) for line in status.splitlines())
        return {name: int(lines[name].split()[0]) for name in ("VmRSS", "RssAnon")}

    def tail(self):
        return "\n".join(self.log.read_text(errors="replace").splitlines()[-30:])
