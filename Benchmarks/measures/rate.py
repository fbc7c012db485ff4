"""wrk, the same settings for everybody."""

import re
import subprocess

from .places import SECONDS

UNITS = {"us": 0.001, "ms": 1.0, "s": 1000.0, "m": 60_000.0}


def wrk(url, connections=32, script=None, encoding="br"):
    """Requests per second and the middle latency in milliseconds; anything but answers 2xx is a failure."""
    command = ["wrk", "-t1", f"-c{connections}", f"-d{SECONDS:g}s", "--latency", "-H", f"Accept-Encoding: {encoding}"]
    if script:
        command += ["-s", str(script)]
    done = subprocess.run([*command, url], capture_output=True, text=True, check=True)
    words = done.stdout
    if bad := re.search(r"Non-2xx.*|Socket errors.*", words):
        raise SystemExit(f"Benchmarks/run: {url}: {bad[0]}")
    value, unit = re.search(r"50%\s+([\d.]+)(us|ms|s|m)", words).groups()
    return float(re.search(r"Requests/sec:\s+([\d.]+)", words)[1]), float(value) * UNITS[unit]
