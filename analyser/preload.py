"""Imported by the server that workers are forked from: what they all need is loaded here once, and shared.

A failure here is left for the workers to meet, where it costs a document and is reported.
"""

import contextlib
import gc
import os
import tempfile
from pathlib import Path

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    # The workers share out the processors among themselves; threads inside each would only get in one another's way.
    os.environ.setdefault(variable, "1")

with contextlib.suppress(Exception):
    import pdfplumber  # noqa: F401

    from analyser import cli, dispatch, report, results  # noqa: F401
    from analyser.coder import coder
    from analyser.document import Block, Document
    from analyser.extract import pdf, text  # noqa: F401
    from analyser.extract.organisation import organisation_of

    # A sentence goes all the way to its page, so that libraries do now what they put off until they are first used.
    sentence = Document("", "", blocks=(Block("paragraph", "Kunta kehittää digipalveluja.", 1, None),))
    organisation_of(sentence)
    # `coder("fi", None)` as documents ask for it: `coder("fi")` would be another entry of its cache
    result = results.of(coder("fi", None).coded(sentence))
    results.to_line(result)
    with tempfile.TemporaryDirectory() as folder:
        report.write(Path(folder), [result], {}, images=False)

gc.collect()
gc.freeze()
gc.set_threshold(50_000, 20, 20)  # a document makes much that is not rubbish, and few cycles
