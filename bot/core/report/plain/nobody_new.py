"""A message made of nothing but words of nobody new, in any order: 新增的没得啦, 从周一到今天都没新增, 村里这周没什么新增的可以报; put as one would say it plainly."""

from __future__ import annotations

import re
from itertools import product
from typing import Final

from bot.core.report.plain.made_of import wholly

_PARTED: Final = re.compile(r"[,。;!~\n]+")
_SIGN: Final = re.compile(r"[\s:=✓()\[\]-]+")
_PERIODS: Final = frozenset(
    first + until
    for first, until in product(
        str.split("从周一 周一 自周一 从上周 自上周 上周 从上次 上次 从上次报完 上次报完"),
        str.split(
            "到今天 到现在 到目前 到目前为止 到本周 到这周 到周五 到周日 至今 至今天 至目前 以来 之后"
        ),
    )
)
_UNTIL: Final = frozenset(
    first + day + end
    for first, day, end in product(
        str.split("到 截至 截止 截止到"), [f"周{day}" for day in "一二三四五六日"], ("", "为止")
    )
)
_WHEN_AND_WHO: Final = frozenset(
    str.split(
        """本周 这周 这一周 本期 这期 这次 本次 这回 这个礼拜 这个星期 这礼拜 这星期 今天 目前 暂时 现在 眼下 近期 最近 这几天 这两天 七天 一周 下来 这些天 到现在 到今天 到目前 到目前为止 截至目前 截止目前 截至今天 截止今天
        我村 本村 我们村 俺村 咱村 咱们村 俺们村 村里 村上 村 社区 社区里 本社区 我社区 我们社区 镇里 镇上 乡里 乡上 我镇 我乡 本镇 本乡 镇 乡 我们 俺们 咱们 俺 咱 我 这边 这里 妇联 村妇联"""
    )
)
_NO: Final = frozenset(
    str.split(
        "没 没有 无 未 没得 没的 没人 无人 没一个 没有一个 冇 冇得 冇有 莫得 么得 未有 未见 没见 暂无 并无 并未 尚无 没啥 没什么 没啥子 没哪个"
    )
)
_NEWS: Final = frozenset(
    str.split(
        """新 新的 新增 新增的 新增加 新增加的 新添 新加 新进 新选 新当选 新产生 增加 增补 增选 增员 补选 添 加 进 选 选出 选出来 产生 当选 加入 进来 新人 人 人员 新成员 情况 事项 内容 项 数据 数字 人数
        姐妹 妇女 女同志 媳妇 选上 新选上 当上 新当上 新当 当选上 选进来 补进 补进来 进人 方面 这块 这一块 这方面 上 新任 新上任 添上 加上 补上 添到 加到 选到 名单
        执委 新执委 执委会 委员 新委员 执行委员 要报 要报的 要报告的 要上报 要上报的 可报 可报的 可上报 可上报的 可以报 可以报的 可以上报 可以上报的 好报 好报的 好上报的 需要报 需要报的 需要上报 需要上报的 上报"""
    )
)
_SO: Final = frozenset(
    str.split(
        "都 也 均 全 全部 全都 各项 所有 两项 几项 依然 依旧 仍 仍然 还是 就 是 为 任何 什么 啥 啥子 一个 一名 一位 一人 半个 一个新人 一名新人 半个新人 嘛 的 了 啦 哈 啊 呢 嘞 哦 呀 咯 噢 喔 哟 哎"
    )
)
_WORDS: Final = _PERIODS | _UNTIL | _WHEN_AND_WHO | _NO | _NEWS | _SO
_NONE: Final = "(?:[没无未冇莫]|么得)"
_TOLD: Final = re.compile(
    "[本这](?:周|期|次|个?礼拜|个?星期).*没有?(?:人|姐妹|妇女)当选|新|增|[加添进](?:了|[上到]|新?人)|[要可好](?:上?报|以上?报)"
)
_OF_WHOM: Final = re.compile("执委(?!会)|执行委员|新(?:增|选)?的?委员")
_NAMED: Final = re.compile("新|执委|委员|[加添进选]")
_COURTESY: Final = frozenset(
    str.split(
        "收到 好的 好 您好 你好 领导 主席 领导好 主席好 谢谢 谢谢领导 谢谢主席 辛苦了 领导辛苦了 汇报 报告 报告领导 报告主席 汇报领导 回复 回 请查收 请收 请知悉"
    )
)
_TRAILED: Final = re.compile(
    "(?<=[增化变样][哈啊呢哦啦了])(?:领导|主席)$|(?<=[增化变样旧])(?:了|哈|啊|哦)?谢谢(?:领导|主席)?$"
)
_DOUBT: Final = re.compile(
    "[?吗吧]|名单[的了啊呀]*$|新(?:增)?的?名单|(?<!没什)(?<!没有什)么|全[镇乡村县社]|的[村镇乡社]|为啥|[也都]要|人选|执委的[^啊哈了呢]|(?<!什么)(?<!啥)新增的?需?要上?报的?$|有没有|是否|[还][没无未]|尚未|[了过][^,。;!\n]*(?<!新增的)没|没$"
    "|(?:[选出生来入补进添加]|当选)(?:的|了)?(?:没有?|没得|冇得?|无|未)[啊呀呢]*$"
    "|未?(?:选出|当选|产生)(?:的|新)?(?:人|情况|事项|内容|数据|数字)"
    "|(?:数据|数字|上报)(?:都|也|还)*(?:没|未)(?!有?(?:新|增))|(?:没有?|未)上报|[没无未](?:有)?(?:执委会|委员会)|的(?:数据|数字|人数|情况)$"
    "|(?<!一个)(?<!半个)(?<!一名)新[^,。;!]*(?:没有?|未)(?:人)?(?:选(?:出来?)?|产生|当选|进来?|加入|加进来)[的了啊呀]*$|没有?新的?情况|没(?:啥|有?什么)新(?:的|情况|数据|内容)*[了啊哈呢嗷滴呐]*$"
    "|(?:没有?|未)(?:人)?(?:选|当选|加入)(?:的|了)?(?:执委会?|委员)?$"
)
"""选了新执委没有, 名单没有, 没有上报: a question, or what else is not there."""
_LONGEST: Final = 24
_UNIT: Final = re.compile(
    r"^(?P<unit>(?![我本俺咱各全有其他别哪每没不跟和同与照按像那这下几两邻隔])[\u4e00-\u9fff]{2}(?:村|社区|镇|乡))(?P<rest>[\s:,]*[^\s:,委妇])"
)
_SIGNED: Final = re.compile(
    r"[\s,。(]+(?P<unit>(?![我本俺咱各全有其他别哪每没不跟和同与照按像那这下几两邻隔])[\u4e00-\u9fff]{2}(?:村|社区|镇|乡))\)?[。!]?$"
)


def parted(text: str) -> tuple[str, str]:
    """The unit that stands in front of such a message, or signs it, and the message without it and without courtesies."""
    unit = ""
    if found := _UNIT.match(text):
        unit, text = found["unit"], text[len(found["unit"]) :].lstrip(" :,\n")
    elif found := _SIGNED.search(text):
        unit, text = found["unit"], text[: found.start()]
    text = _TRAILED.sub("", text)
    pieces = [piece for piece in re.split(r"(?<=[,。;!:\s])", text) if piece]
    while len(pieces) > 1 and pieces[0].strip(" ,。;!:\n") in _COURTESY:
        pieces.pop(0)
    while len(pieces) > 1 and pieces[-1].strip(" ,。;!:\n") in _COURTESY:
        pieces.pop()
    return unit, "".join(pieces).strip(" ,。;!\n")


_OFFICE: Final = re.compile("[我本]?[镇乡](?:里|上)?(?=[^镇乡]*$)")


def whose(text: str) -> str:
    """镇里, 我乡: of whom such a message says it, if not of a village."""
    found = _OFFICE.search(text)
    return found[0] if found else ""


def said(text: str) -> str | None:
    """没有新增, or 没有新增执委, where that is all it says."""
    if len(text) > _LONGEST or _DOUBT.search(text) or _TOLD.search(text) is None:
        return None
    parts = [_SIGN.sub("", part) for part in _PARTED.split(text)]
    told = [re.search(_NONE, part) is not None for part in parts if _NAMED.search(part)]
    if len(set(told)) > 1 or not re.search(_NONE, text):
        return None  # 新增执委，没有委员
    if not all(_fits(part) for part in parts if part):
        return None
    return "没有新增执委" if _OF_WHOM.search(text) else "没有新增"


def _fits(part: str) -> bool:
    """Whether a clause is made of such words, is no double negation and counts nobody."""
    denied = len(re.findall(_NONE, part))
    return (
        wholly(part, _WORDS)
        and denied < 2
        and not (denied == 0 and re.search("[一半几两]|选|产生|加入|进来", part))
    )
