"""What a clause behind a number says as a whole, and the number is no settled one: 要是明天开成了; 票一唱完; 上周漏报2名; 又选了几个; 人数变了.

Each is known from its first word to its last, whether a comma or a stop is in front of it; with another noun in it (打算下周开培训会, 上周的会) it is
another matter. What has the vote still to come asks nothing where anything else says that it was held.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.doubts import ahead, awaited

_D: Final = "[0-9零一二两三四五六七八九十百]"
_N: Final = f"{_D}{{1,3}}[名个位]?人?"


def _any(*shapes: str) -> re.Pattern[str]:
    return re.compile("|".join(shapes))


_PART: Final = re.compile(r"[^,。;!?\n~…()\s]+")
_LED: Final = re.compile("(?:不过|但是?|可是|只是|而且|就是|也|都|还|那|哦|哎呀?|唉|啊|嗯)*")
_TAIL: Final = "了吧呢啊哈呀哦嘛啦哟嘞"

# ---- the vote is still to come ------------------------------------------------------------------------------

_WHEN: Final = f"(?:{ahead.WHEN}|(?:{_D}{{1,3}}月)?{_D}{{1,3}}[日号]|{_D}{{1,2}}月[初中底末]?|早上|上午|中午|下午|晚上|[0-9一二三四五六七八九十]{{1,2}}点半?)"
_HALL: Final = "(?:村民?|妇女|代表|妇代|选举|换届|会改联)*(?:代表)?(?:大?会|选举|投票)"
_VOTE: Final = f"(?:(?:召?开|举行|组织|进行)(?:个|一个|一次)?{_HALL}|开|选(?:举|人|出来)?|投票|换届|改选|[搞弄办]|[搞弄办选]完|完成|表决)(?:选举?|投票|换届)?"
_INTENT: Final = (
    "(?:我们?|村里|大家|妇联)*(?:正|还)?(?:打算|计划|准备|预计|争取|力争|拟|打谱|寻思|想|决定)"
)
_TO_COME: Final = _any(
    *(
        f"{_INTENT}(?:在|于|就|到)?{_WHEN}+(?:再|就|才|来)?{_VOTE}",
        f"(?:会议?|大会|选举|换届|投票|日子|时间|会期)?(?:就|也|暂|暂时|初步)?(?:定|选|改|约|安排|放)(?:在|于|到|是)?{_WHEN}+(?:召开|举行|开|选|投票)?",
        f"{_WHEN}+(?:我们?|就|再|才|要|准备)*(?:召?开|举行)(?:妇女|选举|换届|代表|妇代|会改联)+(?:代表)?大?会",
        "(?:就|只|还|现在|目前)*(?:剩|差|缺|等)(?:下|了)?(?:选举|投票|换届|开会选|大会|开大会|唱票)",
        "(?:目前|现在|我们?)*(?:正|还)?在(?:准备|筹备|筹划|投票)",
        "(?:会场|会议室|横幅|会标|票箱|选票|场地)(?:还|正)*在(?:布置|印|做|准备|借|挂|找)",
    )
)
_MEETS: Final = re.compile("(?:布置(?!$)|部署|总结|传达|学习|培训|活动|材料|挂牌|揭牌|表彰|慰问)")

# ---- it hangs on something ----------------------------------------------------------------------------------

_IF: Final = "(?:如果|要是|假如|若是?|倘若|万一|只要|除非|一旦|前提是|条件是)"
_EVENT: Final = "(?:(?:开|选|办|弄|搞|谈)[得]?成|天气?[好晴]|下雨|不下雨|到[得]?齐|人[^,]{0,4}[齐够]|批准?|同意|点头|答应|通过|过半|顺利|没意外|不出意外|没人反对|回来|愿意|肯[来干]|下来|审核?过)"
_FULL: Final = "(?:唱|开|投|数|点|计|选|公示|签|盖|表决)(?:完|好|过|下来|齐)"
_BOSS: Final = "(?:书记|支书|主任|领导|上级|上面|上头|[镇乡县](?:里|政府|妇联)?|[党支两]委|组织)"
_ONCE: Final = re.compile(
    f"(?!.*(?:昨|前天|刚|上周|已|早上))[^,0-9]{{0,5}}(?<![统周期初第十拜])一(?:{_FULL}|结束|散会?|表决|通过|点头|盖章|拍板|签字|松口|发话|举|批)(?:票|会)?(?:就行|就成|就好|就定)?"
)
_HANGS: Final = _any(
    *(
        f"{_IF}[^,]{{0,8}}{_EVENT}[^,]{{0,4}}",
        f"(?:还要|还得|就|还|正|在|得|要)*等(?:着|待)?{_BOSS}(?:的)?(?:批|批准|批复|点头|同意|通知|审核?|盖章|签字|拍板|发文|回[复话]|定)(?:下来|文|一下|准|下)?",
        "(?:还要|还得|就|还|正|得|要)?等(?:天[气]?[晴好]|雨停|不下雨|人[^,]{0,2}齐|(?:大家|她们|姐妹们?)[^,]{0,3}(?:回来|有空|到齐)|公示(?:完|结束|期[满过])|(?:孩子|学生|娃)放学)",
        f"公示期?(?:要|还要|得|还有|还差)?(?:到)?{_WHEN}+(?:才|就|到)?(?:满|到期|结束|截止)",
        "(?:大概|估计|应该|马上|我们)*快了(?:快了)*",
        "(?:我|自己|在家)*(?:寻思|琢磨|合计|盘算|估摸|猜测)着?",
        f"(?:预计|预估|估计|大概|暂定|初定|暂报|暂记)(?:是|有|为)*{_N}",
        f"(?:我们?|村里|大家)?(?:再|争取|力争)?{_WHEN}+(?:之|以)?前(?:就|才|一定|肯定|保证|再|应该|可以|都|能|会)*(?:[搞弄办选开]完|[搞弄办选]好|完成|选出来?|到位)",
        "(?:目前|现在|还|都|正)*在?(?:进行|推进|筹备|办理|走流程|走程序)(?:中|着|当中)",
        "(?:目前|现在|我们?|还)*正在?(?:认真|积极|抓紧|加紧|全力|有序|稳步)*(?:地)?(?:进行|推进|筹备|准备|筹划|协商|落实|选举?|投票|开会选?)",
        "(?:目前|现在|我们?|还|正)*(?:努力|想办法|找人|物色|动员|酝酿|研究|商量|协商|做(?:思想)?工作)(?:中|着|当中)",
        "(?:正在|还在|正)(?:努力|想办法|找人|物色|动员|酝酿|研究|商量|协商|做(?:思想)?工作)",
        "(?:我们?|那|就|也|会|一定|只能)*(?:尽量|尽力|力争|争取)(?:完成|做到|选齐|凑齐|而为)?",
        "(?:我们?|那|就)*(?:尽)(?:最大)?(?:的)?(?:努力|全力)",
        "(?:这事|这个|任务|都|就)*(?:包在我身上|交给我们?)",
        "(?:马上|立[即刻]|今天|抓紧|尽快|回去|下去)(?:就|去|来)*(?:落实|安排|布置|抓|办)",
        f"(?:再|能不能)?(?:给|宽限)(?:我们?)?(?:几|{_D})[天周](?:时间)?",
        "(?:这|根本|都|是)*不可能(?:完成|做到|选[出齐]来?)",
        "[我叫让]?(?:我们?)?(?:去|上|到)?哪[儿里]?(?:去)?(?:找|凑|变|挖)[^,]{0,6}人",
        "[你您]们?当我们?[^,没]{0,3}是?大村",
        f"{_INTENT}(?:在|于)?{_WHEN}+(?:之?前)?(?:能|可以|就)*(?:完成|[搞弄办选]完|[搞弄办选]好)",
        "(?:还要|还得|就|还|正|得|要)*等(?:着)?(?:名单|批文|批复|结果|手续)(?:批|发|办|送|出)?(?:下来|出来|过来)",
        f"(?:还|就|只)*(?:剩|差|缺)(?:下|了)?{_D}个?(?:片区?|(?:村民)?小?组|自然村|网格|屯|寨)(?:没有?[选报算统计]*)?",
        "(?:妥|当|可|是)否(?:请批示|妥当)?",
        "(?:请|恳请|望)?(?:上级|领导|镇里|乡里|组织)*(?:定夺|审批|批准|批复)",
        "(?:等)?[你您]们?(?:来|看着|说了)?定|(?:晚[点些]|回头|等[下会]|明天|过后)(?:再|会|来)?(?:核实|核对|确认|定|敲定)",
        "(?:你们|大家|领导|主席|[你您])?看(?:看)?(?:行不行|好不好|可不可以|成不成|合不合适|妥不妥)",
    )
)

# ---- whom or what it is of ----------------------------------------------------------------------------------

_PAPER: Final = re.compile(
    "(?:这|那|以上|上面|只|都|还)*(?:是|为)?(?:候选人?|拟任|拟定|拟选|推荐|建议|提名|预备|初步|预选举?|初选|酝酿)(?:人|的)*(?:名单|人选|结果|人数|数字?|的)"
    f"|(?:我们?的?|村里|本[周月]|下[周月]|下一?步|下半年|明年|{_D}{{1,2}}月份?)?(?:的)?(?:工作|选举|换届|实施|会改联)*(?:方案|计划|打算|设想)(?:如下|是这样)?"
)
_YEAR: Final = re.compile(
    "(?:20[0-9]{2}|去|前|往)年度?(?:的|我村|妇联)*(?:工作)?(?:总结|报告|回顾|情况汇报|汇报|小结)"
    "|(?:是|都是)?(?:上(?:一?个?(?:周|月|礼拜|星期)|次|回|一?届)|去年|前年|以前|从前|原来|原先|早先)(?:换届|选举|那[次会])?(?:的)?(?:时候|那时)?"
    "|(?:是|都是)?我?(?:们)?上(?:周|次|个?礼拜|个?月|回)(?:就|已经?|都)*[上汇]?报(?:的|过|过的|了)?(?:那个|数)?"
    "|(?:已经?|都|早)*于?(?:上(?:周|次|个?礼拜|个?月|回)|之前|以前|先前)(?:就|已经?|都|我)*[上汇]?报(?:送|过|的)*"
)
_ADDS: Final = re.compile(
    "(?:后来|今天|昨天|这[次回]|最近|我们?|村里)?(?:又|再|还|(?<=后来)|(?<=最近))(?:新|另)?(?:加|选|来|进|补|添|增|增补|增加|新增)了?(?:上|进|出)?(?:来)?(?:好?几|一些|些|一两|两三)个?(?:人|执委|新人|姐妹|新的)?"
)
_ALTERED: Final = re.compile(
    "(?:总)?(?:人数|数字?|数目|名单)(?:又|好像|可能|已经?|都|也|有|有点)*(?:变|改|动|不一样)(?:化|动)?"
)
_NOT_SURE: Final = re.compile(
    "(?:又|好像|现在|就|只|才)?多了(?:一?个|[一两几]个)?人|[就只才又]多了[小阿老][一-鿿]|除了(?:[一两二三四五][名个位]|[小阿老][一-鿿])人?"
    "|(?:具体|到底|人数|数字?|现在|目前|我们?|正|还)*在(?:统计|汇总|清点|核对|核实|数|点|算)(?:中|着|当中)?|(?:到底|究竟|是|有|应该|一共)*(?:几个|几名|几位|多少)人?(?:执委)?来着(?:哈|呵)*"
    "|刚才?[把将][^,]{2,6}[搞弄写打]?(?:反|混|岔)"
    f"|(?:是|应该|大概|好像)*{_N}吧"
    "|[镇乡](?:里)?的?(?:和|跟|加|同|与)村(?:里)?的?(?:都|全|一起|合)(?:有|在内|算)?"
)
_SOME: Final = re.compile(
    f"(?:还有|另?有|其中|里面)*{_N}(?:执委|的)?(?:[^,想要可]{{0,5}}?(?:可能|也许|恐怕|大概|想|打算|准备|要|尚需|还需|还要|还得|有待|待|等))(?:要|会|被|再|给)*(?:换(?:下来|掉|人)?|调(?:走|整|离|动)|退(?:下来|出)?|走人?|谈话?|考察|审核?|批|核实|确认|定|辞职?|不干|离开|补选|重选)(?:下来)?"
    f"|(?:还有|另?有|其中|里面|其余|剩下)*{_N}(?:的|人)*(?:要|得|还|等)*(?:下周|下个?月|明年|明天|以后|回头|年底|月底)(?:才|再|能|会)*(?:上任|到任|到岗|选|补|定|增补|报到)"
)
_REVERSED: Final = re.compile(
    "(?:好像|可能|应该|顺序|数字?|刚才?|是不是|我|又)*(?:[写打搞弄记说]?反|对调|颠倒|调换?|倒)(?:过来|一下)?"
)
_NO: Final = re.compile(r"(?:不是|不对)[,。;!?\n~…()\s]*")
_DIGIT: Final = re.compile(
    f"(?:前|后|中间)[面边头]?(?:漏打?|少打?|掉|落|还有|还差|没打)了?个?{_D}字?|(?:漏打|少打|掉|漏按|少按)了?个?{_D}字?"
)
_TOLD: Final = re.compile(
    f"(?:主席|书记|主任|会计|文书|支书|{_BOSS})(?:说|讲|要|叫|让|要求|喊)(?:我们?)?(?:应该|就|该|要)?(?:这么|这样)?[报填写]{_N}|(?:群里|朋友圈|别人|有人|人家)(?:里|有人|上)?(?:发|传|说|讲|看到)"
)
_BID: Final = re.compile(
    "(?:请|望|希望)?各(?:村|位主席|乡镇)(?:请|要|务必|抓紧|尽快|认真|及时|按时)*(?:落实|执行|上报|完成|照办)(?:到位)?|(?:大家|各村|请)?按(?:照)?(?:这个|此|上面)?(?:要求|数|名额|标准)选|请(?:各村|大家|你们)?(?:尽快|抓紧|按时|及时|速)(?:上?报|报送|提交|落实)(?:名单)?|(?:今天|明天|后天|本周|周[一二三四五六日])(?:下班|中午|晚上)?前(?:上?报|交|报送)(?:名单)?"
)

# ---- another report's numbers -------------------------------------------------------------------------------

_BEFORE: Final = "(?:上(?:一?个?(?:周|月|礼拜|星期)|次|回)|之前|以前|此前|前几?天|前些天|昨天)"
_TELL: Final = "(?:上?报|填|写|算|登记?|统计|录|说|数)"
_LEFT_OUT: Final = re.compile(
    f"(?:另外?|还|再|其中|顺便)*(?:{_BEFORE}|我们?|的|就|还|已|把|给)*{_TELL}?(?:漏|忘|少|多|误|错|落|掉)(?:记|了)*{_TELL}?[了过]*(?:的)?{_N}"
    f"|(?:{_BEFORE}|我们?|选|新选|的|还|就)+有?{_N}(?:执委)?(?:我们?|都|也|给|还)*(?:没有?|未|忘[了记]*|漏了?){_TELL}(?:上|上去|进去|过)?"
    f"|(?:另外?|还|再|顺便|要|现在)*补(?:上?报|填|写|登|录)?(?:一下)?(?:{_BEFORE})(?:漏|少|没报|忘)?的?{_N}"
)
_SET_RIGHT: Final = re.compile(
    f"{_BEFORE}(?:我们?)?{_TELL}?(?:的|那个|数字?|人数)*(?:{_D}{{1,3}}[名个位]?人?)?(?:的|那个)?(?:(?:要|得|应该?|请|帮)*改[成为]?|应该?[是为]|(?:其实|实际)(?:上)?[是为有]|更正为|(?<=那个)是){_N}"
)
_EARLIER: Final = re.compile(_BEFORE)
_MENDED: Final = re.compile("改[成为]|更正|应[该为]|错|不[对是]")
_CHANGED: Final = re.compile(f"(?P<was>{_D}{{1,3}})[名个位]?(?:改[成为]?|变成|换成){_N}")
_PROPER: Final = re.compile(f"正式(?:的|执委|委员|有|只有|是)*{_N}")


_NUMBERS: Final = re.compile("[0-9]{1,3}|[零一二两三四五六七八九十百]{1,4}(?=[名个位人])")
_ANY: Final = re.compile(f"{_D}{{1,3}}")
_ASKS: Final = (
    (Ask.NOT_DONE, _HANGS),
    (Ask.NOT_DONE, _BID),
    (Ask.UNREAD, _PAPER),
    (Ask.UNREAD, _SOME),
    (Ask.EARLIER, _YEAR),
    (Ask.ADDITION, _ADDS),
    (Ask.VALUES, _ALTERED),
    (Ask.APPROXIMATE, _NOT_SURE),
    (Ask.REPORTED, _TOLD),
)


def doubts(told: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about the numbers behind which such a clause stands."""
    counted = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if not counted or len({c.units for c in counted}) > 1:
        return []
    last = max(c.span[1] for c in counted)
    done = any(c.value is Mark.DONE for c in claims)
    before = ""
    for part in _PART.finditer(told):
        said = part[0].strip()
        if part.end() >= last and not ahead.OF_ANOTHER.search(before):
            values = {numerals.value(n) for n in _NUMBERS.findall(told, 0, part.start())}
            plain = _LED.sub("", said, count=1)
            ways = (plain, plain.rstrip(_TAIL))
            ask = _set_right(ways[1], values) if part.start() < last else _of(ways, values)
            if ask is None and part.start() >= last:
                ask = _at_last(plain, told, part.span(), done=done)
            if ask is Ask.ADDITION and _MENDED.search(told, 0, part.start()):
                ask = None
            if ask:
                return [Question(ask, c.span, c.indicators) for c in counted]
        before = said if part.start() >= last else ""
    return []


def _of(told: tuple[str, str], values: set[int | None]) -> Ask | None:
    """Why a clause, as it is and without its particles, makes numbers of such `values` doubtful."""
    said = told[1]
    if not said:
        return None
    for ask, shape in _ASKS:
        if any(shape.fullmatch(way) for way in told):
            return ask
    if _DIGIT.fullmatch(said) or _REVERSED.fullmatch(said):
        return None if len(values) > 1 else Ask.VALUES
    if _EARLIER.search(said) and _LEFT_OUT.fullmatch(said):
        return None if _last(said) in values else Ask.ADDITION
    return _set_right(said, values)


def _set_right(said: str, values: set[int | None]) -> Ask | None:
    """上次的改成11名, 9改成10: of another number than the one that was told."""
    if said and _ONCE.fullmatch(said):
        return Ask.NOT_DONE
    if not values:
        return None
    if _SET_RIGHT.fullmatch(said) or _PROPER.fullmatch(said):
        return None if _last(said) in values else Ask.VALUES
    changed = _CHANGED.fullmatch(said)
    return Ask.VALUES if changed and numerals.value(changed["was"]) not in values else None


def _last(said: str) -> int | None:
    """The last number of a clause."""
    return numerals.value(_ANY.findall(said)[-1])


def _at_last(said: str, told: str, span: tuple[int, int], *, done: bool) -> Ask | None:
    """Why a clause is a doubt where nothing else settles it."""
    if _NO.fullmatch(told[span[1] - len(said) :]):
        return Ask.APPROXIMATE
    return Ask.NOT_DONE if not done and _to_come(said, told, span) else None


def _to_come(said: str, told: str, span: tuple[int, int]) -> bool:
    """打算下周三开会, 没场地: nothing else says that it was held."""
    if _MEETS.search(said) or awaited.held(told, *span):
        return False
    plain = said.rstrip(_TAIL + "的")
    return _TO_COME.fullmatch(plain) is not None or awaited.hindered(said)
