"""What makes another thing of 没变化 and 没有新增: another topic, a question of how, a wish, an exception."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.clauses.said import Raw
from bot.core.report.clauses.walk import Walk

_TOPIC: Final = re.compile(
    "(?:时间|地点|会议|开会|电话|号码|政策|格式|日期|安排|书记|主任|领导|会场|天气|价格|通知|流程|程序|要求|标准)(?:都|也|还|暂时|目前|跟|和|照)*$"
)
"""会议时间没变化, 地点跟上周一样: no figure is spoken of."""
_BEFORE: Final = re.compile("主席$|(?:不要|别|莫|不用|不能|不该|不得|不可|把|除了?)[^,;。!\n]*$")
_NO_BEFORE: Final = re.compile("别的|不能不|[要非]?不得不|除了这|别人")
_AFTER: Final = re.compile(
    "(?:的)?(?:才怪|话(?!了)|就好了|就行了?吗)|[忙热冷累苦难早晚大小快慢坏乱]|开会|学习|(?:新?执委)?的?(?:任务|名额|计划|指标|目标|单位|以外|之前)|(?:新?执委)?的村|(?:执委)?是假"
)


_BUT: Final = re.compile(
    "除了?(?![此这夕以上述])[^,。;!\\n]{1,8}|(?<![两二])不(?:太|大|完全|全)?一样|(?:数字?|人数?|名单|执委|情况)(?:也|都|倒|却)?变(?:了|动了|化了)|[多少走加退]了?(?:[一两二三四五六七八九十几0-9]+)?个(?:人|新?执委|姐妹)|改[一改]下|才(?:奇)?怪|没有?停过"
)
"""跟上周一样，执委不一样; 老样子，多了个人: what is not as it was."""


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about a none, or about nothing changed, beside which something did change."""
    if not all(c.value in (Mark.SAME, Mark.ZERO) for c in claims) or not _BUT.search(text):
        return []
    return [Question(Ask.UNREAD, c.span, c.indicators) for c in claims]


def weigh(walk: Walk, fresh: list[Raw]) -> None:
    """Ask about a claim that nothing was added or changed if it may be of another matter; drop what surely is."""
    kept = [raw for raw in fresh if raw.value in (Mark.SAME, Mark.ZERO)]
    start, end = walk.here.tokens[0].start, walk.here.tokens[-1].end
    for raw in kept:
        before, after = walk.text[start : raw.span[0]], walk.text[raw.span[1] : end]
        if raw.value is Mark.SAME and not raw.indicators and _TOPIC.search(before):
            walk.out.claims.remove(raw)
            continue
        led = _BEFORE.search(before) is not None
        led = led and not _NO_BEFORE.search(before)
        no = raw.value is Mark.SAME and before.endswith(("没", "没有", "不"))
        if led or no or _AFTER.match(after):
            walk.out.questions.append(Question(Ask.UNREAD, raw.span))
