"""The work behind scripts/assets: unpacks the pinned third-party files, then builds share/essaim from Sources."""

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import urllib.parse
import zipfile
from pathlib import Path

SOURCES = Path("Sources")
# Each module is taken as its authors wrote it from the source map of the editor bundle, so that ours takes only its part.
PROSEMIRROR = (
    "orderedmap prosemirror-commands prosemirror-dropcursor prosemirror-gapcursor prosemirror-history "
    "prosemirror-keymap prosemirror-model prosemirror-schema-list prosemirror-state prosemirror-tables "
    "prosemirror-transform prosemirror-view rope-sequence w3c-keyname"
).split()
CREDITS = (
    "/*! With ProseMirror (prosemirror.net), MIT licence, copyright its authors; full texts in the folder licences/ "
    "shipped with this site. Essaim, AGPL-3.0-or-later. */"
)
MIT = """{name}
Copyright (C) the authors of {name}

Permission is hereby granted, free of charge, to any person obtaining a copy of this software and associated
documentation files (the "Software"), to deal in the Software without restriction, including without
limitation the rights to use, copy, modify, merge, publish, distribute, sublicense, and/or sell copies of the
Software, and to permit persons to whom the Software is furnished to do so, subject to the following
conditions:

The above copyright notice and this permission notice shall be included in all copies or substantial portions
of the Software.

THE SOFTWARE IS PROVIDED "AS IS", WITHOUT WARRANTY OF ANY KIND, EXPRESS OR IMPLIED, INCLUDING BUT NOT LIMITED
TO THE WARRANTIES OF MERCHANTABILITY, FITNESS FOR A PARTICULAR PURPOSE AND NONINFRINGEMENT. IN NO EVENT SHALL
THE AUTHORS OR COPYRIGHT HOLDERS BE LIABLE FOR ANY CLAIM, DAMAGES OR OTHER LIABILITY, WHETHER IN AN ACTION OF
CONTRACT, TORT OR OTHERWISE, ARISING FROM, OUT OF OR IN CONNECTION WITH THE SOFTWARE OR THE USE OR OTHER
DEALINGS IN THE SOFTWARE.
"""
TYPES = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
}
SHORTEST_PASSWORD = 15


def unpack(tools: Path) -> None:
    """Unpacks the wheels into modules, icons, licences and the ranking of passwords."""
    for wheel in sorted((tools / "wheels").glob("*.whl")):
        archive = zipfile.ZipFile(wheel)
        for name in archive.namelist():
            if re.search(r"\.dist-info/(licenses/)?LICEN[CS]E", name):
                licence = tools / "licences" / (wheel.name.split("-")[0] + ".txt")
                licence.parent.mkdir(exist_ok=True)
                licence.write_bytes(archive.read(name))
            elif name.endswith("/editor.js.map"):
                unpack_modules(json.loads(archive.read(name)), tools)
            elif name.endswith("/lucide.zip"):
                with archive.open(name) as inner:
                    zipfile.ZipFile(inner).extractall(tools / "icons")
            elif name == "zxcvbn/frequency_lists.py":
                (tools / "frequency_lists.py").write_bytes(archive.read(name))
    (tools / "licences" / "prosemirror.txt").write_text(MIT.format(name="ProseMirror"))


def unpack_modules(source_map: dict, tools: Path) -> None:
    texts = dict(zip(source_map["sources"], source_map["sourcesContent"]))
    for package in PROSEMIRROR:
        path = next(p for p in texts if re.search(rf"node_modules/{re.escape(package)}/(dist/)?index\.js$", p))
        folder = tools / "node_modules" / package
        folder.mkdir(parents=True)
        (folder / "index.js").write_text(texts[path])
        (folder / "package.json").write_text(
            json.dumps({"name": package, "type": "module", "main": "index.js", "sideEffects": False})
        )


def build(tools: Path, out: Path) -> None:
    """Builds everything under `out`, an empty folder."""
    copy_targets(out)
    assets = out / "assets"
    assets.mkdir()
    manifest = {}
    for name, content in site_assets(tools).items():
        stem, extension = name.rsplit(".", 1)
        file = f"{stem}.{hashlib.sha256(content).hexdigest()[:8]}.{extension}"
        (assets / file).write_bytes(content)
        manifest[name] = {
            "file": file,
            "bytes": len(content),
            "type": TYPES[extension],
            "encodings": compress(assets / file, content),
        }
    (assets / "manifest.json").write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n")
    passwords = common_passwords(tools / "frequency_lists.py")
    (out / "common-passwords.txt").write_text("\n".join(passwords) + "\n")
    shutil.copytree(tools / "licences", out / "licences")


def copy_targets(out: Path) -> None:
    for folder in ("locales", "migrations"):
        (out / folder).mkdir()
    for file in sorted(SOURCES.glob("*/Locales/*.json")):
        shutil.copy(file, out / "locales" / f"{file.parts[1]}.{file.name}")
    for file in sorted(SOURCES.glob("*/Migrations/*.sql")):
        (out / "migrations" / file.parts[1]).mkdir(exist_ok=True)
        shutil.copy(file, out / "migrations" / file.parts[1] / file.name)
    for folder in sorted(SOURCES.glob("*/Papers")):
        shutil.copytree(folder, out / "papers", dirs_exist_ok=True)
    if Path("Examples").is_dir():
        shutil.copytree("Examples", out / "examples")


def site_assets(tools: Path) -> dict:
    """The files by public name: one sheet for every page, then each page's own sheet or module (`texts-editor.js`)."""
    result = {"platform.css": minify_css(site_sheet(), tools)}
    for file in sorted(SOURCES.glob("*/Assets/*.css")):
        if "-" in file.stem:
            result[file.name] = minify_css(file.read_text(), tools)
    for file in sorted(SOURCES.glob("*/Assets/*.js")):
        result[file.name] = bundle(file, tools)
    for file in sorted(SOURCES.glob("*/Assets/*.svg")):
        result[file.name] = file.read_bytes()
    return result


def site_sheet() -> str:
    shell = sorted(SOURCES.glob("Platform/Assets/sheet/*.css"), key=lambda f: (f.stem != "tokens", f.stem))
    rooms = [f for f in sorted(SOURCES.glob("*/Assets/*.css")) if "-" not in f.stem]
    return "\n".join(file.read_text() for file in shell + rooms)


def minify_css(text: str, tools: Path) -> bytes:
    """Puts pictures inside the sheet: `icon("name")` from the icon set, `drawing("file.svg")` from our own drawings."""
    text = re.sub(r'icon\("([\w-]+)"\)', lambda m: data_url((tools / "icons" / f"{m[1]}.svg").read_text()), text)
    drawings = SOURCES / "Platform" / "Assets" / "drawings"
    text = re.sub(r'drawing\("([\w.-]+)"\)', lambda m: data_url((drawings / m[1]).read_text()), text)
    return run(["esbuild", "--loader=css", "--minify", "--charset=utf8", "--log-level=warning"], text.encode())


def data_url(svg: str) -> str:
    svg = re.sub(r"<!--.*?-->", "", svg, flags=re.S)
    svg = re.sub(r'\s(width|height)="24"', "", svg) if 'viewBox="0 0 24 24"' in svg else svg
    svg = re.sub(r"\s*\n\s*", " ", svg).replace("> <", "><").replace(" >", ">").strip()
    quoted = urllib.parse.quote(svg.replace('"', "'"), safe=" '=:/,-.;()!*~")
    return f'url("data:image/svg+xml,{quoted}")'


def bundle(entry: Path, tools: Path) -> bytes:
    command = ["esbuild", str(entry), "--bundle", "--minify", "--format=esm", "--target=es2021", "--charset=utf8"]
    command += ["--legal-comments=none", "--log-level=warning"]
    code = run(command, environment={"NODE_PATH": str((tools / "node_modules").resolve())})
    return CREDITS.encode() + b"\n" + code if b"ProseMirror" in code else code


def compress(file: Path, content: bytes) -> list:
    encodings = []
    run(["brotli", "--best", "--keep", "--force", str(file)])
    file.with_name(file.name + ".gz").write_bytes(gzip.compress(content, 9, mtime=0))
    for encoding, suffix in (("br", ".br"), ("gzip", ".gz")):
        packed = file.with_name(file.name + suffix)
        if packed.stat().st_size < len(content):
            encodings.append(encoding)
        else:
            packed.unlink()
    return encodings


def common_passwords(ranking: Path) -> list:
    """Passwords of 15 characters or more, in small letters, that are tried first: ranked ones, short ones repeated."""
    ranked = re.search(r'"passwords": "([^"]*)"', ranking.read_text())[1].split(",")
    ours = [
        "motdepasse",
        "azertyuiop",
        "azerty",
        "essaim",
        "bonjour",
        "1234567890",
        "0123456789",
        "abcdefghijklmnopqrstuvwxyz",
    ]
    short = ours + ranked[:1000]
    found = {word for word in ranked if len(word) >= SHORTEST_PASSWORD}
    for word in short:
        times = max(1, -(-SHORTEST_PASSWORD // len(word)))
        for count in (times, times + 1):
            found.add((word * count)[:64])
            found.update(word * (count - 1) + tail for tail in ("1", "123", "!"))
    return sorted(word for word in found if len(word) >= SHORTEST_PASSWORD)


def run(command: list, given: bytes = b"", environment: dict = {}) -> bytes:
    done = subprocess.run(command, input=given, stdout=subprocess.PIPE, env={**os.environ, **environment})
    if done.returncode:
        sys.exit(f"scripts/assets: {command[0]} failed")
    return done.stdout


if __name__ == "__main__":
    unpack(Path(sys.argv[2])) if sys.argv[1] == "unpack" else build(Path(sys.argv[2]), Path(sys.argv[3]))
