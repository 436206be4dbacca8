"""Numbers where they stand; done is in report_done, the other values in report_marks."""

from __future__ import annotations

import re

from bot.core import ledger
from bot.core.model import Indicator, Level
from bot.core.reading import Ask, Mark
from bot.core.report.clauses import marks
from bot.core.report.clauses.said import COUNTED, FINISHED, NOUNS, Clause, Sort, glued, names
from bot.core.report.clauses.walk import Walk
from bot.core.report.tokens import numbers
from bot.core.report.tokens.sheet import Token
from bot.core.report.words import danger
from bot.core.report.words.vocabulary import Kind

_DEEDS = ("新增", "新选", "选", "增选", "当选", "推选", "增加", "添", "新添", "增", "产生", "新当选", "新曾", "新赠", "被选", "入选")  # fmt: skip
"""Words of adding that speak of people elected, though no figure is named."""
_SO_MANY = re.compile("^(?:一共|总共|合计|共|实际|最[终后])")


# ---- numbers ---------------------------------------------------------------------------------------------


def number(walk: Walk, at: int) -> None:
    """12名: of the figure that waits, of the one behind it, or standing alone."""
    token, previous, following = walk.here.loud[at], walk.here.before(at), walk.here.after(at)
    if _not_a_value(walk, at) or marks.one_none(walk, at):
        return
    since = max((t.start for t in walk.waiting if names(t, COUNTED)), default=-1)
    found = walk.take_waiting(COUNTED)
    parts = any(since < o.start < token.start for o in walk.out.others if o.kind != Kind.FILLER)
    parts = parts and not _WHOLE.search(walk.text[max(since, 0) : token.start])
    if found and (parts or previous.kind is Kind.RESPECTIVELY or _with_others(walk, since, at)):
        walk.ask(Ask.VALUES, token)  # 新增执委：男1名，女11名; 执委加主席一共12名
    elif not found and (behind := _figure_behind(walk, at)):
        found = walk.named(behind - 1, COUNTED)
        if behind == at + 1:
            _before_its_figure(walk, at)
    elif not found and (walk.waiting or _of_what_is_done(walk, previous, token)):
        walk.waiting.clear()
        walk.ask(Ask.INDICATOR, token)
        return
    if previous.kind is Kind.STEP and glued(previous, token):
        walk.ask(Ask.STEP, token)  # 推荐了9名, 摸底了30人
    weak = bool(walk.deed) and not _SO_MANY.sub("", walk.deed).startswith(_DEEDS)
    item = following.kind is Kind.DONE and not token.counted and not walk.units
    if not found and weak:
        found = _by_the_same_deed(walk)
    came = previous.kind is Kind.ADD and _CAME.match(previous.text) is not None
    if came or (not found and (weak or item)):  # 来了12名执委, 3 办好了
        walk.ask(Ask.UNREAD, token)
    if not _counts(token, found):
        walk.ask(Ask.INDICATOR if found else Ask.UNREAD, token)
    unless(walk, at)
    every = marks.of_all(walk, at) and not (found or token.counted or walk.units)
    walk.claim(found, Mark.ZERO if every and token.number == 0 else token.number, token)


_WHOLE = re.compile(
    "(?:里[面头]|其中|当中)[^,。;主老旧]{1,12},(?:一共|总共|总计|合计|共)(?:新增|新选|选[了出]|是|有)*$"
)
"""新增执委里头有3个大学生，总共新增: the whole, behind a part of it."""


def _by_the_same_deed(walk: Walk) -> tuple[Indicator, ...]:
    """石门村多了9个执委，际下村多了8个: the figure of the unit before it."""
    last = walk.last_number()
    same = last is not None and last.named and last.deed == walk.deed and bool(walk.units)
    return last.indicators if last is not None and same else ()


_CAME = re.compile("又?来了|物色|发动")
_JOINED = re.compile("加上?|和|跟|与|连同?|带上?|及|、|同")
_BESIDE = re.compile(
    "(?:主席|常委|委员|班子|干部|代表|组长|[老旧]的?(?:执委)?|(?:原来|以前)的?(?:执委)?)(?:[、和与及跟加]|以及|加上|连同)+(?:新(?:增|选)?的?)?$"
)


def _with_others(walk: Walk, since: int, at: int) -> bool:
    """执委加主席一共12名, 主席、执委共12名: the number is of others too."""
    if since > 0 and _BESIDE.search(walk.text[:since]):
        return True
    roles = [t for t in walk.here.loud[:at] if t.kind is Kind.ROLE and t.start > since]
    return since >= 0 and any(_JOINED.search(walk.text[since : t.start]) for t in roles)


_BECAME = re.compile(
    "被|[进当做任](?=[新女妇]?.{0,2}$)|当选|选[上进为中]|推[选举]为|评为|成为|担任|当上|当了|进了|进入|加入|入选|做了|荣任|出任|就任|走上|(?<![以作因])为$"
)


def _figure_behind(walk: Walk, at: int) -> int:
    """Where the figure of a number stands that is said before it: 12名执委; 0 if there is none."""
    if names(walk.here.after(at), COUNTED) and not _own_number(walk.here, at + 1):
        return at + 1
    return _became(walk, at)


def _became(walk: Walk, at: int) -> int:
    """Where the figure stands in 8名妇女光荣当选执委; 0 if it is not said so."""
    token, loud = walk.here.loud[at], walk.here.loud
    for n in range(at + 1, min(at + 5, len(loud))):
        if names(loud[n], COUNTED):
            between = walk.text[token.end : loud[n].start]
            said = _BECAME.search(between) is not None and not _own_number(walk.here, n)
            return n if said else 0
        if loud[n].kind not in (Kind.ADD, Kind.TEXT, Kind.MATTER, Kind.LABEL):
            return 0
        if loud[n].kind is Kind.TEXT and danger.turns(loud[n].text):
            return 0
    return 0


def _counts(token: Token, found: tuple[Indicator, ...]) -> bool:
    """Whether its word of counting fits the figure: not in 妇女之家12名, nor a campaign's own 12户 of no figure in 户."""
    if token.counted in ("名", "位"):
        return not found or any(_of_persons(i) for i in found)
    if not token.counted or numbers.COUNTED.match(token.counted):
        return True
    return any(i.unit_word == token.counted for i in found)


def _of_persons(indicator: Indicator) -> bool:
    return indicator.unit_word in ("名", "人", "位", "")


def unless(walk: Walk, at: int) -> None:
    """没有按时选出12名: a denial before a value is no part of it."""
    for token in walk.here.loud[:at]:
        if token.kind in (Kind.NONE, Kind.NOT_DONE) and token.start not in walk.spent:
            walk.ask(Ask.NOT_DONE, token)


def _before_its_figure(walk: Walk, at: int) -> None:
    """五新增执委, 2执委10名: a number without a word of counting before a figure may be no value of it."""
    token, said = walk.here.loud[at], walk.here.loud[at].text.strip()
    spelled = not said.isascii() and said not in "俩仨"
    if not token.counted and (spelled or walk.here.after(at, 2).kind is Kind.NUMBER):
        walk.ask(Ask.VALUES, token)
    if walk.here.before(at).kind is Kind.LABEL:
        walk.ask(Ask.UNREAD, walk.here.before(at))


def _of_what_is_done(walk: Walk, previous: Token, token: Token) -> bool:
    """完成12, 完成会改联1个: a number for what is no number; 完成12名 has a word of counting for persons."""
    one = token.counted == "个" and walk.own is Level.VILLAGE and names(previous, FINISHED)
    done = previous.kind is Kind.DONE and previous.text.strip() not in ("✓", "已改")  # 念山村✓12
    persons = token.counted.startswith(("名", "人", "位"))
    return glued(previous, token) and (one or (done and not persons))


def _not_a_value(walk: Walk, at: int) -> bool:
    """Whether the number is that of something else (党员5名), a part (其中3名), or expressly not it (不是12)."""
    token, following = walk.here.loud[at], walk.here.after(at)
    said = [t for t in walk.here.loud[:at] if t.kind not in (Kind.EACH, Kind.RESPECTIVELY)]
    previous = said[-1] if said else walk.here.before(0)
    if previous.kind is Kind.VOID:
        last = walk.last_number()
        walk.mending = walk.mending or (last is not None and last.value == token.number)
        walk.mended = walk.mended or (last is not None and last.value != token.number)
        walk.corrected = True
        return True
    if _became(walk, at):
        return False
    waits = walk.waits(COUNTED)
    if waits and _noun_between(walk.here, at):
        walk.ask(Ask.UNREAD, following)
    role = Kind.ROLE in (previous.kind, following.kind) if not waits else _of_a_role(walk, at)
    if role and not walk.part:
        walk.ask(Ask.VALUES, token)
    if previous.kind is Kind.TEXT and _said_again(walk.text[previous.start : token.start]):
        return False
    behind = _behind(walk, token, following)
    if waits and behind and not _waits_here(walk):
        walk.out.others.append(token)  # 执委定了，12名代表参加
        return True
    old = previous.kind is Kind.STOCK or previous.text in _STAYED
    if walk.part and ((old and _included(walk, at)) or _NEWLY.match(walk.text, token.end)):
        walk.ask(Ask.VALUES, token)  # 新增执委12名，含原来的5名; 12名执委里有3名是这次新增的
    part = walk.part and previous.kind not in (Kind.ADD, Kind.INDICATOR)
    part = part or _of_the_last(walk, at)
    beside = previous.kind is Kind.TEXT or Kind.ROLE in (previous.kind, following.kind) or behind
    if previous.kind is Kind.TEXT and walk.here.has(Kind.UNIT) and not waits:
        walk.ask(Ask.UNREAD, previous)
    if part or previous.kind in NOUNS or (not waits and (beside or _of_people(walk, token))):
        _set_aside(walk, token, part=part)
        return True
    return False


def _of_a_role(walk: Walk, at: int) -> bool:
    """新增执委副主席2名: a role between the figure and its number."""
    if at < 2:
        return False
    figure, role = walk.here.loud[at - 2 : at]
    return role.kind is Kind.ROLE and names(figure, COUNTED) and glued(figure, role)


def _set_aside(walk: Walk, token: Token, *, part: bool) -> None:
    """The number is of something else; in an office's list an unknown word alone with it may be a unit: 念山12，山7."""
    walk.out.others.append(token)
    if part and _IS.match(walk.text, token.end):
        walk.used = True  # 其中九蓬村有两名是大学生; 其中念山10名 is no part of persons
    office = walk.own is not Level.VILLAGE and not walk.part
    number = bool(token.counted) or token.text.strip().isdigit()
    content = walk.here.content()
    unknown = [t for t in content if t is not token and t.kind is Kind.TEXT]
    if office and number and len(content) == len(unknown) + 1 == 2:
        walk.ask(Ask.UNIT, unknown[0])


_NEWLY = re.compile(
    "(?:都|才)?(?:是|为|属于?)(?:这[次周]|本[次周月]|今年|最近)*(?:新增|新选|新当选|新进|增补)"
)
_STAYED = frozenset(str.split("留任 连任 续任 留用 老"))


def _included(walk: Walk, at: int) -> bool:
    """Whether the number is said to be in the one before: 含, 包括, but not 其中."""
    return any(
        t.kind is Kind.PART and t.text not in ("其中", "不含", "不包括")
        for t in walk.here.loud[:at]
    )


_IS = re.compile(
    "(?:都|均|全|也)?(?:是|为|属于?|来自|当过)(?!的?(?:$|[,。;!]))(?![^,。;!]*(?:新增|新选|新加|新的|新人|新来|新进|执委|选的|本周|这[周次]|今年))"
)


_HOLDS = re.compile("[才就]?是?(?:对|正确|准确|没错|准|真)的?(?=$|[,。;!\\s])")


def _of_the_last(walk: Walk, at: int) -> bool:
    """12名，3名是退役军人; 妇女之家3个，其中今年新建1个: a part of the number before."""
    token, last = walk.here.loud[at], walk.last_number()
    if last is None or walk.waiting or not isinstance(last.value, int):
        return False
    if token.number >= last.value or _HOLDS.match(walk.text, token.end):
        return False  # 9名，10名是对的
    if (of := _IS.match(walk.text, token.end)) is not None:
        units = {t.start for t in walk.here.tokens if t.kind is Kind.UNIT}
        return of.end() not in units  # 10个新执委是念山村的，8个是富美村的
    inner = any(t.text in ("其中", "当中", "含", "包括") for t in walk.here.loud[:at])
    return (
        inner
        and bool(last.indicators)
        and not any(ledger.adds(i) or "新" in i.name for i in last.indicators)
    )


_AGAIN = re.compile("[核统算定确更正实变该记填写改成]|[是为了]$")


def _said_again(between: str) -> bool:
    """12名，核实了是13名: words that may give the figure itself another number, and no noun beside it."""
    return _AGAIN.search(between.strip()) is not None


def _behind(walk: Walk, token: Token, following: Token) -> bool:
    """5名女能人, 3个是党员: a noun of its own behind the number."""
    between = walk.text[token.end : following.start] if following.start >= token.end else " "
    told = following.kind in NOUNS and between.strip() in ("是", "都是", "均是", "均为", "为")
    return (not between and following.kind in (*NOUNS, Kind.TEXT)) or (
        told and walk.last_number() is not None
    )


def _waits_here(walk: Walk) -> bool:
    """Whether the figure that waits was named in this clause."""
    start = walk.here.tokens[0].start
    return any(token.start >= start and names(token, COUNTED) for token in walk.waiting)


def _of_people(walk: Walk, token: Token) -> bool:
    """妇女520人, 320户1100人: a noun for people or another number before it, and no deed."""
    before = [t for t in walk.here.tokens if t.end <= token.start and t.kind is not Kind.FILLER]
    things = any(t.kind is Kind.THING for t in before) and not walk.units
    people = bool(before) and before[-1].kind is Kind.PEOPLE
    return walk.sort is Sort.PLAIN and (people or things)


def _noun_between(clause: Clause, at: int) -> bool:
    """新增执委3名女能人9名: whose number is 3?"""
    noun, other = clause.after(at), clause.after(at, 2)
    kinds = (Kind.LABEL, Kind.TEXT, Kind.RISKY)
    return glued(clause.loud[at], noun) and noun.kind in kinds and other.kind is Kind.NUMBER


def _own_number(clause: Clause, at: int) -> bool:
    """3个新增执委2名: the figure has its own number behind it, unless that belongs to the next one."""
    other, noun = clause.after(at), clause.after(at, 2)
    if other.kind is not Kind.NUMBER or not other.counted:
        return False
    if noun.kind is Kind.INDICATOR:
        return False
    return not (glued(other, noun) and noun.kind in (Kind.LABEL, Kind.TEXT))
