"""Head-counts of others beside what is reported clearly: 会改联：完成 / 到会：45人 / 新增执委：9人; 今天开会，45人，执委12人; 代表选好了，35人.

How many came, voted, were trained or visited is no figure of hers. It is blanked out where the message tells a figure by its name, so that nothing
is left to ask about; alone it stays, and is asked about.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import IndicatorKind
from bot.core.reading import Lexicon
from bot.core.report.plain import blank
from bot.core.report.plain.made_of import wholly

_START: Final = r"(?:^|(?<=[,;。!\n(])|(?<=[0-9名个人位成好完了] )|(?<=✓))\s*(?P<nth>[一二三四五六七八九1-9][、.])?\s*"
_END: Final = r"(?=\s*(?:[,;。!\n)✓]|$)|\s+(?:新增|新选|执委|会改联))"
_N: Final = (
    r"\s*(?:[0-9]{1,4}|[一二两三四五六七八九十百]{1,4})\s*(?:[名个位]人?|人次?|张|票|次|场|户)?"
)
_BEHIND: Final = (
    f"(?::?{_N}|,{_N[:-1]})"  # 活动，100: behind a pause only what is counted with a word
)
_WHEN: Final = "(?:会议|大会|本次|此次|本周|[今昨前]天|昨晚|全村|现场|其中|共|有|一共)*"
_CAME: Final = "(?:应到|实到|到会|到场|参会|与会|出席|参加)(?:的|会议|大会|选举|代表|妇女|群众|人数|人员|数|共|有|了)*"
_OTHERS: Final = "(?:(?:聘请|聘任|推选)了?(?:顾问|监督员|联络员|监票人|计票人)|顾问|监督员|监票人|计票人|妇女代表|村民代表|居民代表|参会代表|到会代表|参会人数|代表(?:人数|数)?|志愿者|小组长|候选人?(?:人数)?|差额|票数|发票|选票|有效票|培训|走访|慰问|宣传|活动|参加活动)(?:了|共|有)?"
_LABELLED: Final = re.compile(
    rf"{_START}{_WHEN}(?:{_CAME}|{_OTHERS})(?:情况|人数)?\s*{_BEHIND}(?:[,、]?(?:{_CAME}|{_OTHERS})[:,]?{_N})*{_END}"
)
_MET: Final = re.compile(
    rf"{_START}{_WHEN}(?:开会|开大会|妇女代表大会|妇代会|来了|来开会|培训|走访)了?{_BEHIND}(?:参加|到会)?{_END}"
)
_ABSENT: Final = re.compile(
    rf"{_START}{_WHEN}(?:还|只|就)?有?{_N}(?:姐妹|妇女代表|代表|妇女|群众|村民)(?:们|都|还|又|因事|因病|有事|临时)*(?:迟到|早退|没来|没到|未到|请假|缺席)了?{_END}"
)
"""5个姐妹迟到了."""
_THINGS: Final = re.compile(
    rf"(?<=[,;。!\n])\s*(?:妇女儿童之家|妇女之家|妇女微家|微家|巾帼微家|姐妹之家|儿童之家|家长学校|服务站|服务点|活动室|(?:巾帼)?志愿(?:服务)?队|议事会)(?:个数|数量|数)?\s*(?::\s*|(?P<open>\())(?:已?建|已?挂牌|建成|有|共)*[0-9一二两三四五六七八九十]{{1,3}}\s*[个处所家间支](?(open)\)){_END}"
)
"""微家（3个）, 妇女之家：1个, where no figure is called so."""
_DELEGATES: Final = re.compile(
    rf"{_START}{_WHEN}(?:妇女|村民)?(?:代表|小组长)(?:都|也|已经?)*选(?:好了?|出来了?|出了?|了(?={_N}[,;](?:村)?(?:妇联)?执委选了)),?(?:共|一共)?{_N}{_END}"
)
_PEOPLE: Final = frozenset(
    str.split("妇女 女同志 代表 妇女代表 村民代表 居民代表 村民 居民 群众 姐妹 姐妹们 党员 干部 村干部 领导 组长 小组长 村民组长 队长 老党员 户主 家属 口子 来人")
)  # fmt: skip
_CAME_THERE: Final = frozenset(
    str.split("到会 参会 与会 出席 列席 到场 参加 来 来人 到 来到 开会 投票 旁听 见证 观摩 指导 监督 主持 监票 计票 唱票 捧场 帮忙")
)  # fmt: skip
_AROUND: Final = frozenset(
    str.split("\x00 村里 全村 我村 我们 我们村 咱 咱村 本村 村 社区 全社区 我社区 本社区 镇里 乡里 县里 镇上 县妇联 镇妇联 乡妇联 村部 会议 大会 今天 昨天 昨晚 昨儿 昨儿个 上午 下午 晚上 当天 现场 会场 了 的 有 共 一共 总共 都 也 全 名 位 个 多 来 过来 一起 前来")
)  # fmt: skip
_CROWD: Final = _PEOPLE | _CAME_THERE | _AROUND
_NUMBER: Final = re.compile("[0-9]{1,4}|(?!一[共起])[一二两三四五六七八九十百零]{1,5}")
_CLAUSE: Final = re.compile(
    r"(?:[^,;:。!?\n()~…选]|(?<=[0-9]):(?=[0-9]))+(?=选[出了]|[,;。!\n()~…]|$)"
)


_MEETS: Final = re.compile("会|投票|参加|出席|列席")


_THEY: Final = re.compile("[,;\\s]*(?:[都全均]|她们|这些)")
"""代表来了三十六个，都是新增执委."""


def _crowd(said: str) -> bool:
    """一百零八名妇女到会, 村里12个组长都来了: nothing but people, how many they are, and that they were there."""
    counted = _NUMBER.sub("\x00", said.replace(" ", ""))
    some = "\x00" in counted and any(one in counted for one in _PEOPLE)
    there = some and any(one in counted for one in _CAME_THERE)
    met = "人" in counted and "\x00" in counted and _MEETS.search(counted) is not None
    return (there or met) and wholly(counted, _CROWD | {"人", "个人"})


_TOLD: Final = re.compile(
    r"(?:新[增选]|选[出举了]|当选|产生)(?:的|了|产生)*(?:新)?(?:[乡镇村])?(?:妇联)?(?:执委|委员)?(?:人数|是|有|为|共|[:(]|\s)*(?:[0-9]|[一二两三四五六七八九十])|执委(?:人数|选好了|选出来了)?(?:是|有|为|共|:|,|\s)*(?:[0-9]|[一二两三四五六七八九十])|[0-9一二三四五六七八九十]+[名个](?:新)?执委|选[0-9一二三四五六七八九十]+[名个人]当执委"
)
_DONE: Final = re.compile(
    r"\s*(?:工作)?[:,]?\s*(?:已经?|都|全部|顺利)*(?:完成|[搞办弄做改][好完])了?(?=\s*(?:[,;。!\n)]|$))"
)
_SIGNS: Final = frozenset("家站点室队迟退假缺顾督到会席加表者长人票训访问宣活来开")


def without(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The text without such counts, as long as before; `called` finds the names of figures."""
    if _SIGNS.isdisjoint(text) or any(i.kind is IndicatorKind.RATIO for i in lexicon.indicators):
        return text
    if _TOLD.search(text) is None and not any(
        _DONE.match(text, m.end()) for m in called.finditer(text)
    ):
        return text
    for clause in _CLAUSE.finditer(text):
        if _crowd(clause[0]) and not _THEY.match(text, clause.end()):
            text = blank.span(text, *clause.span())
    for pattern in (_LABELLED, _MET, _ABSENT, _DELEGATES, _THINGS):
        for found in list(pattern.finditer(text)):
            numbered = found.end("nth") if "nth" in pattern.groupindex else -1
            own = pattern is not _DELEGATES and _TOLD.search(found[0])
            if called.search(found[0]) is None and not own:
                text = blank.span(text, max(found.start(), numbered), found.end())
    return text
