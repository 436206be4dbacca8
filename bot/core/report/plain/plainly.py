"""A folded line as if typed plainly: no dashes between words, no spaces between characters, no leading 上报."""

from __future__ import annotations

import re
from typing import Final

from bot.core.faces import SIGN
from bot.core.report.counts import staying
from bot.core.report.plain import (
    answered,
    breaths,
    by_ear,
    doubled,
    in_passing,
    in_speech,
    none_said,
    notes,
)
from bot.core.report.words import dialect
from bot.core.text import Line

_DASHED: Final = re.compile(
    r"(?:^|(?<=[,:!?\s]))(?:[一-鿿]+-){2,}[0-9]+[名个人位]?(?=$|[,。!~\s哈])"
)  # 会改联-完成-执委-6
_PAIRED: Final = re.compile(
    "(?<=[一-鿿])-(?=[0-9]+[名个人位]?(?:[(,;。~!\\s哈]|$)|已?完成)"
)  # 东山-12，念山-9
_SPACED: Final = re.compile(
    r"(?<![一-鿿0-9])(?:[一-鿿] ){3,}(?:[一-鿿0-9] )*[一-鿿0-9](?![一-鿿0-9])"
)  # 执 委 十 二 名
_COUNTED: Final = re.compile(r"(?<=[0-9]) (?=[名个人位户])|(?<=[一-鿿]) (?=[0-9]+ [名个人位户])")
_DIGIT: Final = "[0-9零〇一二两三四五六七八九十百]"
_APART: Final = re.compile(
    rf"(?<!{_DIGIT})(?<!{_DIGIT} )(?<![.、/-]){_DIGIT}(?: +{_DIGIT})+(?:(?P<counted> *[名个人位])|(?= *[吧啊哈呢。!~]*(?:$|[,;。!\n])))"
)
_BROKEN: Final = re.compile(
    r"(?<=[^0-9.、][0-9])\s*\n\s*(?=[0-9]{1,2}\s*[名个人位]\s*(?:$|[,。!~\s]))"
)
"""1⏎1名: one, or eleven?"""
_IN_A_ROW: Final = re.compile(
    "[\u4e00-\u9fff][ 、和]+[\u4e00-\u9fff]{2,}?(?:村|社区)?(?:新增|执委)*[ :]*$"
)
_LISTED: Final = re.compile(r"(?:^|[\s,。;])1[\s.、)]+[\u4e00-\u9fff][^:]*[^委增选有共为是: ] *$")


def _joined(found: re.Match[str]) -> str:
    """1 1 名, 二 十 一 名: one number; not 1 2名, 八 九 名, 念山 富美 8 9 名, nor what a list counts (1 会改联 2 8 名)."""
    before, said = found.string[: found.start()], found[0].replace(" ", "")
    number, counted = said.rstrip("名个人位"), (found["counted"] or "").startswith(" ")
    even = before[-1:] in ("", " ", ":", ",", "\n") if number.isascii() else _TENS & {*number}
    if _IN_A_ROW.search(before) or _LISTED.search(before):
        return found[0]
    if counted and even:
        return said
    return found[0].replace(" ", "~", 1) if len({*number}) == 1 else found[0]  # 1 1: 1, or 11?


_TENS: Final = frozenset("十百")
_ADDRESSED: Final = re.compile(
    r"^@[^\s@]{1,12}(?:妇联|主席|干事|领导|老师|姐)\s+(?=\S)|^(?:呈报|报送|报|致)\s*:?\s*[^\s,:。]{1,10}妇联\s*[:,\s]\s*"
)  # @政和县妇联 我乡…, 报政和县妇联：
_NUMBERED: Final = re.compile(
    r"^序号[\s:,|]*(?:[0-9]{1,3}[\s.,、|:]+)?|(?<=\n)[0-9]{1,3}[\s,.、|]+(?=[一-鿿])"
)  # 序号 村名 …, then 1 东山 12
_TO: Final = re.compile(r"^@[^\s@,:。]{1,16}[\s,:]+(?=\S)")  # @星溪乡妇联小陈 新增…
_SPOKEN: Final = re.compile(
    "(?<=[\u4e00-\u9fff0-9])(?:逗号|(?<!画上了)(?<!划上了)(?<![画划]上)(?<!圆满)句号|冒号|分号|顿号|感叹号|叹号|换行)(?![是为码])"
)
_SIGNS: Final = {
    "逗": ",",
    "句": "。",
    "冒": ":",
    "分": ";",
    "顿": "、",
    "感": "!",
    "叹": "!",
    "换": "\n",
}
_OPTION: Final = re.compile(r"□\s*[\u4e00-\u9fff]{1,5}|✓(?=\s*[\u4e00-\u9fff])")
_BOXED: Final = re.compile(
    r"[(\[]\s*[)\]]\s*[\u4e00-\u9fff]{1,5}|[(\[]\s*✓\s*[)\]](?=\s*[\u4e00-\u9fff])"
)
_BOXED_BEHIND: Final = re.compile(r"[\u4e00-\u9fff]{1,4}\s*[(\[]\s*[)\]]|[(\[]\s*✓\s*[)\]]")
_CHOICE: Final = re.compile(
    r"\(\s*(?:是/否|已/未|有/无|完成/未完成|已完成/未完成|人|名|人数|[^()]{0,6}打[✓勾钩]|请?填[^()]{0,5})\s*\)(?=\s*[:=])"
)
_SORT: Final = re.compile(r"(?<=[\u4e00-\u9fff])(?<!村)(?<!社区)\((村|社区)\)(?!\s*$)")
"""东峰（村）, 东峰（社区）."""
_EITHER: Final = re.compile(r"(?<=村)\((?:社区|居)\)(?=\s*[:=])")
"""村（社区）：松源村."""
_STAMP: Final = re.compile(r"\((?:(?:单位)?盖?公?章|盖章|签字|签名|必填|选填|手写)\)")
_FILLED_IN: Final = re.compile(
    r"(?:(?<=[:=])\s*|(?<=是否完成)(?=\()|(?<=会改联)(?=\(\s*[是已]))[(\[]\s*(是|否|有|无|(?:已|未)?完成|[0-9一二三四五六七八九十]+\s*[名个人位]?)\s*[)\]](?=\s*(?:[名人位]\s*)?(?:[,;。!\s]|$|新[增选]))"
)
"""是否完成：（是）; 新增执委：【12】."""
_CROSS: Final = re.compile(
    r"(?<=[村区])×|(?<=[\u4e00-\u9fff|:\s])×(?=\s*(?:[\u4e00-\u9fff,;。|]|\([^0-9]|$))"
)
"""西津村×: the cross of a form, and not 执委×12."""
_YES_OR_NO: Final = re.compile(r"(?<=[\u4e00-\u9fff]{2}[村区])[是否](?=\s*(?:[,;、。]|$))")
_FINISHED: Final = re.compile("^(?:会改联|区域化(?:建设)?)(?:是否完成|完成情况|情况)?\\s*[:,\\s]")
"""会改联：富美村是，念山村是，九蓬村否: the cells of a form."""
_COUNTERS: Final = re.compile(
    "(?<=[0-9一二两三四五六七八九十])(?:枚|员)(?=新?执委|女将|大将|猛将|新)"
)
_PLAYFUL: Final = re.compile(
    "(?P<led>(?:执委|新增|选[了出])[^,。;!\n0-9一二两三四五六七八九十]{0,4}[0-9一二两三四五六七八九十]+)(?:大?[枚员只朵颗条尊株]|大)(?=(?:又?(?:可爱|漂亮|能干|美丽|优秀|年轻|铿锵)的?)*(?:女将|大将|猛将|干将|虎将|好汉|女汉子|金花|玫瑰|花木兰|穆桂英|小姐姐|女神|仙女|美女|新星|巾帼|半边天))"
)
"""新增执委12朵金花, 执委十二员大将: said for fun."""
_ARROW: Final = re.compile(r"(?<=[0-9名个人位])\s*[-=]*>+\s*(?=[0-9])")
_WRONG: Final = re.compile("更正|改|错|误|修正")  # then 7→8 is no growth
_LAUGHED: Final = re.compile(r"(?<=[\u4e00-\u9fff0-9)+])(?<![打哈嘿嘻])[哈嘿]+[~!。\s]*$")
"""新增执委12名弃权哈: it says nothing, and hides how the sentence ends."""
_QUOTED: Final = re.compile(
    '(?<=关于)"([\u4e00-\u9fff]{2,8})"(?=[\u4e00-\u9fff]{0,12}(?:报告|汇报|情况|小结))'
    '|"([\u4e00-\u9fff]{0,4}(?:联|域化|执委)[\u4e00-\u9fff]{0,3})"(?=(?:工作|改革|建设)(?!完|已))'
)
"""关于“会改联”工作的报告, 按照“会改联”工作方案: a name, and nobody's words."""
_NOT_BUT: Final = re.compile(
    rf"(?P<n>{_DIGIT}[名个人位](?:新?执委)?)[ ,~]*(?:[哎啊哦欸诶呃]+[ ,]*)?不是[ ,~]*(?:应该?|其实)?[是系] ?(?={_DIGIT}+ ?[名个人位])"
)
"""15个 不是 是14个, where 不是14个 would be another thing."""
_HEAD: Final = re.compile(r"^(?:我要)?上报[\s:,]*")


def text_of(line: Line) -> str:
    """The folded text without a leading 上报, and as if typed plainly: what the spans of a reading count in."""
    text = by_ear.plain(none_said.plain(dialect.plain(line.text)))
    text = _LAUGHED.sub("", doubled.single(text))
    text = _HEAD.sub("", _TO.sub("", _ADDRESSED.sub("", text)))
    if "号" in text or "换行" in text:
        text = _SPOKEN.sub(_sign, text)
    text = _QUOTED.sub(r"\1\2", text) if '"' in text else text
    text = _NOT_BUT.sub(r"\g<n>,不对,是", text) if "不是" in text else text
    text = notes.plainly(_okay(line, text))
    text = staying.plain(_PLAYFUL.sub(r"\g<led>名", _COUNTERS.sub("名", text)))
    text = _CHOICE.sub("", text) if "(" in text else text
    text = _EITHER.sub("", text) if "(" in text else text
    text = _STAMP.sub("", text) if "(" in text else text
    text = _FILLED_IN.sub(_filled_in, text) if "(" in text or "[" in text else text
    text = _CROSS.sub("✗", text)
    if len(_YES_OR_NO.findall(text)) > 1 and _FINISHED.search(text):
        text = _YES_OR_NO.sub(lambda found: "✓" if found[0] == "是" else "✗", text)
    text = _SORT.sub(r"\1", text) if "(" in text else text
    if "✓" in text:
        text = _ticked(text)
    if _WRONG.search(text):
        text = _ARROW.sub(lambda found: "改".ljust(len(found[0])), text)
    if "-" in text:
        text = _DASHED.sub(lambda found: found[0].replace("-", ":"), text)
        if len(_PAIRED.findall(text)) > 1:
            text = _PAIRED.sub(":", text)
    if text.startswith("序号"):
        text = _NUMBERED.sub("", text)
    if " " in text:
        text = _SPACED.sub(lambda found: found[0].replace(" ", ""), text)
        text = _COUNTED.sub("", _APART.sub(_joined, text))
    if "\n" in text:
        text = _BROKEN.sub(lambda found: "~".ljust(len(found[0])), text)
    return breaths.parted(in_passing.without(in_speech.without(answered.plainly(text))))


def _okay(line: Line, text: str) -> str:
    """会改联[OK]: the face beside what it says is done, which is gone from the text."""
    if SIGN not in line.faces or not _OKAY.search(line.raw):
        return text
    return _OKAY_AT.sub("✓", text)


_OKAY: Final = re.compile(r"[联聯化設设]\s*(?:\[[Oo][Kk]\]|👌|🆗|/:ok)")
_OKAY_AT: Final = re.compile(r"(?<=改联|域化|建设)(?: |(?=\s*$))(?=\s*(?:$|[,。;!\n]|新|执委|选))")


def _filled_in(found: re.Match[str]) -> str:
    """是否完成（是）: as with a colon."""
    sign = found.string[: found.start()].rstrip()[-1:]
    return f"{found[1]} " if sign in (":", "=") else f":{found[1]} "


def _sign(found: re.Match[str]) -> str:
    """The mark that was said aloud (逗号), as long as its name."""
    return _SIGNS[found[0][0]] + " " * (len(found[0]) - 1)


def _ticked(text: str) -> str:
    """✓已完成 □未完成, (✓)是 ( )否: of a form's choices only what is ticked."""
    if "□" in text:
        return (_OPTION_BEHIND if _AFTER_WORD.search(text) else _OPTION).sub(_gone, text)
    if not _EMPTY.search(text):
        return text
    behind = _BEHIND.search(text)
    return (_BOXED_BEHIND if behind else _BOXED).sub(_gone, text)


_AFTER_WORD: Final = re.compile(r"^[^✓□]*[\u4e00-\u9fff][✓□]")
_OPTION_BEHIND: Final = re.compile(r"[\u4e00-\u9fff]{1,5}□|(?<=[\u4e00-\u9fff])✓")
_EMPTY: Final = re.compile(r"[(\[]\s*[)\]]")
_BEHIND: Final = re.compile(r"[(\[]\s*✓?\s*[)\]]\s*(?:$|[,;。!\n])")


def _gone(found: re.Match[str]) -> str:
    return " " * len(found[0])
