"""What an official letter says of its own figures that holds them back: 仅供领导参阅, 结果暂缓公布, 阶段性任务完成, 此系我村奋斗目标."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.reading import Ask, Claim, Mark, Question

HELD_BACK: Final = re.compile(
    "仅供[^,。;]{0,6}(?:参阅|参考|掌握)|(?:结果|名单|人选)(?:暂缓|暂不)(?:公布|上报|公示)|阶段性(?:的?目标|的?任务|的?工作)(?:已|均|都|全部|圆满|顺利)*完成"
    "|(?:此|这|上述|以上)(?:系|为|是|乃)[^,。;]{0,6}(?:奋斗|工作|预期|年度)?目标|其中新增(?:若干|部分|一些|少许)"
    "|(?:兄弟村|外村|邻村|先进村)[^,。;:]{0,6}经验的?(?:汇报|报告|介绍|材料)"
    "|另有说法|持[^,。;]{0,4}意见|外聘人员|(?<!她家)口头(?:任命|答复|通知)|择日(?:召开|举行|选举)|情况有别"
    "|勒令|责令|返工|联名上书|拒绝(?:接受|承认|签字|履职)|否决|草草|名存实亡|被迫|集体请辞|材料[^,。;]{0,3}遗失|记录[^,。;]{0,3}遗失|志愿者性质"
    "|统一指派|时机成熟|物色到位|召开在望|定夺|裁决|象征意义|供领导决策|批[示准]后生效|过渡期|自行申报|[转摘抄]自[^,。;]{0,8}(?:简报|报道|公众号|材料)"
    "|信手|纯属|(?:^|[,。;!:\\s])[^,。;!:没无未不毫]{0,10}(?:争执|混乱|怀疑|微词|怨言|质疑)|全凭|单方面宣布|统计范围(?:包括|为全)|恭请[^,。;]{0,6}任命|条件具备|前景可期|属个人意见"
)
"""None of these has a word that is a sign of doubt elsewhere."""


_LETTER: Final = 12
"""Characters that a message with such a clause has at least."""


def doubts(told: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about all figures that are told beside such a clause."""
    some = [c for c in claims if isinstance(c.value, int) or c.value is Mark.DONE]
    if not some or len(told) < _LETTER or not HELD_BACK.search(told):
        return []
    return [Question(Ask.UNREAD, c.span, c.indicators) for c in some]
