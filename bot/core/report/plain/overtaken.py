"""What was planned, where how it came follows: 会改联原定下周，昨天提前办完了; 上周说要选12个新执委，昨天选出来了，正好12个.

The plan is blanked out before it is read, since a word of planning (说好, 原定, 按计划) would reach over what follows. It stays where
what follows is a plan itself, is not said to be over, or does not say so in as many words.
"""

from __future__ import annotations

import re
from typing import Final

_D: Final = "[0-9零一二三四五六七八九十百两]{1,3}"
_W: Final = "[名位个人]"
_END: Final = r"(?=\s*(?:[,;。!\n~]|$))"
_ONCE: Final = "(?:原来|本来|原先|原本|当初|之前|先前|早先|起先|前几天|前阵子|上周[一二三四五六日天]?|上个?礼拜|上个?星期|上个?月|前天|原|本)"
_SET: Final = "(?:都|也|是|就|还|我们?|会上|大家|跟您|和您|跟大家)*(?:计划|打算|准备|安排|约|定|想|说|讲|商量|排)(?:好|了|着|过|是|要|在|到|的)*"
_DUE: Final = "(?:今年|明年|这个?|本)?(?:下周[一二三四五六日天]?|下个?月[初中底]?|下个?礼拜|下个?星期|月底|月中|月末|年底|年末|年内|周末|明天|后天|秋后|[0-9]{1,2}月[份底初中]*|(?:[0-9]{1,2}月)?[0-9]{1,2}[日号])"
_DOING: Final = "(?:之?前|前后|才|再|开始|去)*(?:弄|搞|办|做|选|改|建|开会?|完成)?(?:好|完|成)?的?"
_WHEN: Final = "(?:昨[天晚日]|今[天早晚日]|前[天晚]|上周[一二三四五六日天]?|这周[一二三四五六日天]?|本周|刚刚?|上午|下午|[0-9]{1,2}[日号])"
_SOONER: Final = f"(?:结果|后来|没想到|我们?|大家|(?:现(?:在|今)?|目前|如今|已经?|{_WHEN}|于|就|都|也|全部?|顺利|提前|早早|一口气|抓紧)+)*"
_OVER: Final = (
    "(?:(?:弄|搞|办|做|改|建)(?:好|完|成|妥|定|齐)了|(?<=已)(?:经|于|提前|全部|顺利)*(?:完成|建成|办结)"
    "|(?<=提前)(?:就|已经)?(?:选|开|办|弄)了|(?:提前|顺利|全部|都)+(?:完成|建成|办结)了?|完成了)"
)
_FIGURE: Final = "(?:我们?|本)?(?:村|社区|镇|乡)?(?:里|妇联)?的?(?:会改联|区域化(?:建设)?|妇联改革|改联)(?:工作|任务|这项|这事)?"
_ALREADY: Final = f"(?:已经?|早就|{_WHEN}(?:就|已经?)?|于|也|都|就|全部?|顺利|如期|按时|圆满)*"

_ROWS: Final = tuple(
    (frozenset(chars), re.compile(pattern))
    for chars, pattern in (
        # 会改联原定下周，昨天提前办完了
        (
            "原本当之先上起前",
            rf"{_ONCE}{_SET}{_DUE}{_DOING}[,\s]+(?={_SOONER}{_OVER}{_END})",
        ),
        # 按计划，会改联昨天已经完成
        (
            "划",
            rf"(?:按照?|依照?|照)(?:着)?(?:原定?|既定|年初|工作)?的?计划[,\s]*(?={_FIGURE}{_ALREADY}(?<![在要])(?:(?<=已)(?:经|于|{_WHEN}|全部|顺利)*(?:完成|[办搞弄做改]好)|(?:完成|[办搞弄做改][好完成])了){_END})",
        ),
        ("划", r"(?<=会改联|区域化)(?:工作)?按(?:原|照)?计划(?=(?:都|已经?|顺利|如期|全部)*(?:完成|[办搞弄做改]好)了)"),
        # 上周说要选12个新执委，昨天选出来了，正好12个
        (
            "原本当之先上起前",
            rf"{_ONCE}{_SET}(?:再|新)?(?:选|增选|新增|增加?|补选)出?(?:{_D}{_W})(?=新?的?执委[,\s]+(?:{_WHEN}|会上|已经?|都|也|全|就)*(?:选出来|选好|选齐|选上|选完|选举产生)了[,\s]+(?:正好|刚好|恰好|就是|一共|总共|也是|是|共|有|实际|不多不少)*{_D}{_W}{_END})",
        ),
        # 盼了半个月总算选了; 盼了半年，会改联终于办好了
        ("盼", r"盼(?:了|着|啊|呀|星星|月亮|[^,。;!\n选定上开早]){1,8}(?=,?[^,。;!\n]{0,5}(?:总算|终于|可算)[^,。;!\n]{0,4}[了成])"),
        # 我原来想写12，后来对着名单数是11，新增执委按11报
        (
            "写报填",
            rf"(?:^|(?<=[,。;\s]))我?(?:原来|本来|原先|原本|原|起[先初])(?:是)?(?:想|要|准备|打算)(?:写|报|填){_D}{_W}?的?[,\s]+[^,0-9]{{0,6}}(?:名单|名册|本子|核对?|核实|数|点|查)[^,0-9]{{0,6}}?(?:是|为|有)(?P<n>{_D}){_W}?[,\s]+(?=新[增选]的?执委(?:就|还是|按|是|有|共|报|:)*(?P=n){_W}?(?:来)?(?:上?报|算|记|填|登记)?{_END})",
        ),
        # 新增执委应选12名，实选10名
        (
            "选际增",
            rf"(?:应选|应配|应增|名额|定额|核定)(?P<kept>(?:新增)?的?执委)?(?:是|为|有|:)*{_D}{_W}(?:执委)?[,;、\s]+(?:实选|实配|实增|实际(?:选|当选|新增|增加|配)|选上|当选)(?:了|出|的|是|为|:)*(?={_D}{_W}新?增?(?:执委)?{_END})",
        ),
    )
)  # fmt: skip
"""Characters of which any such plan holds one, and what it looks like with what came of it."""
_THOUGHT: Final = re.compile(
    rf"(?:^|(?<=[,。;(\s]))(?:我们?|自己)?(?:一开始|刚?开始|起[先初]|开头|原[先来]?|本来?|还)(?:我们?)?还?以为(?:只|就|才)?(?:有|是|选了?)?{_D}{_W}?[呢的了哩吧]*{_END}"
)
_TOLD: Final = re.compile(
    rf"(?:新[增选]|执委|选[了出])[^,。;!\n0-9]{{0,6}}{_D}{_W}|{_D}{_W}新?执委"
)
"""我一开始还以为12呢, beside 新增执委13名."""


def without(text: str) -> str:
    """The text without plans that were overtaken, as long as before."""
    signs = frozenset(text)
    for chars, pattern in _ROWS:
        if not chars.isdisjoint(signs):
            text = pattern.sub(_gone, text)
    thought = _THOUGHT.sub(_gone, text) if "以" in signs else text
    if thought != text and _TOLD.search(thought):
        return thought
    return text


def _gone(found: re.Match[str]) -> str:
    """Spaces for all that was found, but for the figure that it names."""
    kept = found.groupdict().get("kept") or ""
    return kept + " " * (len(found[0]) - len(kept))
