"""What she asks or bids rather than tells: 有没有新增执委, 删除执委12, 查询新增执委12, 请大家零报告, 没变化吧, and 会改联 with a day that is still to come.

Each is a shape of the clause in which the claim stands, up to the claim: what is told has none of these words in front of it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Claim, Mark, Question
from bot.core.report.doubts import ahead

_SIGNS: Final = frozenset(
    "你紧快报把上里没村像删清查除注剔移有提请望吧月额年季换格法照参按周明今应"
)
_STOPS: Final = re.compile(r"[,。;!?\n]")
_CHANGE: Final = "(?:新增|增加|新选|变化|变动|新的|增补|新进)"
_WHETHER: Final = re.compile(
    f"(?<![没冇只所还])(?:还)?有(?:没有?|无|冇)(?:什么|啥)?{_CHANGE}(?:的)?(?:妇联)?(?:执委|人员?|成员|情况|数据)*(?:啊|呀|哦|呢|的|了)*\\s*(?P<sign>$|[,。;!?~:\\n\\s])(?P<rest>.*)",
    re.DOTALL,
)
"""有没有新增; with an answer behind it (有没有新增：没有) it is a form."""
_ANSWER: Final = re.compile(
    r"\s*(?:[:,。;!?~]\s*)*(?:我们?村?|本村|本周|目前|暂时?|也|都|报告)*(?:没|无|否|零|0|冇|暂无|不变|一样)"
)
_POLITE: Final = "(?:请|麻烦|帮我?|给我|替我|我要|我想|先|把|将|您|你|主席|领导|一下|要|想)*"
_ORDER: Final = re.compile(
    f"^\\s*{_POLITE}(?:删除|删掉|删去|删了|清除|清空|清掉|注销|移除|剔除|查询|查找|查看)(?!结果|出|到|系统|重复|多余|完)[^,。;!?\\n]{{0,12}}$"
)
_REMINDS: Final = re.compile(
    "^\\s*(?:再次|温馨|友情)?提[醒示](?:一下|下|大家|各位|各村|姐妹们)*\\s*[:,]?$|^\\s*(?:请|望)(?:大家|各位|各村|姐妹们|没有?变化的村?|没有?新增的村?)+(?:都|也|就|一律|及时|按时|抓紧|统一)*$"
)
_MAYBE: Final = re.compile(r"的?吧(?=$|[,。;!~\s])")
_MODEL: Final = re.compile(
    '(?:参照|照着?|按照?)(?:以下|下面|下列|这个|这样|此|这)的?(?:格式|报法|样式)(?!报送:")|(?:^|[,。;!\n])\\s*(?:格式|报法|参照|就?像(?:这样|下面)[报写发填]?)\\s*:(?!\n)|[村乡镇区]的?报法|(?:姐妹们|大家|各村|各位)(?:都|就|先)?(?:按|照|参照)(?:照)?这个(?:来)?报'
)
"""照这个格式报: a report that others shall copy."""
_ORDERS: Final = re.compile(
    "(?:^|[,。;!\n])\\s*(?:请(?:各村|你们|大家|各位|务必)*(?:准时|安排|尽快|抓紧|于|明|今|按时|及时|落实|速|选派|派|提前)|按要求选|参加(?:县|乡|镇|市)里?的?(?:培训|会议|学习)|(?:今天|明天|明早|后天|下周[一二三四五六日])(?:下班)?(?:[上下]午)?(?:[0-9]+点)?(?:参会|来[乡镇县]|到[乡镇县]|前?(?:上?报|交|完成|选出)))[^,。;!\n]{0,10}[。!]?$"
)
_CALLS: Final = re.compile(
    r"^\s*请[^,。;0-9]{1,6}(?:村|社区)?(?:选|上?报|派|出|补报|填报|核实|核对|核查|确认|查一下|改为|更正)(?:一下)?(?:会改联|新?[增选]?执委)*$"
)
"""石屯村2名，松源村3名，请安排: what they are told to send."""
_DO_IT: Final = re.compile(
    "^\\s*(?:请|先|要|快|都|再|务必|一定|赶紧|赶快|抓紧|尽快|大家|各村|你们|姐妹们|给我)*把(?:会改联|妇代会改妇联|改联|区域化(?:建设)?|执委)(?:的?(?:工作|任务|事情?|选举))?(?:给|都|先|尽快|抓紧|按时|按期|早点|好好)*$"
    "|^\\s*(?:会改联|妇代会改妇联|改联|区域化(?:建设)?)(?:的?(?:工作|任务|事情?))?(?:请|望|你们|各位|务必|赶紧|赶快|抓紧|尽快|快点|给我)+(?:都|也|先|按时|按期|早点|把它)*$"
)
_HAPPENED: Final = re.compile("[^,;。!?\n]{0,3}?[了啦咯喽哒哩嘞唠毕咧哉罗啰✓]")
"""把会改联办好 is bidden; 把会改联办好了 has happened."""
_COME_ALL: Final = re.compile(
    "请(?:下面的?|下列|以下)*(?:各村|各位(?!领导|主席好)|大家|你们|姐妹们|未报的?村)[^,;。!:\n0-9我]{0,6}?(?:上报|填报|补报|报|填|回复|接龙|核对)[^,;。!:\n0-9我]{0,6}[:,\n]"
)
_WILL_TELL: Final = re.compile(
    "(?:^|[,。;!\n])\\s*(?:我|我们|等|到|那|就|准备|打算)*(?:下个?(?:周|月|礼拜|星期)[一二三四五六日天]?|明天|后天|明后天|过[几两]天|改天|月底|年底)(?:上午|下午|早上|晚上)?(?:会|就|才|来|要)*(?:上报|报(?![告名表纸到喜账备数道送]))(?:给[您你]|上来|上去|吧|哈|啊|哦|的)*(?=\\s*(?:$|[,。;!\n]))"
)
"""新增执委12名，下周报: it is not told yet; 名单下周报 is of the list."""
_SEEN: Final = re.compile(
    "(?:网上|网站上?|朋友圈里?|公众号上?|抖音上?|新闻里?|报纸上?|电视里?上?)(?:我)?(?:看到|看见|刷到|查到|有|说)(?:的|了)*(?=[^,;。!?\n]{0,8}(?:村|数据|情况|新增|执委|会改联))"
)
"""请各村上报：富美12, 网上看到各村数据：富美12: what others shall copy, or have told."""
_WHO_HAVE_NONE: Final = re.compile(
    "没有?(?:新增|变化|变动)?的(?:村|姐妹|同志|单位|地方|人)*们?(?:就|请|也|都|要|直接|统一)*(?:上?报|填|回复?|写|发)[个送]?(?:[零0无]|没有)"
)
"""没有的报零: what others shall do."""
_WHICH_ARE_DONE: Final = re.compile(
    "^(?:[^,;。!\n我咱俺本是]*?(?:完成|[办搞弄做改]好)了?(?:会改联|区域化)?|[^,;。!\n我咱俺本是]*?完成了?)的(?:村|社区|单位|乡镇|姐妹|主席|地方|同志)(?![里妇委])"
)
"""会改联完成的村发个照片."""
_PLACES: Final = re.compile(r"名额(?:一?共|总共|数|是|为|有|给了?|定|[:=\s])*$")
_DUE: Final = re.compile("应(?:当|该)?[于在到][^,。;!?\\n]{1,12}[前内底](?:就|全部|都)*$")
"""会改联应于11月底前已完成: by when it has to be."""
_FILLED: Final = re.compile("[,\\s]*人?(?:全部?|都|已经?|也)*(?:选|用|配|报)?(?:满|齐|完|足|空|缺)")
_LONG_AGO: Final = re.compile(
    "[跟和同与像按照](?:我们?)?(?:上个?月|上个?季度?|上半年|去年|前年|往年|换届前)(?:的|报的|数据?|情况|那时候?)*(?:一样|相同|一致|持平|不变)"
)
"""As before, and of another time than last week."""


def doubts(text: str, claims: Sequence[Claim], today: date | None) -> list[Question]:
    """Questions about claims that are only asked after, ordered about, or said of a day to come."""
    if _SIGNS.isdisjoint(text):
        return []
    found = _for_others(text, claims)
    for claim in claims:
        front = _STOPS.split(text[: claim.span[0]])[-1]
        ask = _bidden(text, front, claim) or _to_come(text, front, claim, today)
        if ask is None and claim.value is Mark.DONE and len(claims) == 1:
            ask = _voted_on(text, today)
        found += [Question(ask, claim.span, claim.indicators)] if ask else []
    return found


def _for_others(text: str, claims: Sequence[Claim]) -> list[Question]:
    """Questions about what others shall report, send or choose."""
    if _MODEL.search(text) or _told_before(text, claims):
        return [Question(Ask.REPORTED, c.span, c.indicators) for c in claims]
    if "报" in text and _WILL_TELL.search(text):
        return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in claims]
    if "的" in text and (_WHO_HAVE_NONE.search(text) or _WHICH_ARE_DONE.search(text)):
        return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in claims if not c.named]
    told = [c for c in claims if c.named and isinstance(c.value, int) and c.value > 0]
    if not told or not ("请" in text or _ORDERS.search(text)):
        return []
    first, last = told[0], told[-1]
    bidden = _CALLS.search(_STOPS.split(text[: first.span[0]])[-1]) or _ORDERS.search(
        text, last.span[1]
    )
    return [Question(Ask.NOT_DONE, c.span, c.indicators) for c in told] if bidden else []


def _told_before(text: str, claims: Sequence[Claim]) -> bool:
    """Whether all of it stands behind what others are bidden to report, or behind where it was seen."""
    if not claims or ("请" not in text and "上" not in text and "里" not in text):
        return False
    first = min(c.span[0] for c in claims)
    return any(one.search(text, 0, first) is not None for one in (_COME_ALL, _SEEN))


def _bidden(text: str, front: str, claim: Claim) -> Ask | None:
    """Why what she says is no report."""
    if ("删" in front or "除" in front or "清" in front or "查" in front) and _ORDER.search(front):
        return Ask.EARLIER
    if claim.value is Mark.DONE and _DO_IT.search(front):
        return None if _HAPPENED.match(text, claim.span[0]) else Ask.NOT_DONE
    if claim.value not in (Mark.ZERO, Mark.SAME, 0):
        due = claim.value is Mark.DONE and "应" in front and _DUE.search(front)
        return Ask.NOT_DONE if due or ("额" in front and _places(text, front, claim)) else None
    start, end = claim.span
    asked = _WHETHER.search(text) if "有" in text else None
    if asked and asked.start() < end and start < asked.start("sign"):
        return None if _ANSWER.match(asked["rest"]) else Ask.ASKED
    if ("提" in front or "请" in front or "望" in front) and _REMINDS.search(front):
        return Ask.NOT_DONE
    if claim.value is Mark.SAME and _LONG_AGO.search(text):
        return Ask.EARLIER
    hedged = claim.value is Mark.SAME and "变" in text[start:end] and _MAYBE.match(text, end)
    return Ask.APPROXIMATE if hedged else None


def _places(text: str, front: str, claim: Claim) -> bool:
    """执委，名额12: so many may be chosen; 名额9个全部选满 is done."""
    return _PLACES.search(front) is not None and _FILLED.match(text, claim.span[1]) is None


# ---- a day to come -----------------------------------------------------------------------------------------

_D: Final = "[0-9一二三四五六七八九十]{1,3}"
_WHEN: Final = f"(?:(?P<year>20[0-9]{{2}})年)?(?P<month>{_D})月(?:份|初|底|中旬?|上旬|下旬)?(?:(?P<day>{_D})[号日])?"
_BEFORE_IT: Final = re.compile(
    f"^[^,。;!?\\n0-9]{{0,8}}?{_WHEN}(?:[上下]午|晚上|召开|我们?|我|本|[村乡镇]|[\u4e00-\u9fff]{{2,3}}(?:村|社区)|妇联|妇女|代表|大会|会议)*(?:的?(?:会改联|妇代会改妇联|改联|区域化(?:建设)?)(?:工作)?|(?:投票|换届)?选举(?:产生|出)?的?(?:妇联)?(?:新增?)?(?:执委)?)$"
)
"""12月10日会改联完成, 12月8号选举产生执委9名."""
_BEHIND_IT: Final = re.compile(f"已?完成的?(?:时间|日期)(?:是|为|:)*\\s*{_WHEN}")
_OF_THE_VOTE: Final = re.compile(
    f"(?:^|[,。;!\\n])\\s*(?:(?:选举|投票|换届|召?开会|会议|大会)的?(?:时间|日期)|(?:选举|妇女|妇代|代表)*(?:大会|妇代会|选举日)|[\u4e00-\u9fff]{{2,3}}村?(?={_D}月[^,]{{2,8}}选))(?:是|为|定|在|于|:)*\\s*{_WHEN}(?![^,。;!\\n]*[了的已])"
)
_VOTE_SIGNS: Final = frozenset("会时期选")
_IS_DONE: Final = re.compile("[已了]")


def _to_come(text: str, front: str, claim: Claim, today: date | None) -> Ask | None:
    """Whether the day beside what is done, or of its vote, lies ahead."""
    done = claim.value is Mark.DONE
    counted = isinstance(claim.value, int) and claim.value > 0
    if today is None or "月" not in text or not (done or counted):
        return None
    start, end = claim.span
    found = _BEHIND_IT.match(text, start) if done else None
    if not found and not _IS_DONE.search(text[start : end + 1]):
        found = _BEFORE_IT.search(front)
    if not found and counted and not _VOTE_SIGNS.isdisjoint(text):
        found = _OF_THE_VOTE.search(text)
    return Ask.NOT_DONE if found and _ahead(found, today) else None


def _voted_on(text: str, today: date | None) -> Ask | None:
    """会改联完成了，妇代会12月8日召开: nothing but what is done is told, and the day of its vote lies ahead."""
    found = _OF_THE_VOTE.search(text) if today and "月" in text else None
    return Ask.NOT_DONE if found and today and _ahead(found, today) else None


def _ahead(found: re.Match[str], today: date) -> bool:
    year, month = found["year"], numerals.value(found["month"])
    if year and month:
        return (int(year), month) > (today.year, today.month)
    if found["day"]:
        return ahead.lies_ahead(found["month"], found["day"], today)
    return ahead.month_ahead(found["month"], today)
