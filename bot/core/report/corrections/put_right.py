"""A number, what was wrong with it, and the right one: 新增执委16名，手滑了，应该是17名; 执委9个，哎妈整差了，10个.

However it is said, it is known by its words: between the two numbers, or behind the second one, stands nothing but words by which
people take back and put right, and one of them surely does. The sentence is then read with 不对，是 in their place. Whatever
else is said there, leaves it as it is, and it is asked about.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from typing import Final

from bot.core import numerals
from bot.core.reading import Ask, Question, Reading
from bot.core.report.plain.made_of import wholly

_D: Final = "(?:[0-9]+|[零一二两三四五六七八九十廿卅百]+)"
_D_: Final = "[0-9零一二两三四五六七八九十廿卅百]"
_W: Final = r"\s*[名个人位]?"
_FIRST: Final = re.compile(
    rf"(?:执委|执行委员)(?!会)[^,。;!\n0-9零一二两三四五六七八九十百廿]{{0,6}}(?P<a>{_D}){_W}"
    rf"|(?:新增|新选|新进|新添|新加|选出?了?|搞出|整了?|产生|补了?|添了?|加了?)(?:了|女|姐妹)?(?P<b>{_D}){_W}(?:(?:当|为)?新?(?:增|选)?(?:的)?(?:妇联)?执委)?"
    rf"|(?:^|(?<=[,。;!\s]))(?P<c>{_D})[名个人位](?:新增?的?)?执委"
)
_NEXT: Final = re.compile(rf"(?P<n>{_D}){_W}(?:(?:的)?新?执委)?")
_MARKS: Final = frozenset(
    str.split(
        """
    错 错了 错的 不对劲 漏计 少计 多计 error Error 重打 修改 修改为 删了 记错 发错 错误 有错 有误 误 误报 误写 误打 误填 误为 笔误 口误 手误 误差了 失误 记岔 说岔 讲岔 岔了 反了 写反了
    打反了 说反了 记反了 混了 看混了 搞混了 弄混了 记混了 说混了 串了 看串了 抄串了 颠倒 颠倒了 倒了 拿倒了 差了 整差了 弄差了
    拐了 弄拐了 搞拐了 打快了 说快了 写快了 快了一步  重复了 重了 写重了 数重了 算重了 报重了 记重了 写了两遍 数了两遍
    算了两遍 记了两遍 报了两遍 漏了 漏打 漏写 漏报 漏数 漏算 漏掉 漏记 数漏了 写漏了 算漏了 报漏了 看漏了 记漏了 少写 少报
    少数 少算 少记 少打 少了 写少了 报少了 数少了 算少了 说少了 打少了 记少了 多写 多点 少点 多报 多数 多算 多记 多打 多了 写多了
    报多了 数多了 算多了 说多了 打多了 记多了 掉了 更正 更改 更 更为 订正 改正 纠正 修正 勘误 补正 校正 改 改为 改成 改成了
    改是 改报 改记 改写 改填 改下 改一下 换成 换为 变更为 调整为 作废 废止 取消 撤销 撤回 划掉 划去 删掉 删去 删 删除 抹掉
    忽略 不算 不算数 不作数 不要了 不要 不对 不对头 不对的 不准 不准确  不实 不应 不是的 才对 才是 才是对的 正确
    正确的 准确 准确的 准确为 应作 应为 应是 应该是 应该为 应改为 应更为 应更正为 应读 应当 当为 实为    实则
       别记 别登 别看 别管 没打完 没写完 没说完 没打全 没写全 听成 看成 写成 打成 说成 记成 报成 填成 搞成
    弄成 算成 数成 念成 认成 看花眼 看花了 眼花 眼花了 手滑 手滑了 手抖 手抖了 手快 手快了 输入法 识别错 转错 no NO No
    哦不 啊不 噢不 呸 对的数 对的数是 对的是 核实为 核对为 经核实 经核对 经核 核对后 核实后 校对后 复核后 重数了 重新数了
    重算 ✗
    """
    )
)
_FILL: Final = frozenset(
    str.split(
        """
    计 再说一遍 慢 用 前发 合计 总共 一共 共 哎 哎呀 哎哟 哎哟喂 哎妈 哎妈呀 妈呀 哟 啊 哦 哦哦 噢 喔 呃 嗯 唉 欸 诶 呀 哇 嗨 咦 嘿 那个 这个 那 这 我 俺 咱
    我们 是我 的 了 是 就 才 应 应该 该  实 为 系 有 在 经 刚 刚才 刚刚 方才 前面 上面 前 上 上一条 上条 上一个
    前一个 后一个 后面 后面的 后面那个 前面那个 刚才那个 第一个 第二个 数 数字 数据 人数 名单 名字 名 写 报 打 填 说 讲 记
    算 数 输 录 登记 看 听 弄 搞 整 发 点 按 念 抄 请 以 帮 给 麻烦 不好意思 对不起 抱歉 致歉 见谅 一个 有一个 有个
    一位 有一位 一名 有一名 一个人 有个人 一个名字 有个名字   下 一下 过 得 太 快 急 又 也 都 再 先 后
    统计 手 眼 键盘 拼音 语音 的锅 识别 翻页 翻 仔细 重新 一看 一查 一数 一遍 两遍 核对 核实 清点 校对 查 确认 细看 细
    原 原来 本来 成 作 乃 谨 现 现在 兹 哈 啦 吧 呢 嘞 咯 哒 喽 滴 把 被 让 由 并 故 特 因 由于 因为 打字 打的时候
    老眼 自己 自家 一时 一下子 脑子 糊涂 糊涂了 记性 不行 应当 当 准数 准  改 记 登 减 扣 去 去掉 加 加上 加回 最后
    最终 到底  漏 和 就 就是 执委 新执委 等哈 等一哈 等会儿 哦不 啊不  不是 不应是
    """
    )
)
_TAIL: Final = re.compile(
    r"\s*(?P<said>才对|才是(?:对的)?|是对的|才是准的|对|没错|为准|✓)?(?:[哈啦呢哦了的])*\s*(?=$|[,。;!\n)\]])"
)
_LEAD: Final = re.compile(
    "(?:[是为系乃作成读报记写填应就以]|一?共|总共|其实|实际|(?<!应)改|才|有|✗|反了|no|NO|No|对的数|执委|哦|噢|哎呀?|啊不|不好意思|对不起|抱歉)$"
)
_MORE: Final = re.compile(
    "(?:[多少漏掉减扣加重错差][打写报数算说填记登]?|没|不是|不应是|非|误[报写填打记]?[为成]?|[报写填打记说算数念看听弄搞整按输录]成|要)了?$"
)
_OF_OTHERS: Final = re.compile(
    "上[周次回]|会计|书记|主任|原定|计划|把|将|[?吗么]|是不是|有没有|来的"
)
_APART: Final = re.compile(r"[\s,。;:!~…()\[\]=、.-]+")
_SIGNS: Final = frozenset(
    "错误反混岔串倒差拐快重遍漏少多掉更订改正纠修勘校换变废取撤划删抹忽不准应实其才当别没成花滑抖入识转nNo呸非核✗"
)
_REST: Final = _MARKS | _FILL


def again(text: str, once: Reading, read: Callable[[str], Reading]) -> Reading:
    """The first reading, or the one with such words put plainly where that leaves nothing to ask.

    If the first one asks nothing and takes the first number, it is asked which of the two holds.
    """
    if once.clear and (off := _NOT_IT.search(text) or _short(text)):
        return replace(once, questions=(Question(Ask.VALUES, off.span()),)) if once.claims else once
    if (
        not once.claims
        or _short(text)
        or _SIGNS.isdisjoint(text)
        or any(q.ask not in _MAY for q in once.questions)
    ):
        return once
    said = plainly(text)
    if said == text:
        return once
    if not once.questions:
        return _which(text, once, read(said))
    found = read(said)
    return found if found.clear and found.claims else once


_NOT_IT: Final = re.compile(
    rf"(?<={_D_}[名个人位])[,\s]+(?:(?:以前|之前|上次|原来|名单|名字|其中)[^,]{{0,3}}(?:[写报填打记]错|[错误][报写填打记])了?|不应该?是|书记改成|会计改成){_D}[名个人位]|[写报填打说记]错没有?,"
)
"""名单写错3名, 以前错报13名, 不应是13名: a number that is none of hers."""


_SHORT: Final = re.compile(
    rf"(?P<a>{_D})[名个人位](?:新?执委)?[,;。\s]+(?:我|刚才?|前面|上面)*(?P<sign>[漏少多])[报写打填计算数记掉]?了?(?P<apart>[,;。\s]*)(?:新增|新)*执委(?P<b>{_D})[名个人位]"
)


def _short(text: str) -> re.Match[str] | None:
    """5名，漏了新增执委2名: two more, or two in all? Not 5名，漏了，新增执委6名."""
    found = _SHORT.search(text) if "执委" in text else None
    if found is None:
        return None
    a, b = (numerals.value(found[key]) or 0 for key in "ab")
    grows = found["sign"] in "漏少"
    return found if not found["apart"] or (b < a if grows else b > a) else None


def _which(text: str, once: Reading, found: Reading) -> Reading:
    """17人，多写了一个，就16人: recorded as 17 by what reads no further."""
    if _headless(text) != text or not found.clear or _told_by(found) == _told_by(once):
        return once
    span = once.claims[-1].span
    return replace(once, questions=(Question(Ask.VALUES, span, once.claims[-1].indicators),))


def _told_by(reading: Reading) -> set[object]:
    return {(c.units, c.indicators, c.value) for c in reading.claims}


_MAY: Final = frozenset({Ask.VALUES, Ask.UNREAD, Ask.APPROXIMATE})


def plainly(text: str) -> str:
    """The text with 不对，是 for such words; not as long as before."""
    headless = _headless(text)
    if headless != text:
        return headless
    first = _FIRST.search(text)
    if first is None or _OF_OTHERS.search(text):
        return text
    old = next(key for key in "abc" if first[key])
    was = numerals.value(first[old])
    for found in _NEXT.finditer(text, first.end()):
        tail = _TAIL.match(text, found.end())
        if tail and _puts_right(
            text[first.end() : found.start()], text[tail.end() :], tail["said"], was, found["n"]
        ):
            return f"{text[: first.end()]},不对,是{found[0].strip()}{_without(text[tail.end() :])}"
    return text


def _puts_right(gap: str, behind: str, said: str | None, was: int | None, n: str) -> bool:
    """Whether the words between two numbers, or those behind the second one, say that the second one holds."""
    now = numerals.value(n)
    if was is None or now is None or was == now:
        return False
    gap = re.sub(rf"(?:非|不应?是){was}{_W}", "不对", gap)
    gap = _NEXT.sub(lambda one: _told(one, was, now), gap)
    parts = [part for part in _APART.split(gap) if part]
    if not all(wholly(part, _REST) for part in parts):
        return False
    joined = bool(gap) and _APART.fullmatch(gap[-1]) is None
    if joined and parts and _MORE.search(parts[-1]):
        return False  # 漏了2名: two more, and not two
    if (joined or not gap) and not (parts and _LEAD.search(parts[-1])):
        return False
    if not _by_so_many(parts, now - was):
        return False
    between, after = any(map(_marked, parts)), _wrong_behind(behind, said)
    if between and after and said is None:
        return False  # 8名，不对，9名，打错了: of which of them?
    return between or (bool(parts or said) and after)


_ONE: Final = re.compile(
    "(?P<sign>[多少漏重])[^,]{0,3}[一1][个名位]|[一1][个名位][^,]{0,3}(?P<behind>重|多|漏|少|写了两|数了两|算了两|记了两|报了两)"
)


def _by_so_many(parts: list[str], off: int) -> bool:
    """Whether the numbers differ by the one that was too many (重, 多) or missing (漏, 少), if one is told of."""
    for part in parts:
        one = _ONE.search(part)
        if one:
            return off == (1 if (one["sign"] or one["behind"]) in "漏少" else -1)
    return True


def _told(one: re.Match[str], was: int, now: int) -> str:
    """8错了, 非11: the number that does not hold, told once more; 3和8看混了: both of them."""
    return "" if numerals.value(one["n"]) in (was, now) else one[0]


_SORRY: Final = frozenset(str.split("哦 哦哦 噢 哦不 啊不 哎呀 不好意思 对不起 抱歉"))


def _marked(part: str) -> bool:
    return part in _SORRY or any(mark in part for mark in _MARKS)


_BEHIND: Final = re.compile(r"^[,。;!(\s]+([^,。;!)\n]{2,8})\)?(?=$|[,。;!\n])")


def _wrong_behind(behind: str, said: str | None) -> bool:
    """12个，哦14个，说错了: an exclamation between them, and behind them that it was wrong; or 14才对."""
    if said in ("才对", "才是", "才是对的"):
        return True
    told = _BEHIND.match(behind)
    return (
        told is not None and wholly(told[1], _REST) and _marked(told[1]) and "漏" not in told[1][:1]
    )


def _without(behind: str) -> str:
    """What stands behind it, without the clause that says once more that it was wrong."""
    told = _BEHIND.match(behind)
    if told and wholly(told[1], _REST) and _marked(told[1]):
        return behind[told.end() :]
    return behind


# ---- of what was sent before -------------------------------------------------------------------------------

_HEAD: Final = _REST | frozenset(
    str.split(
        "前报 所报 今早 早上 上午 下午 昨天 昨晚 重新上报 重新统计 重新报 重报 重发 上报 统计 帮忙 原数 前数 上面的 前面的 之前的 之前 早前 发错 发错了 误报更正 已 已经 报告 更正一下 更正下 改下 数改一下 各位 领导"
    )
)
_BEGINS: Final = re.compile(r"(?P<said>[^,。;:!\n]{2,12})(?:[,。;!]|(?<=[更改正报新]):) *(?=[^\s])")
_NUMERAL: Final = re.compile("[0-9一二三四五六七八九十]")
_LACKING: Final = re.compile("[再先漏少多忘缺掉加减]|执委|不是|非")


_EARLIER: Final = re.compile(
    "(?:前面|上面|刚才|刚刚|前报|原数|前数|上条|所报|之前|早前)[^,]*(?:错|误|改|更|不算|作废|取消|废)|别看"
    "|[数说报写打填发输]错|误报|重新(?:上报|统计|填报)|重报|重发|更正|更改|订正|补正|勘误|改[^,]{0,3}数据"
)
"""Of what was sent before, and not of what comes: 过后再改, 帮我取消."""


def _headless(text: str) -> str:
    """对不起哦，前面数错了，执委一共11个: without the clauses in front that only say that what was sent before is wrong."""
    at = 0
    while found := _BEGINS.match(text, at):
        said = found["said"].strip()
        if _NUMERAL.search(said) or _LACKING.search(said) or not wholly(said, _HEAD):
            break
        at = found.end()
    return text[at:] if _EARLIER.search(text, 0, at) else text
