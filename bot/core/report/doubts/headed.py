"""What stands over a township's list of villages and makes the numbers those of another figure: 执委名额：富美12，念山9; 新增党员⏎富美2; 参会人数：…; 物资：…."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Question
from bot.core.report.doubts import steps
from bot.core.report.tokens import tokens

_DIGITS: Final = re.compile("[0-9一二两三四五六七八九十]")
_COLON: Final = re.compile(r"(?:^|[,。;!\n])(?P<said>[^,。;!:\n]+):")
_PART: Final = "(?:名额|[差缺]额|空[缺额]|缺|职数|(?:平均)?年龄|学历|党员数?)"
_LAST: Final = re.compile(
    r"(?:^|[,。;!:\n])\s*(?P<said>[^,。;!:\n]+?)\s*(?:[:,\n]|--|——|(?<=\S) )\s*(?:[(\[]?[1一][.、)\]]\s*)?$"
    f"|(?P<bare>执委{_PART})(?:数|为|是|有)?$"
)
"""What stands directly in front of the first village."""
_COUNTED: Final = re.compile("[0-9一二两三四五六七八九十][名人位]")
_SUM: Final = re.compile("(?:一?共|总共)?[0-9一二两三四五六七八九十]+[名人位个]$")
"""新增党员12名: over the list, with what it comes to."""
_AGAIN: Final = re.compile("执委|新[增选]")
_FIGURE: Final = re.compile("执委|[当新][增选]|改联|区域化")
_PLACES: Final = re.compile("村名?|单位|社区|名称|乡镇")
_TAIL: Final = re.compile(
    r"(?:名单|情况|统计表?|汇总表?|(?<=新增执委)登记表|数[据字]|报表|明细|如下|合计|总计|一?共|分别|依次|具体|更[正新]|进[展度]|结果|[为是有的里哈啊呢]|\([^()]*\)|\s)+$"
)
_MEMBERS: Final = re.compile("(?:妇联|女)?执委(?:会|委员)?")
_NO_MEMBERS: Final = re.compile(
    "(?:应[选配]|[参到][训会加]|[出缺][席勤]|[缺差减]额?|候选|推荐|减少|退出?|退任|离任|卸任|落选|不再担?任|免去?|空)了?的?(?:村|妇联)?$"
)
"""应选执委, 退出执委."""
_NEW: Final = re.compile("新[增选添当](?:选|了|的)*")
_DUE: Final = re.compile("应[选到配](?:人|数|$)|下达|分配")
_PEOPLE: Final = re.compile("人[数员]$")
_OF_MEMBERS: Final = re.compile(
    "(?:^|新|[增选添]|产生|[加补充]|委|(?:报|收|核[实对]|统计)[来到上后]?|[联村乡镇县级周天日月度总各的]|最[终后]|确[认定]|实际)(?:出|上|举|补|加|别|来|的|为|共)*$"
)
"""当选人数, 各村人数: not 参会人数."""
_KNOWN: Final = re.compile(
    "[给发]给?[您你]|人[数员]?|数量?|新?[增选添][加补充举出派配的]*|[补扩][选充齐报]|当选|产生|名单|委员|成员|妇女主任|情况|统计表?|汇总表?|数[据字]|报表|台账|表(?=$)|明细|如下|合计|总计|一?共|分别|依次|具体|其中|各?(?:行政)?[村乡镇]级?|本级|社区|单位|妇联"
    "|会?改联|区域化|建设|换届|工作|任务|完成|落实|已经?|都|目前|今[天日]|本周|这周|周[一二三四五六日]|截[至止]|[上汇通]?报(?!名)(?:[告送]|给[您你]们?)?(?:一?下)?|更[正新]|订正|修[改正]|补|最[新终后]|确[认定]|实际?|登记(?!表)|进[展度]|方面|结果|反馈|接龙|核[实对]|公示|备案|审批|到位|第?[0-9一二三四五六七八九十]+[年月日号期届批次度、.]*|[为是有的里哈啊呢和与及名个位、/~()\\s-]"
)
"""What may stand behind 执委 in a heading over new members."""
_ONE: Final = frozenset("缺差群额证会老退报龄职编候")


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about the numbers of an office's villages, where the heading over them is none of ours."""
    counted = [c for c in claims if isinstance(c.value, int)]
    if lexicon.own.level is Level.VILLAGE or not any(c.named for c in claims):
        return []
    below = [m for m in lexicon.names.find(told) if any(p.depth > 0 for p in m.places)]
    front = told[: below[0].start] if below else ""
    found = [c for c in counted if _under_another(told, c, front, lexicon)]
    if not found:
        found = [c for c in claims if c.named and _under_step(told, c, front, lexicon)]
    under = [c for c in counted if c.named and c.span[0] >= len(front)]
    if not found and front.strip() and len(claims) == len(under) > 1:
        found = under if _not_ours(front, told, under, lexicon) else []
    if len(claims) == len(counted) and not _AGAIN.search(told) and _FOOT.search(told):
        return [Question(Ask.INDICATOR, c.span, c.indicators) for c in counted]
    if not found and len(claims) == len(counted) and (foot := _BELOW.search(told)):
        found = counted if _not_ours(foot["said"] + ":", told, counted, lexicon) else []
    return [
        Question(Ask.INDICATOR if c in counted else Ask.UNREAD, c.span, c.indicators) for c in found
    ]


_FOOT: Final = re.compile(
    r"[0-9一二三四五六七八九十名个人位)][,;。\s]*(?:以上|这些|这|都|均|全|是|为|的|,)*(?:参会|到会|与会|出席|参加|签到|应到|实到|培训|走访|慰问|志愿者|党员|代表|网格员|候选人?|名额|选民|妇女|户)的?(?:人?数|人员|名单|情况)?[。!\s]*$"
)
"""富美9念山8，参会人数: whom the list counts, behind it, where no figure is named."""
_BELOW: Final = re.compile(
    r"[(\[](?P<said>(?![^()]*(?:已|[预累统]计|报过|计划|公示|核|选|妇联|完成))[^()\[\]\n0-9]+)[)\]][。!\s]*$"
)
"""富美：3⏎念山：5⏎（志愿者）: what stands under the list."""


def _under_another(told: str, claim: Claim, front: str, lexicon: Lexicon) -> bool:
    """Whether the last heading before a number is none of ours, and its own clause does not name the figure again."""
    end, said = _heading(told, claim, front, lexicon)
    return _another(said) and _AGAIN.search(told, end, claim.span[1]) is None


def _under_step(told: str, claim: Claim, front: str, lexicon: Lexicon) -> bool:
    """代表推选情况：富美村45名，念山村完成: under a heading of a step, or of another body."""
    end, said = _heading(told, claim, front, lexicon)
    if tokens.called(lexicon.indicators).search(said):
        return False  # 妇女之家：富美2, where they are counted
    return steps.over_it(said) and _FIGURE.search(told, end, claim.span[1]) is None


def _heading(told: str, claim: Claim, front: str, lexicon: Lexicon) -> tuple[int, str]:
    """The last heading before a claim, without names of units, and where it ends."""
    over = [(m.end(), m["said"]) for m in _COLON.finditer(told, 0, claim.span[0])]
    if len(front) <= claim.span[0] and (last := _LAST.search(front)):
        over.append((len(front), last["said"] or last["bare"]))
    for end, said in sorted(over, reverse=True):
        if rest := lexicon.names.without(said).strip():
            return end, rest
    return 0, ""


def _another(said: str) -> bool:
    """Whether a heading speaks of members, of new ones, or of people, and of another thing of them."""
    cells = said.replace("|", " ").split()
    if len(cells) > 1 and _PLACES.fullmatch(cells[0]):
        cells = cells[1:] if len(cells) == 2 else []
    if not cells or len(cells) > 2 or "了" in cells[-1] or _COUNTED.search(_SUM.sub("", said)):
        return False  # a sentence, or the columns of a table
    said = _TAIL.sub("", _SUM.sub("", "".join(cells)))
    if _DUE.search(said):
        return True
    members = list(_MEMBERS.finditer(said))
    if members:
        return _noun(said[members[-1].end() :]) or bool(
            _NO_MEMBERS.search(said[: members[-1].start()])
        )
    if new := _NEW.search(said):
        return _noun(said[new.end() :])
    people = _PEOPLE.search(said)
    return people is not None and _OF_MEMBERS.search(said[: people.start()]) is None


def _noun(said: str) -> bool:
    """Whether a word is left that is none of a heading over new members."""
    rest = _KNOWN.sub("", said)
    return len(rest) > 1 or rest in _ONE


# ---- a word that is none of ours at all ---------------------------------------------------------------------

_OURS: Final = re.compile(
    "执委|选|新增|增补|改联|完成|妇联|当选|(?<![训会动者员女童问名表群])人数|=|[报收交]|更正|错"
)
_SAID_LATER: Final = re.compile("执委|[当新]选|新增|增补|更正|错")
_HARMLESS: Final = re.compile(
    "[\\s,。;:!、()~]|领导|主席|[您你]好|各位|大家|目前|今[天日]|截[至止]|现在?|情况|如下|合计|总计|一共|共计?|本级|[里上县]|单位|数[据字]?|汇总|统计|各?村|社区|我[乡镇]|本[乡镇]|乡|镇|的|了|是|有|和|个|[0-9一二三四五六七八九十]+[月日号名人个]?|好|本周|这周|不好意思|谢谢|辛苦"
)


def _not_ours(front: str, told: str, claims: Sequence[Claim], lexicon: Lexicon) -> bool:
    """物资：富美12 念山9: under a word that is none of ours, and nothing of ours in the list or behind it."""
    if _DIGITS.search(front):
        return False
    called = tokens.called(lexicon.indicators)
    until = max(c.span[1] for c in claims) if front.rstrip(" ")[-1] in ":\n" else len(told)
    if _OURS.search(told, 0, until) or _SAID_LATER.search(told, until) or called.search(told):
        return False
    return len(_HARMLESS.sub("", lexicon.names.without(front))) > 1
