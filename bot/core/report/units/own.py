"""What an office calls its own level, beside the villages it speaks of: 乡本级, 乡里, 本镇, 镇执委."""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Level
from bot.core.report.aside import aside as report_aside
from bot.core.report.tokens.sheet import Sheet, Token
from bot.core.report.words.vocabulary import Kind
from bot.core.unitnames import Place

_BODY: Final = {Level.TOWNSHIP: "乡镇|乡|镇|街道", Level.COUNTY: "县|区|市", Level.CITY: "市"}
_SELF: Final = "本级|自身|自己|机关|层面|一级|这[一]?级"
_VALUED: Final = (
    r"(?=\s*(?:(?:这边|自己|本身|也|都|的|已经?|共|又|再|还|目前|本周|这[周次]|今年|昨[天晚])*"
    r"(?:新[增选添当]|[增补]选|选[了出举]|增[加补了]|(?:没有?|未|无|暂无)(?:新|增|选|变|动|进展|情况)|(?:没有|无|暂无)(?=\s*(?:$|[,;。!\n]))|零报|[跟和同]上|(?:新增|新选)?[执只职直知][委位]|妇联|区域化|乡镇区域化|完成|\d+[名个人位]|\d+(?=\s*$|[,;、。\n]|\s+\x00)|[一二两三四五六七八九十百]+[名个人位])|:))"
)


def _pattern(body: str) -> re.Pattern[str]:
    return re.compile(
        rf"(?:^|(?<=[\s,;。:!?(\n]))(?:{body})(?:里|本级)?(?=(?:[和与及跟、]|以及)\x00)|(?<=\x00[和与及跟、])(?:{body})(?:里|本级)(?=\s*(?:都|均|也|各|分别|全))|(?:{body})里(?=各[乡镇村])|(?:我们?|咱们?|俺们?|本)(?:{body})(?:妇联|夫联|里|头|上|这边)*(?:的?(?:{_SELF})(?:妇联)?|{_VALUED})"
        rf"|(?:^|(?<=[\s,;。]))那个(?:{body})妇联(?=(?:的|呢|啊)*(?:新增|新选|[执职只直知][委位]|共|也))"
        rf"|(?<![全各])(?:{body})(?:妇联)?的?(?:{_SELF}|级)(?:妇联)?|本级(?:妇联)?"
        rf"|(?:^|(?<=[\s,;。:!?、(\n])|(?<=另外)|(?<=本周)|(?<=[今昨前]天)|(?<=昨晚)|(?<=[这本此]次)|(?<=这回)|(?<=还有)|(?<=以及)|(?<=报告)|(?<=汇报)|(?<=[了\x00])|(?<=产生)|(?<=选出)|(?<=新增)|(?<=增补)|(?<=增加)|(?<=新选)|(?<=[增选加]的)|(?<=[增选]为)|(?<=完成)|(?<=[0-9一二三四五六七八九十][名个人位])|(?<=新增执委)|(?<=执委新增))(?!乡镇区域化)(?:{body})(?:里面?|头|上|妇联|夫联|级)*{_VALUED}"
    )


_PATTERNS: Final = {level: _pattern(body) for level, body in _BODY.items()}
_WHOLE: Final = re.compile(
    "(?:^|(?<=[\\s,;。:\\x00]))(?:目前|现在|本周|现)*全[乡镇]的?(?=(?:妇联)?(?:乡镇)?区域化(?:建设|工作)*的?(?:任务)?(?:(?:已经?|都|也|全部|全面|均|圆满|顺利|如期|按时|提前|成功|正式)*(?:完成|收官|落幕|[办做搞弄][好完妥成])|[:,]?已)(?![^。\\n]*?[,;](?:本周|目前)*(?:(?:一共|总共|共|合计)*(?:新[增选]|选出|产生)?了?|(?:新[增选]的?)?(?:执委)?(?:人数)?(?:一共|总共|共|合计|总数)[^,;。\\n]{0,6}?)[共:]*[0-9一二三四五六七八九十])|(?=共?(?:新[增选]的?)?(?:乡镇?|镇)(?:级|一级|本级)?的?(?:妇联)?执委))"
)
"""全乡区域化已完成, by the township: a figure that none of its villages has."""
_MEETS: Final = re.compile(
    r"(?:^|(?<=[\s,;。:]))(?:乡|镇|街道)(?:里|上)(?:于|在)?(?=(?:(?:[0-9一二三四五六七八九十]{1,3}[月日号])+|[昨今前]天|昨晚|上周[一二三四五六日]?)(?:[上下中]午|晚上|早上|[0-9一二三四五六七八九十]{1,3}[点时]半?|在[^,。;\n]{1,8}?)*(?:召?开|选举|完成|举行))"
)
"""镇里8月20日开会."""


_AGAIN: Final = re.compile("(?:漏报|漏了|忘报|忘了报|少报|补报|补充上?报?)了?(?=\x00)|同期(?=\x00)")
"""漏报了九蓬村，新增11名: it is told now."""
_THAT: Final = re.compile("(?<=\x00)[那这]个?村(?:子里?|里)?(?![民委里口部级头妇主书])")
"""富美那个村新增12个: the one that was named."""
_SENT: Final = re.compile(
    "(?<=\x00)(?:妇联|主席|妇联主席)?(?:刚才?|刚刚|今天|上午|下午|用?微信上?|群里)*发(?:来|过来|上来)(?:的|了)*(?=\\s*[:,]?\\s*(?:新[增选]|会?改联|执委))"
)
"""念山村主席发来的：新增执委9名: she sent it."""
_BELOW: Final = re.compile(
    "(?<=\x00)(?:乡(?!镇)|镇|街道)(?:妇联|本级|级)*(?=(?:新增|新选)?[执只职直知][委位])|(?<=新[增选])(?:乡(?!镇)|镇|街道)(?=[执只职直知][委位])"
)
"""星溪乡新增乡执委15名, by the county: whose they are was said."""
_SLIPPED: Final = re.compile(
    r"(?:^|(?<=[\s,;。:!?、(\n]))[仅只就]?(?![我咱俺本全各该每这那乡农几两二三四五六七八九十一多数单下大新老哪某进驻到回])[\u4e00-\u9fff]村(?![民委里口部级头])"
)
"""山村新增3名 where 念山村 is meant: a village of one character is none."""
_VILLAGES: Final = re.compile(
    r"(?:^|(?<=[\s,。;:!?、]))(?:下面|底下)?(?:各个?|所有|全部)?村(?:里|子里|头|上|级)(?:面)?(?:妇联)?(?:一共|总共|共|都|也)?(?=(?:新[增选添]|增[加选补]|选[了出]|添了|多了)了?(?:的|执委)*(?:一?共|总共)?[0-9一二三四五六七八九十百])"
)
"""村里新增了112名, by an office: of all her villages."""
_RATHER: Final = re.compile("(?:不好意思|抱歉|对不起)[,\\s]*(?=\x00+村?(?:应该?|应当)?是)")
"""不好意思际下应该是10."""

_ITS_NAME: Final = re.compile("乡镇妇联(?:组织)?的?(?=区域化)")
"""乡镇妇联组织区域化建设: the figure by its whole name."""


def mark(sheet: Sheet, own: Place) -> None:
    """Take these words for the name of her own unit; a village has no other level to tell itself from."""
    pattern = _PATTERNS.get(own.level)
    if pattern is None:
        return
    sheet.mark(Kind.FOREIGN, _SLIPPED)
    sheet.mark(Kind.FOREIGN, _VILLAGES)
    if own.level in (Level.COUNTY, Level.CITY):
        sheet.mark(Kind.FILLER, _BELOW)
    sheet.mark(Kind.FILLER, _AGAIN)
    sheet.mark(Kind.FILLER, _THAT)
    sheet.mark(Kind.FILLER, _SENT)
    sheet.mark(Kind.FILLER, _ITS_NAME)
    sheet.mark(Kind.CORRECTION, _RATHER)
    if own.level is Level.TOWNSHIP:
        sheet.mark(Kind.FILLER, _MEETS)
        sheet.mark(Kind.FILLER, _WHOLE)
    for found in list(pattern.finditer(sheet.left)):
        sheet.take(Token(Kind.UNIT, found.start(), found.end(), found[0], places=(own,)))


_LEADS: Final = re.compile(
    r"(?:[\s:()\[\]]|村名?(?=:)|妇联|主席|(?:截[至止])?到?(?:目前|现在|今天|(?:\d{1,4}[年月日号.])+)|第[0-9一二三四五六七八九十]+[周期次旬]|本周|这周|本月|各(?:村|乡镇|乡|镇|社区)|所辖|所属|下辖|下面|底下|辖[区内]|下属|[的至]|工作|进展|进度|完成|情况"
    r"|汇报|报告|小结|总结|简报|上报|报送|如下|数据?|统计|汇总|报表|新增|执委|会改联|区域化|[周月日旬]报|[现报表]|[0-9一二两三四五六七八九十]+个?(?:村|社区|乡镇))*"
)


def leads(between: str) -> bool:
    """Whether such words between a unit and one inside it make the first a heading: 星溪乡本周情况：念山村."""
    return _LEADS.fullmatch(between) is not None


_JOINS: Final = re.compile(
    r"[^,;。!\n]*|(?:[\s、,;:+/|()\n]|和|及|以及|与|跟|还有|另外|那边|这边|那里|妇联|主席|村|社区|乡镇?|镇|也|都|已经?|均|的|会改联|新增|新选|执委|区域化|数|情况|[0-9一二两三四五六七八九十]+个)*"
)
_DOES: Final = re.compile(
    "[帮替代比赶派找请教陪给把被]|先于|晚于|早于|说|讲|[让叫]|(?:去|到|在)(?:了)?$"
)
"""念山帮富美完成会改联, 念山主席去富美: what the one does to the other, and no list."""
_ASIDE: Final = re.compile(r"^(?:妇联|主席|主任|那边|的|村|[,、\s])*|[,;。!\s]+$")


def joins(between: str) -> bool:
    """Whether such words between two units make them a list; without a comma anything does."""
    return _JOINS.fullmatch(between) is not None and _DOES.search(between) is None


_STOPS: Final = re.compile("[,;。!\n]")


def aside(between: str) -> bool:
    """Whether what is said between two units is of everyday life."""
    said = _ASIDE.sub("", between)
    return all(report_aside.aside(one) for one in _STOPS.split(said) if one)


_OF_A_VILLAGE: Final = re.compile("[村区庄屯寨湾塆垸]|嘎查|连|居委")


_OF_A_TOWNSHIP: Final = re.compile("[乡镇]|街道|苏木|团")


def fits(said: str, own: Level) -> bool:
    """Whether 我村, 本社区, 全乡 can be her own unit."""
    if _OF_A_VILLAGE.search(said):
        county = own is Level.COUNTY and said.endswith("区") and "社区" not in said
        return own is Level.VILLAGE or county
    if _OF_A_TOWNSHIP.search(said):
        return own is Level.TOWNSHIP
    return own in (Level.COUNTY, Level.CITY)
