"""matplotlib's SVG made fit for a page: colours from the page's design tokens, nothing but shapes and text.

Colours are drawn as the stand-ins of `Ink` and leave here as CSS variables, so that a chart follows the page from
light to dark and to paper. Style attributes become presentation attributes, which a strict content security policy
lets pass.
"""

from __future__ import annotations

import re
import warnings
from io import StringIO
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from markupsafe import Markup

if TYPE_CHECKING:
    from matplotlib.figure import Figure

SVG = "http://www.w3.org/2000/svg"
XLINK = "http://www.w3.org/1999/xlink"

# Stand-in colour → custom property of static/tokens.css.
INKS = {
    "text": "#000001",
    "muted": "#000002",
    "grid": "#000003",
    "surface": "#000004",
    "accent": "#000005",
    "box": "#000006",
    "priority": "#000007",
    "goal": "#000008",
    "context": "#000009",
    "none": "#00000a",
    "peer": "#00000b",
}
VARIABLES = {stand_in: f"var(--chart-{name})" for name, stand_in in INKS.items()}
KEPT = {
    "fill",
    "fill-opacity",
    "stroke",
    "stroke-width",
    "stroke-dasharray",
    "stroke-linecap",
    "font-size",
    "text-anchor",
}
NUMBER = re.compile(r"-?\d+\.\d{2,}")


def ink(name: str) -> str:
    """Return the colour to draw with for a design token (`text`, `grid`, `priority` …)."""
    return INKS[name]


def render(figure: Figure, prefix: str) -> Markup:
    """The figure as an `<svg>` element hidden from assistive technology; ids start with `prefix`, unique in a page.

    Its viewBox is in the figure's points; at 72 dpi one unit is one CSS pixel when shown at its natural width.
    """
    import matplotlib as mpl

    buffer = StringIO()
    with mpl.rc_context({"svg.fonttype": "none", "svg.hashsalt": prefix}), warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing")  # the reader's browser sets the text, in its own fonts
        figure.savefig(buffer, format="svg", dpi=72, metadata={"Date": None})
    root = ElementTree.fromstring(buffer.getvalue())
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag.endswith(("}metadata", "}style")):
                parent.remove(child)
    for element in root.iter():
        _clean(element)
    _rename(root, prefix)
    for group in root.iter(f"{{{SVG}}}g"):
        _hoist(group)
    root.attrib = {"viewBox": root.get("viewBox", ""), "aria-hidden": "true", "focusable": "false"}
    ElementTree.register_namespace("", SVG)
    text = ElementTree.tostring(root, encoding="unicode")
    # In HTML the namespaces go without saying, and href without its prefix is SVG 2.
    text = re.sub(r' xmlns(:\w+)?="[^"]*"', "", text).replace("xlink:href", "href").replace("ns1:href", "href")
    return Markup(re.sub(r">\s+<", "><", text))


def _clean(element: ElementTree.Element) -> None:
    style = dict(part.split(":", 1) for part in element.attrib.pop("style", "").split(";") if ":" in part)
    for key, value in style.items():
        if key.strip() in KEPT:
            element.set(key.strip(), VARIABLES.get(value.strip(), value.strip()))
    for key in element.attrib.keys() & {"d", "x", "y", "transform"}:
        shorter = re.sub(r"\s+", " ", element.attrib[key]).strip()
        element.set(key, NUMBER.sub(lambda m: f"{float(m[0]):.1f}", shorter))
    if element.get("transform", "").startswith("rotate(-0 "):
        del element.attrib["transform"]


def _rename(root: ElementTree.Element, prefix: str) -> None:
    """Give everything that is referred to a short id of this chart's own, and drop the ids of groups."""
    names: dict[str, str] = {}
    for element in root.iter():
        if (identity := element.attrib.pop("id", None)) and not element.tag.endswith(("}g", "}svg")):
            element.set("id", names.setdefault(identity, f"{prefix}{len(names)}"))
    for element in root.iter():
        for key in (f"{{{XLINK}}}href", "clip-path"):
            if key in element.attrib:
                element.set(key, re.sub(r"#(\w+)", lambda m: f"#{names.get(m[1], m[1])}", element.attrib[key]))


def _hoist(group: ElementTree.Element) -> None:
    """Say once what all the points in a group have in common."""
    points = list(group)
    if len(points) > 1 and all(point.tag == f"{{{SVG}}}use" for point in points):
        for key, value in list(points[0].attrib.items()):
            if key not in {"x", "y", f"{{{XLINK}}}href"} and all(point.get(key) == value for point in points):
                group.set(key, value)
                for point in points:
                    del point.attrib[key]
