"""Clauses that only measure what is beside a figure: 公示5个工作日无异议; 100%到会; 任期五年，从今年开始算; 13选12.

Each is a whole clause of one such measure. With a word more (公示期内退了1名, 到会不足一半) it stays, and is judged as it was.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals
from bot.core.model import IndicatorKind
from bot.core.reading import Lexicon
from bot.core.report.plain import blank

_START: Final = r"(?:^|(?<=[,;。:!\n(])|(?<=[名个人位] ))\s*"
_END: Final = r"(?:[了的啊哈呢])?(?=\s*(?:[,;。!\n)]|$|新增执委))"
_D: Final = "(?:[0-9]+|[一二两三四五六七八九十百]+)"
_DATE: Final = r"(?:[0-9]{4}年)?(?:[0-9]{1,2}[月./][0-9]{1,2}[日号]?|[0-9]{1,2}[日号]|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}[日号])"
_SPAN: Final = rf"(?:从|自)?{_DATE}(?:起|开始)?[-~到至]{_DATE}(?:止|为止)?"
_NONE: Final = "(?:期间|期满|期内|期限内|结束|后|到期|满|现|均|也|都|已经?|村民|群众|大家|无人|没有?人|无|没有?|未)*(?:收到|接到|提出?|任何|不同|有|人|过)*(?:异议|意见|反对|不同意见|反映|举报|投诉|问题)"
_NO: Final = "(?=[^,;。!\\n]*[无没未])"

_SHOWN: Final = re.compile(
    rf"{_START}(?:名单|结果|情况|人选|当选人|选举|会后|同时|另外|并|均|已经?|都|现|也|张榜|在(?:村务)?公开栏|在村部|上墙)*公示(?:期|时间|期限|栏)?(?:已经?|了|满|为|是|共|都|有|:|\s)*{_D}(?:个)?(?:工作日|天|日|晚)(?:时间)?(?:已?(?:到期|期满|结束|满))?(?:,?(?:时间|从)?(?:是|为)?{_SPAN})?(?:,?{_NO}{_NONE})?{_END}"
    rf"|{_START}(?:名单|结果|已经?|经|已在|在|村务)*公示(?:期|时间)?(?:是|为|:)?{_SPAN}(?:,?{_NO}{_NONE})?{_END}"
)
_RATE: Final = re.compile(
    rf"{_START}(?:代表|妇女|会议|大会|全体|应到|姐妹|村民|群众|当天|的)*(?:达到?|以|有|将近)?(?:100%|百分之百|百分百|[6-9][0-9](?:\.[0-9]+)?%|百分之[六七八九]十[一二三四五六七八九]?)(?:的)?(?:妇女|代表|人|人员|姐妹|票|得票|选票)?(?:都|全|率|数|以上)*(?:到会|参会|出席|到场|参加|签到|投票|参与|赞成|同意|通过|满意|到齐|当选|支持){_END}"
    rf"|{_START}(?:代表|妇女|会议|大会|全村|本次|群众|村民|的)*(?:到会|参会|出席|到场|投票|参与|参选|得票|赞成|同意|支持|满意|知晓|签到|回收|入户|走访|覆盖|推荐|提名|当选|有效票|有效|宣传|参加|通过)[率度](?:都|均|也|还|达到?|高达|为|是|在|到|有|约|超过|了|:)*(?:[6-9][0-9](?:\.[0-9]+)?%|100%|百分之百|百分百|百分之[六七八九]十[一二三四五六七八九]?)(?:以上|多|左右)?{_END}"
)
_TERM: Final = re.compile(
    rf"{_START}(?:每届|本届|这届|第一届|一届|一|首届|执委会?|任职|届期|她们)*(?:任期|聘期|届期|任职期限?)(?:都|均|为|是|统一|也|定|一届|:)*{_D}年(?:一届)?(?:[,(]?(?:从|自|由)?(?:今年|本月|这个?月|现在|当选之?日|选举之?日|今天|{_DATE}|[0-9]{{4}}年(?:[0-9]{{1,2}}月)?)(?:起|开始|算起|起算|往后|以来|计算|计|算)*(?:[,至到-]*(?:20[0-9]{{2}}年?(?:[0-9]{{1,2}}月)?(?:底|止|届满|到期|结束|为止)*))?\)?)?{_END}"
)
_MEAN: Final = re.compile(
    rf"{_START}平均(?:下来|算|算下来)?(?:每一?个?|一个|各)(?:村民|生产|居民)?(?:小?组|自然村|片区?|网格|队|屋场)(?:大概|大约|约|就|有|都|是|出|选)*(?:{_D}|[0-9]\.[0-9])[名个人位]?{_END}"
    rf"|{_START}每一?个?(?:村民|生产|居民)?(?:小?组|自然村|片区?|网格|队|屋场)(?:大概|大约|约|就|有|都|是|出|选)*{_D}[到至~-]{_D}[名个人位]{_END}"
)
_CHOSEN_OF: Final = re.compile(
    rf"{_START}(?:实行|采取|采用)?(?:差额选举?,?)?(?:从|由|在)?(?P<of>{_D})[名个人位]?(?:候选人|人|候选|名候选人)?(?:里面?|中|当中|之中)?(?:差额)?选(?:了|出)?(?P<n>{_D})[名个人位]?(?:的|差额选?举?)?{_END}"
    rf"|{_START}(?:实行|采取|采用)?(?:差额选举?,?)?(?:正式)?候选人(?:是|有|为)?(?P<of2>{_D})[名个人位],?(?:差额)?选(?:了|出)?(?P<n2>{_D})[名个人位]?{_END}"
)
_BOUNDS: Final = re.compile(
    rf"{_START}(?:按|照|按照|根据)?(?:上面|上级|镇里|乡里|县里|文件|章程|通知|职数|名额|执委)*(?:的)?(?:规定|要求|核定|职数|名额|文件|标准|范围)(?:里|上)?(?:数|是|为|在|选|的|要求|规定|说|写|:)*(?P<lo>{_D})[名个人]?[到至~-](?P<hi>{_D})[名个人位](?:之间)?(?:,?(?:我们|我们村|都|完全|正好|也|刚好|在)*(?:符合|达到|满足|不超|没超|范围内|里面)(?:了|要求|规定|标准|职数)*)?{_END}"
)
_LENGTH: Final = re.compile(
    rf"{_START}(?:其中)?(?:党龄|工龄|教龄|婚龄|村龄|任职|当村干部?|工作)(?:时间|年头)?最[长短大小多少久]的?(?:也|都|有|是|已经?|才|了)*{_D}多?年{_END}"
    rf"|{_START}(?:已经?|都|也)*(?:提前|前)了?{_D}(?:个)?(?:天|工作日|日|小时|周|星期)(?:就|在[^,;。]{{1,5}})*(?:发了?|贴了?|下了?|出了?|发布|张贴|下发|通知|公告)(?:的|了|通知|公告|出去|到人|到位|大家|代表|各组|各户)*{_END}"
    rf"|{_START}(?:已经?|都|也|我们|村里|一共|总共)*(?:贴|发|印|拉|挂|写|送)(?:了|出|放)*{_D}(?:多|来)?[张份条幅封本块](?:大红|书面|会议|选举|宣传)*(?:通知书?|公告|横幅|标语|海报|传单|宣传单|宣传册|倡议书|公开信|喜报|邀请函|条幅|资料){_END}"
    rf"|{_START}(?:前期|我们|前后|会议|选举|大会)*(?:筹备|准备|筹划|酝酿|动员)(?:工作|阶段|期)?(?:就|一共|总共|前后)*(?:用|花|做|搞|历时)?了?(?:差不多|大概|大约|将近|近)?{_D}(?:多)?个?多?(?:天|月|小时|周|星期|礼拜)(?:时间)?{_END}"
    rf"|{_START}(?:妇女|妇联|姐妹|工作|微信|村|我们)*群(?:里)?(?:现在|目前|已经?|也|都|一共|总共|又|建|拉|加|进|有|了|的|满|达到?|快)+{_D}[多来余]?[个名位]?(?:姐妹|妇女|人|村民|成员|好友|群众|女同志)?{_END}"
)
OUT_OF: Final = re.compile(
    rf"(?:(?<=^)|(?<=[,;。:!\n村区联里]))(?:从|由|在)(?:全村|我村|本村|这)?的?(?P<of>{_D})[名个位]?(?:(?:女)?(?:候选)?人选?|(?:村民|妇女|居民)?代表|妇女(?!代表)(?:骨干)?|姐妹|群众|女?党员|(?P<place>(?:村民|居民)?小?组|自然村|网格|片区))(?:里面?|里头|中间?|当中|之中)?(?=(?:民主|投票|差额|选举|公开|,)*(?:选出|选了|选举|产生|推选)(?:了|出|产生)*(?:新?执委(?P<n>{_D})[名个人位]|(?P<k>{_D})[名个人位]新?执委))"
)
"""从40名妇女里选出执委12名, 从6个组选了12个执委: out of whom."""
_LIKE: Final = re.compile(
    rf"{_START}(?:年龄|平均|平均年龄|整体)*(?:比|较)(?:上届|上一届|往届|前一届)(?:的)?(?:平均)?(?:小|年轻|低|下降|大|轻)了?{_D}多?(?:周?岁){_END}"
    rf"|{_START}(?:没有?|无)(?:一个)?男(?:的|同志|性|委员|执委)?{_END}"
    rf"|{_START}(?:大?约|大概|差不多|合)?占(?:比|到|了)*(?:全村|本村|村里|总|执委|成年|适龄|全体|妇女|女性|人口|人数|总数|成员|的|约|大约|近|达到?|为)*[0-9]{{1,3}}(?:\.[0-9]+)?%(?:左右|以上)?{_END}"
    rf"|{_START}(?:每一?个?|各个?)(?:村民|生产)?(?:小?组|自然村|片区?|网格|角落)(?:都|也|均)有(?:人)?,最[少多]的?(?:有|是|组|村|才|只|就|出)*{_D}[名个],最[少多]的?(?:有|是|组|村|才|只|就|出)*{_D}[名个]{_END}"
    rf"|{_START}(?:平均)?(?:年龄|年纪|岁数)?(?:平均|都|从|在|为|是)*[0-9]{{2}}(?:周?岁)?[到至~-][0-9]{{2}}(?:周?岁)(?:不等|之间|都有|的|内)*{_END}"
    rf"|{_START}平均(?:年龄|岁数|年纪)?(?:是|为|在)?[0-9]{{2}}(?:\.[0-9])?(?:周?岁)?{_END}"
    rf"|{_START}(?:支持|赞成|满意|投票|参与|到会|得票)?率?(?:都|很高|,)*(?:达到?|有|在)?[6-9][0-9]%以上{_END}"
    rf"|{_START}(?:[七八九]成)(?:以上|多)?(?:的)?(?:代表|妇女|村民|人)(?:都|来|到会|参加|参会|投票|赞成|同意|到场|到了|来了)+{_END}"
    rf"|{_START}(?:得票|票数|每人)(?:数|得票)?(?:都|均|也)*(?:在|超过|超|过|达到?|不低于|高于)[0-9]{{2,3}}票(?:以上)?{_END}"
    rf"|{_START}得?票数?最[高多少低]的?(?:执委|人|一个|那个|也|都|有|是|得了?|拿了?|才|只|为|:)*[0-9]{{1,3}}票(?:[,、]?最[高多少低]的?(?:也|都|有|是|得了?|才|只|为|:)*[0-9]{{1,3}}票)?{_END}"
    rf"|{_START}(?:她们|各自|每人|票数)*(?:分别|依次|各)*得?票(?:数)?(?:分别|依次|各|是|为|:)*(?:[0-9]{{1,3}}票?[、,]){{2,}}[0-9]{{1,3}}票?{_END}"
    rf"|{_START}(?:第一[轮次]|头一[轮次]|一[轮次])(?:投票|选举)?(?:就|都|全都?|全部)*(?:过了?半数?|过半|通过|选出来|成功)了?(?:[,、]?(?:没用|不用|没有?搞|没有?进行|没走到|没到)(?:上|着)?第二[轮次])?{_END}"
    rf"|{_START}(?:里面|里头|就|也)*数我(?:的)?(?:年纪|年龄|岁数)?最(?:大|小|老|年轻){_END}"
    rf"|{_START}(?:还|也|又|另外)*(?:写|出|办|刷)了{_D}[块期条面版](?:黑板报|板报|宣传栏|标语|墙报)(?:来)?(?:宣传)?{_END}"
    rf"|{_START}(?:会议|选举|大会|整个|全程|一共|总共|前后)*(?:用|历|耗)时(?:了|约|共|近|大约)*{_D}个?半?(?:多)?(?:小时|钟头|天){_END}"
    rf"|{_START}{_D}[张个]?票(?:里|中)?(?:没有?|无)(?:一张|1张)?(?:废|无效|弃权|反对)票?{_END}"
    rf"|{_START}(?:全村|我村|我们村|本村)?(?:共|有|一共)*{_D}个(?:村民|居民|自然)?(?:小?组|村|片区)[,、]?[0-9]+户[,、]?[0-9]+(?:多)?[口]?人{_END}"
    rf"|{_START}(?:前面?|之前|前后|先后|一共|共|我们|先|还)*(?:召?开)了{_D}[次场个](?:筹备|预备|动员|部署|推进|协商|准备|座谈)(?:工作)?会议?{_END}"
    rf"|{_START}(?:上午|下午)?[0-9]{{1,2}}:[0-9]{{2}}[-~到至](?:上午|下午)?[0-9]{{1,2}}:[0-9]{{2}}{_END}"
    rf"|{_START}附件?:(?:名单|照片|表格?|登记表|材料)[0-9一二两三]+[份张页]{_END}"
    rf"|{_START}(?:举手)?(?:表决)?(?:通过,)?没有(?:一个人?|人)?反对的?{_END}"
    rf"|{_START}(?:老中青|年龄|学历|年龄结构|人员结构)*(?:比例|结构|占比)(?:是|为|:)?(?:老中青|老青)?(?:是|为)?{_D}:{_D}(?::{_D})?{_END}"
)


def without(text: str, lexicon: Lexicon) -> str:
    """The text with such clauses blanked out by spaces, as long as before."""
    signs = frozenset(text)
    rates = any(one.kind is IndicatorKind.RATIO for one in lexicon.indicators)
    for needs, pattern in _CLAUSES:
        if not needs.isdisjoint(signs) and not (
            (rates and pattern is _RATE) or (pattern is _SHOWN and text.count("公示") > 1)
        ):
            text = pattern.sub(blank.match, text)
    if "选" in signs:
        text = _CHOSEN_OF.sub(lambda m: _chosen(m, text), text)
        text = OUT_OF.sub(_enough, text)
    if "各" in signs:
        text = _EACH.sub(lambda m: _times(m, text), text)
    return _BOUNDS.sub(lambda m: _within(m, text), text) if not _RULES.isdisjoint(signs) else text


_CLAUSES: Final = (
    (frozenset("示"), _SHOWN),
    (frozenset("%百"), _RATE),
    (frozenset("期"), _TERM),
    (frozenset("均每"), _MEAN),
    (frozenset("比没无占最岁均率成票户开附反:轮次时板栏墙语数"), _LIKE),
    (frozenset("龄前贴发印拉挂写送筹准酝动群最"), _LENGTH),
)
_RULES: Final = frozenset("规求职额标文范核")
_TOTAL: Final = re.compile(
    rf"(?:新[增选]|选出|选了|产生)[^,;。!\n0-9候拟]{{0,8}}(?P<n>{_D})[名个人位]|(?P<m>{_D})[名个人位](?:新)?执委"
)


def _numbers(text: str) -> set[int]:
    """How many new ones are told."""
    return {_value(m["n"] or m["m"]) for m in _TOTAL.finditer(text)}


def _chosen(found: re.Match[str], text: str) -> str:
    """Nothing of 13选12, where twelve are told."""
    of, number = _value(found["of"] or found["of2"]), _value(found["n"] or found["n2"])
    told = _numbers(text[: found.start()] + "," + text[found.end() :])
    return " " * len(found[0]) if number in told and of > number else found[0]


def fewer(found: re.Match[str]) -> bool:
    """从9名候选人中选出执委12名: fewer than were chosen out of them."""
    return not found["place"] and _value(found["of"]) < _value(found["n"] or found["k"])


def _enough(found: re.Match[str]) -> str:
    """Nothing of those out of whom so many were chosen, if there are enough of them."""
    return found[0] if fewer(found) else blank.match(found)


_EACH: Final = re.compile(
    rf"{_START}(?:全村|我村)?(?P<of>{_D})个?(?:村民|生产|居民)?(?:小?组|自然村|片区?|网格|队)(?:都)?各(?:选|出|有|推)*(?:了)?(?P<n>{_D})[名个人位]{_END}"
)


def _times(found: re.Match[str], text: str) -> str:
    """Nothing of 四个自然村各3名, if that comes to what is told."""
    told = _numbers(text[: found.start()] + "," + text[found.end() :])
    return " " * len(found[0]) if _value(found["of"]) * _value(found["n"]) in told else found[0]


def _within(found: re.Match[str], text: str) -> str:
    """Nothing of 职数11到15名, where all that is told lies between them."""
    told = _numbers(text[: found.start()] + "," + text[found.end() :])
    fits = told and all(_value(found["lo"]) <= n <= _value(found["hi"]) for n in told)
    return " " * len(found[0]) if fits else found[0]


def _value(said: str) -> int:
    return numerals.value(said) or 0
