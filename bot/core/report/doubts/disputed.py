"""Two numbers of one figure that are both held to be right: 新增执委12名，也有人说14; 我数了15，会计数了14; 12名，没错，就是11名.

A clause in which somebody says or counts nothing but a number (会计说14) is of that figure; with a word behind the number (书记说9点来) it is of
something else. Which of the two holds is asked, unless one of them is said to be wrong, or to be the one that holds.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Mark, Question

_N: Final = r"(?P<n>[0-9]{1,3}|[零一二两三四五六七八九十百]{1,4})\s*[名个人位]?"
_END: Final = r"(?=(?:的|呢|啊|哈|吧|了|也行|也可以|也对)*\s*(?:[,。;!?~\n]|$))"
_OWN: Final = "[我俺咱]们?"
_WHO: Final = (
    "(?:有(?:的|些)?人?|办公室|人家|别人|旁人|[他她]们?|大家|大伙儿?|群众|村民|姐妹们?|代表们?|[村镇乡县][里上]?|上[面级头]"
    "|[一-鿿]?(?:[村镇乡县老小]|妇女)?(?:会计|文书|副?书记|支书|主任|主席|村长|干事|专干|网格员)|[老小阿][一-鿿]|[一-鿿]{1,2}[姐嫂姨婶妹婆叔哥伯]"
    "|(?:会议|选举|登记|统计|上报|花)?(?:群|表|名单|名册|系统|榜|公示栏?|通知|公告|记录|台账|本子|报表)[里上]?)"
)
_NO_ONE: Final = "(?!有一|上[次周回个午]|下午|早上|刚|昨|前|今天|之前|原|本来|先|后来|起|开始|按|照|应|再|又|就|老实|准确|正确|确切|严格|不瞒|总的|也就|换句话)"
_ANY: Final = f"{_NO_ONE}(?:(?![我俺咱])[一-鿿]){{1,6}}?"
_THAT: Final = "(?:的?数|出来|下来|起来|成|得|的|了|过|是|有|为|只|才|一共|总共|共|就)*"
_SAYS: Final = f"(?:数|点|算|记|报|写|统计|喊|咬定|坚持|发|登|贴|显示|公布){_THAT}"
_TELLS: Final = f"(?:说|讲|传){_THAT}"
_SAID: Final = re.compile(
    rf"(?:(?:^|[,。;!?~\n名个人位])\s*|执委)(?:可是?|但是?|不过|却|也|还|又|那|另外)*(?:(?:(?P<own>{_OWN})|{_WHO})(?:也|又|都|却|就|偏|非|硬|怎么|咋|[那这][里边儿]|自己|刚才?|一直)*(?:{_SAYS}|{_TELLS})|{_ANY}{_TELLS})\s*{_N}{_END}"
)
_OTHERWISE: Final = re.compile(
    rf"{_N}的(?:说法|版本)|(?:怎么|咋|为[啥何]|为什么)(?:又|会|就)*(?:变|成|是|写|显示)(?:成|了)*\s*(?P<m>[0-9]{{1,3}}|[零一二两三四五六七八九十百]{{1,4}})\s*[名个人位]?{_END}"
)
"""也有14的说法; 怎么变14了."""
_LIST: Final = re.compile(
    rf"(?:可是?|但是?|不过|却)\s*(?:我|咱|俺)?(?:看|瞧|查|翻|瞅)?(?:了|到|过)*(?:名单|名册|花名册|登记表|表|群|系统|公示栏?|牌子)[里上]?(?:写|登|填|显示)?的?(?:是|只有|只|有|才)+\s*{_N}{_END}"
)
"""念山村报12，可我看名单是11."""
_TURN: Final = frozenset("可但过却")
_SAYING: Final = frozenset("说讲传数点算记报写喊咬坚发登贴显公变成")
_TOLD: Final = re.compile(rf"{_N}(?=\s*[,。;!?~\n])")
_DECIDED: Final = re.compile(
    "(?:记|算|数|看|弄|搞|写|报|说|打|讲|听)[错混重漏多少岔反]|不对|错了|不算|作废|为准|按[^,。0-9]{0,3}(?:[0-9]|算|报|来)|更正|改成"
)
_NO_ERROR: Final = re.compile(
    rf"{_N}[,。;!\s]+(?:[^,。;!\n0-9]{{1,10}}[,。;!\s]+)?(?:[没冇无]有?[错误]|没(?:有)?问题|错不了|[数点核算记]对了|的确|确实)[,。;!\s]*(?:就|确实|还|正好|的?确)*是?(?P<again>[0-9]{{1,3}}|[零一二两三四五六七八九十百]{{1,4}})\s*[名个人位]?{_END}"
)
"""12名，刚数了一遍，没错，就是11名: the two may not differ."""
_RIGHT: Final = frozenset("错误题对确")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about numbers beside which another is told of the same figure."""
    told = [c for c in claims if isinstance(c.value, int) or c.value is Mark.ZERO]
    if not told and all(c.value is Mark.DONE for c in claims):
        told = list(claims)  # 会改联完成了，书记说13名: a number all the same, and no other
    values: set[object] = {0 if c.value is Mark.ZERO else c.value for c in told}
    if not told or not (
        _which(text) or _on_a_list(text, values) or _differs(text) or _others_say(text, values)
    ):
        return []
    return [Question(Ask.VALUES, c.span, c.indicators) for c in told]


_WHICH: Final = re.compile(f"(?:报|写|填|算|按|用|以)哪一?(?:个数?字?|项|条){_END}")


def _which(text: str) -> bool:
    """新增0名，累计12名，到底报哪个: she does not know which."""
    return "哪" in text and _WHICH.search(text) is not None


def _on_a_list(text: str, values: set[object]) -> bool:
    """Whether a list holds another number than what was told."""
    if _TURN.isdisjoint(text):
        return False
    return any(numerals.value(found["n"]) not in values for found in _LIST.finditer(text))


def _differs(text: str) -> bool:
    """Whether what is said to be without error is another number than the one before."""
    found = _NO_ERROR.search(text) if not _RIGHT.isdisjoint(text) else None
    return found is not None and numerals.value(found["n"]) != numerals.value(found["again"])


def _others_say(text: str, values: set[object]) -> bool:
    """Whether somebody else says another number, or says the one that took the place of hers."""
    if _SAYING.isdisjoint(text) or _DECIDED.search(text):
        return False
    otherwise = _OTHERWISE.search(text)
    if otherwise and numerals.value(otherwise["n"] or otherwise["m"]) not in values:
        return True
    said = list(_SAID.finditer(text))
    others = [found for found in said if found["own"] is None or not values]
    if not others:
        return False
    if any(numerals.value(found["n"]) not in values for found in said):
        return True
    before = text[: others[-1].start() + 1]
    return any(numerals.value(found["n"]) not in values for found in _TOLD.finditer(before))
