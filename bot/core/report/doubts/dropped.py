"""A number that nothing took, beside what is done and no other number, though it can only be that of the new members: 会改联完成了，新面孔7个.

It would be dropped without a word. What else is counted there (党员3名, 到会35名, 走访12户, 上次报11名) is nobody's new member and asks nothing.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.doubts import nothing

_N: Final = "(?:[0-9]{1,3}|[零一二两三四五六七八九十百]{1,4})"
_C: Final = "[名个位人]"
_START: Final = r"(?:^|(?<=[,。;!?~:\n\s]))"
_END: Final = r"(?:吧|啊|了|的|呢|哈|哦|呀)*(?=\s*(?:[,。;!?~\n]|$))"
_THEN: Final = "(?:等(?:一?下|会儿?|等)|一会儿?|待会儿?|晚[点些]|稍[后等]|回头|改天|过[几两]天|[明后]天|下[周次回]|月底|到时候?|要是|如果|不对|不行|不够|的话|应该|可能|也许|书记|会计|主任|领导|[你您我]们?|帮|给|把它?|就|再|还|也|会|要|想|得|请|麻烦|先)*"
_TO_BE: Final = rf"{_THEN}(?:改[成为]{_N}{_C}?|(?:报|写|填)成?{_N}{_C}|(?:要|该|是){_N}{_C}?才(?:对|够|行)){_END}"
"""等一下报13名, 改天改成13, 要13才对: what is to be told yet."""
_COUNTED: Final = rf"[我俺咱]们?(?:怎么|咋|明明|就|又|也|自己)*(?:数|算|点)(?:的|着|出来|下来|了|过|得|是|有|只)*{_N}{_C}?{_END}"
_NEW_ONES: Final = rf"(?:其中|我们?|这次|本次|里面|有|吸收了?|加入了?|补充了?|增加了?|来了)*新(?:人|面孔|成员|鲜血液|生力量|姐妹|(?:增|添|选|任|当选)?的?(?:妇联)?委员)(?:有|共|一共|是|占|加入|吸收|:|了)*{_N}{_C}{_END}"
_THAN_LAST: Final = rf"[^,。;!?\n0-9]{{0,4}}[比较](?:上一?届|以前|原来|之前|过去|去年|换届前)的?(?:执委|委员|人数)?(?:要|还|共|总共|一共|又|净)*(?:增加?|多|新增)(?:了|出)*{_N}{_C}{_END}"
_SAID: Final = "(?:(?:会计|书记|文书|主任|主席|领导|上[面级头]|[镇乡县]里|她们?|大家|有人)(?:又|也|都|还|却)*(?:说|讲|要求|通知|让|叫)|(?:另|别的)?一?张?(?:表|名单|台账)[里上]?|莫不是|莫非|要不|要么|不然|不是的话|或者|哦?计划|哎呀?|好像|也许|可能|想选)"
_ANOTHER: Final = rf"{_SAID}(?:她|我们?|就|是|要|该|应该?|以|再|改[成为]|加|到|有|选|了|报|才|是不是)*{_N}(?:{_C}|(?=为准|才[对够]|也有))(?:为准|才对|才够|也有可能)?{_END}"
_EITHER: Final = rf"{_N}(?:还是|或者?是?){_N}{_C}?(?:来着)?{_END}|{_N}{_C}?(?:也|都)(?:行|可以|说得通|[说讲]得过去|有可能){_END}"
_MORE: Final = rf"(?:等一?下|晚点|后面|后头)(?:还|再|又)(?:有|加|补)(?:个)?{_N}{_C}?{_END}"
_ODD: Final = (
    rf"新[增选]?的?执委(?:一?共|有|是|要|选了?|:|了)*{_N}[头条匹件把根串支台辆本张份项场]{_END}"
)
"""新执委10头: by a word of counting that persons have not."""
_DROPPED: Final = re.compile(
    f"{_ODD}|{_START}(?:{_TO_BE}|{_COUNTED}|{_NEW_ONES}|{_THAN_LAST}|{_ANOTHER}|{_EITHER}|{_MORE})"
)
_SIGNS: Final = frozenset(
    "执改报写填要该是数算点新比较说讲求知让叫表单群系台莫不或计哎好也可想后等晚"
)


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about what is done, where such a number is told with it and no other."""
    if not claims or any(c.value is not Mark.DONE for c in claims) or _SIGNS.isdisjoint(text):
        return []
    if not _DROPPED.search(text) and not nothing.told_late(text):
        return []
    return [Question(Ask.VALUES, c.span, c.indicators) for c in claims]
