"""Rows of tests/corpus/said said in other ways: dressed so that nothing changes, or so that nothing of it may be recorded.

`python -m tests.core.dressed` tries every way on every row that is clear (half a minute) and prints what fails.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any, Final

import opencc

from bot.core import numerals, text
from bot.core.reading import How, Lexicon, Mark, Reading
from bot.core.report import grammar
from tests.core import said

FOLDER: Final = Path(__file__).parents[1] / "corpus" / "said"
Way = Callable[[str], str]

_BEFORE: Final = str.split(
    "领导好， 您好！ 报告主席： 大家好，我来报一下： 打扰了， 各位姐妹辛苦了， 收到， 不好意思才看到， 早上好🌹 王姐好， 主席， 汇报一下， 情况如下： 我来报个数， 姐， 在吗？ 你好！跟您汇报一下："
)
_BEHIND: Final = str.split(
    "，谢谢 ，辛苦了！ 🌹 [抱拳][抱拳] ，特此报告 。谢谢领导关心！ ，请您放心 ~ ！！！ ，麻烦您了 ，就这些 ，没别的了 哈 ，您费心 ，好了 ，完毕 ，报告完毕🌹🌹 ，给您添麻烦了 ，大家都很高兴 ，祝您工作顺利"
)
_REFUSED_BEFORE: Final = str.split(
    "预计 计划 下周 如果顺利， 听说 王主席说， 争取 上级要求 假如 可能 打算 他们说 是不是 明天 下个月 要求 目标是 通知说： 隔壁村"
)
_REFUSED_BEHIND: Final = str.split(
    "吗？ ，对吗 ，不确定 ，计划的 ，他们说的 ，是不是 ，对不对？ ，还没最后定 ，别当真 ，我猜的 ，等下周开会再定 ，仅供参考 ，这样报行吗 ，如果顺利的话 ，不知道对不对 ，听别人讲的"
)


def _before(said_first: str, sentence: str) -> str:
    return said_first + sentence


def _behind(said_last: str, sentence: str) -> str:
    return sentence.rstrip("。！!~") + said_last


@cache
def _converter(name: str) -> Any:
    return opencc.OpenCC(name)


def _traditional(sentence: str) -> str:
    there = str(_converter("s2t").convert(sentence))
    back, plain = _converter("t2s").convert(there), _converter("t2s").convert(sentence)
    return there if back == plain else sentence


def _spelled(sentence: str) -> str:
    number = r"(?<![\d.:/月年\-第号楼])(\d{1,2})(?=名|个(?!月|小时|星期|礼拜))"
    return re.sub(number, lambda found: numerals.spell(int(found[1])), sentence)


_FINISHED: Final = re.compile("(?<=联)(?:已经?)?完成了?(?=$|[，。,；])")
_WIDE: Final = str.maketrans("0123456789", "０１２３４５６７８９")
KEPT: Final[Mapping[str, Way]] = {
    **{f"{one}…": partial(_before, one) for one in _BEFORE},
    **{f"…{one}": partial(_behind, one) for one in _BEHIND},
    "wide": lambda s: s.translate(_WIDE),
    "traditional": _traditional,
    "commas": lambda s: s.replace("，", ","),
    "apart": lambda s: re.sub(r"(?<=[\u4e00-\u9fff，])(\d+)(?=名)", r" \1 ", s),
    "spelled": _spelled,
    "搞定了": lambda s: _FINISHED.sub("搞定了", s),
    "已经办好": lambda s: _FINISHED.sub("已经办好", s),
    "新选执委": lambda s: s.replace("新增执委", "新选执委"),
}
"""Ways that change nothing."""
REFUSED: Final[Mapping[str, Way]] = {
    **{f"!{one}…": partial(_before, one) for one in _REFUSED_BEFORE},
    **{f"!…{one}": partial(_behind, one) for one in _REFUSED_BEHIND},
}
"""Ways after which nothing may be recorded."""


TERSE: Final = frozenset(
    str.split(
        "37/41 人选推荐完了 新增的执委是9名的 向乡妇联报：执委新增5人 社区执委新选１４个 12位新执委里面没有一位是村干部"
    )
)
"""Rows that say so little, or so much at once, that they are another sentence when something is added."""


def rows() -> Iterator[dict[str, Any]]:
    """Rows that are recorded as they stand, whatever was there before."""
    for path in sorted(FOLDER.glob("*.yaml")):
        for row in said.rows(path):
            want = row.get("want")
            plain = isinstance(want, dict) and "record" in want and "ask" not in want
            if plain and row["say"] not in TERSE and not row.get("heard") and not row.get("before"):
                yield row


def known(row: Mapping[str, Any]) -> Lexicon:
    """What the speaker of a row may speak of."""
    own = row.get("at") or row.get("from") or said.SPEAKERS[row.get("as", "village")]
    return said.lexicon(str(own), tuple(row["with"]))


def read(sentence: str, lexicon: Lexicon) -> Reading:
    """The reading of a typed sentence."""
    return grammar.read(text.line(sentence), lexicon, how=How.TYPED)


def claims(got: Reading) -> list[tuple[tuple[str, ...], tuple[str, ...], str]]:
    """What is claimed of whom, in whatever order."""
    return sorted((one.units, one.indicators, str(one.value)) for one in got.claims)


def told(got: Reading) -> bool:
    """Whether good news would be recorded."""
    none = (Mark.NOT, Mark.ZERO, Mark.SAME, 0)
    return got.clear and any(one.value not in none for one in got.claims)


_STOPS: Final = re.compile("[，,。；;：:\n！!？?（(、…—~]")


def ways(row: Mapping[str, Any], base: Reading) -> list[str]:
    """The names of the ways to say a row that is clear."""
    if not base.clear:
        return []
    alone = told(base) and not _STOPS.search(row["say"])
    return [*KEPT, *REFUSED] if alone else [*KEPT]


def wrong(row: Mapping[str, Any], base: Reading, name: str) -> str:
    """What is wrong with a row said in a way, or ''."""
    sentence = (KEPT.get(name) or REFUSED[name])(row["say"])
    if sentence == row["say"]:
        return ""
    got = read(sentence, known(row))
    right = (got.clear and claims(got) == claims(base)) if name in KEPT else not told(got)
    why = claims(got) if got.clear else [one.ask.value for one in got.questions]
    return "" if right else f"{name} {sentence!r}: {why}"


def main() -> int:
    """Try everything; 1 if anything fails."""
    tried, faults = 0, list[str]()
    for row in rows():
        base = read(row["say"], known(row))
        for name in ways(row, base):
            tried += 1
            faults += [fault] if (fault := wrong(row, base, name)) else []
    print(*faults, f"{len(faults)} of {tried}", sep="\n")  # noqa: T201 -- a command
    return int(bool(faults))


if __name__ == "__main__":
    sys.exit(main())
