"""Imported by the server that workers are forked from: what they all need is loaded here once, and shared.

A failure here is left for the workers to meet, where it costs a document and is reported.
"""

import contextlib
import gc
import os

for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    # The workers share out the processors among themselves; threads inside each would only get in one another's way.
    os.environ.setdefault(variable, "1")

with contextlib.suppress(Exception):
    from analyser import results  # noqa: F401
    from analyser.coder import coder
    from analyser.extract import pdf, text  # noqa: F401
    from analyser.language import tagging

    coder("fi", None)  # as documents ask for it: `coder("fi")` would be another entry of its cache
    # The first sentence makes spaCy finish what it puts off at loading.
    tagging.pipeline("fi")("Kunta kehittää digipalveluja.")

gc.collect()
gc.freeze()
