"""Free sentences about receipts, who is missing, reminding, and figures."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.core import asof, intent_orders, intents, numerals
from bot.core import short as shorts
from bot.core import text as texts
from bot.core.intent_names import FIGURE
from bot.core.intents import Intent
from bot.core.text import Line

_WHO_RECEIVED: Final = re.compile(
    "谁(?:都)?(?:已经?)?(?:收到|签收|看到)了?$|哪[些几]?个?(?:人|村|社区|乡镇|乡|镇|县|单位)?(?:都)?(?:已经?)?(?:收到|签收|看到)了?$|(?:都|大家|你们|各位)?(?:收到|签收)(?:了|通知|文件|消息)*(?:吗|没有?|吧|了没有?|了没)$|有多少人(?:收到|签收)|(?:几个|多少)人?(?:收到|签收)"
)
_NOT_RECEIVED: Final = re.compile(
    "(?:没有?|未|还没有?|冇|没得)(?:收到|接到|看到|见到)|收不到|看不到(?:文件|通知)|(?:通知|文件)(?:在哪|呢)$"
)
_WE: Final = (
    "(?:(?![谁哪几没未不别又都有])[一-鿿]){1,10}?(?:村|社区|嘎查|[乡镇县市区]|街道|妇联|主席|干事)"
)
"""东山村收到, 星溪乡妇联：收到, as people sign in groups."""
_SIGNED: Final = re.compile(
    rf"^(?:{intent_orders.REF}\s*[:,]?\s*)?(?:{_WE}\s*[:,]?\s*)?(?:我?(?:们)?已?经?)?(?:收到|签收|收悉|知悉|已阅|知道了|晓得了|好的|好滴|好嘞)(?:了|通知)?{intent_orders.REST}"
    r"(?:第?[NnDd]?(?P<m>\d{1,9})(?:号(?:的?通知)?|$|(?=[\s,。;!])))?(?P<rest>.*)$",
    re.DOTALL,
)
_WHO: Final = "(?:谁|哪[几些个]?个?(?:村|乡|镇|乡镇|县|人|社区|街道|单位|组织)?|还有(?:哪|谁|几)[几些个]?个?(?:村|乡|镇|人)?)"
_WHO_NOT_SIGNED: Final = re.compile(
    f"{_WHO}(?:还|都)?(?:没有?|未)(?:签收|签|收到|看|读|阅|确认|知晓)过?(?:通知|到|的|了)*"
)
_WHO_NOT_RELAYED: Final = re.compile(
    f"(?:{_WHO}|哪里|哪儿|什么地方)(?:还|都)?(?:没有?|未)(?:转发?|传到?|传达|转达)(?:到|的|了|群)*|断在哪(?:里|儿)?了?|转(?:发)?了(?:吗|没有?)$"
)
_WHO_NOT_REPORTED: Final = re.compile(
    f"{_WHO}(?:还|都|一直|仍)*(?:没有?|未)(?:上?报|动静|回|回复|交|填|完成|动|反应)(?:数|的|了)*|(?:还)?(?:差|缺|少|剩)(?:谁|哪几?个?些?(?:村|乡|镇|人|社区)?)|(?:把)?名单(?:发|给|列)(?:给)?我?(?:一下|看看)?|^名单$|没报(?:的)?(?:名单|有谁|是谁|有哪些)|未报名单"
)
_RELAY_ASKED: Final = re.compile(
    "(?:传|转|通知)(?:达|发)?到(?:村|乡|镇|底|组|户|群)?(?:里|了)?(?:没有?|了?吗|了没有?)|传到哪(?:里|一?级)?了?"
)

_WHERE: Final = re.compile(
    "哪里|哪儿|什么地方|断在哪|哪[几些]?个?(?:村|乡|镇|乡镇|县|社区).{0,2}(?:没有?|未)(?:传|转)[到达]"
)
_LEVELS: Final = ("国", "省", "市", "县", "乡", "镇", "乡镇", "村")


def _receipts(line: Line) -> Intent | None:
    key = line.key
    if _RELAY_ASKED.search(key):
        picture = _PICTURE.search(key) is not None
        left = _left(_PICTURE.sub(" ", line.text) if picture else line.text, _RELAY_ASKED)
        return intents.AskRelay(
            _number(key), "" if left.removeprefix("全") in _LEVELS else left, picture
        )
    if _WHO_NOT_SIGNED.search(key):
        return intents.WhoNotSigned(_number(key), _left(line.text, _WHO_NOT_SIGNED))
    if _WHO_NOT_RELAYED.search(key):
        where = _WHERE.search(key) is not None
        return intents.WhoNotRelayed(_number(key), _left(line.text, _WHO_NOT_RELAYED), where)
    if _WHO_NOT_REPORTED.search(_bare(key)):
        return intents.WhoNotReported(_left(_bare(line.text), _WHO_NOT_REPORTED))
    if _WHO_RECEIVED.search(key) or ("?" in line.text and re.fullmatch("收到了?", key)):
        return intents.AskWhoReceived(_number(key))
    if _NOT_RECEIVED.search(key) and len(key) < 20:
        return intents.NotReceived()
    return _signed(line)


def _signed(line: Line) -> Intent | None:
    found = _SIGNED.match(line.text)
    if not found or "?" in line.text[: found.start("rest")]:
        return None
    number = found["n"] or found["m"]
    head = line.text[: found.start("rest")]
    rest = intent_orders.after(line.raw, head).strip("，。！!,. \n")
    if rest and not number and not re.search(r"[\s,。;!]$", head) and not _only_courtesy(rest):
        return None
    if texts.key(rest) in ("吗", "没有", "没", "了吗", "了没有"):
        return None
    return intents.Sign(int(number) if number else None, "" if _only_courtesy(rest) else rest)


def _only_courtesy(rest: str) -> bool:
    said = texts.line(rest)
    plain = shorts.plain(said.key)
    return said.bare or shorts.read(said).sign or not plain or shorts.is_courtesy(said.key)


_REF_IN: Final = re.compile("[nd](\\d{1,9})|(\\d{1,9})号|(?<!\\d)(\\d{1,9})$")


def _number(key: str) -> int | None:
    found = _REF_IN.search(key)
    return int(found[1] or found[2] or found[3]) if found else None


_NOISE: Final = re.compile(
    r"[NnDd]?\d+号?(?:的?通知|的?困难)?|看一?下|查一?下|查查|查询|请问|麻烦|帮我|给我|发我|现在|目前|今天|本周|这周|都|还有?|的|了|呢|吗|啊|呀|数$"
    r"|(?:我们?|俺们?|咱们?|本|全)(?:们)?(?:这里|这边|这儿|县|乡镇|乡|镇|村|市|区|街道|社区|里)?(?!\S*省)|[\s,。;:!?、]"
)


def _left(text: str, asked: re.Pattern[str]) -> str:
    """What remains of a question when its words are taken out: the unit she named, or ''."""
    return _NOISE.sub("", asked.sub(" ", text.replace(" ", " "), count=1)).strip()


# ---- reminding ------------------------------------------------------------

_REMIND: Final = re.compile(
    "^(?:再|请|帮我|给我|去)*(?:提醒|催)(?:一下|一催|一催一催|催|下(?=$|[他她这没]))*(?:他们|她们|他|她|这几个|没报的|没回的)?"
)


def _remind(line: Line) -> Intent | None:
    text = _bare(line.text).replace(" ", "")
    found = _REMIND.match(text)
    if not found or "?" in text or len(text) > 24:
        return None
    return intents.Remind(_NOISE.sub("", text[found.end() :]))


# ---- figures ------------------------------------------------------------

_SLOW: Final = re.compile(
    "(?:哪[几些个]?个?|谁)(?:省|市|县|区|乡镇|乡|镇|街道|村|社区)?(?:最|比较|进度|推进)*(?:慢|落后|滞后|拖后腿)|谁最慢"
)
_WORDS: Final = (
    (re.compile(r"(?:看|发|出|要|给我)?(?:本|这|上)?周?(?:的)?周报|每周分析"), intents.Weekly),
    (
        re.compile(
            "(?:给|写|来|要|出)?我?一?(?:段|份|个|点)?(?:能|可以)?(?:进|写进|放进)?(?:简报)?材料(?:的话|用的话|的文字)?"
        ),
        intents.Material,
    ),
    (re.compile("(?:看|查|发|导出)?台账"), intents.Ledger),
)
_ABOUT: Final = (
    ("left", re.compile("还(?:差|剩|缺|有)(?:几|多少)")),
    ("percent", re.compile("百分之(?:几|多少)|完成率(?![是为达到已:]*[0-9])|百分比|几成|多少百分")),
    (
        "trend",
        re.compile(
            "[比跟]上(?:个?礼拜|周|个?月|次)(?:快|慢|怎么|如何|多|少)?(?:还是)?|快了?还是慢|环比|走势|趋势"
        ),
    ),
    ("plan", re.compile("跟[得的]?[上]?计划|[按照]计划|赶得上|来得及|超前|滞后")),
)
_HANDED_IN: Final = re.compile(
    "材料.{0,4}?(?:交|报|送|递|寄|缺|没|未|已|退|补|齐|备好|准备|写好|弄|发了|发过)|(?:备案|申报|选举|会议|报名|登记)(?:的)?材料"
)
"""备案材料交上去了: papers that were handed in, and no paragraph she asks for."""
_PICTURE: Final = re.compile(
    "(?:出|来|给|发|要|看)(?:我)?(?:一?[张个幅])?(?:进度|进展|走势|趋势)?图表?|(?:进度|进展|走势|趋势)图|图表?$|画(?:张|个)图"
)
_ASKED: Final = re.compile(
    "进度|进展(?!得)|推进情况|完成情况|情况(?:怎么样|如何|咋样)?$|(?:搞|弄|办|做|推进|进行|整|改|到)到?哪(?:儿|里|一?步)?了?|多少(?:个|名|人|了|户)?|(?<!十)几(?:个|名)(?:村|乡|了|人)|怎么?样了?|咋样|啥情况|什么情况"
    "|(?:完成|搞好|改好|弄好|报|搞完)(?:了)?(?:吗|没有?|没)$"
)
_OF_A_DAY: Final = re.compile("进度|进展|情况|材料")
"""Without one of these a day is a day of a report: 7月21日完成."""
_PROGRESS_NOISE: Final = re.compile(
    r"看一?[下看]|^看|查一?[下查]|查询|查看|^\s*查(?=进度|进展|情况|\s|$)|麻烦您?|劳驾|请问|问一?下|想知道|帮我?|给我|发我|发|现在|目前|最新|今天|今年|(?:[几多]|多少)个?(?:村|乡镇|乡|镇|县|市|人)|本周|这周|一共|总共|已经?|工作|完成(?:率|情况|了)?|多少|几[个名]?|还[差剩缺有]|百分之|百分比"
    r"|进度|进展|推进|情况|怎么?样|咋样|如何|啥|什么|[搞弄办做整改到进行]到?哪(?:儿|里|步|一步)?|得(?=怎么?样|如何|咋样)|比上(?:周|个?礼拜|个?月|次)|跟上(?:周|个?礼拜)比?|快?还是慢?|快慢|跟得?上|计划|赶得上|来得及|每周|走势|趋势|出|来|[一]?[张个幅份]|图表?"
    r"|(?:我们?|俺们?|咱们?|本)(?:这里|这边|县|乡镇|乡|镇|村|市|区|街道|社区|里)?|[的了吗呢不没有吧啊呀报搞改好]|(?<=\s)[个村乡镇](?=\s|$)|^[个村乡镇名人]+$|[\s,。;:!?、]"
)


_TOLD: Final = re.compile(
    r"进[度展](?:情况)?(?:[,:是到了达约\s]|已经?|大概)*(?:[0-9]+(?:\.[0-9]+)?%|百分之[0-9一二三四五六七八九十百]|过半|一半|[五六七八九]成)(?!.*(?:吗|\?|的(?:村|乡|镇)))"
    r"|进[度展](?:情况)?[,:]\s*(?:已经?|都|也|还|全部?)*(?:没有?|未)?(?:完成|[搞弄办]好)(?!.*(?:吗|没有?$|\?|的(?:村|乡|镇)))"
    r"|[0-9一二三四五六七八九十百]+多?[名个人位户](?:左右|上下|出头)(?!.*(?:吗|\?))"
)
"""会改联进度90%, 会改联进度：已完成, 几个村加起来20名左右: she tells it and does not ask."""


def figures(line: Line) -> Intent | None:
    """A question about figures: 进度, 周报, 材料, 台账, 哪个慢; asked after everything else."""
    key, text, when = _bare(line.key), _bare(line.text), ""
    if _SLOW.search(key):
        return intents.WhoIsSlow(_left(text, _SLOW))
    if _OF_A_DAY.search(key):
        text, when = asof.cut(text)
    for pattern, make in _WORDS if not _HANDED_IN.search(key) else ():
        found = pattern.search(key)
        if found and len(key) - len(found[0]) < 12 and not numerals.certain(pattern.sub(" ", text)):
            said = make(_left(text, pattern))
            return replace(said, when=when) if isinstance(said, intents.Material) else said
    about = next((word for word, pattern in _ABOUT if pattern.search(key)), "")
    picture = _PICTURE.search(key) is not None
    if not (about or picture or _ASKED.search(key)) or numerals.certain(_ASKED.sub(" ", text)):
        return None
    if _TOLD.search(text) or re.search(
        "[跟和同与]上.{0,3}(?:一样|相同|差不多)|没有?(?:进展|变化)|无(?:进展|变化)|没有?多少", key
    ):
        return None
    rest, below = asof.below(text)
    return intents.AskProgress(_unit_words(rest), "", picture, about or "now", when, below)


def _bare(text: str) -> str:
    """The text without the figure or campaign that is named in it."""
    return text.replace(FIGURE, "")


def _unit_words(rest: str) -> str:
    said = _PROGRESS_NOISE.sub("", rest)
    return "" if said in ("村", "乡", "镇", "个", "县", "名", "人", "乡镇", "几") else said


def read(line: Line) -> Intent | None:
    """A receipt, a question about who is missing, a reminder, or None; `line` as `intent_names.hide` leaves it."""
    return _receipts(line) or _remind(line)
