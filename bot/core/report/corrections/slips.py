"""How people take back a number in the breath in which they said it: 执委12名，哎呀手滑，13名."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.core import numerals
from bot.core.reading import Claim
from bot.core.report.plain import blank

_D: Final = "[0-9零〇一二三四五六七八九十百千两廿卅俩仨壹贰叁肆伍陆柒捌玖拾]"
_N: Final = rf"{_D}+\s*[名个人位]?"
_ERR: Final = "错|混|反|岔|快|早|漏|少|多|串|重|花|急|偏|乱|劈|茬|歪|窜|糊涂|顺嘴|溜"
_SAY: Final = "说|写|打|报|整|数|算|记|填|看|弄|搞|发|输|录|按|念|统计|登记?|抄|点|加|想|听|敲|讲"
_LOOK: Final = "核实?|核对|复核|核查|数|清点|点|统计|算|查|查看|确认|问|对|看|翻|合计|捋|盘|比对"
_WHAT: Final = "会议记录|名单|名册|花名册|会计|文书|书记|主任|登记表|登记本|本子|底册|表|台账|票|记录|人头|村里|老王|老李"
_AH: Final = "哦|噢|喔|呃|额|嗯|啊|哎呀?|唉呀?|呸|哎哟|哟|欸|诶|嘿|哈|晕|嗨|呀|咦|嗐|咳|艾玛|妈呀|我的天|天哪|坏了|糟了|完了完了"
_SLIP: Final = "|".join((
    rf"(?:刚才?|刚刚|上面|前面|上一?[句条]|那个|这个|那条|这条|我|又|再|是|不小心|一不小心|可能|给)*(?:{_SAY})(?:的|得|了|成)?(?:太)?(?:{_ERR})(?:了|啦|咯|行|嘴)?(?:[一1两2俩仨](?:[个名位人行]|)|[个名位人行])?(?:了)?",
    rf"(?:主席|书记|主任|会计|文书)(?:刚才?|刚刚)?说(?:我)?(?:{_SAY})错了",
    r"没(?:打|写|说|发|输|按)(?:完|全|上|出来)了?",
    r"(?:看)?走眼了?|(?:脑子|脑袋)(?:短路|进水|抽筋)了?|(?:键盘|手机|输入法|屏幕)(?:粘住|卡住?|抽风|失灵|不灵|坏|乱跳)了?",
    r"(?:瞎|胡|乱)(?:说|打|报|写|按|讲)了?",
    rf"(?:语音|手机|输入法|系统)?(?:识别|翻译|转换?)(?:成了?{_N}|错)?了?",
    rf"(?:{_SAY})成(?:了)?{_N}?(?:了)?|把{_N}(?:{_SAY})成了?{_N}了?",
    r"(?:刚刚?|刚才|才|又)*(?:发现|发觉)[^,。;!\n0-9]{1,8}(?:重复|算重|重|漏|不符|不算|多算|少算)(?:了|算|条件|掉)*",
    r"(?:把|还有|忘了?|漏了?)[^,。;!\n0-9]{1,8}(?:忘|漏|算|落|丢|数)(?:了|掉|进去|下|上|漏|重)*",
    rf"(?:{_SAY})?(?:漏|忘|落|少算|少数|少报|没算|没数)(?:了|掉|算|数|报|写)+[^,。;!\n0-9]{{1,6}}",
    r"[^,。;!\n0-9]{1,12}(?:漏|忘|落|丢)(?:了|掉)*(?:没)?(?:算|数|报|写|加|记)(?:进去|上|了)?",
    rf"(?:我)?(?:又|刚|还)?(?:少|多|漏|重复?|落|忘)(?:{_SAY}|了|掉)+(?:[一1两2]?[个名位人])?(?:了)?(?:{_D})?",
    r"(?:手|嘴|口|笔|脑子?|眼睛?|老眼|头|人)(?:一)?(?:快|滑|误|抖|瓢|花|拙|糊涂|昏|抽|残|溜|贱|欠|笨|忙脚乱|晕|老|神不好)(?:了|啦|眼花)?",
    r"(?:瞧|看|你看|瞅)?我?(?:这|个)?(?:记性|脑子|眼神|眼睛|手|嘴|老花眼)(?:啊|真是|不行|不好|呀|哟|差|太差|不中用)*(?:了)?",
    r"(?:刚才?|刚刚)?(?:我)?(?:真是|真|又|老|有点|这|给)*(?:糊涂|昏头|老眼昏花|眼花|迷糊|晕头|马虎|粗心|大意|犯迷糊)(?:了|啦)?",
    rf"(?:我|重新|从新|再|又|刚|后来|刚刚|刚才|仔细|回头|细|这才|一|跟|和|找|让|跟?会计|村里|认真)*(?:核实|核对|复核|清点|(?<=[再又新来头])(?:核|数|点|查|算)(?=[,。…\s])|(?:{_LOOK})(?:实|了|过|完|一|下|遍|次|数|点|对|查|看|清|清楚|仔细|准|{_WHAT})+)(?:之后|以后|后|发现|才发现|才知道|下来|才对|出来)?",
    r"(?:最|更)?(?:准确|正确|确切|真实|精确|确实|实际上?|应该|最后|最终|正式)(?:的|地|来)?(?:说|数|数字|数据|人数|讲)?(?:应该|应)?",
    r"等(?:等|下|一下|会儿?|一等)|慢着|且慢|稍等|打住|停|(?:说|写|看|弄|搞|打)?(?:颠?倒|反)了|重来|重报|重说|(?:我|让我|来)?更正(?:一下|为|下)?|纠正(?:一下|下)?|订正|修正|(?:我|让我)?改(?:为|成|一下|下|一改)?|划掉|删(?:掉|了)?|撤回|作废|不算|忽略|不作数",
    r"不(?:对|中|是(?=[,。!…~])|不|好意思|(?=[,。!…~]))|错(?:了|啦|咯)?|对不[起住]|抱歉|见谅|失误|有误|sorry|Sorry|sry|打扰|不准|唔[系对啱着]|[勿弗毋][对着是]|不作数|不算",
    r"(?:下面|以下)?(?:这个|这条)?(?:才|为)(?:对头|对|准|是)",
    rf"(?:{_AH})(?=[,。!…~.\s]|应?该?是)",
    r"(?:手机|输入法|语音|系统|软件)(?:给|又|它)?自[动己](?:给)?(?:改|纠|联想|跳|填|弹)(?:错|正|掉|出来)?的?了?|口音(?:太|有点)?重了?|口音问题",
    r"(?:人|年纪)?(?:老|大)了",
    r"实际上?(?:新增|新选)了?",
))  # fmt: skip
_SLIPPED: Final = rf"(?:(?:{_AH})?(?:{_SLIP})(?:了|的|吧|啊|哈|呢|呀)?[,。!…~.\s-]*){{1,4}}"

TAKEN_BACK: Final = rf"(?=[吧啊了的哈不有哎哦噢呃,。;!…~:(\s.-])(?:(?<=[0-9零一二三四五六七八九十百千两名个人位])|(?<=[名个人位]执委)|(?<=[名个人位]新执委)|(?<=[名个人位]新增执委)|(?<=[名个]妇女之家))[吧啊了的哈]?(?:[,。;!…~:(\s.-]+(?<!\d\.)|(?=不实,|有误,|不对,|不是,|[哎啊哦噢呃]不,)){_SLIPPED}(?:那?就?是|系|为|有|应为|应是|该是|实为|实是|应作|一共|总共|拢共|统共|共|:)*(?<!个)(?:(?<![错漏多少重反数报算写记]了)|(?![一1两2俩][个名位人]))(?:(?<!{_D})|(?!{_D}))(?=\s*{_D})(?!一?个\s*[0-9](?![0-9名个人位]))(?!{_N}\s*(?:是|都是)?(?:党员|代表|主席|副主席|团员|群众|岁|户|次|天|点|月|日|号))"
"""Words between two numbers that take back the first: 12名，写错了，13名; 12……哦，13."""

OF_ONE: Final = rf"(?:(?<=\x00{_D}[名个人位])|(?<=\x00{_D}{_D}[名个人位]))(?:写|打|说|报|记|填|算|数)[错多少]了?[,\s]*(?:应该?是|应为|实际是?|改[成为]?|是)(?=\s*{_D})"
"""念山12名，富美9名报错了，改成10名: takes back the number of the unit before it, and none of another."""

_LATELY: Final = "(?:刚才?|刚刚|上一?[次回条]|前面|上面|早上|上午|中午|下午|昨天|昨晚|之前|此前|前期|原(?=上?报|填)|先前|前头|原来|原先|上周|前天|今早|早先|头先)(?:那条)?"
_SIGN: Final = r"(?=$|[\s,。;!)])"
ASIDE: Final = (
    rf"[,(]\s*{_LATELY}(?:的|那条|那个|我|写|打|上|所|报|填|发|说|输)*{_N}(?:是|都|系)?(?:我)?(?:统计错误|统计失误|误报|手滑|手快|笔误|口误|手误|作废|不作数|旧的?|(?:[打写报填发说输])?错|有误)(?:了|的)*[)]?(?=[,。!~\s]|$|哈)"
    rf"|[,(]\s*(?:刚才|刚刚|刚|上条|前面)?(?:手滑|手快|手误|眼花|糊涂)?(?:打|写|说|报|记|填|看|按|发|输)成(?:了)?{_N}了?[)]?(?=[,。!~\s]|$|哈)"
    rf"|[(](?:(?:原来?|本来|[之此]前|先前|上次|前面)[误错]?)?(?:写|报|填|说|打|记)(?:的|成|了|为)?(?:是)?{_N}(?:是|有)?(?:误|有误|错了?|不对)?[)]"
    rf"|(?<=[0-9名个人位])[,(\s]+(?:刚才的?|刚刚的?|前面的?|上面的?|那个)?{_N}(?:那个)?是(?:我)?(?:写错|打错|说错|报错|记错|填错|算错|数错|错)了?的?[)]?(?=[,。!~\s]|$|哈)"
)
"""执委11名，12是写错的: beside the number that holds."""
DROPPED: Final = rf"(?:刚才?|刚刚|前面|之前|上面|上次|原来|我|发|说|报|写|打|填|的|那个|那条|数|是|执委)*{_N}(?:这个|那个)?(?:是)?(?:我)?(?:不作数|不算数?|作废|无效|错的|(?:写|打|说|报|记|填|算|数|看|念|发)错了?的?|(?:写|打|说|报|记|填|算|数)[多少]了(?=[,\s]*(?:应该?是|应为|实际是?|改[成为]?|是)\s*{_D})|不对的?|有误|不实|不准|不符|是错的|旧数|老数|(?:原来|之前|上次|上周|上回|昨天)的(?:数字?)?){_SIGN}"
"""12不作数, 12是写错的: a number that is named to be dropped."""

_HEARD: Final = "[一二两三四五六七八九十百0-9]+"
_NOT_THAT: Final = re.compile(
    rf"(?P<n>(?P<a>{_HEARD})[名个位])(?P=n)[啊哈哦呀嘛了,]*(?:可|并)?不是(?:说)?(?P<b>{_HEARD})[名个位](?![名个位0-9一二两三四五六七八九十])"
)
_BUT_THAT: Final = re.compile(
    rf"(?<![一二两三四五六七八九十百0-9])(?P<a>{_HEARD})[名个位]?[啊哈哦,]*不是(?P<n>(?P<b>{_HEARD})[名个位])(?P=n)(?![不0-9一二两三四五六七八九十])"
)
_SPELT: Final = re.compile(
    r"(?P<said>(?P<n>[一二三四五六七八九])[名个位])(?:[啊哈哦呀,]*就?是(?P=said))?[啊哈哦呀,]*(?:就?是)?一二三四?五?六?七?八?九?的(?P=n)"
)


def twice(text: str) -> str:
    """十四名十四名啊不是四十名, 十一不是十二个十二个, 四名是四名一二三四的四: the number that was said twice is meant.

    As long as before; once said each, 不是 may take back either and both stay.
    """
    if "是" not in text:
        return text
    text = _NOT_THAT.sub(lambda m: m[0] if m["a"] == m["b"] else _kept(m, m["n"]), text)
    text = _BUT_THAT.sub(lambda m: m[0] if m["a"] == m["b"] else _kept(m, m["n"]), text)
    return _SPELT.sub(lambda m: _kept(m, m["said"]), text)


_IN_DIGITS: Final = re.compile(
    rf"(?:(?<=[名个位人])|(?<=是十[一二三四五六七八九]))[啊哈哦呀嘛,]+(?:就?是)?(?P<digits>[零一二三四五六七八九]{{2,3}}|[两三]个[一二三四五六七八九])的(?P<n>{_HEARD})(?=$|[,。;!啊哈呢])"
)


def in_digits(text: str) -> str:
    """十四个，一四的十四, 十一名，两个一的十一: without the digits that say which number is meant, if they are its own."""
    return _IN_DIGITS.sub(_spelt, text) if "的" in text else text


def _spelt(found: re.Match[str]) -> str:
    digits = re.sub("([两三])个(.)", lambda m: m[2] * (2 if m[1] == "两" else 3), found["digits"])
    own = "".join(str("零一二三四五六七八九".index(one)) for one in digits)
    return " " * len(found[0]) if int(own) == numerals.value(found["n"]) else found[0]


def _kept(found: re.Match[str], number: str) -> str:
    return number + " " * (len(found[0]) - len(number))


_OFF: Final = re.compile(
    rf"(?<=[0-9零一二三四五六七八九十百名个人位委])[,。;!…~ ]+(?:{_AH})?[,。…~ ]*(?:刚才?|刚刚|前面|上面|我|又|再|好像|可能|不小心)*"
    rf"(?P<more>(?:多|重复?)(?:{_SAY})+|重复了|重了)?(?P<less>(?:少|漏|落)(?:{_SAY})+|[漏落](?:了|掉)?)?(?P<bare>[多少](?=[了掉]))?(?P<gone>(?:又|后来|也)?(?:走|退|辞|离|搬|嫁|缺|扣|减)(?:了|掉|走|出|职|去)+)?(?:了|掉|的|进去)*(?P<by>{_D}+)\s*[名个人位](?:执委|姐妹|人)?(?:了|吧|啊|呢|没[报写算]|进去)*(?P<who>[^,。;!\n0-9]{{1,10}}的)?(?=\s*(?:[。!~…?]|$|[,;][^0-9一二两三四五六七八九十]*$))"
)


_WAS: Final = re.compile(
    rf"(?:原先?|原来|先前?|初|此前|之前|上次|前面|最初|起先)(?:已|上|填)*(?:报|填|写|说)(?:的|了|成|为|是|有|送)*(?P<of>[^,。;!\n0-9零一二两三四五六七八九十]{{0,8}}?)(?P<was>{_D}+\s*[名个人位]?)(?P<named>(?:新增?的?)?执委)?"
    rf"[,。;(\s]+(?:[漏少多][^,。;!\n]{{1,6}}[,。;\s]+)?(?:我们?|村里|会计)*(?:现在?|后来?|经|今|实际|应|其实|实|重新|正确|核实?|复核|核对|更正|改)[现今已经重新再核实对复查改更正报应该际其数准确的后来为是有成到了]*(?:执委)?(?=\s*{_D})"
)


def _was(text: str) -> str:
    """新增执委原报11名，现核实为12名: without the number that was told before."""
    found = _WAS.search(text) if "报" in text or "填" in text or "写" in text else None
    if found is None:
        return text
    kept = [found.span(one) for one in ("of", "named") if found[one]]
    start, end = found.span()
    told = "".join(
        text[at] if any(a <= at < b for a, b in kept) else " " for at in range(start, end)
    )
    return text[:start] + told + text[end:]


def off(text: str) -> tuple[str, tuple[int, ...]]:
    """The text without 多写了一个, 漏了两名 behind a number, and by how much that number may then be off: -1, +2; 少了一个: either."""
    text = _was(text)
    if (left_out := _LEFT_OUT.search(text)) and _VALUED.search(text[: left_out.start()]):
        text = blank.span(text, *left_out.span())  # 八个，不是，九个，我自己没算进去
    digit = _DIGIT.search(text) if not _OFTEN.isdisjoint(text) else None
    if digit is not None and _VALUED.search(text[: digit.start()]):
        text = blank.span(text, *digit.span())  # 新增11名，不是1名，少打一个1
    found = _OFF.search(text) if not _OFTEN.isdisjoint(text) else None
    by = numerals.value(found["by"]) if found else None
    if found is None or by is None:
        return _left(text), ()
    if _MENDED.search(text[: found.start()]):
        explains = _VALUED.search(text[: found.start()]) is not None
        return (blank.span(text, *found.span()) if explains else text), ()
    ways = (
        [-by] * bool(found["more"] or found["gone"])
        + [by] * bool(found["less"])
        + [-by, by] * bool(found["bare"])
    )
    if len(ways) == 0 or (found["more"] and found["less"]):
        return text, ()
    return blank.span(text, *found.span()), tuple(ways)


_DIGIT: Final = re.compile(
    rf"[,。;\s]+(?:刚才|我)?[少多漏重](?:打|写|按|输|敲)了?(?:一个|个)?{_D}(?![0-9名个人位])(?=$|[\s,。;!)~哈啊呢])"
)
_LEFT_OUT: Final = re.compile(
    r"[,。;\s]+(?:刚才?|刚刚|我|又|把|忘了?)*(?:自己|本人|我)?(?:都|也|给)?(?:[没忘漏少落](?:了|有|记)*(?:把|给)?(?:我|自己|本人)*(?:算|数|报|写|加|记)?(?:进去|进来|进|上|掉|了|我)*)(?=$|[,。!~])"
)
_MENDED: Final = re.compile("不对|错|更正|改(?!联)|应|[哦噢啊]不")
_VALUED: Final = re.compile(
    rf"(?:不对|错|更正|改(?!联)|应|[哦噢啊不]不|不是|[.…~-]{{2,}}\s*是)[^,。;!\n]{{0,4}}[,。\s]*[^,。;!\n0-9]{{0,6}}{_N}$"
)
"""…，哦不，7名，漏了一个: the number is mended already."""


_LEFT: Final = re.compile(
    rf"(?P<first>{_D}+)\s*[名个人位](?P<gone>[,。;\s]+[^,。;!\n0-9]{{0,4}}?(?:退|辞|走|减|去|少|不干|不来)?(?:掉|出|了|下来|下)*(?P<by>{_D}+)\s*[名个人位](?P<why>[^,。;!\n0-9]{{0,12}})[,。;\s]+)(?:最[后终]|实际|现在|就|还|只|剩|目前|所以)+(?:是|有|剩|新增|新选|选了)*(?:执委)?\s*(?P<last>{_D}+)"
)
_WENT: Final = re.compile("退|辞|走|减|去掉|少了|不[干来当做肯愿]|嫁|搬|病")


def _left(text: str) -> str:
    """8名，有1名做不来退了，最后新增7名: without the first number, if what went leaves the last."""
    found = _LEFT.search(text) if not _OFTEN.isdisjoint(text) or "不" in text else None
    if found is None or not _WENT.search(found["gone"]):
        return text
    first, by, last = (numerals.value(found[one]) for one in ("first", "by", "last"))
    if first is None or by is None or last != first - by:
        return text
    return blank.span(text, found.start(), found.end("gone"))


_OFTEN: Final = frozenset("多少漏落重走退辞离搬嫁缺扣减")

SURE: Final = rf"以(?=\s*{_N}\s*为准)"
HOLDS: Final = rf"按(?=\s*{_N}\s*(?:记|算|报|登记|来|上报))"
"""以11为准, 按13记: the number that follows is the one that holds."""
BEFORE: Final = rf"(?<=[,。;!:\s])(?:前面|前头|刚才|刚刚|之前|上次|昨天|先前|上一[条次]|早上|上午)(?:那个|那条|我)?(?:报|写|说|打|填|发)?(?:的)?(?:数字?|数据)?(?:不算|不作数|不要|作废|别记|(?:{_N})?(?:是)?(?:不对|错|有误|搞错))(?:了|的)?(?=$|[。!])"
"""执委应为13，前面报错了: what was said in a message before was wrong, this is not."""

VOID: Final = rf"(?:请|麻烦|帮忙?)?(?:撤回|作废|忽略|删掉?|划掉)(?:我|了)?{_LATELY}我?(?:报|写|填|说|发)?(?:的|那条|那个|那句|数|消息)*(?=[,;。!\s]+[^\s])|(?:^|(?<=[,。;!:\s]))(?!上面说){_LATELY}[^,。;!\n话就批如]{{0,18}}(?:不作数|不算数?|作废|无效|不要了|忽略|撤回)(?:了|吧|的)?(?=[,。;!\s]+[^\s])"
"""刚才那个数作废，新增执委10名: what follows holds."""
WAS: Final = rf"{_LATELY}我?(?:报|写|填|说|发)(?:的|了|成)?(?:是)?(?:还)?(?:没有?|未|尚未)(?:完成|[弄办搞改做]好)(?:的)?(?=[,\s]*(?:现在|其实|实际|今天|已经?|更正|改))"
"""先前报的没完成，现在改为已完成."""
OF_ANOTHER: Final = rf"{_LATELY}我?(?:发|报|写|填|说)的?(?:那个|是)*(?:{_N})?(?:执委)?是[^,。;!\n]{{1,6}}(?:村|社区)的?[,。\s]*我?(?:发|报|写|填|搞|弄|看)错了?(?=[,。\s])"
"""前面发的8名是隔壁村的，发错了."""

_INSTEAD: Final = rf"[,。;\s]+(?:是|(?:现在?|我|的|数|重新|新增|新选|执委)*(?:更正|改|应|实际|其实|正确|准确)(?:该|当|上|的|数|是|为|成|到|新增|新选|执委|选了?)*)\s*{_D}"
COUNTED_WRONG: Final = (
    rf"(?<![,。;!:\s])(?:[多少漏]|重复?)(?:{_SAY})+了?(?:{_D}[个名位]人?)?(?={_INSTEAD})"
)
"""上次执委多报了一个，改成11名: what follows holds."""
WHEN_WRONG: Final = rf"{_LATELY}(?:我?(?:报|填|写|发)的)?(?=[^,。;!\n0-9]{{0,10}}?{COUNTED_WRONG})"

INTO: Final = rf"(?<=[,。;!:\s])(?:把|由|从)?{_N}(?:执委)?(?:应该?|要|请)?(?:改|更正|修改|调整|订正)(?:为|成|到|作)?(?=\s*{_D})"
"""12名。手抖，12改为13."""
AGAIN: Final = r"(?<=[0-9名个人位])[-,.\s…]+(?:不算|不对|错了?|写错了?|报错了?|说错了?|[^,。;!\n0-9]{0,12}(?:漏|忘|落|丢)(?:了|掉)*(?:没)?(?:算|数|报|写|加|记)?(?:进去|上|了)?)[-,.\s…]+(?=(?:新增?|新选)?执委)"
"""执委7——不算——执委8."""


def off_by(claims: list[Claim], ways: tuple[int, ...]) -> list[Claim]:
    """12名，多写了一个: 11, or 12 after all?"""
    last = next((c for c in reversed(claims) if isinstance(c.value, int)), None) if ways else None
    if last is None or not isinstance(last.value, int):
        return []
    return [replace(last, value=last.value + by) for by in ways if last.value + by >= 0]
