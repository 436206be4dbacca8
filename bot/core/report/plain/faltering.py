"""How people falter: a number stuttered or said again, a word begun twice, a stop to think; 十，十，十三个; 八个，对，八个; 我想想啊，九个.

Of such words the last counts. They are blanked out, or put as a plain 不对, before anything else is read, since a doubt would take the
broken-off number for another one. As long as before.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.core import numerals
from bot.core.report.plain import blank

_D: Final = "[0-9零一二两三四五六七八九十百]"
_N: Final = rf"{_D}+\s*[名个人位]?"
_STOP: Final = r"[,.…~\s]+"
_END: Final = r"(?=(?:新?执委)?[啊呀哈哦嘛呢了的]*(?:$|[,。;!~\s]))"
_SAY: Final = "(?:说|讲|报|写|打|算|数|记|填|弄|搞|看)"
_WELL: Final = "(?:啊|哦|噢|喔|呃|额|嗯|诶|欸|唉|哎呀?)"
_DONE: Final = "(?:已经?|都|全部)*(?:完成|[办弄搞做改][好完])了?的?(?=$|[,。;!~\\s]|[办弄搞做改完])"
_VALUE: Final = rf"(?:新[增选]的?)?(?:执委)?(?:人数)?(?:应该?)?(?:是|为|有|一共|共|:)*\s*{_N}{_END}"


def _same(found: re.Match[str]) -> str:
    """八个，对，八个: once, and not what she said before it; two numbers that differ stay."""
    first, again = numerals.value(found["n"]), numerals.value(found["m"])
    if first is None or first != again:
        return found[0]
    start, end = found.start("n") - found.start(), found.start("sure") - found.start()
    return " " * start + found[0][start:end] + " " * (len(found[0]) - end)


def _turned(found: re.Match[str]) -> str:
    """不对 in place of a word that only stops her."""
    which = "a" if found["a"] else "b"
    start, end = found.start(which) - found.start(), found.end(which) - found.start()
    return found[0][:start] + "不对".ljust(end - start) + found[0][end:]


def _comma(found: re.Match[str]) -> str:
    """A comma in place of group `a`."""
    return found[0][: -len(found["a"])] + ",".ljust(len(found["a"]))


def _repaired(found: re.Match[str]) -> str:
    """Without the number that an interjection takes back."""
    return found["lead"] + " " * len(found["gone"])


def _typed(found: re.Match[str]) -> str:
    """多打了 for 打多了."""
    return found["how"] + found["say"] + found[0][2:]


_Told = Callable[[re.Match[str]], str]
_ROWS: Final[tuple[tuple[frozenset[str], re.Pattern[str], _Told], ...]] = tuple(
    (frozenset(chars), re.compile(pattern), told)
    for chars, pattern, told in (
        # 十，十，十三个
        (
            "十百",
            rf"(?<![0-9零一二两三四五六七八九十百到至约近初第上])(?P<one>[一二三四五六]?十|一百)(?:{_STOP}(?P=one))+{_STOP}(?=(?P=one)零?[一二三四五六七八九]十?[名个人位]{_END}(?![^\n]*(?:都|或|可能)))",
            blank.match,
        ),
        # 是，是十二名; 有……有十三个
        (
            "是有共增委",
            rf"(?:^|(?<=[,。;!\s.…])|(?<=执委)|(?<=村))(?P<one>就?是|有|一共|总共|共|新增执委|新增|我们村|选了)(?:{_STOP}(?P=one))*{_STOP}(?=(?P=one)[^,。;!\n]*{_D})",
            blank.match,
        ),
        # 七个，哦八个，对，八个
        (
            "对嗯是错确遍",
            rf"(?:(?<![一了打多少漏按写]个)(?<![0-9零一二两三四五六七八九十百第])(?P<was>{_N}[啊呀哈哦]*{_STOP}{_WELL}*[,.…\s]*))?(?<![一了打多少漏按写]个)(?<![0-9零一二两三四五六七八九十百第])(?P<n>{_D}+)\s*[名个人位]?(?P<sure>(?:新?执委)?[啊呀哈哦]*{_STOP}(?:我?再?(?:重复|说|讲)一遍|(?:对|嗯|没错|是的?|就是|确定)+)(?:{_STOP})?(?:对|就?是)*(?P<m>{_D}+)\s*[名个人位]?){_END}",
            _same,
        ),
        # 会改联还没，呃不是，已经完成了
        (
            "是快哦噢啊",
            rf"(?:成|[办弄搞做改][好完]|没|没有|了|的)(?:[,。;!…\s.]+(?P<a>{_WELL}*(?:不是|{_SAY}[快岔]了)(?=[,。!…\s]))|(?P<b>[,\s][哦噢啊]))(?=[,。!…\s]*(?:已经?|都|是)*{_DONE})",
            _turned,
        ),
        # 没完成，应该说完成了; 13名，不用更正了
        (
            "没未",
            rf"[没未][^,。;!\n]{{0,6}}{_STOP}(?:{_WELL}{_STOP})?(?P<a>应该[说是])(?={_DONE})",
            _turned,
        ),
        ("用", r"(?<=[,。\s])不用(?:更正|修改|改)了?(?=$|[,。!])", blank.match),
        # 不是没完成，是完成了
        (
            "不",
            rf"不是(?:没有?|未|还没有?)(?:完成|[办弄搞做改][好完])[,\s]+而?是(?={_DONE})",
            blank.match,
        ),
        # …，怎么说呢，…
        ("怎咋", r"(?<=[,。…\s.])(?:怎么|咋)(?:说|讲)呢(?=[,。…\s.])", blank.match),
        # 执，执委; 一共，十二个
        (
            "执新会我共",
            rf"(?:^|(?<=[,。;!\s]))(?P<one>执|新增?|会改?|我)(?:{_STOP}(?P=one))*{_STOP}(?=(?P=one)[委增改联们])|(?<=执委,)(?:一共|总共),+(?={_N}{_END})",
            blank.match,
        ),
        # 新增执委12名，等一下，执委是13名
        (
            "等慢停打且",
            rf"{_D}[名个人位]?(?:新?执委)?[啊呀]?[,。;!…\s.]+{_WELL}?(?P<a>(?:等一?[下会]儿?|等等|稍等一?下?|慢着|且慢|打住)(?:[,。!…\s]+(?:不对|[哦啊]?不是|{_SAY}错了?))*)(?=[,。!…\s.]+{_WELL}?[,\s]*{_VALUE})",
            _turned,
        ),
        # 21……打多了个2，是11
        ("多少漏", rf"(?P<say>打|按|写|输|敲)(?P<how>[多少漏])(?=了?一?个{_D})", _typed),
        # 额，…; 新增执委那个，九个
        (
            "额那这嘛呢啊",
            r"^额+(?=[,。…\s.我新会执])|(?<=执委)(?:那个|这个|嘛|呢|啊)+(?=[,…\s.])",
            blank.match,
        ),
        # 上条作废❌
        ("✗", r"(?<=作废|有误|错了|不对|不算)\s*✗", blank.match),
        # 应该改成11
        ("应", rf"应该?(?=(?:改[成为]|更正为)\s*{_N}{_END})", blank.match),
        # 执委多少来着，哦，11个
        (
            "来呢",
            rf"(?:是)?(?:多少|几[个名位])(?:来着|呢)+(?=[,。!…~\s.]+(?:哦|噢|对了?|想起来了|嗯)+[,\s.]*(?:是|有|一共|总共)*{_N}{_END})",
            blank.match,
        ),
        # 我想想啊，九个: nothing told yet
        (
            "想看数翻查",
            rf"(?<![0-9零一二两三四五六七八九十百名个人位])(?:^|(?<=[,。;…\s.])|(?<=执委))(?:[让等容])?我?(?:再(?=想))?(?:[想看数翻查](?:一?[想看数翻查下]|一下)|[看翻查]{_SAY}?[下看]?(?:名单|本子))[啊哈哦呀]*(?=[,。;…\s.]+(?:[哦嗯对啊是有,\s]|一共|总共)*(?:新[增选]的?执委|执委)?[,\s]*(?:一共|总共|[是有])*{_N}{_END})",
            blank.match,
        ),
        # 新增执委15，哦16人; 12...哎13,13个: directly in front of a second number that is counted; 12，哦13 and 代表35，哦36名 stay
        (
            "哎唉哦噢喔呃额诶欸啊",
            rf"(?P<lead>(?:执委|新[增选]|选[了出]|当选|[\u4e00-\u9fff]村|^)(?:的|人?数|人员|数量|目前|一共|总共|共计?|是|为|有|了|[:=\s])*)(?P<gone>{_N}[,。.…~\s-]*(?:哎[呀哟呦]?|唉[呀哟]?|哦|噢|喔|呃|额|诶|欸|[啊哎哦噢呃]不(?=[0-9一二三四五六七八九十]))[呀,。.…~\s]*(?:(?P<again>{_D}+)[,\s]+(?=(?P=again)[名个人位]))?)(?=(?![1-3一两二三俩仨][个名位人]){_D}+\s*[名个人位](?:新?执委)?\s*(?:[,。;!~\s]|$))",
            _repaired,
        ),
        # 一打,就是十二个
        ("打", rf"(?<![买送订拿])(?<![买送订拿]了)一打[啊呀嘛哈,\s]*(?:(?:也|正好|刚好|就|其实)*是)?(?=(?:12|十二)[个名人位]{_END})", blank.match),
        # 报错了, a line of its own in front of what is right
        ("错", rf"^[^\n0-9]{{0,6}}{_SAY}错[了啦字]*[.。!~]*(?P<a>\n+)(?={_VALUE})", _comma),
        # 完成了吗？完成了; 有没有新增？没有: she answers herself
        (
            "吗没",
            r"^(?:会改联|区域化(?:建设)?)?(?:已经?|都)?(?:完成|[弄搞办做改]好)(?:了吗|了没有?|没有?)\?\s*(?=(?:已经?|都)*(?:完成|[弄搞办做改]好)了(?:[,。!~\s]|$))|^(?:本周|这周)?有没有新增(?:执委)?(?:呢|啊)?\?\s*(?=(?:没有?|无|没得)(?:新增(?:执委)?)?[的了啊哦哈。!~]*(?:$|[,。!~\s]))",
            blank.match,
        ),
        # 刚想起来还有一个，11个: why the number is another one than before
        ("起重", rf"^(?:我|刚才?|才|哦|,)*(?:想起来?|记起来?)(?:还|又)?有[一1两2][个名]人?(?:[没忘漏](?:了|有)?[算报写数]?)?[,。\s]+(?={_VALUE})|^有[一1两2][个名]人?(?:是|算|报|写|给|弄|名字)*重复?了[,。\s]+(?={_VALUE})", blank.match),
        # 新增执委由10名调整为11名
        ("调", rf"(?<=新增执委|新选执委)(?:人?数|人员|数量)?(?:由|从)(?:原来的?)?{_N}(?:调整)(?:为|到|成)(?={_N}{_END})", blank.match),
    )
)  # fmt: skip
"""Characters of which any such phrase holds one, what it looks like, and what it is put into."""


def plainly(text: str) -> str:
    """The text as she meant to say it, as long as before."""
    signs = frozenset(text)
    for chars, pattern, told in _ROWS:
        if not chars.isdisjoint(signs):
            text = pattern.sub(told, text)
    return text
