"""Makes a PDF of a text with ReportLab: blocks as JSON on standard input, the file to write as the only argument."""

import json
import sys
from xml.sax.saxutils import escape

from reportlab.lib import colors
from reportlab.lib.enums import TA_JUSTIFY
from reportlab.lib.pagesizes import A5
from reportlab.lib.styles import ParagraphStyle
from reportlab.platypus import ListFlowable, Paragraph, SimpleDocTemplate, Table, TableStyle

WIDTH = A5[0] - 80
body = ParagraphStyle("body", fontName="Helvetica", fontSize=10, leading=13, spaceAfter=3)
just = ParagraphStyle("just", parent=body, alignment=TA_JUSTIFY)
title = ParagraphStyle("title", parent=body, fontName="Helvetica-Bold", fontSize=17, leading=21)
head = ParagraphStyle("head", parent=body, fontName="Helvetica-Bold", fontSize=12, spaceBefore=8)
white = ParagraphStyle("white", parent=body, textColor=colors.white)
dark = TableStyle([("BACKGROUND", (0, 0), (-1, -1), colors.HexColor("#1d2b3a"))])
top = TableStyle([("VALIGN", (0, 0), (-1, -1), "TOP")])
right = TableStyle([("ALIGN", (1, 0), (1, 0), "RIGHT"), ("LEFTPADDING", (0, 0), (-1, -1), 0)])
grid = TableStyle([("GRID", (0, 0), (-1, -1), 0.5, colors.grey)])


def flow(blocks):
    return [made(block["kind"], block["value"]) for block in blocks]


def items(values):
    return [{"kind": kind, "value": value} for item in values for kind, value in item.items()]


def made(kind, value):
    if kind == "bullet":
        return ListFlowable([Paragraph(escape(value), body)], bulletType="bullet", start="•", leftIndent=12)
    if kind == "row":
        return Table([value], colWidths=[WIDTH - 110, 110], style=right)
    if kind == "table":
        return Table(value, style=grid, hAlign="LEFT")
    if kind == "band":
        return Table([[[Paragraph(escape(text), white) for text in value]]], colWidths=[WIDTH], style=dark)
    if kind == "columns":
        cells = [flow(items(value["side"])), flow(items(value["main"]))]
        return Table([cells], colWidths=[WIDTH * 0.34, WIDTH * 0.66], style=top)
    styles = {"title": title, "heading": head, "caps": head, "hidden": white, "paragraph": just}
    return Paragraph(escape(value), styles.get(kind, body))


SimpleDocTemplate(sys.argv[1], pagesize=A5, leftMargin=40, rightMargin=40, topMargin=36, bottomMargin=36).build(
    flow(json.load(sys.stdin))
)
