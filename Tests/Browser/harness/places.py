"""Where things are in a built working copy."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
BUILD = ROOT / ".build"
BINARY = Path(os.environ.get("ESSAIM_BINARY", BUILD / "debug/essaim"))
SCREENSHOTS = BUILD / "screenshots"
CHECKER = BUILD / "tools/checker/vnu.jar"
CHROMIUM = "/usr/bin/chromium"
