"""The prose of written reports: clauses that tell how the work was gone about, and leave every figure as it is.

A clause wholly made of words of such prose (精心部署, 明确职责分工, 在村两委的大力支持下), of what the place has (下辖6个村民小组,
居民3200人) or of how it went (程序规范, 群众反映良好) is blanked out before the sentence is read. With one word more (精心部署选举,
拟定措施, 上级安排, 结构不合理) it stays, and is judged as it was.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Question
from bot.core.report.aside import opening
from bot.core.report.plain import blank
from bot.core.report.plain.made_of import wholly
from bot.core.report.words.official_words import NOUNS, SUPPORT, WORK

_FOUNDED: Final = re.compile(
    "(?:成立|组建|制定|召开)(?!了?(?:由[^,]{2,12}任组长的|选举|换届|工作|专项|相关|实施)*(?:专班|领导小组|工作组|工作班子|[一-鿿]{2}会|[一-鿿]{2}会议|措施|制度|方案|流程图|工作流程图)(?:[\x01、,]|$))"
)
"""成立村妇联, 召开大会: what was founded or called is no preparation."""
_HELP: Final = re.compile(
    "领导|支持|关[心怀注]|指导|[帮协]助|配合|参[与加]|重视|努力|推动|鼓励|信任|监督|见证|踊跃|响应|亲自"
)
_AWAITED: Final = re.compile(
    "在(?:全体|全村|全乡|全镇|广大|妇女|姐妹|群众|大家|村民|的|热切|殷切)*期[盼待][中下]"
)
_UNDER_WAY: Final = re.compile("推进|抓紧|抢抓|[谋筹]划|倒排|推荐|酝酿|协商|资格审查")
_ORDERED: Final = re.compile("组织(?:统一)?(?:安排|部署)")
_CAME_OF_IT: Final = re.compile("完成|结束|收官|产生|选出|当选")
"""统筹推进，新增执委12名: that it was done is not said."""

# ---- what the place has, and how it went -------------------------------------------------------------------

_N: Final = r"(?:[0-9]{1,6}(?:\.[0-9]+)?|[一二两三四五六七八九十百]{1,4})(?:余|多)?"
_TIMES: Final = re.compile(rf"{_N}(?:户次|人次|场次|户|次|场|份|张|条|幅|期|趟|遍|起|件)(?!主|口)")
_NOUN: Final = "(?:常住人口|户籍人口|总人口|人口|居民|村民|农户|总?户数|(?:成年|适龄|育龄)?妇女(?:人口|群众)?|女性|(?:妇女|村民)代表|网格|(?:村民|居民)?小?组|自然村|片区|楼栋|居民楼|小区|耕地|(?:辖区|总)?面积)"
_HAS: Final = "[现共总一计下所管辖区划设分内里常住有为约达和及、]*"
_MEASURE: Final = (
    "(?:户|口?人|名|个|栋|幢|平方公里|公里|亩)(?!(?:新|执|代表|委|主席|候|骨干|党|网格员|小组长))"
)
_PLACE: Final = re.compile(
    rf"(?:{_HAS}(?:{_NOUN}{_HAS}{_N}{_MEASURE}|{_N}{_MEASURE}{_NOUN}|{_N}户|{_N}平方公里)(?:\s*[0-9]{{3,6}}(?:余|多)?人)?)+"
)
_VILLAGES: Final = re.compile(f"{_HAS}{_N}个(?:行政|建制)?村(?:[、和]?{_N}个(?:社区|居委会))?")
_HER_OWN: Final = re.compile(
    "(?:[乡镇](?:里|级|本级|妇联)*|本级)(?:新[增选])?的?执委|(?:[乡镇](?:里|级|本级|妇联)+|本级)[^,。;]{0,4}新[增选]"
    "|,(?:[乡镇]妇联)?区域化(?:建设)?(?:工作)?(?:已经?|全面|顺利|圆满)*完成了?[。!\\s]*$|[乡镇](?:里|级|本级|妇联)+区域化(?:建设)?[^,。;]{0,6}完成了?,(?:本次)?新增[乡镇]?执委"
)
"""我乡有18个村，乡里新增执委16名: how many villages there are, and what is the township's own."""
_HEADS: Final = re.compile(
    "(?:[0-9]{3,6}|[一二两三四五六七八九]千[一二三四五六七八九百]*)(?:余|多)?口?人"
)
"""1200人 behind 6个村民小组: more than a figure can be."""

_WENT: Final = re.compile(
    "(?:(?:(?:整个|本次|全体|人员|年龄|知识|班子|队伍|选举|会场|现场|会议|大会|组织|政治|综合|群众|社会|妇女|工作|群众的)*"
    "(?:结构|程序|秩序|气氛|氛围|反映|反响|评价|素质|能力|作风|威信|口碑|基础|投票率|参与率|参与度|积极性|代表性|覆盖面|过程|流程|队伍|班子|群众|环节))"
    "(?:也|都|均|较|较为|更加|更|进一步|明显|十分|比较|很|非常|普遍|全程|基本面|得到|得以|符合)*"
    "(?:合理|优化|规范|合法|有效|严谨|严密|良好|较好|满意|过硬|扎实|强|高|广|广泛|热烈|井然|有序|顺利|圆满|公开|公平|公正|透明|改善|提升|平稳|浓厚|认可|优良|优秀|突出|好|规定)+)+"
    "|(?:圆满|顺利|已|并|依法|全部|如期)*(?:完成|走完)了?(?:各项|大会|会议|全部|既定|预定|选举|换届|法定|规定)*(?:议程|程序|流程)"
    "|[一-鿿、]{0,24}(?:资料|档案|台账)(?:也|都|均|已|已经|全部)*(?:归档|存档|齐全|完整|规范|整理完毕)"
)
"""结构合理, 群众反映良好, 圆满完成各项议程."""

_PUSHED: Final = re.compile(
    "(?:积极|扎实|稳步|有序|全力|大力|全面|迅速|加快|稳妥|抓紧|狠抓|深入)+(?:推进|推动|抓好|做好|开展)?\x00(?:工作|改革|建设)*"
)
_DONE_SINCE: Final = re.compile(
    "(?:已(?:经)?(?:于[^,。;!\n]{1,8})?|顺利|圆满|全面|全部|如期)+完成(?!了?一半|过半)"
)
"""稳步推进会改联，截至目前已完成."""
_MEETINGS: Final = re.compile(
    "(?:先后|共|累计|已|陆续|分别|组织)*召开了?(?:动员|推进|部署|座谈|协调|专题|业务|村民|妇女|代表|全体|选举|各类|、)*(?:大会|会议|会)\x01"
)
"""召开大会1次, 召开动员会2场."""
_AFTERWARDS: Final = re.compile(
    "(?:[本这]周|目前|近期|[我本](?:村|社区)|我们|妇联|将|会|要|仍|还)*(?:继续|持续|接着|一直在?)(?:做好|抓好|做|抓|推进|跟进|开展|完善|巩固|落实)\x00(?:的|各项|相关|有关)*(?:后续|收尾|后半篇|巩固提升|巩固)(?:的|各项|相关|有关)*(?:工作|管理|服务|文章)*"
)
"""继续做好会改联后续工作: what is done when it is done."""
_NOTHING_NEW: Final = re.compile("一致|相同|一样|变化|不变|零报告|新增")
_READYING: Final = frozenset(("筹备", "准备", "前期", "前一阶段", "前阶段", "前一段"))
_WAY: Final = "(?:民主|群众|会议|大会|投票|无记名|公开|差额|等额)*"
_VOTED: Final = re.compile(
    f"经过?(?P<work>[^、]{{2,12}})[、和及](?:{_WAY}(?:推荐|协商|酝酿|提名|考察)[、和及])*{_WAY}(?:选举|推选|表决)"
)
"""经过认真筹备、民主选举: what it has gone through."""
_BESIDE: Final = re.compile(
    "(?:高度|十分|非常|历来|都|也)*重视\x00(?:工作|改革|建设|选举)*"
    "|在?(?:扎实|积极|全面|稳步|有序)*(?:推进|开展|落实|实施)\x00(?:工作|改革|建设)*的?过程中"
    "|严格(?:按照?|遵照)\x00(?:工作|选举|换届)*(?:流程|程序|步骤|规程)"
    "|(?:积极|扎实|认真|全面|有序|依法|稳妥|精心)+(?:组织)?开展\x00(?:各项)?(?:工作|改革|建设|选举)*"
    "|(?:(?:高标准|高质量|高效率|高位|强力)、?)+(?:推进|推动|开展|实施|组织|组织开展)\x00(?:的)?(?:各项|有关|相关)?(?:工作|改革|建设|选举)*"
    "|(?:专门|已|已经|及时|第一时间|先)*成立了?(?:由[^,]{2,14}任组长的)?\x00(?:工作|选举|换届)*(?:领导小组|专班|工作组|工作小组|筹备组)"
    "|\x00(?:工作|选举|换届)*(?:领导小组|专班|工作组|工作小组|筹备组)(?:也|已|已经|专门|及时)*成立"
)
"""高度重视会改联工作, 会改联领导小组已成立: a figure is named, and nothing is said of it."""
_GUIDED: Final = re.compile(
    "指导|督导|督促|督查|帮助|协助|调度|走访|有序开展|(?:扎实|稳步|有序)推进"
)
_BELOW: Final = WORK | frozenset(
    [
        "各村",
        "各村妇联",
        "下辖村",
        "所辖各村",
        "各村居",
        "村级",
        "选举",
        "换届",
        "加快",
        "进度",
        "主席",
        "例会",
        "\x00",
    ]
)

_CLAUSE: Final = re.compile(r"[^,;:。!?\n()\[\]~…]+")
_FIGURE: Final = re.compile("新[增选当]|选[出举]|当选|产生|零报告|完成")
_NEXT: Final = re.compile(
    "(?:下一?步(?:工作)?|接下来|下一?阶段|今后)(?:我们|我?[乡镇](?:妇联)?|本[乡镇])?(?:将|会|要|拟)?(?:继续|再)?(?=.*(?:各村|村级|下辖村))"
)
"""下一步将继续做好各村会改联工作, by an office: nothing is said of any of them."""
_ASSEMBLY: Final = re.compile(
    "(?<=召开)\x00+(?=(?:工作|选举|换届|成立)*(?:大会|会议))"
    "|\x00+(?=(?:工作|选举|换届|成立)*(?:大会|会议)(?:也|都|已经?|就|在?今[天早]|在?昨[天晚]|[上下]午|顺利|圆满)*(?:召?开|举行|结束)(?:完|好|过)?了)"
)
"""召开会改联大会，选举产生执委12名: the assembly is named by it."""
_GOING_ON: Final = re.compile(
    "(?:其他|其余|所辖|下辖)?(?:各村|村级)(?:的)?\x00?(?:工作|改革|建设)*(?:也|都|均)*正?在?(?:有序|稳步|扎实|全面|积极|抓紧|加紧)*(?:推进|开展|进行)(?:中|当中|之中)?"
)
_LATER: Final = re.compile(
    "(?:下一?步|下一?阶段|今后|后续|接下来)(?:工作)?(?:我们|我[村乡镇]|将|会|要|拟|还|继续|进一步|重点|抓好|加强|做好|组织|开展|强化|注重|发挥|新任|新|的|对|、)+\x00(?:的|队伍|班子|能力|业务|教育|工作|作用|日常|、|和|与)*(?:培训|学习|履职|作用|队伍建设|日常管理|建档)(?:工作)?"
)
"""下一步将加强执委培训: what comes after."""
_GROUPS: Final = re.compile("(?<!小)组")
_EVERY: Final = frozenset("每各")
_NAMES: Final = re.compile("\x00+")
_NTH: Final = re.compile("[一二三四五六七]是")
_WRITTEN: Final = 12
"""Characters that a written report has at least."""
_LEAST: Final = 3
"""Characters that a clause about the work has at least."""


def without(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The text with such clauses blanked out by spaces, as long as before; `called` finds the names of figures."""
    if len(text) < _WRITTEN:
        return text
    text = opening.without(text, lexicon)
    named = called.sub(lambda found: "\x00" * len(found[0]), text)
    last = max([named.rfind("\x00"), *(found.end() for found in _FIGURE.finditer(text))])
    office, counted = lexicon.own.level is not Level.VILLAGE, False
    text = _assembled(text, named)
    for found in _CLAUSE.finditer(text):
        said = found[0].strip()
        if (above := _ABOVE.match(said)) and _HANDED_IN.fullmatch(
            said, above.end() + opening.hers(said[above.end() :], lexicon)
        ):
            text = blank.span(text, *found.span())
            continue
        nth = _NTH.match(said)
        hers = nth.end() if nth else opening.hers(said, lexicon)
        said = _NAMES.sub("\x00", named[slice(*found.span())].strip()[hers:])
        front = found.end() < last
        heads = text[found.end() : found.end() + 1] in (":", "?")
        place = _of_the_place(said, text) or (counted and _HEADS.fullmatch(said))
        if office and _VILLAGES.fullmatch(said):
            place = _HER_OWN.search(text, found.end()) or _of_some(text[found.end() :], lexicon)
        counted = bool(place) and front
        guided = office and front and _GUIDED.search(said) and wholly(said, _BELOW)
        if _PUSHED.fullmatch(said) and _DONE_SINCE.search(text, found.end()):
            text = blank.span(text, *found.span())
            continue
        if _AFTERWARDS.fullmatch(said) and _NOTHING_NEW.search(text, found.end()):
            text = blank.span(text, *found.span())
            continue
        if not front and _after(said, text[: found.start()], office=office):
            text = blank.span(text, *found.span())
            continue
        if _UNDER_WAY.search(said) and not _CAME_OF_IT.search(text, found.end()):
            continue
        field = named[: found.start()].endswith("\x00:")
        if not heads and not field and (counted or guided or prose(said, front=front)):
            indent = len(found[0]) - len(found[0].lstrip())
            told = nth and _TIMES.search(said)  # 一是走访妇女6户；二是…: the marks count on
            start = found.start() + (
                0 if (office or nth) and not told else indent + hers
            )  # 我村 may end an order
            end = found.end() + (office and text[found.end() : found.end() + 1] == ",")
            text = blank.span(text, start, end)
    return text


def _of_the_place(said: str, text: str) -> re.Match[str] | None:
    """我村6个组; not where each of them is told of, since how many there are is reckoned with."""
    reckoned = _GROUPS.search(said) and not _EVERY.isdisjoint(text)
    return None if reckoned else _PLACE.fullmatch(said)


def _assembled(text: str, named: str) -> str:
    for found in _ASSEMBLY.finditer(named):
        held = not text.endswith("召开", 0, found.start())
        if held or _CAME_OF_IT.search(text, found.end()):
            text = blank.span(text, *found.span())
    return text


def _after(said: str, before: str, *, office: bool) -> bool:
    """Whether a clause behind the figures only says what comes next, or how the villages get on."""
    ahead = _NEXT.match(said) if office else None
    if ahead and wholly(said[ahead.end() :], _BELOW):
        return True
    going = _GOING_ON.fullmatch(said) if office else None
    return bool(going or _LATER.fullmatch(said)) and _FIGURE.search(before) is not None


@lru_cache(maxsize=4096)
def prose(said: str, *, front: bool) -> bool:
    """Whether a clause is such prose; `front`: a figure follows it."""
    if (
        _WENT.fullmatch(said)
        or _AWAITED.fullmatch(said)
        or (_HELP.search(said) and wholly(said, SUPPORT))
    ):
        return True
    if not front or len(said) < _LEAST:
        return False
    counted = _TIMES.sub("\x01", said)
    if _MEETINGS.fullmatch(counted):
        return True
    voted = _VOTED.fullmatch(said)
    if _BESIDE.fullmatch(said) or (voted and wholly(voted["work"], WORK | _READYING)):
        return True
    if _FOUNDED.search(said) or _ORDERED.match(said):
        return False
    return wholly(counted, WORK) and not wholly(counted, NOUNS)


_SOME: Final = re.compile(
    f"[,:](?:其中|目前|现|现在)*(?P<done>已?完成[^,。;:0-9]{{0,8}}?(?:的?村?有)?{_N}个村?[:,])?"
)


def _of_some(behind: str, lexicon: Lexicon) -> re.Match[str] | None:
    """我乡共18个村，念山村、富美村已完成…: some of them are named in what follows."""
    some = _SOME.match(behind)
    names = lexicon.names.find(behind)
    named = bool(some) and sum(any(p.depth > 0 for p in m.places) for m in names) > 1
    if not named or some is None:
        return None
    return some if some["done"] is not None or names[0].start == some.end() else None


_ABOVE: Final = re.compile("以上(?:数据|情况|内容|信息|数字)?(?:即|就|均)?[为系是由]")
_HANDED_IN: Final = re.compile(
    "(?:妇联)?(?:的)?(?:[本这]周|[本这此]次|本期|今天|今日)?的?(?:(?:上报|填报|报送|汇报|统计|新增)(?:的)?(?:数据|情况|内容|信息|数字|结果)|全部(?:数据|情况|内容)|(?:提供|上报|填报|报送))"
)
"""以上为富美村妇联本周上报数据: whose it is, if she names herself."""


# ---- no report at all ----------------------------------------------------------------------------------------

_STOCK: Final = re.compile(
    rf"(?:^|[,:。;!\n])[^,:。;!\n]{{0,10}}?有{_PLACE.pattern},(?:[^。!\n]{{0,30}},)?(?:妇联|现有|共有|有|共)*执委[共有]*{_N}[名个人位](?=\s*(?:[,;。!\n]|$))"
)
_ON_PAPER: Final = re.compile(
    rf"(?:花名册|名册|名单|公示栏?|登记表|统计表|表格?|系统|台账)(?:上|里|中)[面头边]?(?:的|有|是|写着?|登记)*执委(?:[那这]?一?[栏格项])?[里上]?(?:写|填|登记|记)?[的了着]?(?:一?共|有|是|为|:)*{_N}[名个人位]?(?=\s*(?:[,;。!\n]|$))"
    rf"|{_N}[名个位]执委的?(?:名单|材料|表格?|资料|照片)(?:我|再|就|也)*(?:明天|后天|下周|晚点|回头|过[两几]天|改天|随后)[^,。;!\n]{{0,4}}[交送报发补]"
)
"""名册上执委12人, 12个执委的名单明天交: those that are on paper; how many of them are new?"""
_DEEDS_OF: Final = re.compile("新|选|增|产生|完成|换届|改")


def doubts(told: str, claims: Sequence[Claim]) -> list[Question]:
    """共有居民3200人，执委12名: what the place has; how many of them are new?"""
    counted = _STOCK.search(told) or ("执委" in told and _ON_PAPER.search(told))
    if not counted or _DEEDS_OF.search(told):
        return []
    if sum(counted.start() <= c.span[0] < counted.end() for c in claims) > 1:
        return []  # 走访有7户，执委12名: both are figures
    return [Question(Ask.UNREAD, c.span, c.indicators) for c in claims if isinstance(c.value, int)]
