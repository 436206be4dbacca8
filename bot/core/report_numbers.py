"""Numbers that are no values (dates, telephones, ages, money …), and places that look like numbers."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bot.core.report_vocabulary import Kind

_D: Final = "[0-9零〇一二三四五六七八九十百千两廿卅俩仨]"
_N: Final = rf"{_D}+(?:\.[0-9]+)?[万千百]?"
_DAY: Final = rf"{_D}{{1,3}}"
_WEEK: Final = "(?:周|星期|礼拜)"
_HAN: Final = r"[\u4e00-\u9fff]"

COUNTED: Final = re.compile(
    r"\s*\.?\s*(?P<word>[名个人位]|口子|[明民各铭命](?=$|[\s,。;!]))(?:儿|整|\.)?(?!月|小时|星期|礼拜|组)"
)
"""The word of counting behind a number; 个月 and 个小时 count something else."""

RATIO: Final = re.compile(r"(?<![\d./])(\d{1,6})\s*人?\s*/\s*(\d{1,6})(?![\d./])人?")


def _table(*rows: tuple[Kind, str]) -> tuple[tuple[Kind, re.Pattern[str]], ...]:
    return tuple((kind, re.compile(pattern)) for kind, pattern in rows)


AS_BEFORE: Final = (
    r"上(?P<span>周|次|回|期|个?礼拜|个?星期|个?月)(?:是|报)?(?:啥样?|怎么?样|多少|几[个名])[,\s]?"
    r"(?:这|本)(?P=span)(?:还|就|也)?(?:是|报)?(?:啥样?|怎么?样|多少|几[个名])"
)
"""上周啥样这周还啥样, 上次多少这次多少: as it was, though it sounds like a question."""

BEFORE_NAMES: Final = _table(
    (Kind.SAME, AS_BEFORE),
    (Kind.FILLER, r"无一(?:人)?(?:缺席|反对|弃权|落下|例外)"),
    (Kind.UNSURE, r"(?:先)?占(?:个)?(?:位|名额|坑)"),
    (Kind.REPORTED, r"(?<!打)(?:转?发|传|拿|抄)(?:给)?(?:我|我们)(?:看|的)?(?=[:,\s])"),
    # names of persons, signs of a form
    (Kind.EXPLAINED, r"(?:填报人|填表人|报送人|联系人|姓名)\s*[::]?\s*(?:执委|主席|干事|副主席)?\d{3,5}(?!\d)"),
    (Kind.ELECTION, r"执委选举大?会(?:已经?|也|都)*(?:开了?|结束|召开)?了?"),
    (Kind.LABEL, r"执委会(?!\s*改)|执委班子|执委报到|执委候选人|候补执委|候任执委|老执委|原执委|上届执委|执委会议|执委培训|在任执委|现任执委|连任执委|留任执委"),
    (Kind.QUOTED, r"(?:^|(?<=\n))(?:执委|主席|干事|副主席)\d{3,5}:|(?:^|(?<=\n))\[[^\]\n]{0,12}(?:聊天记录|转发)[^\]\n]{0,6}\]"),
    (Kind.BEHALF, r"(?<=[帮替])(?![我你您她他咱俺忙助一村本])[\u4e00-\u9fff]{2,6}?(?=报|填|\x00)"),
    (Kind.BEHALF, rf"我(?:是|们是)(?!\x00)(?!(?:村|妇|主|副|执|干|书|本|我|新|这|那|个|一|来|想|东)){_HAN}{{2,4}}?(?:村|社区)?的(?=[,。\s]|$)"),
)  # fmt: skip
"""Looked for before the words of the campaign are."""

EXPLAINED: Final = _table(
    # phrases in which no number is one
    (Kind.FILLER, r"百忙之中|万分感谢|十全十美|一心一意|千万(?:记得|别忘)?|一帆风顺|万事|十分|二话不说|三天两头|四面八方|一切(?:都好|顺利)?|两委班子|第一时间|一五一十"),
    (Kind.APPROXIMATE, rf"[<>≥≤≈]\s*{_N}|[0-9]+\s*\+(?=$|[,。\s名个人])|小(?:二|三|四|五)?十|没几[个名人位]|(?<!不)[一二三四五六七八九]成(?![为立员功了])"),
    (Kind.EXPLAINED, r"(?:联系)?(?:电话|手机|座机|号码|微信号?|QQ|邮编|邮政编码|身份证号?|编号|工号|账号|卡号|尾号|传真)\s*(?:号码?)?\s*(?:是|为)?\s*[::]?\s*[A-Za-z0-9-]{3,}"),
    (Kind.EXPLAINED, r"(?<!\d)(?:1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|12338|12345)(?!\d)"),
    (Kind.EXPLAINED, rf"[\[(]?(?<!\d)(?:19|20)\d\d[\])](?:第)?\d+号(?:文件|文)?|{_HAN}{{0,4}}\[(?:19|20)\d\d\]\d+号(?:文件|文)?"),
    (Kind.ODD, rf"(?<![\d{_HAN[1:-1]}])负\s*{_N}|(?<=委)负\s*{_N}|(?<=[\x00:=\s])-\s*{_N}(?!\d*-)|[零一二三四五六七八九十百]+点[零一二三四五六七八九]+|(?<![一大过])半[名个人位](?!月|小时|天|年)|一打|[一两二三四五六七八九十]双|[0-9]+[lIOo]+[0-9]*|(?<![A-Za-z])[lO]+[0-9]+"),
    (Kind.PLAN, rf"{_DAY}月{_DAY}[日号]?(?:前|之前|以前)|{_DAY}[日号](?:前|之前|以前)|(?<!\d)\d{{1,2}}\.\d{{1,2}}前|{_DAY}月底(?:前|之前)|{_DAY}(?:天|周|个月|小时)(?:后|内|之后|以后)|{_WEEK}[一二三四五六日天]前"),
    (Kind.EXPLAINED, rf"(?<!\d)(?:\d{{4}}|二[〇零]{_D}{{2}})\s*[-/.年]\s*{_DAY}(?:\s*[-/.月]\s*{_DAY}[日号]?)?月?|(?<!\d)(?:19|20)\d\d年?(?!\d|[名个人位])"),
    (Kind.PLAN, rf"下个?{_WEEK}[一二三四五六日天1-7]"),
    (Kind.HEDGE, r"等[^,。;!\n]{1,7}(?:再|才|后|来人)(?:算|定|说|报|改联)?"),
    (Kind.HEDGE, r"(?<=\x00)得(?=[0-9一二三四五六七八九十两])"),
    (Kind.EXPLAINED, rf"在?原来的?\s*{_N}[名个人位]?的?基础上"),
    (Kind.EARLIER, rf"上上?个?{_WEEK}[一二三四五六日天1-7]?报"),
    (Kind.EXPLAINED, rf"(?<!\d){_DAY}月(?:{_DAY}[日号]?|份|底|初|末|中|[上中下]旬)?(?![名个人位])|于\s*\d{{1,2}}\.\d{{1,2}}(?!\d)|(?<!\d)(?:1[0-2]|0?[1-9])/(?:3[01]|[12]\d|0?[1-9])(?!\d)(?=开|日|号|的|选|[上下]午)"),
    (Kind.EXPLAINED, r"[NnDd]\d{1,9}(?!\d)|(?:附件|附表|(?<![代报])表|图|页码)\s*[0-9一二三四五六七八九十]{1,3}(?![0-9一二三四五六七八九十名个人位])|\d+号(?:的?通知|的?困难|文件|文)"),
    (Kind.EXPLAINED, rf"(?<![\d第]){_DAY}[日号](?!楼)(?:的大姐|的)?"),
    (Kind.EXPLAINED, rf"(?:早上|上午|中午|下午|傍晚|晚上|夜里|凌晨|晚|早)?{_DAY}(?:[点时](?!间|候)(?:{_DAY}分?|半|整)?|:\d\d(?:-\d{{1,2}}:\d\d)?)(?:左右|许)?"),
    (Kind.EXPLAINED, rf"(?:本|这|上个?)?(?:周|星期|礼拜)[一二三四五六日天1-7](?![名个人位])|半个?(?:天|月|年|小时)|[一两几]+(?:天|年)来?|大?半天|第\s*{_N}\s*(?:次|届|批|期|轮|季度|组|村民小组|支部|号|个|名|位|步)?"),
    (Kind.LABEL, r"\d{1,3}\s*(?:岁|周岁)(?:以[上下])?(?:的)?|\d+后"),
    (Kind.EXPLAINED, r"(?:这|有|做了|说|两|几)*[0-9一二两三四五六七八九十]+(?:件事情?|句话|点|方面|步走|大项)(?:[::])?"),
    (Kind.FOREIGN, r"[零一二三四五六七八九]{2,}(?:村|社区)(?![委民里口小])"),
    (Kind.PLACES, rf"(?:{_N}\s*个(?:行政)?|[0-9]+\s*|(?<![\u4e00-\u9fff]){_N}(?:行政)?)(?:村|社区|乡镇|乡|镇|街道)(?![委民里口小])"),
    (Kind.FOREIGN, r"每(?:个)?(?:行政)?(?:村|社区|乡镇|乡|镇|组|小组)|所有(?:的)?村|全部(?:的)?村"),
    # asking
    (Kind.CONFIRM, r"(?:对吗|是吗|对吧|是吧|对不对|是不是|行吗|可以吗)\??"),
    (Kind.ASKING, r"([\u4e00-\u9fff])[不没冇]\1|(?<=[了成好完办报搞选])(?:没有|没|不)(?=\?|$|[,。])|(?<=[0-9名个人])还是(?=[0-9一二三四五六七八九十])|是[^,。]{1,8}还是|(?<![好没十上过有0-9])几(?:个|名|人|位|号|点|时|月)|怎[么样]+"),
    (Kind.PLAN, r"(?:^|(?<=[\s,。;\x00联们我你她他村将还就都也定才便肯]))会(?=完成|选|新增|增加|有|报|搞|办|弄|做|达|尽|继续|努力|按|再|及时|全)"),
    (Kind.HEDGE, r"(?<=[0-9名个人位了成一二三四五六七八九十\x00])吧(?=$|[,。;!\s])"),
    (Kind.ORDER, r"(?:按照?|根据|依据|遵照|依照|照)[^,。;!\n0-9]{0,12}?(?:通知|要求|文件|安排|部署|规定|标准|指示|精神)(?:精神|要求)?"),
    (Kind.PLAN, r"等(?=\x00)|(?<=[了好完成])再(?:说|报|议|定|来)"),
    (Kind.PLAN, r"(?<=[^其当之名个人位\x00])中(?=$|[,。;!\s])"),
    (Kind.PLAN, r"快(?=[^,。]{0,6}(?:完成|好|完|选)(?:了|啦))"),
    (Kind.OWN, r"(?:我们?|咱们?|俺们?|阮|本|伲|我哋|偶们?|侬|阿拉|阮们|咱)(?:的|这个?)?(?:村|社区|乡|镇|街道|嘎查|苏木|连队|团场|团|连|居委会|县|区|市)(?:里|妇联|这边)?|全[村](?:共)?"),
    (Kind.TOTAL, r"(?:截至|截止)(?:到)?(?:今天|目前|现在|今日|本周|\x00+)?"),
    (Kind.PLAN, r"(?:没|不)(?:选)?够(?=[0-9一二三四五六七八九十])|差(?=[0-9一二三四五六七八九十])"),
    (Kind.STOCK, r"在原来|原来的?(?=[0-9])"),
)  # fmt: skip
"""In the order in which they are looked for."""

FROM_TO: Final = re.compile(
    rf"(?:由|从)(?:原来的?)?\s*(?P<n>{_N})\s*[名个人位]?\s*(?:增加?|变|升|扩大?|减少?|降|调整)?(?:到|至|为|成)\s*(?={_D})"
)
"""由5名增加到: what it was, and what it is now follows."""

NUMERAL_PLACES: Final = re.compile(
    r"[零一二三四五六七八九十百千万]{1,3}[\u4e00-\u9fff]{0,2}?(?:村(?![民委])|社区)"
    r"|(?<![本该我们各这全])[\u4e00-\u9fff]{2,5}?(?<![农进到驻政回有是全我们本该这的])(?:村(?![民委部里干妇两口])|社区|居委会|[乡镇](?![长里])|街道)(?!(?:妇联|党委|政府)?(?:的)?(?:各位|尊敬的)?(?:领导|主席|书记|干事|姐))"
    r"|(?:^|(?<=[\s,。;!]))(?![我咱俺本全各在到从])(?:(?!的)[\u4e00-\u9fff]){2,4}(?:县|市|省|区)(?![里级委长域])(?!(?:妇联|党委|政府)?(?:的)?(?:各位|尊敬的)?(?:领导|主席|书记|干事|姐))"
)
"""五一九社区, 不存在村: places that are not in her scope."""

_THINGS: Final = "次 场 遍 届 期 批 岁 楼 层 栋 票 页 张 份 分钟 小时 天 周 年 元 块钱 块 平方米 平米 平方 亩 公里 米 户 组 个小组 小组 间 台 把 件 条 套 本 瓶 箱 袋 斤 人次 项 步 桌 棵 头 只 支 幅 辆 个月 个星期 个礼拜 个小时 家 篇 期 道 双 名额 所 处 座 面 项工作"


@lru_cache(maxsize=64)
def things(ours: frozenset[str]) -> re.Pattern[str]:
    """Numbers of something that no indicator counts: 3次, 500元; `ours` are the unit words of the campaign."""
    others = sorted((w for w in _THINGS.split() if w not in ours), key=len, reverse=True)
    number = r"[0-9零一二三四五六七八九十百千万两.]+"
    return re.compile(
        rf"(?<![0-9零一二三四五六七八九十百千万两.约近]){number}\s*(?:{'|'.join(others)})(?![多几])"
    )


def list_marks(text: str) -> list[tuple[int, int]]:
    """`1. … 2. …`, `(1) … (2) …`, `一、 … 二、 …`, `1东山 2林屯`: counted up from 1, else they are values."""
    return _marks(text, _dotted) or _marks(text, _glued)


def _marks(text: str, of: object) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    at = 0
    for number in range(1, 21):
        mark = of(number).search(text, at)  # type: ignore[operator]
        if not mark:
            break
        if number == 1 and not re.fullmatch(r".{0,30}[:\n]\s*|[\s、]*", text[: mark.start()]):
            return []
        found.append(mark.span())
        at = mark.end()
    return found if len(found) > 1 or of is _dotted else []


@lru_cache(maxsize=32)
def _dotted(number: int) -> re.Pattern[str]:
    said = "零一二三四五六七八九十"[number] if number <= 10 else "\x00"
    start = r"(?:^|(?<=[\s,;。!:]))"
    one = rf"{start}(?:{number}(?:[.)、](?!\d)|\.(?=\s))|{said}[.、)])|\({number}\)|\({said}\)"
    return re.compile(one + (rf"|{start}{said}是" if number <= 5 else ""))


@lru_cache(maxsize=32)
def _glued(number: int) -> re.Pattern[str]:
    """`1会改联完成 2执委8名`: no word of counting behind, words before and after."""
    return re.compile(
        rf"(?:^|(?<=[\s:])){number}(?=(?![名个人位号月日点年户次周天楼组场张块条])[\u4e00-\u9fff])"
    )
