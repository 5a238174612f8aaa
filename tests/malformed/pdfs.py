"""PDF files from the drawing commands of their pages."""

import zlib
from collections.abc import Sequence


def text(words: str, x: float = 72, y: float = 700, size: float = 11, font: str = "F1", before: str = "") -> str:
    """Return the commands that write a line; `before` may set a colour or a mode of rendering."""
    plain = words.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"q {before} BT /{font} {size} Tf {x} {y} Td ({plain}) Tj ET Q\n"


def lines(*written: str, top: float = 700, size: float = 11, font: str = "F1") -> str:
    """Return the commands that write lines below each other as one paragraph."""
    return "".join(text(line, y=top - 1.2 * size * number, size=size, font=font) for number, line in enumerate(written))


def pdf(*pages: str, trailer: str = "", kids: str = "", catalog: str = "", count: int | None = None) -> bytes:
    """Return a PDF of these pages with Helvetica as F1 and its bold as F2; the keywords put other things in their place."""
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>".encode(),
        f"<< /Type /Pages /Kids [{kids or ' '.join(f'{5 + 2 * n} 0 R' for n in range(len(pages)))}] /Count {count or len(pages)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica-Bold /Encoding /WinAnsiEncoding >>",
    ]
    for number, commands in enumerate(pages):
        fonts = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
        page = f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Resources {fonts} /Contents {6 + 2 * number} 0 R >>"
        objects += [page.encode(), stream(commands.encode("cp1252"))]
    return joined(objects, trailer)


def stream(data: bytes, packed: bool = True) -> bytes:
    """Return a stream object."""
    body = zlib.compress(data) if packed else data
    return b"<< /Length %d %s>>\nstream\n%s\nendstream" % (len(body), b"/Filter /FlateDecode " if packed else b"", body)


def joined(objects: Sequence[bytes], trailer: str = "") -> bytes:
    """Return a file of these objects, numbered from 1, with its table of places."""
    out, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % place for place in places)
    out += b"trailer\n<< /Size %d /Root 1 0 R %s >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, trailer.encode(), table)
    return bytes(out)
