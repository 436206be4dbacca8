"""Commands: lines that begin with, or are, a word of the contract, most of them with a number."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Final

from bot.core import intents
from bot.core.intents import Intent
from bot.core.text import Line

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Of binding codes: no 0 O 1 I L."""

_BIND: Final = re.compile(
    r"^(?:绑定|帮定|邦定|榜定|绑订|绑顶|梆定|登记|注册|bangding)(?:码|号)?(?:是|为)?[:\s\"'<(\[]*(?P<code>[0-9a-z][0-9a-z \-]*)?",
    re.IGNORECASE,
)
_CODE: Final = re.compile(f"[{ALPHABET}]{{6}}")
_NO_CODES: Final = frozenset(("THANKS", "HAHAHA", "HEHEHE"))


def _bind(line: Line) -> Intent | None:
    if not line.text.isascii():
        found = _BIND.match(line.text)
        typed = re.sub("[^0-9a-zA-Z]", "", (found["code"] or "") if found else "").upper()
        if typed:
            return intents.Bind(typed if _CODE.fullmatch(typed) else None, typed)
        return None
    typed = re.sub(r"[\s\-\"'.,:]", "", line.text).upper()
    if _CODE.fullmatch(typed) and typed not in _NO_CODES:
        return intents.Bind(typed, typed)
    return None


_HOW: Final = (
    ("phone", re.compile("换了?(?:新?手机|手机号|号码?|微信)|(?:手机号?码?|微信号?)(?:也|都)?换(?:掉|成新的)?了")),
    ("code", re.compile("(?:验证|绑定|登记|六位)?码(?:提示|显示|还是|说)?(?:不对|错|无效|过期|用不了|没用|失效|在哪|呢|找不到|不行)|没有?(?:收到)?(?:绑定|登记|六位)码")),
    ("how", re.compile("^(?:绑定|登记|注册)$|(?:怎么|如何|咋|怎样)(?:样|么)?(?:去|才能)?(?:绑定|帮定|邦定|登记|注册|绑)|(?:绑定|登记)(?:不了|不上|失败)")),
    ("who", re.compile("^我(?:是|叫)[一-鿿]{2,3}$|^我是[^谁]{0,16}(?:主任|主席|执委|干事|书记|妇联|委员)(?:[\u4e00-\u9fff]{0,4})?$")),
)  # fmt: skip


_COUNTS: Final = re.compile("[0-9零一二三四五六七八九十百两][名个位]")
"""我是东山村的，执委十二名: she says who she is and reports."""


def _how(line: Line) -> Intent | None:
    for why, pattern in _HOW:
        if pattern.search(line.key) and not (why == "who" and _COUNTS.search(line.key)):
            return intents.HowToBind(why)
    return None


_N: Final = r"(?:(?:第|[nd])?(\d{1,9})号?(?:的?通知|的?困难|的?会)?)"


def _order(verbs: str) -> re.Pattern[str]:
    return re.compile(f"(?:请|把)?{_N}?(?:{verbs})(?:一下|了吧|吧|了|掉)?{_N}?(?:吧|了)?")


def _number(found: re.Match[str]) -> int | None:
    said = [group for group in found.groups() if group]
    return int(said[0]) if said else None


_ORDERS: Final[tuple[tuple[re.Pattern[str], Callable[[int | None], Intent]], ...]] = (
    (_order("暂停(?:发送)?|先别发|先不发|先停|先停一下|暂缓"), intents.Pause),
    (_order("继续(?:发送)?|恢复发送"), intents.Resume),
    (_order("停止(?:发送)?|终止|停发"), intents.Stop),
    (
        _order(
            "(?:(?:通知)?发错了?)?(?:快|赶快|赶紧|马上|立刻|立即|帮我|请)*(?:撤回来?|收回来?|撤下来)"
        ),
        intents.Recall,
    ),
    (_order("同意(?:发送|发)?|批准"), intents.Approve),
    (_order("销号"), intents.CloseDifficulty),
    (_order("(?:还)?没有?解决|未解决|解决不了|没有?得到解决"), intents.NotSolved),
    (
        _order("(?:困难|问题|已经?|都)*解决(?:好)?了?(?:谢谢|多谢|感谢)?(?:您|你|主席|领导)?"),
        intents.Solved,
    ),
)

_EXACT: Final[tuple[tuple[re.Pattern[str], Callable[[], Intent]], ...]] = (
    (re.compile("(?:我要|转|找|接)*(?:人工|客服|真人)(?:客服|服务)?|找人|找真人"), intents.Human),
    (re.compile("(?:请|快)?(?:尽快)?联系我(?:吧)?|让人联系我"), intents.ContactMe),
    (re.compile("帮助|help|使用说明|菜单|功能|(?:你|您)?(?:能|会|可以)(?:干|做|弄)(?:啥|什么|点啥)|怎么用|(?:请问)?(?:这个?|你们?|您们?)(?:公众号|号|账号|平台|系统|东西)?(?:是|能|可以)?(?:用来)?(?:干|做|弄)(?:嘛|吗|啥|什么)(?:用)?(?:的|呢|啊)*"), intents.Help),
    (re.compile("不是我(?:呀|啊|的)?|这不是我|(?:不是我)?(?:你们?)?(?:弄|搞|认)错人了"), intents.NotMe),
    (re.compile("(?:新?执委)?(?:登记码|二维码|执委码)|(?:新?执委)?登记(?:情况|名单|人数|了多少|了几个)|新?执委登记|(?:还有)?(?:谁|哪[几些]?个?(?:村|执委|人))(?:还)?没有?(?:扫码)?登记"), intents.NewMembers),
    (re.compile("暂停接收|td|退订|(?:以后|今后)?(?:都|再)?(?:别|不要|不用|莫|甭)再?(?:给我|跟我|往我这)?发(?:消息|信息|通知)?了|别再发|不想(?:再)?收了?|停止接收|取消接收"), intents.OptOut),
    (re.compile("恢复接收|重新接收|恢复|继续接收"), intents.OptIn),
    (re.compile("加错了?(?:人|号)?|关注错了|发错人了"), intents.WrongAccount),
    (re.compile("我要?(?:上)?报|我要报数|上报|报数|报|(?:请问)?(?:怎么|如何|咋)(?:上)?报(?:数)?"), intents.WantReport),
    (re.compile("更多|还有呢|还有吗|下一页|继续看|再看看|余下的"), intents.More),
    (re.compile("(?:看|查|查看)?(?:一下|下)?我?的?(?:待办|事|事项|代办)|(?:我|现在)?还有(?:啥|什么|哪些)(?:事情?|没)+(?:没|要|需要)?(?:办|做|弄|报|回|处理|完成)?(?:完|好)?的?"), intents.MyItems),
    (re.compile("(?:看|查|查看)?(?:一下)?我的(?:个人)?(?:资料|信息)|你们?(?:都)?(?:存|记|有)了?我的?(?:哪些|什么)(?:资料|信息)?"), intents.MyData),
    (re.compile("(?:看|查看|要看|我要看|请发)?(?:一下)?(?:全文|全部内容|完整(?:的|内容|消息)|原文)"), intents.WholeLetters),
    (re.compile("(?:我的|看)?任务(?:清单)?"), intents.Tasks),
    (re.compile("(?:我的)?积分"), intents.Points),
    (re.compile("(?:看|查)?值班(?:表|安排)?|这?个?月?轮到谁(?:了|值班)?|(?:这|本|下)个?月(?:该|是)?谁(?:值班|轮值)|轮到谁了?|(?:今天)?谁值班"), intents.Duty),
    (re.compile("(?:我|我们)?(?:(?:能|会|准时)?参加(?:会议|培训|活动)?|去|能去|准时到)"), intents.Attend),
)  # fmt: skip

_ALWAYS: Final = frozenset((intents.Human, intents.OptOut, intents.ContactMe))


def always(line: Line) -> Intent | None:
    """Commands that work even where free words are expected: 人工, 暂停接收."""
    found = _exact(line)
    return found if type(found) in _ALWAYS else None


_COURTESY: Final = (
    "(?:不好意思|对不起|抱歉|麻烦(?:[您你]了|了|[您你])?|打扰(?:了|一下)?|谢谢(?:[您你]们?|大家|领导|主席|了|啦)*|辛苦(?:[您你]|了|啦)*|劳驾|请问"
    "|(?:主席|领导|同志|老师|姐妹|亲)?[您你]好|主席|领导|啊|呀|哈|哦|嘛|吧|呢|啦|咯|喽)+"
)
_BEFORE: Final = re.compile(f"^{_COURTESY}(?=.)")
_FIRST: Final = frozenset("不对抱麻打谢辛劳请主领同老姐亲您你啊呀哈哦嘛吧呢啦咯喽")
_LAST: Final = frozenset("思起歉您你了扰下谢们家导席啦苦驾问好啊呀哈哦嘛吧呢咯喽烦")
_BEHIND: Final = re.compile(f"(?<=.){_COURTESY}$")


def bare(key: str) -> str:
    """A key without courtesies at its ends: 加错了，不好意思; 您好，人工."""
    if key[:1] in _FIRST:
        key = _BEFORE.sub("", key)
    return _BEHIND.sub("", key) if key[-1:] in _LAST else key


def _exact(line: Line) -> Intent | None:
    for key in dict.fromkeys((line.key, bare(line.key))):
        for pattern, make in _EXACT:
            if pattern.fullmatch(key):
                return make()
    return None


def _numbered(line: Line) -> Intent | None:
    if re.search("[?]|吗$", line.text):
        return None
    for key in dict.fromkeys((line.key, bare(line.key))):
        for pattern, make in _ORDERS:
            found = pattern.fullmatch(key)
            if found:
                return make(_number(found))
    return None


REST: Final = r"[\s:,。;!]*"
REF: Final = r"(?:[NnDd]?\s*(?P<n>\d{1,9})\s*号?(?:的?通知|的?困难)?)"
_DISAPPROVE: Final = re.compile(rf"^不同意{REST}{REF}?{REST}(?P<rest>.*)$", re.DOTALL)
_ANSWER: Final = re.compile(rf"^(?:答复|回复){REST}{REF}?{REST}(?P<rest>.*)$", re.DOTALL)
_TRANSFER: Final = re.compile(
    rf"^(?:转交|移交){REST}{REF}?{REST}(?:给|到)?{REST}(?P<rest>.*)$", re.DOTALL
)
_STATUS: Final = re.compile(
    "(?:第?n?(\\d{1,9})号?通知|通知n?(\\d{1,9})号?|n(\\d{1,9}))(?:发到哪了?|发完了?吗?|情况|怎么样了?|状态|进度|发了多少)?"
)
_TROUBLE: Final = re.compile(
    "(?:第?d?(\\d{1,9})号?困难|困难d?(\\d{1,9})号?|d(\\d{1,9}))(?:情况|怎么样了?|进度|解决(?:了吗|没有|了没有?))?"
    "|d?(\\d{1,9})号?(?:困难)?(?:解决|办|处理)(?:好)?(?:了吗|了没有?|没有?|了没|怎么样了)"
    "|(?:我们?|村里)?(?:上次|上回|上周|之前|以前|前几天)?(?:(?:反映|提|报|说)(?:过|上去)?的)?(?:那个?|这个?)?(?:第?d?(\\d{1,9})号?)?(?:困难|问题|事|事情)?(?:现在|到底|后来)?(?:有没有|有)(?:下文|结果|答复|回音|回复|消息|说法)(?:了|吗|了吗|没有?|了没有?|么)?"
    "|(?:困难|问题)?(?:解决)(?:了吗|没有|了没有?)"
)


_AMEND: Final = re.compile(
    rf"^更正{REST}(?:通知{REST}第?[nN]?\s*(?P<n>\d{{1,9}})\s*号?|第?[nN]?\s*(?P<m>\d{{1,9}})\s*号?通知){REST}(?P<rest>.*)$",
    re.DOTALL,
)
_NOT_THEM: Final = re.compile(
    "不是第?n?([0-9]{1,9})号?(?:的|这个)?(?:人|执委)?|第?([0-9]{1,9})号?(?:这个)?不是(?:的|我们?村的?|我村的?)?"
)


def _with_text(line: Line) -> Intent | None:
    found = _NOT_THEM.fullmatch(line.key)
    if found:
        return intents.NotThem(_number(found) or 0, line.raw.strip())
    found = _AMEND.match(line.text)
    if found:
        number = int(found["n"] or found["m"])
        rest = after(line.raw.strip(), line.text[: found.start("rest")])
        return intents.NewBroadcast("", rest if found["rest"] else "", number)
    found = _DISAPPROVE.match(line.text)
    if found:
        return intents.Disapprove(_int(found["n"]), found["rest"].strip())
    found = _ANSWER.match(line.text)
    if found and (found["n"] or found["rest"]):
        return intents.AnswerDifficulty(_int(found["n"]), found["rest"].strip())
    found = _TRANSFER.match(line.text)
    if found:
        return intents.TransferDifficulty(_int(found["n"]), found["rest"].strip())
    found = _STATUS.fullmatch(line.key)
    if found:
        return intents.BroadcastStatus(_number(found) or 0)
    found = _TROUBLE.fullmatch(line.key)
    return intents.AskDifficulty(_number(found)) if found else None


def _int(said: str | None) -> int | None:
    return int(said) if said else None


_CALLED: Final[tuple[tuple[re.Pattern[str], Callable[[str], Intent]], ...]] = (
    (re.compile(r"^(?:我有?个?)?(?:意见|建议|提意见|提个意见|提建议)(?:[\s:,。]+|$)"), intents.Opinion),
    (re.compile(r"^动态(?:[\s:,。]+)(?!(?:[^\n]*\n)*(?:标题|内容|范围|对象)[:：])(?=.)"), intents.News),
    (re.compile(r"^(?:困难|反映(?:一?个|一下)?(?:问题|困难|情况)|有个?(?:困难|问题)|我?想反映(?:一?个|一下)?(?:问题|困难|情况)?)(?:[\s:,。]+|$)"), intents.Difficulty),
    (re.compile(r"^更正(?:一下|下(?=[\s:,。]))?[\s:,。]*"), intents.Correct),
    (re.compile(r"^(?:上报|填报|报数)[\s:,。]+(?=.)"), intents.Report),
)  # fmt: skip
_FORM: Final = re.compile("(?:标题|内容|范围|对象|截止|回执|发送时间|紧急|联合)\\s*[:：]")


def _called(line: Line) -> Intent | None:
    """A word of the contract, then her own words: those are given back as she wrote them."""
    if _FORM.search(line.raw):
        return None
    raw = line.raw.strip()
    for pattern, make in _CALLED:
        found = pattern.match(line.text)
        if found:
            return make(after(raw, found[0]))
    return None


def after(raw: str, matched: str) -> str:
    """What follows in `raw` when the folded text began with `matched`: characters count, spaces and brackets do not."""
    left = len(_NOT_COUNTED.sub("", matched))
    at = 0
    while at < len(raw) and left:
        left -= not _NOT_COUNTED.match(raw[at])
        at += 1
    return raw[at:].lstrip(' \t\n:,。，：】]）)》”"').strip()


_NOT_COUNTED: Final = re.compile(r"[\s:,。，：\[\]【】()（）《》“”\"]")


_FOR: Final = re.compile(
    "(?:我们?|咱们?|顺便|顺手|麻烦|请|再|也|想|要|来|给)*(?:帮忙?|替|代)(?:[我咱俺]们?村?里?|(?P<unit>(?!村里|乡里|镇里|下面)[^我咱俺您你她他大各每全\\d][^\\d]{1,11}?))(?:代|上|填)?报(?:一下|下|报|一报|个数|数|上去)*"
)
_FOR_WHOM: Final = re.compile("[帮替代].*报")
_PERSON: Final = re.compile(
    "(?:(?P<unit>.+(?:村|社区|乡|镇|街道))的?)?[^村乡镇]{0,4}(?:[姐妹姨婶嫂]|主席|主任|书记|老师|执委|干事|别人|人家)"
)


def _for_another(line: Line) -> Intent | None:
    """顺便帮东山村报下: she means to report for it, and has said nothing yet; of which unit 王姐 is nobody knows."""
    if not _FOR_WHOM.search(line.key):
        return None
    found = _FOR.fullmatch(bare(line.key))
    if found is None:
        return None
    whom = found["unit"] or ""
    person = _PERSON.fullmatch(whom)
    if person is None:
        return intents.WantReport(whom)
    return intents.WantReport(person["unit"]) if person["unit"] else intents.Unclear()


def read(line: Line) -> Intent | None:
    """A command, or None."""
    return (
        _bind(line)
        or _exact(line)
        or _for_another(line)
        or _numbered(line)
        or _with_text(line)
        or _called(line)
        or _how(line)
    )
