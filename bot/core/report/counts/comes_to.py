"""Parts behind a named total that come to it: 新增执委12名，7个在家，5个在外务工. Whatever they are called, they say nothing more of it.

That they add up is what makes them parts; only words of another time, another place, a doubt or a decision to come (候选, 待定, 上届, 隔壁村)
leave them to be asked about. So it is with the last one if the rest of them has no number: 教师1名，其余务农.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.core import numerals
from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Question
from bot.core.report.aside import people
from bot.core.report.plain import blank
from bot.core.report.words import partly

_D: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十]{1,3})"
_W: Final = "[名个人位]"
_TOTAL: Final = re.compile(
    rf"(?:执委(?:人?数|总数|总人数|成员)?(?:一共|总共|共计|合计|总计|共|有|是|为|了|:|\s)*|(?:新增|新选|增选|选出|选了|产生)(?:了|出|的|共|一共|总共|\s)*)(?P<all>{_D})(?:{_W}人?(?:的?新?执委)?|(?=[,。:(;\s]))(?=[,;:。(\n\s~!]|$)"
)
_CLAUSE: Final = re.compile(r"[^,、;:。!?\n() ]+")
_COUNT: Final = re.compile(
    rf"(?<![0-9.第一二三四五六七八九十])(?:(?P<n>[0-9]{{1,3}}){_W}|(?P<w>[一二两三四五六七八九十]{{1,3}}){_W})人?|(?<=[\u4e00-\u9fff])(?P<b>[0-9]{{1,2}})$"
)
_HEAD: Final = re.compile(
    "(?:其中|里面|里头|当中|具体|人员|成员)*(?:按[^0-9]{1,6}?(?:分|看|划分)|分布|情况|分别|来看|如下|(?:人员)?构成|结构|是|为|有|的话)*"
)
_REST: Final = re.compile(
    "(?:其[余他]|剩下|余下|别|另外)的?(?:人|几[个名位]|姐妹)?(?:都|全|均|也|基本)*(?:是|为|在|属于)?[\u4e00-\u9fff]{1,10}"
)
_SUM: Final = re.compile("[共总]|合计|加起来")
_PLACES: Final = re.compile(
    "[0-9一二两三四五六七八九十]个(?:自然|村民|居民|行政)?(?:小?组|网格|村|片|户|队|点|站|年|月|星期)"
)
_AGAIN: Final = re.compile(
    rf"[,;。\s]*(?:合计|共计|总计|一共|总共|共|加起来)(?:就|是|为|正好|刚好|:)*(?P<n>{_D}){_W}(?=[,;。!)\s]|$)"
)
_MOST: Final = 14
"""How long what is said of a part may be."""


@dataclass(frozen=True, slots=True)
class Parts:
    """Counted clauses one behind the other: what they count, the words in them, where they stand."""

    numbers: list[int]
    words: str
    span: tuple[int, int]
    rest: bool = False

    @property
    def told(self) -> int:
        """How many they are together."""
        return sum(self.numbers)


def plainly(text: str, lexicon: Lexicon) -> str:
    """The text with such parts blanked out by spaces, as long as before."""
    for total in list(_TOTAL.finditer(text)) if _may(text) else ():
        found = _behind(text, total, lexicon)
        if found and _whole(found, _value(total["all"])) and not partly.turned(found.words):
            text = blank.span(text, *found.span)
    first = _TOTAL.search(text) if _may(text) else None
    found = _in_front(text, first, lexicon) if first else None
    return blank.span(text, *found.span) if found else text


_OTHERS: Final = re.compile("主席|执委|代表|票|[应实]到|[到参]会|候|人口|妇女|户")
_DONE: Final = re.compile("[\u4e00-\u9fff]{0,4}(?:会改联|改联)[^,0-9]{0,8}")


def _in_front(text: str, total: re.Match[str], lexicon: Lexicon) -> Parts | None:
    """上村8名，下村4名，新增执委12名: parts that begin a sentence, in front of what they come to."""
    numbers: list[int] = []
    words, end = "", 0
    clauses = list(_CLAUSE.finditer(text, 0, total.start()))
    for clause in clauses[:-1] if clauses and clauses[-1].end() == total.start() else clauses:
        said = clause[0]
        if numbers and _DONE.fullmatch(said):
            break
        some = _counted(said)
        if not some or not _hers(said, lexicon) or _OTHERS.search(said):
            return None
        numbers += some
        words += " " + _COUNT.sub("\x00", said)
        end = clause.end()
    found = Parts(numbers, words, (0, end))
    return found if _whole(found, _value(total["all"])) and not partly.turned(words) else None


def _may(text: str) -> bool:
    return "执委" in text or "选" in text or "新增" in text or "产生" in text


def _whole(found: Parts, number: int) -> bool:
    """Whether the parts are all there are."""
    if found.rest:
        return 0 < found.told < number
    return len(found.numbers) > 1 and found.told == number


def _behind(text: str, total: re.Match[str], lexicon: Lexicon) -> Parts | None:
    """The parts behind a total, up to where they come to it, or to who is left; or as far as they go."""
    numbers: list[int] = []
    words, start, end, limit = "", -1, total.end(), _value(total["all"])
    for clause in _CLAUSE.finditer(text, total.end()):
        said = clause[0]
        if numbers and _REST.fullmatch(said) and not _COUNT.search(said):
            told = Parts(numbers, words + said, (start, clause.end()), rest=True)
            return told if _hers(said, lexicon) else None
        some = _counted(said)
        if not some and not numbers and _HEAD.fullmatch(said):
            start = clause.start() if start < 0 else start
            continue
        if not some or not _hers(said, lexicon):
            break
        numbers += some
        words += " " + _COUNT.sub("\x00", said)
        start, end = clause.start() if start < 0 else start, clause.end()
        if sum(numbers) >= limit:
            again = _AGAIN.match(text, end)
            end = again.end() if again and _value(again["n"]) == limit else end
            break
    return Parts(numbers, words, (start, end)) if numbers else None


def _counted(said: str) -> list[int]:
    """What a clause counts, if it is nothing but counts with a few words to each."""
    found = list(_COUNT.finditer(said))
    words = [one or "" for one in _COUNT.sub("\x00", said).split("\x00")]
    if not any(words) or max(map(len, words)) > _MOST or _SUM.search(said) or _PLACES.search(said):
        return []
    numbers = [_value(m["n"] or m["w"] or m["b"]) for m in found]
    return numbers if all(numbers) else []


def _hers(said: str, lexicon: Lexicon) -> bool:
    """Whether a part names no unit; of an office, whether it says what people do."""
    others = lexicon.elsewhere
    if lexicon.names.find(said) or (others and others.find(said)):
        return False
    return lexicon.own.level is Level.VILLAGE or _OF_PEOPLE.search(said) is not None


_OF_PEOPLE: Final = re.compile(
    f"{people.PEOPLE}|{people.BODY.pattern}|机关|企业|两新|干部|职工|代表|岁|学历|文化|[其剩余]"
)


# ---- what does not come out -------------------------------------------------------------------------------

_TIMES: Final = re.compile("[上下]半年|[明后]天|下周|下个?月|[老旧]面孔")
_BANDS: Final = re.compile("岁|[0-9]0后")


def doubts(text: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions where ages of which nobody has two come to more than there are, or some are to come or are old: 今天5个明天7个."""
    told = [c for c in claims if isinstance(c.value, int) and c.value > 0]
    if not told or (_BANDS.search(text) is None and _TIMES.search(text) is None):
        return []
    for total in _TOTAL.finditer(text):
        number = _value(total["all"])
        found = _behind(text, total, lexicon)
        if found and _whole(found, number) and _TIMES.search(found.words):
            return [Question(Ask.UNREAD, c.span, c.indicators) for c in told]
        over = found is not None and found.told > number and _apart(found)
        if found and over and all(_BANDS.search(one) for one in found.words.split()):
            return [Question(Ask.VALUES, c.span, c.indicators) for c in told]
    return []


def _apart(found: Parts) -> bool:
    """Whether nobody is in two of them: three ages, or those below one and those above it."""
    below, above = "以下" in found.words, "以上" in found.words
    return len(found.numbers) > 2 or (len(found.numbers) > 1 and below and above)


def _value(said: str) -> int:
    return numerals.value(said) or 0
