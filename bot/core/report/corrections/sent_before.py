"""What is said of an earlier message in front of the right number: 对不起哦，前面数错了，执委11个; 上面那条删了吧，执委9名."""

from __future__ import annotations

import re
from typing import Final

from bot.core.report.corrections.put_right_words import REST
from bot.core.report.plain.made_of import wholly

_HEAD: Final = REST | frozenset(
    str.split(
        "改后 修改后 更正后 各位好 领导好 您好 你好 老师 主席让 重新填 重填 再报一遍 改一下 那条 这条 前报 所报 今早 早上 上午 下午 昨天 昨晚 重新上报 重新统计 重新报 重报 重发 上报 统计 帮忙 原数 前数 上面的 前面的 之前的 之前 早前 发错 发错了 误报更正 已 已经 报告 更正一下 更正下 改下 数改一下 各位 领导"
    )
)
_BEGINS: Final = re.compile(
    r"(?P<said>[^,。;:!\n]{1,12})(?:[,。;!]|(?<=[更改正报新填发后]):) *(?=[^\s])"
)
_NO_NUMBER: Final = re.compile("一[下遍条个]|第一")
_NUMERAL: Final = re.compile("[0-9一二三四五六七八九十]")
_LACKING: Final = re.compile("[再先漏少多忘缺掉加减]|执委|不是|非")

_EARLIER: Final = re.compile(
    "(?:前面|上面|刚才|刚刚|前报|原数|前数|上条|所报|之前|早前)[^,]*(?:错|误|改|更|不算|作废|取消|废|删)|别看"
    "|[数说报写打填发输]错|误报|重新(?:上报|统计|填)|重报|重发|重填|更正|更改|订正|补正|勘误|改[^,]{0,3}数据|改后"
)
"""Of what was sent before, and not of what comes: 过后再改, 帮我取消."""


def without(text: str) -> str:
    """对不起哦，前面数错了，执委一共11个: without the clauses in front that only say that what was sent before is wrong."""
    at = 0
    while found := _BEGINS.match(text, at):
        said = found["said"].strip()
        if (
            _NUMERAL.search(_NO_NUMBER.sub("", said))
            or _LACKING.search(said)
            or not wholly(said, _HEAD)
        ):
            break
        at = found.end()
    return text[at:] if _EARLIER.search(text, 0, at) else text
