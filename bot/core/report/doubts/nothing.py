"""Whether a none is one of the figure: 新增执委没有党员, 执委没有微信 and 执委零反对 say what is not there, and no figure.

Beside a none or an as-before little is ever said in one breath: whose it is, of when, of which figure, and that it is so. What is none of these
makes another thing of it, whatever it is. The clauses around it only count if they say that nobody counted, or what is not as before.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_STOPS: Final = re.compile(r"[,;:。!?\n()\[\]~…|/ ]")
_WEEK: Final = "(?:个|一)?(?:周|礼拜|星期|次|期|回|月)"
_SO: Final = (
    "(?:的|了|过|呢|嗯|呃|额|吧|咯|喽|嘞|哩|哒|噻|噶|哟|咧|式|子|儿|诶|唉|嘿|呵|咗|喇|撒|哇|、|-|"
    "[没冇莫]得?有?|无|未|不变|什么|啥|任何|变化|变动|进展|动过?|情况|好说|也没有?(?:增加?|减少?)|"
    f"[跟和同与]?上{_WEEK}(?:的|是|报)*(?:一样|相同|一致|持平)?|"
    "新的?|[新心]增加?|新选|增加|执行?委员?|执委会?|职[位委]|人员|成员|人(?!选|手|数)|妇联|数(?!据)|一?[个名位](?!额)|都是(?:老的|原来的?|老人)|都|还是|也是?|是|"
    f"我们?|咱们?|俺们?|本|这边|这里|这儿|这{_WEEK}|目前|暂时?|现在|今天|"
    "(?<=新增)数据|(?<=\x00)(?:加入|加进来?|进来|当选|选[上进出]来?|被选上)|(?<=几个)老的?|(?<=变)化|(?<=报零)报告|已经?|\x00|"
    "(?<=[况的\x00])需?要上?报|上报|外|主席|领导|书记|主任|老师|姐|您?好|对|嗯|哪)*"
)
"""It is said again, or of whom it is said."""
_POLITELY: Final = (
    "[啊呀哈哦喔噢嘛啦呗㗎]|[就先]这[样些]|谢|感谢|多谢|辛苦|麻烦|劳烦|帮[我忙]|给我记|[您你]?记一?下|[您你]看|不好意思|抱歉|对不起|见谅|请(?:领导|主席|您|知悉|查收|备案|放心|登记|记|审)|"
    "因为?[^此而]|由于|所以|就是?[零报0写填\x00]|[都全]在|农忙|忙[得死]|没得?办法|汇报完|报告完|完毕|特此|汇报|敬请|烦请|但|不过|只是|可能是"
)
_GOES_ON: Final = "我|俺|咱|大家|姐妹|妇女|村民|群众|人[都们家]|[您你](?!们?村)|全村|忙|采茶|收[稻茶烟割]|天(?:气|太|热)|这几|这两|最近|近期|下一?(?:周|个|步|礼拜|星期)|明[天后]|过[几两]天|等(?:开|下周|通知|选|明|有|秋)|到时|回头|再[说看等努]|继续|好吧|嗯|没别的|没事|没什么|其[他它]"
"""How another sentence begins in speech that has no signs."""
_AGAIN: Final = re.compile(f"{_SO}(?:(?:{_POLITELY}|{_GOES_ON}).*)?", re.DOTALL)
_BARE: Final = re.compile(f"{_SO}(?:(?:{_POLITELY}).*)?", re.DOTALL)
"""What may stand behind it in one breath; behind a mere 没有, which has no noun of its own, less."""
_OURS: Final = frozenset({Kind.UNIT, Kind.OWN, Kind.INDICATOR, Kind.SAME, Kind.ZERO})
_OTHERS: Final = frozenset({Kind.TEXT, Kind.LABEL, Kind.MATTER, Kind.PEOPLE, Kind.RISKY, Kind.ROLE})
_KNOWN: Final = re.compile(
    "[乡镇县市区村]里|.?人员?|成员|队伍|班子|.?名单|任务|[开会].*|妇女|统计|登记|.|呒没?"
)
"""Words of other things of which it is still said of the figure: 镇里没有, 人员没有变化; and one character, a slip or a dialect."""
_NOT_HERS: Final = re.compile(
    "(?:^|[我老总])(?:总是?|老是?|天天都?|每次都?是?|回回都?|次次都?|不想再?|别再?|只会)$|(?:^|姐)(?:我想|我要|系统里?|手机里|名额|任务|指标|(?<![跟给向和同对为])[你您](?:们|们村|那边)?[也都还真是又倒一点]*)$"
)
"""你没变化啊, 我想零报告, 名额没变化."""


_LAST_WEEK: Final = re.compile(
    "上(?:周|次|个?礼拜|个?星期|个?月)(?:我们?|[我本]村|社区|又|刚|才|已经?|一?共)*(?:新增|新选|增加|增选|选)了?(?:执委)?(?:[1-9]|[一二两三四五六七八九十])"
    "|^(?:我们?|[我本]村|社区)*上(?:周|次|个?礼拜|个?星期|个?月)(?:我们?|[我本]村|社区|里|也|都|就|是)*(?:没有?|没得|莫得|冇得?|冇有|无|未)新?[增选]"
)
_THIS_WEEK: Final = re.compile("[本这](?:个)?(?:周|次|礼拜|星期|月)|今天|目前|现在")
"""零报告，上周新增2名: of the last week, or of this one?"""


_BOTH: Final = re.compile(
    r"^\s*(?:本周|这周)?零报告\s+新[增选][^,。;!\n]{1,9}[0-9一二三四五六七八九十]"
)
"""零报告 新增执委6名: none, or six?"""


def doubts(
    told: str, text: str, tokens: Sequence[Token], claims: Sequence[Claim]
) -> list[Question]:
    """Questions about a none or an as-before of which something else is said, in one breath or beside it."""
    kept = [c for c in claims if c.value in (Mark.ZERO, Mark.SAME, 0)]
    if not kept:
        both = claims if "零报告" in told and _BOTH.search(told) else []
        return [Question(Ask.VALUES, c.span, c.indicators) for c in both]
    if len(kept) == len(claims) and _LAST_WEEK.search(told) and not _THIS_WEEK.search(told):
        return [Question(Ask.EARLIER, c.span, c.indicators) for c in kept if not c.indicators]
    beside = _beside(told, text, kept)
    return [
        Question(Ask.UNREAD, c.span, c.indicators)
        for c in kept
        if beside or _behind(text, tokens, claims, c) or _in_front(text, tokens, c)
    ]


def _behind(text: str, tokens: Sequence[Token], claims: Sequence[Claim], claim: Claim) -> bool:
    """Whether something of another matter follows in the same breath."""
    start = claim.span[1]
    stop = _STOPS.search(text, start)
    end = stop.start() if stop else len(text)
    if start == end:
        return False
    left = list(text[:end])
    spans = [c.span for c in claims] + [(t.start, t.end) for t in tokens if t.kind in _OURS]
    for first, last in spans:
        for at in range(max(first, start), min(last, end)):
            left[at] = "\x00"
    bare = _bare(claim, tokens)
    return (_BARE if bare else _AGAIN).fullmatch("".join(left), start) is None


def _in_front(text: str, tokens: Sequence[Token], claim: Claim) -> bool:
    """Whether another thing stands between the figure and its none (新增执委党员没有), inside it, or before an as-before (家里老样子)."""
    start = max((m.end() for m in _STOPS.finditer(text, 0, claim.span[0])), default=0)
    if _NOT_HERS.search(text[start : claim.span[0]]):
        return True
    here = [t for t in tokens if start <= t.start and t.end <= claim.span[1]]
    inside = [t for t in here if t.start > claim.span[0]]
    if any(t.kind in _OTHERS and t.kind is not Kind.PEOPLE for t in inside):
        return True
    last = max((n for n, t in enumerate(here) if t.end <= claim.span[0]), default=-1)
    if last < 0 or here[last].kind not in _OTHERS or _KNOWN.fullmatch(here[last].text):
        return False
    named = any(t.kind is Kind.INDICATOR for t in here[:last])
    same = claim.value is Mark.SAME and here[last].kind is Kind.MATTER
    return same or (named and _bare(claim, tokens))


def _bare(claim: Claim, tokens: Sequence[Token]) -> bool:
    """Whether it is a mere 没有 or 零, which has no noun of its own."""
    mere = (Kind.NONE, Kind.NUMBER)
    return any((t.start, t.end) == claim.span and t.kind in mere for t in tokens)


# ---- the clauses around it ---------------------------------------------------------------------------------

_LED: Final = "(?:我们?|这边|因为|主要|但是?|不过|其实|暂时|目前|现在|本周|这周|实在|还|也|都|就)*"
_ANY: Final = re.compile(
    r"(?:^|(?<=[,;。!?\n\s吧呢啊了]))(?:"
    f"{_LED}(?:没有?|未|尚未|正?在|懒得|没空|没时间|没工夫|没顾上|来不及|不想)(?:去|来|再|仔细)?(?:统计|清点|汇总|数(?![据字学码错可])|算(?![数错])|问(?![题候错]))[^,;。!?\n]{{0,3}}"
    "|还没空|随便(?:吧|了|报|填|写)*|懒得[报填写弄管]?"
    f"|{_LED}(?:总|人)?(?:数|人数|数字|数量|总数)(?:却|倒|也|都|又|是|全)*(?:变|改|动|多|少|不一样)了"
    "|(?:只|就|但|倒|不过|才)+是?(?:多|加|增加?|添|进|来|新增|新选)了(?![^,;。!?\n]{0,4}[0-9一二两三四五六七八九十零])[^,;。!?\n]{1,6}"
    ")(?=[,;。!?\n\\s]|$)"
    "|[,;。!\\s]除了[^,;。!?\n没都还外忙]{1,8}$|没数(?:就|只好|先)零"
)
"""没有新增，还没统计; 没有新增，除了小陈."""
_ANY_SIGNS: Final = frozenset("统清汇数算问空随懒多加增添进来除")
_LAST: Final = "上(?:一?周|个?礼拜|个?星期|一?次|一?期|一?回|个?月)"
_OF_LAST: Final = re.compile(
    f"{_LAST}(?:我|的|那个|也|都)*(?:没有?|忘了?|漏|误|错|少|多)了?(?:上?报|填|写)|{_LAST}[^,;。!?\n]{{0,5}}(?:错|不对|不准|有误)"
    "|(?:计划|任务|目标|指标|名额)[^,;。!?\n]{0,4}[0-9]"
    "|[按照](?:着)?(?:隔壁|邻村|别[的个]?村|别人|人家|旁边)[^,;。!?\n]{0,4}[报填写]"
)
"""没变化，上周报错了: as before is not what holds."""
_BEFORE: Final = f"(?:{_LAST}|之前|以前|此前|前面|前几?天|昨天|那天)"
_SO_MANY: Final = "(?:[1-9][0-9]{0,2}|[一二两三四五六七八九十]{1,3})[名个人位]"
_TOLD: Final = "(?:上?报(?!名)|填(?!表)|写|算|登记?|统计|录)"
_MENDED: Final = re.compile(
    f"(?:漏|忘|少|多|误|错){_TOLD}[了过]*[^,;。!?\n]{{0,3}}{_SO_MANY}|{_SO_MANY}[^,;。!?\n]{{0,6}}?(?:没有?|未|忘[了记]*|漏了?){_TOLD}"
    f"|{_BEFORE}[^,;。!?\n]{{0,6}}?[漏忘落少多]了{_SO_MANY}|补(?:上?报|填|写|登)?[^,;。!?\n选]{{0,6}}?{_SO_MANY}|把[^,;。!?\n]{{0,6}}{_SO_MANY}[^,;。!?\n]{{0,4}}补"
    f"|{_BEFORE}[^,;。!?\n]{{0,10}}?(?:改[成为]?|应该?[是为]?|实际|其实|那个是)[^,;。!?\n]{{0,3}}{_SO_MANY}"
)
_WRONG_BEFORE: Final = re.compile(
    f"[,;。!?\n]{_BEFORE}[^,;。!?\n]{{0,6}}(?<!没)(?<!没有)(?:错|不对|不准|有误)"
)
_MENDED_SIGNS: Final = frozenset("漏忘落少多误错没未补改应实那对准")
_ALREADY: Final = re.compile("已经?[^,;。!?\n]{0,4}[补改更报]|[补改]报?(?:过|好)了|补报了")
"""没有新增，上周漏报2名: none is new, and last time's number is put right; what has been put right already is not."""
_LIKE: Final = re.compile(
    "打不开|[进登]不[进上去了录]|不会[弄填报用操]|忘(?:了|记了?)密码|闪退|卡死"
)
"""跟上周一样，表格打不开: it may be the trouble that is as before."""
_STILL: Final = re.compile(
    "没(?:有)?变化?[,。\\s]*还是(?:在)?(?:周[一二三四五六日天]|星期|下?[上下]午|早上|晚上|[0-9一二三四五六七八九十]+[点号]|原来的?(?:号|电话|地|时|人家)|老地方|那么|这么|定在)"
    "|(?:^|[,。!\\s])(?:还是|还|都)?老样[子儿]?[,。\\s]+(?:我|她|他|老人|家里|就是)*(?:身体|孩子|孙|血压|腿|腰|老公|婆婆|公公|上班|上学|漂亮|年轻)"
)
"""没变，还是周五; 老样子，身体还行: of a day, of herself."""
_NOT_SO: Final = re.compile(
    "(?:没有?|未|不是|并非|不能?|别|不要)(?:再)?(?:[按照跟和同与用]|沿用|延用|套用|维持|保持)着?上(?:一?周|个?礼拜|个?星期|次|期|回)"
)
"""没有跟上周一样: it is not as before."""
_WHETHER: Final = re.compile(
    "(?:报表|表格?|通知|文件|任务|要求)(?:都|也|还)*没有?新的|没[人谁](?:是)?没|没有没(?!有)|[选添加增进](?:出|加|来)?了[^,。;!?\n]{0,6}没有?[啊呀呢]*$|(?:选出来?|产生|当选)没有?[啊呀呢]*$"
)
"""报表没有新的, 没人没新增, 选了新执委没有: of another thing, the contrary, or a question."""
_NO: Final = re.compile("^(?:没有?|不),?(?:不是|没有?)[0-9]+[名个人位]?$")
"""没有，不是12: what was asked?"""


def _beside(told: str, text: str, kept: Sequence[Claim]) -> bool:
    """Whether a clause around it says that nobody counted, or what is not as before."""
    if not _ANY_SIGNS.isdisjoint(told) and _ANY.search(told):
        return True
    if _NOT_SO.search(told) or ("没" in told and _WHETHER.search(told)):
        return True
    if _NO.match(told) or (not _MENDED_SIGNS.isdisjoint(told) and _mended(told)):
        return True
    same = [c for c in kept if c.value is Mark.SAME]
    if not same:
        return False
    alike = any("一样" in text[slice(*c.span)] for c in same)
    return bool(_OF_LAST.search(told) or _STILL.search(told) or (alike and _LIKE.search(told)))


def _mended(told: str) -> bool:
    """Whether a number of another time is put right or handed in late beside a none."""
    found = _MENDED.search(told) or _WRONG_BEFORE.search(told)
    return found is not None and _ALREADY.search(told) is None


def told_late(text: str) -> bool:
    """补报上周3名, 上周应该是11名: whether a number of another time is put right or handed in late."""
    return _MENDED.search(text) is not None and _ALREADY.search(text) is None
