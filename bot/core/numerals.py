"""Numbers as people write them: 12, 十二, 一千二百, 廿一, 俩, 1.2万; exact or openly not exact."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Final

MOST: Final = 99_999_999
"""The largest number that is read; a federation has no figure beyond it."""


class Kind(StrEnum):
    """How sure a numeral is of itself."""

    EXACT = "exact"
    APPROXIMATE = "approximate"  # 十来, 三四, 约12, 12左右, 几
    ORDINAL = "ordinal"  # 第3
    PERCENT = "percent"  # 12%, 百分之十二
    UNCLEAR = "unclear"  # digits we do not dare to read: 3.5, 1,200, 五一九, 3万5


@dataclass(frozen=True, slots=True)
class Numeral:
    """One numeral at `start:end` of a folded text; `value` only when it is EXACT."""

    start: int
    end: int
    kind: Kind
    value: int | None = None


_DIGITS: Final = {ch: i for i, pair in enumerate(("零〇", "一壹", "二贰两", "三叁", "四肆", "五伍", "六陆", "七柒", "八捌", "九玖")) for ch in pair}  # fmt: skip
_UNITS: Final = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_TENS: Final = {"廿": "二十", "卅": "三十", "卌": "四十"}
_PAIRS: Final = {"俩": 2, "仨": 3}


def spell(number: int) -> str:
    """The standard Chinese spelling of 0..99,999,999; ValueError outside."""
    if not 0 <= number <= MOST:
        raise ValueError(f"only 0..{MOST} can be spelled, not {number}")
    if number == 0:
        return "零"
    high, low = divmod(number, 10_000)
    if not high:
        said = _spell_section(low)
    else:
        gap = "零" if 0 < low < 1000 else ""
        said = _spell_section(high) + "万" + (gap + _spell_section(low) if low else "")
    return said.removeprefix("一") if said.startswith("一十") else said


def _spell_section(number: int) -> str:
    """1..9999, with 一十 written out."""
    said, gap = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            said += ("零" if gap and said else "") + "零一二三四五六七八九"[digit] + name
        gap = not digit
    return said


@lru_cache(maxsize=4096)
def value(text: str) -> int | None:
    """The number that the whole of `text` spells, in digits or in Chinese, or None if it is not certain."""
    text = text.strip()
    if re.fullmatch(r"[0-9]{1,8}", text):
        return int(text)
    if text in _PAIRS:
        return _PAIRS[text]
    mixed = re.fullmatch(r"([0-9]{1,4}(?:\.[0-9]{1,4})?)([百千万]|十万|百万|千万)", text)
    if mixed:
        return _scaled(mixed[1], mixed[2])
    if re.fullmatch("十[1-9]", text):
        return 10 + int(text[1])
    if re.fullmatch("[一二三四五六七八九][〇零一二三四五六七八九]{1,3}", text) and set(text) & set(
        "〇零"
    ):
        return int("".join(str(_DIGITS[ch]) for ch in text))
    for short, long in _TENS.items():
        text = text.replace(short, long)
    found = _chinese(text)
    return found if found is not None and found <= MOST else None


def _scaled(number: str, unit: str) -> int | None:
    """`1.2` and `万` as 12000; None when it is no whole number."""
    factor = {
        "百": 100,
        "千": 1000,
        "万": 10_000,
        "十万": 100_000,
        "百万": 1_000_000,
        "千万": 10_000_000,
    }[unit]
    exact = Decimal(number) * factor
    return int(exact) if exact == exact.to_integral_value() and exact <= MOST else None


def _chinese(text: str) -> int | None:
    if text in ("零", "〇"):
        return 0
    high, wan, low = text.partition("万")
    if not wan:
        return _section(text, top=True)
    upper = _section(high, top=True)
    if upper is None:
        return None
    if not low:
        return upper * 10_000
    if len(low) == 1 and _DIGITS.get(low, 0):  # 一万二 is 12,000
        return upper * 10_000 + _DIGITS[low] * 1000
    rest = _section(low.removeprefix("零"), top=False)
    if (
        rest is None
        or (low.startswith("零") and rest >= 1000)
        or (not low.startswith("零") and rest < 1000)
    ):
        return None
    return upper * 10_000 + rest


def _section(text: str, *, top: bool) -> int | None:
    """1..9999: units must fall, a skipped place needs 零 (一百二 is 120, as people say it)."""
    total, i, last, zero = 0, 0, 10_000, False
    if top and text[:1] in ("十", "拾"):
        text = "一" + text
    while i < len(text):
        digit = _DIGITS.get(text[i])
        if digit == 0:
            if zero or not total:
                return None
            zero, i = True, i + 1
            continue
        unit = _UNITS.get(text[i + 1]) if digit and i + 1 < len(text) else None
        if digit is None and text[i] in "十拾" and total and last == 100 and not zero:
            digit, unit, i = 1, 10, i - 1  # 一百十二
        if digit is None:
            return None
        if unit is None:
            return _last_digit(text[i + 1 :], total, digit, last, zero=zero)
        if unit >= last or (zero and unit * 10 == last):
            return None
        if not zero and total and unit * 10 != last:
            return None
        total, last, zero, i = total + digit * unit, unit, False, i + 2
    return total if total and not zero else None


def _last_digit(rest: str, total: int, digit: int, last: int, *, zero: bool) -> int | None:
    """The closing digit without a unit: 一百零二, 二十二, 一百二 (120), 二."""
    if rest:
        return None
    if not total or last == 10:
        return None if zero else total + digit
    return total + digit if zero else total + digit * last // 10


_CN: Final = "零〇一二三四五六七八九两壹贰叁肆伍陆柒捌玖十百千万亿拾佰仟廿卅卌"
# Words that hold a numeral but no number. Longest first is not needed: they only mask.
_WORDS: Final = re.compile(
    "一样|一下|一起|一定|统一|一直|一切|一些|一点|一边|一致|唯一|万一|千万|十分|老百姓|百姓|三八|五一节|五一劳动节"
    "|一共|一并|一律|一般|一旦|进一步|一会儿?|一呼百万|一呼百应|一呼|四面八方|两癌|村两委|两委|两会|两新|三农|五好"
    "|百日攻坚|一次性|一如既往|一把手|一肩挑|一览|一心|一家|一线|一时|同一|不一|一来|一天到晚|四套班子|三下乡"
    "|队伍|退伍|入伍|落伍|陆续|陆陆续续|收拾|拾掇|七嘴八舌|三番五次|再三|千辛万苦|千言万语|万不得已|接二连三|两口子|独一无二|一清二楚|七上八下|丢三落四|颠三倒四|五花八门|一来二去|一干二净"
    "|一笔|一声|一嘴|一茬|一拨|一丢丢|一溜|八字没一撇|一大早|三更半夜|半夜三更|一鼓作气|一举|二维码|一旁|一面|一路|一阵|一大堆|一堆|一帮|一伙|一手|一概|一应|一经|一向|一度|一再|一身|一眼|三缺一|一窝蜂|一股脑|一锤定音|一步到位|一视同仁"
    "|三资|三务|一事一议|六一|七一|八一建军|九九|巾帼百|百分百|一律|乱七八糟|一塌糊涂|一般般|一模一样|一方面|我俩|你俩|她俩|他俩|咱俩"
)
_HEDGE_BEFORE: Final = (
    r"(?:大约|大概|大致|约|将近|接近|(?<![最附远就靠])近|差不多|差不离|至少|起码|最少|最多|顶多|不到|不足|不止|不下|不超过|超过|不多于|多于|不少于|不低于|少于"
    r"|约莫|约摸|大约莫|估摸着?|少说|怎么(?:着|样)?也|撑死|顶天|估计|可能|也许|应该|好像|恐怕|怕是|快|几乎|上(?=[百千万])|成(?=[百千万](?!分之))|数(?=[十百千万])|好(?=几))\s*(?:有|是)?\s*"
)
_CLASS: Final = "[名个人位户条家口号件次]"
_HEDGE_AFTER: Final = (
    rf"(?:\s*(?:多|余|来|把|几)(?={_CLASS}|\s|[,。;!]|$)(?:\s*{_CLASS})?"
    rf"|[^\S\n]*{_CLASS}?[^\S\n]*(?:左右|上下|以上(?!\s*(?:\x00+|[0-9一二两三四五六七八九十]*个?(?:行政)?(?:村|社区|乡|镇)?)(?:合计|共|总|村|社区|乡|镇))|以下|以内|出头|开外|不止|不到))"
)
_NUMBER: Final = rf"(?:[0-9]+(?:\.[0-9]+|,[0-9]{{3}}(?![0-9]))*(?:[{_CN}](?:[0-9{_CN}])*)?|[{_CN}]+(?:[0-9]+)?|[俩仨])"
_VAGUE: Final = rf"(?:好?几[十百千万]?|[十百千万0-9]+几|[十百千]数(?=[名个人位家户])|(?<![人个])数[名个位](?![单字额])|若干|多半|大半|半数|一半|过半|[{_CN}]+半|(?<![大])部分|大部分|绝大多数|大多数|多数|个别|一两|一二)"
_FIRST: Final = (
    f"(?=[0-9{_CN}俩仨第大将接近差至起最顶不超多少约估怎撑可也应好恐怕快几上成数若半过绝部个])"
)
"""What any of these begins with: elsewhere none of them is tried."""
_TOKEN: Final = re.compile(
    rf"{_FIRST}(?:(?P<ordinal>第\s*{_NUMBER})"
    rf"|(?P<percent>百分之\s*{_NUMBER}(?:点[{_CN}]+)?|{_NUMBER}\s*(?:%|个?百分点)|[{_CN}]分之[{_CN}]+)"
    rf"|(?P<before>{_HEDGE_BEFORE}{_NUMBER}{_HEDGE_AFTER}?)"
    rf"|(?P<after>{_NUMBER}{_HEDGE_AFTER})"
    rf"|(?P<range>{_NUMBER}\s*{_CLASS}?\s*(?:[-~]|到|至)\s*{_NUMBER})"
    rf"|(?P<vague>{_VAGUE})"
    rf"|(?P<plain>{_NUMBER}))"
)
_KINDS: Final = {
    "ordinal": Kind.ORDINAL,
    "percent": Kind.PERCENT,
    "before": Kind.APPROXIMATE,
    "after": Kind.APPROXIMATE,
    "range": Kind.APPROXIMATE,
    "vague": Kind.APPROXIMATE,
}
_NEIGHBOURS: Final = re.compile("一[二两]|[二两]三|三四|三五|四五|五六|六七|七八|八九")


def find(text: str) -> list[Numeral]:
    """Every numeral of a folded text, left to right, without overlap. Numbers in words (一样, 两委) are none."""
    masked = _WORDS.sub(lambda m: "\x00" * len(m[0]), text)
    return [_classify(m) for m in _TOKEN.finditer(masked)]


def is_word(text: str) -> bool:
    """Whether `text` begins with a word that holds a numeral and is none: 一共, 十分, 两委."""
    return _WORDS.match(text) is not None


_BROKEN: Final = re.compile("^(?:负|-)|[.点/半]")


def broken(text: str) -> bool:
    """Whether it is no whole number, or below nothing: 12.5, -3, 半."""
    return _BROKEN.search(text) is not None


def certain(text: str) -> bool:
    """Whether a number is said that has exactly one value."""
    return any(one.kind is Kind.EXACT for one in find(text))


def _classify(found: re.Match[str]) -> Numeral:
    kind = _KINDS.get(found.lastgroup or "")
    if kind is not None:
        return Numeral(found.start(), found.end(), kind)
    said = found[0]
    exact = value(said)
    if exact is not None:
        return Numeral(found.start(), found.end(), Kind.EXACT, exact)
    near = _NEIGHBOURS.search(said) is not None
    return Numeral(found.start(), found.end(), Kind.APPROXIMATE if near else Kind.UNCLEAR)
