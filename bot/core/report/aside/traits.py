"""What some of the new ones are, behind their clear number: 新增执委12名，7名是外出打工回来的. It is no figure of hers and is not read.

What people may be has no end (茶农, 懂电脑, 回村创业的), what could turn the number has: a clause that counts no more of them than there are and
holds none of the words of another time, another place, another count, a doubt or a decision to come is such a part, whatever it says.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Question
from bot.core.report.aside import aside, bearing, people, shares
from bot.core.report.aside.people import PEOPLE, N
from bot.core.report.plain import blank
from bot.core.report.words import danger

_FIGURE: Final = re.compile(
    rf"(?:(?:新增|新选|新当选|增选|补选|选[出了咗]|产生)[^,;:。!\n0-9没未不拟候]{{0,8}}?:?(?P<n>{N})[名个位人]+(?:新?执委)?|(?P<m>{N})[名个位]人?(?:新增|新选|新当选|新)?的?执委)(?=\s*[,;:。(\n、])"
)
_SEVERAL: Final = re.compile(rf"(?<=分别)(?:为|是|有)?(?:{N}[名个位人]?[、,和]\s*)+{N}[名个位人]")
_MAYBE: Final = re.compile(
    rf"[名个人位执委][,;:。(、\n].*?(?:{N}[名个位人岁]|每|各|占|一半|有)", re.DOTALL
)
_CLAUSE: Final = re.compile(r"[^,;:。!?\n()、…~]+[?]?")

_PART: Final = re.compile(
    rf"(?:其中|里面|里头|当中|这里面|这里头)?(?:的|又|还)?(?:有|是)?(?P<n>{N})(?:[名位]|个)人?(?P<trait>[\u4e00-\u9fff0-9]{{1,14}})"
)
_OF_KIND: Final = re.compile(
    rf"(?:其中|里面|里头|当中|这里面|她们里|她们中)?的?(?P<kind>{PEOPLE})(?:一共|总共|合计|共计|共|总计|加起来)(?:有|是)?(?P<n>{N})[名个位人]"
)
_BY_VOTES: Final = re.compile(
    rf"(?:其中|里面|里头)?(?:满票|全票|高票)(?:当选|通过)?的?(?:有|是)?(?P<n>{N})[名个位]人?"
)
_BY_AGE: Final = re.compile(
    rf"(?:[0-9一二三四五六七八九十]{{2,3}}(?:周?岁)?(?:(?:以[上下]|[-~到至][0-9一二三四五六七八九十]{{2,3}})(?:周?岁)?(?:以[上下])?|(?:之间|左右|出头))(?:周?岁)?(?:的|之间|有|是)*|{PEOPLE}(?:学历|文化|程度|毕业)?(?:的|及以[上下]|以[上下])?)(?:有|是)?(?P<n>{N})[名个位人]"
)
_BY: Final = re.compile(
    "(?:按|从)?(?:自然村|片区?|(?:村民|居民)?小?组|网格|区域|地域|年龄|年纪|岁数|学历|文化|职业|行业|身份|民族|政治面貌|类别|来源)(?:结构|情况|层次|分布|程度|段|构成|方面)?(?:来)?(?:分|看|划分|讲|说)?(?:的话|是)?"
)
_EACH: Final = re.compile(
    rf"(?:而且|并且|做到|保证|确保)?(?:每一?个?|各)(?:村民|生产|居民)?(?:小?组|自然村|片区?|网格|角落|屋场|小队|生产队|队|楼栋?|栋|姓氏?|房头|村小组|厝)(?:里|都|至少|最少|起码|均|各|也|有|不少于|不低于|占|是|了)*{N}[名个位]?人?"
)
_FROM: Final = re.compile(
    rf"其中(?:从)?[\u4e00-\u9fff]{{2,4}}(?:村|镇|乡|县)(?:嫁过来|嫁来|嫁进来|过来|来)的(?:有)?{N}[名个位人]"
)
_MANY: Final = re.compile(rf"{PEOPLE}(?:也|还|比较|很|挺|占|的)*(?:多|不少|居多|多数|占多数)")
_SO_MANY: Final = re.compile(rf"(?:一共|共|就|足足)?有(?P<n>{N})[名个位]人?")

_OF_ALL: Final = re.compile(
    "(?:她们|大家|人员)?(?:分别|主要)?来自(?:了)?(?:全村|本村|村里|不同|各个?|多个|各行各业|各类|的)*(?:行业|领域|岗位|各行各业|小?组|自然村|片区|阶层|年龄段)|"
    "(?:各行各业|各个?行业|行业|哪[行样]|什么行业|老中青|各年龄段|各个?(?:小组|自然村|片区?|网格))(?:的人?)?(?:也|都|全|基本)*有了?(?:人|代表)?|"
    "(?:而且|并且)?(?:人|她们|大家)?(?:都|也|还|个个|全)*(?:很|挺|比较|蛮|特别|相对|最)?(?:年轻|能干|勤快|热心|积极|团结|不错|有干劲)(?:了|的|人)?|(?:而且|并且)?(?:年纪|岁数|年龄|文化|学历|素质)(?:都|也|还|比较|很|挺|相对|不算|偏|普遍|较)*(?:轻|年轻|不大|大|高|不高|低|不低|好)|平均(?:年龄)?(?:是|为|在|才|只有|不到)?[0-9]{2}(?:周?岁)?(?:多|左右|出头)?"
    "|(?:她们)?(?:都|全|全都|均)?是(?:从)?各(?:小组|组|自然村|片区?|网格)(?:推选|推荐|推|选)(?:举|出|上)?来的|(?:其[余他]|剩下|余下)的?(?:都|均|全|也)?(?:是|为|在家)*(?:务农|种地|种茶|普通妇女|家庭妇女|农村妇女|普通村民|村民|农民)的?"
    "|(?:其中)?(?:有)?(?:一半|半数|大半|多半|大部分|大多数|多数|三分之[一二]|[五六七八九]成)(?:以上)?(?:都)?(?:是|在|为)*(?:[2-5][0-9]岁以下|[3-9]0后|女?党员|年轻人)的?"
    f"|(?:其中)?{PEOPLE}(?:及?以上)?(?:学历|文化|程度)?的?占比?(?:达到?|为|约|了)?[0-9]{{1,2}}(?:\\.[0-9])?%"
)

_HARMLESS: Final = re.compile(
    "竹编|草编|藤编|编织|老(?:执委|同志|的)退(?:下来?|出|了)*|没有?(?:工作|上过学|读过书|文化|结婚|成家)|会[说讲][^,]{1,4}[话语]|(?:返|回|下|老|还)乡|乡[村下亲音]|[回返本]村的?|村[里医民小官嫂]|村干部|老师|老板娘?|老党员|老人(?!马)|老年|[不未][到满足][0-9一二三四五六七八九十]+岁|不错|不识字|不怕[苦累]|少数民族|会计|(?<![到开参散流])会(?![议计上场])|定居|出纳|退[休役伍]|批发|计生|家庭|补鞋|实[在干]|镇上(?=开|做|卖|打|上班|教|买|租|住|有|带|陪)|城里|县城|做工$|任[教课]|打[工零理扮球拳鼓]|听障|证|多年|多才多艺|多面手|(?<=[0-9])多岁|上班|上学|上过?大?学|[0-9]+岁(?:以[上下])?|名牌|出名|有名|要强|当[过兵家妈]|婆婆|外[出嫁地省]|嫁(?:过?来|进|入)的?|才艺|干活|利索|又|对象|独生|年[轻级纪]|青年|壮年|(?<![0-9]{3})(?:[0-9]{1,2}|[一二三四五六七八九十两几]+)多?年(?!的?(?:$|底|前|后))|半年"
)
"""Words that only look as if they turned something."""
_TURNS: Final = re.compile(
    "[没未不无别非旧老原候补拟备待审批核定退辞换死逝世亡缺差欠少漏错实真假虚重另再还才算估猜听传报填写记录投票签推荐提免撤除删减加增新选当届任期席参到迟请走搬离国邻隔她他代替临暂借聘试凑混硬挂名名单数对同意够合格达标查被告举证公示讲说等想要将准备打算愿肯敢考虑犹豫商量谈劝动员完成男多共总计各全余剩另外镇县区市街嫁约罢黄吹均限半空先停散您你我年月]"
    "|争|人马|譬如|并[在到入]|摊|纸面|口头|流会|病倒|含|分下|异议|意见|问题|矛盾|纠|疑|诉|案|罚|判|犯|债|违|超|到[位岗齐]|上岗|在[岗任]|可能|大概|左右|也许|好像|去年|前年|明年|后年|今年|上[届次周个任月]|下[周个届次月]|以[前后]|之[前后]|乡|村|社区|做工作|执委|主席|委员|主任|[吗么呢?]|来着|样子|忘|其[他它余]|[0-9]月|[0-9]号|今天|明天|昨天|以外|里面|上面|领导|书记|安排|派|会$|我们|你"
)


def without(text: str, lexicon: Lexicon, called: re.Pattern[str]) -> str:
    """The text with such clauses blanked out by spaces, as long as before; `called` finds the names of figures."""
    text = shares.without(text, lexicon, called)
    if _MAYBE.search(text) is None:
        return text
    found = [(m.end(), _value(m["n"] or m["m"])) for m in _FIGURE.finditer(text)]
    found += [
        (m.end(), sum(_value(n[0]) for n in re.finditer(N, m[0]))) for m in _SEVERAL.finditer(text)
    ]
    if not found:
        return text
    found.sort()
    whole, ends = sum(n for _, n in found), [end for end, _ in found]
    for (end, number), until in zip(found, [*ends[1:], len(text)], strict=True):
        text = _behind(text, (end, until), (number, whole), lexicon, called)
    return text


def _behind(
    text: str,
    where: tuple[int, int],
    most: tuple[int, int],
    lexicon: Lexicon,
    called: re.Pattern[str],
) -> str:
    """The text without the parts between two places, if there are no more of them than of the whole."""
    gone: list[tuple[int, int]] = []
    counted, limit, by, many, groups = 0, most[0], False, False, False
    village = lexicon.own.level is Level.VILLAGE
    for clause in _CLAUSE.finditer(text, *where):
        said = clause[0].strip()
        if not said:
            continue
        part = _SO_MANY.fullmatch(said) if many else None
        part = part or (_sort(said, lexicon) if by else None) or _part(said, lexicon, called)
        part = part or _BY_VOTES.fullmatch(said) or people.MARRIED.fullmatch(said)
        some = part is None and _of_some(said, lexicon, called)
        kind = _OF_KIND.fullmatch(said)
        if kind is not None:
            part, limit = kind, most[1]
        if _FROM.fullmatch(said) and (village or lexicon.names.find(text[: where[0]])):
            gone.append(clause.span())
        heads, each = _BY.fullmatch(said), _EACH.fullmatch(said)
        by = by or (heads is not None and text[clause.end() : clause.end() + 1] in (":", ","))
        each = each or (people.ALL_GROUPS.fullmatch(said) if groups else None)
        groups = each is not None
        many = _MANY.fullmatch(said) is not None
        if part is not None:
            counted += _value(part["n"])
        if part is not None or some or heads or each or many or _OF_ALL.fullmatch(said):
            gone.append(clause.span())
    if counted > limit:
        return text
    for start, end in gone:
        text = blank.span(text, start, end)
    return text


def _sort(said: str, lexicon: Lexicon) -> re.Match[str] | None:
    """大坪5名, 45岁以下3名, behind 按自然村分, 按年龄分."""
    place = None if lexicon.names.find(said) else people.BY_PLACE.fullmatch(said)
    return place or _BY_AGE.fullmatch(said)


def _part(said: str, lexicon: Lexicon, called: re.Pattern[str]) -> re.Match[str] | None:
    """Whether a clause counts some of them and says what they are."""
    found = _PART.fullmatch(said)
    if found is None or called.search(said) or lexicon.names.find(said):
        return None
    return found if _fits(found["trait"], lexicon) else None


def _of_some(said: str, lexicon: Lexicon, called: re.Pattern[str]) -> bool:
    """Whether a clause says what some of them are, and how many does not."""
    found = people.SOME_ARE.fullmatch(said)
    if found is None or called.search(said) or lexicon.names.find(said):
        return False
    return people.BY_TRADE.fullmatch(found["trait"]) is not None or _fits(found["trait"], lexicon)


def _known(trait: str) -> bool:
    """党员, 都是老师的."""
    return (
        re.fullmatch(f"(?:都|全|还|也|就)?(?:是|系|为|属于)?{PEOPLE}的?[呢哦啊呀哈嘞哩啦]?", trait)
        is not None
    )


def _no_place(said: str) -> bool:
    """Whether no unit can be called so: 卫生院, 开店."""
    return people.BODY.fullmatch(said) is not None or danger.no_place(said)


def _fits(trait: str, lexicon: Lexicon) -> bool:
    """Whether what is said of them turns nothing."""
    if _known(trait):
        return True
    left = _HARMLESS.sub("", people.BODY.sub("", trait))
    if _TURNS.search(left) or bearing.BEARS.search(left) or aside.on_topic(left.strip("是有的都")):
        return False
    named = _NAMED.fullmatch(trait)
    if named is not None and not _no_place(named[1]):
        return False
    return lexicon.own.level is Level.VILLAGE or _SAID_OF.match(trait) is not None


_TRADES: Final = "(?:[茶果菜菇烟]农|农民|教师|老师|村医|医生|护士|个体户|会计|手艺人|店主)"
_NAMED: Final = re.compile("(?:是|来自|属于)([\u4e00-\u9fff]{1,3})的?")
"""5名是富美的: it may be a place."""
_NAMED_SO: Final = re.compile(
    f"(?:是|来自|属于)(?![本我俺咱女有在会做种养开教懂爱喜能曾住读学干跑卖带])(?!物业|学校|医院|银行|超市|企业|公司|单位|[一-鿿]{{1,2}}[厂店院所]|{PEOPLE}|{_TRADES})([\u4e00-\u9fff]{{2,3}})的"
)
_SAID_OF: Final = re.compile(
    "[是有在会做种养开教懂爱喜能曾住读学干跑卖带]|家[里在]|平时|返乡|回乡|[不未][到满足][0-9]|[3-9]0后"
)
"""念山村12名，山头5名 may be a place, 5名在家带孩子 is none."""


def _value(said: str) -> int:
    return numerals.value(said) or 0


# ---- more than there are ----------------------------------------------------------------------------------

_ANOTHER_NUMBER: Final = re.compile(rf"(?:另外?|还)(?:还|又)?有?{N}[名个位]人?")
_OF_OFFICES: Final = re.compile(
    rf"(?:其中)?(?:有)?{N}[名个位]人?(?:都)?(?:是|属于)(?:我们)?[镇乡县市区](?:里|上|级|直)?(?:派来|安排|下派|推荐|妇联)?的"
)
_CANDIDATES: Final = re.compile(rf"(?:正式|差额)?候选人?(?:有|是|共)?(?P<n>{N})[名个位]人?")
_TRADE: Final = re.compile(rf"(?:其中)?(?:有)?{_TRADES}(?:有|共)?(?P<n>{N})[名个位]人?")
_LABELLED: Final = re.compile(rf"(?:其中)?(?:有)?{PEOPLE}(?:有|共)?(?P<n>{N})[名个位]人?")

_UNSOUND: Final = re.compile(
    "老执委(?!退|的)|[连留]任|[凑编抄猜蒙拟撤删废冒]|复制|粘贴|模板|样板|退|要[重再改换]|[没未待](?:定|批|选|审|签|核|谈|公示|到任|上任)|候[补选]|替补|临时|暂|借|挂名|虚|假|取消|推迟|黄了|吹了|罢了|反悔|不(?:干|想|愿|肯|同意|算)|名额|预留|空缺|不[齐全符]|不在|户口|归|签|算(?!账|盘|命|在)|重数|重复|[报写打算填]错|去年|前年|明年|[上下]届|[乱误]"
)
"""What makes the number another one, said of some of them."""

_TURN: Final = re.compile("^[,。;!\\s]*(?:不对|[说搞弄报写打]错了)[啊哈哦]*[,。;!\\s]*$")
"""12名，不对，12名是富美村的: all of them are another unit's."""
_STILL: Final = re.compile("(?:每|各)[^,]{1,6}(?:还要|还需|还得|还差|还缺|再)")
_COUNTS: Final = frozenset("名个位人")
_OLD: Final = re.compile(
    "有(?:些|的|些人)?(?:是)?(?:落选|没选上|没当选)[的了](?=[,。;!、\\s]|$)|(?:里[面头]|其中|当中|她们)(?:也|都|还)*有(?:些|的|几个|人)?(?:是)?(?:(?:以前)?[当做干]过|候选|候补|备选|提名|推荐|落选|没选上)的(?=[,。;!、\\s]|$)|有(?:些|的是)?(?:老|旧|上届|连任|原来|以前)(?:的|执委|人|同志)+[、,]?(?:也|还|又)?有(?:些|的是)?新|有(?:些|的是)?新(?:的|执委|人|面孔)+[、,]?(?:也|还|又)?有(?:些|的是)?(?:老|旧|上届|连任|原来)(?!师|板|党员)|(?:上届|[老旧]执委|[老旧]的|老人马|老面孔|老人|[连留]任的?|新人|新面孔|新的)(?:也|还|就|都|要|只)?(?:有|是|占)了?(?:个|将近|差不多|快)?(?:一?小?大?多?半|[一-九]成|[三四五]分之|大?多数|半数|少数|一?些|一?部分|大部分|不少|绝大)|候[选补]人?(?:也|还|就)?占"
)
"""执委12名，老的占一半: how many of them are new?"""

_SOME_OF: Final = re.compile(
    rf"执委(?:人员|名单|队伍)?(?:(?:里[面头边]?|[当之其]?中)(?:就|也|还|只|光|共)*(?:有|是)?(?P<a>{N})(?:[名位]|个)人?(?:都|全)?(?:是|为)?(?:{PEOPLE}|[^,;。!\n0-9新]{{1,8}}的)|有(?P<b>{N})(?:[名位]|个)人?(?:是|为)?{PEOPLE}|(?P<c>{N})(?:[名位]|个)人?(?:是|为){PEOPLE})"
)
"""新增执委里3名党员, 新增执委有3名是党员: how many there are is not told."""


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions where more of some kind are told than there are, others beside them, or candidates or an office's own among them."""
    some = _SOME_OF.search(text)
    at = max(map(some.start, "abc")) if some else -1
    if any(c.span[0] == at for c in claims):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in claims if c.span[0] == at]
    told = [c for c in claims if _counted(c)]
    if shares.too_many(text):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in told]
    if _OLD.search(text) is not None or shares.doubted(text, told):
        return [Question(Ask.UNREAD, c.span, c.indicators) for c in told]
    if told and (_OLD_ONES.search(text) or _shared(text, told)):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in told]
    if _MAYBE.search(text) is None:
        return []
    found = list(_FIGURE.finditer(text))
    for n, figure in enumerate(found):
        end = found[n + 1].start() if n + 1 < len(found) else len(text)
        number = _value(figure["n"] or figure["m"])
        ask = _beyond(text, (figure.end(), end), number)
        if ask is not None:
            return [Question(ask, c.span, c.indicators) for c in claims if c.value == number]
    return []


_OLD_ONES: Final = re.compile(
    rf"(?:其中|里[面头]|当中)[^,。;!\n0-9]{{0,2}}(?:老|旧|原来?)(?:的|面孔|执委|人)+(?:有|是|占)*{N}[名个位]|{N}[名个位]人?(?:都|就)*(?:是)?(?:老面孔|老熟人|(?:原[来先]|本来|以前|之前)就是(?:执委)?)的?(?=[,。;!\s]|$)|(?:原[来先]|本来|以前)就是执委的(?:有)?{N}[名个位]"
)
"""新增执委12名，其中老的3名."""
_NEW: Final = frozenset("新增选添补加")
_OF_THE_ALL: Final = re.compile(
    rf"[,(、](?:其中|里面|有)?(?:新增?|老|旧)的?(?:执委)?(?:占|有|是|就|各)*(?:{N}|一?[大小]?半|多数|少数)|其中新增$|(?:一半|多数|大半|少数|[三四五]分之[一二三])(?:都)?是新(?:增|选|的|当)|比(?:上届|原[来先]|以前)(?:多|增加?)|新旧各半"
)


def _shared(text: str, told: Sequence[Claim]) -> bool:
    """执委24名，一半是新增: a number that nothing in front of it says is of the new ones."""
    first, last = told[0].span[0], told[-1].span[1]
    return _NEW.isdisjoint(text[:first]) and _OF_THE_ALL.search(text[last:]) is not None


def _counted(claim: Claim) -> bool:
    return isinstance(claim.value, int) and claim.value > 0


def _beyond(text: str, where: tuple[int, int], number: int) -> Ask | None:
    traded = 0
    for clause in _CLAUSE.finditer(text, *where):
        said = clause[0].strip()
        if _COUNTS.isdisjoint(said):
            continue
        if _STILL.match(said):
            return Ask.UNREAD
        if _ANOTHER_NUMBER.fullmatch(said) or _OF_OFFICES.fullmatch(said):
            return Ask.VALUES
        part = _PART.fullmatch(said)
        if (
            part is not None
            and _value(part["n"]) <= number
            and _UNSOUND.search(_HARMLESS.sub("", part["trait"]))
        ):
            return Ask.UNREAD
        named = _NAMED_SO.fullmatch(part["trait"]) if part is not None else None
        whole = part is not None and _value(part["n"]) == number
        turned = whole and _TURN.search(text[where[0] : clause.start()])
        if named and not turned and not _no_place(named[1]):
            return Ask.UNIT
        candidates = _CANDIDATES.fullmatch(said)
        if candidates is not None and _value(candidates["n"]) < number:
            return Ask.VALUES
        some = _LABELLED.fullmatch(said)
        if some is not None and _value(some["n"]) > number:
            return Ask.VALUES
        trade = _TRADE.fullmatch(said)
        traded += _value(trade["n"]) if trade is not None else 0
    return Ask.VALUES if traded > number else None
