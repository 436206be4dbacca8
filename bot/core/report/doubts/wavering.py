"""Another number behind hers that nothing decides between, and that she forgets or does not know: 12名，要不就是13; 12名，表里13名; 具体忘了.

A clause behind the number that ends in one hardly different is nearly always of the same people, unless it says of whom or of when it is (党员11名,
上周11名, 不是11名). With a word that leaves it open (要不, 抑或, 没准) it is whatever the number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question
from bot.core.report.corrections import held

_D: Final = "[0-9零一二三四五六七八九十百两俩仨]"
_N: Final = rf"(?<![0-9零一二三四五六七八九十百两第.])(?:(?P<n>[0-9]{{1,3}}|{_D}{{2,4}}|{_D}(?=\s*[名个位人])|[俩仨])\s*(?:[名位]|个人?|人)?)"
_SO: Final = "(?:的|了|来着|呢|啊|呀|吧|哦|嘛|么|咯|哈|也行|也对|好像|大概|左右)*"
_CLAUSE: Final = re.compile(r"[^,。;!?\n…~()、:]+")
_LAST: Final = re.compile(rf"{_N}(?:新?执委)?{_SO}\s*$")
_ALL: Final = re.compile(rf"{_N}(?![0-9零一二三四五六七八九十百岁月日号点届周年])")

_OF_ANOTHER_TIME: Final = "(?:[不唔勿]是|非|不止|[不勿毋唔]系|原|误|错|[之此先]前|[上前]次|上[周回月届]|[去前往]年|本来|当初|起先|一?开始|最初|以为|[上下]午|早上|昨|前天|明|刚才?|[打写按说报填看听记算输敲]成|[多少漏]|先选|再选|还要|计划|预计|打算|任务|目标|名额|定额|应[选配]|[月日号点时岁周年届期第])"
_OF_OTHERS: Final = (
    "(?:规定|要求|职数|差额|[0-9]选|党员|团员|群众|族|文化|学历|高中|初中|小学|大专|本科|本地|外地|外来|[已未]婚|成家|单身|孩子|年轻|返乡|其中|里[面头]|当中|专职|兼职|机关|单位|企业|女性|女同志|妇女|代表|主席|常委|组长|委员|候[选补]"
    "|参会|到会|到场|来了|(?:字|茶|舞|地|家|工|村|活|书|车|店|菜|果|岁|面孔)的$|实到|应到|出席|签到|报名|票|份数|[次户本件台]数|[员师生医嫂]$|=|电话|手机|微信群|小?组|户|村|社区|乡|镇|片|会议|培训|活动|志愿|儿童|老人|共|合计|总|加起来|累计|拢|剩|余|另外|另有|还有|老|旧|新面孔|平均|年龄|农|老师|教师|会计的|能人|会用|懂|的有)"
)
_SAID_OF: Final = re.compile(f"{_OF_ANOTHER_TIME}|{_OF_OTHERS}")
_NEAR: Final = 3
"""How far another number of the same people is off at most."""
_OPEN: Final = re.compile(
    "莫不是|莫非|(?<!分)(?<!特)别是|该不会|不会是|难道|要不(?!是)|要么|再不然|不然|抑或|亦或|或|没准|[弄搞]不好|备不住|兴许|保不[齐准]|不是的话|有时|一会儿?|[哦噢喔啊呃额哎]不?(?:计划|打算|目标|原定|候选|代表|下周|拟|应该)|又像|倒像"
)
_IS: Final = re.compile("(?:应该?|就|才|又|也|还)*(?:是|为)?\\s*")
_STILL: Final = re.compile(
    rf"(?:^|[,。;!?…~\s(])[嗯呃额啊哦,…\s]*还是{_N}(?:新?执委)?(?P<so>{_SO})\s*(?=$|[,。;!?…~\n)])"
)
_EITHER: Final = re.compile(
    rf"{_D}[名个位人]*(?:还是|或者?是?|要么){_D}+[名个位人]*(?:来着|呢|啊|呀|吗|的|都)|{_D}+[名个位人]*(?:也|都)有?可能|{_D}+[名个位人]*(?:的|那个)?(?:也|都)?(?:不一样|对不上|不符(?!合)|对不拢)|{_D}+[名个位人]*(?:也|都)(?:行|可以|[说讲]得通|[说讲]得过去|成)|(?:比|和|跟)(?:名单|会计|书记|文书|表|系统|群里)[^,。;!\n0-9]{{0,4}}(?:多|少|差)了?[一两几12]个|有时{_D}+[名个位人]*[,、]?有时|[,。;!\s](?:[一二三四五六七八]{{2}}|十[一二三四五六七八]{{2}}|{_D}{{1,3}}[名个位人]*)(?:[名个位人])?的样子|[,。;!\s]十?(?:一二|二三|三四|四五|五六|六七|七八|八九)[名个位人](?:吧|的|呢|啊|哈)*(?=$|[,。;!])"
)

_OF_A_NEIGHBOUR: Final = re.compile(
    rf"{_D}[名个人位]*[,。;!…\s]+(?:[哦噢啊呃哎][,\s]*)?(?:不对|不是|不|错了|[说写打报记弄搞]错了?)?[,。;!…\s]*(?:那?是)?(?:隔壁|邻|别的?|旁边|外)村的?(?:新增)?(?:执委)?(?:是|有)?{_D}+[名个人位]"
)
"""12名，不对，隔壁村13名."""

_LEFT_OUT: Final = re.compile(
    r"[名个人位][,。;\s]+(?:好像|可能)?还?有[一1两2][个名位]人?(?:我|都|给)*忘了?[^,。;!\n0-9]{0,4}[。!\s]*$"
)
"""12名，还有一个忘了."""

_KNOW_VERB: Final = "(?:记|想|搞|弄|整|数|说|讲|闹|拎|吃|摸|分|算|理|捋)"
_NO: Final = "(?:不|唔|毋|勿|没|冇|弗)"
_NOT_CLEAR: Final = (
    "(?:(?:多少|几)[个名位人]*|哪[个天些]|谁)来着|"
    f"{_KNOW_VERB}{_NO}(?:太|大|到|得|很)*(?:清爽?|清楚|明白|灵清|拎清|醒豁|清白|准|起来?|上来|得|住|牢|倒|到|定)(?:了|咗|哒|哉|的)?"
    f"|{_NO}(?:是|系)?(?:很|太|大|好|怎么)*(?:记得|有把握|确定|肯定|清楚|晓得)(?:了|咗|哒|的)?"
    f"|(?:天|鬼|谁)(?:才)?(?:晓得|知道)(?:呢|啊|准不准|对不对|到底)*"
    f"|{_NO}(?:晓得|知道?)(?:有没有|是不是|是否)?(?:数|算|报|写|记)?(?:对|啱|准|错|漏|重){_NO}?(?:对|啱|准|了|错)?"
    "|[照按凭](?:我|自己)的?(?:记|印象|记忆)[的得里]?(?:就?是)?(?:这样|这么多|这个数)|心里不(?:太|大|很)?踏实|(?:这)?谁(?:还|能|又|哪)*(?:记|说|讲|数)得(?:清|准)|这?哪(?:记|说|讲|数)得那?么?(?:清|准)|错了(?:别|不要|莫|可别)(?:怪|骂|找)我?|名单(?:还)?(?:缺|不全|丢)[^,。;!?\n]{0,3}|(?:名单|本子|字)[^,。;!?\n]{0,5}(?:糊|潦草)[^,。;!?\n]{0,5}|阿对|对伐|啱唔啱|系咪|[说讲]不好"
    "|忘(?:求|脱|光|掉|记|个球|得差不多)?(?:了|咗|哒|哉)|(?:记忆|印象)[里中]?(?:中|里)?(?:就?是)?(?:这样|这么多|这个数)?(?:的)?|似乎[^,。;!?\n]{1,6}|(?:总|老)?(?:感觉|觉得)(?:怪怪的|不对劲|不太对)|怪怪的"
    "|(?:大家|[她他]们|人家|别人|会计|书记|主任|文书|有人)(?:都|也|还)?(?:说|讲)(?:不止|没|不是)(?:有)?(?:这些|这么多|那么多|这个数)"
)
_FORGETS: Final = re.compile(
    rf"(?:^|(?<=[,。;!?…~(\s]))(?:我|俺|咱|阮|偶|侬|吾|阿拉|额|伢|们|唉|也|都|真|真的|还|又|有点|有些|具体|数字?|人数|到底|几个|多少|这个|可|就|老|反正|自己|现在|已经|搞得)*(?:{_NOT_CLEAR})(?:几[个名位]|多少|哪个|谁|到底|具体|有没有算[^,。;!?\n]{{1,6}}|[^,。;!?\n]{{0,2}}几个)?(?:的|了|呢|啊|哈|吧|哦|呀|咧|嘞|诶)*(?=\s*(?:[,。;!?~.…\n)]|$))"
)
_FORGOT_TO: Final = re.compile("(?:昨|前天|上周|之前|刚|早上|上午|那天)[^,。;!?\n]{0,6}忘")
"""昨天忘了: to send it."""
_SETTLED: Final = re.compile(
    "[看翻查问对核数](?:了|过|完|清)|起来了|(?<!没)(?:搞|弄|问|查|核|数)清|为准"
)
_SIGNS: Final = frozenset(
    "来谁哪错名本字阿伐啱系老年心记想搞弄整数说讲闹拎吃摸分算理捋不唔毋勿弗天鬼谁忘似感觉怪印"
)

_SOON: Final = re.compile(
    "[,。;!\\s](?:不过|但是?|可是?|只是|应该|也|就|马上|估计)*(?:快了|可能要改|要改|没有?确定|没定|零几个|还没最后定)(?:吧|的|啊|呢|哈|哦)*[,。!~\\s]*$"
)

_SOON_TOO: Final = re.compile(
    r"[,。;!\s](?P<who>[^,。;!\s0-9]{2,6}?)(?:那边|那里|的)?(?:也|都|就|马上|很)*快(?:了|好了|完了|选了)[^,。;!\s]{0,2}(?=[,。;!\s]|$)"
)


def doubts(told: str, text: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about numbers beside such another one, and all beside such words; `text`: what is left of `told` to be read."""
    counted = [c for c in claims if isinstance(c.value, int)]
    values = {int(str(c.value)) for c in counted}
    if any(values) and (_open(told, text, values) or _another(told, counted, values)):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in counted]
    valued = [c for c in claims if c.value is not Mark.NOT]
    if valued and not _SIGNS.isdisjoint(told) and _forgets(told):
        return [Question(Ask.APPROXIMATE, c.span, c.indicators) for c in valued]
    if valued and "快" in told and _soon(told, valued, lexicon):
        return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in valued]
    kept = [c for c in claims if c.value in (Mark.ZERO, 0)]
    if kept and len(kept) == len(claims) and _SOON.search(told):
        return [Question(Ask.APPROXIMATE, c.span, c.indicators) for c in kept]
    return []


def _soon(text: str, valued: Sequence[Claim], lexicon: Lexicon) -> bool:
    """富美新增执委12名，念山也快了: of another of her villages, and what is it of?"""
    found = _SOON_TOO.search(text, max(c.span[1] for c in valued))
    hers = {key for claim in valued for key in claim.units}
    named = lexicon.names.find(found["who"]) if found else []
    return any(p.depth > 0 and p.key not in hers for m in named for p in m.places)


def _open(told: str, text: str, values: set[int]) -> bool:
    """Whether she leaves it open which of two it is, or of whom the number is that took the place of hers."""
    either = _EITHER.search(told)
    if either is not None and not any(
        numerals.value(m["n"]) in values for m in _ALL.finditer(told, either.end())
    ):
        return True
    if held.unfit(told) or ("忘" in told and _LEFT_OUT.search(told)):
        return True
    if _OF_A_NEIGHBOUR.search(told):
        return True
    return "还" in text and any(
        numerals.value(m["n"]) not in values or "来着" in m["so"] for m in _STILL.finditer(text)
    )


def _another(text: str, counted: Sequence[Claim], values: set[int]) -> bool:
    """Whether a clause behind the last number ends in another one of the same people."""
    last = max(c.span[1] for c in counted)
    total = sum(int(str(c.value)) for c in counted)
    behind = [v for m in _ALL.finditer(text, last) if (v := numerals.value(m["n"])) is not None]
    before = ""
    for clause in _CLAUSE.finditer(text, last):
        found = _LAST.search(clause[0])
        number = numerals.value(found["n"]) if found else None
        head = clause[0][: found.start()] if found else clause[0]
        said, before = before + head if _IS.fullmatch(head) else head, clause[0]
        if number is None or number in values or number == total:
            continue
        if _OPEN.search(head):
            return True
        part = not values.isdisjoint(accumulate(behind))
        part = part or any(number + other in values for other in behind)
        off = min(abs(number - value) for value in values)
        if head.strip() and off <= _NEAR and not part and not _SAID_OF.search(said):
            return True
    return False


def _forgets(text: str) -> bool:
    """Whether she has forgotten, or does not know, and nothing behind it says that she made sure."""
    found = _FORGETS.search(text)
    if found is None or _FORGOT_TO.search(text[: found.end()]):
        return False
    return _SETTLED.search(text[found.end() :]) is None
