"""The machine that measured: without it the figures say nothing."""

import datetime
import os
import platform
import re
import subprocess
from pathlib import Path

from .table import table


def describe(folder):
    memory = int(re.search(r"MemTotal:\s+(\d+)", Path("/proc/meminfo").read_text())[1]) // 1024
    processor = re.search(r"model name\s*:\s*(.*)", Path("/proc/cpuinfo").read_text())
    rows = [
        ("Day", datetime.date.today().isoformat()),
        ("Processor", f"{processor[1] if processor else platform.machine()}, {os.cpu_count()} cores"),
        ("Memory", f"{memory} MiB"),
        ("File system", words("stat", "--file-system", "--format", "%T", str(folder))),
        ("System", f"Linux {platform.release()}"),
        ("Swift", words("swift", "--version").splitlines()[0]),
        ("nginx, SQLite", f"{words('/usr/sbin/nginx', '-v').rpartition('/')[2]}, {sqlite()}"),
        ("Load before", f"{os.getloadavg()[0]:.1f}"),
    ]
    return "Written by `make bench` (release build; medians, least and most in brackets).\n\n" + table(["Machine", ""], rows)


def words(*command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    return done.stdout.strip()


def sqlite():
    import sqlite3

    return sqlite3.sqlite_version
