"""Documents of word processors, changed as a person or somebody ill-meaning would."""

import io
import zipfile


def altered(content, changes=None, also=None):
    """The archive with parts changed or added."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            text = old.read(name)
            new.writestr(name, (changes or {}).get(name, lambda text: text)(text))
        for name, text in (also or {}).items():
            new.writestr(name, text)
    return file.getvalue()
