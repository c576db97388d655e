"""The paper: every page with its foot, Chinese fonts inside, black on white whatever the theme."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import QApplication

from tests.helpers.fake_record import NOW, PIXEL, FakeRecord, case_with_state
from ui.case_form.case_blocks import Block
from ui.case_form.fact import Fact
from ui.printing.markup import markup
from ui.printing.pages import Pages, pdf_of
from ui.printing.sheet import Sheet, StepLine, case_sheet
from ui.theme.style_sheet import apply_theme
from ui.theme.tokens import DARK, LIGHT
from workflow.queries import CaseFile
from workflow.states import State

A4_AT_100_DPI = (827, 1169)


@pytest.fixture
def dark(qapp: QApplication) -> Iterator[None]:
    apply_theme(qapp, DARK)
    yield
    apply_theme(qapp, LIGHT)


def sheet_of(file: CaseFile | None = None) -> Sheet:
    record = FakeRecord()
    seat = record.seats()[0]
    file = file or record.case_file(case_with_state(record, State.HANDLING), seat, NOW)
    return case_sheet(file, record.city(), record.rules().calendar, seat, NOW)


def page_count(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def painted(sheet: Sheet, number: int) -> QImage:
    image = QImage(*A4_AT_100_DPI, QImage.Format.Format_RGB32)
    image.setDotsPerMeterX(round(100 / 0.0254))
    image.setDotsPerMeterY(round(100 / 0.0254))
    image.fill(QColor("#FFFFFF"))
    painter = QPainter(image)
    Pages(sheet, {}, image).paint(painter, number)
    painter.end()
    return image


def ink(image: QImage, top: float, bottom: float) -> int:
    """Dark pixels between two heights, as shares of the page."""
    height, width = image.height(), image.width()
    return sum(
        image.pixelColor(x, y).lightness() < 170
        for y in range(round(top * height), round(bottom * height))
        for x in range(0, width, 2)
    )


def test_the_pdf_is_a4_and_has_its_chinese_font_inside(qapp: QApplication) -> None:
    pdf = pdf_of(sheet_of(), {})
    assert pdf.startswith(b"%PDF-")
    assert page_count(pdf) >= 1
    box = re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    assert box is not None
    assert [float(side) for side in box.groups()] == pytest.approx([595, 842], abs=1)
    assert b"/FontFile2" in pdf or b"/FontFile3" in pdf
    assert b"/ToUnicode" in pdf


def test_a_long_record_goes_over_several_pages_each_with_its_foot(qapp: QApplication) -> None:
    step = StepLine("2026-11-20 10:42", "返工", "值班长 徐强", "处置不到位，请返工。", "3 分", True)
    sheet = replace(sheet_of(), steps=[step] * 120)
    count = page_count(pdf_of(sheet, {}))
    assert count >= 3
    for number in range(count):
        assert ink(painted(sheet, number), 0.95, 0.975) > 100


def test_the_paper_is_black_on_white_in_the_dark_theme(dark: None) -> None:
    image = painted(sheet_of(), 0)
    assert image.pixelColor(5, 5) == QColor("#FFFFFF")
    assert ink(image, 0.06, 0.5) > 2_000


def test_photos_are_in_it_and_a_missing_one_is_said(qapp: QApplication) -> None:
    sheet = sheet_of()
    assert len(sheet.photos) == 1
    with_photo = pdf_of(sheet, {sheet.photos[0].sha256: PIXEL})
    without = pdf_of(sheet, {})
    assert b"/Subtype /Image" in with_photo
    assert b"/Subtype /Image" in without
    assert with_photo != without


def test_the_sheet_says_who_printed_it_when_and_that_it_is_synthetic() -> None:
    sheet = sheet_of()
    assert "2026-11-20 10:42" in sheet.printed
    assert sheet.synthetic == "合成数据，非真实案件"
    assert "OpenStreetMap" in sheet.attribution
    record = FakeRecord()
    real = replace(record.city(), synthetic=False)
    seat = record.seats()[0]
    file = record.case_file(case_with_state(record, State.HANDLING), seat, NOW)
    assert case_sheet(file, real, record.rules().calendar, seat, NOW).synthetic == ""


def test_each_clock_says_limit_rule_span_use_and_outcome() -> None:
    record = FakeRecord()
    seat = record.seats()[0]
    file = record.case_file(case_with_state(record, State.HANDLING), seat, NOW)
    clock = file.case.clocks[0]
    late = replace(clock, due_at=NOW - timedelta(minutes=90), started_at=NOW - timedelta(hours=4))
    sheet = sheet_of(replace(file, case=replace(file.case, clocks=(late,))))
    line = sheet.clocks[0]
    assert line.name == clock.kind.label
    assert line.limit == str(clock.limit)
    assert line.rule == "合成时限"
    assert line.overdue
    assert line.outcome == "超时 1 时 30 分"
    assert line.used.startswith("4 时 0 分") or "分" in line.used
    said = markup(sheet)
    assert "合成时限" in said
    assert "超时 1 时 30 分" in said


def test_a_time_on_paper_has_its_year() -> None:
    block = Block(
        "source",
        "来源",
        (
            Fact("上报人", "顾文博 · 11-17 10:30", "2026-11-17 10:30"),
            Fact("立案时间", "10:35", "2026-11-20 10:35"),
            Fact("位置", "福州路 91 号", "121.49, 31.23 CGCS2000"),
        ),
        is_open=True,
    )
    said = markup(replace(sheet_of(), blocks=[block]))
    assert "顾文博 · 2026-11-17 10:30" in said
    assert said.count("2026-11-17 10:30") == 1
    assert ">2026-11-20 10:35<" in said
    assert "福州路 91 号<br/>" in said


def test_words_of_people_are_words_and_no_markup() -> None:
    record = FakeRecord()
    seat = record.seats()[0]
    file = record.case_file(case_with_state(record, State.HANDLING), seat, NOW)
    nasty = replace(file, case=replace(file.case, description="<img src=x> & <b>急</b>"))
    said = markup(sheet_of(nasty))
    assert "&lt;img src=x&gt; &amp; &lt;b&gt;急&lt;/b&gt;" in said
