"""Pdf files with exactly the objects that a test is about."""


def pdf_file(
    content: bytes,
    *,
    filters: bytes = b"",
    pages: bytes = b"[3 0 R]",
    page: bytes = b"",
    resources: bytes = b"",
    more: list[bytes] | None = None,
) -> bytes:
    """Return a file of one page of 400 by 600 points; `more` are objects from number 6 on."""
    packing = b"/Filter" + filters if filters else b""
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids%s/Count %d>>" % (pages, pages.count(b"R")),
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 400 600]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>%s>>%s>>"
        % (resources, page),
        b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), packing, content),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
        *(more or []),
    ]
    out, places = b"%PDF-1.7\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(out))
        out += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return b"%sxref\n0 %d\n0000000000 65535 f \n%strailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF" % (
        out,
        len(objects) + 1,
        table,
        len(objects) + 1,
        len(out),
    )
