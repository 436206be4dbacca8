"""Short answers: everything one short line may mean; which of it holds depends on what stands open."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from bot.core import faces, numerals
from bot.core.text import Line


class Form(StrEnum):
    """How a number was given."""

    BARE = "bare"  # 12
    COUNTED = "counted"  # 12名
    STATED = "stated"  # 是12名, 改成12, 不是11是12
    PICKED = "picked"  # 第二个, 选2


@dataclass(frozen=True, slots=True)
class Short:
    """Every reading of a short line at once; all false and None when it is no short answer."""

    accept: bool = False
    deny: bool = False
    drop: bool = False
    none: bool = False
    sign: bool = False
    number: int | None = None
    form: Form | None = None


_POLITE: Final = re.compile(
    "(?:(?:谢谢|感谢|多谢|谢)(?:您|你|大家|各位|主席|领导|提醒|姐|了)*|辛苦(?:了|您|你|主席|领导)*|麻烦(?:了|您)*"
    "|主席|领导|(?:[您你]好)|大姐|老师|哈|哦|噢|喔|啊|呀|哟|呢|啦|咯|喽|嘛|吧|呐|滴)+$"
)
_GREETED: Final = re.compile("^(?:主席|领导|[您你]好|各位|报告|嗯|恩|哦|噢|喔|啊|那)+(?=.)")
_ACCEPT: Final = re.compile(
    "(?:(?:对[的头滴]?|是[的滴]?|嗯+|恩+|没错|没有错|没问题|无误|正确|准确|确认|确定|可以|行|中|成|系|okay|ok|yes|"
    "好[的嘞滴咧哒]?|全对|都对|就是|要得|得|(?:都|是|早)?(?:已经?)?定(?:下来|好)?了|✓)(?:了|的)?)+"
)
_SIGN: Final = re.compile(
    "(?:(?:已经?|我|我们|咱|通知|文件|都)*(?:收到|收悉|阅|读|知晓|知悉|悉|知道|晓得|明白|了解|清楚|签收|接到|看到|阅读|接收)(?:了|的|通知|文件)*"
    "|好[的嘞滴咧哒勒]?|要得|得嘞?|(?:我们?|咱们?)?(?:马上|立即|立刻|尽快|抓紧|坚决|认真|按要求|一定|遵照)?(?:就|去|来)?(?:落实|照办|去办|办理|执行)(?:到位)?"
    "|马上办|主席|领导|遵照执行|shoudao|sd|ok|okay|没问题|✓)+"
)
_DENY: Final = re.compile(
    "(?:(?:不对|不是|错|错误|写错|打错|说错|报错|搞错|弄错|输错|填错|数错|看错|不正确|有误|不准确?|不行|不用|不要|不需要|否|no|不)(?:了|的|啦)?)+"
)
_DROP: Final = re.compile(
    "(?:(?:算|取消|不报|不发|不弄|不搞|不填|作废|放弃|退出|先不报|先不发|先别发|别发|暂不发|先不弄|当我没说|不用记|不要记|撤销|不弄|(?:还|暂时|目前)*没有?定(?:下来|好|的)?)(?:了|吧|它|呢)*)+"
)
_NONE: Final = re.compile("(?:没有|没得|冇|无|没|木有|莫得|没有的|一个也?没有?|零|〇)(?:了|的)?")
_NUM: Final = r"(?P<n>[0-9零〇一二三四五六七八九十百千万两廿卅俩仨壹贰叁肆伍陆柒捌玖拾佰]+)"
_COUNT: Final = "(?:名|个|人|位|户|次)?(?:新?执委|委员)?"
_BARE: Final = re.compile(_NUM)
_COUNTED: Final = re.compile(rf"{_NUM}(?:名|个|人|位|户)(?:新?执委|委员)?")
_STATED: Final = re.compile(
    rf"(?:[0-9零一二三四五六七八九十百千两]+{_COUNT})?(?:(?:不对|不是|错了|[写打说报搞弄]错了|有误)(?:[0-9零一二三四五六七八九十百千两]+{_COUNT})?)?"
    rf"(?:应该|应当|应|而|就|其实|实际|正确的?|更正|一共|总共|共)*(?:是|改成|改为|改到|为|改)(?:新增|执委|新增执委)?{_NUM}{_COUNT}"
)
_RATHER: Final = re.compile(rf"(?:不对|错了|[写打说报搞弄]错了|有误)+{_NUM}{_COUNT}")
_PICKED: Final = re.compile(
    r"(?:我?选|回|第)?(?:第)?(?P<n>[0-9一二两三四五六七八九十]{1,3})(?:个|项|条|号|种)?"
)
_ONES: Final = re.compile("1|1{3,}")


_APART: Final = re.compile(
    r"[0-9零一二三四五六七八九十]\s*[.,/:;、~\s-]+\s*[0-9零一二三四五六七八九十]|^\s*-\s*[0-9]"
)
"""3.5, 37/41, 1-2, 12、13, -3: more than one number, or none that a short answer can be."""


def read(line: Line) -> Short:
    """All readings of the line as a short answer. Never raises."""
    if line.bare:
        denied = faces.NO in line.faces
        return Short(accept=line.agrees, sign=line.agrees, deny=denied)
    if "?" in line.text or len(line.key) > 24:
        return Short()
    said = plain(line.key)
    number, form = (None, None) if _APART.search(line.text) else _number(line.key)
    disagrees = faces.NO in line.faces
    return Short(
        accept=_whole(_ACCEPT, said) and not disagrees,
        deny=_whole(_DENY, said),
        drop=_whole(_DROP, said),
        none=_whole(_NONE, said),
        sign=(_whole(_SIGN, said) or _ONES.fullmatch(line.key) is not None) and not disagrees,
        number=number,
        form=form,
    )


def plain(key: str) -> str:
    """Without courtesies at either end, unless nothing would be left."""
    said = _POLITE.sub("", key) or key
    return _GREETED.sub("", said) or said


def is_courtesy(key: str) -> bool:
    """Whether nothing but thanks and particles is in it."""
    return _POLITE.fullmatch(key) is not None


def _whole(pattern: re.Pattern[str], said: str) -> bool:
    return pattern.fullmatch(said) is not None


def _number(key: str) -> tuple[int | None, Form | None]:
    if "应该" in key and key.endswith("吧"):
        return None, None  # she is not sure herself
    said = _POLITE.sub("", key) or key
    for pattern, form in (
        (_BARE, Form.BARE),
        (_COUNTED, Form.COUNTED),
        (_STATED, Form.STATED),
        (_RATHER, Form.STATED),
        (_PICKED, Form.PICKED),
    ):
        found = pattern.fullmatch(said)
        value = numerals.value(found["n"]) if found else None
        if value is not None:
            return value, form
    return None, None
