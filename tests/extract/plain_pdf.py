"""PDFs written by hand, for what no typesetter makes: damaged, encrypted, without pages, with invisible text."""

from __future__ import annotations


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
