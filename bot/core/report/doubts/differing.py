"""Two numbers, or two answers, of which she does not say which one holds, and nothing else is told: 书记说12，会计说13; 新增执委11还是12."""

from __future__ import annotations

import re
from typing import Final

from bot.core.reading import Ask, Question

_N: Final = "(?:[0-9]{1,3}|[一二三四五六七八九十]{1,3})"
_C: Final = "[名个人位]?"
_SAYS: Final = (
    "(?:一会儿?|有[的人]|[这那]个|主席|书记|主任|会计|文书|组长|[她他]们?|我)(?:又|就|也|都|却|是)*[说讲报写]"
    "(?:我们|我村|咱们|咱|新增|新选|选了|有|是|的|执委|了)*"
)
_BY_TWO: Final = re.compile(
    f"{_SAYS}(?P<a>{_N}){_C}[,;、\\s]*(?:但是?|可是?)?{_SAYS}(?!(?P=a)(?![0-9一二三四五六七八九十])){_N}{_C}(?=[,。;!\\s]|$)"
)
_EITHER: Final = re.compile(
    f"执委(?:人数|到底|是|有|选了|:)*{_N}{_C}还是{_N}{_C}(?=[,。;!\\s?]|$)(?![^。!\n]*[问说讲])"
)
_DONE_OR_NOT: Final = re.compile(
    "改联[^,。;!\n]{0,4}有[的人][说讲][^,。;!没未不]{0,4}(?:完成|[办搞弄做]好)了?[,;]?有[的人][说讲](?:还|都)?(?:没有?|未)"
)
_SHAPES: Final = (
    (("说", "讲", "报", "写"), _BY_TWO),
    (("还是",), _EITHER),
    (("有",), _DONE_OR_NOT),
)


def doubts(told: str) -> list[Question]:
    """The question which of them holds."""
    for signs, shape in _SHAPES:
        found = shape.search(told) if any(sign in told for sign in signs) else None
        if found is not None:
            return [Question(Ask.VALUES, found.span())]
    return []
