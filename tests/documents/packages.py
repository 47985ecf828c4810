"""Word documents as the programs that people write them with pack them, small and in original words."""

import io
import zipfile

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
TYPES = f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>'
RELS = (
    f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>'
)


def paragraph(text, style=""):
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f'<w:p>{properties}<w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'


def document(*paragraphs, namespace=W):
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="{namespace}" xmlns:r="{OFFICE}">'
        f"<w:body>{''.join(paragraphs)}<w:sectPr/></w:body></w:document>"
    )


def styles(**names):
    """Styles by id, with the names that Word gives them in every language."""
    each = (
        f'<w:style w:type="paragraph" w:styleId="{key}"><w:name w:val="{name}"/></w:style>'
        for key, name in names.items()
    )
    return f'<w:styles xmlns:w="{W}">{"".join(each)}</w:styles>'


def core(**said):
    """Core properties: `dc__title="Rain"`."""
    each = (f"<{name.replace('__', ':')}>{value}</{name.replace('__', ':')}>" for name, value in said.items())
    return (
        f'<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" xmlns:dc="http://purl.org/dc/elements/1.1/" '
        f'xmlns:dcterms="http://purl.org/dc/terms/">{"".join(each)}</cp:coreProperties>'
    )


def pack(parts):
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(*paragraphs, **parts):
    """A package in the order in which Word writes it; `parts` replace its own: `styles=…`, `core=…`, `document=…`."""
    return pack(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": RELS,
            "word/document.xml": parts.pop("document", None) or document(*paragraphs),
            **({"word/styles.xml": parts.pop("styles")} if "styles" in parts else {}),
            **({"docProps/core.xml": parts.pop("core")} if "core" in parts else {}),
            **{name.replace("__", "/") + ".xml": content for name, content in parts.items()},
        }
    )
