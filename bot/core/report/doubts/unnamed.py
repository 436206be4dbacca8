"""Something is done, and of no figure: 我村做好了宣传工作, 开展三八活动，圆满完成. What was done is another matter, or may be."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.model import IndicatorKind
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question
from bot.core.report.clauses.said import names
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_STOP: Final = re.compile(r"[,;。!?:\n()]")
_OURS: Final = re.compile("改|联|选|换届|妇代|转|挂牌|揭牌|成立")
"""What alone tells that the conversion is meant, whatever it is called."""
_NOTHING: Final = re.compile(
    "(?:[做搞办弄整干忙][好完成妥定了]|搞[掂定]|完[成工毕事结了]?|[办落]妥|妥[了当]?|结束|收官)+了?"
    "|我们?|俺们?|咱们?|阿拉|阮|本|这[边里个次周]?|那[边里]?|村[里上]?|社区|乡|镇|街道|妇联|主席|领导|大家|[您你]们?好?|各位|姐妹们?"
    "|(?:[上本这昨今前]|[0-9一二三四五六七八九十]+)(?:[个]?[周天日晚早月号]|星期|礼拜)?[一二三四五六日天]?|上午|下午|晚上|早上|中午|刚刚?|才|目前|现在|如今|[截至止]+"
    "|已经?|都|也|均|全部?|终于|总算|顺利|圆满|正式|基本|按照?(?:[时期]|上?级?[要需]求|规定|计划|时间节点)+|提前|准时|如期|成功|早就?|就|又|再|还|可|很|真|算|彻底|一次性|百分百|该|把"
    "|的|地|得|了|啊|呀|哦|哈|呢|嘛|吧|喽|咯|啦|哟|嘞|滴|捏|哉|矣|是|有|在|到|给|跟|和|与|向|为|过"
    "|报告|汇报|报[一下]*|说[一下]*|请?放心|收到|好的?|嗯|谢谢|辛苦|您|没问题|不用[催担心]+|[两几三]项|任务|事情?|这?件?事|活|工作|情况|其他|步骤|流程|利[索落]|[嘎查]|手续|程序|[0-9\\s~.、%+-]"
)
_SEVERAL: Final = re.compile(
    "(?:(?:以上|上述)(?:各项|几项|所有|全部)?(?:的?工作|任务|事项|活动)|(?:[三四五六七八3-8]|以上|上述)[件项](?:事情?|工作|任务|活动))(?:都|也|均|已经?|全部?|现|圆满|顺利)*$"
)
"""三件事都已完成, 以上工作均已完成, where no figure that may be done is named: what was told before is."""
_SIGNS: Final = re.compile("[^\u4e00-\u9fff]")
_FINISHED: Final = (IndicatorKind.COMPLETION, IndicatorKind.STAGE)
_ELSE: Final = re.compile(
    "开展|举办|组织|宣传|活动|培训|走访|慰问|整治|卫生|检查|讲座|座谈|学习|筛查|体检|调解|普查|医保|社保|低保|环境|家庭教育|志愿|帮扶|入户|会议精神|讲话|为(?:进一步|了|更好地?)*[做搞办]好|防[汛火溺疫]|反家暴|垃圾|书屋|表彰|评选|茶话|比赛|演出|广场舞"
)
"""Other work of a federation: what is done behind it is that."""


def doubts(
    told: str, tokens: Sequence[Token], claims: Sequence[Claim], lexicon: Lexicon
) -> list[Question]:
    """Questions about what is done where no figure that may be done is named."""
    done = [c for c in claims if c.value is Mark.DONE]
    if not done or any(t.kind is Kind.INDICATOR and names(t, _FINISHED) for t in tokens):
        return []
    if several := [c for c in done if _SEVERAL.search(told, 0, c.span[0])]:
        return [Question(Ask.UNREAD, c.span, c.indicators) for c in several]
    some = [c for c in done if not c.named]
    if not some or _OURS.search(told):
        return []
    figures = [t for t in tokens if t.kind in (Kind.INDICATOR, Kind.ADD)]
    return [
        Question(Ask.UNREAD, c.span, c.indicators)
        for c in some
        if _other(told, _clause(told, c, figures), lexicon)
    ]


def _clause(told: str, claim: Claim, figures: Sequence[Token]) -> tuple[int, int]:
    """Where what is said to be done stands: to the next sign, or to the next figure."""
    start = max((m.end() for m in _STOP.finditer(told, 0, claim.span[0])), default=0)
    until = _STOP.search(told, claim.span[1])
    end = until.start() if until else len(told)
    start = max((t.end for t in figures if start <= t.start < claim.span[0]), default=start)
    return start, min((t.start for t in figures if claim.span[1] <= t.start < end), default=end)


def _other(told: str, clause: tuple[int, int], lexicon: Lexicon) -> bool:
    """Whether something stands beside what is done that it may be said of."""
    if _ELSE.search(told, 0, clause[1]):
        return True
    said = lexicon.names.without(told[slice(*clause)])
    return len(_SIGNS.sub("", _NOTHING.sub("", said))) > 1
