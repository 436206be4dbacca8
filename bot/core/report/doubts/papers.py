"""What a head, a label or a tail of a paper says against the number: 召开时间：拟于12月, 现公示如下：, 可否，请批示."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from bot.core.model import Level
from bot.core.reading import Ask, Claim, Lexicon, Mark, Question
from bot.core.report.doubts import ahead

_NOT_YET: Final = re.compile(
    r"(?:时间|日期|安排):\s*(?:拟|计划|预计|暂定|待定|未定|初定)"
    r"|现(?:予以?|将名单|进行)?公示(?:如下|名单)?:"
    r"|(?:可否|行否|可行否|是否可行|是否合适|是否同意|能否)[,:]?\s*(?:恳|敬|还|报)?请(?:领导|上级|[镇乡县]妇联|予以?)*(?:批示|指示|批复|批准|审批|定夺)|[盼望待候]批[复准]"
    r"|(?:推迟|延期|延后|取消|暂停|中止)了?(?:选举|换届|大会|会议|投票|开会)(?![^。!\n]*(?:后来|[现才已]))"
    r"|^(?:领导|主席|镇里|上级|乡里)(?:吩咐|交代|布置|安排|要求|指示)(?:的)?(?:我们?村?)?(?=新增)"
    r"|^(?:收到|好的|好|明白|知道了|嗯)[^。\n]*[名个人位],我们?(?:马上|就|这就|现在|抓紧)?(?:去|来)?(?:通知|落实|办|安排|布置|传达|记下|照办)"
    r"|(?:下面|以下|以上)(?:是|为)?(?:计划|任务|预计|拟定|目标)(?:情况|数据?|名单)|[现兹]将(?:本村|我村)?(?:计划|任务|预计|目标|拟定)(?:情况|数据?)?(?:报送|上报|汇报|报告)"
    r"|请(?:组织|领导|上级|[镇乡县]妇联|[镇乡]党委)(?:予以)?(?:同意|批准|批复)"
    r"|关于[^:,。\n]{0,8}未[^:,。\n]{0,6}(?:完成|新增)[^:,。\n]{0,10}的(?:情况)?(?:说明|报告|汇报)"
    r"|公示第[一二三四五六0-9]天|公示期?[^。\n]{0,20}今天第|准备(?:上)?报[^,。]{0,8}(?:备案|审批|批准)"
    r"|请(?:领导|上级|[您你])(?:来)?(?:决定|定夺|拍板|裁定)|还在(?:增加|增补|继续增)|有(?:信心|决心)(?:完成|选|新增)"
    r"|(?:一定|今后|争取|尽量)努力(?:完成|做到|达到)"
)
_UNLIKE: Final = re.compile(
    r"(?:有无|是否有)(?:异议|投诉|举报|问题):\s*(?:有|是)|"
    r"有[0-9一二两三四五]{1,2}[名人个位](?:执委)?(?:被(?:举报|投诉|反映|否决)|有异议|不合格|不符合|[未没]通过|落选)(?!.*(?:现在|实际|最后))"
    r"|^以上(?:情况|数据|内容)?有(?:误|错|出入)(?!之处)"
)
_OF_MORE: Final = re.compile(
    r"(?:[现兹]将|以[上下]|下面)[^,;:。\n我本]{0,12}(?:[两二三四五六七八九几各]个?村|全[镇乡县市])[^,;:。\n]{0,6}(?:情况|数据|新增)"
)
_NOTE: Final = re.compile(
    r"(?:备注|说明|注):\s*(?:[是为])?(?P<who>[\u4e00-\u9fff]{2,4}(?:村|社区))的?(?:数据?|情况|人数)"
)
_THEIRS: Final = re.compile(
    r"以[上下](?:内容)?[是为系](?P<who>[\u4e00-\u9fff]{2,4}(?:村|社区))(?:妇联)?的?(?:本周)?(?:上报|汇报|填报|报送|数据|情况)"
)
_DATED: Final = re.compile(
    r"(?:完成|选举|召开|改联|换届|会议|开会|成立|投票)(?:时间|日期):\s*(?P<m>[0-9]{1,2})月(?P<d>[0-9]{1,2})[日号]?"
)
_HANDED_IN: Final = re.compile(
    r"(?:^|[,;。!\n])(?!\s*[现特兹来])[^,;。!\n会区]{0,6}(?:填报|上报|报送|报表|材料|台账|录入)(?:工作|情况|进度)*[:,]?[ ]*(?:也|都|已|已经|全部)*$"
)
_SIGNS: Final = frozenset(
    "拟计预定公批取迟延停止遵令吩交布安要记落通务目同努有误两三几全镇备注说明报材台录各"
)


def doubts(told: str, claims: Sequence[Claim], lexicon: Lexicon) -> list[Question]:
    """Questions about what is told beside such words."""
    some = [c for c in claims if c.value not in (Mark.NOT, Mark.SAME, Mark.ZERO)]
    if not some or _SIGNS.isdisjoint(told):
        return []
    day = _DATED.search(told) if "月" in told else None
    ahead_of_it = day is not None and ahead.lies_ahead(day["m"], day["d"], lexicon.today)
    ask = (
        Ask.NOT_DONE
        if ahead_of_it or _NOT_YET.search(told)
        else Ask.UNREAD
        if _UNLIKE.search(told)
        else None
    )
    if ask is None and lexicon.own.level is Level.VILLAGE and _of_others(told, lexicon):
        ask = Ask.UNIT
    if ask is not None:
        return [Question(ask, c.span, c.indicators) for c in some]
    done = [c for c in some if c.value is Mark.DONE and not c.named]
    return [
        Question(Ask.UNREAD, c.span, c.indicators)
        for c in done
        if _HANDED_IN.search(told, 0, c.span[0])
    ]


def _of_others(told: str, lexicon: Lexicon) -> bool:
    """Whether it is headed by more than her village, or noted to be another's."""
    note = _NOTE.search(told) or _THEIRS.search(told)
    if note and note["who"][0] not in "我本全" and not lexicon.names.find(note["who"]):
        return True
    return _OF_MORE.search(told) is not None
