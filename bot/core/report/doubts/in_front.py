"""What stands in front of a number as a clause of its own and leaves it open: 还在统计，新增执委12名; 县里还没验收，新增执委12名; 按11名，新增执委12名.

Each is known as a whole, so that one more word (统计好了, 书记没来, 老的5名) is another clause. What was wrong before (少打了一个, 报错了, 13写成12) and
who was there before (上届5名, 退下来3名) stands there as well and asks nothing: the right number follows it. So does what ended otherwise (后来, 最后).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from bot.core import numerals
from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Question
from bot.core.report.doubts import ahead, burden

_CLAUSE: Final = re.compile(r"[^,;:。!?\n()~… ]+\??")
_COUNTED: Final = re.compile("[0-9一二两三四五六七八九十][名个位人]")
_STOP: Final = re.compile(r"[,;。!?\n]")
_TAIL: Final = "[啊呀哦呢哈吧嘛啦咯嗯的 ]*"
_N: Final = "(?:[0-9]{1,3}|[零一二两三四五六七八九十百俩仨]{1,4})"
_SO_MANY: Final = f"{_N}(?:[名位]|个人?|人)?"
_STILL: Final = "(?:也|都|还|就|又|一直|目前|现在|暂时|到现在|正|正式|老是)*"
_OTHERWISE: Final = re.compile(
    "后来|然后|最[后终]|结果|终于|总算|好不容易|不过|但|现在|这[次回周]|今天|昨|已|才"
)
_MENDED: Final = re.compile(
    "应该?[是为]|改[成为]|更正|[是]对的|才对|为准|准确|核[对实]|一共|总共|合计|累计|其实|实际"
)

# ---- not counted, not agreed to, not over ----------------------------------------------------------------------

_COUNT: Final = "(?:统计|清点|汇总|核对|核实|核算|计票|点票|数人头|摸底)"
_UNCOUNTED: Final = (
    f"(?:我们?|村里|会计|文书|人数|数字?)*{_STILL}(?:没有?|未|尚未|正?在|懒得|没空|没时间|没工夫|没顾上|来不及|不想)(?:去|来|再|仔细|好好)*{_COUNT}(?:呢|中|着|完|清楚|过|好)*"
    "|没有?[跟和同与](?!.{0,4}(?:玩|吃|住|走|去|来))[^,0-9]{1,4}?(?:核对?|对|碰|确认)(?:过|数|一下)*|[跟和同与](?:名单|表|台账|系统|会计|名册|花名册|记录)[上里的]*(?:数|人数)?(?:核)?对不[上拢起]"
    "|(?:回头|晚点|等下|过后|明天|以后|到时候?|等)[^,0-9]{0,6}准了?(?:再|就)?(?:重)?(?:新)?[报发填]"
    "|我记得(?:好像)?(?:是)?|(?:我|唉|哎|哎呀|自己|真|也|都|实在|有点|一时)+[说讲]不(?:太)?(?:清楚?|准|好)(?:了|具体)?"
)
_OFFICE: Final = "(?:书记|支书|主任|镇[里上]?|乡[里上]?|县[里上]?|[镇乡县]妇联|上级|上面|领导|组织|支部|两委|村委|党委|代表会|代表大会|妇代会|大会|会议|会上)"
_PAPER: Final = "(?:文件|批文|批复|红头文件|任命|任职文件|方案|名单|结果|材料(?=[^,]{0,4}[批审]))"
_REFUSED: Final = (
    f"{_OFFICE}(?:里|那边|那里|他们)?{_STILL}(?:没有?|未|不|不肯|没给)(?:最后|正式)?(?:通过|批准?|同意|松口|点头|表态|认(?!识)(?:可|账|定)?|验收|拍板|签字|盖章|答应|敲定|研究|讨论)(?:过|呢|下来)*"
    f"|{_PAPER}{_STILL}(?:没有?|未)(?:批|发|印|签|盖|审)?(?:下来|下达|定下来|批复?|审定|通过|到)(?:过|呢)*"
)
_PARTLY: Final = (
    f"[^,]{{0,3}}(?:组|(?<![照图名])片|小队|网格|自然村)(?:的|那边|那里|里)*(?:人|数|名单|人数)?{_STILL}没有?(?:上?报|统计|选|汇总|收|交)(?:上来|过来|来|好|完|过|齐|出来)*"
    f"|(?!我们?|你|您)[^,0-9]{{1,3}}还在(?:考虑|犹豫|动员|谈|做工作)|(?:剩|差)(?:下)?(?:一?个)?(?:选举|开会|开大会|投票|表决|批复|上会)|[就只还光]+(?:剩|差)(?:下)?(?:选举|开会|开大会|投票|表决|批复)"
    "|[就只才]+是?多了(?![^,]*[0-9一二两三四五六七八九十几个名])[^,]{2,3}|(?:后来|结果)?(?:又|才)?(?:查出|发现|查到)来?(?:选举|会议|投票)?(?:程序|手续|票|票数)(?:不对|有问题|违规|不合规|有误)|(?:都)?是?上一任(?:主席|主任)?(?:报|选|统计|写)"
    "|(?:还是|就是|都是)?[原老以][来前班]*(?:的)?[那这](?:些|几|[0-9]{1,3}|[一二两三四五六七八九十]{1,3})个?人?|[那这](?:些|[0-9]{1,3}|[一二两三四五六七八九十]{1,3})[名个位]?人?(?:都)?是(?:老|原来|上届|以前)"
)
_UNSETTLED: Final = re.compile(f"(?:{_UNCOUNTED}|{_REFUSED}|{_PARTLY}){_TAIL}")

# ---- to come ---------------------------------------------------------------------------------------------------

_TO_COME: Final = re.compile(
    f"(?:我们?|村里|名单|人选)?(?:{ahead.WHEN}|{_N}[号日])+(?:上午|下午|晚上)?(?:再|才|在|就|要|来|去|开会|大会|会上)*(?:(?:敲|商)?定(?:下来)?|落实|到位|拍板|见分晓|配齐)(?:名单|人选)?[啊哈哦吧]*"
    f"|(?:分批|逐步|陆续|慢慢|分期)(?:次)?(?:才|就|再)?(?:到位|上任|选|配齐|落实)|分[两三几0-9]步走|等(?!了|你|您|我|会|一|下|级|于|额|大家|半|好|待)[^,了过着0-9]{{1,6}}?(?:放学|晴|停|[回下]来|有空|开学|放假|下班|放晴|[收忙采摘割插种过][^,]{{0,2}}完|同意|点头|松口|批|齐)(?:再说|以?后|再定)?"
    f"|(?:明|后天|今)[天早晚]?(?:上午|下午|晚上|晚)?(?:要|就|再|才)?(?:开会)?(?:选举会|选人|表决|举手)?定"
)
_WHO_WOULD: Final = re.compile(
    "(?:我们?|真|实在|这|那|都|也|就|会|现在|一定)*(?:"
    f"{burden.PLEDGED}|(?:叫|让)?(?:我们?)?(?:去|上|到)?哪[儿里]?(?:去)?(?:找|凑|变|弄|挖|请|有人|选得)[^,]{{0,6}}|谁(?:来|愿意?|肯|能)*(?:当|干|做|选)|[怎咋]么?(?:选|[找凑]|完成)[^,表名牌照图材]{{0,2}}"
    "|(?:再|能不能)?给(?:我们?)?(?:几天|[0-9一二两三]+[天周])(?:时间)?|吃不消|饶了?我|放过我|能不能?(?:减|少|降|缓|宽限)(?:一?[点些下]|几|[0-9一两二三]+)[^,]{0,3}|通融[^,]{0,2}|凭什么|没戏|不可能(?:完成|的|吧|做到)?"
    "|(?:根本|都|也)*没(?:有)?人(?:干|愿意?|肯|当|做|选)(?:干|当|来|做)?|不给(?:钱|补贴|工资)[^,]*|[你您]们?(?:给我们?(?:派|变|找)|来[选当])[^,]{0,3}|[你您]信|(?:等)?[你您]们?(?:来)?定|请?(?:领导|上级|您)?定夺"
    ")[吧啊呀呢哦哈嘛吗啦的]*"
)
"""上哪儿找人，新增执委12名: she is to find so many."""
_BIDDEN: Final = re.compile(
    "请(?:大家|各村|各位|你们|姐妹们)*(?:安排|落实|抓紧|尽快|上报|选派)(?:一下|选|报|完成|上报|安排|落实)*|请(?:大家|各村|各位|你们|姐妹们)(?:都|按时|抓紧|尽快|及时)*(?:上?报|填|选|安排|落实)(?:一下)?"
    "|按照?(?:要求|标准|任务|指标|名额)(?:来|去)?(?:选|配|配备|增加)|(?:今天|明天|今晚|周[一二三四五六日天])(?:下班|中午|晚上)?[之以]?前(?:要)?(?:上?报|完成|选[好出完]|报齐|交|报送)(?:上来)?[啊哈哦吧]*"
)
_HEADING: Final = re.compile(
    "(?:[^,]{0,8}(?:领导|书记|县长|主席|部长|乡长|镇长))?(?:讲话|发言|致辞)(?:稿|原文|摘[要录]|内容)|(?![^,]*(?:学|交流|推广|借鉴|听|整理|写|交|报))[^,0-9]{0,6}(?:先进|典型)(?:村|单位|个人)?的?(?:典型|先进)?(?:材料|经验|事迹)|[^,0-9]{0,4}(?:文件|通知|讲话|方案)原文(?:如下)?"
    "|[^,0-9]{0,8}(?:预选举?|模拟选举|初步推荐|民意测验|摸底)(?:的)?(?:结果|情况)(?:如下)?|(?:下[一个]?(?:阶段|步|周|月|季度?|年)|明年|来年)的?(?:重点)?(?:工作|计划|安排|任务|打算)(?:如下|安排|计划)?|(?:我们?的?|本村|我村|村里)?(?:工作)?(?:计划|打算|设想|目标)(?:如下|是这样)|会议(?:精神|要求)(?:如下)?|(?:就)?像(?:这样|下面)(?:[报写发填])?"
    "|(?:现|特)?公示如下"
)
_OF_AN_OFFICE: Final = re.compile(
    "(?:[县乡镇]妇联|[县乡镇]里?)的?(?:工作)?(?:简报|周报|月报|通报|情况)"
)
_OF_A_YEAR: Final = re.compile(
    "(?P<year>20[0-9]{2})年(?:度)?(?:妇联|会改联|我村|本村)*(?:工作)?(?:年终)?(?:总结|报告|小结|汇报|情况汇报)"
)

# ---- another number --------------------------------------------------------------------------------------------

_WHERE: Final = "(?:另外?一?[张份本个]?)?(?:表格?|名单|台账|本子|名册|花名册|册子|群(?=里?[报写说发])|公示|公告|会议记录|记录|会计|文书|书记|系统)(?:里|上|那|那里|那边|说|写|登|填|记|报|又|却|倒|的|是|有|明明|显示)*"
_MY_COUNT: Final = "(?:我|自己|我们)?(?:怎么|咋|再|又|重新|刚才?)?(?:数|点|算)(?:了(?:一遍|几遍|下)?|着|出来|来[数点算]去|去)*(?:又|像|好像|却|倒|也|只|就|才|只有|是|有|的)*"
_GUESSED: Final = "(?:莫不是|莫非|要不就?是?|要么是?|再不然|不然|[弄搞]不好|没准|兴许|备不住|抑或|或者?是?|可能|也许|说不定)(?:只|就|是|有)*"
_ANOTHER: Final = re.compile(
    f"(?:{_WHERE}|{_MY_COUNT}|{_GUESSED}|(?:就|还是|先|都)?按(?:照)?)(?P<n>{_SO_MANY})(?:执委)?(?:算|报|来|登记)?{_TAIL}"
    f"|(?P<also>{_SO_MANY})也(?:[说讲]得(?:通|过去)|行|可以|有?可能|成|对){_TAIL}|{_N}选(?P<of>{_N})"
)
_FEWER: Final = re.compile(
    f"(?:只|就|才|也)*(?:批准|批|同意|愿意|肯干|审批通过|答应|报名)(?:的|了)*(?:只|就|才|有|是)*(?P<n>{_SO_MANY}){_TAIL}"
)
"""同意9个，新增执委12名; of 同意45人 there were voters."""
_NEAR: Final = 5
"""How far a number of the same people is off at most: 表上46人 were at the meeting."""
_OTHER_THAN_IT: Final = re.compile(f"不是(?P<n>{_SO_MANY})(?:执委)?{_TAIL}")
_MORE: Final = re.compile(
    f"(?:其中|里面|里头|当中|含|包括|包含|满票当选|全票当选)的?(?:[^,0-9一二两三四五六七八九十]{{0,6}}?)(?P<n>{_N})(?:[名位]人?|个(?=是|都|人))(?:都|是|为)*[^,0-9]{{0,6}}"
)
"""其中党员15名，新增执委12名: more of some kind than there are."""
_TO_CHANGE: Final = re.compile(
    f"[^,0-9]{{0,6}}?(?:能不能|能|可能|也许|要不要|是不是|是否|要求|让|叫|说要?|总人数|总数)[^,0-9]{{0,3}}改[成为到]?(?P<n>{_SO_MANY})(?P<asks>吗|么|呢|吧)?{_TAIL}"
)
_QUESTION: Final = re.compile(
    "(?:您|你|大家|领导|主席)?(?:看看|看一?下|看|觉得|说|帮我看看?)?(?:这个?数|人数|数字?)?(?:够不够|够[吗么]|合不合适|合适[吗么]|对不对?|对[吗么]|行不行|[可以行中][吗么]|可以[吗么]|好不好|准不准|准[吗么]|确定[吗么]|有没有错)\\??"
    "|(?:应该)?(?:没有?|木有?|么|冇)(?:打|报|写|数|填|算)?错(?:了)?吧\\??|(?:是不是)?(?:少|多|漏|错)(?:算|报|数|写|填)了[一两几]个[吗么吧]\\??|(?:其中)?(?:连任|留任|老)的?有(?:几个|多少)\\??"
)

# ---- on top ----------------------------------------------------------------------------------------------------

_ADDED: Final = re.compile(
    f"(?:后来|[上下]午|今天|昨天|昨晚|今早|后头|后面|完了|过了?[几两一三]天|之后|接着|这两天|我们?|村里)*(?:[又再还](?:补|新|添|增)?(?:选|加|添|增|来|多|补)(?:举|了|选|上|出|进来?)*|(?:递补|增补|补选|加选|外带|外加|另加)了?)(?P<n>{_SO_MANY}|[几些]个?){_TAIL}"
    f"|(?:外加|另加|加上|算上|还有)我(?:自己|本人)?|还有[一两]个(?:我|都|给)*忘了?[^,]{{0,3}}|累加|加进去|加上去|加到一起|(?:都)?是?(?:上[次周回]|之前|以前)(?:漏报|没报|漏|忘报)的?|(?:上[次周回]|之前|以前)没算(?:进去|上)?|[连和跟同](?:上[次周回]|前面|之前)(?:的)?{_SO_MANY}(?:一起)?|{_SO_MANY}(?:之前|以前|上[次周回]|早就)(?:就|已经?)?报过?了?"
)
_LAST_WEEK: Final = "上(?:一?周|个?礼拜|个?星期|一?次|一?期|一?回|个?月)"
_WHOSE: Final = f"(?:我|的|那个?|报|选|写|填|新?[增选]|执委|要|数|都|也|是|{_SO_MANY})*"
_LEFT_OUT: Final = f"(?![^,]*(?:会|训|票|志愿))[^,]{{0,6}}?(?:[漏忘少多](?:上?报|填|写|算|记|录|登)?了?[^,]{{0,3}}?{_SO_MANY}|{_SO_MANY}[^,0-9]{{0,6}}?(?:没有?|未|忘了?|漏了?)[^,0-9]{{0,3}}|{_SO_MANY}[^,0-9]{{0,2}}补(?:上|报)?)"
_SHOULD_BE: Final = f"{_WHOSE}(?:改[成为]?|应该?[是为]|实际是?|其实是?|那个是)(?P<n>{_SO_MANY})"
_LED: Final = "(?:我|另外|再|顺便|还有|把)*"
_MENDS: Final = re.compile(
    f"{_LED}(?:(?:{_LAST_WEEK}|之前|以前|此前|前几?天){_LEFT_OUT}|(?:{_LAST_WEEK}|之前|以前|昨天|前天|早上|上午){_SHOULD_BE}|补(?:上?报|填|写)?{_LAST_WEEK}[^,0-9]{{0,3}}{_SO_MANY}){_TAIL}"
)
"""上周漏报2名，新增执委12名: among the twelve, or on top of them?"""

# ---- what some of them are -------------------------------------------------------------------------------------

_AMONG: Final = "(?:其中|里面|里头|当中)"
_OPEN: Final = "(?:候补|替补|候选|拟任?|待定|没定|补选|(?:去年|明年|后年)(?=选|新|就|增|的|进)|下届|计划(?!生育)|打算|新加|新来|这次新|新增|新面孔|头一[回次]|第一[回次]|不变|连任|连选连任|留任|换下来|报错|算错|报重|不算|没批|试用|代理|临时|挂名)"
_SOME: Final = re.compile(
    f"(?:{_AMONG}有?|含|外加|另有|有)(?:{_SO_MANY}人?(?:都|还)*(?:是|为|属于)?[^,0-9]{{0,2}}{_OPEN}[^,0-9]{{0,5}}|[^,0-9]{{0,4}}?{_OPEN}的?{_SO_MANY}){_TAIL}"
    f"|[^,0-9]{{2,6}}的(?:拟|计划)增?{_SO_MANY}|{_AMONG}?[^,0-9]{{0,2}}(?:通过|认可|同意|愿意|内定|上届|连任|老)的(?:就|才|只)*占(?:一?半|多数|大半|大部分|少数)|(?:大部分|一半|多数|大半|有些|有的|好几个)人?(?:都|还)*(?:有顾虑|没同意|没答应|不愿意?|犹豫|在考虑|没定|不想干)"
    f"|{_SO_MANY}(?:证件|材料|手续|资格)不[齐全够符]|{_SO_MANY}户口不在[^,]{{1,3}}|{_SO_MANY}归[镇乡县][^,]{{0,2}}管|每个?[^,0-9]{{1,3}}还[要缺差得]{_SO_MANY}|(?:今天|上午){_SO_MANY}(?:明天|下午|后天){_SO_MANY}|{_SO_MANY}(?:个)?(?:老面孔|旧面孔|老的){_SO_MANY}(?:个)?(?:新面孔|新的)"
    f"|(?:不算|没算|不含|不包括)(?:上)?(?:我|主席|书记)(?:自己|本人)?|名单[里上]?{_SO_MANY}(?:都|也)?不算"
)


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about the counts behind such a clause."""
    counted = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if not counted:
        return []
    first, values = counted[0].span[0], {int(str(c.value)) for c in counted}
    ask, numbered = None, False
    for said, behind in _in_front(told, first, claims):
        ask = ask or _words(said, behind, lexicon)
        ask = ask or (None if numbered else _numbers(said, behind, values))
        numbered = numbered or _COUNTED.search(said) is not None
    return [Question(ask, c.span, c.indicators) for c in counted] if ask else []


def _in_front(told: str, first: int, claims: Sequence[Claim]) -> Iterator[tuple[str, str]]:
    """The clauses in front of a place that claim nothing, each with what stands between it and the end of the number's own clause."""
    stop = _STOP.search(told, first)
    until = stop.start() if stop else len(told)
    for clause in _CLAUSE.finditer(told, 0, first):
        start, end = clause.span()
        if end < first and told[end] != ":" and not _claimed(claims, start, end):
            yield clause[0].strip(), told[end:until]


def _claimed(claims: Sequence[Claim], start: int, end: int) -> bool:
    return any(c.span[0] < end and start < c.span[1] for c in claims)


def _words(said: str, behind: str, lexicon: Lexicon) -> Ask | None:
    """Why a clause without a number of its own leaves what is behind it open."""
    if _HEADING.fullmatch(said) or _before_this_year(said, lexicon.today):
        return Ask.REPORTED
    if lexicon.own.level is Level.VILLAGE and _OF_AN_OFFICE.fullmatch(said):
        return Ask.UNIT
    if _QUESTION.fullmatch(said):
        return Ask.ASKED
    if _BIDDEN.fullmatch(said):
        return Ask.NOT_DONE
    if _OTHERWISE.search(behind):
        return None
    if _TO_COME.fullmatch(said) or _taken_on(said, behind):
        return Ask.NOT_DONE
    return Ask.UNREAD if _UNSETTLED.fullmatch(said) else None


def _taken_on(said: str, behind: str) -> bool:
    """上哪儿找人，新增执委12名; 马上落实，我村新增执委12名 tells of another thing."""
    return _WHO_WOULD.fullmatch(said) is not None and not burden.DID_SO.match(behind, 1)


def _before_this_year(said: str, today: date | None) -> bool:
    """2023年工作总结."""
    found = _OF_A_YEAR.fullmatch(said) if "年" in said else None
    return found is not None and today is not None and int(found["year"]) < today.year


def _numbers(said: str, behind: str, values: set[int]) -> Ask | None:
    """Why another number in a clause in front leaves the one behind it open."""
    if _SOME.fullmatch(said):
        return Ask.UNREAD
    if _MENDED.search(behind):
        return None
    if (
        "共" not in behind
        and (added := _ADDED.fullmatch(said))
        and _value(added["n"]) not in values
    ):
        return Ask.ADDITION
    if (more := _MORE.fullmatch(said)) and _value(more["n"]) > max(values):
        return Ask.VALUES
    if (fewer := _FEWER.fullmatch(said)) and _value(fewer["n"]) < min(values):
        return Ask.VALUES
    other = _ANOTHER.fullmatch(said)
    near = other and min(
        abs(_value(other["n"] or other["also"] or other["of"]) - v) for v in values
    )
    if near and near <= _NEAR:
        return Ask.VALUES
    same = _OTHER_THAN_IT.fullmatch(said)
    if same and _value(same["n"]) in values:
        return Ask.VALUES
    change = _TO_CHANGE.fullmatch(said)
    if change and (change["asks"] or _value(change["n"]) not in values):
        return Ask.VALUES
    mends = _MENDS.fullmatch(said)
    return Ask.VALUES if mends and (not mends["n"] or _value(mends["n"]) not in values) else None


def _value(said: str | None) -> int:
    """What a number comes to; none is no number that is told."""
    return numerals.value(said.rstrip("名位个人")) or 0 if said else 0
