"""The numbered sections of a document as a tree, and those of them that hold its tasks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from etl.extract.text import DocumentText, Item


@dataclass
class Node:
    """A section: its own text ends where its first child begins, `end` is after all children."""

    path: str
    start: int
    title_start: int
    title_end: int
    own_end: int
    end: int
    parent: Node | None = None
    children: list[Node] = field(default_factory=list)

    @property
    def segment(self) -> str:
        """The last part of the path: "II", "3", "a"."""
        return self.path.rpartition(".")[2].strip("()")


# Headings of a plan, folded (Circular 22/2016/TT-BTTTT, article 3; usual practice).
_CONTENT = re.compile(r"noi dung|nhiem vu|hoat dong|giai phap")
_OTHER = re.compile(
    r"muc dich|yeu cau|muc tieu|quan diem|kinh phi|to chuc thuc hien|phan cong|trach nhiem|can cu"
    r"|che do (?:thong tin )?bao cao|dac diem|tinh hinh|ket qua|danh gia|doi tuong|pham vi"
    r"|nhiem vu cua (?:cac|tung)|thoi gian|su can thiet"
)
_OTHER_FIRST = re.compile(
    r"\W*(?:to chuc thuc hien|phan cong|trach nhiem|kinh phi|nguon kinh phi"
    r"|nhiem vu cua (?:cac|tung)|danh gia|ket qua|tinh hinh)"
)
_GOALS = re.compile(r"muc dich|yeu cau|muc tieu")
# Children that only say what, when, where and who are parts of their parent's task.
_ATTRIBUTE = re.compile(
    r"\W*(?:noi dung|doi tuong|thoi gian|dia diem|hinh thuc|thanh phan|so luong|san pham|yeu cau"
    r"|muc dich|kinh phi|nguon kinh phi|don vi|co quan|chu tri|phoi hop|phan cong"
    r"|tien do|du kien|giang vien|quy mo)\b[^:.;]{0,40}(?::|$)"
)
_ROLE_LINE = re.compile(
    r"(?:don vi|co quan)[^:\n]{0,40}(?:chu tri|thuc hien|tham muu)[^:\n]{0,30}:"
)
# A heading that says nothing by itself.
GENERIC: Final = re.compile(
    r"\W*(?:cac )?(?:noi dung|nhiem vu|hoat dong|giai phap)(?: (?:thuc hien|trong tam|cu the"
    r"|chu yeu|va|giai phap|nhiem vu|hoat dong|noi dung|cong tac|trien khai))*\W*$"
)


def section_tree(doc: DocumentText) -> list[Node]:
    """All sections as nodes, parents before children; "(1)" below another number is none."""
    nodes: list[Node] = []
    stack: list[Node] = []
    for section in doc.sections:
        if "(" in section.path and section.path != f"({section.path.strip('()')})":
            continue
        while stack and not section.path.startswith(stack[-1].path + "."):
            stack.pop().end = section.start
        if stack and not stack[-1].children:
            stack[-1].own_end = min(stack[-1].own_end, section.start)
        node = Node(
            section.path, section.start, section.title_start, section.title_end, section.end,
            section.end, stack[-1] if stack else None,
        )  # fmt: skip
        if stack:
            stack[-1].children.append(node)
        stack.append(node)
        nodes.append(node)
    for node in reversed(nodes):
        # Closing words end a section before the next one begins.
        last = node.children[-1].end if node.children else node.own_end
        node.end = min(node.end, last) if node.end > last else last
    return nodes


def task_spans(doc: DocumentText, tasks: Sequence[Item]) -> list[tuple[int, int]]:
    """The whole place of each task: its section, or its evidence where it stands in none."""
    nodes = {node.start: node for node in section_tree(doc)}
    spans = []
    for task in tasks:
        start, end = task["evidence"]["start"], task["evidence"]["end"]
        node = nodes.get(start) or nodes.get(doc.text.rfind("\n", 0, start) + 1)
        same = node is not None and node.path == task["ordinal"]
        spans.append((node.start, node.end) if node and same else (start, end))
    return spans


def folded_title(doc: DocumentText, node: Node) -> str:
    """The heading of a node, folded, with single blanks."""
    return " ".join(doc.folded[node.title_start : node.title_end].split())


def is_structural(node: Node) -> bool:
    """Whether a node is a part of the document ("II", "A", "Phụ lục") and no numbered item."""
    return not (node.segment.isdigit() or (len(node.segment) == 1 and node.segment.islower()))


def _content_of(title: str) -> bool | None:
    """True: a heading of tasks; False: of something else; None: it does not say."""
    if len(title) > 160:
        return None
    if _OTHER_FIRST.match(title):
        return False
    if _CONTENT.search(title):
        return True
    return False if _OTHER.search(title) else None


def content_leaves(doc: DocumentText, nodes: Sequence[Node]) -> Iterator[Node]:
    """The nodes of a plan that are tasks: the innermost items of its parts on content."""
    has_parts = any(is_structural(node) and _is_classified(doc, node) for node in nodes)
    # Where no part is headed as content, every item of the outermost level is: short plans.
    is_flat = not any(
        (node.children and _content_of(folded_title(doc, node)))
        or GENERIC.match(folded_title(doc, node))
        for node in nodes
        if (is_structural(node) if has_parts else node.parent is None)
    )
    status: dict[int, bool | None] = {}
    inside: set[int] = set()
    for node in nodes:
        above = status[id(node.parent)] if node.parent else None
        own = above
        is_heading = is_structural(node) if has_parts else node.parent is None
        title = folded_title(doc, node)
        if is_heading or (node.parent and _is_mixed(doc, node.parent)):
            said = _content_of(title)
            own = said if said is not None else above
            if own is None and is_flat and is_heading and node.parent is None:
                own = not _OTHER.search(title[:60])
        if node.segment.startswith("Điều"):
            own = False
        if node.segment.startswith("Phụ lục") and not node.children:
            own = None  # its table, if any, is read as such
        status[id(node)] = own
        if node.parent and id(node.parent) in inside:
            inside.add(id(node))
            continue
        if own and is_task_leaf(doc, node):
            inside.add(id(node))
            if not (is_heading and not node.children and GENERIC.match(title)):
                yield node


def _is_classified(doc: DocumentText, node: Node) -> bool:
    return _content_of(folded_title(doc, node)) is not None


def _is_mixed(doc: DocumentText, node: Node) -> bool:
    """A heading such as "MỤC TIÊU, NHIỆM VỤ" of which the children tell what they are."""
    title = folded_title(doc, node)
    return bool(_GOALS.search(title) and _CONTENT.search(title))


def is_task_leaf(doc: DocumentText, node: Node) -> bool:
    """Whether a node is one task: without children, or its children are only its particulars."""
    children = node.children
    if not children:
        return True
    if all(child.segment.islower() and len(child.segment) == 1 for child in children):
        attributes = [bool(_ATTRIBUTE.match(folded_title(doc, child))) for child in children]
        if sum(attributes) * 2 >= len(children):
            return True
        # Who leads is printed once, behind the last letter: it holds for all of them.
        if len(children) < 2 or not _ROLE_LINE.search(doc.folded, children[-1].start, node.end):
            return False
        return not any(_ROLE_LINE.search(doc.folded, c.start, c.end) for c in children[:-1])
    attributes = [bool(_ATTRIBUTE.match(folded_title(doc, child))) for child in children]
    return sum(attributes) > 1 and sum(attributes) * 2 > len(children)
