"""PDFs made to do harm: each ends in a clear result of its own, and the document beside them is analysed."""

from __future__ import annotations

import hashlib
import struct
import zlib

import pytest

from analyser import pipeline, results
from analyser.analysis import Options
from analyser.document import Result

TEXT = "BT /F1 12 Tf 72 700 Td (Kunta parantaa digipalveluja joka vuosi.) Tj ET"
CATALOG, PAGES, PAGE, CONTENT = 1, 2, 3, 4
PADDING = bytes.fromhex("28BF4E5E4E758A4164004E56FFFA01082E2E00B6D0683E802F0CA9FE6453697A")


def pdf(objects: dict[int, bytes] | None = None, content: bytes = TEXT.encode(), trailer: str = "") -> bytes:
    """A PDF of one page with `content`; `objects` replace its own or come to them, by number."""
    whole = {
        CATALOG: b"<</Type/Catalog/Pages 2 0 R>>",
        PAGES: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        PAGE: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources 5 0 R>>",
        CONTENT: stream(content),
        5: b"<</Font<</F1 6 0 R>>>>",
        6: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        **(objects or {}),
    }
    written, offsets = bytearray(b"%PDF-1.7\n"), {}
    for number, body in sorted(whole.items()):
        offsets[number] = len(written)
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    data = bytes(written)
    table = "".join(f"{number} 1\n{offset:010} 00000 n \n" for number, offset in offsets.items())
    end = f"xref\n0 1\n0000000000 65535 f \n{table}trailer\n<</Size {max(whole) + 1}/Root 1 0 R{trailer}>>\n"
    return data + f"{end}startxref\n{len(data)}\n%%EOF\n".encode()


def stream(content: bytes, more: str = "") -> bytes:
    return f"<</Length {len(content)}{more}>>\nstream\n".encode() + content + b"\nendstream"


def page(more: str) -> dict[int, bytes]:
    return {PAGE: f"<</Type/Page/Parent 2 0 R/Contents 4 0 R/Resources 5 0 R{more}>>".encode()}


def bomb(line: bytes, size: int) -> bytes:
    """A stream, packed twice, that unpacks to `line` over and over, `size` bytes in all."""
    once = line * (2**20 // len(line))
    packer = zlib.compressobj(9)
    head, body = packer.compress(b"") + packer.flush(zlib.Z_FULL_FLUSH), b""
    body = packer.compress(once) + packer.flush(zlib.Z_FULL_FLUSH)
    return stream(zlib.compress(head + body * (size // len(once)), 9), "/Filter[/FlateDecode/FlateDecode]")


def encrypted() -> bytes:
    """A PDF that its owner protected and anyone may open: RC4 with the empty user password (PDF 1.7, 7.6.3)."""
    owner, permissions, name = b"\x11" * 32, -4, b"\x00" * 16
    key = hashlib.md5(PADDING + owner + struct.pack("<i", permissions) + name).digest()[:5]
    own = hashlib.md5(key + struct.pack("<I", CONTENT)[:3] + b"\0\0").digest()[:10]
    rule = f"<</Filter/Standard/V 1/R 2/P {permissions}/O<{owner.hex()}>/U<{rc4(key, PADDING).hex()}>>>"
    trailer = f"/Encrypt 7 0 R/ID[<{name.hex()}><{name.hex()}>]"
    return pdf({7: rule.encode()}, rc4(own, TEXT.encode()), trailer)


def rc4(key: bytes, data: bytes) -> bytes:
    state, j = list(range(256)), 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    i = j = 0
    out = bytearray()
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)


READ = {
    "annotated by a script": pdf({CATALOG: b"<</Type/Catalog/Pages 2 0 R/OpenAction 7 0 R>>",
                                  7: b"<</S/JavaScript/JS(while\\(true\\){})>>"}),
    "attachment": pdf({CATALOG: b"<</Type/Catalog/Pages 2 0 R/Names<</EmbeddedFiles<</Names[(../../x.pdf)7 0 R]>>>>>>",
                       7: b"<</Type/Filespec/F(../../x.pdf)/EF<</F 8 0 R>>>>", 8: stream(b"digi")}),
    "empty password": encrypted(),
    "endless form": pdf({5: b"<</Font<</F1 6 0 R>>/XObject<</X 7 0 R>>>>",
                         7: stream(b"/X Do", "/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources 5 0 R")},
                        f"{TEXT} /X Do".encode()),
    "page inherits from itself": pdf({PAGES: b"<</Type/Pages/Parent 2 0 R/Kids[3 0 R]/Count 1>>"}),
    "pages in pages in pages": pdf({PAGES: b"<</Type/Pages/Kids[3 0 R 2 0 R 3 0 R]/Count 1>>"}),
    "no cross-references": pdf().replace(b"xref", b"xxxx").replace(b"startxxxx", b"startxref"),
    "wrong cross-references": pdf().replace(b"00000 n", b"00007 n"),
    "box without end": pdf(page("/MediaBox[0 0 1000000000 1000000000]")),
    "box of no size": pdf(page("/MediaBox[0 0 0 0]")),
    "box inside out": pdf(page("/MediaBox[595 842 0 0]")),
    "box of words": pdf(page("/MediaBox[/a /b (c) null]")),
    "hundreds of thousands of objects": pdf(dict.fromkeys(range(10, 300000), b"<</A[1 2]>>")),
    "many lines on a page": pdf(content=TEXT.encode() + b"\n0 0 m 595 842 l S" * 30_000),
    "many letters off the page": pdf(content=TEXT.encode() + b"\nBT /F1 9 Tf 9 -9000 Td (digi) Tj ET" * 5_000),
    "long and thin box": pdf(page("/MediaBox[0 699 100000000 712]")),
}  # fmt: skip
"""Hostile PDFs that a reader can open and read the sentence in, and that cost it little."""

REFUSED = {
    "bomb of operators": pdf({CONTENT: bomb(b"BT /F1 1 Tf 1 0 0 1 9 9 Tm (digi) Tj ET\n", 2**31)}),
    "bomb of spaces": pdf({CONTENT: bomb(b" " * 64, 2**32)}),
    "million pages that are not there": pdf({PAGES: b"<</Type/Pages/Kids[3 0 R]/Count 1000000>>"}),
    "pages are their own page": pdf({PAGES: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}),
    "nested without end": pdf({PAGE: b"[" * 1_000_000}),
    "no root": pdf().replace(b"/Root 1 0 R", b"/Root 9 0 R").replace(b"/Catalog", b"/Nothing"),
}
"""Hostile PDFs of which nothing can be read in bounded time and memory."""


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Result]:
    """Each hostile document's result, from one run over all of them."""
    folder, out = tmp_path_factory.mktemp("hostile"), tmp_path_factory.mktemp("out")
    for name, data in {**READ, **REFUSED, "good": pdf()}.items():
        (folder / f"{name}.pdf").write_bytes(data)
    pipeline.run([folder], out, Options(jobs=2, timeout=6, cache=None))
    return {result.file.removesuffix(".pdf"): result for result in results.ResultFile(out / "results.jsonl")}


def test_the_document_beside_them_is_analysed(found: dict[str, Result]) -> None:
    assert (found["good"].status, found["good"].label) == ("ok", "mention")


@pytest.mark.parametrize("name", READ)
def test_what_a_reader_can_open_is_read(found: dict[str, Result], name: str) -> None:
    assert (found[name].status, found[name].label) == ("ok", "mention"), found[name].error


@pytest.mark.parametrize("name", REFUSED)
def test_the_rest_ends_with_a_reason(found: dict[str, Result], name: str) -> None:
    result = found[name]
    assert result.status in {"failed", "partial"}
    sentence = result.error or " ".join(result.warnings)
    assert name in sentence and sentence.endswith(".")
    assert "report this fault" not in sentence
