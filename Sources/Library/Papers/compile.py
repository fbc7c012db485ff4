"""Makes paper.pdf from paper.typ and paper.json of this folder: tagged, PDF/UA-1 unless a letter has no glyph here."""

import sys

import typst

compiler = typst.Compiler("paper.typ", root=".")
moment = int(sys.argv[1])
try:
    pdf = compiler.compile(format="pdf", pdf_standards=["ua-1"], timestamp=moment)
except typst.TypstError as problem:
    print(problem.diagnostic if hasattr(problem, "diagnostic") else problem, file=sys.stderr)
    pdf = compiler.compile(format="pdf", timestamp=moment)
with open("paper.pdf", "wb") as file:
    file.write(pdf)
