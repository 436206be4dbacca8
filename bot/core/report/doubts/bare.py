"""A bare number or a bare 完成 behind a clause, a label or a line of another subject: 代表选好了，35人; 到会：45人; 照片发了，5个; 表交了，完成.

A clause that names no figure of ours says of what the clause in front of it is. Where that speaks of other people, of a meeting or of things that
are counted, the number is theirs, or may be. Where it names the figure itself (新增执委选好了，12名), nothing else may be said in it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Lexicon, Mark, Question
from bot.core.report.clauses.said import FINISHED, names
from bot.core.report.plain import blank
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_STOP: Final = re.compile(r"[,;。!?:\n]")
_BRACKETS: Final = re.compile(r"\([^()\n]*\)")
_CHOSEN: Final = re.compile(
    "新[增选当进任]|增[选补加]|[选推](?:举|出|好|定|上|到|完|了)|当选|产生|补选|执委|[一-鿿]委(?!会|员会)|委员(?!会)|新的|会改联|改联|区域化|一正"
)
"""What tells in the clause of the number that those are meant who were chosen."""
_ADDRESS: Final = re.compile(
    "(?:各位|尊敬的|亲爱的|县|乡|镇|妇联|[一-鿿](?=主席))*(?:主席|领导|书记|主任|会长|大?姐|姐妹们?|老师|干部)(?:们|[您你]们?|好|早|上午|下午|晚上|大家|辛苦了?|打扰了?|哦|啊|呀)*|.*(?:谢|辛苦|麻烦).*"
)
_HAS: Final = "(?:已经?|都|也|全部?|刚刚?|就|昨天|今天|先|再)*"
_DONE: Final = f"{_HAS}(?:选|推选|定|报|交|发|填|拍|开|投|做|弄|建|收)?(?:好|完|出来|出|上去|上来|上|到|过|结束)*(?:镇里|乡里|县里|给镇里)?了?"
_WHEN: Final = "(?:我们?|村里?|镇里?|乡里?|社区|本?周|[今昨前]天|昨晚|今晚|今早|上午|下午|明天|后天|下周|全村|已经?|现在|目前|还|先|再|也|都|刚刚?|在|的|到|要|准备)*"
_OFFICES: Final = "(?:副主席|主席|妇女主任|主任|副书记|书记|小?组长|村干部|(?:妇女|村民)?代表|(?:选举|选)委员?会|领导)"
_CROWD: Final = "(?:女能人|留守妇女|单亲妈妈|三八红旗手|(?:最美|五好|文明|平安)家庭|好媳妇|好婆婆|志愿者|女?党员|村民|妇女代表|妇女|老人|儿童|困难妇女|困难户|群众|嘉宾|先进(?:个人)?(?:报)?|女委员)"
_MET: Final = "(?:到会|实到|应到|参会|与会|参加|出席|缺席|请假|报名|(?:参加|到会|参会|会议|实到|应到|缺席|妇女)的?人?数)"
_MEETING: Final = "(?:(?:妇女|村民)?代表大?会|妇女(?:代表)?大会|妇代会|大会|会议|例会|党员会|(?:动员|部署|推进|座谈|启动|筹备|协调)会|会)"
_WORK: Final = "(?:培训|学习|活动|走访|慰问|看望|宣传|检查|体检|两癌筛查|筛查|投票|选票|票|聚餐|参观|表彰|捐款|打疫苗|疫苗|合影|述职|谈话)"
_THINGS: Final = (
    "(?:照片|视频|表格?|材料|文件|牌子|妇女小组|小组|微信群|群|问题|妇女之家|平安家庭|名单|报名)"
)
_OTHER: Final = re.compile(
    f"{_WHEN}(?:{_HAS}选(?:举|出|了)?)?(?:新)?{_OFFICES}(?:名单)?{_DONE}"
    f"|{_WHEN}(?:新增)?{_CROWD}(?:名单)?(?:选出来了|{_DONE})(?:报)?"
    f"|{_WHEN}(?:[一-鿿]{{0,4}}(?<!选))?{_MET}{_WHEN}(?:{_WORK}|{_MEETING})?(?:人?数)?了?"
    f"|{_WHEN}(?:[去来到]镇里|去|到)?(?:召?开)(?:了|完|个)?{_MEETING}?(?:了|结束)?"
    f"|{_WHEN}{_MEETING}{_HAS}(?:召?开)(?:了|完|好|结束)+"
    f"|{_WHEN}(?:姐妹们|大家|人)?(?:来|去|到){_WHEN}(?:镇里|开会|培训|学习|参观|县里)+了?"
    f"|{_WHEN}(?:开展|搞|参加|去|做)?了?{_WORK}(?:活动|老人|儿童|困难户)?(?:报名)?(?:完|好|结束|过)?了?"
    f"|{_WHEN}(?:{_THINGS}{_DONE}|(?:妇女代表)?{_MEETING}|(?:妇联)?开会|小区代表选好了|活动开了)"
    "|(?:镇里|县里|乡里)?来(?:人|领导)了|.{0,4}人(?:很|真|好)多|我?和?(?:书记|主任)去|到了|已到|在路上|已报|已?开会|妇女小组"
)
_FIGURE: Final = "(?:新增|新选)?(?:执委|会改联|区域化)"
_OF_THEM: Final = re.compile(
    f"{_WHEN}(?:建了?)?[乡镇村]?{_FIGURE}(?:的)?(?:会|微信|表|女|业务|知识|建设|专题)*(?:{_WORK}|{_MEETING}|照片|表格?|材料|{_OFFICES}|{_CROWD}|{_MET}|大学生|年轻的|[0-9]+岁以[下上])+{_DONE}(?:建好了)?"
    f"|{_WHEN}[乡镇村]?新?执委(?:{_HAS}(?:来|去|到|走|退|辞职|出去|回来)(?:镇里|开会|了|会|培训)*|没来|不来|有事|没空|请假|缺席|出差|怀孕|结婚|入党|发言|推荐|报名|资格审查|开会|学习|参观|(?:的)?(?:微信|工作|妇联|姐妹)*群(?:也|都|已经?)*(?:建|拉|组建|成立|弄)(?:好|成|起来)?了|建群了|合影了)"
    "|新增(?:志愿者|代表|组长|妇女小组|妇女之家|活动|培训)"
)
"""执委培训, 执委请假: what those do who are there."""
_AT_MEETING: Final = re.compile(
    f"{_WHEN}{_MEETING}(?:一?共|总共|有|来了?|到了?|出席|参加)*(?:[0-9]+|[一二两三四五六七八九十百]+)\\s*[名个]?人?"
)
"""妇代会35人: how many were there."""
_TO_CHOOSE: Final = re.compile(
    "(?:今晚|晚上|明[天早晚]|后天|下午|今天(?:下午|晚上)|[这本下]?周[一二三四五六日天](?:晚上|下午)?)(?:我们?|村里|大家|要|就|再|去|来|准备)*(?:召?开(?:个|大|妇代|选举|代表)*会)?(?:要|来)?选(?:举)?(?:新增?的?)?执委"
)
"""晚上开会选执委，12名: shall be, or were?"""
_HEADS: Final = re.compile("(?:总)?人数")
_COMES: Final = re.compile(
    r"先进(?:个人)?(?:推荐|上?报)了?[0-9一二两三四五]+\s*[名个]?人?$|(?:^|[我本]村|我们村?|我们?[乡镇]|社区|只)(?:能|要|会|可以)*[去来]了?(?:[0-9]+|[一二两三四五六七八九十]+)\s*[个名]?人?$|回来了[0-9]+个|[名个人](?:人)?(?:都|已|能|要)*(?:[去来]|已?到|在路上)(?:了|的|参加|开会)?$"
)
"""我们村去2个: how many come, not how many were chosen."""
_CAME: Final = re.compile(
    "[0-9一二两三四五六七八九十百]+[名个位]?,?(?:妇女|姐妹|群众|村民|代表|人)们?(?:都|也|前|赶)*来(?:报名|参加|参与|开会|投票|选举|领|看|体检|培训|咨询)"
)
_NEW: Final = re.compile("新|选|增|委")
"""今天有86个妇女来报名; 选了12名妇女来参加 are chosen."""
_AFTER: Final = re.compile(
    f"(?:去|来|已?到|在路上|开会|参加|报名)(?:了|的|开会|镇里)*|镇里来人了|参加[^,。;]{{0,8}}(?:培训|学习|会议|活动|比赛)了?|{_WHEN}(?:妇女)?代表{_HAS}选{_DONE}|小?组长{_HAS}选{_DONE}"
)
_OF_DELEGATES: Final = re.compile(
    f"{_WHEN}(?:开会)?{_HAS}选(?:举|出|了)?(?:妇女|村民)?(?:代表|小?组长)(?:选(?:举|好|出来)|了)?"
)
"""今天选代表，选了35个: delegates are chosen first."""
_STEPS: Final = re.compile(
    f"(?:会改联|区域化)?{_WHEN}(?:换届|选举|代表选举|投票|票投完了|开会|{_WORK}|动员会|会议|名单|表格?|照片|场地)"
)
_PREPARED: Final = re.compile(
    f"(?:会改联|区域化)?(?:场地|会场|名单|横幅|表格?|材料){_HAS}(?:弄|做|搞|准备|整理|布置|写)好了"
)
"""会改联，名单弄好了; 换届，完成了: a step is done, or something else."""
_MEETS: Final = re.compile(
    "(?![^,]*(?:昨|前天|上周|上午|早上|已|刚))(?:村里?|今天|明天|后天|今晚|晚上|下午|中午|等下|等会儿?|马上|周[一二三四五六日天]|下周|正|在|要|准备|就|还|[0-9一二两三四五六七八九十]+点半?)*(?:召?开|举行)(?:着|个)?(?:选举|换届|妇女|代表|全体|动员|[妇夫]联|妇代)*(?:大?会议?|会)(?:呢|着|中)?"
)
_MEMBERS: Final = re.compile(
    "(?:共|一共|有)?[0-9一二两三四五六七八九十]+[名个位人](?:[乡镇村])?执委"
)
"""下午开大会，12名执委: they are to be there, or to be chosen."""
_GATHERS: Final = re.compile(
    "^(?!.*(?:选|举|换届|改联|改妇联|执委|班子|当上|新增|投票)).*(?:集合|集中|排练|跳舞|演出|比赛|聚餐|吃饭|包车|坐车|出发|旅游|参观|打扫|劳动|摘茶|采茶|体检|培训|学习|上课|活动|值班|巡逻|慰问|走访|报名|签到|拍照|领[取表奖]|打针|接种|做操|唱歌|茶话会|座谈|舞队|鼓队|去(?:县|镇|乡|市|省)|到(?:县|镇|乡|市|省))"
)
"""广场舞队明天7点在村部集合，12个人; 中午聚餐，12人: who comes together for something else."""
_FEW: Final = 5


_ALL_PARTY: Final = re.compile(
    "[,;。\\s](?:这些人?|她们)?(?:全部?|[都均]|个个)都?(?:是|为)(?:中共|预备)?(?:党员|团员|代表|志愿者)"
)
"""富美12，念山9，都是党员: are so many new, or so many in the party?"""


def doubts(
    told: str, tokens: Sequence[Token], claims: Sequence[Claim], lexicon: Lexicon
) -> list[Question]:
    """Questions about what stands bare behind another subject."""
    some = [c for c in claims if c.value is Mark.DONE or (isinstance(c.value, int) and c.value > 0)]
    told = _BRACKETS.sub(blank.match, told)
    figures = [t for t in tokens if t.kind in (Kind.INDICATOR, Kind.ADD)]
    if not figures and _ALL_PARTY.search(told):
        return [Question(Ask.INDICATOR, c.span, c.indicators) for c in some if c.named]
    return [
        Question(Ask.UNREAD, c.span, c.indicators)
        for c in some
        if _came(told, c) or _others(told, c, figures, lexicon)
    ]


def _came(told: str, claim: Claim) -> bool:
    """Whether the number is one of people who came, and no word of choosing stands close in front of it."""
    start, end = claim.span
    found = _CAME.search(told, start) if "来" in told else None
    return found is not None and found.start() < end and not _NEW.search(told[:start][-6:])


def _others(told: str, claim: Claim, figures: Sequence[Token], lexicon: Lexicon) -> bool:
    stops = [m.start() for m in _STOP.finditer(told)]
    start = max((at + 1 for at in stops if at < claim.span[0]), default=0)
    until = min((at for at in stops if at >= claim.span[1]), default=len(told))
    own = told[start:until].strip()
    before = _before(told[:start], claim, lexicon)
    if _OF_DELEGATES.fullmatch(before) and "委" not in own:
        return True
    if _MEETS.fullmatch(before) and _MEMBERS.fullmatch(lexicon.names.without(own)):
        return True
    if any(start <= t.start < until for t in figures) or _CHOSEN.search(own):
        return False
    done = claim.value is Mark.DONE
    if done and (_PREPARED.fullmatch(lexicon.names.without(own)) or _STEPS.fullmatch(before)):
        return True
    if not done and _COMES.search(lexicon.names.without(own)):
        return True
    if not done and (
        _AT_MEETING.fullmatch(lexicon.names.without(own)) or _TO_CHOOSE.fullmatch(before)
    ):
        return True
    if not done and _HEADS.match(before + own) and _only_finished(figures):
        return True
    if before:
        if any(
            _start_of(told, start) <= t.start < start and t.kind is Kind.INDICATOR for t in figures
        ):
            return _OF_THEM.fullmatch(before) is not None
        gathers = (
            not (done or figures or own.startswith("我")) and _GATHERS.search(before) is not None
        )
        return gathers or bool(_OTHER.fullmatch(before) or _OF_THEM.fullmatch(before))
    behind = lexicon.names.without(_STOP.split(told[until + 1 :])[0]).strip()
    return not done and _AFTER.fullmatch(behind) is not None


def _only_finished(figures: Sequence[Token]) -> bool:
    """会改联：完成 / 人数：45, where no figure is named that counts anybody."""
    return bool(figures) and all(t.kind is Kind.INDICATOR and names(t, FINISHED) for t in figures)


def _start_of(told: str, end: int) -> int:
    """Where the clause in front of a place begins."""
    return max((m.end() for m in _STOP.finditer(told, 0, end - 1)), default=0) if end else 0


def _before(front: str, claim: Claim, lexicon: Lexicon) -> str:
    """The clause in front, without names of units; greetings and empty ones are passed over."""
    for part in reversed(_STOP.split(front)):
        said = lexicon.names.without(part).strip(" ~、")
        said = said.rsplit(" ", 1)[-1]
        office = said in ("主席", "副主席", "书记", "主任", "领导") and (
            isinstance(claim.value, int) and claim.value <= _FEW
        )
        if said and (office or not _ADDRESS.fullmatch(said)):
            return said
    return ""
