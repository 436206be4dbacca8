"""What is still ahead: a time or a will in front of 完成 or 选 without 了, or an election to come beside a number, is a plan.

会改联今晚完成, 新增执委12名，周五选, 会改联得完成. A date is judged by the day on which she speaks: the one that comes next within half
a month (with its month: a quarter of a year) lies ahead, any other is when it was done, as it is where her day is not known.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Mark, Question

_SIGNS: Final = frozenset(
    "周星礼今晚下午傍夜末本这月年节后前过天日号立分包早趋倒回力班加油该得起来给领请按如做好办搞弄会上完成定候步打气意赞支齐抓加讲论合板头话召"
)
_D: Final = "[0-9一二三四五六七八九十廿]{1,3}"
DATE: Final = re.compile(
    rf"(?:({_D})月(?:份)?)?(?<![0-9一二三四五六七八九十第])({_D})[号日](?!楼|院|线)"
)
DAY: Final = rf"(?:{_D}月(?:份)?)?{_D}[号日]"
_WEEKDAY: Final = "(?:这个?|本)?(?<!上)(?<!上个)(?:周|星期|礼拜)[一二三四五六天日末1-6]"
_SOON: Final = rf"(?:{_WEEKDAY}|(?:今天?|明天?|后天|当天|{_WEEKDAY})?(?:下午|晚上|夜里|晚间|傍晚)|今[晚夜]|明[天早晚]|后天|周末|下个?(?:周|月|星期|礼拜)[一二三四五六天日末]?)"
_OCCASION: Final = (
    "(?:国庆|中秋|春节|元旦|元宵|清明|五一|端午|重阳|腊月|正月|过年|过完年|秋收|春耕|农忙|采茶|暑假|寒假|开学|换届|节|年)(?:节)?"
    "(?:[前后]|期间|[的那]?时候?|当天|之[前后]|以[前后])|国庆节?|中秋节?|元旦|春节|腊月|正月"
)
_PERIOD: Final = (
    "(?:这|本)个?(?:周|星期|礼拜|月)[内里底]?|年[内底]|(?<!上)(?<!上个)月[中初底末]|[上中下]旬"
)
_LASTING: Final = r"(?:再(?:过|给)?)?(?:[0-9一二两三四五六七八九十半几]+)(?:个?(?:天|周|星期|礼拜)|个月|(?<=半)月)(?:[内后]|之[内后]|左右)?"
WHEN: Final = rf"(?:{_SOON}|{_OCCASION}|{_PERIOD}|{_LASTING}|过几天|过两天)"
_WILL: Final = "立[马刻即]|马上就?|分分钟|(?<!承)(?<!总)包|早[点些日]|趁早|趋于|倒计时|(?<!应)该|得|加油|(?:交|留)给(?:我|我们|咱们?)(?:来|去)?|(?:我|我们|咱们?|大家)来|回去|全力(?:以赴)?"
_EFFORT: Final = "加班(?:加点)?|(?:大家|我们|咱们?)?(?:一起|共同|齐心)(?:来|去)?|带领[^,。;!\n]{1,6}(?<!下)|请大家|(?:^|[,。;!\n])请"
"""What may have led to it as well: only where nothing else is told."""
_DONE_ALREADY: Final = re.compile(
    "[已早都就才刚了过]|(?<!定)于|终于|总算|顺利|圆满|成功|提前|全部|昨|前天|上[周个午月次星礼]|去年|当[天场日]|今[天早]?(?:上午|早上|中午)|是"
)
_AT_THE_VERB: Final = re.compile(
    rf"在?(?P<when>{WHEN})(?:[0-9一二三四五六七八九十]{{1,3}}(?:点|:[0-9]{{2}})(?:半|钟|多|左右|[之以]?前)*)?(?:(?<=晚)就|能|会|可以?|就?能|来|去|给您?你?)?$"
)
_WILLING: Final = re.compile(f"(?:{_WILL})$")
_STRIVING: Final = re.compile(f"(?:{_EFFORT})$")
_ON_A_DAY: Final = re.compile(rf"(?:{DATE.pattern})[前内]?(?:{_SOON})?$")
_IN_A_MONTH: Final = re.compile(f"({_D})月份?[前内]?$")
_DAY_BEHIND: Final = re.compile(rf"(?:的?(?:日期|时间)(?:是|为|:)?|在|:)\s*(?:{DATE.pattern})")
_BEHIND: Final = re.compile("(?:[任工]务|工作)?[了的啦咯嘞喽咧哒嗲过]")
_FIGURE: Final = "[会改区妇全我本村乡镇]"
_START: Final = re.compile(r"[,。;!:?\n()~…]")
_PROMISED: Final = re.compile(
    "[,。!\\s]*(?:请?(?:您|你|领导|主席|大家|组织)*放心|一定|没问题|必须的|(?:我|我们)保证)"
)
_TIMELY: Final = re.compile("(?:按[时期]|如期|准时)$")


def doubts(text: str, claims: Sequence[Claim], today: date | None) -> list[Question]:
    """Questions about what is still to come."""
    told = [c for c in claims if c.value is Mark.DONE or (isinstance(c.value, int) and c.value > 0)]
    if not told or _SIGNS.isdisjoint(text):
        return []
    numbers = [c for c in told if c.value is not Mark.DONE]
    if day := _FINISHED_ON.search(text) if "完成时间" in text or "完成日期" in text else None:
        late = lies_ahead(day["month"], day["day"], today) and day["year"] in (None, _year(today))
        done = [c for c in told if c.value is Mark.DONE] if late else []
        if done:
            return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in done]
    found = [
        c
        for c in told
        if (
            _finished(text, c, today, alone=not numbers)
            if c.value is Mark.DONE
            else _chosen(text, c, today)
        )
    ]
    if not found and _election_ahead(text, numbers or told, today, alone=not numbers):
        found = numbers or told
    return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in found]


_FINISHED_ON: Final = re.compile(
    r"(?:^|(?<=[,。;!\s]))完成(?:时间|日期)(?:是|为|:|\s)*(?:(?P<year>20[0-9]{2})年)?(?P<month>[0-9一二三四五六七八九十]{1,3})月(?P<day>[0-9一二三四五六七八九十]{1,3})[日号]"
)
"""会改联完成，完成时间：12月15日."""


def _year(today: date | None) -> str:
    return str(today.year) if today else ""


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """What stands in front of a place in its clause, and behind it."""
    cut = [m.end() for m in _START.finditer(text, 0, start)]
    until = _START.search(text, end)
    front = text[cut[-1] if cut else 0 : start]
    return front, text[end : until.start() if until else len(text)]


def _finished(text: str, claim: Claim, today: date | None, *, alone: bool) -> bool:
    """会改联今晚完成, 得完成会改联; 会改联今晚完成了 is done. `alone`: no number is told with it."""
    start, end = claim.span
    said = text[start:end]
    front, rest = _clause(text, start, end)
    bare = front.rstrip(" ")
    perfect = "了" in said or "已" in said or _BEHIND.match(rest) is not None
    if perfect:
        return bare.endswith("该") and not bare.endswith("应该")
    day = _DAY_BEHIND.match(text, end)
    if day and lies_ahead(day[1], day[2], today):
        return True
    if bare and _PROMISED.match(text, end) and (_TIMELY.search(bare) or said in _WORKED):
        return True
    month = _IN_A_MONTH.search(bare)
    if month and not _DONE_ALREADY.search(bare[: month.start()]):
        return month_ahead(month[1], today)
    dated, when, will = (one.search(bare) for one in (_ON_A_DAY, _AT_THE_VERB, _WILLING))
    clue = dated or when or will
    lead = bare[: clue.start()] if clue else bare
    lead = lead.removesuffix("于") if dated and dated[1] else lead  # 会改联于12月25日完成
    if not bare or _DONE_ALREADY.search(lead):
        return False
    if will:
        return True
    if dated:  # 会改联3号完成，新增执委11名: the number bears out that it is done
        return (alone or dated[1] is not None) and lies_ahead(dated[1], dated[2], today)
    before = (
        when is not None
        and re.search(_PERIOD, when["when"]) is not None
        and not bare[: when.start()]
    )
    return alone and not before and bool(when or _STRIVING.search(bare))


_WORKED: Final = ("做好", "办好", "搞好", "弄好")


def lies_ahead(month: str | None, day: str, today: date | None, within: int = 15) -> bool:
    """Whether the day she names comes next within some days; unknown on which day she speaks, it was."""
    n, m = numerals.value(day), numerals.value(month) if month else None
    if today is None or n is None:
        return False
    reach = 90 if m else within
    coming = (today + timedelta(days=k) for k in range(1, reach))
    return any(d.day == n and m in (None, d.month) for d in coming)


def month_ahead(month: str, today: date | None) -> bool:
    """Whether the month she names is one of the next three."""
    n = numerals.value(month)
    return today is not None and n is not None and 0 < (n - today.month) % 12 <= 3


_VOTE: Final = "(?:开(?:个|大)?会)?(?:来|去)?(?:投票|选举|选|推选|改选|换届)"
_RESOLVED: Final = re.compile(
    "(?:(?:说|讲|商量|约|讨论|合计)好了?|[决商议敲说讲]定|定了|(?:同意|赞成|支持|号召)|(?:拍了?板|点了?头|发了?话),?|趁[热机早势][^,]{0,3}|一鼓作气|齐心协力|抓紧|加紧)(?:要|来|再|去|共|一共|,)*$"
)
"""大家说好选12个执委: it is resolved, and not yet done."""
_ENDED: Final = ("了", "啦")
_BARE_CHOICE: Final = re.compile("选(?![了出好完定举满齐上进中的])")


def _chosen(text: str, claim: Claim, today: date | None) -> bool:
    """晚上选12个执委, 执委8号选12个; 晚上选了12个 is done."""
    start, end = claim.span
    front, _ = _clause(text, start, start)
    said = front + text[start:end]
    choice = _BARE_CHOICE.search(said)
    if choice and _RESOLVED.search(said[: choice.start()]) and text[end : end + 1] not in _ENDED:
        return True
    if not choice or _DONE_ALREADY.search(said[: choice.start()]):
        return False
    before = re.sub("(?:开|召开)(?:个|大)?(?:大?会)?(?:来|去)?$", "", said[: choice.start()])
    dated = _ON_A_DAY.search(before)
    if dated:
        return lies_ahead(dated[1], dated[2], today)
    month = _IN_A_MONTH.search(before)
    if month:
        return month_ahead(month[1], today)
    return _AT_THE_VERB.search(before) is not None


_MEETING: Final = (
    "(?:(?:要|再|来|去|在|就|才|会|开|召开|上|过|大|正式|进行|村民?|妇女|代表|支部|两委|群众)*"
    "(?:投票|唱票|选举|推选|改选|表决|换届|上会|过会|开会|召开|大会|会议|上会研究|选|(?<!已)完成|到位|落实|[搞弄办选][好完]|举手|商量|(?<!决)定|通过)(?:选举|选|投票|研究|讨论|表决|定|决定)?(?:执委)?)"
)
_TO_COME: Final = re.compile(
    rf"(?:我们?|村里|我村|本村|就|定|定于|定在|在|放在|时间|拟|将|,)*(?:(?P<when>(?:{WHEN})+(?:上午|下午|晚上)?)|{DATE.pattern}(?:{_SOON}|上午)?)(?:再|才|在|就|正式|要)*(?P<meet>{_MEETING})?[吧呢啊哈]*"
)
_AT_A_MEETING: Final = re.compile(
    "(?:等)?(?:大会|会|选举会|代表会)上(?:再|才|来)?(?:选|投|定|表决|通过)|上会(?:研究|讨论|定|通过)?|(?:[^,]{0,4}会)?(?:研究|通过|同意)(?:了)?就(?:行|好|可以|成)|选举下[周个][^,]{0,4}"
)
_BY_PARTS: Final = re.compile(
    "(?:[0-9一二三四五六七八九十]+月(?:份|底|初|中)?|(?:分批|逐步|陆续|慢慢|分期)(?:次)?)(?:才|就|再)?(?:到位|上任|选|配齐|落实)|分[两三几0-9]步走?"
)
_APPOINTED: Final = re.compile(
    rf"(?:(?:会议|大会|会|选举|时间|日子|日期)(?:也|就|已经?|都)*(?:定|选|放|排|安排)|定)[于在到]?(?:{WHEN}|{DATE.pattern})(?:上午|下午|晚上)?(?:召开|开会|开|选举|投票)?(?:大?会|选举)?"
)
_TOMORROW: Final = re.compile(
    "(?:我们?|村里)?(?:明[天早晚]|后天|明后天)(?:上午|下午|晚上|早上)?(?:要|就|再)?(?:开会|召开|选举|投票|开大?会)"
)


_PIECE: Final = re.compile(r"(?:新[增选])?(?:(?!新[增选])[^,。;!:?\n()~… ])+|新[增选]")


def pieces(text: str, last: int) -> list[tuple[int, int, str]]:
    """Where the clauses are and what they say; 周五选举新增执委12名 has two, and one more may follow the number that ends at `last`."""
    found: list[tuple[int, int, str]] = []
    for part in _PIECE.finditer(text):
        cuts = [part.start(), *([last] if part.start() < last < part.end() else []), part.end()]
        for start, end in pairwise(cuts):
            if said := text[start:end].strip():
                found.append((start, end, said))
    return found


OF_ANOTHER: Final = re.compile(
    "牌|照片|合影|表(?!决)|材料|培训|活动|分工|经费|证书?|桌|办公|妇女之家"
)
"""What a clause in front of 明天定, 快了 says it of: 执委12名，牌子还没做，明天定."""


_MERE_MEETING: Final = re.compile("[要再来去在就才会]*(?:召?开会|会议|开|上会|商量)")
"""会改联完成了，周五开会: any meeting may follow what is done; 周五选举 may not."""


def _election_ahead(
    text: str, numbers: Sequence[Claim], today: date | None, *, alone: bool
) -> bool:
    """新增执委12名，周五选; 定于28日召开，新增执委12名; `alone`: of what is done, and no number is told."""
    first, last = min(c.span[0] for c in numbers), max(c.span[1] for c in numbers)
    before = ""
    for start, end, said in pieces(text, last):
        if start >= last:
            of_it = not OF_ANOTHER.search(before) and not _of_one_more(text, before, numbers)
            if of_it and _coming(said, today, alone=alone):
                return True
            before = said
        if end <= first and alone and _coming(said, today, alone=alone):
            return True
        if end <= first and not alone and (_APPOINTED.fullmatch(said) or _TOMORROW.fullmatch(said)):
            return True
        if end <= first and (found := _TO_COME.fullmatch(said)) and found["meet"]:
            dates = DATE.search(said)
            if dates and lies_ahead(dates[1], dates[2], today):
                return True
    return False


_VILLAGE: Final = re.compile("[\u4e00-\u9fff]{2,4}(?:村|社区)")


def _of_one_more(text: str, before: str, numbers: Sequence[Claim]) -> bool:
    """富美村：已完成，12名。九蓬村：下周开会: it is to come in a village that nothing else is told of."""
    alone = _VILLAGE.fullmatch(before) and text.count(before) == 1 and before + ":" in text
    return bool(alone) and all(c.named for c in numbers)


NEXT: Final = 21
"""Days within which a bare day behind the number is the next one: 执委12名，15号选; what is past is 15号选的."""


def _coming(said: str, today: date | None, *, alone: bool) -> bool:
    """Whether a clause behind the number only says when it will be."""
    if _AT_A_MEETING.fullmatch(said) or _BY_PARTS.fullmatch(said):
        return True
    found = _TO_COME.fullmatch(said)
    if not found or (alone and (not found["meet"] or _MERE_MEETING.fullmatch(found["meet"]))):
        return False
    dated = DATE.search(said)
    if dated:
        return found["meet"] is not None and (
            today is None or lies_ahead(dated[1], dated[2], today, NEXT)
        )
    ahead = re.match("(?:明|后天|过|下个?[周月星礼])", found["when"] or "") is not None
    return found["meet"] is not None or ahead
