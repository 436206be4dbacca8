"""How far a plan, words of others, a guess or a doubt reaches: over the commas, to the end of what is said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.clauses import kept as report_kept
from bot.core.report.clauses import worth
from bot.core.report.clauses.said import SILENT
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_LEADS: Final = {
    Kind.PLAN: Ask.NOT_DONE,
    Kind.REPORTED: Ask.REPORTED,
    Kind.QUOTED: Ask.REPORTED,
    Kind.HEDGE: Ask.APPROXIMATE,
    Kind.UNSURE: Ask.APPROXIMATE,
}
_NO_LEAD: Final = re.compile(
    "名额|差|缺|正|快|问|转|些|吧|应该.*|应当.*|[还]?在[弄搞办]|可以?|需要?|格式|通知"
)
"""Words of these kinds that say nothing of what comes behind the comma."""
_LEADING: Final = re.compile(
    "(?<!完成)任务(?=是|:|会|新|执|选)|预[测期]|我(?:觉得|想(?![报说跟向问汇着])|猜)|说不定|没准|传闻|反映|告诉[我俺咱]|(?:文书|会计|书记|干部)报(?!告)|(?:文书|会计|书记|主任|主席|干部|人|老公|邻居|婆婆|媳妇|儿子|女儿|大伙|朋友|同事|[组队]长|委员)们?(?:讲|说(?!我?[写打报填]错了)|反映|透露|告诉|告知)|(?:领导|会议|会上|上级|书记|主席|[县乡镇]里)[^,。;]{0,4}强调(?=[,:])"
    r"|一旦|凭着?(?:印象|感觉|记忆)|回[忆想]|(?<![^\s,:;。!?])(?:记得|是否(?!完成)|是不是|快(?=会|完|搞|改)|应(?=会|完|我|新)|应[该当](?!是?\s*[0-9零一二两三四五六七八九十]))|(?<![您你就再])(?<!主席)(?<!主席刚)(?<!主席刚才)[跟给同和与对][我俺咱]们?(?:讲|说|反映|透露)|或许|村里(?:人|人都)?(?:[讲传](?!一)|告[诉知])|请问|能不能|要不要|可不可以|好?像是|想着|尽快"
)
_LEAD_SIGNS: Final = frozenset("凭忆透告务预觉想猜说准传映诉报讲旦记否不快应许问像尽强")
"""Characters of which any such phrase holds one."""
_COUNTING: Final = re.compile(
    "统计|清点|核[实对]|[\u4e00-\u9fff]{2,4}(?:村|社区)(?:妇联|主席)?(?:上报|报送|报来|汇报|反馈|统计)"
)
"""据统计, 据松源村上报: whose figure it is, or how it came about."""
_TURN: Final = re.compile(
    "但|不过|可是|然而|提前[^,]{0,3}完成了|现在|目前|如今|已|实际|其实|结果|当[天日晚场]|会上|现场|随[即后](?=[^,。;]*[了已])|截[至止]|最[后终]"
)
_ENDS: Final = re.compile("[。!?\n]")
_COUNTED: Final = (Kind.NUMBER, Kind.PERCENT, Kind.RATIO, Kind.PRESENT, Kind.EXPECTED)
_OF_OURS: Final = (Kind.INDICATOR, Kind.DONE)

_DOUBT: Final = (
    "(?:即可|(?:个人)?(?:觉得|认为|感觉)(?:是|吧)?|不(?:太|大|很)?(?:可信|靠谱|作数|算数)|作不得数|当不得真|打(?:个|上|了)?大?问号|(?:还|尚|仍)?(?:再|要|需|待)[要需再经]*(?:核|确认|查证)[实对]?(?:一下)?"
    "|有待[^,。]{0,3}|仅供参考|供参考|不敢(?:保证|肯定|说)[^,。]{0,3}|[没未](?:有|经|再)?核[实对过]*|先这[么样]写|还?没(?:有)?最[后终][^,。]{0,2}"
    "|(?:[我]?听)?(?:他|她|人|他们|她们|别人|人家|有人|村里人?|群里|听|听人|听人家)(?:家|们)?[说讲传报](?:的)?|存疑|疑似|口说无凭|真的假的|[是对行]不|对不?对|是不是|(?:这样|这么|如此)?(?:报|写|填|发|说|记)?的?(?:行|可以|对|中|成|好|正确)(?:不(?:行|可以|对|中|成|好)?|吗|么|吧)|不知道?+(?!找|问|去|该|在哪|怎)[^,。]{1,4}"
    "|(?:打算|计划|准备|设想|预计|想|希望|争取)(?:的|是|这样|如此|这么[做办报])*|(?:下周|明天|下个?月|后天)(?:的事|能成|的|能?行)?|(?:如果|要是|只要)顺利(?:的话)?|还?在?等[^,。]{0,4}批[复准示]?"
    "|(?:以后|之后|回头|到时|到时候|过后|改天|下次|先|等等)*再[说议](?:吧|了)?|目标|拟的?|是?计划|(?:可信|是真的)吗"
    "|(?:要|还要|还得|得|先|就)?等[^,。]{0,6}(?:核|批|选|定|审|开会|确认|讨论|研究|同意|点头|表态|拍板)[实准复查对]?(?:一下|了|后|过)?(?:再说|才算|再定|为准)?"
    "|[^,。没未]{0,5}(?:没|没有|未)(?:经|有)?(?:核|批|定|选|开会|审|确认|公布|数清|点清|找齐|凑齐|到齐|统计)[^,。]{0,4}"
    "|(?:这|那|都|也|就)*(?:是)?(?:听)?(?:上面|上头|上级|领导|书记|主任|会计|文书|乡里|镇里|县里|文件|通知|别人|人家|[他她]们?)(?:上|里)?(?:说|讲|定|规定|要求|安排|让|叫|教|给|分配|下达|布置|派)(?:我)?(?:报|写|填)?的"
    "|(?:这|那|都|也|就|算)*(?:是)?(?:明年|后年|去年|前年|往年|历年|下半年|上半年|年底|月底|明天|后天|下周|下个?月|上届|往届|[一二两三四五六七八九十几0-9]+年|全[乡镇县市省]|整个[乡镇县]|[几两三四五]个村|各村)(?:的|累计|合计|一起的?|加起来的?|总数|总共|前的?|才选|再选|选|新(?:选|增|当选)(?:[出上]来)?)*"
    "|到(?:年底|月底|明年|下个?月|下周|时候)|(?:这|那|都|也|就)*是?(?!工作任务|建设任务|[^,。]*(?:完成|达到?|符合|按|照|超|满足|合乎))[^,。]{0,4}(?:计划|目标|任务|指标|名额|要求|设想|想法)(?:数|的)?"
    "|(?:系|由|属)?(?:上级|上面|上头|县里?|乡里?|镇里?|领导|组织)(?:统一)?(?:安排|部署|指派|下达|分配)(?:指标|任务|名额)?|[妥当]否"
    "|[^,。没无不]{0,3}(?:误差|出入|偏差|浮动|水分)[^,。]{0,4}|(?:都|全|又)?(?:泡汤|作罢|吹|流产|不成|取消|撤[回销]?|作废)(?:了|吧)?|(?:先|都|请)?(?:别|不要|不用|莫)上?报"
    "|(?:就先|先|暂时|只能|暂且)(?:这样|这么着|这么的)|[你您]看着(?:办|来|报)|从[^,。]{2,8}(?:算起|开始算|起算|累计)|实际[^,。]{0,2}[上到在]岗[^,。]{1,4}"
    "|(?:刚才?|刚刚|之前|前面|昨天)[^,。]{0,4}[0-9一二三四五六七八九十]+[名个人位]?(?:那个)?(?:才|也)?是?(?:对|正确|没错|准)的?)"
)
_DISOWNED: Final = re.compile(
    "(?:别|莫|甭|勿|不要|不用|不能)(?:太|往心里|给|把它?)?(?:当(?!天|场|面|心)|信|作数|算(?!了)|记(?!我)|录|登|理(?!解)|看|采)(?!着急|不起|轻|低)"
    "|(?:瞎|乱|胡|随便|随手|误|不小心)(?:按|点(?!名)|写|填|编|说|打(?!打)|报|猜|发|碰|扯|来|蒙|凑|触)|(?:孩子|孙子|孙女|外孙|小孩|娃娃?|猫|别人)[^,。;!\n帮替代]{0,6}(?:按|点|碰|玩|发|打)(?:的|出|到|错)"
    "|以[上下](?:都|全)?是(?![我俺咱本全真准最所今昨上新实目我])[^,。;!\n]{1,5}的(?=$|[,。!])|草[案稿拟]|初稿|样稿|(?:这|那|以上)?(?:话|数字?|消息|情况)?(?:都)?是(?:乡|县|镇|村|书记|主任|会计|别人|人家|[他她]们?|听)[^,。;!\n]{0,3}?(?:说|讲|传|告诉我)的|不是(?:我们?|俺们?|本|咱们?)(?:村|社区|这边|这里|这)的|(?:后面?|以后|回头|之后)再(?:改|补正|核|调整)"
    "|(?<=[委名个人位])[里]?(?:并|都|可)?不(?:全|都)?是(?:这[次周个]|本[次周月]|今年|最近|新近?)*(?:新增|新选|新当选|新进|选|增)(?:上来|出来|加|进来)?的"
    "|(?:要|换|若|让|由)是?(?:成)?我(?:来)?(?:说了算|做主|当家|来?(?=,))|吹(?:个|点|一)?牛|说(?:句|个|点)?(?:大话|梦话|胡话|笑话)|给我个?机会|(?:逗|哄|骗)[你您]|玩笑|闹着玩|说着玩|当没(?:看|说|听|这)|(?:做|当|是)(?:个|一?次)?(?:测试|试验|演练|练习)|试(?:发|用|填|报)|[让叫逼要][我俺咱]们?(?:[多少虚瞒谎]|随便|乱)报"
)
"""别当真, 乱按的, 开个玩笑: she does not stand by it."""
_SIGNS: Final = frozenset(
    "要换若让由吹说给别莫甭勿不瞎乱胡随误孩孙娃猫逗哄骗玩当做试草稿是再以让叫逼"
)
"""Characters of which any such phrase holds one."""
_DOUBTED: Final = re.compile(
    rf"(?:[,;\s(:—-]*(?:我|这个|这|数|数字|还|也|都|就|可|得)*){_DOUBT}(?:吧|啊|呢|哦|吗|了|的)*[\s)]*(?=[,;。!?\n]|$)"
)
_ASKED: Final = re.compile(r"(?:吗|么|吧)?\?|(?:吗|对吧|是吧|是不是|对不对)(?=\s*(?:[,。!\n]|$))")
_ASKING_OF: Final = re.compile("谁|什么|啥|几时|何时|哪|怎|如何|还有|为")


def doubts(text: str, tokens: Sequence[Token], claims: Sequence[Claim]) -> list[Question]:
    """The questions about claims that would be taken for certain: 预计会改联完成，执委12名; …，执委12名吗."""
    told = [c for c in claims if c.value not in (Mark.NOT, Mark.SAME, Mark.ZERO, 0)]
    if not told:
        return _supposed(text, claims) or report_kept.doubts(text, claims)
    if not _SIGNS.isdisjoint(text) and _disowned(text, tokens, told):
        return [Question(Ask.APPROXIMATE, c.span, c.indicators) for c in told]
    found = [Question(ask, c.span, c.indicators) for c in told if (ask := _led(text, tokens, c))]
    last = max(c.span[1] for c in claims if c.value is not Mark.NOT)
    return found or _doubted(text, tokens, told, last)


def _disowned(text: str, tokens: Sequence[Token], told: Sequence[Claim]) -> bool:
    """Whether she does not stand by it; 昨天那个不算，他乱写的。新增执委7名 is of what she said before."""
    found = _DISOWNED.search(text)
    first = min(c.span[0] for c in told)
    return found is not None and not any(
        (t.kind is Kind.CORRECTION and t.start <= found.start() < first)
        or (t.text[:1] == "(" and t.start < found.start() < t.end)  # （之前误报为9名）
        for t in tokens
    )


_SUPPOSED: Final = re.compile(
    r"(?:要是|如果|假如|假使|倘若|若是?|万一|只要)[^,。;!?\n]*?(?:执委|会改联|改联|区域化|新[增选的人]|选|老的|换届|开会|旧)[^,。;!?\n]*[,\s]+(?:那?就|那|也|都|算)*$"
)
"""要是执委都是老的，没有新增: what would be so."""


def _supposed(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about a none that is said of what may be."""
    kept = [c for c in claims if c.value in (Mark.SAME, Mark.ZERO, 0)]
    return [
        Question(Ask.NOT_DONE, c.span, c.indicators)
        for c in kept
        if _SUPPOSED.search(text[: c.span[0]])
    ]


# ---- in front --------------------------------------------------------------------------------------------


_PUSHED: Final = frozenset(str.split("推进 抓紧 加紧 筹划 谋划 努力"))
"""深入推进会改联，现已完成: what was under way is done."""
_STOPS: Final = re.compile("[,;:。!?\n]")


def _led(text: str, tokens: Sequence[Token], claim: Claim) -> Ask | None:
    """Why words in front of a claim take it back."""
    for at, lead, ask in _leads(text, tokens, claim.span[0]):
        if _of_another(tokens, at, lead, claim):
            continue
        between = text[lead : claim.span[0]]
        clause = _STOPS.split(between)
        before = _STOPS.split(text[:at])[-1]
        bare = not clause[0].strip(" 是的着报") and len(before) <= 3 and len(clause) > 1
        sentence = [t for t in tokens if t.start >= lead and t.end <= claim.span[0]]
        if _ENDS.search(between) and not bare and not _goes_on(between, lead, sentence):
            continue
        if len(clause) > 1 and text[at:lead] in _PUSHED and text.startswith("已", claim.span[0]):
            continue
        if len(clause) > 1 and not bare and any(_TURN.search(one) for one in _later(clause, ask)):
            continue
        if (
            len(clause) > 1
            and ask is not Ask.REPORTED
            and _over(text, tokens, claim, (lead, clause))
        ):
            continue
        return ask
    return None


def _of_another(tokens: Sequence[Token], at: int, lead: int, claim: Claim) -> bool:
    """石门村正在推进，际下村已完成: what is planned is another unit's."""
    units = [t for t in tokens if t.kind is Kind.UNIT and t.places[0].depth > 0]
    before = [t for t in units if t.end <= at]
    behind = [t for t in units if lead <= t.start < claim.span[0]]
    stops = [t for t in tokens if t.kind is Kind.BREAK]
    if not before or not behind or before[-1].places == behind[-1].places:
        return False
    joined = not any(before[-1].end <= t.start < at for t in stops)
    return joined and any(lead <= t.start < behind[0].start for t in stops)


def _later(clause: list[str], ask: Ask) -> list[str]:
    return (
        clause[1:]
        if ask is Ask.NOT_DONE
        else [one for one in clause[1:] if "但" in one or "不过" in one]
    )


def _leads(text: str, tokens: Sequence[Token], until: int) -> list[tuple[int, int, Ask]]:
    """Where words of plans, of others and guesses begin and end before a place."""
    found = [
        (t.start, t.end, _LEADS[t.kind])
        for n, t in enumerate(tokens)
        if t.kind in _LEADS
        and t.end <= until
        and not _NO_LEAD.fullmatch(t.text)
        and not _of_time(tokens, n)
        and text[max(0, t.start - 1) : t.start] not in ("谁", "根")
        and not (t.text == "据" and _COUNTING.match(text, t.end))
        and not (
            n + 1 < len(tokens) and t.text.startswith("在") and tokens[n + 1].kind is Kind.MATTER
        )
    ]
    if _LEAD_SIGNS.isdisjoint(text):
        return found
    return found + [
        (m.start(), m.end(), Ask.APPROXIMATE)
        for m in _LEADING.finditer(text)
        if m.end() <= until
        and not any(t.kind is Kind.EXPLAINED and t.start <= m.start() < t.end for t in tokens)
    ]


def _of_time(tokens: Sequence[Token], at: int) -> bool:
    """大概三点多散的会: what is guessed is the time."""
    following = tokens[at + 1] if at + 1 < len(tokens) else None
    guess = tokens[at].text in worth.ABOUT
    return guess and following is not None and worth.is_time(following)


def _goes_on(between: str, lead: int, tokens: list[Token]) -> bool:
    """预计会改联完成。新增执委12名: what was planned is ours, and nobody else is spoken of in what follows."""
    ended = _ENDS.search(between)
    end = lead + (ended.start() if ended else 0)
    ours = any(t.kind in _OF_OURS and t.end <= end for t in tokens)
    later = [t for t in tokens if t.start >= end]
    return (
        ours
        and not any(t.kind in (Kind.OWN, Kind.UNIT) for t in later)
        and not _TURN.search(between[end - lead :])
    )


_RESULT: Final = re.compile(
    "选[出了上到得]|实|已|了|产生|当选|结果|最[后终]|落实|补选|新[增选]|只有|才"
)


def _over(text: str, tokens: Sequence[Token], claim: Claim, led: tuple[int, list[str]]) -> bool:
    """应选12名，选出12名: the plan has a number of its own, and what came of it follows; 预计妇女之家1个，执委9名 is one plan."""
    start, clauses = led
    end = start + len(clauses[0])
    own = any(t.kind is Kind.NUMBER and start <= t.start < end for t in tokens)
    behind = _STOPS.split(text[claim.span[1] :])[0]
    mended = any(
        t.kind in (Kind.CORRECTION, Kind.VOID) for t in tokens if end <= t.start < claim.span[0]
    )
    said = clauses[-1] + text[claim.span[0] : claim.span[1]] + behind
    return own and isinstance(claim.value, int) and not mended and _RESULT.search(said) is not None


# ---- behind ----------------------------------------------------------------------------------------------


_NEXT: Final = re.compile(r"[。!\n](?=.)")


_FULL: Final = re.compile("[。!\n]")


def _doubted(
    text: str, tokens: Sequence[Token], claims: Sequence[Claim], last: int
) -> list[Question]:
    """Doubts at the end of a sentence, or alone behind `last`, are about all that it says."""
    stop = _ENDS.search(text, last)
    said = [t for t in tokens if t.kind in (*_COUNTED, *_OF_OURS)]
    last = max([last, *(t.end for t in said if t.start < (stop.start() if stop else len(text)))])
    ended = _NEXT.search(text[last:])
    here = text[last : last + ended.start()] if ended else text[last:]
    behind = _FULL.split(text[last + ended.end() :])[0] if ended else ""
    another = _of_others(tokens, claims, last, here)
    if (_DOUBTED.match(here) and not another) or any(
        _DOUBTED.fullmatch("," + one) for one in (*([] if another else here.split(",")[1:]), behind)
    ):
        return [Question(Ask.APPROXIMATE, c.span, c.indicators) for c in claims]
    asked = _ASKED.search(here)
    if asked and not _ASKING_OF.search(here) and not _content(tokens, last, last + asked.start()):
        return [Question(Ask.ASKED, c.span, c.indicators) for c in claims]
    return []


def _of_others(tokens: Sequence[Token], claims: Sequence[Claim], last: int, here: str) -> bool:
    """富美村新增12名，念山村还没选, by an office: a single clause about another of her units."""
    said = [t for t in tokens if last <= t.start < last + len(here) and t.text.strip(" ,")]
    hers = {key for claim in claims for key in claim.units}
    return (
        here.startswith(",")
        and len(said) == 2
        and said[0].kind is Kind.UNIT
        and said[1].kind is Kind.NOT_DONE
        and all(p.depth > 0 and p.key not in hers for p in said[0].places)
    )


def _content(tokens: Sequence[Token], start: int, end: int) -> bool:
    quiet = (*SILENT, Kind.BREAK, Kind.ASKING, Kind.CONFIRM, Kind.HEDGE, Kind.PLAN)
    return any(t.kind not in quiet for t in tokens if start <= t.start < end)
