"""Figures where they are named, and done where it is said of them."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.core.reading import Ask, Mark
from bot.core.report.clauses import closing, subject
from bot.core.report.clauses.said import COUNTED, FINISHED, NOUNS, Clause, Sort, glued, names
from bot.core.report.clauses.values import unless
from bot.core.report.clauses.walk import Walk
from bot.core.report.tokens import forms
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import DANGEROUS, Kind

_STRAY = (*NOUNS, Kind.TEXT, Kind.THING, Kind.ROLE, Kind.MATTER)
_IN_ALL = frozenset(str.split("合计 总计 加起来 总共 共计"))


def indicator(walk: Walk, at: int) -> None:
    """A figure is named and waits; 党员执委 is another one."""
    token, previous = walk.here.loud[at], walk.here.before(at)
    beside = previous.kind in (Kind.LABEL, Kind.ROLE, Kind.RISKY)
    if glued(previous, token) and beside and not _our_board(walk.text, previous):
        walk.ask(Ask.UNREAD, previous)
    if previous.kind is Kind.TOTAL and previous.text in _IN_ALL and token.text.startswith("新"):
        walk.sort = Sort.PLAIN  # 合计新增执委6名
    if names(token, COUNTED) and (walk.sort is not Sort.PLAIN or not walk.here.has(Kind.PART)):
        walk.part = False
    walk.waiting.append(token)
    end = _finished_by_itself(walk, at) if names(token, FINISHED) else -1
    if end >= 0:
        walk.claim(walk.take_waiting(FINISHED), Mark.DONE, replace(token, end=end))


def _our_board(text: str, token: Token) -> bool:
    """我们妇联班子新增执委12名; 新班子 and 老班子 are others."""
    return token.text == "投票" or (
        token.text == "班子" and text[token.start - 1 : token.start] not in tuple("新老原旧")
    )


_ALREADY = re.compile("已经?(?:顺利|圆满|成功|正式|全面)*$")
_OVER = re.compile(
    "(?:工作|任务|这事儿?|[这那][件个]事情?|这项|的事|手续)*(?:也|都|现|业|已经?|早就?|全部?|终于|总算|算是?|刚刚?|昨天|今天|昨晚|上周|顺利|圆满|如期|按期|按时|彻底|全面|及时|提前|一次性?|终究|总归)*"
    "(?:完毕?了?|完结了?|办理完毕了?|毕了?|(?:圆满|顺利)?成功了?|改(?:成|好|成功|妥|过来)了?|(?:改[造革组建制]|转[制型]|换)(?:完成|成功|好|完|到位)了?|转(?:好|完|成)了?|落(?:实|定)(?:到位|好|完)?了?|收工了?|交[卷差]了|一次(?:性)?(?:就)?过了?|竣工了?|通过了?"
    "|(?:过|行|结|成|妥)了|了[结了]了?|搞[掟登]了?|圆满(?:收官|结束|收场|落幕)?了?|[画划]上(?:了)?(?:圆满)?句号了?|杀青了?|百分百(?:完成)?了?|100%(?:完成)?了?|已[办改]|[弄搞做办改](?:出来|下来|出头)了?|推进(?:到位|完)了?"
    "|建(?:成|好|立|起来)(?:起来)?了?|成立(?:起来|好)?了?|挂牌(?:成立)?了?|揭(?:了)?牌了?|改了|办了|搞了|弄了|做了|弄[咗嘞咧]|搞[咗嘞咧]|(?:全面|顺利|圆满|正式|全部)*(?:告捷|功德圆满)了?|已(?:销号|达标|达成|实现|验收|结项)了?|(?:销号|达成|实现|验收)了|[转变]过来了|齐了|妥|(?:过关|通关|清零|攻下来|啃下来|拿下来|落成|促成|打完收工)了?|是[^,。;!\\n什么谁哪吗?]{1,12}(?:办|搞|弄|做|改|开|完成)的|了)(?=$|[\\s,。;!啦哦啊呢:~哈呀矣])"
)


_YES = re.compile(r"\s*[:=,]?\s*(?:是|100%|百分之百|百分百)(?=$|[\s,。;!~哈啊呀哦.])")


_TURNED_INTO = re.compile("已|[成为做作]|建(?!设)")


def _finished_by_itself(walk: Walk, at: int) -> int:
    """Where 已改联, 改联完毕, 改联了 end: done without a word for it; -1 if it is not said."""
    token, text = walk.here.loud[at], walk.text
    if walk.here.after(at).kind in (Kind.DONE, Kind.NOT_DONE, Kind.NONE, Kind.SAME):
        return -1
    behind = text[token.end :].lstrip(" ")
    alone = not behind or behind[0] in ",。;!:\n" or text[token.end : token.end + 1] == " "
    over = _YES.match(text, token.end) or _OVER.match(text, len(text) - len(behind))
    if over:
        return over.end()
    if alone and _TURNED_INTO.search(token.text):
        return token.end  # 妇代会已改妇联
    return token.end if alone and _ALREADY.search(text[: token.start]) else -1


# ---- done, not done --------------------------------------------------------------------------------------


_MEASURED = re.compile("任务|目标|计划|指标|应选")
"""目标任务12名，已完成12名: so many are done, and not all."""


def done(walk: Walk, at: int) -> None:
    """完成: of the figure that waits or stands behind it, else of what her unit has to finish."""
    token = walk.here.loud[at]
    found = walk.take_waiting(FINISHED)
    if not found and closing.only_ends(walk, token):
        closing.asked(walk, token)
        return
    if not found and walk.waits(COUNTED):
        _of_the_count(walk, at)
        return
    if not found and walk.here.after(at, 2).kind not in (Kind.DONE, Kind.NOT_DONE):
        found = walk.named(at, FINISHED)
    if not found and token.text.strip() == forms.YES:
        if not any(raw.span[0] < token.start < raw.span[1] for raw in walk.out.claims):
            walk.ask(Ask.INDICATOR, token)  # 东山村|是|12: what is?
        return
    if found:
        unless(walk, at)
        _of_its_object(walk, at)
        _of_its_papers(walk, at)
    if found or not _other_deed(walk, at):
        walk.claim(found, Mark.DONE, token)


_ITS_NUMBER = re.compile(
    r"[了嘞啦咯咧哈哒哩的呢啊]*[,:\s]+(?:我们?村?)?(?:总|一)?(?:共|计|是|有|就)*[0-9一二两三四五六七八九十]+[名个人位]?人?(?=$|[,。;!~\s]|(?:没错)?[啊哈哦的嘞])"
)


def _of_the_count(walk: Walk, at: int) -> None:
    """新增执委✓11, 新增执委弄好了，10名: done is said of what is counted."""
    token = walk.here.loud[at]
    if walk.here.after(at).kind is Kind.NUMBER:
        return
    if _told_next(walk, at):
        walk.out.others.append(replace(token, kind=Kind.FILLER))  # nothing a part is of
    elif not _counted_here(walk):
        walk.ask(Ask.INDICATOR, token)
    else:
        walk.waiting.clear()


def _told_next(walk: Walk, at: int) -> bool:
    """新增执委弄好了，10名: how many they are follows at once."""
    named = names(walk.here.before(at), COUNTED)
    return named and _ITS_NUMBER.match(walk.text, walk.here.loud[at].end) is not None


_TO_CHANGE = re.compile("把(?![^,;。!\n]{0,4}(?:妇联|妇代会))[^,;。!\n]*$")


def _of_its_object(walk: Walk, at: int) -> None:
    """会改联完成摸底, 会改联选举完成: what is done is only a part of it."""
    token, previous, following = walk.here.loud[at], walk.here.before(at), walk.here.after(at)
    parts = (Kind.ELECTION, Kind.STEP, Kind.ADD, Kind.AGAIN)
    head = walk.here.before(at - 1) if at else previous
    of_it = previous.kind is Kind.LABEL and names(head, FINISHED) and glued(head, previous)
    if previous.kind in parts or of_it:
        walk.ask(Ask.UNREAD, previous)
    between = walk.text[token.end : following.start].strip("了的") if following.start >= 0 else " "
    objects = (Kind.TEXT, Kind.LABEL, Kind.MATTER, Kind.ELECTION, Kind.STEP, Kind.THING)
    if particle(walk.here, at):
        return
    if following.kind in objects and not between:
        walk.ask(Ask.UNREAD, following)
    elif _SO_MANY.match(walk.text, token.end):
        walk.ask(Ask.UNREAD, token)


_SO_MANY = re.compile("了?[0-9一二两三四五六七八九十]+个(?:自然村|(?:村民)?小组|网格|片区|生产队)")
"""已完成5个自然村: a part of it."""
_PAPERS = re.compile(
    "的?(?:材料|表|名单|牌|通知|方案|照片|资料|横幅|票|会场|文件|手续|记录|档案|公示栏|章|活动|培训|讲座|宣传|动员|座谈|仪式|会议|比赛)"
)


_ON_IT = re.compile(
    "的?(?:报告|汇报|总结|前期|名额|上报|填报|统计|录入)(?:工作)?(?:已经?|都|也|全部)*"
)
_STEPS = re.compile("(?:第|头|前|上)[一二两三四五六几0-9]+个?(?:步|阶段|环节|项|关|道)")
_PROMISED = re.compile("了?的?(?:同时|前提下|基础上),?(?:还?要|将|拟|应|计划|争取)")
_STEP_BEHIND = re.compile(
    f"[了的]?(?:{_STEPS.pattern}|选举(?=$|[,。;!])|(?:挂牌|揭牌)(?=$|[,。;!])(?![,。;!]\\s*[^,。;!\n]{{0,8}}(?:新[增选]|选[出了])[^,。;!\n0-9]{{0,6}}[0-9一二三四五六七八九十])|的?(?:选举(?:办法|方案|筹备)|人选|方案|办法|材料|资格|入户|走访|代表推|动员|前期|候选|选址|调研|(?:挂牌|揭牌)仪式|摸底|培训|公示|考察|酝酿|推荐|宣传|筹备|初稿|起草|准备))"
)
"""会改联第一步完成, 会改联完成了选举."""


def _of_its_papers(walk: Walk, at: int) -> None:
    """会改联的材料交好了: what is done is something of it."""
    token = walk.here.loud[at]
    before = [t for t in walk.here.tokens if names(t, FINISHED) and t.end <= token.start]
    between = walk.text[before[-1].end : token.start] if before else ""
    figure = walk.here.after(at)  # 完成了会改联的方案
    end = figure.end if names(figure, FINISHED) and not before else token.end
    promised = _PROMISED.match(walk.text, end)
    step = promised or _STEPS.search(between) or _STEP_BEHIND.match(walk.text, end)
    told = step or _PAPERS.match(between) or _ON_IT.fullmatch(between)
    of_it = subject.before(walk.here, before[-1], token) if before else False
    if (
        told
        or of_it
        or (not before and names(figure, FINISHED) and subject.behind(walk.here, figure))
    ):
        walk.ask(Ask.UNREAD, token)


def particle(clause: Clause, at: int) -> bool:
    """弄好噠: one unknown character at the end of a clause is a particle, unless it could turn the sense."""
    following, end = clause.after(at), clause.after(at, 2)
    one = following.kind is Kind.TEXT and len(following.text.strip()) == 1
    return one and end.kind is Kind.BREAK and following.text.strip() not in DANGEROUS


_SAID_OF = re.compile(
    "(?:数[字目据]|人数|电话|姓名|日期|时间|地点|内容|序号|标题|备注|名额|更正|错的|选举|(?P<told>数|情况|[上填]?报送?|填|写|汇报|登记|录入?))(?:工作|这边|这块|的事)?(?:都|也|已经?|全部?|终于|总算|刚刚?|圆满|顺利|\\s)*$"
)
"""数字弄好了, 填完了, 选举完成: small words of what is done, and of no figure."""


_CROSSED = re.compile(r"(?<![名个人位0-9\s])\s*✗")
"""九蓬❌, beside which ✅ is no mere tick; 12名❌ is crossed out."""


def _other_deed(walk: Walk, at: int) -> bool:
    """选举会开完了, 5名执委到位, 布置好了, 弄好12名执委: done is something else."""
    token, previous, following = walk.here.loud[at], walk.here.before(at), walk.here.after(at)
    if token.text.strip() == "✓" and walk.units and _CROSSED.search(walk.text):
        return False  # 富美12人✅ 念山9人✅ 九蓬❌
    if token.text.startswith("改") and _TO_CHANGE.search(walk.text[: token.start]):
        walk.ask(Ask.VALUES, token)  # 把没有新增改掉
        return True
    said = _SAID_OF.search(walk.text[walk.here.tokens[0].start : token.start])
    if said and not (said["told"] and "完成" in token.text):  # 向您汇报已完成
        walk.out.others.append(token)
        return True
    if following.kind is Kind.STEP or (following.kind is Kind.MATTER and glued(token, following)):
        return True  # 完成任务，执委12名
    near = walk.text[token.end : following.start].strip("了") if following.start >= 0 else " "
    counted = following.kind is Kind.NUMBER and following.counted != ""
    over = "完成" in token.text or token.text == "已改"
    over = over or (token.text.strip() == "✓" and _of_a_unit(walk, at))
    if not near and not over and (counted or names(following, COUNTED)):
        return True
    if counted and not near and _MEASURED.search(walk.text[: token.start]):
        return True
    if previous.kind in (Kind.ELECTION, Kind.STEP) or (_counted_here(walk) and walk.used):
        return True
    behind = following.kind in (Kind.TEXT, Kind.LABEL, Kind.THING) and glued(token, following)
    behind = behind and not particle(walk.here, at)
    behind = behind or _SO_MANY.match(walk.text, token.end) is not None
    before = [t for t in walk.here.tokens if t.end <= token.start and t.kind is not Kind.FILLER]
    people = bool(before) and before[-1].kind is Kind.PEOPLE
    if (
        previous.kind in _STRAY
        or behind
        or people
        or (token.text in closing.WEAK and not _beside_another(walk))
        or token.text.startswith(("忙", "干", "齐活", "整明白"))
    ):
        walk.out.others.append(token)
        return True
    return False


def _of_a_unit(walk: Walk, at: int) -> bool:
    """富美✅12人, 富美：✅12人: a sign behind a unit; elsewhere it may only begin a line."""
    start = walk.here.loud[at].start
    front = [t for t in walk.here.tokens if t.end <= start and t.text.strip(" :")]
    return bool(front) and front[-1].kind in (Kind.UNIT, Kind.OWN)


def _beside_another(walk: Walk) -> bool:
    """富美村没完成会改联，念山村都好了: the like was said of another unit."""
    last = walk.out.claims[-1] if walk.out.claims else None
    pending = bool(walk.units) and not walk.used
    if not pending or last is None or not last.named:
        return False
    start = walk.here.tokens[0].start
    also = any(t.text in ("也", "也都") for t in walk.here.tokens)
    told = [raw for raw in walk.out.claims if raw.places == last.places and raw.span[1] <= start]
    return last.value in (Mark.DONE, Mark.NOT) or (
        also and any(raw.value is Mark.DONE for raw in told)
    )


def _counted_here(walk: Walk) -> bool:
    start = walk.here.loud[0].start
    return any(r.span[0] >= start and isinstance(r.value, int) for r in walk.out.claims)
