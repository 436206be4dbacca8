"""Whose figures these are though another hand sends them: 主席让我报：…; 我替主席回一下，她说…; 石屯镇系统登不上，我替她们报.

The chair of her own unit speaks for it, so her words are no hearsay; such words are blanked out before the sentence is read, its places as they are.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.report.plain import blank
from bot.core.report.tokens.sheet import Rows
from bot.core.report.words.vocabulary import Kind

_CLAUSE: Final = r"(?:^|(?<=[,;:。!?\n(]))\s*"
_END: Final = r"(?=\s*(?:[,;:。!?\n)~\[]|$))"
_OWN_CHAIR: Final = "(?:我们?|咱们?|俺们?|本)?村?的?(?:[妇夫富付]联)?(?:老|正)?主席"
_WHY: Final = "(?:[^,;:。!?\\n0-9说讲猜划拟报数没不未否想要]|不(?=[会识认在懂方太大便好])|没(?=空|时间|手机|电|网|流量|在|文化|信号))"
"""Of what keeps the chair from telling it herself: 不会打字, 没空, and not 没定 or 不同意."""

_KIN: Final = "(?:女儿|儿子|媳妇|儿媳妇?|孙女|孙子|外孙女?|妹妹|姐姐|邻居|老公|爱人|婆婆|家人|侄女)"
_ERRAND: Final = (
    ("席", rf"{_CLAUSE}{_OWN_CHAIR}(?:{_WHY}{{0,10}}[,\s]?)?(?:[让叫托请]|委托)我(?:来|帮忙?|替|代|给)*(?:她|她们?|主席)?(?:把(?:这个|那个)?数[字据]?)?(?:上报|报(?!名)|发|填)(?:一?下|一声|个数|数|上来|过来|上去)?(?:的)?[:,\s]*"),
    ("席", rf"{_CLAUSE}(?:这是|以下是|下面是|照着?|按)?{_OWN_CHAIR}(?:亲[手笔]|自己)?(?:写|列|记|抄|留)(?:的|了|给我的|下的)(?:一?[张个])?(?:条子?|纸条|便条|字条|单子)(?:上)?(?:写的|念|报|发)?(?:是)?[:,\s]*"),
    ("席", rf"{_CLAUSE}(?:这|都)?是?{_OWN_CHAIR}(?:刚才?|刚刚|今天|昨天|昨晚|亲口|自己|当面|上午|下午|在?电话里?)*[跟和对给]我(?:说|讲|交代)(?:的|了|过的?)?{_END}"),
    ("席", rf"{_CLAUSE}{_OWN_CHAIR}(?:口述|口授|念)(?:的)?[,\s]*我(?:来|负责|帮忙?|帮她)?(?:打字?|写|记|发|代笔|代发)(?:的)?[:,\s]*"),
    ("席", rf"{_CLAUSE}{_OWN_CHAIR}{_WHY}{{1,10}}[,\s]?(?:由|是)?我(?:暂时)?[代替](?:她|主席)?(?:管事?|负责|主持|管着|当家|值班|干着?)(?:工作|事)?[:,\s]+"),
    ("您你", rf"{_CLAUSE}我(?:来)?[念说讲报][,\s]?[您你](?:来|帮忙?)?(?:记|听|写)(?:一下|好|着|一记)?[:,]"),
    ("我", rf"{_CLAUSE}(?:我是(?:她|主席)家?的?{_KIN}[,\s]*)(?:(?:她|主席|我妈|婆婆)?[让叫托喊]我(?:来|帮忙?|代|替|给)*她?(?:上报|报(?!名)|发)(?:一?下|个数|数)?[:,]?|{_END})|{_CLAUSE}这(?:个)?是主席的?(?:手机|微信|号码?){_END}"),
)  # fmt: skip
"""主席不会打字让我报：, 主席写的条子：, 主席刚跟我说的: her own chair's words are the village's."""

_OURS: Final = "(?:我们?|咱们?|俺们?|本)?(?:村|社区|乡|镇)?(?:里)?(?:妇联|妇女)?"
_CHAIR: Final = f"{_OURS}(?:主席|书记|主任|会长|领导|大姐)"
_SENDS: Final = "(?:上报|汇报|报|回|发|填|说|打字?)(?:个)?(?:一下|一声|下|数|话|给您|上来|过来|的)*"
_START: Final = r"(?:^|(?<=[,。;!\s]))"
_FOR_HER: Final = tuple(
    (Kind.FILLER, re.compile(pattern), frozenset(chars))
    for chars, pattern in (
        ("让叫喊托派", rf"{_START}{_CHAIR}(?:[让叫喊托派]|安排|吩咐)我?(?:来)?(?:上报|汇报|报|回)(?:个)?(?:一下|一声|下|数|话|给您)*[:,]"),
        ("替代帮", rf"{_START}我?(?:来)?(?:代表|替|代|帮){_CHAIR}(?:来)?{_SENDS}(?:[:,]\s*(?:她|主席)(?:说|讲)[:,]?(?!.*[说讲吧听问]))?"),
        ("替代帮", rf"{_START}{_CHAIR}(?:不会|不太会|不懂|在忙|忙|不在|没空|手机|眼睛?|出差|有事|去|在)[^,。;!\n0-9]{{0,8}},我(?:来)?(?:替|代|帮)(?:她|他|着)?{_SENDS}[:,]"),
    )
)  # fmt: skip
_MY: Final = (
    "(?:我妈|我娘|我婆婆|我嫂子?|我姐姐?|我妹妹?|我婶|我姨|我姑|我老婆|我媳妇|我女儿|我奶奶)"
)
_KIN_CHAIR: Final = rf"{_START}{_MY}就?是{_CHAIR}[,\s]+(?:她?{_WHY}{{1,12}}[,\s]+)?(?:由|是)?我(?:来)?[帮替代](?:她|忙|我妈)(?:上报|报|发|填|打|回)(?:一?下|的|个数|字|数)*[:,]"
"""我妈是主席，不会打字，我帮她发：."""
_WHO_SENDS: Final = rf"(?:我是(?:副主席|文书|会计|村干部|妇联委员|妇联干部|委员|她的?{_KIN}|{_KIN}|[村乡]?妇联的)[,\s]*)"
_STANDS_IN: Final = rf"{_START}(?:(?:{_MY}|我?婆婆|我?爱人|我?老婆)就?是)?{_CHAIR}(?:[,\s]*她?{_WHY}{{1,12}})?(?:[,\s]+|(?<=[不会字了]))?{_WHO_SENDS}?(?:由|是|就)?我?(?:来|先|就)?[帮替代](?:她|忙)(?:上报|汇报|报|发|填|打|回)(?:一?下|一声|的|个数|字|数)*[:,\s]"
_KIN_SENDS: Final = rf"{_START}{_MY}就?是{_CHAIR}[,\s]+她?{_WHY}{{1,12}},(?:[叫让喊托请]|委托)我(?:来|帮忙|替她)?(?:上报|报)(?:一下|数|的)?[:,]|{_START}{_CHAIR}(?:她|的)?{_KIN}(?:来)?[代帮替](?:她|忙)?(?:上报|报|发|填)(?:的|一?下)?[:,]|{_START}以后(?:都|就)?(?:由|是)?我来?(?:上报|报)(?:数|了)?(?=,)"
"""主席老公代发：; 主席住院了，我是副主席，替她报一下，; 我妈是村妇联主席，她不会打字我替她报：."""
_ALWAYS: Final = Rows(
    (Kind.FILLER, re.compile(pattern), frozenset(needs)) for needs, pattern in _ERRAND
)
_VILLAGE: Final = Rows(
    (
        *_FOR_HER,
        (Kind.FILLER, re.compile(_KIN_CHAIR), frozenset("帮替代")),
        (Kind.FILLER, re.compile(_STANDS_IN), frozenset("帮替代")),
        (Kind.FILLER, re.compile(_KIN_SENDS), frozenset("帮替代后叫让喊托请")),
        *_ALWAYS.rows,
    )
)
_OF_OTHERS: Final = re.compile("[别邻她他]的?村|隔壁|各村|兄弟村")
_HINDERED: Final = re.compile(
    "(?:(?:系统|手机|电脑|网络?|微信|小程序|平台)(?:老是|一直|总是?|还是)?(?:登录?|进|打|连|用|发|填)不(?:上|了|进|开|去)[去来]?|(?:登录?|进|打)不(?:上|进|开)去?(?:系统|平台|网)|不会(?:用|弄|填|发|操作)(?:这个|系统|手机|微信|小程序)?|[报发填登]不(?:上|出)[去来])(?=,我?(?:来|就|先)?[代替帮])"
)


def plainly(text: str, *, office: bool) -> str:
    """The text without such words; an office speaks for the units it names, a village for its own."""
    if office and "不" in text:
        text = _HINDERED.sub(blank.match, text)
    rows = _ALWAYS if office or _OF_OTHERS.search(text) else _VILLAGE
    for _, pattern, _ in rows.of(frozenset(text)):
        text = pattern.sub(blank.match, text)
    return text
