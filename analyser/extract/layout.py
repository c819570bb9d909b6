"""Chunks of text to lines in reading order, by recursive whitespace cuts.

A region is cut where whitespace runs through it: into columns side by side (a gutter that several lines share) or
into bands one above the other (where a line crosses the gutter, or where boxes of a grid start together). The cuts
follow Nagy and Seth's X-Y tree (1984), with gutters grown over as many bands as share them, so that a full-width
heading over columns neither hides them nor is torn by them. The order in which the file draws its text is used only
to settle what geometry leaves open.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from analyser.document import BBox
from analyser.extract.lines import Line, line_of, touching
from analyser.extract.words import Word

Gap = tuple[float, float]
Band = list[Line]

_GUTTER = 0.9
"""A gutter is at least this many body type sizes wide."""

_FAR = 1e6


@dataclass(slots=True)
class Cell:
    """A column of a row of columns (or a whole band without columns): its regions in reading order and its edges."""

    row: int
    left: float
    right: float
    regions: list[list[Line]]

    @property
    def floor(self) -> float:
        """The lowest baseline."""
        return max(line.foot for region in self.regions for line in region)

    @property
    def page(self) -> int:
        """The page that the cell stands on."""
        return self.regions[0][0].page


def cells_of(chunks: Sequence[Line], body: float) -> list[Cell]:
    """The text of one page as cells in reading order (`body`: the document's usual type size)."""
    cells: list[Cell] = []
    row = 0
    for run, gutters in _runs(_bands(list(chunks)), body):
        for part in _rows_of(run, gutters):
            for column in _columns([c for band in part for c in band], gutters):
                regions = _cut(column, body) if gutters else _opened(column, body)
                lines = [_joined(r) for r in regions]
                cells.append(Cell(row, min(c.x0 for c in column), max(c.x1 for c in column), lines))
            row += 1
    return cells


def reading_order(pages: Sequence[Sequence[Cell]], body: float) -> list[Line]:
    """A document's lines in reading order; `Line.region` numbers columns and boxes, `left` and `right` are their edges.

    A row of cells that a page break cuts is put together again, so that each cell is read whole before the next: as
    when a column is filled to the page's foot, the one beside it is not, and the next page goes on in the first one.
    """
    floor = max((c.floor for cells in pages for c in cells), default=0.0)
    ordered: list[Cell] = []
    rest = [list(cells) for cells in pages]
    for n, cells in enumerate(rest):
        last = [c for c in cells if c.row == cells[-1].row] if cells else []
        ordered += cells[: len(cells) - len(last)]
        columns = [[c] for c in last]
        for following in rest[n + 1 :]:
            more = _continued(columns, following, floor, body)
            for column, cell in more:
                columns[column].append(cell)
            if not more or following:
                break
        ordered += [c for column in columns for c in column]
    lines: list[Line] = []
    for number, region in enumerate(r for cell in ordered for r in cell.regions):
        left, right = min(line.x0 for line in region), max(line.x1 for line in region)
        for line in region:
            line.region, line.left, line.right = number, left, right
            lines += _unfolded(line) if line.cells else [line]
    return lines


def table_line(box: BBox, cells: Sequence[Sequence[Line]], order: int, page: int) -> Line:
    """A table as one line as high as the table, for the cuts to move about whole."""
    inside = tuple(tuple(_joined(list(c))) for c in cells if c)
    words = [w for c in inside for line in c for w in line.words]
    return _whole(words, box, order, page, cells=inside)


def fold_boxes(chunks: Sequence[Line], boxes: Sequence[BBox]) -> list[Line]:
    """The chunks with those that stand in one of the `boxes` as one line, boxes in boxes likewise.

    A box whose edge runs through text is a decoration, and one around all the text is a frame: neither counts.
    """
    left = list(chunks)
    for k, box in enumerate(boxes):
        inside = [c for c in left if _overlap(c, box)]
        if not inside or len(inside) == len(left) or not all(_within(c, box) for c in inside):
            continue
        folded = fold_boxes(inside, boxes[k + 1 :])
        words = [w for c in inside for w in c.words]
        first = min(inside, key=lambda c: c.order)
        whole = _whole(words, box, first.order, first.page, inside=tuple(folded))
        held = {id(c) for c in inside}
        left = [*(c for c in left if id(c) not in held), whole]
    return left


def _overlap(chunk: Line, box: BBox) -> bool:
    return chunk.x0 < box[2] and chunk.x1 > box[0] and chunk.foot > box[1] and chunk.base - 0.5 * chunk.size < box[3]


def _within(chunk: Line, box: BBox) -> bool:
    return (
        chunk.x0 >= box[0] - 2
        and chunk.x1 <= box[2] + 2
        and chunk.base - 0.5 * chunk.size >= box[1] - 2
        and chunk.foot <= box[3] + 2
    )


def _whole(
    words: list[Word],
    box: BBox,
    order: int,
    page: int,
    *,
    cells: tuple[tuple[Line, ...], ...] = (),
    inside: tuple[Line, ...] = (),
) -> Line:
    """A table or a box as one line at its upper edge that reaches down to its lower edge."""
    size = median(w.size for w in words) if words else 10.0
    base = box[1] + 0.6 * size
    depth = max(box[3] - base, 0.0)
    return Line(words, box[0], box[2], base, size, False, order, page, cells=cells, inside=inside, depth=depth)


def _opened(region: list[Line], body: float) -> list[list[Line]]:
    """The region with its boxes opened: what stands in each is a region, or several, of its own."""
    regions: list[list[Line]] = [[]]
    for line in sorted(region, key=lambda c: (c.base, c.x0)):
        if line.inside:
            regions += [*_cut(list(line.inside), body), []]
        else:
            regions[-1].append(line)
    return [r for r in regions if r]


def _unfolded(table: Line) -> list[Line]:
    """The lines of a table, cell by cell."""
    lines = []
    for number, cell in enumerate(table.cells, 1):
        left, right = min(line.x0 for line in cell), max(line.x1 for line in cell)
        for line in cell:
            line.region, line.left, line.right, line.cell = table.region, left, right, number
            lines.append(line)
    return lines


def _continued(columns: list[list[Cell]], following: list[Cell], floor: float, body: float) -> list[tuple[int, Cell]]:
    """Takes from the next page's cells those that go on with some of the columns, and returns them with the column."""
    if len(columns) < 2 or not following:
        return []
    page = max(c[-1].page for c in columns)
    full = [c[-1].floor > floor - 3.5 * body and c[-1].page == page for c in columns]
    short = [c[-1].floor < floor - 5 * body or c[-1].page < page for c in columns]
    if not any(a and b for a, b in zip(full, short[1:], strict=False)):
        return []
    more: list[tuple[int, Cell]] = []
    rest: list[Cell] = []
    head = [c for c in following if c.row == following[0].row]
    for cell in head:
        limits = [*(c[0].left for c in columns[1:]), _FAR]
        column = next(
            (k for k, c in enumerate(columns)
             if full[k] and abs(cell.left - c[0].left) < 1.5 * body and cell.right < limits[k]), None
        )  # fmt: skip
        going_on, new = _before_heading(cell, body)
        if column is None or going_on is None:
            return []
        more.append((column, going_on))
        rest += [new] if new else []
    following[: len(head)] = rest
    return more


def _before_heading(cell: Cell, body: float) -> tuple[Cell | None, Cell | None]:
    """The part of the cell before its first heading, and the rest: a box's heading begins a new box."""
    for i, region in enumerate(cell.regions):
        for j, line in enumerate(region):
            if line.bold or line.size > 1.12 * body:
                first = [*cell.regions[:i], *([region[:j]] if j else [])]
                second = [region[j:], *cell.regions[i + 1 :]]
                return (replace(cell, regions=first) if first else None), replace(cell, regions=second)
    return cell, None


def _cut(chunks: list[Line], body: float) -> list[list[Line]]:
    """The regions of `chunks` in reading order."""
    if len(chunks) < 2:
        return _opened(chunks, body)
    regions: list[list[Line]] = []
    for run, gutters in _runs(_bands(chunks), body):
        if not gutters:
            regions += _opened([c for band in run for c in band], body)
            continue
        for part in _rows_of(run, gutters):
            for column in _columns([c for band in part for c in band], gutters):
                regions += _cut(column, body) if len(column) < len(chunks) else _opened(column, body)
    return regions


def _bands(chunks: list[Line]) -> list[Band]:
    """Chunks grouped into bands that no horizontal whitespace runs through, from the top."""
    bands: list[Band] = []
    bottom = -_FAR
    for chunk in sorted(chunks, key=lambda c: (c.base - 0.6 * c.size, c.x0)):
        if bands and chunk.base - 0.6 * chunk.size < bottom:
            bands[-1].append(chunk)
        else:
            bands.append([chunk])
        foot = chunk.foot + 0.05 * chunk.size
        bottom = max(bottom, foot) if len(bands[-1]) > 1 else foot
    return bands


def _runs(bands: list[Band], body: float) -> list[tuple[list[Band], list[Gap]]]:
    """Successive bands that share gutters, with the gutters; bands without any are gathered with an empty list."""
    runs: list[tuple[list[Band], list[Gap]]] = []
    run: list[Band] = []
    common: list[Gap] = [(-_FAR, _FAR)]
    """Where none of the run's bands has text."""
    inner: list[Gap] = []
    """Those of them that have text on both sides in some band."""
    width = _GUTTER * body
    for band in bands:
        own = _gaps(band)
        narrowed = _intersect(common, own, width)
        still = [g for g in narrowed if _sides(band, g) or any(h[0] <= g[0] and g[1] <= h[1] for h in inner)]
        if inner and (not still or _spans(band, run, inner)):
            title = _title(run, inner, band, width)
            if title:
                carried, run, inner = run[title:], run[:title], []
            else:
                run, carried = _hand_over(run, band)
            runs.append((run, _true_gutters(run, inner)))
            run, narrowed = [*carried, band], own
            for b in carried:
                narrowed = _intersect(narrowed, _gaps(b), width)
            still = [g for g in narrowed if any(_sides(b, g) for b in run)]
        elif run and not inner and _begins_columns(band, narrowed, width):
            runs.append((run, []))
            run, narrowed = [band], own
            still = [g for g in narrowed if _sides(band, g)]
        else:
            run.append(band)
        common, inner = _wide(narrowed, width), _wide(still, width)
    if run:
        runs.append((run, _true_gutters(run, inner)))
    return _merged(runs)


def _title(run: list[Band], inner: list[Gap], band: Band, width: float) -> int:
    """How many bands at the head of the run are a title: single lines, after which all share the next's gutter."""
    first = next((k for k, b in enumerate(run) if any(_sides(b, g) for g in inner)), 0)
    shared = _gaps(band)
    for b in run[first:]:
        shared = _intersect(shared, _gaps(b), width)
    together = any(_sides(band, g) and _sides(run[first], g) for g in shared)
    return first if together and all(len(b) == 1 for b in run[:first]) else 0


def _begins_columns(band: Band, narrowed: list[Gap], width: float) -> bool:
    """Whether the band has a gutter that the bands before it, of which `narrowed` is free, have text in."""
    return len(band) > 1 and any(
        not _open(gap, narrowed) and _parts([band], gap) for gap in _wide(_gaps(band), width) if _sides(band, gap)
    )


def _spans(band: Band, run: list[Band], gutters: list[Gap]) -> bool:
    """Whether the band is one line that crosses some of the run's gutters: a title of what follows."""
    line = band[0]
    crossed = [g for g in gutters if line.x0 < g[0] and line.x1 > g[1]]
    return len(band) == 1 and bool(_true_gutters(run, crossed))


def _open(gap: Gap, gaps: list[Gap]) -> bool:
    """Whether some of `gap` is left in `gaps`."""
    return any(g[0] < gap[1] and g[1] > gap[0] for g in gaps)


def _wide(gaps: list[Gap], width: float) -> list[Gap]:
    return [g for g in gaps if g[1] - g[0] >= width]


def _merged(runs: list[tuple[list[Band], list[Gap]]]) -> list[tuple[list[Band], list[Gap]]]:
    """Neighbouring runs without gutters made one."""
    merged: list[tuple[list[Band], list[Gap]]] = []
    for run, gutters in runs:
        if merged and not gutters and not merged[-1][1]:
            merged[-1] = ([*merged[-1][0], *run], [])
        elif run:
            merged.append((run, gutters))
    return merged


def _gaps(band: Band) -> list[Gap]:
    """The stretches of x where the band has no text, from far left to far right."""
    gaps: list[Gap] = []
    at = -_FAR
    for chunk in sorted(band, key=lambda c: c.x0):
        if chunk.x0 > at:
            gaps.append((at, chunk.x0))
        at = max(at, chunk.x1)
    return [*gaps, (at, _FAR)]


def _intersect(a: list[Gap], b: list[Gap], width: float) -> list[Gap]:
    return [(lo, hi) for p in a for q in b if (hi := min(p[1], q[1])) - (lo := max(p[0], q[0])) >= width]


def _sides(band: Band, gap: Gap) -> bool:
    return any(c.x1 <= gap[0] + 0.01 for c in band) and any(c.x0 >= gap[1] - 0.01 for c in band)


def _true_gutters(run: list[Band], gaps: list[Gap]) -> list[Gap]:
    """The gaps that part columns, not merely loose words: the file draws the two sides apart somewhere."""
    return [g for g in gaps if _parts(run, g)]


def _parts(run: list[Band], gap: Gap) -> bool:
    """Whether text left and right of `gap` is drawn apart in some band; text that follows on in one run is one line."""
    for band in run:
        left = [c for c in band if c.x1 <= gap[0] + 0.01 and _says(c)]
        right = [c for c in band if c.x0 >= gap[1] - 0.01 and _says(c)]
        if left and right:
            near, next_to_it = max(left, key=lambda c: c.x1), min(right, key=lambda c: c.x0)
            if near.words[-1].run != next_to_it.words[0].run:
                return True
    return False


def _says(chunk: Line) -> bool:
    """Whether the chunk has more than a mark: a stray dash makes no column."""
    return len(chunk.words) > 1 or any(c.isalnum() for c in chunk.words[0].text)


def _hand_over(run: list[Band], band: Band) -> tuple[list[Band], list[Band]]:
    """`run` without its last bands that belong to what follows, and those: a heading over the full-width `band`."""
    carried: list[Band] = []
    while len(run) > 1 and len(run[-1]) == 1:
        last, above, below = run[-1][0], run[-2], (carried[0] if carried else band)
        over = last.base - max(c.foot for c in above)
        under = min(c.base for c in below) - last.base
        if not (under < 0.8 * over and last.x0 <= min(c.x0 for b in run for c in b) + last.size):
            break
        carried.insert(0, run[-1])
        run = run[:-1]
    return run, carried


def _columns(chunks: list[Line], gutters: list[Gap]) -> list[list[Line]]:
    """The chunks between each two gutters, left to right, empty columns left out."""
    edges = [-_FAR, *((a + b) / 2 for a, b in gutters), _FAR]
    columns = [[c for c in chunks if lo <= (c.x0 + c.x1) / 2 < hi] for lo, hi in pairwise(edges)]
    return [c for c in columns if c]


def _rows_of(run: list[Band], gutters: list[Gap]) -> list[list[Band]]:
    """The run as one row of columns, or as the rows of a grid."""
    if not gutters or _in_stream_order(_columns([c for band in run for c in band], gutters)):
        return [run]
    starts = _side_headings(run, gutters)
    if starts:
        return [run[a:b] for a, b in pairwise([*sorted({0, *starts}), len(run)])]
    return _grid_rows(run, gutters)


def _side_headings(run: list[Band], gutters: list[Gap]) -> list[int]:
    """The bands at which a heading in the left margin begins, where the left one of two columns has nothing else."""
    columns = _by_column(run, gutters)
    if set(columns) != {0, 1} or not all(c.bold for c in columns[0]):
        return []
    if 2 * sum(c.bold for c in columns[1]) > len(columns[1]) or len(columns[1]) < 2 * len(columns[0]):
        return []
    starts = []
    foot = -_FAR
    for k, band in enumerate(run):
        for heading in (c for c in band if c.x1 <= gutters[0][0] + 0.01):
            if heading.base - foot > 2.5 * heading.size:
                starts.append(k)
            foot = heading.foot
    return starts


def _in_stream_order(columns: list[list[Line]]) -> bool:
    """Whether the file draws each column whole before the next: what a shuffled or a row-wise file does not."""
    return all(max(c.order for c in a) < min(c.order for c in b) for a, b in pairwise(columns))


def _grid_rows(run: list[Band], gutters: list[Gap]) -> list[list[Band]]:
    """The run cut into rows of boxes, if it is a grid: one row is read whole before the next."""
    rows: list[list[Band]] = []
    start, grid = 0, _starts_as_grid(run, gutters)
    for k in range(1, len(run)):
        if not grid and len(run[k]) < 2:
            continue  # in a row of boxes at least two begin together
        upper, lower = run[start:k], run[k:]
        if _row_begins(upper, lower, gutters, grid):
            rows.append(upper)
            start, grid = k, True
    return [*rows, run[start:]]


def _starts_as_grid(run: list[Band], gutters: list[Gap]) -> bool:
    """Whether three or more columns all begin on one baseline with a heading: boxes side by side."""
    columns = _columns([c for b in run for c in b], gutters)
    firsts = [min(c, key=lambda line: line.base) for c in columns]
    return len(firsts) > 2 and all((f.bold or f.inside) and abs(f.base - firsts[0].base) < 0.1 * f.size for f in firsts)


def _row_begins(upper: list[Band], lower: list[Band], gutters: list[Gap], grid: bool) -> bool:
    """Whether a new row of boxes begins with `lower`: its boxes start together where those above end apart.

    Columns of running text can start a paragraph on one baseline too, but none of them has a hole above it then. Boxes
    of one height are told by their headings, in a grid or where the file draws them row by row.
    """
    top = min(c.base for c in lower[0])
    together = sum(abs(c.base - top) < 0.1 * c.size for c in lower[0])
    if together < 2 and not grid:
        return False
    above = _by_column(upper, gutters)
    below = _by_column(lower, gutters)
    firsts = {k: min(column, key=lambda c: c.base) for k, column in below.items()}
    starts = {
        k: _is_start(first, above.get(k))
        for k, first in firsts.items()
        if abs(first.base - top) < 0.1 * first.size
    }
    if not starts or not all(starts.values()):
        return False
    if len(above) < 2:
        return len(starts) >= 2 and all(v == 2 for v in starts.values())
    if len(starts) >= 2:
        if any(_hole(above[k], below[k]) for k in starts if k in above):
            return True
        same = len({(f.bold, round(f.size)) for k, f in firsts.items() if k in starts}) == 1
        drawn_so = max(c.order for b in upper for c in b) < min(c.order for b in lower for c in b)
        return (grid or drawn_so) and len(starts) == len(above) and same and all(v == 2 for v in starts.values())
    return grid and len(below) == 1 and next(iter(starts.values())) == 2


def _hole(above: list[Line], below: list[Line]) -> bool:
    """Whether more room is left between `above` and `below` than anywhere within them."""
    steps = [b.base - a.base for part in (above, below) for a, b in pairwise(sorted(part, key=lambda c: c.base))]
    last, first = max(above, key=lambda c: c.foot), min(below, key=lambda c: c.base)
    return first.base - last.foot > max(1.3 * max(steps, default=0.0), 2.5 * first.size)


def _by_column(bands: list[Band], gutters: list[Gap]) -> dict[int, list[Line]]:
    columns: dict[int, list[Line]] = {}
    for band in bands:
        for chunk in band:
            middle = (chunk.x0 + chunk.x1) / 2
            columns.setdefault(sum(middle > g[0] for g in gutters), []).append(chunk)
    return columns


def _is_start(first: Line, above: list[Line] | None) -> int:
    """2 if `first` begins a box with a heading, 1 if it begins after a wider gap than lines have, else 0."""
    if not above:
        return 2 if first.bold or first.inside else 1
    last = max(above, key=lambda c: c.foot)
    if first.inside or (first.bold and not last.bold) or first.size > 1.08 * last.size:
        return 2
    steps = [b - a for a, b in pairwise(sorted(c.base for c in above)) if b - a > 0.5 * first.size]
    usual = min(median(steps), 1.6 * first.size) if steps else 1.2 * first.size
    return int(first.base - last.foot > 1.3 * usual)


def _joined(chunks: list[Line]) -> list[Line]:
    """The chunks of one region joined into lines, from the top."""
    rows: list[list[Line]] = []
    for chunk in sorted(chunks, key=lambda c: (c.base, c.x0)):
        last = rows[-1][0] if rows else None
        tabled = bool(last and (last.cells or chunk.cells))
        if last and not tabled and abs(last.base - chunk.base) < 0.35 * max(chunk.size, last.size):
            rows[-1].append(chunk)
        else:
            rows.append([chunk])
    lines = []
    for row in rows:
        if len(row) == 1:
            lines.append(row[0])
        else:
            words = [w for c in sorted(row, key=lambda c: c.x0) for w in c.words]
            lines.append(line_of(touching(words), min(c.order for c in row), row[0].page))
    return lines
