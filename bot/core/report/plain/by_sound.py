"""Speech input and hurried thumbs: the campaign's words in whose place stands what only sounds so, or stands in letters or with a character missing.

本州新增制尾9人, 完城会改联，曾加执委9名, hgl已wc: the sentence is cut into words so that what is known (our words, names of units, ordinary words) is
kept, and only what is left may be one of ours: every character sounds the same, but for the pairs that speech confuses. Where the first reading
asks, the one of the sentence put right is taken if it leaves nothing to ask and keeps every number; where the first is clear, the other must be
so too (执围女党员，5人), and may hold more (会改念完成，新增执委13人).
Words of number, negation and doubt are never put in, nor taken for anything else.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from bot.core import unitlike
from bot.core.reading import Ask, Lexicon, Mark, Question, Reading
from bot.core.report.plain import latin
from bot.core.report.words import sounds
from bot.core.report.words.vocabulary import WORDS

_OURS: Final = str.split(
    "会改联 妇联 妇代会 改妇联 区域化 建设 执委 执行委员 新增 新选 完成 已经 通过 选举 产生 换届 截止 截至 本周 上周 这周 我村 本村 我们村 咱们村 咱村 俺村"
    " 村里 乡镇 总共 报告 变化 数据 数字 完毕 结束 增加 当选 推选 社区 任务 工作 领导 收到 刚才 今天 目前 全部 到位 圆满 顺利 姐妹 主席 增补 情况"
)
"""What reports are made of; the names of figures come with the campaign, and others than the first one's are put right in `misnamed`."""
_KEPT: Final = frozenset(
    "没未不无非莫别勿休否难快将拟约近尽差几多余半一二两三四五六七八九十百千万零〇俩仨又再还退辞想要能可候末美每梅吗么哪谁如若等本上这我咱俺们向年"
)
"""Words of number, negation, doubt and of whose it is: neither put in nor taken for another."""
_REAL: Final = frozenset(str.split(
    "行政 新政 新镇 支委 纪委 党委 居委 自卫 滋味 自为 自行 支行 自信 致信 置信 威远 渭源 悔改 概念 改良 互联 互连 虎年 互谅 趋于 望城 宛城 意境 易经 遗精 衣襟 以近"
    " 同过 藏身 长生 常胜 苍生 缠身 昌盛 残生 环节 缓解 焊接 换节 换接 介质 节制 戒指 解职 截肢 街子 借支 皆知 奔走 泽州 商周 商州 象征 县政 相争 县镇 中共 总攻 重工 总工"
    " 报高 变法 编发 编法 书局 苏剧 完璧 借宿 借书 解暑 真假 争价 单选 摄取 设区 舍去 设去 人物 人武 供桌 艰涩 监舍 溅射 领到 领道 临到 竹溪 竹席 受到 搜到 钢材 干柴 干才 惊天 津田"
    " 幕墙 幕前 纯利 春泥 整理 真理 倒胃 倒为 整部 真不 述职 数值 树枝 树脂 竖子 直到 志愿 治安 支部 知会 智慧 制为 只为 至为 信任 新人 行人 甄选 新鲜 新型 心想 惊险 划分 化分 规划 智委 之为 乡政 议精 两委"
))  # fmt: skip
"""Real words that sound like ours and stand in no dictionary here."""
_SAME: Final = 2
_WORD: Final = 4
_HEARD: Final = 6
_CHAR: Final = 7
_NONE: Final = 99
"""What it costs to take a word as ours, as an ordinary one, as one that only sounds like ours, a character as none, or more as a word."""
_WIDEST: Final = 6
_LONGEST: Final = 60
_HAN: Final = re.compile("[\u4e00-\u9fff]+")


def again(
    text: str,
    once: Reading,
    lexicon: Lexicon,
    names: Sequence[str],
    read: Callable[[str], Reading],
) -> Reading:
    """The first reading, or the one with such words put right; `names`: of figures."""
    if not {q.ask for q in once.questions} <= _ASKED:
        return once
    units = [(m.start, m.end) for m in lexicon.names.find(text)]
    said = plainly(text, names, units, any_way=once.clear)
    if said == text:
        return once
    found = read(said)
    kept = _told(once) <= _told(found)
    if once.clear and found.clear and not kept:
        return replace(once, questions=(Question(Ask.UNREAD, once.claims[0].span),))
    return found if once.clear or (found.clear and kept) else once


_ASKED: Final = frozenset(
    {
        Ask.UNREAD,
        Ask.VALUE,
        Ask.INDICATOR,
        Ask.DIGITS,
        Ask.VALUES,
        Ask.UNIT,
        Ask.APPROXIMATE,
        Ask.INFERRED,
    }
)
"""Why a sentence may be asked about of which a word is only misspelt."""


def _told(reading: Reading) -> set[object]:
    """The numbers, and the figures called done, that a reading holds: a second one loses none of them."""
    return {
        c.value if c.value is not Mark.DONE else (c.units, c.indicators)
        for c in reading.claims
        if isinstance(c.value, int) or (c.value is Mark.DONE and c.indicators)
    }


# ---- as it was typed -------------------------------------------------------------------------------------

_N: Final = "[0-9零一二两三四五六七八九十廿]"
_ROWS: Final = tuple(
    (re.compile(pattern), plain)
    for pattern, plain in (
        (f"(?<=新[增选])执(?=(?:共|有|了|:|\\s)*{_N})|(?<=新)执(?=(?:共|有|了|:|\\s)*{_N}+(?:[名个人位]|\\s*(?:$|[,。;!])))", "执委"),
        ("执委员(?!会)", "执委"),
        (r"(?:^|(?<=[,。;!\s村]))会改(?=(?:工作)?(?:已经?|也|都|全部?)*(?:完成|完毕|完|结束|搞定|[办弄搞做][好完妥])了?(?:$|[,。;!\s]))", "会改联"),
        ("(?:己经|一经|(?<=[联化设])己)(?=完成|通过|结束|收官|[办弄搞做][好完妥定])(?!.*[即就便后才])", "已经"),
        ("^[存春寸](?=妇联|里)", "村"),
        ("(?:(?<=已)|(?<=已经))wc(?![A-Za-z])", "完成"),
    )
)  # fmt: skip
_ROUND: Final = re.compile(r"(?<![A-Za-z0-9.])(?P<n>[1-9])[Oo](?=\s*(?:[名个人位]|$|[,。;!\s]))")
_COUNTER: Final = re.compile(f"(?<={_N})[\u4e00-\u9fff](?=$|[,。;!\\s新执哈啊])")
_COUNTERS: Final = {"min": "名", "ge": "个", "ren": "人", "wei": "位"}


def plainly(
    text: str,
    names: Sequence[str],
    held: Collection[tuple[int, int]] = (),
    *,
    any_way: bool = False,
) -> str:
    """The text with what only sounds like the words of reports put right; `held` are names of units."""
    if len(text) > _LONGEST or "?" in text:
        return text
    text = latin.written(text, tuple(names))
    ours = _ours(tuple(names), fresh=any_way or _NEW.search(text) is not None)

    def cut(found: re.Match[str]) -> str:
        at = found.start()
        return _cut(found[0], {(start - at, end - at) for start, end in held}, ours)

    wide = [(start, end) for start, end in held if end - start > _WIDEST]
    bare = text
    for start, end in wide:  # 茶劳山垦殖场生活区 is longer than any word and no 产生
        bare = bare[:start] + "\0" * (end - start) + bare[end:]
    said = _HAN.sub(cut, bare)
    for start, end in wide:
        said = said[:start] + text[start:end] + said[end:]
    changed = sum(a != b for a, b in zip(said, text, strict=True))
    text = said if 2 * changed <= len(text) else text
    text = _ROUND.sub(r"\g<n>0", text)
    text = _COUNTER.sub(_counted, text)
    for pattern, plain in _ROWS:
        text = pattern.sub(plain, text)
    return text


def _counted(found: re.Match[str]) -> str:
    said = found[0]
    if said in WORDS or said in _KEPT or said == "委":
        return said
    return next((_COUNTERS[one] for one in _rough(said)[0] if one in _COUNTERS), said)


# ---- cut into words --------------------------------------------------------------------------------------


_NEW: Final = re.compile("[新增选添补加进推当产]")
"""制位12人 without any of them may be another body's."""


@lru_cache(maxsize=64)
def _ours(names: tuple[str, ...], *, fresh: bool) -> dict[tuple[int, str], tuple[str, ...]]:
    """Our words by their length and a reading of their first character."""
    found: dict[tuple[int, str], list[str]] = {}
    words = {*_OURS, *(w for w in names if _HAN.fullmatch(w) and len(w) in (2, 3))}
    for word in sorted(words if fresh else words - {"执委"}):
        for sound in _rough(word)[0]:
            found.setdefault((len(word), sound), []).append(word)
    return {key: tuple(some) for key, some in found.items()}


def _cut(
    said: str, held: set[tuple[int, int]], ours: dict[tuple[int, str], tuple[str, ...]]
) -> str:
    """The characters with each word that only sounds like ours put right: the cheapest way to cut them."""
    best: list[tuple[int, str]] = [(0, "")]
    for end in range(1, len(said) + 1):
        ways = []
        for start in range(max(0, end - _WIDEST), end):
            cost, word = _as_word(said[start:end], ours)
            if (start, end) in held:
                cost, word = _SAME, said[start:end]
            ways.append((best[start][0] + cost, best[start][1] + word))
        best.append(min(ways, key=lambda way: way[0]))
    return best[-1][1]


def _as_word(piece: str, ours: dict[tuple[int, str], tuple[str, ...]]) -> tuple[int, str]:
    """What it costs to take some characters as one word, and the word."""
    if len(piece) == 1:
        return _WORD if piece in WORDS else _CHAR, piece
    begins = any((len(piece), sound) in ours for sound in _ways(piece[0]))
    words = [w for s in _rough(piece)[0] for w in ours.get((len(piece), s), ())] if begins else []
    if piece in words:
        return _SAME, piece
    if piece in WORDS or piece in _REAL or unitlike.is_word(piece):
        return _WORD, piece
    alike = next(
        (w for w in words if (w in _OURS or sounds.TABLED.search(w)) and _alike(piece, w)), None
    )
    if alike is None:
        return _NONE, piece
    return _HEARD - (len(piece) > 2), alike


@lru_cache(maxsize=8192)
def _alike(said: str, word: str) -> bool:
    """Whether every other character sounds like the right one: in all of a word the same, with one that is right also confused pairs."""
    wrong = [n for n, (a, b) in enumerate(zip(said, word, strict=True)) if a != b]
    pairs = (said[n : n + 2] for n in range(len(said) - 1) if {n, n + 1} & {*wrong})
    if len(said) > 2 and any(pair in _REAL for pair in pairs):
        return False
    if any(said[n] in _KEPT or word[n] in _KEPT for n in wrong):
        return False
    if len(wrong) == len(word):
        heard, right = _sounds(said), _sounds(word)
        return len(word) == 2 and all(heard[n] & right[n] for n in wrong)
    heard, right = _rough(said), _rough(word)
    return all(heard[n] & right[n] for n in wrong)


_PAIRS: Final = (("zh", "z"), ("ch", "c"), ("sh", "s"), ("ng", "n"), ("h", "f"), ("l", "n"))
_HOARSE: Final = {
    "fui": "fei",
    "fun": "fen",
    "fua": "fa",
    "fuan": "fan",
    "fuai": "fai",
    "fuo": "fo",
}
"""会 and 费: h before u is f to many."""


@lru_cache(maxsize=16_384)
def _rough(said: str) -> tuple[frozenset[str], ...]:
    """How each character is read, with the pairs merged that are confused."""
    return tuple(frozenset(map(_merged, one)) for one in _sounds(said))


@lru_cache(maxsize=16_384)
def _ways(ch: str) -> frozenset[str]:
    """Every way in which a character may be read, with the pairs merged: few begin a word of ours, and words are slow to look up."""
    import pypinyin  # noqa: PLC0415  # see `unitlike.sounds`

    read = pypinyin.pinyin(ch.replace("曾", "增"), style=pypinyin.Style.NORMAL, heteronym=True)
    return frozenset(_merged(one) for one in read[0])


def _sounds(said: str) -> tuple[frozenset[str], ...]:
    """曾加: 曾 is mostly read otherwise."""
    return unitlike.sounds(said.replace("曾", "增"))


def _merged(sound: str) -> str:
    for one, other in _PAIRS:
        sound = sound.replace(one, other)
    return _HOARSE.get(sound, sound)
