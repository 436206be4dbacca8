"""Other ways to say the claim itself, put plainly: 会改联办得漂漂亮亮, 拣咗9个执委, 项目：新增执委⏎人数：12, 执委7×执委8√.

Each is known as a whole and put as one would say it plainly before the sentence is read, as long as before; with a word more
(候选名单, 语音转的可能不对, 执委7√执委8√) it stays, and is judged with what is around it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Final

from bot.core.reading import Ask, Claim, Question

_N: Final = "(?:[0-9]{1,3}|[一二两三四五六七八九十百]{1,5})"
_W: Final = "[名个人位]"
_END: Final = r"(?=\s*(?:$|[,。;!\n)~]))"
_FIGURE: Final = "(?<=改联|域化|建设)"
_SO: Final = "[了啦哈啊呀哦呢嘛的咯]*"
_DONE: Final = "(?:已经?|都|全部?)*(?:完成|✓|[弄搞办做改][好完定])"
_WELL: Final = "板板正正|妥妥的|妥妥滴|妥妥|漂漂亮亮|漂亮|明明白白|清清爽爽|圆圆满满|顺顺利利|利利落落|规规矩矩|清清楚楚|干干净净|稳稳当当|舒舒服服|好好的|板正|立整|齐齐整整"
_EFFORT: Final = "紧赶慢赶|费了?[老好很不九牛二虎之少多大九]*(?:劲|力气|力|功夫|工夫|周折|口舌)|磨破了?嘴皮子?|(?:忙活|折腾|忙)了?(?:半天|好几天|好久|老半天)|三下五除二|说干就干|没(?:怎么)?费(?:什么|啥|多大|多少)?(?:劲|力气?|功夫|工夫|事)|没(?:过|用|花)?(?:多久|几天|两天|多长时间|半天)|不负所托|一举|一口气|一鼓作气|顺当地?|顺溜地?|顺风顺水地?|麻溜儿?地?|痛痛快快地?|利利索索地?|稳稳当当地?|扎扎实实地?|妥妥地|妥妥(?=完)"
_NOT_OURS: Final = "村党支纪团居常政编外省市县军民两管"
_NAME: Final = f"[\u4e00-\u9fff]{{0,5}}[^{_NOT_OURS}\\W\\d][委尾](?:人?数)?"
_ITEM: Final = "(?:项目|指标|名称|类别|内容|事项)(?:名称)?"
_COUNT: Final = "(?:人数|数量|数值|数字|数|结果|总数)"
_HEARD: Final = "(?:语音|听写|嘴说|口述|语音输入|语音识别)"

_ROWS: Final = tuple(
    (frozenset(chars), re.compile(pattern), plain)
    for chars, pattern, plain in (
        ("利痛杠", r"^(?:嘎嘎|贼|老|真|可|那叫一个)*(?:利索|麻利|痛快|杠杠的)[,!。]\s*(?=会?改联|区域化)", ""),
        ("任", rf"(?<=完成会改联|成了会改联|完成区域化|成了区域化)的?(?:工作|改革|建设)*任务{_END}", ""),
        ("总人数", r"(?<=新执委)(?:总人数|总数|人数|数)(?=\s*[:=]\s*[0-9一二两三四五六七八九十])", ""),
        ("中", r"(?<=执委),\s*中不中(?=$|[,。!\s])", ""),
        ("胜", r"胜利(?=完成|结束|收官)", ""),
        (
            "赶费磨忙折三说没不一顺麻痛利稳扎妥",
            rf"(?<=[联化设作务的,\s])(?:{_EFFORT}),?(?:就|才|便|也|都|终于|总算|已经?|全部?|给)*(?=(?:完成|拿下|搞定|[弄搞办做改整干][好完成妥定])(?:了|啦|咯|$|[,。;!]))",
            "",
        ),
        ("可", r"(?<=[联化设作事])可(?:算|算是|是)?(?=(?:完成|[弄搞办做改整干][好完成妥定])(?:了|啦))", ""),
        ("收", r"收尾工作(?=(?:也|都|已经?|全部?)*(?:完成|做完|结束|完毕|搞完|[弄搞做]好))", ""),
        ("yY", rf"{_FIGURE}\s*[:=]?\s*(?:yes|Yes|YES|Y|y){_END}", "✓"),
        ("oO", rf"{_FIGURE}\s*(?:已经?|is)?\s*(?:over|Over|OVER){_END}", "✓"),
        ("oO", rf"[,\s]+(?:over|Over|OVER){_END}", ""),
        ("道为托豪壕", r"(?<=[已都联化])(?:道位|到为(?=了))", "到位"),
        ("托", r"(?<=[弄办搞])托(?=了|$|[,。;!\s])", "妥"),
        ("豪壕嚎", r"(?<=[弄办搞])[豪壕嚎](?=了|$|[,。;!\s])", "好"),
        ("亮炉任位登履", r"(?<=[名个人位委])(?:全部|都|已经?|正式|闪亮|集体|全)*(?:亮相|出炉|上任|就位|登场|履新)了?(?=\s*(?:$|[,。;!:\n]))", ""),
        ("迎喜", rf"(?:迎来|喜迎|喜添|喜增|喜获)了?(?=\s*(?:新执委\s*{_N}{_W}|执委\s*{_N}{_W}|{_N}{_W}新?执委))", "新增"),
        ("确够", rf"(?<=执委)(?:确认|选够)了?(?=\s*{_N}{_W})", ""),
        ("搞", rf"(?<=[0-9]{_W})(?:都|全部?|已经?)*搞定了?{_END}", ""),
        ("值", r"(?<=新增)值为(?=\s*[0-9一二两三四五六七八九十]+[名个位人])", "执委"),
        ("报讯音", r"(?:^|(?<=[,。;!\s]))(?:捷报|快讯|简讯|佳音|喜报|快报|战报|报喜|大喜报)(?:传来)?[!:,。\s]+(?=[^?吗]*$)", ""),
        ("状现结", rf"{_FIGURE}(?:工作)?的?(?:状态|现状|结果|状况)(?=\s*[:=]?\s*{_DONE})", ""),
        ("OoKk欧哦", r"(?<=[弄搞办做改整])(?:OK|ok|Ok|oK|欧克|欧了|哦了|欧K)了?", "定了"),
        ("已", rf"{_FIGURE}\s*[:=]\s*已{_END}", "✓"),
        ("这那", rf"(?<=[,\s]会改联|[,\s]区域化)(?:的)?[这那](?:一?[项块件]|个|桩)?(?:事儿?|工作|任务)?{_SO}{_END}", ""),
        ("转", r"(?<=改联|域化)转过来(?=了)", "改好"),
        ("得", rf"(?<=[弄搞办做整改])得(?:是)?(?:{_WELL})的?(?P<so>{_SO}){_END}", "好\\g<so>"),
        ("妥板立漂", rf"(?<=[弄搞办做整改])(?:{_WELL})(?P<so>了{_SO}|(?<=的)){_END}", "好\\g<so>"),
        ("单班会队", rf"(?<=执委)(?:名单|班子|会|队伍)[里中上]?(?=新增\s*{_N}{_W}人?{_END})", ""),
        ("会", rf"执委会新增(?:(?P<kept>{_N}{_W})委员|委员(?P<n>{_N}{_W})){_END}", "执委新增\\g<kept>\\g<n>"),
        ("岗巾血", r"(?<=走上执委)的?岗位|巾帼(?=执委)", ""),
        ("血", rf"注入了?新鲜血液(?=\s*{_N}{_W})", "新增"),
        ("齐", rf"(?<=执委)齐刷刷(?=\s*{_N}{_W})", ""),
        ("暨", r"暨(?=选举产生|选[出了]|新增)", ","),
        ("进入", r"(?<=[进加选][了入])(?:村|妇联|的)*执委会", "执委"),
        ("人鲜", r"新(?:人|鲜出炉的?)(?=执委)|(?<=执委)新人(?=\s*[0-9一二两三四五六七八九十])", "新增"),
        ("组基级", r"(?<=新[增选])(?:妇联组织|基层妇联|基层|村级妇联|村级)的?(?=执委)", ""),
        ("鼓捯倒摆操料", r"(?:鼓捣|捯饬|倒腾|摆弄|操持|料理)(?=完|好|利索|妥|成)", "弄"),
        ("单", rf"(?:(?<=新[增选][^{_NOT_OURS}][委尾])|(?<=新[增选]执行委员)|(?<=新[^{_NOT_OURS}][委尾]))的?名单\(?(?:一共|总共|共|有|是|为|:)*\s*(?P<kept>{_N}{_W})\)?(?!报名|报了)", "\\g<kept>"),
        ("音写说述", rf"(?<=[0-9名个人位委成好完了])[,(\s]*(?:我|这|都|是|刚才?|用|系)*{_HEARD}(?:转写?|转换|转文字|输入|识别|打|录)*(?:出来|过来|成)?的(?:字|文字)?{_SO}\)?{_END}", ""),
        ("错", rf"[,(\s]+(?:我|刚才?|手)*(?:打|写|输|按|抖)错(?:字|别字)?了?[,\s]*(?:应该?)?是(?:新增)?执委[\s)]*{_END}", ""),
        ("音", rf"[,(\s]*{_HEARD}(?:识别|转|输入|打)*(?:错了?|错字了?|有误|不准),?(?:应该?)?[是为](?:新增)?执委[\s)]*{_END}", ""),
        ("塌搭归", r"一[塌搭]刮[子仔]|归里包堆|归[拢齐总](?=(?:有|是)?\s*[0-9一二两三四五六七八九十])", "一共"),
        ("招纳晋募收", r"新(?:招|纳|晋|募|吸收|招募|招收)(?=的?执委)", "新选"),
        ("落", rf"(?<=执委)(?:共|已|已经)?落实了?(?=\s*{_N}{_W})", ""),
        ("人", r"(?<=[0-9一二两三四五六七八九十百][个名位])人(?=选[上进为入])", ""),
        ("(", rf"(?P<kept>新增的?[\u4e00-\u9fff]{{1,3}}(?![委尾])[\u4e00-\u9fff])\(\s*(?P<n>{_N}[名个位人户])\s*\)", "\\g<kept> \\g<n> "),
    )
)  # fmt: skip
"""Characters of which any such phrase holds one, what it looks like, and what it says."""


_ITEMS: Final = (
    re.compile(
        rf"(?P<a>{_ITEM})[:=]\s*(?P<name>{_NAME})(?P<gap>[\n,;]\s*){_COUNT}[:=]\s*(?P<n>{_N}{_W}?){_END}"
    ),
    re.compile(
        rf"(?:^|(?<=[\n,;。]))\s*{_COUNT}[:=]\s*(?P<n>{_N}{_W}?)[\n,;]\s*{_ITEM}[:=]\s*(?P<name>{_NAME}){_END}"
    ),
)
"""项目：新增执委⏎人数：12, in either order: a form that names its columns in each row."""
_STATE: Final = re.compile(
    rf"{_ITEM}[:=]\s*(?P<name>会改联|区域化(?:建设)?)[\n,;]\s*(?:状态|进度|进展|结果|情况|完成情况|是否完成)[:=]\s*(?P<n>已?完成|✓|是){_END}"
)
"""项目：会改联⏎状态：已完成."""
_CROSSED: Final = re.compile(
    rf"(?P<name>[\u4e00-\u9fff]{{0,3}}[^{_NOT_OURS}\W\d]委)\s*{_N}{_W}?\s*[×✗][,;、\s]*(?=(?P=name)\s*{_N}{_W}?\s*✓)"
)
"""执委7× 执委8✓: what is crossed out, beside what is ticked."""

_OTHER: Final = re.compile(
    rf"{_ITEM}[:=]\s*(?P<a>[^,;\n]{{1,10}})[\n,;]\s*{_COUNT}[:=]\s*{_N}|{_COUNT}[:=]\s*{_N}{_W}?[\n,;]\s*{_ITEM}[:=]\s*(?P<b>[^,;\n]{{1,10}})"
)


def doubts(text: str, claims: Sequence[Claim]) -> list[Question]:
    """人数：12⏎项目：参会: a number that a form says is of something else."""
    if "人数" not in text and "数量" not in text and "数值" not in text:
        return []
    other = any(
        not re.fullmatch(
            rf"{_NAME}|[^,;\n]*(?:改联|区域化|建设)", (found["a"] or found["b"]).strip()
        )
        for found in _OTHER.finditer(text)
    )
    told = [c for c in claims if isinstance(c.value, int)]
    return [Question(Ask.INDICATOR, c.span, c.indicators) for c in told] if other else []


def _put(plain: str, found: re.Match[str]) -> str:
    return found.expand(plain).ljust(len(found[0]))


def _item(found: re.Match[str]) -> str:
    """新增执委:12, with as many places."""
    return f"{found['name']}:{found['n']}".ljust(len(found[0]))


def plainly(text: str) -> str:
    """The text with such phrases put plainly, as long as before."""
    signs = frozenset(text)
    for chars, pattern, plain in _ROWS:
        if not chars.isdisjoint(signs):
            text = pattern.sub(partial(_put, plain), text)
    if "委" in signs and ("数" in signs or "果" in signs):
        for form in _ITEMS:
            text = form.sub(_item, text)
    if "联" in signs or "域" in signs:
        text = _STATE.sub(_item, text)
    if "✓" in signs and ("×" in signs or "✗" in signs):
        text = _CROSSED.sub(lambda found: " " * len(found[0]), text)
    return text
