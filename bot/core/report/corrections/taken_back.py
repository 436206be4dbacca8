"""What she takes back of an earlier message, or in a formula of papers: 原报12名，现核实为11名; 12→11; 整岔劈了; 把隔壁村的数抄过来了，我们村….

Such words are put plainly (说错了) or blanked out before the sentence is read, so that its places stay as they are.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Question
from bot.core.report.clauses.said import Collected, Raw
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_D: Final = "[0-9零一二三四五六七八九十百两]"
_N: Final = rf"{_D}+\s*[名个人位]?"
_LATELY: Final = (
    "(?:刚才?|刚刚|之前|前面|先前|上面|上一?[条次回个]|昨天|前天|上午|早上|上周|前一?[条次])"
)
_SAY: Final = "(?:说|报|写|打|算|数|记|填|弄|整|搞|输|念|看|抄|发|统计|登记?)"
_OURS: Final = "我们?村?|我社区|本村|本社区|我[乡镇]|本[乡镇]"
_WRONG: Final = "说错了"
_FRONT: Final = r"^(?:[^0-9一二两三四五六七八九十,。;!\n像能许如要若完]{0,8}[,:。!\s]+)?"
"""Nothing said yet but an address or an excuse."""
_VALUE: Final = rf"(?=[,。;!\s]+[^,。;!\n]{{0,10}}?{_D}+\s*[名个人位])"
_OWN: Final = rf"(?=[,。;!\s]+(?:我们?|咱们?|俺们?|本|自己)(?:这个?)?(?:村|社区|乡|镇)[^,。;!\n]{{0,12}}?{_D})"


def _blank(found: re.Match[str]) -> str:
    """Without what the groups `a` and `b` hold, or all of it."""
    groups = found.groupdict()
    if "a" not in groups:
        return " " * len(found[0])
    said, start = found[0], found.start()
    for name in ("a", "b"):
        if groups.get(name) is not None:
            at, end = found.start(name) - start, found.end(name) - start
            said = said[:at] + " " * (end - at) + said[end:]
    return said


def _slip(found: re.Match[str]) -> str:
    """说错了 in place of group `a`."""
    start, end = found.start("a") - found.start(), found.end("a") - found.start()
    return found[0][:start] + _WRONG.ljust(end - start) + found[0][end:]


def _smaller(found: re.Match[str]) -> str:
    """新增执委12→11: put right; 5→12 may be growth."""
    before, after = numerals.value(found["n"]), numerals.value(found["m"])
    if before is None or after is None or after >= before:
        return found[0]
    return found["n"] + "改".ljust(len(found["a"])) + found["m"]


def _not(found: re.Match[str]) -> str:
    """十一个 呃 不是 十二个: put right; without a stop behind 不是 nobody knows which is meant."""
    apart = found["gap"] != ""
    said = (",说错了," if apart and len(found[0]) > 4 else " 不是 ").ljust(len(found[0]))
    return said[: len(found[0])]


def _broken(found: re.Match[str]) -> str:
    """四名哎不是是十名: said in one breath."""
    return ",不,".ljust(len(found[0]))


_Told = Callable[["re.Match[str]"], str]
_ROWS: Final[tuple[tuple[frozenset[str], re.Pattern[str], _Told], ...]] = tuple(
    (frozenset(chars), re.compile(pattern), told)
    for chars, pattern, told in (
        ("呃额哎哦噢啊诶唉", rf"(?<=[0-9一二两三四五六七八九十名个人位])[\s,.…]+(?:呃|额|哎呀?|哦|噢|啊|诶|唉)[\s,.…]*不是(?P<gap>[\s,.…]*)(?={_D})", _not),
        ("不错", rf"(?<=[名个人位])(?P<a>[哎啊哦呃诶唉嗯呀噢欸]+(?:不是|不对)[啊哦呀了]*|不{{3,}}|不是不是|不对不对)(?=是?{_D}+[名个人位])", _broken),
        ("劈秃拧", rf"(?P<a>(?:{_LATELY}|我|又)*{_SAY}(?:得)?(?:岔劈|劈叉|劈岔|秃噜|拧巴?)(?:扣|皮|嘴)?了)", _slip),
        ("隔邻别其旁", rf"{_FRONT}(?P<a>(?:{_LATELY}|我|不小心|看[串错]行?了?,?|拿错[表本]?了?,?)*(?=[^,。;!\n]*{_SAY})(?:把)?(?:误|错)?{_SAY}?(?:成|了|的是|的)?(?:隔壁|邻|别的?|其[他它]|旁边)村的?(?:数字?|数据|名单|情况|表)?(?:给|都)?{_SAY}?(?:过来|上来|上|成|错|串)?了?){_OWN}", _slip),
        ("错漏岔", rf"{_FRONT}(?P<a>(?:主席|书记|主任|会计|文书|领导|[镇乡县]里|上级|[乡镇县]?妇联|干事|您)(?:打电话|来电话?|刚才?|今天|昨天|也|又)*(?:说|提醒|指出|告诉|讲|批评|发现)(?:我们?|咱们?|俺们?|本村)(?:{_LATELY}|那条|的|给)*{_SAY}(?:错|漏|重|多|少|岔|反)了(?:[,。\s]+(?:让|叫|要|喊|催)?我?(?:改过来|改一?下|改一改|改改|更正一?下?|重新?报|纠正一?下?))?)(?=[,。;!:\s]+(?!说|讲|她|他|应该|应当|要|让|叫|可|但|听|是|也|其|怎|不))(?!.*[说讲吧])", _slip),
        ("原", rf"(?P<a>原(?:来|先|本)?(?:上报|填报|报送|报|填|写|登记)(?:的|数字?|人数)*(?:是|为|:)?)(?:[^,。;!\n0-9]{{1,8}}?)?(?P<b>\s*{_N}[,。;\s]*(?:[漏多少重错误][^,。;!\n]{{1,6}},)?(?:现在?|今|后来?)?(?:经过?)?(?:核实|复核|核对|核定|核查|更正|改|修正|订正|确认|清点)(?:后|过|了|一下)*,?(?:应|更正|改|调整|修正)?(?:为|是|成))(?=\s*{_N})", _blank),
        ("定划", rf"(?P<a>原(?:定|计划|打算))(?:[^,。;!\n0-9]{{1,8}}?)(?P<b>{_N},(?:最[后终])?实际(?:新增|选出|只有|上)?(?:了|是|为)?)(?={_D}+\s*[名个人位]?(?:$|[,。!]))", _blank),
        ("止", rf"不止{_N}[,\s]*(?:而|其实|实际|应该?)?是(?={_D})", _blank),
        ("勘更订修", r"\((?:勘误|更正|订正|修正|更新)\)", _blank),
        ("里中", rf"{_FRONT}(?P<a>{_LATELY}(?:我|们|的|那|{_SAY})*{_N}(?:里|中|当中)有{_N}(?:执委)?(?:不符合|不合|不够|重复|退|不愿|不算|不是|是老)[^,。;!\n0-9]{{0,6}})(?![,\s]*应){_VALUE}", _slip),
        ("原", rf"(?<=[改更修订正误])(?P<k>[^,。;!\n0-9]{{0,3}}[:,\s])\s*(?P<a>原(?:来|为|是)?\s*{_N}[,\s]*现(?:在|为|是|改为)?)(?=\s*{_N})", _blank),
        ("原", rf"(?<=[0-9名个人位])\(\s*原(?:来|为|是)?\s*{_N}\s*\)", lambda found: _blank(found) if "新" in found.string[: found.start()] else found[0]),
        ("多少漏", rf"^(?:不好意思|抱歉|领导|刚才?|刚刚|上一?条|前面|我|[,\s])*[多少漏](?:打|按|写|输|敲)了?一?个?{_D}(?=了?[,。\s][^\n]*{_D}[名个人位]?,?(?:而|并)?不是\s*{_D})", _blank),
        ("改更调修", rf"(?:^|(?<=[,:。!\s把将]))(?:{_OURS})?(?!上周|昨)(?:{_LATELY}|前期)(?:{_OURS})?(?:(?:上?报送?|填报?|发|写|说|登记)(?:过的|上去的|的|了)|的(?={_N}))(?=(?![^,。;!\n]*(?:不要|不能|是不|让|说))[^,。;!\n]{{0,14}}?(?:改[成为]?|更正为|更改为|调整为|修改为|修正为)\s*{_N}(?:新[增选]的?)?(?:执委)?(?:$|[,。!~\s了吧哈]))", _blank),
        ("经", r"(?<![需须待要未])经(?:(?:我们?村?|本村|村里|妇联|认真|仔细|反复|重新|再次|进一步|逐一)+(?:核对|核实|复核|核查|清点|统计|确认|梳理)|复核)(?:后|无误)?(?=[,为是应确新])", _blank),
        ("误成", rf"^[^0-9\n名个]*?(?P<a>{_LATELY}?(?:我|村里|会计)*(?:把|将))(?=[^,。;!\n0-9]{{0,6}}{_N})(?:[^,。;!\n0-9]*?)(?:{_D}+\s*[名个人位]?)(?:执委)?(?P<b>(?:误|错)?{_SAY}(?:成|为)了?{_N}了?(?:[,。\s]+(?:特此|现?予以?|请|麻烦|帮忙)*(?:更正|说明|改正|修改|改)(?:一?下)?)?)(?=[,。!~\s]|$)(?![^\n]*{_D})", _blank),
        ("修", r"^修改(?=[:,\s])", lambda _: "更正"),
        ("原", rf"(?P<a>原(?:来|先|本)?(?:上报|填报|报|填|写))(?:[^,。;!\n0-9]{{1,8}}?)?(?P<b>\s*{_N}[,。;\s]+现?应该?(?:填|报|写)?(?:为|是)?)(?=\s*{_N})", _blank),
        ("申请", r"(?:申请|请求)(?=更正|修改|订正)", _blank),
        ("更改纠修", rf"^(?:[^,。;!\n0-9]{{0,6}}好[,。!\s]+|不好意思[,。!\s]*|领导[,。!\s]*)?(?P<a>(?:我们?|我村|本村)?(?:要|想|需要?|来|得)*(?:更正|纠正|修改|改)(?:一?下)?(?:{_LATELY})?(?:我|{_SAY}|的|那条|那个)*(?:信息|数据?|数字|消息|内容|情况)?|(?:{_LATELY}|今天)(?:我|{_SAY}|的|那个)*(?:信息|数据?|数字)(?:需要|要|得|请|麻烦)+(?:更正|纠正|修改|改)(?:一?下)?)(?=[,。\s]+(?:我们?村?|本村|村里)?(?:新[增选]|执委|会改联|区域化))", _blank),
        ("撤", rf"{_FRONT}(?P<a>(?:请|麻烦)?撤[销回掉]我?(?:{_LATELY}|那一?条|那个)(?:发|报|的|那一?条|那个)*(?:消息|信息|数据?|数字|报告|内容)?|(?:{_LATELY}(?:的|那一?条|那个)*)(?:消息|信息|数据?|数字)?(?:请|已)?撤[销回掉]了?)(?=[,。;!\s]+[^\s])", _slip),
        ("等", r"(?<=[.,])\s*(?:等一?下|等等)[.,]+(?=[一-鿿]{2,5}[0-9])", _blank),
        ("应其", r"(?<=[反倒换串混]了)[,。\s]+(?P<a>应该?|其实)(?=是[一-鿿]{2,5}?[0-9])", _blank),
        (">", rf"(?<=[增选委:\s])(?P<n>{_D}+)(?P<a>\s*[名个人位]?\s*[-=]*>+\s*)(?P<m>{_D}+)", _smaller),
    )
)  # fmt: skip
"""Characters of which any such phrase holds one, what it looks like, and what it is put into."""


def plainly(text: str) -> str:
    """The text with such phrases put plainly, as long as before."""
    signs = frozenset(text)
    for chars, pattern, told in _ROWS:
        if not chars.isdisjoint(signs):
            text = pattern.sub(told, text)
    if "还" in signs or "或" in signs:
        text = _DECIDED.sub(_decided, text)
    return _ticked(text) if "✓" in signs else text


_DECIDED: Final = re.compile(
    rf"(?P<a>{_D}+)[名个人位]?(?:还是|或者?是?)(?P<b>{_D}+)[名个人位]?(?:来着|呢|啊|的|呀)*[,?….\s]+(?:(?:我|让我|容我|等我)?(?:再)?(?:想想|想一下|想一想|看看|查查|翻翻|数数)[,….\s]*)?"
    rf"(?:[哦噢嗯啊]*(?:对了?|想起来了|是的)|[哦噢]+|我?(?:查|看|翻|数|对|问)了(?:一下)?(?:本子|名单|名册|记录|会计)?)[,….!\s]+(?:是|就是)?(?=(?P<c>{_D}+)[名个位](?:新?执委)?(?:$|[,。;!\n]))"
)
"""十二个还是十三个来着，我想想……对，十三个: one of the two, and which."""


def _decided(found: re.Match[str]) -> str:
    one, other, said = (numerals.value(found[name]) for name in "abc")
    return " " * len(found[0]) if said in (one, other) else found[0]


_MARKED: Final = re.compile(
    rf"(?P<a>{_D}+[名个人位]?\s*[(]?[✗×xX][)]?[,\s]*)(?={_N}\s*[(]?✓)|(?<=[0-9名个人位])(?P<b>[(]?✓[)]?)"
)
_RIGHT: Final = re.compile(rf"{_N}\s*[(]?[✗×xX][)]?[,\s]*{_N}\s*[(]?✓[)]?")


def _ticked(text: str) -> str:
    """新增执委12✗ 11✓: of the two numbers the one with the tick."""
    return _MARKED.sub(_blank, text) if _RIGHT.search(text) else text


# ---- said again ------------------------------------------------------------------------------------------

_TURNED: Final = re.compile("反|颠倒|调换|换")


def again(said: Collected, tokens: Sequence[Token]) -> None:
    """念山12富美9，写反了，念山9富美12: what is said again of a unit takes the place of what was said before; 反了 is of all of them."""
    at = next((t for t in reversed(tokens) if t.kind is Kind.CORRECTION), None)
    if at is None or not any(t.kind is Kind.UNIT for t in tokens):
        return
    counted = [raw for raw in said.claims if isinstance(raw.value, int) and raw.places]
    before = [raw for raw in counted if raw.span[1] <= at.start]
    behind = [raw for raw in counted if raw.span[0] >= at.end]
    gone = [raw for raw in before if any(_of_the_same(raw, other) for other in behind)]
    said.claims = [raw for raw in said.claims if not any(raw is one for one in gone)]
    left = len(before) - len(gone)
    if behind and left and _TURNED.search(at.text):
        said.questions += [Question(Ask.VALUES, raw.span) for raw in before if raw not in gone]


def _of_the_same(raw: Raw, other: Raw) -> bool:
    same = raw.indicators == other.indicators or not (raw.indicators and other.indicators)
    return raw.places == other.places and same
