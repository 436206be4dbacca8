"""A state, that there was nothing, a day, a village, taken back for what comes behind: 改联：否，按错了，应为是; 零报告发错了，新增执委1名.

Known by its words, as where numbers are put right: between the two stands nothing but such as take back.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.report.corrections.put_right_words import REST
from bot.core.report.corrections.sent_before import Part, parts_of
from bot.core.report.plain.made_of import wholly

_NAME: Final = "(?:妇代会改妇联|会改联|改联|改妇联|区域化建设|区域化)"
_TOLD_OF: Final = "(?:(?:我?刚才?|前面|之前)[说报填发写]的?)?"
_WHOSE: Final = "(?:我们?|本|全)?[村镇乡]?里?(?:社区)?的?"
_FIGURE: Final = re.compile(
    rf"{_TOLD_OF}(?P<name>{_WHOSE}{_NAME})(?::|是|为|状态|情况|这项|那项|也|都)*(?P<slip>(?:我|刚才?|不小心|手滑)*(?:[错误][点选填写打报按发说勾]|[点选填写打报按发说勾][错误])成?了?)?(?P<state>.*)"
)
_STATES: Final = frozenset(
    str.split(
        "没 没有 未 还 还没 还没有 尚 尚未 仍 完成 完 好 妥 办 弄 搞 做 改 已 已经 都 全 全部 否 是 了 成 结束 完毕 通过 到位 的 啊 呢 落实 开始 弄好 搞定 定"
    )
)
_NAMES: Final = frozenset(("会改联", "改联", "妇代会改妇联", "改妇联", "区域化", "区域化建设"))
_NOT: Final = re.compile("[没未否]")
_NOW: Final = re.compile(
    "(?:应该?|其实|实际上?|现在|正确的?|更正|改|真的|早就|其实早|哦|噢)*(?:[是为成]|改为|改成)?"
)
_DAYS: Final = re.compile(
    "(?:(?:上周|这周|本周|周|星期)?[一二三四五六日天]|[昨今前]天|[昨今]晚|上午|下午|早上|刚才?|上周|本周|这周|[0-9#]+[日号月])+"
)
_NOTHING: Final = frozenset(
    str.split(
        "本周 这周 我村 我们村 本村 我社区 我们 没有 没 无 零 报告 零报告 新增 新 的 新增执委 执委 变化 没变化 跟 和 与 同 上周 一样 相同 不变 没变 还是 了 情况 无变化 没啥 变动 没得 没新增"
    )
)
_SOMETHING: Final = re.compile("没|无|零|变|一样|相同")
_COUNTED: Final = re.compile("(?:新增|新选|执委|选).*#|#.*执委")
_UNIT: Final = re.compile("(?!.*[说讲听问如若])(?:是|我们?)?[\u4e00-\u9fff]{2,4}(?:村|社区)?")
_OURS: Final = re.compile(
    "(?:哦|噢|应该|是|其实)*(?:(?:我们?|咱们?|俺们?|本)(?:这里?|这边)?|[\u4e00-\u9fff]{2,3}(?:村|社区))"
)
_SAME_COUNT: Final = re.compile(rf"{_WHOSE}{_NAME}[:是为]?#")
_SURELY: Final = re.compile("[错误岔混滑反瓢呸]|不对|[哦噢啊]不|不不|更正|订正|纠正")


_TOLD: Final = re.compile("[0-9一二三四五六七八九十][名个人位]")
_OPEN: Final = re.compile(
    rf"{_NAME}[:,]?(?:还|都|已经?|没有?|未|全部|也)*(?:完成|[办弄搞做改][好完])了?[,。;\s]+(?:[哦啊哎]?(?:不对|[打写说填报点弄搞记]?错了?)[,。;\s]+)+(?=[^,。;]*执委)(?!是|[^,。;]*(?:数|人))"
)


def plainly(text: str) -> str:
    """The text with what comes behind in the place of what is taken back."""
    parts = parts_of(text) if _SURELY.search(text) else []
    for n, one in enumerate(parts):
        to = n + 1
        while to < len(parts) and _takes_back(parts[to]):
            to += 1
        if to == len(parts):
            return text
        said = _peeled(one.said)
        figure = _FIGURE.fullmatch(said)
        if to == n + 1 and said == one.said and not (figure and figure["slip"]):
            continue
        told = _instead(said, figure, (one, parts[to]), text)
        if told is not None:
            return f"{text[: one.start]}{told}{text[parts[to].end :]}"
    return text


def left_open(text: str) -> re.Match[str] | None:
    """会改联完成，错了，新增执委12名: is it not done?"""
    found = _OPEN.search(text)
    return None if found is None or _TOLD.search(text, 0, found.start()) else found


def _takes_back(part: Part) -> bool:
    return part.known and not part.numbers and _SURELY.search(part.said) is not None


def _peeled(said: str) -> str:
    """零报告发错了 without 发错了."""
    for at in range(1, len(said)):
        behind = said[at:]
        if _SURELY.search(behind) is None:
            break
        if wholly(behind, REST) and wholly(said[:at], _NOTHING | _STATES | _NAMES):
            return said[:at]
    return said


def _instead(
    said: str, figure: re.Match[str] | None, parts: tuple[Part, Part], text: str
) -> str | None:
    """What is told for both clauses, if the second one can take the place of the first."""
    first, second = parts
    right = text[second.start : second.end]
    if wholly(said, _NOTHING) and _SOMETHING.search(said):
        return right if _COUNTED.search(second.said) else None
    if _SAME_COUNT.fullmatch(said) and "执委" in second.said:
        return right if first.numbers == second.numbers else None
    if figure is not None:
        now = _FIGURE.fullmatch(_NOW.sub("", second.said, 1))
        state = now["state"] if now and not now["slip"] else _NOW.sub("", second.said, 1)
        if now and now["name"] != figure["name"]:
            return None
        return _state(figure["name"], _DAYS.sub("", figure["state"]), state)
    named = first.start == 0 and _UNIT.fullmatch(said) and _OURS.match(second.said)
    return right if named and "执委" in second.said else None


def _state(name: str, was: str, now: str) -> str | None:
    """The figure with its right state, or with the state that stood behind a wrong day."""
    if not now or not wholly(_DAYS.sub("", now), _STATES) or not wholly(was, _STATES):
        return None
    if _NOT.search(now) or (was and not _NOT.search(was)):
        return None
    return f"{name}{ {'是': '完成', '否': '未完成'}.get(now, now) }"
