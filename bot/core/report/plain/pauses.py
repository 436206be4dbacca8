"""Speech in one breath: a sentence that would be asked about is read once more with the pauses she would have made.

山里路远大家都来了票也投了新增执委8名: the story comes first, and the figure last. Where the figure's name begins (with 一共, 最后, 我们村
in front of it) there is a pause, and behind its value where a new sentence surely begins (其中, 谢谢, 不对). The second reading is
taken only if nothing is left to ask. What reaches over a pause (hearsay, orders, plans, another village, another year, a
draft) keeps the first reading, and so does a word that the figure is the object of.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterator, Sequence
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
    for where in _tellings(text, lexicon, names):
        said = "".join(text[n] if n >= 0 else "," for n in where)
        if said in tried:
            continue
        tried.add(said)
        found = read(said)
        if found.clear:
            return _moved(found, where)
    return once


def _tellings(text: str, lexicon: Lexicon, names: re.Pattern[str]) -> Iterator[list[int]]:
    """The sentence told otherwise: of each character where it was in the text; -1 is a comma."""
    for at in _pauses(text, lexicon, names):
        yield _with_commas(range(len(text)), at)
    joined = _joined(text)
    if len(joined) < len(text) and not _SEVERAL.search(text):
        yield joined
        said = "".join(text[n] for n in joined)
        for at in _pauses(said, lexicon, names):
            yield _with_commas(joined, at)


def _with_commas(where: Sequence[int], at: list[int]) -> list[int]:
    edges = [0, *at, len(where)]
    parts = [list(where[a:b]) for a, b in itertools.pairwise(edges)]
    return parts[0] + [n for part in parts[1:] for n in (-1, *part)]


_COMMA: Final = re.compile(", *")
_SHORT: Final = 5
_CHOPPED: Final = 3
"""Commas of a sentence that has one at every breath, and how short the pieces are."""


_SEVERAL: Final = re.compile("[两三四五六七八九几各0-9]个?[村镇乡]")


def _joined(text: str) -> list[int]:
    """石屯村，会改联，已经完成: the places of the characters without the commas of one who stops at every word."""
    pieces = [one.strip() for one in _SIGN.split(text) if one.strip()]
    gone: set[int] = set()
    if len(pieces) > _CHOPPED and sum(map(len, pieces)) <= _SHORT * len(pieces):
        gone = {n for m in _COMMA.finditer(text) for n in range(*m.span())}
    return [n for n in range(len(text)) if n not in gone]


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
    f"(?:的?(?:总数|人数))?(?:是|为|有|共|一共|总共|就|也|不是|:| )*{_COUNT}(?![多来几])"
    "|(?:的?(?:事情?|工作))?(?:已经?|都|也|全部?|算|就|是|总算|终于|顺利|正式)*(?:完成|[办搞弄做][好完成妥]|完了)"
)
_TURNED: Final = re.compile(
    f"(?:新增了?{_N}[名个位](?=新?执委)|执委新增(?:了|人数)*{_COUNT}|新增的执委(?:也|就)*[是有]{_COUNT})(?![多来几])(?:新?执委)?"
)
"""新增了十一位执委, 执委新增13个: the number within the name."""
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
    if not found or any(at and _reaches(text[:at], lexicon) for at, _ in found):
        return
    mended = [_mended(text, end) for _, end in found]
    starts, ends = [at for at, _ in found], [end for _, end in mended]
    rests = [text[end : min((h for h in starts if h >= end), default=len(text))] for end in ends]
    if any(_taken_back(rest, lexicon) for rest in rests):
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


# ---- what keeps the first reading ------------------------------------------------------------------------------

_WAIVED: Final = re.compile(
    "[说讲](?:话(?!算)|了话)|讲了好久|[说念]给你们?听|我?先?说一?[下声]|我先说[啊哦]|跟你说[^,]?|你(?:说|看)[^,]{1,3}[不没][^,]{1,3}(?=最后|还好|好在)|你?等(?:等|一[下会]儿?)[啊哦]?|等到(?:晚上|下午|天黑|中午|半夜)|等唱票|想起来?|看不见|不知道那天|就这样[说报]吧?|听了大家的意见|老人家|军人家属|看见选得|[刚前]面?说错了啊?|说错了啊"
    "|(?:[我本]们?村?|[一-鿿]{2}村)妇联(?=向|组织)|[乡镇]里?的?(?:干部|领导|书记)(?:也|都)?来(?:了|坐|看)|在上面站|符合规定|会场布置|选完之?后|退[休伍]|后来(?=打|走|大家|回)|没有(?:刮风|下雨|一个反对)|还(?:是来|有点[痛酸累])|[看写]错[了的]?|听不清自己|本子上盖|写黑板的人"
    "|按照?[^,]{0,8}(?:要求|精神|文件)(?:都|来|的)*(?=[开选做办走])|马上就?(?=[开去来选办][了好])|[看写打]错[行字]|[讲说](?:[通完]|(?:太|得)[慢快好不]|不[来好清])|先推荐(?=再|后|然后)|我?用[讲说]的"
    "|[跟给向和对]你们?(?:[讲说]|汇报|报告)?(?:一?[下声])?|你别?[笑怪急催]|你们?好|没想到|想不到|想通|好听|听话|等了|名额"
)
_CLOSED: Final = re.compile(".*[了的好定掉完],?(?:后来)?我们?(?:就|只好|赶紧|又|才|也)")
"""书记讲不能再拖了我就在广播里喊: what she did upon it."""
_REACHING: Final = re.compile(
    "听|据说|[说讲]|告诉|交代|嘱|要求|布置|分配|规定|想|打算|计划|商量|准备|争取|保证|希望|盼|等|如果|要是|只要|万一|快要?[弄搞办开]|预计|看[到见]|愿意|选不|没有?选出|没有?(?:吵)?出?结果|不服|闹到|又推|问过去|可能|大概|应该|估|好像|也许|差不多|不晓得|不知道|没[数对算核点](?!落)|先[报帮写记占放]|你|试|删|忘|不同意|不算|连任|老面孔|还没|还未|尚未"
    "|人(?:选|我们?|都|也)*[看找谈想定说][好妥]"
)
_ELSEWHERE: Final = re.compile(
    "隔壁|邻村|(?<!老)人家|别的?[村人]|外村|娘家|那边|去年|前年|那年|上个?(?:礼拜|星期|周)(?!改)|年前|年的?时候|那[回时年]|[0-9]年|以前|当[年初]|老主席|上一?届|换届|明[天年]|后天|下个?(?:周|礼拜|月|星期)|花名册|红纸|方案|短信|系统|范文|候选|推荐|提名|报名|意向|通知发|选票印|指标|任务|目标|群里|记得|表扬|除了|(?:我们?|这|咱们?)的?(?:这?个?)小组|小组$|网格|片区|老执委|我们?[和跟与]|(?<![改成])妇联"
)
_TAIL: Final = re.compile(
    "(?<!开)(?<!开的)(?<!开得成)会$|(?<![得也很不果睡])(?<!天气)好$|[要想让叫说讲听按给把被和跟同与是为有没未不再还又就才也都将能可肯愿请求盼派定报写填登算估猜编抄念读看问对向从]$|(?<![开选来投办坐])(?<!没有一个..)(?<!都是..)(?<!都是..)的$"
    "|(?<![也都])(?:定|报|说|讲|议|念|看(?!过)|听|写|填|登|算|估|猜|编|抄|加|减|少|多|漏|提|通过|批|同意|答应|布置|要|给|派|分|换|改)(?:好|过|完|出来?|上去?|下来?|到|了)+$|没有?.{0,2}出$"
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


_TAKEN_BACK: Final = re.compile(
    "忘|差不多|样子|^(?:是(?!我们?(?:村|社区)?的)|为|的|得|以|点|分|来|人(?!家|都)|代表|委|主席|副)|还是|就是[0-9一二三四五六七八九十]|来着|那个|漏|少了|多了|[没未][批定投公签同开成看去来齐过有]|还[没未要得差在]|去年|前年|明年|不晓得|不知道|不清|搞不|[对行够是][不没]|吗|左右|可能|好像|估|大概|也许|等(?!了)|再(?:去|核|对|数|选|查|问|说|报|补|加|谈|想)|退|走了?[一两二三0-9]"
    "|不(?:[干肯愿算准对服要想让]|一定|止|作数)|候补|老的|旧的|上一?届|连任|包括|含|又[选加增补来]|还有|加上|一共|总共|隔壁|人家|那边|村的|在[\u4e00-\u9fff]{2}村|帮|全镇|改|删|撤|错|重|假|编|要是|如果|听|[说讲](?!话)|打算|计划|准备|争取|希望|目标|任务|指标|他们|上次|下次|下个?[周月礼星]|明天|后天|开会|投票|选举|记得|猜|梦|玩笑|随口|乱|照|要我|叫我|要镇|就[等差]|实际|真正|只有|哪有|哪里|本子|黑板|写|一半|大半|好看|点头|告|后来"
)


def _taken_back(said: str, lexicon: Lexicon) -> bool:
    """Whether what follows a value may take it back."""
    if _TAKEN_BACK.search(_WAIVED.sub("", said)):
        return True
    return any(_of_others(t) for t in report_tokens.tokens(said, lexicon))
