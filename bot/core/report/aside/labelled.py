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

_START: Final = r"(?:^|(?<=[,;。!\n(]))\s*(?P<nth>[一二三四五六七八九1-9][、.])?\s*"
_END: Final = r"(?=\s*(?:[,;。!\n)]|$))"
_N: Final = (
    r"\s*(?:[0-9]{1,4}|[一二两三四五六七八九十百]{1,4})\s*(?:[名个位]人?|人次?|张|票|次|场|户)?"
)
_BEHIND: Final = (
    f"(?::?{_N}|,{_N[:-1]})"  # 活动，100: behind a pause only what is counted with a word
)
_WHEN: Final = "(?:会议|大会|本次|此次|本周|[今昨前]天|昨晚|全村|现场|其中|共|有|一共)*"
_CAME: Final = "(?:应到|实到|到会|到场|参会|与会|出席|参加)(?:的|会议|大会|选举|代表|妇女|群众|人数|人员|数|共|有|了)*"
_OTHERS: Final = "(?:(?:聘请|聘任|推选)了?(?:顾问|监督员|联络员|监票人|计票人)|顾问|监督员|监票人|计票人|妇女代表|村民代表|居民代表|参会代表|到会代表|参会人数|代表(?:人数|数)?|志愿者|小组长|候选人(?:人数)?|票数|发票|选票|有效票|培训|走访|慰问|宣传|活动|参加活动)(?:了|共|有)?"
_LABELLED: Final = re.compile(
    rf"{_START}{_WHEN}(?:{_CAME}|{_OTHERS})(?:情况|人数)?\s*{_BEHIND}(?:[,、]?(?:{_CAME}|{_OTHERS})[:,]?{_N})*{_END}"
)
_MET: Final = re.compile(
    rf"{_START}{_WHEN}(?:开会|开大会|妇女代表大会|妇代会|来了|来开会|培训|走访)了?{_BEHIND}(?:参加|到会)?{_END}"
)
_HERE: Final = re.compile(
    rf"{_START}{_WHEN}有{_N}(?:妇女|代表|姐妹|群众|村民)*(?:来|到)(?:村里|村部)?(?:开会|参会|参加|投票)(?:的|了)?{_END}"
)
"""今天有86个妇女来开会."""
_ABSENT: Final = re.compile(
    rf"{_START}{_WHEN}(?:还|只|就)?有?{_N}(?:姐妹|妇女代表|代表|妇女|群众|村民)(?:们|都|还|又|因事|因病|有事|临时)*(?:迟到|早退|没来|没到|未到|请假|缺席)了?{_END}"
)
"""5个姐妹迟到了."""
_THINGS: Final = re.compile(
    rf"(?<=[,;。!\n])\s*(?:妇女儿童之家|妇女之家|妇女微家|微家|巾帼微家|姐妹之家|儿童之家|家长学校|服务站|服务点|活动室|(?:巾帼)?志愿(?:服务)?队|议事会)(?:个数|数量|数)?\s*(?::\s*|(?P<open>\())(?:已?建|已?挂牌|建成|有|共)*[0-9一二两三四五六七八九十]{{1,3}}\s*[个处所家间支](?(open)\)){_END}"
)
"""微家（3个）, 妇女之家：1个, where no figure is called so."""
_DELEGATES: Final = re.compile(
    rf"{_START}{_WHEN}(?:妇女|村民)?(?:代表|小组长)(?:都|也|已经?)*选(?:好|出来|出)了?,?(?:共|一共)?{_N}{_END}"
)
_TOLD: Final = re.compile(
    r"(?:新[增选]|选[出举了]|当选|产生)(?:的|了|产生)*(?:新)?(?:[乡镇村])?(?:妇联)?(?:执委|委员)?(?:人数|是|有|为|共|[:(]|\s)*(?:[0-9]|[一二两三四五六七八九十])|执委(?:人数|选好了|选出来了)?(?:是|有|为|共|:|,|\s)*(?:[0-9]|[一二两三四五六七八九十])|[0-9一二三四五六七八九十]+[名个](?:新)?执委"
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
    for pattern in (_LABELLED, _MET, _HERE, _ABSENT, _DELEGATES, _THINGS):
        for found in list(pattern.finditer(text)):
            numbered = found.end("nth") if "nth" in pattern.groupindex else -1
            if called.search(found[0]) is None and _TOLD.search(found[0]) is None:
                text = blank.span(text, max(found.start(), numbered), found.end())
    return text
