"""A folded line as if typed plainly: no dashes between words, no spaces between characters, no leading 上报."""

from __future__ import annotations

import re
from typing import Final

from bot.core.text import Line

_DASHED: Final = re.compile(
    r"(?:^|(?<=[,:!?\s]))(?:[一-鿿]+-){2,}[0-9]+[名个人位]?(?=$|[,。!~\s哈])"
)  # 会改联-完成-执委-6
_PAIRED: Final = re.compile(
    "(?<=[一-鿿])-(?=[0-9]+[名个人位]?(?:[,;。~!\\s哈]|$)|完成)"
)  # 东山-12，念山-9
_SPACED: Final = re.compile(
    r"(?<![一-鿿0-9])(?:[一-鿿] ){3,}(?:[一-鿿0-9] )*[一-鿿0-9](?![一-鿿0-9])"
)  # 执 委 十 二 名
_COUNTED: Final = re.compile(r"(?<=[0-9]) (?=[名个人位户])|(?<=[一-鿿]) (?=[0-9]+ [名个人位户])")
_ADDRESSED: Final = re.compile(
    r"^@[^\s@]{1,12}(?:妇联|主席|干事|领导|老师|姐)\s+(?=\S)|^(?:呈报|报送|报|致)[^\s,:。]{1,10}妇联\s*[:,]\s*"
)  # @政和县妇联 我乡…, 报政和县妇联：
_NUMBERED: Final = re.compile(
    r"^序号[\s,|]*|(?<=\n)[0-9]{1,3}[\s,.、|]+(?=[一-鿿])"
)  # 序号 村名 …, then 1 东山 12
_HEAD: Final = re.compile(r"^(?:我要)?上报[\s:,]*")


def text_of(line: Line) -> str:
    """The folded text without a leading 上报, and as if typed plainly: what the spans of a reading count in."""
    text = _HEAD.sub("", _ADDRESSED.sub("", line.text))
    if "-" in text:
        text = _DASHED.sub(lambda found: found[0].replace("-", ":"), text)
        if len(_PAIRED.findall(text)) > 1:
            text = _PAIRED.sub(":", text)
    if text.startswith("序号"):
        text = _NUMBERED.sub("", text)
    text = _SPACED.sub(lambda found: found[0].replace(" ", ""), text)
    return _COUNTED.sub("", text) if " " in text else text
