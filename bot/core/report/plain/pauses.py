"""Speech in one breath: a sentence that would be asked about is read once more with the pauses she would have made.

山里路远大家都来了票也投了新增执委8名: the story comes first, and the figure last. Where the figure's name begins (with 一共, 最后, 我们村
in front of it) there is a pause, and behind its value where a new sentence surely begins (其中, 谢谢, 不对). The second reading is
taken only if nothing is left to ask. What reaches over a pause (hearsay, orders, plans, another village, another year, a
draft) keeps the first reading, and so does a word that the figure is the object of.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Lexicon, Reading
from bot.core.report.tokens import tokens as report_tokens
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_ASKED: Final = frozenset({
    Ask.UNREAD, Ask.NOT_DONE, Ask.APPROXIMATE, Ask.VALUES, Ask.UNIT, Ask.REPORTED, Ask.ADDITION, Ask.VALUE, Ask.INFERRED,
    Ask.DIGITS,
})  # fmt: skip
"""Why a sentence may be asked about that a pause would make clear."""


def again(
    text: str,
    once: Reading,
    lexicon: Lexicon,
    names: re.Pattern[str],
    read: Callable[[str], Reading],
) -> Reading:
    """The first reading, or the one with pauses where that leaves nothing to ask."""
    if once.clear or not {q.ask for q in once.questions} <= _ASKED:
        return once
    tried = {text}
    for at in _pauses(text, lexicon, names):
        said = _with_commas(text, at)
        if said in tried:
            continue
        tried.add(said)
        found = read(said)
        if found.clear:
            return _moved(found, at)
    return once


def _with_commas(text: str, at: list[int]) -> str:
    edges = [0, *at, len(text)]
    return ",".join(text[a:b] for a, b in itertools.pairwise(edges))


def _moved(found: Reading, at: list[int]) -> Reading:
    """The reading with its spans where they are without the commas."""

    def back(span: tuple[int, int]) -> tuple[int, int]:
        start, end = (place - sum(p + n < place for n, p in enumerate(at)) for place in span)
        return start, end

    claims = tuple(replace(c, span=back(c.span)) for c in found.claims)
    return replace(
        found,
        claims=claims,
        follow_ups=tuple(replace(q, span=back(q.span)) for q in found.follow_ups),
    )


# ---- where she pauses ----------------------------------------------------------------------------------------

_N: Final = "(?:[0-9]+|[零一二两三四五六七八九十百廿]+)"
_COUNT: Final = f"{_N} ?[名个人位]?"
_VALUE: Final = re.compile(
    f"(?:的?(?:总数|人数))?(?:是|为|有|共|一共|总共|就|也|不是|:| )*{_COUNT}(?![多来几])"
    "|(?:的?(?:事情?|工作))?(?:已经?|都|也|全部?|算|就|是|总算|终于|顺利|正式)*(?:完成|[办搞弄做][好完成妥]|完了)"
)
_ALONE: Final = re.compile(
    "(?:(?:现在|已经?|都|是|总算)+完成了?|(?:本周|这周|这个?(?:礼拜|星期)|目前|暂时)?(?<!还)(?:没有?|无)新增的?"
    "|[跟和](?:上个?(?:周|礼拜|星期)|上次)(?:是|都)*(?:一样|一个样)的?)了?[啊哈哦呢]*$"
)
"""A value without the name of a figure, at the end."""
_LEAD: Final = re.compile(
    "(?:一共|总共|合计|共|最[后终]|所以|因此|现在|总算|终于|这[次回]|今年|本周|这周|结果|(?:我们?|俺们?|咱们?)(?:村|社区|乡|镇)?[里的]?|本[村乡镇]的?|[村乡镇]里|选[出到]了?来?)$"
)
"""What belongs to a figure in front of its name."""
_SIGN: Final = re.compile("[,;。:!?\n()~…]")
_LEAST: Final = 6
"""Characters a story has."""
_TOLD: Final = re.compile(
    f"[了得都也过没不很才就别]|[开选来]的|[开散投]会|[0-9]{{7}}|(?:有|其中|里[面头])[^,]{{0,7}}{_N}[名个位]|[应实]到|[多少大小]$"
)
"""A mark of a predicate: 我们小组, 第一批 and 目前在册 have none."""


def _pauses(text: str, lexicon: Lexicon, names: re.Pattern[str]) -> Iterator[list[int]]:
    """Places of pauses, the fewest first."""
    if not _QUOTES.isdisjoint(text):
        return
    found = _heads(text, lexicon, names)
    heads = [at for at, _ in found if _story(text[:at])]
    if any(_reaches(text[:head], lexicon) for head in heads):
        return
    behind = [place for _, end in found for place in _behind(text, end)]
    pieces = [m.start() for m in _PIECE.finditer(text, 0, heads[-1])] if heads else []
    for some in ({*heads}, {*heads, *behind}, {*heads, *behind, *pieces}):
        yield sorted(some)


_FRESH: Final = "我|咱|大家|姐妹|后来|然后|这[次个]|好在|结果|不过|所以|再|又|票|人|会|先|牌|公章|材料|照片|名单|选票|结果|手续|现在|今天|昨天|没有|[\u4e00-\u9fff]{1,4}[也都]"
_PIECE: Final = re.compile(
    f"(?<=[\u4e00-\u9fff]{{2}}(?<!为)(?<!有)[了的])(?={_FRESH})|(?<=[导席家]好)(?=我)|(?<=[\u4e00-\u9fff]{{4}})(?=(?:人|票|会|牌子|公章|材料|名单|字|路|手机|结果)[也都])|(?<=[满高开乐][意兴心])(?=没)"
    f"|(?<=[\u4e00-\u9fff]{{4}})(?<=[好多少大小高远闹兴顺意见来齐走])(?=后来|然后|这[次回]|好在|结果|不过|所以|再|又|我们?村|我们?[在就去打叫把])"
)
"""Where a story has a pause of its own."""


_QUOTES: Final = frozenset("\"'《》「」“”")


def _story(front: str) -> bool:
    """Whether what stands in front of a figure in its breath is told as a sentence."""
    said = _SIGN.split(front)[-1].strip()
    return len(said) >= _LEAST and _TOLD.search(said) is not None


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
    if all(min(p.depth for p in u.places) < 1 for u in units):
        found += [m.span() for m in _ALONE.finditer(text)]
    return sorted({(_head(text, at, ends), end) for at, end in found})


def _head(text: str, at: int, ends: dict[int, int]) -> int:
    while True:
        lead = _LEAD.search(text, max(0, at - 6), at)
        if lead is None and at not in ends:
            return at
        at = lead.start() if lead else ends[at]


_MORE: Final = re.compile("其中|里[面头]有|谢谢|感谢|辛苦|请(?:领导|您|你)")
_MENDED: Final = re.compile(
    f"(?P<word>哎呀|哎哟|不对|[哦噢]|错了|[看打写数说讲报]错|等一?下)[^,]{{0,16}}?(?P<last>(?:应该|应|就|才)?是{_COUNT}(?:对的|{_COUNT})*)(?:了|啊|哈|谢谢|$)"
)


def _behind(text: str, end: int) -> list[int]:
    """Where another sentence begins behind a value: its parts, thanks, and what took its place."""
    more = _MORE.match(text, end)
    mended = _MENDED.match(text, end)
    if mended:
        return [mended.start(), mended.start("last")]
    return [end] if more else []


# ---- what keeps the first reading ------------------------------------------------------------------------------

_WAIVED: Final = re.compile(
    "按照?[^,]{0,8}(?:要求|精神|文件)(?:都|来|的)*(?=[开选做办走])|马上就?(?=[开去来选办][了好])|[看写打]错[行字]|[讲说](?:[通完]|(?:太|得)[慢快好不]|不[来好清])|先推荐(?=再|后|然后)|我?用[讲说]的"
    "|[跟给向和对]你们?(?:[讲说]|汇报|报告)?(?:一?[下声])?|你别?[笑怪急催]|你们?好|没想到|想不到|想通|好听|听话|等了|名额"
)
_CLOSED: Final = re.compile(".*[了的好定掉完],?(?:后来)?我们?(?:就|只好|赶紧|又|才|也)")
"""书记讲不能再拖了我就在广播里喊: what she did upon it."""
_REACHING: Final = re.compile(
    "听|据说|[说讲]|告诉|交代|嘱|要求|布置|分配|规定|想|打算|计划|商量|准备|争取|保证|希望|盼|等|如果|要是|只要|万一|快要?[弄搞办开]|预计|可能|大概|应该|估|好像|也许|差不多|不晓得|不知道|没[数对算核点](?!落)|先[报帮写记占放]|你|试|删|忘|不同意|不算|连任|老面孔|还没|还未|尚未"
    "|人(?:选|我们?|都|也)*[看找谈想定说][好妥]"
)
_ELSEWHERE: Final = re.compile(
    "隔壁|邻村|(?<!老)人家|别的?[村人]|外村|娘家|那边|去年|前年|那年|年前|年的?时候|上一?届|换届|明[天年]|后天|下个?(?:周|礼拜|月|星期)|花名册|红纸|方案|短信|系统|范文|候选|推荐|提名|报名|意向|通知发|选票印|指标|任务|目标|群里|记得|表扬|除了|(?:我们?|这|咱们?)的?(?:这?个?)小组|小组$|网格|片区|老执委|我们?[和跟与]|(?<![改成])妇联"
)
_TAIL: Final = re.compile(
    "(?<!开)会$|[要想让叫说讲听按给把被和跟同与是为有没未不再还又就才也都将能可肯愿请求盼派定报写填登算估猜编抄念读看问对向从好]$|(?<![开选来投办坐])(?<!没有一个..)(?<!都是..)(?<!都是..)的$"
    "|(?<![也都])(?:定|报|说|讲|议|念|看(?!过)|听|写|填|登|算|估|猜|编|抄|加|减|少|多|漏|提|通过|批|同意|答应|布置|要|给|派|分|换|改)(?:好|过|完|出来?|上去?|下来?|到|了)+$"
)


_ABOVE: Final = {
    Level.VILLAGE: re.compile("(?<![到去给送交报跟向])(?:上面|上级|上头|[县镇乡][里上])|[他她]们"),
    Level.TOWNSHIP: re.compile("(?<![到去给送交报跟向])(?:上面|上级|上头|[县市][里上])"),
}
_NO_PLACE: Final = re.compile("[个在是的都全每们]")


def _reaches(front: str, lexicon: Lexicon) -> bool:
    """Whether something in front of a pause may speak of what follows it."""
    plain = _WAIVED.sub("", front)
    if _ELSEWHERE.search(plain) or _TAIL.search(front):
        return True
    late, above = _CLOSED.sub("", plain), _ABOVE.get(lexicon.own.level)
    if _REACHING.search(late) or (above is not None and above.search(late)):
        return True
    return any(_of_others(t) for t in report_tokens.tokens(front, lexicon))


def _of_others(token: Token) -> bool:
    """Whether a token names a unit that is neither hers nor below hers."""
    if token.kind is Kind.FOREIGN:
        return not _NO_PLACE.search(token.text)
    return token.kind is Kind.UNIT and min(p.depth for p in token.places) < 0
