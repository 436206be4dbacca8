"""The clauses beside a report: one that could revoke, re-attribute, qualify, question or postpone a figure is asked about.

A clause that claims nothing is judged by its structure. What is surely harmless in it (courtesies, how she types, that the
figures are right) is taken out; if what is left refers to what was said (这个, 以上, 数, 报, 算 …), to somebody who said it, to another
time, unit or kind of people, or ends as an attribute (…的), it is asked about. All other remarks (快吃饭了, 天真热) are everyday life.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question, Step
from bot.core.report.aside import apart, aside, bearing
from bot.core.report.doubts import untold
from bot.core.report.tokens.sheet import Token
from bot.core.report.words import harmless
from bot.core.report.words.vocabulary import Kind

_CLAUSE: Final = re.compile(r"[^,;:。!\n()\[\]~…—?]+\??")
_N: Final = "[一二两俩三几0-9]+[个名位人]"


def _any(*parts: str) -> re.Pattern[str]:
    return re.compile("|".join(parts))


# ---- what could bear on a figure ---------------------------------------------------------------------------

_WHO: Final = (
    "(?:上面|上头|上级|领导|书记|主任|会计|文书|主席|镇|乡|县|区|街道|村|人家|别人|[他她]们?|老.)"
)
_SUSPECT: Final = _any(
    # what was said
    "(?<!多)数|多数(?!有|(?:都?是|为)(?:女|党|年轻|返乡|大学|高中|教师|老师|妇女|在家))|算|核|填|(?<!大)写|抄|(?<!邮)编|凑(?![齐足够]了?人(?!数)|巧|到一起|在一起|一起|热闹|过来)|猜|估|蒙|掰|报(?=的|对|错|低|高|多|少|这|得)|(?:让|叫|要|再|别|不|先|晚|这么|这样|替|帮|给)[^,]{0,3}[报登录]|[改撤删](?!天|联|名|造|革|变)",
    "告诉[我俺]们?的|(?:书记|支书|主任|领导|主席|会计|镇里|乡里|上级)还[要得]再?(?:看$|看看|看一|过目|瞧|签|点头|把关)|据说|听(?!话)|[说讲](?!了?话|了?课)|复制|粘贴|摘|照搬|为准|参[考照]|举例|例[如子]|譬如|好比|比方|假[定设如]|模板|样[表板稿]|草稿|演[习练]|测试",
    "(?<![0-9票岁名人])以上|上述|(?:上|前|后|下)面(?!来|坐|下)|刚才那|[这那该此][个条句项](?:数|情况|话|消息|名单|信息|$)",
    "^(?:数|这|那|都|全|就|也|还|其实|说的|指的|原来)*(?:不?是|指|属于?|归)(?!我|俺|咱|本|大家|就|没|.*(?:女[同的性党能青]|(?<![来前老])(?<![来前老旧届]的)妇女$|后$|岁|.[嫂姐姨婶]$|老师|新|好|(?:实在|实诚|本分|厚道|爽快|勤快|热心)(?:的?人|的|$)|年轻|能人?|骨干|党员|自愿|第一次|头一|真|的确|群众|姐妹|喜|大事|缘|福|辛苦|不容易|(?:举手|全票|一致|鼓掌|高票|满票)(?:表决|投票)?(?:同意|通过|选|产生|推)))",
    "^[这那都]?不是[我俺咱本]|准数|按(?!摩|时|期|着|了?手印)|依据|根据|照着",
    # whose
    f"{_WHO}[里上]?(?:让|叫|教|逼|要(?=我|求|的|报|数)|告诉[我俺]|给(?!我们|咱|大家|我村|予)|分(?!享|忧)|派(?!人|车|出所)|摊|定|下达|布置|交代)|[下分摊指]派|下达|任务|指标|名额|替(?!换)|代(?:人|她|他|别|隔)",
    f"{_WHO}[里上]?(?:妇联|党委)?(?:[不没未]|没有)(?:同意|批准|批复|答应)|(?:全|整个)(?:镇|乡|县|市|区|街道)[^,]*(?:合|加|总|共|一起|的)|(?:几个|两个|三个|各)(?:镇|乡|县|市|区|村|组|街道)[^,]*(?:合|加|总|共|一起|的)|[也都](?:在|算|包)(?:里头|里面|内|进)|(?:隔壁|邻村|别的村|其他村)(?!.*(?:来|羡慕|热闹))",
    # how sure, when
    "^等(?!额|会儿?(?!计)|有空|您|你|.{0,2}下|[^,]*(?:来玩|喝茶|做客|吃|雨|天晴|放学|检查|指导|来$|收割|收工))|待(?!会|遇|人|见|客|在|着)|暂(?!停营业|无|没)|先[占填写记报录放挂用按算上]|先这[么样]",
    "(?:再|还要|还得|还需|需要?|有待)(?:核|改|发|报|补|定|选|录|算|数|问|确认|查|审|批|议|研究|讨论|给你)|还在(?:谈|磨|劝|动员|争|定|公示|走|选|核|审|改|数|研究|讨论|商|考|犹豫|投)|应付|为了过|(?:帮我|随便|再)[看瞧][看瞧]",
    "不(?:实|算|准|作数|作准|能[当算作]|往上|出意外|敢说|敢保|保证|确定|清楚|一定|对|真|该|录|记|当真|可靠)|别(?!的|人家|催|提|担心|客气|急|着急|忘|操心|惦记|累|介意|见怪|怪|墅|处)",
    "如[无果能]|要是|的话|万一|说不定|没准|大约|约莫|左右|也许|可能|好像|恐怕|八九不离十|差不了",
    "(?:明年|下个?月|下周|年底|月底|秋后|节后|过了?年|开春)[^,]*(?:算|才|选|生效|上任|挂牌|批|开始|定|再|改)|[推延拖改挪]到(?!今天|现在|这|昨)|(?:公示|任职|批复)期[没未还不]|秋后开会",
    # of whom else
    "^最(?:少|多|理想|好|坏)的?(?:情况|打算|估计|结果)?$|初步|重新|重选|不被?(?:承认|认(?!识|得|生))|新[老旧](?!交替)|(?<!新)[两上前历往]一?[届任]|老班子|平均(?!年龄|[0-9])|^(?:测|试|练)(?:一[下测试]|练|习)|练手|复查|争议|告状|举报|投诉|(?<!没)有人(?:不|反|退|告|弃|辞|有意见|[提有]出?了?(?:异议|意见|反对|疑问)|质疑|举报)",
    "(?:手续|程序|签字|章|批文|批复|结果|人选|名单|候选|名字|票)[^,]{0,4}(?:没(?!问题)|未|不(?!错)|还[在没]|有(?:点|些)?(?:问题|争议|异议|毛病))|(?:没|未)[^,]{0,3}(?:盖章|签字|敲定|公布|宣布|批文|手续|盖$)",
    "^(?:不?含|包括|包含|连(?!我|夜|日|忙|.*都)|去掉|除(?!夕)|扣|加上(?!.*[0-9])|算上|减|剔)(?!.{0,2}(?:主席|我))|老的(?!退|下|走)|上届|(?:其实|实际上?|真正)的?[没只少多不有就]|重复|重名|水[分份]|虚(?!惊|心|弱)|误差|出入|[^放请寒暑]假的",
)
_NOT_YET: Final = re.compile(
    "(?:还没|没有|没|未|尚未)[有能经]?(?:结束|期满|数|核|点(?!心)|细|对|开(?!始)|投|通过|批|同意|公示|宣|到[位任]|上任|来(?!得及|电|过)|谈|答应|定|签|选|下文|走完|出(?!门|差|去)|成|这么多|那么多|过|算|登|录|落实|最后|正式|审|研究|讨论)"
)
_ENDED: Final = re.compile(
    "(?:会议?|大会|选举|换届|事情?|^|都|又|也|全|被|已经?|给)(?:推迟|延期|改期|取消|作罢|黄|吹|搁置|停|撤[回销]?|删|推翻|否[决定]?|退回|打回|重来|变卦?|改|泡汤|暂停|中止|终止|叫停|作废|无效)来?(?:了|吧|啦|掉|$)|反悔|改主意|没戏|下文"
)
_VOIDED: Final = re.compile(
    "(?:选举|会议|投票|大会|换届|结果)[^,。;!]{0,4}(?:作废|无效|不算数?|推翻|重来)"
)
_NUMBERED: Final = _any(
    f"(?:可能|也许|上下|实际|还|差不多|有)[^,]{{0,3}}[多少差缺]了?{_N}|差{_N}|(?:实际|真正|其实)(?:只有|的)?{_N}",
    "上一[任届]的?$",
    f"^(?:可是?|但是?|不过|却)[^,]{{0,8}}(?:有|是|写[着的是]*|签了?|只有|来了?){_N}",
    "^(?:好像|可能|是|就|又)?(?:报|写|算|数)?[多少]了(?:点|些|吧|一点)*$",
    f"^有?{_N}人?是?(?:重|不(?!错|少|多|落|缺|差)|没|还|未|请假|缺|在[考犹]|候|犹豫|考虑|老的|旧)",
)
_THAN: Final = re.compile("比|刚才")
_SLIP: Final = re.compile(f"[多少漏重][报写算记数打填录]了?{_N}(?=[,。!]|$)")
_FEWER: Final = re.compile(f"(?:少|减|扣|多|退|走|辞|漏|重)[^,]{{0,2}}{_N}")
_TURN: Final = re.compile(
    "不(?!来|多(?!少)|妥|含|过|断|说|多说|辱|负|是|给|太?会|掺|骗|缺|识|急|慌|忙|累|仅|久|止|光|单|容易|简单|错|好意思|用|客气|知不觉)|没(?!有?(?:任何|人|一[个名]|上?报|地方|牌|困难|问题|意见|别的|什么|啥|其他|事|想到|空|辜负|白|少)|[空事看收注在顾想白辜少来读出漏耽变别收歇亮])|未(?!来)|非(?!常)|^(?:请忽略|先[不保]|就当|只是|仅限|还会|会有|会变|将|到时|后续|有[些的]|大部分|多半|基本)|(?<!如有)变[动化更]|调整|增减|忽略|无视|保密|看情况|说几个就|旧人|原班|定吧$|还早"
)
_EVERYDAY: Final = re.compile(
    "[饭菜茶酒米油盐水雨雪风雷热冷晴冰路车桥鸡鸭猪狗牛羊鱼田稻谷果树花草孩娃孙婆爹妈爸伴媳婿戚客邻机电网卡屏键盘费递病药医疼痛腰腿脚眼耳嗓牙觉睡歇累忙困饿渴吃喝玩乐笑哭谢祝福节党]|天[气黑亮冷热]|高兴|开心|激动|热闹|满意|支持|辛苦|信号|打字|老[了人]|孩子|学习|培训|积极|重视|顺利|圆满|成功|放心|谅|包涵|客气|怪|感谢"
)
_ATTRIBUTE: Final = re.compile("(?<![是好真对行])的[哈哦啊呢吧呀]?$")
_ASKS: Final = _any(
    "为什么|为啥|为何|[怎咋]么?(?:改|撤|办|回事|报|填|写|不|没|会|是|显示|查)|(?:报|写|填|算|数|改|撤|录|记|登|对|行|可以|够|成|准)[^,]{0,4}(?:吗|么|[吧不]?\\?)|对不对|行不行|是不是|能不能|可不可以|要不要|算不算"
)
_ASKS_FOR: Final = re.compile("还[要需用]|(?<!为)什么|纸质|材料|交")
_OF_THIS: Final = re.compile("为什么|为啥|[怎咋]么?[改撤报填写]|这[么样个]|数")

_TIMES: Final = frozenset({Kind.EXPLAINED, Kind.THING})
_ROUGHLY: Final = re.compile("大约|大概|左右|差不多|可能|好像")
_OURS: Final = frozenset(
    {
        Kind.NUMBER,
        Kind.DONE,
        Kind.ZERO,
        Kind.SAME,
        Kind.INDICATOR,
        Kind.ELECTION,
        Kind.STEP,
        Kind.UNIT,
        Kind.CORRECTION,
    }
)
_VALUED: Final = frozenset({Kind.NUMBER, Kind.DONE, Kind.ZERO, Kind.SAME})
"""What gives a figure a value, and is judged where it is read."""
_MENDING: Final = frozenset({Kind.CORRECTION, Kind.VOID})
_NONE: Final = (Mark.NOT, Mark.SAME, Mark.ZERO, 0)
_CHECKED: Final = re.compile("(?<![在待再要需没未])核[对实过]|(?<!来)查[了过]|对[了过]|翻[了过]")
_MEASURED: Final = re.compile("职数|编制|任务|指标|要求|计划|目标|名额|应选")
_HEAD: Final = re.compile("[数报说写填记录登]|的$|字|^.?[是系]")
_TURNED: Final = re.compile("[不非没未改撤删等待样例转抄试测]|[去前明]年|上[届次周]|计划|目标")
_MENDS: Final = re.compile("错|写成|有误|手滑|更正")
_PRESENT: Final = re.compile(
    "已(?!完成)|现在|今天|这[周次回]|才|终于|总算|最[后终]|后来|第二次|结果|但|不过"
)
_LATE: Final = re.compile("上次|本来|原|昨天|早")
_OTHER_THING: Final = re.compile("牌|照片|桌|办公|活动室|备案|材料|表|就是没")

_ADDRESSED: Final = re.compile(
    "(?:^|[,。!\\s])(?:[现特向跟]?(?:报告|汇报|回复|回|报|禀告)|尊敬的|各位|亲爱的)*(?:领导|主席|书记|主任|干事|老师|组织|妇联|大家|姐)*(?:们)?(?:[您你]?好)?(?:如下)?:$"
)
"""报告领导: is no label of what follows."""
_SOURCE: Final = re.compile("^(?:按照?|根据|依据|遵照)")


def doubts(text: str, tokens: Sequence[Token], claims: Sequence[Claim]) -> list[Question]:
    """Questions about the claims if a clause beside them could bear on them."""
    told = [c for c in claims if c.value not in _NONE]
    if not told:
        return []
    first, last = min(c.span[0] for c in told), max(c.span[1] for c in told)
    slip = _SLIP.search(text)
    if slip and any(slip.start() <= c.span[0] < slip.end() for c in told):
        return [Question(Ask.VALUES, c.span, c.indicators) for c in told]  # 12名，多写了一个
    for found in _CLAUSE.finditer(text):
        start, end = found.span()
        if any(c.span[0] < end and start < c.span[1] for c in claims):
            continue
        here = [t for t in tokens if t.start < end and start < t.end and t.kind is not Kind.BREAK]
        said, front = found[0].strip(), end <= first
        if front and apart.cited(said, text[end : end + 1]):
            return [Question(Ask.REPORTED, c.span, c.indicators) for c in told]
        blamed = front and apart.blamed(said, tokens, start)
        if blamed or _heads(said, text[end:], front=front) or apart.known(said, here, told):
            continue
        headed = text[max(0, start - 1) : start] == ":" and not _ADDRESSED.search(text[:start])
        labelled = headed or any(t.start < start for t in here)
        if said.isdigit() and _left_over(text, tokens, here, [first, *_before(told, start)]):
            return [Question(Ask.VALUES, c.span, c.indicators) for c in told]
        if apart.instead(said, here, claims) or apart.of_others(said, here, claims):
            continue
        bare, rest = _without_its_unit(said, here, told)
        if (
            untold.unreached(said)
            or _turned(bare, rest, front=front, behind=start >= last, labelled=labelled)
            or _doubtful(said, here, front=front)
            or _unfinished(said, text[end:last], here, told, front=front)
        ):
            return [Question(Ask.UNREAD, c.span, c.indicators) for c in told]
    return []


def _without_its_unit(
    said: str, here: Sequence[Token], told: Sequence[Claim]
) -> tuple[str, Sequence[Token]]:
    """念山村照这个势头，新增执委12名, by an office: a clause without the name of the unit that the claims are of."""
    if len(here) == 1 or not here or here[0].kind is not Kind.UNIT:
        return said, here
    rest = said.removeprefix(here[0].text)
    keys = {place.key for place in here[0].places if place.depth > 0}
    hers = bool(keys) and all(keys.issuperset(claim.units) for claim in told)
    return (rest, here[1:]) if hers and rest[:1] not in "的妇主书" else (said, here)


def _turned(said: str, here: Sequence[Token], *, front: bool, behind: bool, labelled: bool) -> bool:
    """心里没底 behind, 没办法 in front: a turn that nothing of hers is named with."""
    kinds = {t.kind for t in here}
    if behind and not kinds & _OURS and _unclear(said):
        return True
    if not labelled and _of_the_report(said, here, kinds):
        return True
    broken = front and not labelled and not kinds & (_OURS | _MENDING)
    return broken and bearing.ENDS.search(harmless.HARMLESS.sub("", said)) is not None


_ITS_OWN: Final = re.compile(
    "我|俺|咱|大家|姐妹|书记|主任|主席(?!不|没|未|说|讲|定)|领导|她|他|您|你|村|群众|妇女|老|镇|乡|县|会|牌|名单|材料|照片|票|公示|手续|批|选举|结果|党|今天|昨天|刚|[0-9]"
)
_HAN: Final = re.compile("[一-鿿]+")
_KNOWN: Final = re.compile(
    "好$|办公|地方|愿干|图片|视频|同志|干事|老师|[小老阿][^,]$|^(.)\\1$|事多|交表|某|表态|决心|码扫|心愿了|否$|^(?:联系|经办|填报|填表|报送|报告|汇报|审核|负责|责任)人|^遵|得令|照办|了解|惭愧|荣幸|^行$|^成$|^得$|错|打成|写成|唔|超额|姓名|姓|备案|定了?$|的$|任期|^经(?:自|复)?[查核]|手印|抱拳|拜|搅|扰|烦|告$|示$|请|签|交[了上]|贴了|角逐|脱颖|困难|[坐挤站装][^,]?不下|缺|收回|发出|填表|解释|晓得|不好$|随便打|^码|[一二三四五六七八九十]|^(?:姓|叫|是).[^,]?的?$|大写|就介|^求|^耶|齐|满|顺|亮|实|真|清|明白|^早|^晚|^嗯|^哎"
)
_SHORT: Final = 6  # characters a clause without a subject of its own may have


def _of_the_report(said: str, here: Sequence[Token], kinds: set[Kind]) -> bool:
    """半真半假, 两本账: a few unknown words with no subject of their own and of no everyday life say something of the report."""
    said = said.rstrip("哈哦啊呀啦~")
    if not 0 < len(said) <= _SHORT or kinds & (_OURS | _MENDING) or _ITS_OWN.search(said):
        return False
    unknown = sum(len(t.text) for t in here if t.kind is Kind.TEXT)
    known = _EVERYDAY.search(said) or _KNOWN.search(said) or not _HAN.fullmatch(said)
    return unknown * 2 >= len(said) and not known and harmless.HARMLESS.sub("", said) == said


def _before(told: Sequence[Claim], start: int) -> list[int]:
    """Where the claims in front of a place end."""
    return [c.span[1] for c in told if c.span[1] <= start]


def _left_over(
    text: str, tokens: Sequence[Token], here: Sequence[Token], claimed: Sequence[int]
) -> bool:
    """占2%，100: a bare number that nothing explains and nothing took back since the last claim before it."""
    since = min([max(claimed), *(t.start for t in here)])
    mended = any(t.kind is Kind.CORRECTION and t.start >= since for t in tokens)
    return "其中" not in text and not mended and {t.kind for t in here} == {Kind.NUMBER}


def _heads(said: str, behind: str, *, front: bool) -> bool:
    """报三项：, 按照政妇（2026）5号文件: what follows is hers; 下一步：组织学习, of which the rest is an aside."""
    if harmless.TITLE.fullmatch(said) is not None:
        return True
    if behind[:1] == ":" and not behind[1:].split("\n", maxsplit=1)[0].strip():
        return True
    headed = _SOURCE.search(said) is not None or _TURNED.search(said) is None
    return front and headed and behind[:1] in (":", "(", "[")


def _doubtful(said: str, here: list[Token], *, front: bool) -> bool:
    kinds = {t.kind for t in here}
    if _VOIDED.search(said):
        return True  # 选举作废了 takes no earlier message back
    if Kind.CORRECTION in kinds or (_MENDS.search(said) and not said.startswith("算")):
        return False
    if front and (said.endswith(("改一下", "改下")) or _told_late(said)):
        return False
    if (
        _NUMBERED.search(said)
        or (not front and _FEWER.search(said) and not _THAN.search(said))
        or _ENDED.search(said)
        or (Kind.STEP not in kinds and bearing.BEARS.search(said) and not _CHECKED.search(said))
    ):
        return True
    if kinds & _VALUED or any(t.kind is Kind.EXPLAINED and _MEASURED.search(t.text) for t in here):
        return False
    if kinds == {Kind.FOREIGN}:
        return True
    if Kind.INDICATOR in kinds and not _TURNED.search(said):
        said = _HEAD.sub("", said)
    ours = any(t.kind is Kind.OWN or any(p.depth >= 0 for p in t.places) for t in here)
    ours = ours and not said.startswith("不是")
    if kinds & _TIMES:
        said = _ROUGHLY.sub("", said)  # 会大概8点开始的
    if _ASKS.search(said) and (_OF_THIS.search(said) if front else not _ASKS_FOR.search(said)):
        return True
    return bears(said, ours=ours)


def _told_late(said: str) -> bool:
    """上次没报清楚, 昨天就该报的: it is told now."""
    return _LATE.search(said) is not None and said.endswith(("的", "没报清楚"))


def _unfinished(
    said: str, behind: str, here: list[Token], told: list[Claim], *, front: bool
) -> bool:
    """还没投票, 名单没出来: something of it is still to come, unless she comes to how it ended."""
    if not _NOT_YET.search(said) or _OTHER_THING.search(said) or _MENDS.search(said):
        return False
    if any(isinstance(c.value, Step) for c in told) or any(t.kind is Kind.INDICATOR for t in here):
        return False
    return not (front and (_PRESENT.search(behind) or _LATE.search(said) or "上周" in said))


_IS_OF: Final = re.compile("^.?[是系]|的$")


@lru_cache(maxsize=4096)
def bears(said: str, *, ours: bool = False) -> bool:
    """Whether a clause without a value of its own could bear on a figure beside it; `ours`: it speaks of her own unit."""
    left = harmless.HARMLESS.sub(" ", said.rstrip("哈哦啊呀啦咯嘞喽~ ")).strip()
    if ours:
        left = _IS_OF.sub("", left)
    elif _ATTRIBUTE.search(left) and not harmless.PLAIN_ATTRIBUTE.fullmatch(left):
        return True
    return _SUSPECT.search(left) is not None


def _unclear(said: str) -> bool:
    """心里没底, 不全是新的, 只是报名: a turn of what was said before, of no everyday thing."""
    turn = _TURN.search(said) and not _EVERYDAY.search(said)
    turn = turn and (len(said) < _SHORT or aside.on_topic(said))
    return bool(turn) and harmless.HARMLESS.sub(
        "", said.rstrip("哈哦啊呀啦咯嘞喽~ ")
    ).strip() not in (
        "",
        "没",
        "请",
        "的",
    )
