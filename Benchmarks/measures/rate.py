"""wrk, the same settings for everybody."""

import re
import subprocess
from typing import NamedTuple

from .places import SECONDS

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


class Rate(NamedTuple):
    """Requests per second; the middle latency and the one of 99 requests in 100, in milliseconds."""

    rate: float
    middle: float
    slow: float


def wrk(url, connections=32, script=None, encoding="br"):
    """Anything but answers 2xx is a failure."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS:g}s", "--timeout", "30s", "--latency", "-H", f"Accept-Encoding: {encoding}"]
    if script:
        command += ["-s", str(script)]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=True)
    words = done.stdout
    if bad := re.search(r"Non-2xx.*|Socket errors.*", words):
        raise SystemExit(f"Benchmarks/run: {url}: {bad[0]}")
    waits = [float(value) * UNITS[unit] for value, unit in (re.search(rf"{share}%\s+([\d.]+)(us|ms|s|m)", words).groups() for share in (50, 99))]
    return Rate(float(re.search(r"Requests/sec:\s+([\d.]+)", words)[1]), *waits)
