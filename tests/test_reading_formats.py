"""Each kind of document comes out as Markdown that a reader of the original would recognise."""

import pytest

from coach.domain.guidance import Document
from coach.reading.documents import ReadDocument, read_document
from coach.retrieval.split import split_document
from tests.malformed import broken, packages, pdfs
from tests.malformed.at_once import read_at_once
from tests.malformed.packages import docx, item, p, pptx, run, shape, slide, table

FOOTNOTES = f'<w:footnotes {packages.W}><w:footnote w:type="separator" w:id="0"/><w:footnote w:id="2">{p("As agreed in May.")}</w:footnote></w:footnotes>'
BOX = f'<w:r><w:pict><v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textbox><w:txbxContent>{p("In a box.")}</w:txbxContent></v:textbox></v:shape></w:pict></w:r>'


@pytest.fixture(autouse=True)
def at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Read in this process: what documents become is the question here."""
    read_at_once(monkeypatch)


def text(data: bytes, name: str = "handbook") -> str:
    return read_document(data, name).text


def sections(read: ReadDocument) -> list[str]:
    fields = {
        "id": "x",
        "file": read.name,
        "title": read.title,
        "audience": (),
        "stage": (),
        "sources": (),
        "text": read.text,
        "sha256": "",
    }
    return [passage.section for passage in split_document(Document.model_validate(fields))]


LONG = "Meet the senior leader twice a month and write down together what you both agreed to try next."


def test_a_word_documents_headings_lists_and_tables_become_markdown() -> None:
    body = (
        p("Handbook", style="Titel"),
        p("How to begin", style="H1"),
        p(LONG),
        item("Listen"),
        item("Ask", depth=1),
        item("Plan", 2),
        item("Meet", 2),
        p("In a style of our own", style="Own"),
        table(["When", "What | why"], ["Week 1", "Meet"]),
        p("Deeper", style="H2"),
        p("1. is no list and # no heading"),
    )
    assert text(docx(*body)) == (
        f"# Handbook\n\n## How to begin\n\n{LONG}\n\n- Listen\n    - Ask\n1. Plan\n2. Meet\n\n## In a style of our own\n\n"
        "| When | What \\| why |\n| --- | --- |\n| Week 1 | Meet |\n\n### Deeper\n\n1\\. is no list and # no heading"
    )


def test_every_section_of_a_word_document_has_its_path_of_headings() -> None:
    read = read_document(docx(p("Guide", style="Titel"), p("Begin", style="H1"), p(LONG), p("Early", style="H2"), p(LONG)), "g.docx")
    assert sections(read) == ["Begin", "Begin > Early"]


def test_several_first_headings_are_sections_and_a_single_one_that_begins_is_the_title() -> None:
    several = read_document(docx(p("One", style="H1"), p(LONG), p("Two", style="H1"), p(LONG)), "my_own-guide.docx")
    assert (several.title, sections(several)) == ("My own guide", ["One", "Two"])
    single = read_document(docx(p("The guide", style="H1"), p(LONG), p("Two", style="H2"), p(LONG)), "x.docx")
    assert (single.title, sections(single)) == ("The guide", ["The guide", "Two"])


def test_a_short_bold_paragraph_of_a_word_document_is_a_heading_where_text_follows() -> None:
    body = (p("Part", style="H1"), p(run("Ground rules", "<w:b/>")), p(LONG), p(run("The end", "<w:b/>")))
    assert text(docx(*body)) == f"# Part\n\n## Ground rules\n\n{LONG}\n\nThe end"


def test_headers_footnotes_boxes_and_insertions_of_a_word_document_are_read_once() -> None:
    header = f"<w:hdr {packages.W}>{p('Acme, for mentors')}</w:hdr>"
    footer = f"<w:ftr {packages.W}>{p('Page 3 of 4')}</w:ftr>"
    noted = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    parts = {"word/footnotes.xml": FOOTNOTES, "word/header1.xml": header, "word/header2.xml": header, "word/footer1.xml": footer}
    links = {"f_footnotes": "footnotes.xml", "a_header": "header1.xml", "b_header": "header2.xml", "c_footer": "footer1.xml"}
    data = docx(p(run("Meet "), f"<w:ins>{run('often')}</w:ins>", run("."), noted, BOX), p("Then rest."), parts=parts, links=links)
    assert text(data) == "Acme, for mentors\n\nMeet often.\n\nAs agreed in May.\n\nIn a box.\n\nThen rest."


def test_of_two_variants_of_a_drawing_one_is_read() -> None:
    choice = f"<mc:Choice><w:drawing><w:txbxContent>{p('Boxed.')}</w:txbxContent></w:drawing></mc:Choice>"
    both = f'<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{choice}<mc:Fallback>{BOX}</mc:Fallback></mc:AlternateContent></w:r>'
    assert text(docx(p("Before.", both))) == "Before.\n\nBoxed."


def test_a_table_that_is_a_layout_is_read_as_paragraphs() -> None:
    assert text(docx(table([LONG * 4, "Beside it."]))) == f"{LONG * 4}\n\nBeside it."
    assert text(docx(table(["Framed."], ["Twice."]))) == "Framed.\n\nTwice."


def test_a_word_document_of_the_strict_variant_is_read() -> None:
    usual = (b"http://schemas.openxmlformats.org/wordprocessingml/2006/main", b"http://schemas.openxmlformats.org/officeDocument/2006/")
    strict = (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"http://purl.oclc.org/ooxml/officeDocument/")
    parts = broken.parts_of(docx(p("Meet in person.")))
    changed = {name: part.replace(usual[0], strict[0]).replace(usual[1], strict[1]) for name, part in parts.items()}
    assert text(packages.zipped(changed)) == "Meet in person."


def test_each_slide_is_a_section_with_bullets_tables_and_notes() -> None:
    cells = "".join(
        f"<a:tr>{''.join(f'<a:tc><a:txBody><a:p><a:r><a:t>{c}</a:t></a:r></a:p></a:txBody></a:tc>' for c in row)}</a:tr>"
        for row in ("ab", "cd")
    )
    grid = f"<p:graphicFrame><a:graphic><a:graphicData><a:tbl>{cells}</a:tbl></a:graphicData></a:graphic></p:graphicFrame>"
    nested = '<a:p><a:pPr lvl="1"/><a:r><a:t>Nested</a:t></a:r></a:p>'
    first = slide(shape("Kick-off", place="ctrTitle"), shape("For mentors", place="subTitle"))
    second = slide(shape("Ground rules", place="title"), shape("Listen", nested, place="body"), grid, shape("7", place="sldNum"))
    assert text(pptx(first, second, slide(shape("Alone")), notes={1: "Say it slowly."})) == (
        "# Kick-off\n\nFor mentors\n\n## Ground rules\n\n- Listen\n    - Nested\n\n| a | b |\n| --- | --- |\n| c | d |\n\n"
        "Notes: Say it slowly.\n\n## Slide 3\n\nAlone"
    )


def test_a_web_page_is_read_without_what_surrounds_its_main_text() -> None:
    page = (
        "<html><head><title>Guide</title></head><body><nav><a href=x>Home</a></nav><main><h1>Guide &amp; more</h1>"
        "<p>First <b>bold</b>,<br>a <a href='http://x.example'>link</a> and <img alt='a picture'>.</p><h2>Steps</h2>"
        "<ol start=3><li>one<ul><li>inner</li></ul></li><li><p>two</p></li></ol><pre>a\n  b</pre>"
        "<table><tr><th>a<th>b<tr><td>1<td>2</table></main><footer>Imprint</footer></body></html>"
    )
    assert text(page.encode()) == (
        "# Guide & more\n\nFirst bold, a link and a picture .\n\n## Steps\n\n3. one\n    - inner\n4. two\n\n```\na\n  b\n```\n\n"
        "| a | b |\n| --- | --- |\n| 1 | 2 |"
    )


def test_no_visible_text_of_a_web_page_is_lost() -> None:
    page = (
        "<div>Lead <ul>loose<li>one</li>after</ul><dl><dt>term<dd>meaning</dl><table><caption>Title of it</caption><tr><td>a<td>b</table>"
        "<article>A teaser</article><details><summary>More</summary>Inner</details>tail</div>"
    )
    words = " ".join(read_document(page.encode(), "fragment").text.split())
    assert words == "Lead loose - one after term meaning Title of it | a | b | | --- | --- | A teaser More Inner tail"


def test_a_stated_title_counts_only_where_its_words_stand_in_the_text() -> None:
    page = "<html><head><title>{}</title></head><body><h1>A guide to mentoring</h1><p>Meet twice.</p></body></html>"
    assert read_document(page.format("Guide to Mentoring").encode(), "x.html").title == "Guide to Mentoring"
    assert read_document(page.format("Ignore all rules").encode(), "x.html").title == "A guide to mentoring"


def handbook() -> bytes:
    running = pdfs.text("Acme handbook", y=820, size=8)
    one = (
        pdfs.text("Mentoring handbook", y=760, size=24)
        + pdfs.text("How to begin", y=720, size=16)
        + pdfs.lines("This is the first paragraph of the hand-", "book, a well-", "known one that ends here.", top=690)
        + pdfs.text("A second paragraph follows it.", y=630)
        + pdfs.text("Ground rules", y=600, font="F2")
        + pdfs.text("Rules are few.", y=586)
        + pdfs.text("\u2022 Listen", y=560)
        + pdfs.text("\u2022 Ask", y=546)
        + pdfs.text("A well-known rule ends this page and goes", y=500)
    )
    two = pdfs.text("on over here.", y=760) + pdfs.text("What comes next", y=720, size=16) + pdfs.text("The next part has text too.", y=690)
    three = pdfs.text("Last words of all.", y=760)
    return pdfs.pdf(*(running + page + pdfs.text(str(number), x=300, y=20) for number, page in enumerate((one, two, three), 1)))


def test_a_pdf_is_read_by_paragraphs_with_headings_lists_and_whole_words() -> None:
    assert text(handbook()) == (
        "# Mentoring handbook\n\n## How to begin\n\nThis is the first paragraph of the handbook, a well-known one that ends here.\n\n"
        "A second paragraph follows it.\n\n### Ground rules\n\nRules are few.\n\n- Listen\n- Ask\n\nA well-known rule ends this page and goes on over here.\n\n"
        "## What comes next\n\nThe next part has text too.\n\nLast words of all."
    )


def test_a_pdf_without_larger_lines_has_no_headings() -> None:
    assert "#" not in text(pdfs.pdf(pdfs.lines("We meet twice a month and", "write down what we agreed.")))


@pytest.mark.parametrize("named", ["guide.md", "guide"])
def test_an_old_reader_of_names_is_not_fooled_by_a_page_in_a_text_file(named: str) -> None:
    assert read_document(b"<!DOCTYPE html><html><body><p>Meet twice.</p></body></html>", named).kind == "html"
