"""What an election went through before it was told: 经民主推选、公示7天无异议，我村…; …，公示期满无异议，已报镇妇联备案.

A clause wholly made of who took part and what they did (`_WORDS`) is blanked out where its last step says that it is over. With one word more
(待公示, 正在公示, 候选人12名, 有异议) it stays, and is judged as it was.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import IndicatorKind, Level
from bot.core.reading import Lexicon
from bot.core.report.aside import opening
from bot.core.report.plain import blank
from bot.core.report.plain.made_of import wholly

_WHO: Final = """
    各 村 组 各组 各小组 小组 村民小组 村民 居民 社区 党支部 党总支 支部 支部委员会 党委 党支委 党员 党员大会 村两委 两委 两委会 支委会 村委 村委会 居委会 村民代表 居民代表 村民代表大会 村民代表会议 妇联 村妇联 妇女 广大妇女
    妇女代表 妇女代表大会 妇女大会 妇代会 代表 代表大会 大会 会议 全体 全村 全社区 群众 大家 姐妹 姐妹们 镇 乡 县 街道 镇妇联 乡妇联 县妇联 镇党委 乡党委 街道党工委 党工委 上级 上级妇联 组织 有关部门 主席团 与会 到会 参会 全票 \x00
"""
_ACTS: Final = """
    请示 村书记 书记 支书 村委会核实 推荐 民主推荐 群众推荐 组织推荐 联名推荐 推选 提名 酝酿 协商 讨论 研究 商议 审议 审核 审查 资格审查 资格 初审 复审 联审 考察 把关 政审 同意 通过 批准 批复 认可 审定 审批 选举 选举产生 产生 投票 表决 举手表决 投票表决 投票选举 差额选举
    等额选举 直接选举 民主选举 无记名投票 无记名投票选举 公示 备案 报备 存档 归档 报 上报 报请 报送 摸排 摸底 走访 调研 宣传 动员 发动 宣传发动 动员部署 部署 筹备 召开 征求 征求意见 意见 充分 广泛 反复 认真 多次 集体 民主 公开 差额 等额 无记名 依法
    依规 依法依规 按程序 逐级 层层 一致 正式 前期 后期 等 程序 环节 步骤 阶段 流程 法定程序 规定程序 各项 个 三个 四个 五个 多个 系列 严格 圆满 顺利 按照 履行 审核通过 备案审批 备案手续 手续 并 并经 并报 后 已 已经 均 都 并已 也 经 经过 通过 由 在 的 了 会 会上 上 与 和 及 以及 、 现已 予以 报经 选举办法 选举程序 换届程序 章程规定 妇联章程 严格按照 两轮 一轮 三轮 至 到 进行 进行了 完成 结果
"""
_PUBLISHED: Final = re.compile(
    "(?:网上|村务|张榜|公开|进行|对外|全村|名单|结果)*公示(?:期|时间)?(?:了|满|期满|为期|已|已满|已经)*(?:(?:[0-9一二两三五七十]{1,2}个?(?:工作)?[日天]|一周|一星期|一个星期|一个礼拜)(?:时间)?(?:已?满|期满|到期|结束|已?结束)?(?:后)?)?"
)
_OBJECTED: Final = re.compile(
    "(?:期间|期内|期满|全程|群众|村民|均|都|也|已|未|没|后|，)*(?:无(?:人|任何人|任何|群众)?(?:提出)?(?:任何|不同)?(?:异议|意见|举报|反对意见)|(?:未|没有?)(?:收到|接到|出现|发现|人提出?|人有|任何人提出)(?:任何|不同|群众|相关)*(?:的)?(?:异议|意见|举报|反映|反对意见|投诉)|没有?(?:任何|人)?异议|没人有(?:异议|意见))"
)
_WORDS: Final = frozenset(f"{_WHO} {_ACTS} \x02 \x03".split())
_CLAUSE: Final = re.compile(r"[^,;:。!?\n()~…]+")
_HEAD: Final = re.compile("经|在经|通过|严格|按|依")
_OVER: Final = re.compile(
    "\x03|选举|投票|表决|批[准复]|备案|报备|同意|通过|审[核定议]|研究|[推]选|履行"
)
_OVER_BEHIND: Final = re.compile(
    "\x03|(?:已|已经|均|现已|并经|经过?)[^\x03]*(?:备案|报备|批[准复]|同意|通过|审核|审定)|通过了"
)
_THEN: Final = re.compile(
    r"\s*(?:已|现|共|一共|现已|依法|依规|本次|此次|本周|本月|正式|最终|、)*(?:新[增选](?:的)?(?:村|乡|镇)?(?:妇联)?执委|选举产生(?!的)|产生了?(?:新)|选出|选举出|(?:会改联|妇代会改妇?联|改联|区域化)[^,;。!\n拟将待未没正]{0,8}(?<![未没])完成|(?:圆满|顺利|全面)完成)"
)
_OURS: Final = re.compile("(?:[我本全]|我们)(?:村|社区)(?:妇联)?")
_RISKY: Final = re.compile(
    "拟|候选|人选|名额|任务|指标|目标|计划|方案|草案|应[选增]|预计|待|正在公示|请示(?![^,;。]{0,6}(?:同意|批准))|申请|建议"
)


def without(text: str, lexicon: Lexicon) -> str:
    """The text without such clauses, as long as before."""
    staged = any(i.kind is IndicatorKind.STAGE for i in lexicon.indicators)
    if staged or _SIGNS.isdisjoint(text) or _RISKY.search(text):
        return text
    run: list[re.Match[str]] = []
    for found in _CLAUSE.finditer(text):
        said = found[0].strip()
        if not said:
            continue
        if _ENDED.search(said) and _NAMED.search(text, 0, found.start()):
            run = []  # 会改联经摸底、提名、选举三个阶段，现已圆满完成
            continue
        steps = _OBJECTED.sub("\x03", _PUBLISHED.sub("\x02", said))
        if lexicon.own.level is Level.VILLAGE:
            steps = _OURS.sub("\x00", steps)
        if wholly(steps, _WORDS) and (run or _HEAD.match(steps.lstrip("\x00"))):
            run.append(found)
            continue
        if run and _then(text, found.start(), lexicon) and _gone(_joined(run)):
            text = _off(text, run)
        run = []
        if wholly(steps, _WORDS) and _follows(text[: found.start()], said, steps):
            text = blank.span(text, *found.span())
    if run and _COUNTED.search(text[: run[0].start()]) and _OVER_BEHIND.search(_joined(run)):
        text = _off(text, run)
    return text


_SIGNS: Final = frozenset("经公备批")
_ENDED: Final = re.compile("完成|结束|完毕")
_NAMED: Final = re.compile("会改联|改联|妇代会|区域化")


def _follows(before: str, said: str, steps: str) -> bool:
    """Whether it is told behind a number, by itself, that it is over."""
    if "公示" in before and not _OF_ITS_OWN.search(said):
        return False
    return _COUNTED.search(before) is not None and _OVER_BEHIND.search(steps) is not None


_COUNTED: Final = re.compile(
    "新[增选][^,;。!\n]{0,6}[0-9一二三四五六七八九十]|(?:选举产生|选出|当选)[^,;。!\n]{0,8}[0-9一二三四五六七八九十]|完成"
)


def _joined(run: list[re.Match[str]]) -> str:
    said = ",".join(found[0].strip() for found in run)
    return _OBJECTED.sub("\x03", _PUBLISHED.sub("\x02", said))


_OF_ITS_OWN: Final = re.compile("公示|备案|报备|批")


def _gone(joined: str) -> bool:
    """Whether a longer way has been gone to its end; 经选举 alone is known elsewhere."""
    return _OVER.search(joined) is not None and _LONG.search(joined) is not None


_LONG: Final = re.compile("[、,\x02\x03]|社区|.{8}")


def _off(text: str, run: list[re.Match[str]]) -> str:
    end = run[-1].end()
    end += text[end : end + 1] == ","
    return blank.span(text, run[0].start(), end)


def _then(text: str, at: int, lexicon: Lexicon) -> bool:
    """Whether what was done is told right behind it."""
    said = text[at:].lstrip()
    own = opening.hers(said, lexicon)
    rest = said[own:]
    return _THEN.match(rest.removeprefix("妇联")) is not None
