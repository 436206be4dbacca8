"""Questions about reporting itself: what is to be reported and how, by when, whether it may be mended, what the rules are."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.core import intent_orders, intents, numerals
from bot.core.intent_names import FIGURE
from bot.core.intents import Intent
from bot.core.text import Line

_ABOUT: Final = f"(?:请问|那|这个?|这些|该|我们?|俺们?|咱们?|村[里上]?|各|每|报?数据?|数字|表|{FIGURE}|本?周|今[天晚]|明天|现在|到底|都|也|还|又)*"
_WHAT: Final = "(?:什么|啥子?|哪些|哪几[个项样])"
_REPORT: Final = "(?:上|填|汇)?报"
_WHEN: Final = "(?:什么时候|啥时候|几时|何时|几号|哪一?天|[周星期礼拜]*(?<=[周期拜])几|几点)"
_AFTER: Final = f"(?:数据?|{FIGURE}|上[去来]|给[您你]|呢|啊|呀|呐|的|了)*"
_QUIET: Final = "(?:(?:如果|要是|本?周|我们?村?|村里|一?个?都?)*(?:没有?|无|零|不)(?:什么|啥)?(?:新增|新的|变化|变动|进展|完成|动|开会?|选|改|做|数)?(?:的?话)?)"
_HOW: Final = re.compile(
    f"{_ABOUT}(?:应该|要|该|得)?(?:怎么样?|怎样|如何|咋个?)(?:去|来)?{_REPORT}(?:法|送)?{_AFTER}"
    f"|{_ABOUT}(?:应该|需要|要|该|得)?{_REPORT}(?:些|点)?{_WHAT}(?:内容|东西|项目)?{_AFTER}"
    f"|{_ABOUT}(?:有)?{_WHAT}(?:内容|东西|项目|数据?)?(?:需要|要|该){_REPORT}{_AFTER}"
    f"|{_ABOUT}{_QUIET}?{_ABOUT}(?:需要|要不要|用不用|要|用|得){_REPORT}{_AFTER}(?:吗|么|不|嘛|没)?"
)
_ASKED: Final = re.compile("[吗么不嘛什怎咋啥哪几如]")
_NOTHING: Final = re.compile(
    f"{_ABOUT}(?:没有?|无)(?:什么|啥子?)(?:新增的?|新的|变[化动])?(?:可以|需要|要|可|好){_REPORT}的?[了啊呀哈哦呢]*"
)
"""本周没什么要报的: a report of nothing new."""
_DUE: Final = re.compile(
    f"{_ABOUT}(?:应该|需要|要|该|得|最[晚迟后]|是|在)*{_WHEN}(?:之前|以前|前|要|该|得|最[晚迟]|结束)*(?:截止|{_REPORT}完?|交)(?:日期|时间)?{_AFTER}"
    f"|{_ABOUT}{_REPORT}?(?:数据?)?的?截止(?:时间|日期|日|期)?(?:是|到|在)*{_WHEN}?{_AFTER}"
    f"|{_ABOUT}(?:可不可以|能不能|可以|能)?(?:晚|迟|缓|过)(?:[点些]|几天|一?两?[天下])*再?{_REPORT}{_AFTER}(?:行不行|行|可以|可|能)?(?:吗|么|不|嘛)"
    f"|{_ABOUT}(?:过?[几两一][天日]|后天|周[一二三四五六日]|下周|晚上)?再?{_REPORT}{_AFTER}(?:行不行|可不可以|来得及|行|可以|可)(?:吗|么|不|嘛)?"
    f"|{_ABOUT}(?:{_REPORT}还?来得及|还?来得及再?{_REPORT})(?:吗|么|不)"
)
_MEND: Final = re.compile(
    f"{_ABOUT}(?:{_REPORT}|填|写|打|发|说)错了?(?:的?话)?(?:还|了)?(?:可不可以|能不能|可以|怎么|咋|如何|能|可)(?:再|重新)?(?:更改|修改|更正|改正|撤回来?|重报|报|改|撤|弄|办)(?:过来|回来|一下)?(?:吗|么|不|呢|啊)?"
    f"|{_ABOUT}(?:怎么|如何|咋|能不能|可以|能)(?:把)?(?:刚才|上次|昨天)?(?:已经?)?(?:报的)?(?:数据?|{FIGURE})?(?:更改|修改|更正|撤回|重报|改)(?:刚才|上次|昨天)?(?:报的)?(?:数据?|数字)?(?:吗|么|不|呢|啊)?"
)
_REPORTED: Final = re.compile("[报填写打发说]错|报的|数|更正|重报")
"""Without one of these 怎么改 asks how the work is done."""
_TAKEN: Final = re.compile(
    f"{_ABOUT}(?:刚才|刚刚|昨天|上次)?的?(?:{_REPORT}|记)(?:的?数据?)?(?:上[去来]?|到|成功|进去|好)?[过了]?(?:没有|没|吗|么)[啊呀]?"
    f"|收到{_ABOUT}(?:刚才|刚刚|昨天|上次)?(?:报|发)的(?:数据?|消息)?了?(?:没有|没|吗|么)"
)
_MATTER: Final = re.compile(
    f"{FIGURE}|执委|妇联|主席|选举|改选|换届|候选人|名单|照片|材料|公章|盖章|表格?|模板|文件|[不没]报"
)
_RULE: Final = re.compile(
    f"(?:什么|啥)(?:意思|叫|是)|是(?:什么|啥)(?!时候)|最[多少]|有没有(?:要求|规定|限制|标准|文件|模板|范本)|有(?:什么|啥|哪些)(?:要求|规定|标准|条件)"
    f"|算不算|[不没]报(?:的?话)?(?:会|有)?(?:怎么?样|咋样|什么后果|处罚|罚|扣|影响)|(?:要不要|用不用|需不需要|需要|要|用)(?:算|盖|附|交|签|发|传|写|填|带|先)|是不是(?:每|各|一定|必须|都)|(?:流程|步骤|程序)|怎么[做选弄搞产]|要{_WHAT}|{_WHAT}(?:材料|手续|条件|文件)"
    f"|(?:文件|模板|表格?|范本|样表|通知).{{0,6}}(?:发|给|看)|(?:发|给|看).{{0,6}}(?:文件|模板|表格|范本|样表)"
)
_SHORT: Final = 24
_SIGNS: Final = frozenset("报记截交改撤错")
"""Characters of which what `read` knows holds one."""
_QUESTION: Final = re.compile(
    "[?吗么呢]|什么|啥|怎么|哪|几|多少|要不要|用不用|需不需要|是不是|能不能|可不可以|有没有|算不算|发我|给我|看看"
)


def read(line: Line) -> Intent | None:
    """What a question about reporting asks, or None; `line` as `intent_names.hide` leaves it."""
    key = intent_orders.bare(line.key)
    if len(key) > _SHORT or _SIGNS.isdisjoint(key) or numerals.certain(line.text):
        return None
    if _NOTHING.fullmatch(key):
        return None
    for pattern, signs, make in _TABLE:
        if pattern.fullmatch(key) and signs.search(key):
            return make()
    return None


_TABLE: Final[tuple[tuple[re.Pattern[str], re.Pattern[str], Callable[[], Intent]], ...]] = (
    (_DUE, re.compile("."), lambda: intents.WantReport(about="due")),
    (_MEND, _REPORTED, lambda: intents.WantReport(about="mend")),
    (_HOW, _ASKED, intents.WantReport),
    (_TAKEN, re.compile("."), intents.AskProgress),
)


def rules(line: Line) -> Intent | None:
    """A question about the rules of the work (执委最多可以选几个, 要不要盖章): nobody but a person may answer it."""
    key = intent_orders.bare(line.key)
    if len(key) > _SHORT or not _MATTER.search(key):
        return None
    if not (_RULE.search(key) and _QUESTION.search(line.text)) or numerals.certain(line.text):
        return None
    return intents.UnknownService(line.raw.strip())
