"""Speech in one breath: a sentence that would be asked about is read once more with the pauses she would have made.

山里路远大家都来了票也投了新增执委8名: the story comes first, and the figure last. Where the figure's name begins (with 一共, 最后, 我们村
in front of it) there is a pause, and behind its value where a new sentence surely begins (其中, 谢谢, 不对). The second reading is
taken only if nothing is left to ask. What reaches over a pause (hearsay, orders, plans, another village, another year, a
draft) keeps the first reading, and so does a word that the figure is the object of.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from typing import Final

from bot.core.reading import Ask, Lexicon, Mark, Reading
from bot.core.report.plain import reach
from bot.core.report.words import danger

_ASKED: Final = frozenset({
    Ask.UNREAD, Ask.NOT_DONE, Ask.APPROXIMATE, Ask.VALUES, Ask.UNIT, Ask.REPORTED, Ask.ADDITION, Ask.VALUE, Ask.INFERRED,
    Ask.DIGITS,
})  # fmt: skip
"""Why a sentence may be asked about that a pause would make clear."""


def again(
    texts: tuple[str, str],
    once: Reading,
    lexicon: Lexicon,
    names: re.Pattern[str],
    read: Callable[[str], Reading],
) -> Reading:
    """The first reading, or the one with pauses where that leaves nothing to ask; `texts`: as typed, and put plainly."""
    typed, text = texts
    spoken = not _SIGN.search(_GREETED.sub("", typed)) and _QUOTES.isdisjoint(typed)
    if once.clear or not spoken or not {q.ask for q in once.questions} <= _ASKED:
        return once
    tried = {text}
    for at in _pauses(text, lexicon, names):
        where = _with_commas(len(text), at)
        said = "".join(text[n] if n >= 0 else "," for n in where)
        if said in tried:
            continue
        tried.add(said)
        found = read(said)
        if found.clear and _codes(once) <= _codes(found):
            return _moved(found, where)
    return once


def _codes(reading: Reading) -> set[str]:
    """The figures that a reading gives a number or calls done: a second reading loses none of them."""
    told = (c for c in reading.claims if isinstance(c.value, int) or c.value is Mark.DONE)
    return {code for claim in told for code in claim.indicators}


def _with_commas(length: int, at: Sequence[int]) -> list[int]:
    """Of each character of the sentence with pauses where it was in the text; -1 is a comma."""
    where = list(range(length))
    for place in reversed(at):
        where.insert(place, -1)
    return where


def _moved(found: Reading, where: list[int]) -> Reading:
    """The reading with its spans where they are in the text."""

    def back(span: tuple[int, int]) -> tuple[int, int]:
        here = [n for n in where[slice(*span)] if n >= 0] or [0]
        return here[0], here[-1] + 1

    claims = tuple(replace(c, span=back(c.span)) for c in found.claims)
    follow_ups = tuple(replace(q, span=back(q.span)) for q in found.follow_ups)
    return replace(found, claims=claims, follow_ups=follow_ups)


# ---- where she pauses ----------------------------------------------------------------------------------------

_N: Final = "(?:[0-9]+|[零一二两三四五六七八九十百廿卅拾壹贰叁俩仨]+)"
_ONE: Final = "[0-9零一二两三四五六七八九十]"
_COUNT: Final = f"{_N} ?(?:个人|[名个人位])?"
_VALUE: Final = re.compile(
    f"(?:的?(?:总数|人数))?(?:是|为|有|共|一共|总共|就|也|:| )*(?:不是{_COUNT},?是)?{_COUNT}(?![多来几])"
    "|(?:的?(?:事情?|工作))?(?:已经?|都|也|全部?|算|就|是|总算|终于|顺利|正式)*(?:完成|[办搞弄做][好完成妥]|完了)"
)
_TURNED: Final = re.compile(
    f"(?:(?<![补又再重增改另初预备])(?:投票|举手表决)?选(?:[出到]来?了?|来?了){_N}[名个位](?:人|女)?(?=新?的?执委)|新?执委(?:也|就|一共|总共|共|是)*(?:选|增加|添|增)(?:[出到]来?了?|来?了){_COUNT}|新增了?{_N}[名个位](?=新?执委)|执委新增(?:了|人数)*{_COUNT}|新增的执委(?:也|就)*[是有]{_COUNT})(?![多来几])(?:新?执委)?"
)
"""新增了十一位执委, 执委新增13个: the number within the name."""
_ALONE: Final = re.compile(
    "(?:(?:现在|已经?|都|是|总算)+完成了?|(?:本周|这周|这个?(?:礼拜|星期)|目前|暂时)?(?<!还)(?:没有?|无)新增的?(?:,?(?:就|所以|只能|只好|先)*(?:零报告|报个?[零0]))?"
    "|(?:本周|这周|这个?(?:礼拜|星期))?(?:就|还是|只能|只好|先)+(?:零报告|报个?[零0])"
    "|[跟和](?:上个?(?:周|礼拜|星期)|上次)(?:是|都)*(?:一样|一个样)的?)了?[啊哈哦呢吧]*$"
)
"""A value without the name of a figure, at the end."""
_LEAD: Final = re.compile(
    "(?:(?:全票|一致)(?:通过|同意|推选)了?|一下子就|一口气就?|当场就?|很快就|一共|总共|合计|共|最[后终]|所以|因此|现在|总算|终于|这[次回]|今年|本周|这周|结果|(?:我们?|俺们?|咱们?)(?:村|社区|乡|镇)?[里的]?|本[村乡镇]的?|[村乡镇]里|选[出到]了?来?)$"
)
"""What belongs to a figure in front of its name."""
_SIGN: Final = re.compile("[,;。:!?\n()~…]")
_LEAST: Final = 6
"""Characters a story has."""
_TOLD: Final = re.compile(
    f"[了得都也过没不很才就别]|[开选来]的|[开散投]会|[0-9]{{7}}|(?:有|其中|里[面头])[^,]{{0,7}}{_N}[名个位人]|[应实]到|[多少大小]$"
)
"""A mark of a predicate: 我们小组, 第一批 and 目前在册 have none."""


def _pauses(text: str, lexicon: Lexicon, names: re.Pattern[str]) -> Iterator[list[int]]:
    """Places of pauses, the fewest first."""
    found = _heads(text, lexicon, names)
    heads = [at for at, _ in found if _story(text[:at])]
    if not found or any(at and reach.reaches(text[:at], lexicon) for at, _ in found):
        return
    mended = [_mended(text, end) for _, end in found]
    starts, ends = [at for at, _ in found], [end for _, end in mended]
    rests = [text[end : min((h for h in starts if h >= end), default=len(text))] for end in ends]
    if any(reach.taken_back(rest, lexicon) for rest in rests):
        return
    behind = {place for places, _ in mended for place in places}
    yield sorted(heads)
    yield sorted({*heads, *behind})
    spoken = {end: rest for end, rest in zip(ends, rests, strict=True) if _HAN.match(rest)}
    over = all(_sets_in(text[:end], rest) for end, rest in spoken.items())
    sure = {*heads, *behind, *(spoken if over else ())}
    yield sorted(sure)
    spans, until = list(zip(starts, ends, strict=True)), len(text) if over else starts[-1]
    since = 0 if heads else ends[-1]
    for piece in (_PIECE, _SMALL):
        cut = {m.start() for m in piece.finditer(text, since, until)}
        yield sorted(sure | {at for at in cut if not any(a < at <= b for a, b in spans)})


def _sets_in(front: str, rest: str) -> bool:
    """Whether a sentence of its own begins behind a value."""
    if front[-1] in "名个人位":
        return len(rest) >= _LEAST and _TOLD.search(rest) is not None
    return _ANEW.match(rest) is not None


_ANEW: Final = re.compile(
    "了?(?:大家|姐妹们?|昨天|那天|今天|回来|天[气也晴]|人也|牌子也|下一步)(?!.*[报就])"
)
"""会改联完成了大家都高兴; not 完成了第一步, 完成了我就报."""
_HAN: Final = re.compile("[\u4e00-\u9fff]{2}")
_FRESH: Final = "我|咱|大家|姐妹|她|后来|然后|这[次个]|那天|好在|还好|结果|不过|所以|再|又|票|人|会|天|先|牌|公章|材料|照片|名单|选票|手续|现在|今天|昨天|开会|选到|投票|唱票|走路|没有|有的|老人|[\u4e00-\u9fff]{1,4}[也都]"
_PIECE: Final = re.compile(
    f"(?<=[\u4e00-\u9fff]{{2}}(?<!为)(?<!有)[了的])(?={_FRESH})|(?<=[导席家]好)(?=我)|(?<=[\u4e00-\u9fff]{{4}})(?=(?:人|票|会|牌子|公章|材料|名单|字|路|手机|结果)[也都])|(?<=[满高开乐][意兴心])(?=没)"
    f"|(?<=[\u4e00-\u9fff]{{4}})(?<=[好多少大小高远闹兴顺意见来齐走])(?=后来|然后|这[次回]|好在|结果|不过|所以|再|又|我们?村|我们?[在就去打叫把])"
)
"""Where a story has a pause of its own."""
_SMALL: Final = re.compile(
    f"{_PIECE.pattern}|(?<=[\u4e00-\u9fff]{{3}})(?=没有一个)|(?<=[\u4e00-\u9fff0-9]{{3}})(?<![给跟叫让喊把和在到为说讲对向帮替教问送陪接请谢是有])(?={_FRESH[: _FRESH.index('|再|')]}|昨天|今天|现在|还好|第[二三]次|(?:嗓子|腿|腰|鞋子?|车子?|雨|雪|路|茶|书记|投票|老人|大家)[\u4e00-\u9fff]?[也都])"
    f"|(?<={_ONE}[名个位票张桌岁点盆])(?=其[他它]|大家|年轻|年纪|都是|收回|烧|[\u4e00-\u9fff]{{1,7}}(?:的|占了?|有)+{_N}[名个位])|(?<=[快慢多好齐热闹意顺])(?=投票|唱票|大家|天气|人来|坐|来)|(?<=[0-9][票张])(?=收|发|赞)"
)
"""All the places where there may be one."""


_GREETED: Final = re.compile(
    "^(?:各位|尊敬的)?(?:领导|主席|大家|[您你]们?)?好?[,!]|[。!~…]+$|[,。]?(?:谢谢|辛苦)[^,;。]{0,6}$"
)
"""What may be set apart by one who speaks in one breath."""
_OVER: Final = re.compile(
    "(?:[了过完散饭来去上下到齐好多少高兴闹顺利意见心笑急累哑痛岁举班票]|会|[0-9一二三四五六七八九十]+(?:个人?|人|名|分钟|点半?|天|趟|次|遍|回|票)|[0-9]{7}|(?:教|打|写|开|来|选)的|老人|女的|才开成的|得很|[住久快慢吵懂]|清楚|积极|认真|踊跃|热情|忙了?(?:一|半|整|大半)个?(?:上午|下午|晚上|天|早上)|没有人|的人|现在是|一点)$"
)
"""How a sentence ends; 刚才没信号茶山坪 is none, and its last word is a place."""
_ENDS: Final = frozenset("啊哈啦呀嘛呢吧哦喔哟咯")
_QUOTES: Final = frozenset("\"'《》「」“”")


def _story(front: str) -> bool:
    """Whether what stands in front of a figure in its breath is told as a sentence."""
    said = _SIGN.split(front)[-1].strip()
    if len(said) < _LEAST or not _TOLD.search(said):
        return False
    return bool(_OVER.search(said)) or danger.no_place(said[-1]) or said[-1] in _ENDS


def _heads(text: str, lexicon: Lexicon, names: re.Pattern[str]) -> list[tuple[int, int]]:
    """Where figures with a value begin, and where the value ends."""
    units = lexicon.names.find(text)
    ends = {u.end: u.start for u in units}
    found = [
        (m.start(), value.end())
        for m in names.finditer(text)
        if (value := _VALUE.match(text, m.end()))
    ]
    found += [
        (m.start(), m.end()) for u in units for m in names.finditer(text) if u.start == m.end()
    ]
    found += [m.span() for m in _TURNED.finditer(text)]
    if all(min(p.depth for p in u.places) < 1 for u in units):
        found += [m.span() for m in _ALONE.finditer(text)]
    return sorted({(_head(text, at, ends), end) for at, end in found})


def _head(text: str, at: int, ends: dict[int, int]) -> int:
    while True:
        lead = _LEAD.search(text, max(0, at - 6), at)
        if lead is None and at not in ends:
            return at
        at = lead.start() if lead else ends[at]


_MENDED: Final = re.compile(
    f"[啊呀哦]?(?:哎呀|哎哟|不对|不不+|[啊哦]不是{_COUNT}|[哦噢]|错了|[看打写数说讲报]错了?|更正一?下?|等一?[等下]|[啊呸]+(?=不|是))+啊?"
    f"(?:(?:(?!候|老执|隔|去年|听|来开|来的|的)[\u4e00-\u9fff0-9]){{0,14}}?(?P<is>(?:应该|应|就|才|又)?是)|(?P<name>新增执委|执委))?(?<!的是){_COUNT}(?![到或还])(?:你?以{_COUNT}为准|(?:就|又)?是{_COUNT})*"
)
"""不对那个纸拿倒了是6名, 说错了十四个: what took the place of a value."""


def _mended(text: str, end: int) -> tuple[list[int], int]:
    """Pauses in what mends a value, and where the value ends that is left."""
    places: list[int] = []
    while found := _MENDED.match(text, end):
        places.append(found.start())
        if found["is"] and found.start("is") > found.start() + 1:
            places.append(found.start("is"))
        elif found["name"]:
            places.append(found.start("name"))
        end = found.end()
    return places, end
