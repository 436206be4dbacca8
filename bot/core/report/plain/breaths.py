"""Speech without punctuation: what beside a report speaks of something else is set apart by commas, as one who types would.

A long run without a sign is cut where a breath may end: behind 啊 哈 啦 吗, before 我 你 主席 然后 名单. Only pieces between two such places
that are surely asides get commas; the report itself is read as it was said. Where a word that may reach over what follows (听说, 如果,
打算, 还是) stands anywhere in the run, nothing is set apart.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.aside import aside, objects, telling
from bot.core.report.aside import bearing as report_bearing
from bot.core.report.doubts import beside
from bot.core.report.tokens import forms
from bot.core.report.words import sounds

_RUN: Final = re.compile("[\u4e00-\u9fff0-9A-Za-z]{10,}")
"""A breath: characters without a sign between them."""
_ENDS: Final = "啊哈啦呀嘛呢吧哦喔哟呐咯吗"
_SUBJECT: Final = "我|俺|咱|您|你|(?<!妇联)(?<!村)(?<!副)主席|领导|大家|姐妹们|有(?:问题|事|什么)|没有?别的|别的(?:都|就)?没|记[住好下]|然后|那个|(?<!没)(?<!有)信号|这里|谢谢|辛苦|麻烦|再[会见]|就这[样些]|回头|现在"
_OBJECTS: Final = "名单|照片|材料|牌子|表格?"
_N: Final = "[0-9一二两三四五六七八九十]"
_COUNT: Final = f"{_N}[个名位]人?"
_NAMED: Final = "|".join(often for _, often in sounds.MISHEARD)
_FINISHED: Final = "(?<![的于把个将和对把])(?:[会回惠慧汇费][改该盖][联连莲恋]|区域[化话画花])(?!的(?!事[办弄完搞都也已]))"
_CLOSED_BY: Final = "(?<=不好用|不好走|没信号|不清字|才有空|不方便|不太好|在哭哈|用说的)"
"""How a remark ends that needs no particle; anything else before 会改联 may be a place."""
_CUT: Final = re.compile(
    f"(?<=[{_ENDS}])(?![{_ENDS}的])|(?<=主席好|领导好|大家好)|(?<!好在)(?<!请)(?={_SUBJECT})|(?<!执委)(?<!改联)(?={_OBJECTS})|(?<={_N}[个名位])(?=都(?:是|很|会)|全是|个个|年纪|里面|里头)"
    f"|(?:(?<=[了吃完饱累困痛疼热坏死很笑])|(?<=热闹|顺利|圆满|激烈|短说)|(?<=接着[说讲报])|(?<=[发给][你您]))(?=新[增选]|选[了出]|{_NAMED})"
    f"|{_CLOSED_BY}(?={_FINISHED})|(?<=个执委|名执委|新执委)(?=都(?:是|很|会)|全是|个个|年纪)"
)
_REACHING: Final = re.compile(
    "吗$|[成好完]了?我们?(?:就(?:可以|能|放心|轻松|解脱)|报给[你您]|[跟和][你您][说讲]$|请客)[^,]{0,5}$|^(?:明|后天|下)|听(?![得不])|(?<![跟给][你您我])(?<!用)(?<!就是)(?<!是)(?<!不)(?<!短)(?<!接着)(?<!继续)(?<!没)[说讲](?!话|不|慢|大声|清|一?下|普|得|完|了?[哈啊呀嘛啦吧])|可能|大概|预计|打算|如果|要是|万一|计划|争取|好像|估计|应该|下个?[周月星礼]|目标|任务|要求|也许|恐怕|只要|不是|还是|来着|忘|(?<![看听])不[清确准定]|把握|对不对|隔壁|他们|她们|别的?[村人]|撤|改成|错|等我|哄|逗|骗|虚|等[会下一](?![^,]{0,3}[发送传拍])|待会|准备|马上|快要|正要|告诉(?![你您])|[让叫托]我(?!孙|儿|女|老|媳|侄|邻|吃|回|去)"
)
"""Words that may bear on what follows, or on what stands before, in the same breath."""
_NEXT: Final = re.compile(
    f"[^\u4e00-\u9fff0-9]|(?<![是的])(?:{_NAMED}|新[增选]|选[了出]|[乡镇](?:里|级|本级|妇联)(?=新|选|执|已|共)|然后|其中(?![^,]{{0,3}}[虚假]))"
)
_CLOSED: Final = re.compile(
    f"(?:的|了)*[哈啊哦呢吧呀嘛啦]*(?:为准|(?:麻烦)?记一下|走马上任|后?(?:总数|一共|总共|共)|(?:(?:没有?错|不?是{_N}+[名个位]?|是?(?:对|没错|准确|正确)的?)[啊哈]*)*)(?:不急的?)?"
)
_SORT: Final = re.compile("(?:都|全|全部)是(?:新|妇女积极|居民|村民|大家|群众)[^没不未候老旧]*")


_HEAD: Final = re.compile(f"{_NAMED}|新[增选]|选[了出]")
_OWN_MENDED: Final = re.compile(
    "(?:我们?)?(?:刚才?|刚刚|昨[天晚]|今早|早上|上午|中午|下午|前面|上面|先前|之前)(?:我们?)?(?:上?报|发|填|写|说)的[^,]*(?:改[为成]?|更正为)"
)
"""刚报的新增执委12改为: it was she who told it."""
_SIGN: Final = re.compile("[^\u4e00-\u9fff0-9A-Za-z]")


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """新增执委12名指的是代表, 凑数的新增执委12名: what is said in one breath with a value is judged like a clause of its own."""
    told = [c for c in claims if c.value is Mark.DONE or (isinstance(c.value, int) and c.value > 0)]
    return [
        Question(Ask.UNREAD, claim.span, claim.indicators)
        for claim in told
        if _bears(_behind(text[claim.span[1] :]))
        or _LEADS.search(_in_front(text[: claim.span[0]]))
        or report_bearing.BEARS.search(_in_front(text[: claim.span[0]]))
    ]


_LEADS: Final = re.compile(
    "凑|(?<!邮)编|抄|(?<!反)猜|估|蒙|推算|先[占填写记报录挂放压]|别[写报记]|不要[写报记]|[上下]头|上面[分给下摊]|替|摊|照[老镇]|按[户头名]|听来|(?:的|说|讲|报|写|填|给|看|问|逼着?|分下来|加总|代理|顺手|总|私下定|[加计]?算|发|组|被逼|参加|开会|粘贴来|转|文件里|方案里)的$|[年月]份?的$|为准$|就当|参考|测一下|不是[俺我本死]|包括|名额|对一下|变化|出入|有点虚|等我|最[多少好坏]的?情况$|作罢|停了|搁置|跳过|还得|核减|两[套届]|帮我看|定时|看着改|让我报|^按要求$|整[您你]|演习|[李王张陈林]讲$|机器人|[点拍]的数|[删撤]了"
)
"""凑数的新增执委12名."""


_OPEN: Final = re.compile(
    "[单表册][上里]面?[又却才就还]?(?:只有|少|多|缺|差|没)|没(?:开(?!心)|对|底|正式|满|点(?!名)|谈)|会有变|[你您]们?定|停了|有虚|哄[您你]|无视|也在里头|等我电话"
)
"""What is not over yet, or not hers."""


def _bears(said: str) -> bool:
    bearing = _OPEN.search(said) or report_bearing.BEARS.search(said) or beside.bears(said)
    return len(said) > 1 and bool(bearing)


_PLAIN: Final = re.compile(
    "[县镇乡][里上头]|(?:包括|连同?|算上|加上)我(?:自己|本人)?(?:在内)?(?:的话)?|(?:另外|顺便|还有|再)*[替帮代][\u4e00-\u9fff]{2,5}(?:村|社区)(?:补|上)?报(?:一下|个)?|(?:花名册|名册|表)上?(?:登记|填)的|.*用说的"
)


def _behind(text: str) -> str:
    """What follows a value in the same breath, to the next figure."""
    until = _NEXT.search(text)
    rest = _CLOSED.sub("", text[: until.start()] if until else text, count=1)
    return "" if _SORT.fullmatch(rest) else rest


def _in_front(text: str) -> str:
    """What stands before the figure in the same breath."""
    breath = _SIGN.split(text)[-1]
    if _OWN_MENDED.fullmatch(breath):
        return ""
    head = _HEAD.search(breath)
    said = breath[: head.start()] if head else ""
    return "" if _PLAIN.fullmatch(said) else said


_TOLD: Final = re.compile(f"{_NAMED}|新[增选曾添]|选[了出]")
_DONE: Final = re.compile("[改弄搞办做][好完定成]|完成|成立|没有?(?:变|新)|一样")
_THEN: Final = re.compile("(?<=[\u4e00-\u9fff0-9]{3})(?=然后)")
_FOUNDED: Final = re.compile(
    f"(?:{_NAMED})(?:也|都|已经?|正式|终于|总算|就|算是)*成立(?:好|起来)?了(?=[\u4e00-\u9fff])(?![一两二三四五六七八九十几吗没么吧呢啊哈])"
)
"""会改联成立了新执委选了八个: it is founded; how many were chosen is told next."""
_CAME: Final = re.compile(
    f"(?:来|到|坐|围)(?:了|满)(?:有)?{_N}+[多来几]?[个号位]?(?:人|妇女|姐妹|代表|群众|村民)(?=选[了出举]|新[增选]|{_NAMED}|投票|大家)"
)
"""来了四十个人新增执委十个: who came, and then what came of it."""
_ELSEWHERE: Final = re.compile(f"{forms.THERE}(?:那边|今天|也|都)?[忙累热下停没]")
"""富美忙坏了: two characters in front that may be a place."""
_OF_THESE: Final = re.compile(f"(?:的|{_NAMED})$")
"""会改联的牌子, 执委名单: what follows belongs to it."""
_I_AM: Final = re.compile(
    "我是(?:(?!我)[\u4e00-\u9fff]){2,8}?的?(?:(?:妇联)?(?:主席|副主席|干事|妇女主任)|[小老阿][\u4e00-\u9fff])(?=[\u4e00-\u9fff]{4})"
    "|我(?:这边)?是(?!新|来|最|刚|第|今|昨|用|按|负责|管)(?:[\u4e00-\u9fff]{1,4}(?:村|社区|乡|镇)的(?!主席|妇联|副|干事|妇女|[小老阿]|人|媳妇|执委)|[\u4e00-\u9fff]{2}的(?=我|会改|刚|这|那|今|在|手|信|忙|天|下雨|新|执|老))(?=[\u4e00-\u9fff]{4})"
)
"""我是富美的妇联主席会改联…: who she is, and then what she tells."""
_MOST: Final = 4  # pieces an aside may be made of
_LEAST: Final = 3  # characters it has


_KEPT: Final = re.compile(
    "(?:没有?|无|没什么|没啥)(?:变化|变动|新增|进展)(?:的)?[哈啊啦呀呢嘛](?=[\u4e00-\u9fff]{3})"
)
"""本周还是没有变化哈下周再看看."""


_TURNS: Final = re.compile(
    "(?<=[名个位人了])(?=(?:下一步|接下来|下周|下个月|明天|过[几两]天)(?:我们|就|再|准备|打算|想|要|计划)*(?:搞|办|开|组织|去|做)[^,]{0,6}(?:活动|培训|慰问|学习|讲座|参观|第一次会|茶话?会|例会)(?:[哈啊呢了]|$))"
    "|(?<=^报告主席|^好的主席|好啊主席)(?=会改|新增)|(?<=刚[才刚][说讲报写念]错了)(?=新[增选]|执委|会改|应该)|(?<=[的了])(?=现在(?:会改|都|也|已|新增))"
)
"""新增执委九名下一步准备搞个活动, 刚才讲错了新增执委是十三名: another sentence begins, whatever stands around it."""


_AND_YET: Final = re.compile(
    f"(?:(?:{_NAMED}|新[增选]了?|选[了出]|增加了?)(?:是|有|共|一共|总共|呢|嘛|啊|了)*(?!一[名个位]){_N}+[名个位]|(?:完成|[办搞弄改做]好)了)"
    "(?=(?:但|不过|只是|就是|可是|大家|群众|村民|姐妹|她们|人家|书记|主任|镇里|乡里|县里|上面)*(?:也|都|又)?"
    "(?:还没|还未|都没|也没|没有?[人批定选开投过签审通同]|还在|正在|要等|等[着书主会乡镇县上公]|但|不过|只是|就是|可是|不[算愿肯想干同]|被|先[这占写报记]|抄|我猜|瞎))"
)
"""新增执委九名还没投票: what takes it back is judged like a clause of its own."""


_YET: Final = frozenset("没未在等但不只就可被先抄猜瞎")
"""Characters of which what takes it back holds one."""


def parted(text: str) -> str:
    """The text with commas around what is beside the report in a long run without signs."""
    text = _TURNS.sub(",", text)
    if not _YET.isdisjoint(text):
        text = _AND_YET.sub(lambda m: m[0] + ",", text)
    text = _I_AM.sub(lambda m: m[0] + ",", text)
    text = _KEPT.sub(lambda m: m[0] + ",", text)
    return _RUN.sub(lambda run: _part(run[0]), text)


_COMMAS: Final = re.compile(",{2,}")


def _part(run: str) -> str:
    if _REACHING.search(run) or not (_TOLD.search(run) or _DONE.search(run)):
        return run
    at = sorted({0, len(run), *(m.start() for m in _CUT.finditer(run))})
    begins = [BEGINS.match(run, one) is not None for one in at]
    out, n = "", 0
    while n < len(at) - 1:
        ends = range(min(len(at) - 1, n + _MOST), n, -1)
        end = next((m for m in ends if all(begins[n + 1 : m]) and _beside(run, at[n], at[m])), 0)
        said = run[at[n] : at[end or n + 1]]
        out += f",{said}," if end else said
        n = end or n + 1
    out = _FOUNDED.sub(lambda m: m[0] + ",", _CAME.sub(lambda m: m[0] + ",", _THEN.sub(",", out)))
    return _COMMAS.sub(",", out.strip(","))


_COUNT_LAST: Final = re.compile(f"{_COUNT}$")


def _beside(run: str, start: int, end: int) -> bool:
    """Whether a piece surely speaks of another matter, and what stands around it does not belong to it."""
    said, rest = run[start:end], run[:start] + run[end:]
    if len(said) < _LEAST or _TOLD.search(said) or _DONE.search(said):
        return False
    if not (_TOLD.search(rest) or _DONE.search(rest)):
        return False
    if objects.of_people(said):
        return True
    if _OF_THESE.search(run[:start]):
        return False
    if said.endswith("的") and end < len(run):
        return False
    if objects.of_objects(said):
        counted = _COUNT_LAST.search(run[:start]) is not None
        over = end == len(run) or said[-1] in f"了你您{_ENDS}" or _DONE_NEXT.match(run, end)
        return bool(over) and (not counted or _SENT_BY.search(said) is not None)
    begun = BEGINS.match(said) or telling.TELLING.match(said)
    return (
        bool(begun)
        and not _ELSEWHERE.match(said)
        and aside.aside(said, whole=end == len(run) or _OF_HER.match(said) is not None)
    )


_DONE_NEXT: Final = re.compile(f"{_CLOSED_BY}{_FINISHED}")
BEGINS: Final = re.compile(
    f"{_SUBJECT}|我|俺|今天|昨|刚|天[气好太真又热冷黑]|外面|这边|忙|不好意思|听得|[下打][雨雪雷]|手机|孩子|孙|老[公花伴]|婆婆|家里|路[不太]|饭[都还]|到现在|一直|还没吃|有[事空]|用(?:语音|嘴|手机)|文化|年纪|个个"
)
"""How a remark begins; 茶洋 and 茶山坪 before 会改联 are places."""
_OF_HER: Final = re.compile("我(?:不|也|真|实在|没)|[你您]那[边里]")
_SENT_BY: Final = re.compile(
    "我|叫|让|请|(?:等下|晚点|晚上|明天|回头|一会儿?|待会儿?)[^,]{0,3}[发送传补拍]"
)
"""七名名单晚上叫我孙子发: that somebody does it tells the list from 12名材料在整理, of which the number may be."""
