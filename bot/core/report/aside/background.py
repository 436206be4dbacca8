"""What a report counts besides its figures: votes, rates, the people who live there, guests, rules, how long it took.

A clause wholly made of such a count (赞成35票，反对1票; 参会率95%; 我们村1200多妇女; 县妇联来了2名干部指导) is blanked out before the
sentence is read, and so is the name of a method (按照"四议两公开"程序). With one word more (反对多于同意, 完成率80%) it stays.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import IndicatorKind, Level
from bot.core.reading import Lexicon
from bot.core.report.plain import blank

_START: Final = r"(?:^|(?<=[,;。:!\n(]))(?<![0-9],)\s*"
_END: Final = r"(?=\s*(?:[,;。!\n)]|$))"
_D: Final = "(?:[0-9]+|[一二两三四五六七八九十百]+)"

# ---- votes ----------------------------------------------------------------------------------------------------

_FOR: Final = "(?:赞成|同意|有效)"
_AGAINST: Final = "(?:反对|弃权|无效|废票?|不同意)"
_VOTES: Final = re.compile(
    rf"{_START}(?:(?:大会|会议|其中|举手表决|无记名|投票|表决|结果|方式|通过|以|用|经|为|是|:)*"
    rf"(?:{_FOR}票?(?:数)?{_D}[票人]|{_D}票{_FOR}|{_AGAINST}票?(?:数)?{_D}[票人张]|{_D}票{_AGAINST}|{_D}人{_FOR}|{_D}[个名位]?人{_AGAINST}|没有?人?(?:反对|弃权)|无(?:反对|弃权)票?)[、,\s]*)+{_END}"
)
_TOLD_FOR: Final = re.compile(rf"(?<!不){_FOR}票?(?:数)?({_D})[票人]|({_D})[票人]{_FOR}")
_TOLD_AGAINST: Final = re.compile(
    rf"{_AGAINST}票?(?:数)?({_D})[票人张]|({_D})(?:票|[个名位]?人){_AGAINST}"
)


def _votes(text: str) -> str:
    """Without the votes, unless as many were against it as for it."""
    against = sum(_number(one) for one in _TOLD_AGAINST.finditer(text))
    agreed = sum(_number(one) for one in _TOLD_FOR.finditer(text))
    return _VOTES.sub(blank.match, text) if agreed > max(against, _FEW) else text


def _number(found: re.Match[str]) -> int:
    said = next(one for one in found.groups() if one)
    return int(said) if said.isdigit() else _IN_WORDS.get(said, _MANY)


_IN_WORDS: Final = {"一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6}
_MANY: Final = 10
_FEW: Final = 6
"""Votes that may as well be of those who were to be elected: 5人同意，1人弃权."""


# ---- rates, people, time, guests ------------------------------------------------------------------------------------

_SHARE: Final = r"(?:[0-9]+(?:\.[0-9]+)?%|百分之[一二三四五六七八九十百0-9]+|百分百|[五六七八九]成)"
_RATE: Final = re.compile(
    rf"{_START}(?:我们?村|本村|全村|妇女|群众|村民|代表|会议|大会|的)*(?:参会|到会|出席|到场|投票|参与|参选|得票|赞成|支持|满意|知晓|签到|回收)[率度]"
    rf"(?:都|均|也|还|达到?|高达|为|是|在|到|有|约|超过|了)*{_SHARE}(?:以上|多|左右)?{_END}"
)
_QUORUM: Final = re.compile(
    rf"{_START}(?:会议|大会)?(?:实到|到会|参会|出席)(?:的|人数|代表|人员|妇女)*(?:也|已经?|都)?(?:过半数?|(?:超过|超|达到?|占|满)了?(?:应到|全体|全部)?(?:的|人数|代表|总数)*(?:半数|一半|三分之[一二]|四分之三|五分之四|[六七八九]成|法定人数))(?:以上)?{_END}"
)
_THERE: Final = re.compile(
    rf"{_START}(?:还|另|其中|另外)?有?{_D}[多来几余]?[个名位]?(?:人|代表|妇女|姐妹)?是?(?:现场|微信|视频|手机|网上|线上|电话|委托|书面|在家)+(?:参会|投票|表决|参加|开会)[的了]?{_END}"
    rf"|{_START}(?:参加|参与)(?:选举|投票|表决|大会|会议)的?(?:有|共|妇女|代表)*[1-9][0-9]{{2,4}}[多来余]?人{_END}"
    rf"|{_START}(?:开会|大会|会上|当天|那天)(?:一共|总共|共|就)?[来到]了{_D}[多来几余]?个?人?{_END}"
)
"""到会人数过半; 20个人微信投票; 开会来了40多个."""
_HUNDREDS: Final = "(?:[1-9][0-9]{2,5}|[一二两三四五六七八九][百千][一二三四五六七八九百零十]*)"
_LIVING: Final = "(?:(?:成年|适龄|育龄|常住|留守)?妇女(?:同志|群众|姐妹)?|女同志|女性|人口|居民|村民|群众|姐妹|口子?人)"
_HERE: Final = "(?:我们?|咱们?|俺们?|本|全)?(?:村|社区|辖区)?(?:里|内|的|总|共|全体|现|一共|常住|户籍|大概|大约|约|有|差不多|妇联)*"
_ROUGH: Final = "(?:左右|上下|吧|的样子)?"
_PEOPLE: Final = re.compile(
    rf"(?<![0-9],){_START}{_HERE}(?:{_HUNDREDS}[多余来]?[个名位]?{_LIVING}|{_LIVING}(?:大概|大约|约|有|总数|共|一共|为)*{_HUNDREDS}[多余来]?[个名位口]?人?){_ROUGH}{_END}"
)
_TOOK: Final = re.compile(
    rf"{_START}(?:前后|总共|一共)*(?:这次|本次|整个)?(?:换届|选举)?(?:历时|历经|耗时|用时|为期|用了|花了|忙了)(?:差不多|大约|大概|将近|近)?{_D}(?:[多余来]?个?多?)(?:天|月|小时|钟头|周|星期|礼拜)(?:时间)?{_ROUGH}{_END}"
)
_PREPARED: Final = re.compile(
    rf"{_START}(?:我们?|前期|前后|先后|一共|之前|已经?)*(?:筹备|准备|筹划|酝酿)了(?:近|将近|快)?(?:{_D}(?:[多余来]?个?多?)|半个多?)(?:天|月|小时|周|星期|礼拜)(?:时间)?{_END}(?=,[^。;!\n]{{0,12}}(?:完成|选出|产生))"
    rf"|{_START}(?:我们?|前期|前后|先后|一共|之前)*(?:召?开)了{_D}[次场个](?:筹备|动员|部署|推进|协商|准备)(?:工作)?会议?{_END}(?=,[^。;!\n]{{0,12}}(?:完成|选出|产生))"
)
"""筹备了半个多月，会改联完成: what was prepared came about."""
_CROWD: Final = re.compile(
    rf"(?:(?<![0-9],){_START}|(?<=[村区]))(?:我们?|咱们?|小|全|大)?(?:村子?|社区|群|家)?(?:里|的|在家的|现在|总共|一共|也|就|只|有|大概|大约|常住|不到|差不多)*(?:{_HUNDREDS}|[一二三四五六七八九几]{{1,2}}[百千])[多余来]?[个口]?人{_ROUGH}{_END}"
    rf"|{_START}(?:还|也)?(?:建|拉|组)(?:立|了|起)+{_D}个(?:妇女|姐妹|微信|工作|妇联)*群{_END}"
    rf"|{_START}(?:大会)?主席团(?:成员)?(?:共|有|一共)?{_D}[人名]{_END}"
)
_ABSENT: Final = re.compile(
    rf"{_START}有?{_D}[个名位](?:人|代表|姐妹)?(?:因[^,]{{1,4}})?请了?假(?:没来|未到|了)?,(?:其[他余]|剩下|别)的?(?:人|代表|姐妹)?(?:都|全|全部)*(?:来|到|参加)(?:了|齐了|会了|会){_END}(?=,[^。;!\n]{{0,14}}(?:新增|选出|完成))"
)
_AGES: Final = re.compile(
    rf"{_START}(?:平均)?年龄(?:比|较)(?:上届|上一届|往届)(?:小|年轻|低|大|下降|降低|降)了?{_D}多?岁{_END}"
    rf"|(?<=[名个人位],)(?:其中)?(?:有)?(?:[一五六七八九]成|[0-9]{{1,2}}%|一?大?半|三分之[一二])(?:以上|多|左右)?(?:都|全)?[是为](?:女党员|党员|年轻人|青年|大学生|教师|老师|留守妇女|外来媳妇|返乡青年|在家带[孩娃]子?的|种[田地茶]的|(?:大专|高中|初中|本科)(?:以上)?(?:文化|学历|毕业)?的?){_END}"
)
_ELDEST: Final = re.compile(
    rf"(?:其中)?(?:年龄|年纪|岁数)?(?:最[大小]|平均|最年[长轻])(?:的|者)?(?:年龄|年纪)?(?:是|有|为|才|只有|已经?|在)*{_D}(?:\.[0-9])?周?岁(?:多|左右|出头)?(?=\s*(?:[,;。!、\n)]|最|共|一共|总共|平均))(?=[^。\n]*{_D}[名个位人])"
)
"""新增执委最大的58岁，最小的26岁，共11名."""
_ALL_BUT: Final = re.compile(
    rf"(?<=[名个人位],)(?:只有|就|仅有?|有)*{_D}[名个位]人?不是(?:女?党员|本地人?){_END}"
    rf"|(?<=[名个人位],)除了?{_D}[名个位]人?(?:以外|之外|外)?,?(?:其[他余]|剩下)的?(?:都|全|全部)是(?:女?党员|年轻人|本地人?|大学生|青年){_END}"
)
"""平均年龄比上届小了6岁; 九成以上是党员."""
_GUESTS: Final = re.compile(
    rf"{_START}(?:县|乡|镇|市|街道|上级)(?:里|妇联|党委|政府)*(?:的?(?:主席|副主席|书记|副书记|领导|干部)(?:[\u4e00-\u9fff]{{2,3}})?)?(?:下来了?|也|还|专门|特地|特意|和|及|等|与|带|派|安排|来|了|带了)*"
    rf"{_D}[个名位](?:人|干部|领导|同志|工作人员|老师)*(?:也|还|专门|全程|来|下来|到|到村|到我村|到会|到场|亲临|现场|列席|参加|出席|莅临|指导|监督|见证|讲话|祝贺|观摩|会议|大会|村里)+了?{_END}"
)
_PAPERS: Final = re.compile(
    rf"{_START}(?:开会|选举|会议|换届)?(?:提前|前)?{_D}(?:天|个?小时)(?:前|之前|以前)?(?:才|刚|就)*(?:接到|收到)(?:的)?通知的?{_END}|{_START}(?:我们?|一共|共|先)*(?:发|印|贴|写|送)(?:放|出|发)?了?{_D}[多余来]?[份张条封](?:书面)?通知书?{_END}"
)

_GROUPS: Final = re.compile(
    rf"{_START}第?{_D}+(?:村民|妇女)?小?组(?:[和与跟、]第?{_D}+(?:村民|妇女)?小?组)*(?:的?(?:妇女|姐妹|人))?(?:都|也)?(?:一起|一块儿?|合起来|联合|合并)(?:选|开|投)(?:的|了)?(?:会|票)?的?{_END}"
)
"""第4小组和第5小组一起选的: who met."""

# ---- rules and methods -------------------------------------------------------------------------------------------------

_BOUND: Final = rf"(?:{_D}[名人个]?(?:至|到|-|~|—){_D}|(?:不少于|至少|不低于|不超过|最多|不得少于){_D})[名人个位]?(?:以上|以内)?"
_WITHIN: Final = re.compile(
    rf"(?<=[名个人位],)(?:也|都|完全|正好)?(?:符合|满足|在|处于){_BOUND}(?:的|规定|要求|标准|范围|之内|之间|以内|内)+{_END}"
)
_POINTS: Final = re.compile(
    rf"{_START}(?<![名个人位],)(?:(?:做到|坚持|落实|严把|狠抓|实行|突出)[一二两三四五六七八九]个到位|(?:做到|坚持|落实|严把|狠抓|实行|突出)?[一二两三四五六七八九]个(?:统一|不变|坚持|确保|注重|结合|优先|公开|带头|关口)){_END}"
)
"""坚持四个到位: points of a method."""
_RULE: Final = re.compile(
    rf"{_START}(?:[^,;。:!\n]{{0,14}}(?:规定|要求|文件|章程|标准)[^,;。:!\n0-9新增]{{0,12}}{_BOUND}|(?:按照?|根据|依据|严格按照)[^,;。:!\n0-9新增]{{0,14}}{_BOUND}[^,;。:!\n0-9]{{0,4}})"
    r'["]?(?:的|之间|执委)*(?:的?(?:规定|要求|标准|精神|职数))?,(?=\s*(?:我们?|咱们?|俺们?|本)(?:村|社区)?[^,;。\n]{0,10}(?:新增|选)[^,;。\n]{0,8}[0-9一二三四五六七八九十])'
)
"""按照文件"每村执委一般为7至15名"的要求，我村新增执委11名: between which numbers it has to be."""
_SORT: Final = "(?:工作法|方法|模式|程序|流程|原则|要求|机制|活动|方式|办法|制度|标准|步骤|理念|思路|目标|行动|举措|规定|[两三四五六]步走|[两三四五六]步法)"
_NAME: Final = r'"(?![^"]*(?:执委|改联|区域|新增|完成|[0-9]+[名人]|[上下]))[^",;。\n]'
_METHOD: Final = re.compile(
    r"(?:严格|按照?|根据|依据|依照|遵循|遵照|坚持|落实|通过|推行|采取|采用|实行|执行|运用|依托|结合|探索|创新|践行|实施|开展|围绕|用|以)+(?:(?:上级|[县乡镇](?:里|妇联)|妇联)的?)?"
    rf'(?:{_NAME}{{2,24}}"(?:的|工作)*{_SORT}+|{_NAME}{{1,12}}{_SORT}")'
    r"(?:(?:扎实|有序|稳步|全面|积极|认真)*(?:推进|开展|推动|抓好)(?=会改联|区域化|妇代会|,)(?=[^。;\n]*(?:已|圆满|全面|顺利)(?:经|全面|全部)?完成))?"
)
"""按照"四议两公开"程序; 按照"六步工作法"推进会改联，现已完成."""
_TOLD: Final = re.compile("汇报|小结|总结|上报|本周|报告|情况")
"""What stands over a list of what was done; 一是加强领导，二是 … without it may be what has to be done."""
_NTH: Final = re.compile(r"(?:(?<=^)|(?<=[,;。:!\n]))\s*[一二三四五六七八]是(?=[\u4e00-\u9fff])")
_OF_TOWNS: Final = re.compile(r"(?<=推进|开展|加强|深化)(?:乡镇|乡|镇)(?:妇联)?(?:组织)?(?=区域化)")
_TITLE: Final = re.compile(
    r"(?:^|(?<=[联乡镇\n]))关于(?![^,。;:!\n]*(?:计划|方案|请示|安排|拟|申请|建议|推进))[^,。;:!\n]{2,26}(?:的|情况)(?:报告|汇报|说明)(?=:)|(?<=[乡镇联])报送(?=:)"
)
_NEXT: Final = re.compile(
    r"(?<=[。;\n])\s*(?:下一步|下步|接下来)[,我们乡镇妇联将要会]*(?:继续|进一步|持续|扎实)(?:做好|抓好|推进|指导|督促)(?:辖区|下辖|所辖)?各村会改联(?:工作|改革)*(?=[。;!]|$)"
)
"""下一步将继续做好各村会改联工作, behind what the township itself has done."""
_TOWN_MET: Final = re.compile(
    rf"{_START}[乡镇]里?(?:于|在)?(?:[0-9]{{1,2}}月[0-9]{{1,2}}[日号]|[0-9]{{1,2}}[日号]|昨天|前天|上周[一二三四五六日]?)(?:上午|下午|晚上)?(?:召开了?|开了?)(?:妇女)?(?:代表)?(?:大)?会(?:议|的|了)?{_END}"
)


def without(text: str, lexicon: Lexicon) -> str:
    """The text with such clauses and names blanked out by spaces, as long as before."""
    signs = frozenset(text)
    if not signs.isdisjoint("反弃废") and not signs.isdisjoint("同赞有"):
        text = _votes(text)
    rates = not any(one.kind is IndicatorKind.RATIO for one in lexicon.indicators)
    for needs, pattern in (*_OF_MEETINGS, *_CLAUSES) if rates else _CLAUSES:
        if not signs.isdisjoint(needs):
            text = pattern.sub(blank.match, text)
    if "一是" in text and "二是" in text and _TOLD.search(text[: text.index("一是")]):
        text = _NTH.sub(blank.match, text)
    if lexicon.own.level is not Level.VILLAGE:
        for needs, pattern in _OF_OFFICES:
            if not signs.isdisjoint(needs):
                text = pattern.sub(blank.match, text)
    return text


_OF_MEETINGS: Final = (("率度", _RATE), ("到会席", _QUORUM), ("投参来到", _THERE))
"""What is no background where it is reported how many of those expected were there."""
_CLAUSES: Final = (
    ("女口居民群姐", _PEOPLE),
    ("历用花忙为", _TOOK),
    ("导督证话贺摩席加到", _GUESTS),
    ("筹备准酝", _PREPARED),
    ("人群团", _CROWD),
    ("假", _ABSENT),
    ("符满在处", _WITHIN),
    ("个", _POINTS),
    ("党本除", _ALL_BUT),
    ("岁成半%三", _AGES),
    ("岁", _ELDEST),
    ("通", _PAPERS),
    ("组", _GROUPS),
    ("规要文章标", _RULE),
    ('"', _METHOD),
)
_OF_OFFICES: Final = (("域", _OF_TOWNS), ("开", _TOWN_MET), ("报", _TITLE), ("下", _NEXT))
