"""Another village that is spoken of in front of a figure: 九蓬昨天开会，选了12名; 我妹妹在松源，会改联完成了; 那边选了12名.

Small talk of neighbours stands in a clause of its own, and the figure behind it has no subject: it may be theirs or hers. It is hers where she
comes back to herself (我们12名), where they are only the way, the place or a guest (向九蓬学习, 借石屯的会场, 石屯老师来讲课), and in a new sentence.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question

_OURS: Final = (
    "(?:我们|我村|我社区|我这[里边]?|咱|俺|阮|本村|本社区|我也|我方|自己|这边|这里(?!选|是))"
)
_START: Final = r"(?:^|(?<=[,;:。!?\n\s]))(?:那|而|但是?|不过|所以|现在|目前|其中|结果|然后|于是|接着|今天|昨天)*"
_BACK: Final = re.compile(f"{_START}{_OURS}")
_OF_HERS: Final = re.compile(
    f"{_START}(?:我们?村|本村|我们?社区|本社区)(?!.*(?:的(?:主席|书记|主任|人)))[^,;。\n]*$"
)
_ENDS: Final = re.compile(r"[。!?\n]")
_CLAUSE: Final = re.compile(r"[,;:。!?\n]")
_LIKE: Final = re.compile(
    "(?:感谢|谢谢|多谢|多亏|向|借用?|比|学习?|像|照着?|按照?|跟着|不如|不像|参照|仿照)(?:隔壁的?)?$"
)
_WITH: Final = re.compile("[跟和同与](?:隔壁的?)?$")
_TOGETHER: Final = re.compile(
    "[^,;。\n]*(?:一[起同样块]|联合|合[办开并]|同[时步一]|相比|比|结对|共同|并|换)"
)
"""向九蓬学习, 跟九蓬一起开的会: the way she did it."""
_OF_A_PLACE: Final = re.compile(
    "村?(?:社区)?(?:妇联)?的?(?:那个|那边的?|[大小中老])*(?:会议?[室场]|大?会堂|礼堂|祠堂|文化|学校|小学|中心|场地|酒店|饭店|医院|卫生|街|集市|集|路|桥|水库|女儿|儿子|孙|我?(?:妈|娘|婆|亲戚|闺女)|家|老家|娘家|办事|看病|打工|上班|带孩|带孙|读书|上学|赶集|住院|进货|照顾|住)"
)
"""在石屯的会议室开会, 在石屯女儿家: where it was, or where she is."""
_ON_HER_WAY: Final = re.compile(
    "(?:在|去|到|从|住|往|过)\0(?![^,;。\n]*(?:当|主席|妇联|选|会|那))[^,;。\n]*,新增执委"
)
"""刚从九蓬回来，新增执委12名: the name of her own figure, in front of its number."""
_AS_GUESTS: Final = re.compile(
    "村?(?:社区)?(?:妇联)?的?[^,;。\n]{0,6}(?:(?<!回)来(?!电|信|消息|报)|嫁(?!到|去|给|在)|过来|请来|借来|派来|送来|娶|搬|调来|买|羡慕|祝贺|羡|催|问[我俺咱]|(?:教|帮|借|送)了?给?[我俺咱])"
)
"""石屯老师来讲课, 石屯嫁过来的媳妇选上了: a guest, or one of hers."""
_OVER_THERE: Final = re.compile(
    r"(?:^|(?<=[,;。!?\n\s]))(?:(?:社区|隔壁|对面|山|河|江|她|他|人家)?(?:们)?(?:那边|那里|那头|那个村)|她们|他们|人家)(?:的|也|已经?|都|早就?|就|是|一共|这次|昨天|今天)*(?=会改联|改联|执委|新增|选|完成|[搞办弄做改]|[0-9一二两三四五六七八九十])"
)
"""那边选了12名, whoever they are."""


_SIGNED: Final = re.compile(
    "(?:村|社区)?(?:村?妇联)?(?:(?:副?主席|主任|书记|干事)?[小老阿]?[\u4e00-\u9fff]{0,3}|的)[。!\\s]*"
)
"""…，九蓬小陈: whose it is, at the end."""
_WORDS: Final = frozenset(
    str.split(
        "新建 建设 民主 胜利 同心 解放 向前 前进 团结 和平 光明 幸福 友谊 先锋 跃进 联合 合作 永久 富强 文明 新民"
        " 中心 街头 楼下 路下 前村 后村 桥头 村头 山上 山下 河边 新村 老街 高山 工农 长城 平安 健康 自强 奋斗 创新"
        " 希望 自由 大会 人民 共和 复兴 振兴 安全 成功 东门 西门 南门 北门 大红 化建 社区 大家 顺利 计划 组织 明天"
        " 隔壁 致富 机关 阿拉 大学 教师 联系 群众 关心 下雨 那天 一致 小时 一半 老师 民族 高度 活动 样子 精神 热闹"
        " 当中 公众 人家 进展 大户 大约 路上 二楼 牌子 快乐 增加 同意 结果 大力 第一 二三 五一 就能 统一 太阳 高兴 高中 玫瑰"
        " 老人 心和 创业 马上 信号 屯子 学校 努力 抱告 家庭 满意 广场 山路 早安 愉快 自然 广大 三楼 改革 回去 能干"
        " 热烈 教育 文书 力争 明白 居民 合法 那些 后面 中秋 天台 钟头 文化 锣鼓 完善 发放 整理 落实 热热 茶叶 下山"
        " 山里 多年 祠堂 稻子 女儿 第三 今日 团员 第二 行政 那样 东西 茶水 共同 长期 那里 赶场 看花 踊跃 安康 思念"
        " 坚强 边上 同志 青年 建成 中午 公布 大路 一张 同一 家属 楼梯 章程 文章 娘家 热心 前方 务农 求是 户口 合理"
        " 桥梁 山顶 资源 健全 倒水 疙瘩 如意 群团 良好 泥巴 增大 坝子 喜报 光荣 积极 主动 先进 平原 红旗 星火 东风"
        " 朝阳 春光 阳光 和谐 美丽 繁荣 兴旺 吉祥 太平 永新 大同 中华 友好 爱国 巾帼 木兰 姐妹"
    )
)
"""Names of villages that are words of every day: 胜利召开, 在楼下."""
_GROWN: Final = frozenset("新增选执委会联村乡镇十百周日月名个上下里前后都也来")
"""A name with one of these (上周, 联新, 村高) may be parts of two words: alone it is none."""


_NO_PLACE: Final = re.compile("[事边脚]|当选|同志")
_CALLED: Final = ("我叫", "名叫", "姓名:", "联系人:")
"""王干事, 大溪边, 林山当选, 我叫林山: of other words, or of a person."""


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about figures that may be those of another village, asked of a village."""
    known = lexicon.elsewhere
    told_of = [c for c in claims if c.value is not Mark.NOT]
    some = [c for c in told_of if not c.named]
    if lexicon.own.level is not Level.VILLAGE or not told_of:
        return []
    if some and "受" in told and _on_behalf(told, lexicon):
        return [Question(Ask.UNIT, c.span, c.indicators) for c in some]
    hers = [(m.start, m.end) for m in lexicon.names.find(told)]
    spots = [(m.start, m.end) for m in known.find(told)] if known else []
    spots = [
        (start, end)
        for start, end in spots
        if _a_name(told[start:end])
        and not _NO_PLACE.match(told, end)
        and not told.endswith(_CALLED, 0, start)
        and not any(a < end and start < b for a, b in hers)
    ]
    if _NEAR.isdisjoint(told) and not spots:
        return []
    if any(_signs(told, one, told_of[-1]) for one in spots[-1:]):
        return [Question(Ask.UNIT, c.span, c.indicators) for c in told_of]
    theirs = [end for start, end in spots if not _harmless(told, start, end)]
    theirs += [m.end() for m in _OVER_THERE.finditer(told)]
    if some and any(_of_theirs(told, one, some[-1]) for one in spots):
        return [Question(Ask.UNIT, c.span, c.indicators) for c in some]
    return [
        Question(Ask.UNIT, c.span, c.indicators)
        for c in some
        if any(_reaches(told, at, c.span[0], lexicon) for at in theirs)
    ]


_SOME: Final = re.compile(
    "[,;。!(\\s](?:其中|里面|当中)?的?(?:有)?(?:一?大?半|大部分|大多数?|多数|少数|半数|好?几个|个别|一部分|部分|有的|有些|[0-9一二两三四五六七八九十]+[名个位])(?:人|的人|都|也|是|就|还)*(?:在|是|住|来自|属于?|户口在|算|归)$"
)
_THERE: Final = re.compile("(?:村|社区)?(?:那边|那里|的|人|的人)*(?=[,;。!)\\s]|$)")


def _of_theirs(told: str, spot: tuple[int, int], last: Claim) -> bool:
    """新增执委12名，大部分在念山: some of them are of the place."""
    start, end = spot
    behind = start > last.span[1] and _THERE.match(told, end) is not None
    return behind and _SOME.search(told[:start]) is not None


_NEAR: Final = frozenset("那她他人")
_CHARGED: Final = re.compile(
    "受(?P<who>[\u4e00-\u9fff]{2,4}(?:村|社区))(?:村?妇联|两委|支部|党支部)?(?:副?主席|书记|主任)?的?(?:委托|之托|嘱托|托付|请托|所托)"
)


def _on_behalf(told: str, lexicon: Lexicon) -> bool:
    """Whether she speaks for another village: 受念山村主席委托，由我上报：."""
    found = _CHARGED.search(told)
    if found is None or _OF_HERS_TOO.match(found["who"]):
        return False
    return not lexicon.names.find(found["who"])


_OF_HERS_TOO: Final = re.compile("(?:我|本|咱|俺|全)们?(?:村|社区)")


def _a_name(said: str) -> bool:
    """Whether it can only be the name of a place."""
    said = said.removesuffix("妇联")
    whole = said.endswith(("村", "社区", "乡", "镇", "街道"))
    return whole or (said not in _WORDS and _GROWN.isdisjoint(said))


def _harmless(told: str, start: int, end: int) -> bool:
    """Whether a place is named as the way, the place or the home of a guest."""
    stops = [m.end() for m in _CLAUSE.finditer(told, 0, start)]
    front = told[max(stops, default=0) : start]
    inside = front.rstrip("隔壁邻").endswith(("在", "到", "去", "借", "从", "住")) or not front
    return bool(
        _LIKE.search(front)
        or (_WITH.search(front) and _TOGETHER.match(told, end))
        or _OF_HERS.search(told[:start])
        or (inside and _OF_A_PLACE.match(told, end))
        or _ON_HER_WAY.search(front + "\0" + told[end:])
        or _AS_GUESTS.match(told, end)
    )


def _reaches(told: str, at: int, claim: int, lexicon: Lexicon) -> bool:
    """Whether nothing between a place in the text and a figure comes back to herself or begins anew."""
    if claim < at:
        return False
    between = told[at:claim]
    if _ENDS.search(between) and not _OVER_THERE.search(between):
        return False
    if lexicon.names.find(between):
        return False
    return _BACK.search(f"-{between}") is None


def _signs(told: str, spot: tuple[int, int], last: Claim) -> bool:
    """Whether a place and perhaps a name is all that stands at the end, behind the figures."""
    start, end = spot
    alone = start > last.span[1] and _CLAUSE.match(told[:start].rstrip()[-1:] or " ")
    return bool(alone) and _SIGNED.fullmatch(told, end) is not None
