"""What only ends a message behind its numbers, and finishes nothing: 新增执委12名，妥了; 富美选了12个，念山选了9个，都搞归一了."""

from __future__ import annotations

import re

from bot.core.model import Level
from bot.core.reading import Ask, Step
from bot.core.report.clauses.said import FINISHED, names
from bot.core.report.clauses.walk import Walk
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_ENDING = frozenset(
    str.split(
        "结束 到位 成了 中了 ok OK Ok 落地 达标 收官 归一 好了 利索 妥了 妥啦 妥咯 妥嘞 妥哒 妥妥的 妥妥 妥妥滴 搞定 搞掂 齐活 齐活儿 圆满收官 大功告成 告成 顺利收官 完事 完事儿 妥妥当当 完毕 整完 弄完 搞完 办完 做完 整完了 弄完了 搞完了 办完了 做完了 整明白 整明白了 搞归一 弄归一 办归一 整归一 做归一"
    )
)
"""What may end a message: 新增执委12名，妥了."""
WEAK = frozenset(str.split("结束 到位 成了 中了 ok OK Ok 落地 达标 收官 归一 好了 利索"))
"""Words of being done that say little unless the figure is named."""
_NUMERAL = re.compile("[0-9一二三四五六七八九十]")


def asked(walk: Walk, token: Token) -> None:
    """新增执委12名，弄好了: the election, or all? 妥了 only ends it."""
    if token.text in WEAK or any(isinstance(raw.value, Step) for raw in walk.out.claims):
        return
    walk.out.others.append(token)
    walk.used = True  # 富美12名，念山9名，都妥了
    if token.text not in _ENDING:
        walk.ask(Ask.INDICATOR, token)


def only_ends(walk: Walk, token: Token) -> bool:
    """挂牌了，全部结束; 新增执委12名，好了: it ends what she says."""
    if any(isinstance(raw.value, Step) for raw in walk.out.claims):
        return True
    alone = not walk.here.content(Kind.DONE)
    behind = _LAST.sub("", _COURTESY.sub("", walk.text[token.end :]))
    if token.text in WEAK:
        told = walk.out.claims or _NUMERAL.search(walk.text[: token.start])
        return alone and not behind and bool(told)
    if len(walk.units) > 1:
        alone = not walk.here.content(Kind.DONE, Kind.UNIT)
    counted = [r for r in walk.out.claims if isinstance(r.value, int) and r.value and r.firm]
    below = [t for t in walk.unit_tokens if t.places[0].depth > 0]
    hers = not walk.units if walk.own is Level.VILLAGE else len(below) == len(walk.units) > 0
    hers = hers and "改" not in token.text
    hers = hers and not any(names(t, FINISHED) for t in walk.out.idle)
    each = len(counted) == len(walk.out.claims) == max(1, len(walk.units))
    return alone and not behind and hers and each


_COURTESY = re.compile(
    "[,\\s]*(?:(?:谢谢|多谢|感谢|辛苦|麻烦)(?:[您你大家领导主席们]|了)*|请(?:查收|登记|审[核阅]|知悉|过目)|特此(?:报告|汇报)|(?:报告)?完毕|(?:来|特意?)?(?:[跟给向][您你]|跟领导|给主席)?(?:汇?报|说|吱|讲)一[声下])"
)
_LAST = re.compile("[,。!~ 了啦咯嘞哈的啊呢哦]")
