"""What official papers and tables say around a figure: yes and no in a form, exceptions, approvals yet to come."""

from __future__ import annotations

import re
from typing import Final

from bot.core.report_sheet import Row
from bot.core.report_vocabulary import Kind


def _row(kind: Kind, pattern: str, needs: str) -> Row:
    """A kind, its pattern, and characters of which any fit holds one."""
    return kind, re.compile(pattern), frozenset(needs)


YES: Final = "是"
_CELL_END: Final = r"(?=\s*(?:[|;,。!\n)]|$))"
_JUDGED: Final = (
    "审批|批复|批准|核准|审核|审定|核定|认定|确认|核实|核对|表决|审议|审查|研究|点头|同意"
)

BEFORE_NAMES: Final = (
    _row(Kind.UNSURE, r"\((?:估|预|拟|约|暂)\)|^不是(?=[新执选会])", "估预拟约暂不"),
    _row(Kind.REPORTED, r"^村里(?:人|人都)?(?:讲|传)(?!一)", "讲传"),
    _row(Kind.FILLER, r"(?:工作)?(?:完成|进展|开展|推进|落实|办理)?情况的?(?:报告|汇报|说明|反馈|函)(?=\s*[:,。\n])", "情"),
    _row(Kind.RISKY, r"(?:除了?|除去|除开|撇开|刨去|刨开|抛开)(?![了此这])[^,。;!\n]{1,8}?(?:[之以]外|外|(?=[都均全其]))", "除撇刨抛"),
    _row(Kind.EARLIER, r"(?:今年|本年)?(?:上|前)半年|上一?个?季度", "季半"),
    _row(Kind.PLAN, r"(?:下|后)半年", "半"),
    _row(Kind.EXPLAINED, r"第\s*[0-9一二三四五六七八九十]{1,3}\s*个?(?:周|星期|礼拜)(?![一二三四五六日天])", "周星礼"),
    _row(Kind.ODD, r"[翻涨](?:了|上|了有)?(?:[0-9一两二三几]?[番倍]|一?个?[跟筋]头)|[成加]倍", "番倍跟筋"),
)  # fmt: skip
"""关于…情况的报告, 除挂牌外, 上半年, 第3周, 翻了一番."""

AFTER_NAMES: Final = (
    _row(Kind.FILLER, r"是否(?:已经?|全部|都)*(?:完成|办结|改完|办完)?(?=\x00*[:|]+\s*[是否](?:\s*[|;,。!\n)]|$))", "否"),
    _row(Kind.DONE, rf"(?<=[\x00成][:|])\s*是{_CELL_END}", YES),
    _row(Kind.NOT_DONE, rf"(?<=[\x00成][:|])\s*否(?=\s)|(?<=[\x00成][:|])\s*否{_CELL_END}", "否"),
    _row(Kind.ODD, r"(?<=\x00)[0-9零一二两三四五六七八九十]+分之[0-9零一二两三四五六七八九十]+", "分"),
    _row(Kind.RISKY, r"群(?:里)?(?:又|新|也|都)?(?:拉|加|进|入)(?:进|来)?了?(?=[0-9一二两三四五六七八九十])", "群"),
    _row(Kind.RISKY, r"到岗(?:了)?(?=\s*[0-9一二两三四五六七八九十])", "岗"),
    _row(Kind.UNSURE, rf"(?<![不无勿])(?:待|需|须|等着?|报请|提请|呈报|[没未]经?)(?!要)[^,。;!\n\x00]{{0,6}}?(?:{_JUDGED})", "待需须等报请呈未没"),
)  # fmt: skip
"""会改联是否完成：是, 尚需上级审批; where the figures are known already (and blanked out)."""
