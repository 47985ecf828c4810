"""PDF documents as small as they can be: lines at their places, in the order in which they are drawn."""

FONTS = {"F1": "Helvetica", "F2": "Helvetica-Bold"}


def line(text, y, *, x=72, size=11, bold=False):
    written = text.encode("cp1252").replace(b"\\", rb"\\").replace(b"(", rb"\(").replace(b")", rb"\)")
    return b"BT /F%d %g Tf 1 0 0 1 %g %g Tm (%s) Tj ET" % (2 if bold else 1, size, x, y, written)


def pdf(*pages, info="", extra=b""):
    """A document of pages, each of them `line`s; `info` as PDF writes it: "/Title (Rain)"."""
    count = len(pages)
    fonts = " ".join(
        f"/{key} << /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
        for key, name in FONTS.items()
    )
    kids = " ".join(f"{2 * number + 4} 0 R" for number in range(count))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R /Lang (en-IE) >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {count} /MediaBox [0 0 595 842] >>".encode(),
        f"<< {info} >>".encode("cp1252"),
    ]
    for number, lines in enumerate(pages):
        content = b"\n".join(lines) + extra
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /Contents {2 * number + 5} 0 R "
            f"/Resources << /Font << {fonts} >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(content), content))
    written = b"%PDF-1.7\n"
    places = []
    for number, each in enumerate(objects, 1):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(objects) + 1
    trailer = b"trailer\n<< /Size %d /Root 1 0 R /Info 3 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (size, len(written))
    return written + b"xref\n0 %d\n0000000000 65535 f \n" % size + table + trailer
