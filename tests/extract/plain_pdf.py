"""PDFs written by hand, for what no typesetter makes: damaged, encrypted, without pages, with invisible text."""

from __future__ import annotations

import hashlib
import re


def plain_pdf(
    *contents: str, page: str = "", trailer: str = "", font: str = "/Type1 /BaseFont /Helvetica", extra: str = ""
) -> bytes:
    """A PDF with a page of 400 × 600 points for each content stream (`/F1` is its font); `page` is added to each page.

    `extra` is one more object, numbered 4; `trailer` is added to the trailer.
    """
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "",
        f"<< /Type /Font /Subtype {font} >>",
        extra or "<< >>",
    ]
    kids = []
    for content in contents:
        objects.append(f"<< /Length {len(content)} >>\nstream\n{content}\nendstream")
        stream = len(objects)
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 600] /Contents {stream} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> >> {page} >>"
        )
        kids.append(f"{len(objects)} 0 R")
    objects[1] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    data = b"%PDF-1.7\n"
    offsets = []
    for number, body in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{body}\nendobj\n".encode("latin-1")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    start = len(data)
    data += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}".encode()
    data += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return data


def line(text: str, x: float = 50, y: float = 500, size: float = 11, before: str = "") -> str:
    """A content stream that sets `text` at (x, y) from the lower left corner; `before` are operators before it."""
    return f"q {before} BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET Q\n"


def encrypted(data: bytes) -> bytes:
    """`data`, of `plain_pdf`, with an owner's password and none for its readers (ISO 32000-1, 7.6.3: RC4, 40 bits)."""
    padding = bytes.fromhex("28bf4e5e4e758a4164004e56fffa01082e2e00b6d0683e802f0ca9fe6453697a")
    identity, rights = bytes(16), (-4).to_bytes(4, "little", signed=True)
    owner = _rc4(hashlib.md5((b"omistaja" + padding)[:32]).digest()[:5], padding)
    key = hashlib.md5(padding + owner + rights + identity).digest()[:5]

    def sealed(match: re.Match[bytes]) -> bytes:
        salt = int(match[1]).to_bytes(3, "little") + bytes(2)
        return match[0].replace(match[2], _rc4(hashlib.md5(key + salt).digest()[:10], match[2]))

    body = re.sub(rb"(\d+) 0 obj\n[^\n]*\nstream\n(.*?)\nendstream", sealed, data, flags=re.DOTALL)
    entries = f"/ID [<{identity.hex()}> <{identity.hex()}>] /Encrypt << /Filter /Standard /V 1 /R 2 /P -4 "
    entries += f"/O <{owner.hex()}> /U <{_rc4(key, padding).hex()}> >> "
    return body.replace(b"/Root 1 0 R", entries.encode() + b"/Root 1 0 R")


def _rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    j = 0
    for i in range(256):
        j = (j + state[i] + key[i % len(key)]) % 256
        state[i], state[j] = state[j], state[i]
    out = bytearray()
    i = j = 0
    for byte in data:
        i = (i + 1) % 256
        j = (j + state[i]) % 256
        state[i], state[j] = state[j], state[i]
        out.append(byte ^ state[(state[i] + state[j]) % 256])
    return bytes(out)
