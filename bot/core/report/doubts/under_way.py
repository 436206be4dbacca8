"""A figure that may be done is named, and all that is said of it is that it is under way: 会改联工作正稳步推进，目前处于公示阶段."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Question
from bot.core.report.clauses.said import FINISHED, names
from bot.core.report.tokens.sheet import Token

_GOING: Final = re.compile(
    "(?:正|还|仍|目前|现在?|正在|已经?)[^,。;!?\n]{0,12}?(?:推进|开展|进行|筹备|酝酿|摸底|实施|办理|走程序|走流程|起步|启动)"
    "|(?:有序|稳步|扎实|积极|逐步|抓紧|全力)(?:推进|开展|筹备|组织|进行)"
    "|(?:处于|处在|进入|进行到|到了?|停在|卡在)[^,。;!?\n0-9]{0,14}?(?:阶段|环节|步骤|步|程序)"
    "|(?:推迟|延期|延后|推后|顺延|放在|放到|安排在|定于|定在|预计|预定|拟于|计划)[^,。;!?\n]{0,12}(?:召?开|举行|进行|完成|选举|办|月|周|底)|还[差缺欠]"
    "|(?<![现不没实])在(?:走程序|走流程|推进|筹备|酝酿|摸底|[弄办搞做])[了呢着啊的]*(?:$|[,。;!])|(?:明年|开春|年后|春节后|以后|过段时间|过阵子|农闲)[^,。;!?\n]{0,6}再(?:[搞弄办做开选]|说)"
    "|下(?:个?月|周|个?礼拜|个?星期)[一二三四五六日天初底中]?(?:再|就|才)?(?:召?开(?:[大选举代表]*会)?|搞|弄|办)[了的呢哈啊呀]*(?:$|[,。;!])|正?等着?(?:镇|乡|县|上级|领导|书记)?里?的?批[复准示]"
)
_CLOSING: Final = re.compile(
    "(?:^|[,;。!\n])(?:目前|现在?|整体|工作|总体|各项|均|都)*正(?:在|有序|稳步|扎实|积极|全力|逐步|抓紧)*(?:推进|筹备|实施|进行|开展)(?:当中|之中|中)?[。!~\\s]*$"
)
"""…，目前正在推进中: what all that was said before comes to, though it is nothing of a figure."""
_NOT_HERS: Final = re.compile(
    "[?吗么]|请(?!领导|谅解|放心|您|批|主席|理解|审|知|见谅|指)|怎么|什么|多少|哪|如何|各[村位单]|大家|你们?|[她他]们|通知|须|务必|要求|听说|据说|学习|培训|会议精神|推进会|座谈会|例会|材料|表格?(?!决)|模板|照片|群|隔壁|邻村"
)
"""What is asked, ordered, told of others, or of a meeting or a paper about it."""
_OF_IT: Final = re.compile("的?(?:会(?!议?已)|文件|表|材料|培训|牌|照片|资料|群|比赛|宣传)")


def doubts(told: str, text: str, tokens: Sequence[Token], level: Level) -> list[Question]:
    """The question whether it is done, of a sentence that claims nothing."""
    if _NOT_HERS.search(text) or not (_GOING.search(text) or _CLOSING.search(told)):
        return []
    found = [
        t
        for t in tokens
        if names(t, FINISHED)
        and any(i.level is level for i in t.indicators)
        and not _OF_IT.match(text, t.end)
    ]
    return [
        Question(Ask.NOT_DONE, (t.start, t.end), tuple(i.code for i in t.indicators))
        for t in found[:1]
    ]
