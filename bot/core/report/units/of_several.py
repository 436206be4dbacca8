"""What a township says of several villages at once and that is no report of each: 2个村已完成，富美12; 富美村除外; 写反了."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question
from bot.core.report.tokens import tokens
from bot.core.unitnames import Mention

_UNIT: Final = "\x01"
_FIGURE: Final = "\x02"
_EXCEPT: Final = re.compile(
    f"{_UNIT}(?:村|妇联)*(?:除外|以外|之外|不算|不在内|不包括|最后|有问题|[还正]?在[做弄搞推改办]|还?要等)|(?:不包[括含]|不含|不算|除了?|除去|去掉|剩下?|余下?|还?差|就差|只差|尚缺|缺|还缺|还剩|就剩|只剩)了?{_UNIT}|(?:还|就|只|尚|仅)?(?:差|缺|剩)了?(?:[0-9一二两三四五六七八九十几]+个(?:村|社区|片区?)|挂牌)"
)
_OF_ITS_VILLAGES: Final = re.compile(
    f"(?:的村|个村|有村|各村|村一?级|村里|村妇联|村主席|全部村|所有村)(?:一共|合计|总共|共|的|[加合]起来|一起|两级|在内|加一起|合在一起|算上)*(?:新增|新选|{_FIGURE})|{_FIGURE}(?:的村|村(?!委))|村级[^,。;]{{0,4}}[0-9]|{_FIGURE}(?:[:,(]|一共|共)*(?:连同?|包括|含)(?:上|了)?(?:各村|下面|村里|村级)"
)
_THEIRS: Final = re.compile(
    "[乡镇](?:里|上)的?[和跟与加、及]村(?:里|上)的|[,。;](?:这|那|以上|也|都|全|均|就)*(?:是|属于?)?(?:各|下面|底下)?村(?:里|上)?的(?:数据?|执委|人数)?[啊哈哦]?(?=$|[,。;!])"
)
"""执委新增14个，也是村里的, behind what an office told as its own."""
_UNDER_THEM: Final = re.compile(
    f"(?:各|所辖|下辖)村(?:[^,。;!\\n]{{0,6}}(?:情况|进展|进度|数据?|数字)[^,。;!\\n0-9]{{0,6}})?[:\\n]\\s*(?:共|一共|总共)?(?:新增|新选|{_FIGURE})(?![^0-9,。;!\\n]*{_UNIT})"
)
"""各村情况：新增执委11名: of all of them together, or of her own?"""
_ETC: Final = re.compile(
    f"{_UNIT}等(?:[0-9一二两三四五六七八九十几]+)?个?(?:村|社区)|(?:不含|含|不包括|包括){_UNIT}"
)
_ALSO: Final = re.compile(
    f"(?:^|[,。;!])(?:[写报说弄搞填记打哎呀啊哦都全又]|数字?|好像|是不是|两个村?)*反了[的吧一下么吗]*[。!]*$|(?:反过来|对调|写反|报反|颠倒|(?:顺序|次序|位置|前后)[^,。;!\\n]{{0,2}}[反错乱])[了的吧一下]*[。!]*$|{_UNIT}(?:也)?(?:一样|同上|同|几个|多少)[的了]*[。!]*$"
)
_LATER: Final = "(?:下个?(?:周|月|礼拜|星期)|明[天年]|后天|月底|计划|打算|准备|预计|争取|拟)"
_ALSO_LATER: Final = re.compile(
    f"{_LATER}[^。;!\n]*{_UNIT}(?:也|同样)"
    f"|{_UNIT}{_LATER}(?:新增|{_FIGURE}|选)*[0-9]+[名个],{_UNIT}(?:新增|{_FIGURE})*[0-9]+[名个]"
)
"""念山村下周会改联完成，富美村也是; 念山村下周新增执委12名，富美村9名."""
_NUMBERED: Final = re.compile(
    f"(?<![0-9一二三四五六七八九十])[1一][、.]?{_UNIT}[,、;\\s]*[2二][、.]?{_UNIT}"
)
"""完成：1富美村2念山村: the numbers are those of the list."""


_OF_SOME: Final = re.compile(
    f"(?:[二两三四五六七八九十几俩仨0-9]个?|[各俩仨的]|[下底][面辖属]|所[辖属])(?:行政)?村(?:里|级|妇联)*(?:一共|合计|总共|共|的|[加合]起来|一起)*(?:新增|新选|{_FIGURE})+[^,。;:!\n0-9{_UNIT}]{{0,4}}[0-9一二三四五六七八九十]"
)
"""我乡三个村新增执委32名: of all of them, and not of the township."""
_EITHER: Final = re.compile(
    f"{_FIGURE}[^,。;:!\n{_UNIT}]{{0,3}}[0-9一二三四五六七八九十]+[名个人位]?{_UNIT}[,、](?:新[增选])?{_FIGURE}[^,。;:!\n{_UNIT}]{{0,3}}[0-9一二三四五六七八九十]"
)
"""执委11名松源村，执委13名: the number before the village, or the one behind it?"""
_OF_COUNTS: Final = re.compile(
    rf"(?:之?外|以外)?[,\s]*(?:其余|其他)?(?:均|都|每村)?各?(?:新|{_FIGURE}(?!(?:工作|也|都|均|全部?|已经?|就|[:,\s])*(?:[完办搞弄改做]|已)))|新"
)
"""除九蓬外各新增5名: an exception of what is counted."""


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about the claims of an office; none of a village's."""
    some = [c for c in claims if c.value not in (Mark.SAME, Mark.ZERO)]
    if lexicon.own.level is Level.VILLAGE or not some:
        return []
    below = [m for m in lexicon.names.find(told) if any(p.depth > 0 for p in m.places)]
    called = tokens.called(lexicon.indicators)
    said = _written(told, below, called)
    own = [c for c in some if isinstance(c.value, int) and c.units == (lexicon.own.key,)]
    ask = (
        Ask.UNREAD
        if _ALL_THERE.search(told)
        else _ask(said, some, own) or _dropped(said, below, some) or _excepted(said, below, some)
    )
    both = _OF_BOTH.search(told) if own else None
    if own and (_THEIRS.search(said) or (both and own[0].span[0] < both.start())):
        ask = Ask.UNIT
    if ask is None and below and (bare := _bare(told, some, called)):
        return [Question(Ask.INDICATOR, c.span, c.indicators) for c in bare]
    return [Question(ask, c.span, c.indicators) for c in some] if ask else []


_ALL_THERE: Final = re.compile(
    "(?:各|[两三四五六0-9]个?|所有|全部)村(?:里|妇联)?(?:目前|现在|一共|总)*(?:共有|现有|已有|共|有)(?:村?妇联)?执委[0-9一二两三四五六七八九十]"
)
"""各村共有执委12名，其中富美村5名: all there are, or the new ones?"""


_OF_BOTH: Final = re.compile(
    "其中[,:]?(?:有)?(?:我们?|本)?[乡镇](?:里|级|本级|妇联)*(?:有|是|占)?[0-9一二两三四五六七八九十]"
)
"""新增执委37名，其中镇里15名: of the villages as well."""


def _written(told: str, below: Sequence[Mention], called: re.Pattern[str]) -> str:
    """The text with one sign for a unit below hers, and one for a figure."""
    at, parts = 0, list[str]()
    for mention in below:
        parts += [told[at : mention.start], _UNIT]
        at = mention.end
    return called.sub(_FIGURE, "".join([*parts, told[at:]]))


_OURSELVES: Final = re.compile(
    r"[我本][乡镇县级区]|(?:^|[,。;:\s])(?:乡|镇|县|街道)|(?:乡|镇|街道|县|区)(?:妇联)?(?:目前|已经?|也)*$"
)


def _bare(told: str, claims: Sequence[Claim], called: re.Pattern[str]) -> list[Claim]:
    """2个村已完成，富美12，念山9; 汇总完成，富美12: a bare 完成 in front of villages is hardly of the office itself."""
    named = [c.span[0] for c in claims if c.named]
    found = [c for c in claims if c.value is Mark.DONE and not c.named]
    return [
        c
        for c in found
        if any(start > c.span[0] for start in named)
        and not called.search(told, 0, c.span[0])
        and not _OURSELVES.search(told, 0, c.span[0])
    ]


_ITS_NUMBER: Final = re.compile(
    f"(?:村|社区|妇联)?[:\\s]?(?:新增|新选|{_FIGURE}|选了|选出)*[0-9一二两三四五六七八九十]{{1,3}}[名个位人]?(?=[,;。、\\s]|$)"
)


def _dropped(said: str, below: Sequence[Mention], claims: Sequence[Claim]) -> Ask | None:
    """念山12名，富美9名，念山写错了，13: whether a village told with its number has none, and the one around it has."""
    told = {unit for c in claims if isinstance(c.value, int) and c.named for unit in c.units}
    has = [not told.isdisjoint(p.key for p in mention.places) for mention in below]
    at = -1
    for n, _ in enumerate(below if told else ()):
        at = said.index(_UNIT, at + 1)
        around = any(has[:n]) and any(has[n + 1 :])
        if not has[n] and around and _ITS_NUMBER.match(said, at + 1):
            return Ask.VALUES
    return None


def _excepted(said: str, below: Sequence[Mention], claims: Sequence[Claim]) -> Ask | None:
    """Whether what is said to be done is so with an exception that is itself told to be done."""
    done = [c for c in claims if c.value is Mark.DONE]
    for found in _EXCEPT.finditer(said) if done else ():
        at = said[: found.start()].count(_UNIT)
        if _OF_COUNTS.match(said, found.end()):
            continue
        keys = {p.key for p in below[at].places} if _UNIT in found[0] else set[str]()
        if any(not c.named or not keys.isdisjoint(c.units) for c in done):
            return Ask.NOT_DONE
    return None


def _ask(said: str, claims: Sequence[Claim], own: Sequence[Claim]) -> Ask | None:
    if _ALSO_LATER.search(said):
        return Ask.NOT_DONE
    counted = [c for c in claims if isinstance(c.value, int)]
    named = [c for c in counted if c.named]
    if own and (_EITHER.search(said) or _OF_SOME.search(said)):
        return Ask.UNIT
    if counted and not named and _OF_ITS_VILLAGES.search(said):
        return Ask.UNIT
    if len(named) < len(counted) and _UNDER_THEM.search(said):
        return Ask.UNIT
    if named and (_ETC.search(said) or _ALSO.search(said)):
        return Ask.VALUES
    return Ask.VALUES if counted and _NUMBERED.search(said) else None
