"""A form, or she herself, asks and she answers: 会改联是否完成？是。新增执委几名？12名 is put as 会改联:是。新增执委:12名.

Only where what follows is an answer and nothing else: 完成了吗？完成了吧, 12名？ and a question that stays open are left as they are.
"""

from __future__ import annotations

import re
from typing import Final

_FIGURE: Final = "(?:会改联|妇代会改建?妇联|改联|(?:乡镇)?区域化(?:建设)?)"
_WORK: Final = "(?:工作|任务|改革|这项)*"
_ALL: Final = "(?:已经|已|全部|全面|都)*"
_OVER: Final = "(?:完成|[改办搞弄做][好完]|到位)"
_SIGN: Final = r"[?:]+\s*(?:答[0-9一二三四五]?[:,]?\s*)?"
_SAID: Final = f"(?=(?:是的?|对的?|√|✓|否|没有?|还没有?|未|{_ALL}{_OVER}了?|[没未]{_OVER})\\s*(?:[,;。!\\n]|$))"
_WHETHER: Final = re.compile(
    f"(?P<a>{_FIGURE}){_WORK}(?:是否|是不是|有没有|有无){_ALL}{_OVER}了?(?:没有?|吗|呢)?{_SIGN}{_SAID}"
    f"|(?:是否|是不是|有没有){_ALL}{_OVER}了?(?P<b>{_FIGURE}){_WORK}(?:没有?|吗|呢)?{_SIGN}{_SAID}"
    f"|(?P<c>{_FIGURE}){_WORK}{_ALL}{_OVER}了?(?:没有?|吗|么|不){_SIGN}{_SAID}"
)
_MANY: Final = "(?:多少|几)[名个位人]?人?"
_NEW: Final = "新[增选]的?执委|执委"
_COUNT: Final = (
    r"(?=(?:[0-9]{1,3}|[零一二两三四五六七八九十百]{1,5})\s*[名个位人]?\s*(?:[,;。!\n]|$))"
)
_HOW_MANY: Final = re.compile(
    f"(?<![该应得须要])(?<![该应得须要]新[增选])(?:(?P<a>{_NEW})(?:人?数量?|名额)?(?:一?共|总共|是|有|为|了)*{_MANY}(?:呢|啊|了)?{_SIGN}{_COUNT}"
    rf"|(?P<b>{_NEW})(?:人?数量?)?(?=\?){_SIGN}{_COUNT}"
    f"|新[增选]了?{_MANY}新?(?P<c>执委){_SIGN}{_COUNT})"
)
_BARE: Final = re.compile(f"(?<=[\\n;,。\\s])是否{_ALL}完成{_SIGN}{_SAID}")
"""富美村会改联工作小结⏎是否完成：是: of the one figure that is named over it."""
_NAMED: Final = re.compile(_FIGURE)
_LEADS: Final = re.compile(r"(?:^|(?<=[,;。!?\n]))\s*[问答][0-9一二三四五]?\s*[:,]\s*")


def plainly(text: str) -> str:
    """The text with such questions as headings of their answers."""
    if "?" not in text and ":" not in text:
        return text
    text = _WHETHER.sub(_heading, text)
    text = _HOW_MANY.sub(_heading, text)
    named = {found[0] for found in _NAMED.finditer(text)} if "是否" in text else ()
    text = _BARE.sub(f"{min(named)}:", text) if len(named) == 1 else text
    return _LEADS.sub(" ", text) if "问" in text and "?" not in text else text


def _heading(found: re.Match[str]) -> str:
    """The figure's name and a colon; 新选了几个执委 are new ones."""
    name = found["a"] or found["b"] or found["c"]
    return f"新增{name}:" if found["c"] == "执委" else f"{name}:"
