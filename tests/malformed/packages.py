"""Word and PowerPoint documents from their XML."""

import io
import zipfile
from collections.abc import Iterable, Mapping

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
P = 'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
TYPES = '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"


def zipped(parts: Mapping[str, str | bytes] | Iterable[tuple[str, str | bytes]]) -> bytes:
    """Return a ZIP archive of these entries, deflated."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items() if isinstance(parts, Mapping) else parts:
            archive.writestr(name, data)
    return held.getvalue()


def relations(**targets: str) -> str:
    """Return a relationships part: id_kind="target"."""
    rows = (
        f'<Relationship Id="{key.partition("_")[0]}" Type="{BASE}{key.partition("_")[2]}" Target="{target}"/>'
        for key, target in targets.items()
    )
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'


STYLES = f"""<w:styles {W}>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Titel"><w:name w:val="Title"/></w:style>
<w:style w:type="paragraph" w:styleId="H1"><w:name w:val="heading 1"/></w:style>
<w:style w:type="paragraph" w:styleId="H2"><w:name w:val="heading 2"/></w:style>
<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="Chapter"/><w:basedOn w:val="H1"/></w:style>
<w:style w:type="paragraph" w:styleId="T1"><w:name w:val="toc 1"/></w:style>
<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"""
NUMBERING = f"""<w:numbering {W}><w:abstractNum w:abstractNumId="0">
<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""


def run(text: str, marks: str = "") -> str:
    """Return a run of a Word paragraph with marks such as `<w:vanish/>`."""
    return f'<w:r><w:rPr>{marks}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>'


def p(*runs: str, style: str = "", marks: str = "") -> str:
    """Return a Word paragraph."""
    stated = f'<w:pStyle w:val="{style}"/>' if style else ""
    return f"<w:p><w:pPr>{stated}{marks}</w:pPr>{''.join(one if one.startswith('<') else run(one) for one in runs)}</w:p>"


def item(text: str, list_id: int = 1, depth: int = 0) -> str:
    """Return an item of a Word list; list 1 has bullets, list 2 numbers."""
    return p(text, marks=f'<w:numPr><w:ilvl w:val="{depth}"/><w:numId w:val="{list_id}"/></w:numPr>')


def table(*rows: Iterable[str]) -> str:
    """Return a Word table."""
    cells = ("".join(f"<w:tc>{p(cell)}</w:tc>" for cell in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in cells)}</w:tbl>"


def docx(*body: str, parts: Mapping[str, str | bytes] | None = None, links: Mapping[str, str] | None = None) -> bytes:
    """Return a Word document with this body, further parts, and links to them (id_kind: target)."""
    main = f"<w:document {W} {R}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    return zipped(
        {
            "[Content_Types].xml": TYPES,
            "_rels/.rels": relations(r1_officeDocument="word/document.xml"),
            "word/document.xml": main,
            "word/styles.xml": STYLES,
            "word/numbering.xml": NUMBERING,
            "word/_rels/document.xml.rels": relations(s_styles="styles.xml", n_numbering="numbering.xml", **(links or {})),
            **(parts or {}),
        }
    )


def shape(*lines: str, place: str = "", box: tuple[int, int, int, int] | None = None, fill: str = "", hidden: bool = False) -> str:
    """Return a shape of a slide; a line may be text or the XML of a paragraph."""
    holder = f'<p:ph type="{place}"/>' if place else ""
    frame = f'<a:xfrm><a:off x="{box[0]}" y="{box[1]}"/><a:ext cx="{box[2]}" cy="{box[3]}"/></a:xfrm>' if box else ""
    painted = f'<a:solidFill><a:srgbClr val="{fill}"/></a:solidFill>' if fill else ""
    text = "".join(line if line.startswith("<") else f"<a:p><a:r><a:t>{line}</a:t></a:r></a:p>" for line in lines)
    shown = ' hidden="1"' if hidden else ""
    return (
        f'<p:sp><p:nvSpPr><p:cNvPr id="2" name="s"{shown}/><p:cNvSpPr/><p:nvPr>{holder}</p:nvPr></p:nvSpPr>'
        f"<p:spPr>{frame}{painted}</p:spPr><p:txBody><a:bodyPr/>{text}</p:txBody></p:sp>"
    )


def coloured(text: str, colour: str, size: int = 1800) -> str:
    """Return a paragraph of a slide in a colour and a size in hundredths of a point."""
    return f'<a:p><a:r><a:rPr sz="{size}"><a:solidFill><a:srgbClr val="{colour}"/></a:solidFill></a:rPr><a:t>{text}</a:t></a:r></a:p>'


def slide(*shapes: str, shown: bool = True) -> str:
    """Return a slide."""
    state = "" if shown else ' show="0"'
    return f"<p:sld {P}{state}><p:cSld><p:spTree>{''.join(shapes)}</p:spTree></p:cSld></p:sld>"


def pptx(*slides: str, notes: Mapping[int, str] | None = None) -> bytes:
    """Return a presentation of these slides, with notes by number of the slide."""
    ids = "".join(f'<p:sldId id="{256 + n}" r:id="s{n}"/>' for n in range(len(slides)))
    main = f'<p:presentation {P} {R}><p:sldIdLst>{ids}</p:sldIdLst><p:sldSz cx="9144000" cy="6858000"/></p:presentation>'
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": relations(r1_officeDocument="ppt/presentation.xml"),
        "ppt/presentation.xml": main,
        "ppt/_rels/presentation.xml.rels": relations(**{f"s{n}_slide": f"slides/slide{n}.xml" for n in range(len(slides))}),
    }
    for number, xml in enumerate(slides):
        parts[f"ppt/slides/slide{number}.xml"] = xml
        if text := (notes or {}).get(number):
            parts[f"ppt/slides/_rels/slide{number}.xml.rels"] = relations(n_notesSlide=f"../notesSlides/notes{number}.xml")
            tree = f"<p:cSld><p:spTree>{shape(text, place='body')}</p:spTree></p:cSld>"
            parts[f"ppt/notesSlides/notes{number}.xml"] = f"<p:notes {P}>{tree}</p:notes>"
    return zipped(parts)
