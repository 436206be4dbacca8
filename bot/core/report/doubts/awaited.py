"""A number beside a clause that only says what its election still waits for: until when, for whom, what was made ready, what is in the way.

书记回来选，执委12名; 执委12名，明天定; 票箱准备好了，执委12名; 人不齐，执委12名. Such a clause is known as a whole. One more word (书记回来了,
人选好了, 培训时间再商量) and it is another. What was made ready or was in the way is no doubt where anything else says that it was held.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.doubts import ahead

_SIGNS: Final = frozenset(
    "选开投票换完定过商研举看调谈找联走人快备好了通做批置借齐等天没不在那嗯就晚这征拿若如差缺公章"
)
_END: Final = "[吧呢啊哈呀哦]*"
_WHO: Final = "(?:书记|支书|主任|(?<!本)领导|上级|上面|(?:村|镇|乡|县)里?|(?:村)?(?:两委|支部|支委|党委)|镇党委|乡党委|政府|组织|包村干部|驻村干部)(?:他们|那边|会)?"
_MEETING: Final = "(?:村民?|妇女|代表|妇代|两委|支部|选举)?大?会"

# ---- until when ---------------------------------------------------------------------------------------------

_VOTE: Final = f"(?:(?:召?开|开个)(?:{_MEETING})?(?:来)?(?:选举|选|投票|换届)?|选(?:举|人|一下)?(?:执委)?|投票|改选|换届(?:选举)?|表决)"
_PASSED: Final = re.compile(
    "昨|专门|特[地意]|[坐赶]|前[天晚]|上[周次]|(?<![一二三四五六天日末])上午|上个|已|刚|[今当那][天场日](?!晚上|下午)|今早|中午|早[上就]|终于|总算|都(?:已经)?回来|才|(?<!过)(?<!节)了(?![选开投换表再就]|我们|大家|以后|之后)|[选开投]的"
)
_BACK: Final = (
    "[^,0-9]{0,8}?(?:回来|回村|回家|到家|放假|有空|得空|空下来|空了|到齐|齐|[都全]在|来人)"
)
_WEATHER: Final = (
    "(?:等)?(?:天气?|天公)?(?:晴|好)|(?:等)?雨停|不下雨|[^,]{0,2}(?:农闲|农忙|开春|开学|过年|过节)"
)
_OVER: Final = "[^,0-9选投票]{0,4}[忙收采割摘种插过办吃弄晒打干]完[^,0-9选投会]{0,4}?|换届完|过了[^,0-9]{1,4}?|[^,0-9]{0,4}(?:忙|收|采|割|摘)过"
_AFTER: Final = f"(?:{_BACK}|{_WEATHER}|{_OVER})(?:了|以后|之后|过后|后|时|的?时候|那天)*"
_THEN: Final = (
    "(?:我们?村?|咱们?|村里|大家|再|就|才|也|来|马上|立刻|一起|要|会|准备|打算|正式|可以|能)*"
)
_AT_ONCE: Final = "[^,0-9]{2,10}就(?:来|去|可以|能)?(?:开会)?(?:选(?:举|执委)?|投票|换届)"
_SHORTLY: Final = "(?:待会儿?|等会儿?|一会儿?|等一?下|马上|正?准备|正要|快要)(?:就|要|再|来|去)*(?:开会)?(?:选(?:举|执委)?|投票|表决|定)"
_UNTIL: Final = re.compile(f"(?:{_AFTER}{_THEN}{_VOTE}|{_AT_ONCE}|{_SHORTLY}){_END}")
_TILL: Final = re.compile(
    "(?:先)?(?:等)?(?:忙完|过了?)这(?:阵子?|几天|段时间|段|一?周)|(?:今晚|今天晚上)(?:我们|就|要|来|再|才)*(?:选举|投票)?"
)
_SOON: Final = re.compile(
    f"(?:到|等|等到|就)?(?:{ahead.WHEN})+(?:上午|下午|晚上)?(?:的会|我们?|大家|都|全|有空|得空|在|{_THEN})*(?:选(?:执委)?|开)"
)
_ON: Final = re.compile(
    f"(?:就|在|定在?)?(?:这个?|本)?(?:周|星期|礼拜)([一二三四五六天日])(?:上午|下午|晚上)?{_THEN}{_VOTE}{_END}"
)
_WEEK: Final = "一二三四五六日"
_IN_MONTH: Final = re.compile(
    f"(?:到|等|等到|在)?([0-9一二三四五六七八九十]{{1,3}})月(?:份)?(?:[初中底末上下旬]+)?{_THEN}{_VOTE}{_END}"
)


def until(said: str, today: date | None) -> bool:
    """书记回来选, 收完茶选, 周六开, 12月开会: when it is to be."""
    if _PASSED.search(said):
        return False
    month = _IN_MONTH.fullmatch(said)
    if month:
        return ahead.month_ahead(month[1], today)
    on = _ON.fullmatch(said)
    if on and today and today.weekday() < _WEEK.index(on[1].replace("天", "日")):
        return True
    return any(one.fullmatch(said) for one in (_UNTIL, _TILL, _SOON))


# ---- who decides --------------------------------------------------------------------------------------------

_LIST: Final = "(?:(?:这个?|以上|具体|最后|最终|新|名单|人选|人数|人员|执委|数字?|可能|也许|应该|都|全)*(?:也|都|还|就|只|正|是)*)"
_TALK: Final = "(?:征求(?:一下)?意见|商量|商议|研究|讨论|考虑|协商|斟酌|合计|谈谈?|调整?|审(?:核|议|批|一审)?|看|过目|点头|同意|定(?:夺)?)(?:一下|下|一?[看谈])?"
_WAITS: Final = "(?:还要|还得|还需|需要|要|得|等着?|还等|就等|待|须)"
_DECIDED: Final = re.compile(
    "|".join(
        (
            f"{_LIST}(?:{_WHO})?(?:还要|要|还得|得|需要)?再{_TALK}(?:商量|再说)?",
            f"{_LIST}[^,0-9没]{{0,6}}回来(?:再|才|就|来)*{_TALK}",
            f"{_LIST}{_WAITS}(?:{_WHO}|开会|{_MEETING})(?:上|来|再)?(?:{_TALK}|通过|表决|投票)",
            f"{_LIST}(?:还要|可能要|可能还要|还得|可能|也许)+(?:再)?(?:征求意见|看|商量|研究|讨论|调整?|审)(?:一下)?",
            f"{_LIST}(?:{_WHO}来|开会(?:时|的?时候|再|来)|今天(?:开会|{_MEETING}|会上)(?:再|来)?|会上(?:再|来)?|大会(?:再|来)?)(?:才)?(?:决?定|投票|举手|表决|拍板)",
            f"(?:要|还?得|先|就)?看(?:{_WHO}|大家|群众)的?(?:意见|意思|安排|态度|同不同意|怎么说|批不批)",
            f"(?:{_WHO})(?:来)?拿主意",
            f"(?:请|由|听)(?:您|你|组织|{_WHO})*(?:来)?(?:定夺|拍板|裁定)(?:一下)?",
            f"(?:我们?|村里|我村|就|也)*(?:准备|打算|计划|预计|拟|定)(?:在|于)?(?:{ahead.DAY}|{ahead.WHEN})(?:上午|下午|晚上)?(?:开会)?(?:来|再|就)?(?:选(?:举|人)?|投票|表决|换届|(?:召?开)(?:妇女代表大会|妇代会|妇女大会|选举大?会|换届大?会))",
            "(?:若是?|如果?|要是|只要|等)(?:天气?|天公|老天)[^,]{0,3}(?:好|晴|作美)(?:的话)?",
            "(?:先|再|还要|要|还得|得)+等(?:等(?:看)?|几天|[一两三]天)|等等看|还(?:得|要)(?:等)?[几两三一]天",
            f"{_LIST}(?:{_WHO})(?:还|都|一直)*没(?:有)?(?:看|过目|点头|审|研究|拍板)(?:过|到|呢)*",
            "(?:名单|人选|人|我们?|我村|村里|目前|现在|还|正|也|都)*在(?:商量|谈|找人?|联系|走程序|走流程|讨论|动员|物色|酝酿|协商|考虑|做思想工作)(?:中|着)?",
            f"{_LIST}(?:后[面期续]?|以后|之后|到时候?|可能|也许|还|会)*(?:可能|也许)(?:还|会|要|有|再)*(?:调整|变动|变化|改动?|换人)",
            "(?:这|这个|这些|以上|目前|现在|都|还|只|就)+(?:是)?(?:(?:推荐|建议|候选|提名|初步|初选|预备)的?(?:人选|名单|人)|(?:(?<=只是)|(?<=还是))(?:人选|名单))",
            "(?:(?:我们?|马上|就|也|都|应该|会改联)*快(?:要)?(?:[搞弄办选做忙]?[好定成完]|完成|搞掂|结束)?了)+",
            "(?:还|仍|正|在|目前|现在|一直|也|都)*(?:(?:进行|筹备|推进|办理|努力|酝酿|摸底|准备)(?:之中|当中|中)|(?:正|还|仍|目前|现在)在?(?:进行|筹备|酝酿|努力|摸底)|还[差缺])(?:了|着|呢)*",
            "(?:还|就|只|要|得|再)*等(?:着|到)?(?:[镇乡县]里?|上[级面头]|领导|书记)*(?:批|同意|盖章|签字|审)(?:下来|完|好|过|了)*",
            "(?:批文|批复|手续|公章|章)?(?:还|尚|也|都)*(?:没有?|未)(?:盖章?|批|下来|办完|走完)(?:呢|了)*",
            "公示期?(?:还|要|得|到|有|满)*(?:明天|后天|大后天|下周[一二三四五六日天]?|[一二两三四五六七八九十0-9]+天)(?:才|就|后|以后|之后|到期)*(?:满|结束|到期|生效|算数?|有效)",
            f"(?:{ahead.DAY}|{ahead.WHEN}|月底|年底|[0-9一二]{{1,2}}月底?)(?:之|以)?[前内]?(?:肯定|一定|应该|争取|估计|保证|大概)*(?:能|会|可以|可)(?:全部|都)?(?:[搞弄办做选忙][完好定成]|完成|到位|结束)",
        )
    )
)
"""再商量, 名单等书记看, 会上投票, 人选在谈, 快了: nothing of 培训时间 or 分工."""


def undecided(said: str) -> bool:
    """名单等书记看, 快了: whether a clause says that it is not decided, or not at its end."""
    return _DECIDED.fullmatch(said.rstrip("吧呢啊哈呀哦")) is not None


# ---- what was made ready, what is in the way --------------------------------------------------------------------

_HAS: Final = "(?:也|都|全|已经?|基本上?|刚刚?|早就?|大家|全部)*"
_DID: Final = "(?:来|好|完|妥|齐|通|到位|下来|下去|出去|上去|了)*"
_READY: Final = re.compile(
    "|".join(
        (
            f"(?:候选人?名单|候选人){_HAS}(?:选|定|公示|贴|批|报|找|推荐|提|谈|通知){_DID}",
            f"人选{_HAS}(?:有|报|找|谈|物色|推荐|上报){_DID}了",
            f"报名{_HAS}(?:结束|完|截止|好){_DID}",
            f"(?:会场|会议室|场地|横幅|会标|标语|票箱|投票箱|选票|会务){_HAS}(?:布置|借|做|印|备|准备|弄|搞|挂|安排|联系|买|定|找|写){_DID}",
            f"(?:选举|会议|换届)?(?:准备|筹备|前期)(?:工作)?{_HAS}(?:做|准备|弄|搞|到位){_DID}",
            f"(?:(?:代表|大家|人|姐妹)们?)?{_HAS}通知{_HAS}(?:(?<=都通知)到|好|完|发|贴|下去|出去|发出去|发下去|开会)+了?|(?:会议|开会|选举)?通知{_HAS}(?:发|贴|下|出)(?:出去|下去|好)?了",
            f"(?:会议|开会|选举|大会|投票)?(?:时间|日子|日期){_HAS}(?:定|选|看|安排|排){_DID}了",
            f"(?:{_WHO}){_HAS}(?:同意|答应|批准|批)(?:了)?(?:我们)?(?:开会|选举|换届|开大会)了?",
            f"(?:选举|换届|工作|会议)?(?:方案|请示){_HAS}(?:写|做|报|批|定|通过|送|交)(?:过)?{_DID}了",
            f"(?:会场|会议室|横幅|会标|票箱|选票|候选人?名单|候选人|选举方案){_HAS}(?:正|还)?在(?:布置|印|做|准备|写|定|谈|找)(?:中|着)?",
            f"选举公告{_HAS}(?:贴|发|出){_DID}了|(?:选委会|选举委员会|选举领导小组){_HAS}(?:成立|定){_DID}了|选民登记{_HAS}(?:做|搞|弄)?{_DID}了?",
            f"摸底(?:工作)?{_HAS}(?:做|摸|完成|结束|搞)?{_DID}了|开过?了?(?:预备|筹备|动员|准备)会了?|(?:预备|筹备|动员|准备)会{_HAS}开(?:过|完|好)?了",
            f"[跟和与同](?:大家|姐妹们?|她们|人|{_WHO}){_HAS}(?:说|商量|谈|讲|沟通)(?:好|妥|过|通)了?|(?:大家|姐妹们?|她们|人){_HAS}(?:说|商量|谈|讲)好了|(?:思想)?工作{_HAS}做通了|{_HAS}谈[妥好]了",
            "(?:只是|先)?初选(?:了|完|结束|结果|名单)*",
            f"(?:我们?|咱们?|村里|两委|会上)?{_HAS}商[量议](?:好|妥|定)了?",
        )
    )
)
_FOR_VOTE: Final = re.compile("[候票]|选举|开会|换届")
"""What is made ready for nothing but a vote."""
_PAPERS: Final = re.compile(
    f"(?:选举|会议|开会)?(?:材料|资料|东西|表格|会务){_HAS}(?:备|准备|弄|做|印)(?:好|齐|完|妥)了?"
)
"""Before 选12名 alone: they may be those that are kept afterwards."""
_BARE: Final = re.compile("(?:我们?|我村|咱们?|村里|就|要|准备|一共|共)*选(?:执委)?")
_IN_THE_WAY: Final = re.compile(
    "|".join(
        (
            "(?:大家|都|现在|最近|实在|因为|村里)*没(?:有)?(?:时间|工夫|功夫|地方|场地|空|钱|经费|办法|条件)(?:来)?(?:开大?会|选举?|投票)(?:选举?)?",
            "[^,。0-9]{0,3}(?:都|也|根本|就是)*(?:没(?:有)?(?:什么)?人|(?:群众|大家|村民|妇女们?|姐妹们?)不)(?:肯|愿意)?来?(?:开会|选举?|投票|参加选举)",
            "[^,。0-9]{0,4}(?:会|大会)?(?:还|都|也|一直|根本)*[开选]不(?:了|起来|成|下去)会?",
            f"(?:{_WHO}|年轻人|打工的|大家|姐妹们?|妇女们?)(?:还|都|一直|也)*没(?:有)?回(?:来|村)",
            "(?:代表|人|人员|人手)(?:还|都|一直|也)*(?:不|没到|没来|没|来不|叫不|喊不|凑不)齐|没(?:有)?场地",
            "镇?里?(?:要求|说)(?:要)?重新?[开选]|还?没轮到(?:我们?|我村|我们村)",
        )
    )
)
_NOT_YET: Final = "(?:到现在|目前|一直|暂时|因为?|我们?|我村|这边|也|都|实际)*(?:还没|尚未|还未|没|未)(?:有|能|来得及|正式)*"
_THE_MEETING: Final = "(?:会改联|改联|选举|换届|成立|妇女|妇代|村民|代表|妇女代表)*(?:大会|代表会|选举会|换届会|妇代会|会议|会)"
UNHELD: Final = re.compile(
    f"{_NOT_YET}(?:(?:召开|开|举行|组织|进行)(?:过|成)?(?:{_THE_MEETING}|选举|换届|改选|投票)|选举|投票|换届)"
    f"|(?:{_THE_MEETING}|选举|换届|投票){_NOT_YET}(?:召开|举行|开始|进行|开|选)(?:成|过)?"
    f"|(?:{_THE_MEETING}|选举|换届|投?票|唱票|计票){_NOT_YET}(?:召开|举行|进行|[开投选唱计点数])?(?:完|结束|散)"
)
"""还没召开大会, 大会没开: whatever else is said."""
_HELD: Final = re.compile(
    "选[了出好完定到上]|[已共新实补]选|选举?(?:的|产生|完|结束|顺利|成功|圆满)|当选|产生|开[完了过]?(?:的|了|大?会了)|开[完过]|会(?:也|都|已经?|还是)*开[了完好过成]|投[完过]了?票|投票?(?:了|完|结束|通过)|收回|[全满高]票|(?<!会改联)(?<!快)完成|(?<!快)[搞弄办][好完定]了|昨[天晚]|上周|结果|顺利|圆满|终于|总算|成功|(?:通过|表决|同意|宣布)了"
)


def _open(said: str, own: str) -> bool:
    """票箱准备好了, 书记没回来; 材料备好了 before 选12名."""
    said = said.rstrip("吧呢啊哈呀哦")
    if UNHELD.fullmatch(said):
        return True
    if _READY.fullmatch(said) or (_BARE.fullmatch(own) and _PAPERS.fullmatch(said)):
        return True
    return hindered(said)


def hindered(said: str) -> bool:
    """没场地, 群众不来开会: what is in the way of a vote."""
    return _IN_THE_WAY.fullmatch(said) is not None


_NUMBER: Final = re.compile("[0-9零一二两三四五六七八九十百]|$")

# ---- agreed to ------------------------------------------------------------------------------------------------

_AGREED: Final = re.compile(
    "(?:^|[,。!\\s])(?:(?:好+的?|嗯+|哦|噢|行|成|可以|明白)[吧啊呀呢]*[,。!]?那?么?|那么?)(?:就|我们?|我村|咱们?|村里|也|都)*选(?:执委)?$"
)
_TALKED_OF: Final = re.compile(
    "(?:我们?|咱们?|村里|两委|会上|大家|书记|今天|昨天|和|跟)*(?:商[量议]|讨论|合计)(?:着|好|一下|了一下|说|了)*(?:要|想)?选(?:执委)?"
)
"""村里商量选12个执委; 商量选了12个 is done."""
_IF_SO: Final = re.compile(
    "(?:选|等选|投票|等投票)[好完]才(?:是|有|选)?(?:执委)?|[^,0-9了]{0,6}(?:齐|回来|同意|答应|点头|松口|没意见|够)了?(?:我们?|村里)?就(?:是|有|选)?(?:执委)?"
)


def doubts(text: str, claims: Sequence[Claim], today: date | None) -> list[Question]:
    """Questions about numbers that are only expected."""
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if not told or _SIGNS.isdisjoint(text):
        return []
    first, last = min(c.span[0] for c in told), max(c.span[1] for c in told)
    parts = ahead.pieces(text, last)
    own = next((start for start, end, _ in parts if start <= first < end), first)
    number = _NUMBER.search(text, first)
    lead = text[own : number.start() if number else first]
    behind = [said for start, _, said in parts if start >= last]
    done = any(c.value is Mark.DONE for c in claims)
    hit = (
        until(lead, today)
        or _IF_SO.fullmatch(lead) is not None
        or _TALKED_OF.fullmatch(lead) is not None
        or _AGREED.search(text[:own] + lead) is not None
        or any(
            held(text, start, end) is None and _awaited(said, lead, today, done=done)
            for start, end, said in parts
            if end <= own
        )
        or any(
            not ahead.OF_ANOTHER.search(before)
            and (_behind(said, today) or (not done and blocked(said, text)))
            for before, said in zip(["", *behind], behind, strict=False)
        )
    )
    return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in told] if hit else []


def blocked(said: str, rest: str) -> bool:
    """没人来开会, and nothing in the rest says that it was held all the same."""
    return _IN_THE_WAY.fullmatch(said) is not None and not _HELD.search(rest)


def _behind(said: str, today: date | None) -> bool:
    """Whether a clause behind the number says that it is to come."""
    if UNHELD.fullmatch(said.rstrip("吧呢啊哈呀哦")):
        return True
    early = _FOR_VOTE.search(said) is not None and _READY.fullmatch(said) is not None
    return early or until(said, today) or undecided(said)


def held(text: str, start: int, end: int) -> re.Match[str] | None:
    """What else than the clause between two places says that the election was held."""
    return _HELD.search(text, end) or _HELD.search(text[:start])


def _awaited(said: str, lead: str, today: date | None, *, done: bool) -> bool:
    """Whether a clause in front says that the number, to which `lead` leads in its own clause, is to come."""
    joined = _BARE.fullmatch(lead) is not None and until(said + lead, today)
    return joined or until(said, today) or undecided(said) or (not done and _open(said, lead))
