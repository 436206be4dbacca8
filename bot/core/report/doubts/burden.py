"""A number that is asked of her rather than told: what she says behind it takes it on, refuses it, or asks how.

新增执委12人，努力中; 执委12个，饶了我; 新增执委12人，上哪儿找人; 新增执委按12名配.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question

_END: Final = re.compile(r"[,。;!:?\n()~…]")
_LEAD: Final = (
    "(?:我们?|咱们?|我村|村里|大家|现在|目前|这|那|也|都|就|会|真|实在|可|但|不过|一定|肯定)*"
)
_TASK: Final = "(?:努力|动员|找人|做(?:思想|群众)?工作|思想工作|酝酿|研究|物色|摸底|协商|考察|争取|落实|征求[^,]{0,2}意见|商量)"
PLEDGED: Final = (
    f"(?:正在?|还?在){_TASK}(?:中|着|呢)*|{_TASK}(?:当?中|着呢?)|(?:尽量|尽力|力争|争取)(?:吧|完成|做到|凑齐|选齐|而为)?|保证(?:完成|做到|选齐)(?:任务)?|包在我身上|交给我们?吧?"
    "|(?:马上|立[即刻]|今天|抓紧|尽快|坚决|回去)(?:就|去)*(?:办|落实|安排|布置)|有信心|慢慢来|(?:正在?|在|还在|得|再|去)*想想?办法|尽(?:最大)?(?:的)?(?:努力|全力)"
)
_TAKEN_ON: Final = (
    f"{PLEDGED}|遵命|(?:好的?)?(?:通知|任务)?(?:收到|知道|记住|晓得|接到)(?:通知|任务)?(?:了|啦)?"
)
_REFUSED: Final = (
    "(?:再|能不能)?给(?:我们?)?(?:一?[点些]|几天|[0-9一两二三几]+[天周])(?:时间)?|时间(?:太|有点|很|真)*(?:紧|短|赶)了?|(?:有|很|太|真的?|好|有点)+(?:困难|难度|难|吃力)了?|吃力|[弄搞做选凑]不[来起了]|吃不消|饶了?我|放过我|能不能?(?:减|少|降|缓|宽限)[^,]*|能[减少降缓][^,]*"
    "|通融[^,]{0,2}|(?:别|不要|莫)催了?|催什么催?|凭什么|没戏|不可能(?:完成|的|吧|做到)?|疯了|(?:真)?敢想|杀了我|要了?(?:我的?)?老?命了?|骗谁|[太]多了?|难选|谢天谢地了|烧高香了"
    "|(?:根本|都|也)*没(?:有)?人(?:来|干|愿意?|肯|当|做|报名|选)(?:干|当|来|做)?|(?:年轻人|年轻的?|人|妇女|姐妹们?|女的)(?:都|全)*(?:出去|在外面?|外出|去外[面地]|进城|到外面)(?:打工|务工)?了?|在家的(?:没|就|也没)几个|不给(?:钱|补贴|工资)[^,]*"
    "|[你您]们?(?:当我们?(?!没)|给我们?(?:派|变|找)|来[选当找]|以为|信)[^,]*|要?逼[^,]{0,3}(?:我|死)[^,]*"
)
_ASKED: Final = "(?:叫|让)?(?:我们?)?(?:去|上|到)?哪[儿里]?(?:去)?(?:找|来|有|请|选|凑|变|弄|挖)[^,]*|谁(?:给|来(?![登填拿取报签])|愿|肯|干|当|选|出)[^,]*|[怎咋]么?(?:选|[弄找搞办凑]|完成)[^,表名牌照图材]{0,2}|什么时候(?:要|选|完成|到位)|有(?:文件|必要|规定|依据|补[贴助]|工资)(?:吗|么|没有?)|干[嘛吗啥]|得开[^,]{1,3}会"
_RULED: Final = "(?:按照?|见|根据|依)(?:上级|镇里|乡里|县里)?(?:文件|规定|方案|要求|通知|章程)(?:规定|要求|来|的)?|文件(?:上)?(?:规定|要求|写的|说的)"
_OPEN: Final = "(?:是)?(?:推荐|建议|酝酿|初选|报名)(?:的)?名单|初选|(?:都|已经?)?报了?名了|(?:晚点|回头|等下)(?:再)?确认|(?:我)?(?:再)?(?:去)?(?:问[下问]|问一下)|我(?:再)?(?:看看|看一?下)|等一?下|(?:要)?改一?下|(?:等)?[你您]们?(?:来)?定|我记得"
_APPROVED: Final = "(?:(?:妥否|当否|可否)请批示|(?:请|恳请|望)?(?:上级|领导|镇里|乡里|组织)?(?:审批|定夺|批复|批准))"
_BURDEN: Final = re.compile(
    f"{_LEAD}(?:{_TAKEN_ON}|{_REFUSED}|{_ASKED}|{_RULED}|(?P<open>{_OPEN})|{_APPROVED})[吧啊呀呢哦哈嘛吗啦的]*"
)
_AT_ONCE: Final = re.compile(
    "(?:为限|(?:没|未|不)(?:有)?当选|参选|对象|在路上|还多|封顶)(?:的|了|啊|呢)*|(?:配|选)(?:的|了)?"
)
"""In one breath with the number: 12名对象."""
_QUOTA: Final = re.compile(
    "(?:分到|分了|分给我们|给(?:我们|咱们?|我村))$|(?:上限|职数|席位|配备|应配|规模|位[置子]|对象)(?:数|人数)?(?:是|为|有|:|共|\\s)*$|(?<=执委)(?:我们?)?找了$|(?<!前)[提备]$|得有$|(?<![对标批])准(?=执委)|(?:逼|催|压)着?(?:我们|我村|咱们?|村里)|^(?:得|一般|请完成|会上[讲说])(?=新增)"
    "|(?:[乡镇县市](?:里|妇联)?|上[面头级]|领导)(?:妇联)?(?:(?:[给分派批拨要]|下达|安排)(?:给|了)*(?:[我咱俺]们?|村里)?(?:村)?|定(?=[给的]))(?:[定批分派给下]|安排|下达)*(?:了|的|是|为)*(?:新?[增选]?执委)?[是为]?$"
    "|^(?:我们?|村里|想|要|打算|准备|会)*(?:邀?请)$|^(?!.*经)[^,]*(?:酝酿|应到|等额|差额|讨论|研究|审议|商议)[了过]?(?:新[增选])?(?:执委)?$|候选人?(?:名单)?(?:里|中|当中)[面头]?(?:要|再|来|拟)?[选挑](?:执委)?$"
)
_THOSE: Final = re.compile("执委(?![都全均已也是就个])")
"""那12个执委呢: they were spoken of before."""
_SHARED: Final = re.compile("按(?:照)?$")
_HEADED: Final = re.compile(
    "(?:方案|(?:会议|大会)?议程|名额|计划|安排|工作方案)(?:如下)?|(?:关于)?[^,]{0,12}(?:请示|方案|申请|计划)|(?:看了|按照?|根据|照)文件(?:规定|要求)?|(?:会上|开会)[讲说]的?|(?:我们)?商量(?:了)?(?:一下|下)?|会上讲"
)
DID_SO: Final = re.compile(
    "(?:我|本)(?:村|社区|居|乡|镇)(?:妇联)?(?:已|共|现|依法|按程序)*(?:新增|选举产生|选出)"
)
"""按照文件要求，我村新增执委12名: they did what it asks."""
_NAME: Final = re.compile("(?:的|新)*(?:执委|委员|妇联)?")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about a number that may be only a target."""
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if len(told) != 1:
        return []
    claim, done = told[0], any(c.value is Mark.DONE for c in claims)
    (start, end), at = claim.span, 0
    ask = Ask.NOT_DONE if not done and text.startswith("还新增") else None
    for part in _END.split(text):
        if at <= start < at + len(part):
            if _in_its_clause(part, start - at, end - at, done=done):
                ask = Ask.NOT_DONE
        elif at < start and "照" in part and DID_SO.match(text, at + len(part) + 1):
            pass
        elif not done and (found := (_BURDEN if at >= end else _HEADED).fullmatch(part.strip())):
            ask = Ask.UNREAD if "open" in found.re.groupindex and found["open"] else Ask.NOT_DONE
        at += len(part) + 1
    return [Question(ask, claim.span, claim.indicators)] if ask else []


_NUMBER: Final = re.compile("[0-9零一二两三四五六七八九十百]+\\s*[名个位人]?")


def _in_its_clause(part: str, start: int, end: int, *, done: bool) -> bool:
    """执委分到12名, 新增执委按12名配, 选12个执委好难."""
    number = _NUMBER.search(part, start)
    front, rest = part[: number.start() if number else start], part[end:]
    rest = _NAME.sub("", rest, count=1).strip()
    if _QUOTA.search(front.strip()) or (_SHARED.search(front) and _AT_ONCE.fullmatch(rest)):
        return True
    if front.strip() in ("这", "那", "哪") and _THOSE.match(part, end):
        return True
    if not rest:
        return False
    at_once = _AT_ONCE.fullmatch(rest) is not None and rest[0] not in "配选"
    return at_once or (not done and _BURDEN.fullmatch(rest) is not None)
