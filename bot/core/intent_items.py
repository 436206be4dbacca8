"""Sentences about numbered items and lists: 任务3完成, 3 办好了, 统计5 12, 退回 3 原因, 困难台账."""

from __future__ import annotations

import dataclasses
import re
from typing import Final, TypeAlias

from bot.core import intent_orders, intents
from bot.core import short as shorts
from bot.core import text as texts
from bot.core.intents import Intent
from bot.core.intents_items import Deed
from bot.core.text import Line

_WORD: Final = "(?:任务|事项|文件|资料|材料|统计)"
_NAMED: Final = re.compile(
    rf"^(?:我?们?的?)?(?:{_WORD}\s*第?\s*(?P<n>\d{{1,6}})|第?(?P<m>\d{{1,6}})\s*号?{_WORD})(?![\d.])\s*号?(?P<rest>.*)$",
    re.DOTALL,
)
_MEASURE: Final = re.compile("^(?:份|个|名|人|件|项|条|户|次|页|张|月|年|日|楼)")
_BARE: Final = re.compile(
    r"^第?(?P<n>\d{1,6})(?P<mark>\s*[号项条])?[\s,:。、]*(?P<rest>\D.{1,24})$", re.DOTALL
)
_TAIL: Final = "(?:了|啦|咯|的)*"
_DONE: Final = re.compile(
    f"(?:已经?|都|全部?|我们?村?|也|早就?)*(?:办|做|弄|搞|干|完成|交|上交|提交|发|传|寄|送|落实|办理)(?:好|完|妥|结|定|到位|上去|过去|来|过)*{_TAIL}"
    f"|(?:已经?)?(?:完成|办结|搞定|好){_TAIL}|✓"
)
_SURE: Final = re.compile(
    f"(?:已经?|都|全部?)*(?:办|做)(?:好|完|妥|了|结)+{_TAIL}|搞定{_TAIL}|(?:已经?)(?:交|办)了?|交了?上?去?了"
)
_WITHOUT_DAY: Final = re.compile(f"(?:已经?|都)*(?:弄|搞)(?:好|完)+{_TAIL}|(?:已经?)?完成{_TAIL}")
_UNDONE: Final = re.compile(
    "(?:还|其实)?(?:没有?|未)(?:办|做|弄|搞|完成|交|好)(?:好|完|呢)?(?:了|的)*|不对|错了|没有"
)
_DOING: Final = re.compile(
    "(?:还|正|正在|在|我们?)*(?:办|做|弄|搞|准备|收集|整理|起草)(?:着|理中|中|当中)?(?:呢|了)?"
    "|(?:下个?(?:周|礼拜|星期|月)|明天|后天|过几天|过两天|月底|月初|[这本]?周[一二三四五六日天末]|\\d{1,2}[号日])(?:之?前|以前|内|再|就|才|能|可以)*(?:[报交办给弄搞做发完]|完成|提交).{0,4}"
)
_DEEDS: Final[tuple[tuple[Deed, re.Pattern[str]], ...]] = (
    ("undone", _UNDONE),
    ("doing", _DOING),
    ("done", _DONE),
)
_MISSING: Final = re.compile(
    "(?:还有?)?(?:谁|哪[几些]?个?(?:村|乡镇?|县|单位)?)(?:还)?(?:没有?|未)(?:办|交|报|回|完成|做|弄).{0,2}|还?差谁"
)
_CLOSE: Final = re.compile("(?:可以)?(?:通过|销号|办结|核销|结了|关闭)(?:了)?")
_CLOSING: Final = re.compile(
    rf"^(?:通过|销号|办结|核销|关闭)\s*{_WORD}\s*(?P<n>\d{{1,6}})\s*号?(?P<rest>.*)$", re.DOTALL
)
_BACK: Final = re.compile(
    rf"^(?:请)?退回\s*{_WORD}?\s*第?(?P<n>\d{{1,6}})(?!\d)\s*号?{_WORD}?(?P<rest>.*)$", re.DOTALL
)
_SHOW: Final = re.compile(
    "(?:是)?(?:啥|什么|情况|怎么样?了?|进度|内容|详情|看看?|到哪了?)?(?:呢|吗)?"
)
_KINDS: Final = (
    (
        "document",
        re.compile(
            "(?:我的|看|查)?(?:文件|资料|材料)(?:清单|台账|列表)|(?:要交的|我的|看|查)?文件"
        ),
    ),
    ("statistic", re.compile("(?:我的|看|查)?(?:专项)?统计(?:清单|台账|列表|任务)|专项统计|统计")),
    (
        "",
        re.compile(
            "(?:我的|看|查)?(?:任务|事项)(?:清单|台账|列表)?|(?:任务|事项)都?有(?:哪些|什么|啥)(?:呀|啊|呢)?|(?:我们?|现在|目前|还|都|今天|本周|这周)*有(?:哪些|什么|啥|几个|几项|多少)(?:任务|事项)(?:没办|要办|要做)?(?:呀|啊|呢|吗)?"
        ),
    ),
)
_WHICH: Final = re.compile(
    "(?:请问|看看|看一?下|查一?下|我们?|咱们?|俺们?|村|这边|现在|目前|这周|本周|今天|最近|一共|总共|还|都|要|得|需要|的|做|办|交|报|填|写|差|剩|欠)*"
    "(?:有没有|有|没)?(?:哪些|哪几[个项份]|什么|些什么|啥|些啥|几[个项份件]|多少[个项份件]?)?"
    "(?P<what>任务|事项|(?:要交的?|要报的?)?(?:文件|资料)|(?:专项)?统计)"
    "(?:还|都|现在|目前|一共|总共)*(?:有|是)?(?:哪些|哪几[个项份]|什么|些什么|啥|些啥|几[个项份件]|多少[个项份件]?)?"
    "(?:要|得|需要|还没|没有?|未)?(?:做|办|交|报|填)?(?:的|了)?(?:吗|呢|呀|啊)?"
)
"""都有哪些任务, 还有几项任务没做: which there are; the words of asking are looked for apart."""
_ASKS_WHICH: Final = re.compile("哪|什么|啥|几[个项份件]|多少|有没有|吗$|看看|看一?下|查一?下")
_KIND_OF: Final = {"文件": "document", "资料": "document", "统计": "statistic"}
_TROUBLES: Final = re.compile(
    "(?P<a>.{0,12}?)(?:的|有)?困难(?:台账|清单|列表|汇总|一览)(?P<b>.{0,12})"
)
_TROUBLES_LEFT: Final = re.compile(
    "(?P<a>.{0,12}?)(?:还)?有(?:几|多少)(?:个|件|条)?(?:困难|问题)?(?:还)?(?:没有?|未)(?:得到)?(?:解决|答复|回复|销号)(?:的)?(?:困难|问题)?"
    "|(?P<b>.{0,12}?)(?:还)?有(?:几|多少)(?:个|件|条)?困难"
)
_NOT_SOLVED: Final = re.compile(
    r"^(?:(?:第|[nNdD])?\s*(?P<n>\d{1,9})\s*号?(?:的?困难)?[\s,:。]*)?(?:还|都|根本)?(?:没有?|未)(?:得到)?解决[\s,:。;!]+(?P<rest>\S.*)$",
    re.DOTALL,
)
_FILLER: Final = re.compile(
    "^(?:看一?下?|查一?下?|请问|我们?|本|全|现在|目前)+(?=$|[^县市省乡镇村区])"
)


def read(line: Line) -> Intent | None:
    """Something about a numbered item or a list of difficulties, or None."""
    return _list(line) or _back(line) or _named(line) or _bare(line) or _not_solved(line)


Said: TypeAlias = tuple[str, Deed]
"""What somebody names, '' for nothing, and how far it is."""


def deed(line: Line) -> Said | None:
    """What she names and how far it is, without a number: 办好了, 实施方案交了, 宣传栏还没办; None for anything else."""
    if "?" in line.text or line.bare:
        return None
    key = shorts.plain(line.key)
    for how, pattern in _DEEDS:
        found = re.fullmatch(f"(?P<what>.{{0,20}}?)(?:{pattern.pattern})", key)
        if found:
            return found["what"], how
    return None


def _list(line: Line) -> Intent | None:
    for kind, pattern in _KINDS:
        if pattern.fullmatch(line.key):
            return intents.Tasks(kind)
    which = _WHICH.fullmatch(line.key)
    if which and _ASKS_WHICH.search(line.key):
        return intents.Tasks(_KIND_OF.get(which["what"][-2:], ""))
    found = _TROUBLES.fullmatch(line.key) or _TROUBLES_LEFT.fullmatch(line.key)
    if found is None:
        return None
    return intents.DifficultyList(_FILLER.sub("", (found["a"] or "") + (found["b"] or "")))


def _back(line: Line) -> Intent | None:
    for deed, pattern in (("back", _BACK), ("close", _CLOSING)):
        found = pattern.match(line.text)
        if found and not _MEASURE.match(found["rest"]):
            return _item(line, "back" if deed == "back" else "close", found, named=True)
    return None


def _named(line: Line) -> Intent | None:
    found = _NAMED.match(line.text)
    if found is None or _MEASURE.match(found["rest"]):
        return None
    key = texts.key(found["rest"])
    plain = shorts.plain(key)
    deed: Deed = "say"
    if _MISSING.fullmatch(key):
        deed = "missing"
    elif not key or _SHOW.fullmatch(key):
        deed = "show"
    elif _CLOSE.fullmatch(plain):
        deed = "close"
    elif _UNDONE.fullmatch(plain):
        deed = "undone"
    elif _DOING.fullmatch(plain):
        deed = "doing"
    elif _DONE.fullmatch(plain):
        deed = "done"
    elif "?" in line.text and "://" not in line.text:
        return None
    made = _item(line, deed, found, named=True)
    return dataclasses.replace(made, text="") if deed == "close" else made


def _bare(line: Line) -> Intent | None:
    """3 办好了, 3号 下周报: only words that are no report of a figure; 3号完成了 may be a day."""
    found = _BARE.match(line.text)
    if found is None or "?" in line.text:
        return None
    plain = shorts.plain(texts.key(found["rest"]))
    if _SURE.fullmatch(plain) or (not found["mark"] and _WITHOUT_DAY.fullmatch(plain)):
        return _item(line, "done", found, named=False)
    return _item(line, "doing", found, named=False) if _DOING.fullmatch(plain) else None


def _item(line: Line, deed: Deed, found: re.Match[str], *, named: bool) -> intents.Item:
    groups = found.groupdict()
    head = line.text[: found.start("rest")]
    text = intent_orders.after(line.raw.strip(), head)
    return intents.Item(deed, int(groups["n"] or groups["m"]), text, named)


def _not_solved(line: Line) -> Intent | None:
    """没解决 with the reason behind it."""
    found = _NOT_SOLVED.match(line.text)
    if found is None or "?" in line.text or texts.key(found["rest"]).isdigit():
        return None
    head = line.text[: found.start("rest")]
    reason = intent_orders.after(line.raw.strip(), head)
    if shorts.is_courtesy(texts.key(reason)):
        reason = ""
    return intents.NotSolved(int(found["n"]) if found["n"] else None, reason)
