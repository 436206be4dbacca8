"""How she came to say it, and no news: greetings over the telephone, who holds it, that she reads it out, what paper came, where the chair lies.

Each is known as a whole and blanked out; with one word more (我念一下文件, 收到通知要求新增9名) it stays.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals
from bot.core.model import Level
from bot.core.reading import Lexicon

_START: Final = r"(?:^|(?<=[,;:。!?\n]))\s*"
_END: Final = r"(?=\s*(?:[,;:。!\n~]|$))"
_N: Final = "(?:[0-9]{1,2}|[一二两三四五六七八九十]{1,3})"
_DAY: Final = r"(?:[0-9一二三四五六七八九十]{1,3}月)?[0-9一二三四五六七八九十]{1,3}[日号]"
_SURNAMES: Final = "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤游詹翁"
_NAME: Final = "(?:[小阿老大][\u4e00-\u9fff]|[\u4e00-\u9fff]{1,2}[姐嫂婶妹姨])?[,\\s]?"
_HEARD: Final = "(?:您|你|你们|那边|那头|现在|能|还|都)*听(?:得|不|能)?(?:到|见|清楚?)(?:我)?(?:说话|讲话|的?声音|说的)?(?:了|没|没有|不|吗|吧|么|得|是吧|啊)*"
_WHY_SPOKEN: Final = "(?:不会|不识|不认|不太会|打不[了来]|不懂|眼睛?|手)"
_NO_OTHER: Final = "[^,;。!?0-9报数选定听书主领她他人乡镇县村没]"
_STRUCTURE: Final = "(?:服务中心|中心|服务站|站点|工作站|阵地|服务点|基地|联系点|示范点|活动室|活动中心|议事点|驿站)"
_SUM: Final = r"(?:约|近|大约|不到)?[0-9.]+[万千百]?多?[元块](?:钱)?"

_COST: Final = frozenset("元块")
"""花了3万元 beside nothing of ours is no aside."""
_ROWS: Final = tuple(
    (_COST if chars == "元块" else frozenset(chars), re.compile(pattern))
    for chars, pattern in (
        ("喂", rf"{_START}喂+(?=[,\s!?。]|能|听|主席|领导|您|你)[,\s!?。]*"),
        ("听", rf"{_START}{_HEARD}(?:\?|{_END})"),
        ("按拿举扶", rf"{_START}{_NAME}(?:你|您|麻烦|请)?(?:你|您)?帮(?:我|忙|一下|个忙)*(?:按|拿|举|扶)(?:住|着|好|一下)+(?:手机|电话|这里|这个|话筒|它)?(?:说话)?[啊哈哦呢吧了,\s]*(?:好了?|行了?|可以了)?{_END}"),
        ("按", rf"{_START}(?:是不是|就|要)*(?:按|点)[住着](?:这里|这个|它|话筒|屏幕)?(?:就|再|来)*(?:说话?|讲话?|录音?)?(?:对吧|是吧|对吗|是吗|吧|吗|行吗)*(?:\?|{_END})"),
        ("讲说音念口", rf"{_START}(?:我|俺|阮){_NO_OTHER}{{0,4}}{_WHY_SPOKEN}{_NO_OTHER}{{0,8}}(?:用|就|只能|直接|来|发|靠)*(?:语音(?:说|讲)?|讲|说|念|口头(?:说|讲)?)(?:的|了|啊|哈|吧|一下|算了)*{_END}"),
        ("音嘴口", rf"{_START}(?:我|俺)(?:这)?(?:是)?用?(?:语音|嘴巴?|口头)(?:讲|说|报|发)(?:的|哈|啊|了|吧|给[您你]听)*{_END}"),
        ("听", rf"{_START}听到了?(?:请|就|麻烦|您|你)*(?:回|应)(?:我|个|一)*(?:下|声|话)?{_END}"),
        ("念", rf"{_START}(?:那|好|嗯|下面|现在)?我(?:来|就|再|先|给[您你]们?|跟[您你]们?)*念(?:一?[下遍]|给[您你]听)(?:啊|哈|了|哦|您听|你听|你记|您记)*(?![文通上她他别书的]|[,:\s]*[\"“”‘'「『《【])[,:\s]*"),
        ("通文消", rf"{_START}(?:我们?|已经?|刚|刚才|今天|昨天)*(?:收到|接到?|看到|收悉)了?[^,;。!?\n要求]{{0,14}}(?:通知|文件|消息)(?:了|后)?[,。:\s]+(?=现|特|将|我[村乡镇们]|本[村乡镇社]|会改联(?:已|完)|区域化(?:已|完)|报告)"),
        ("/", rf"(?<=[。!\n;])\s*[{_SURNAMES}][\u4e00-\u9fff]{{1,2}}\s+(?:1[0-2]|0?[1-9])[/.](?:3[01]|[12][0-9]|0?[1-9])[。\s]*$"),
        ("一", rf"{_START}(?:今天|昨天|昨晚|刚才?|刚刚|上午|早上|我们?|村里|这边)*(?:会|票|选举)(?:议)?一(?:开|唱|投|选)?(?:完|好|结束|散)我?(?:就|马上|立马|赶紧)+(?:来|给您?|向您?|跟您?)*(?:报告|汇报|报喜|报|说)(?:您|一声|一下|了)*{_END}"),
        ("楼床室层房", rf"{_START}(?:我们?)?(?:村)?主席[^,;。!?0-9说讲报]{{0,8}}(?:住院|病房|医院|卫生院)[^,;。!?报]{{0,14}}?(?:{_N}(?:号楼|楼|床|号|室|病房|层|病区))+(?:住院|住着)?了?[,\s]*(?:[让叫托请由]?我)(?:来)?(?:代|替|帮)(?:她|他|着)?(?:上报|报|发)(?:一下|的|个数)?[,:\s]+"),
        ("截", rf"{_START}(?:(?:是不是|是否|几[号日]|什么时候|哪天|今天|明天|后天|{_DAY}|[下本这]?周[一二三四五六日天]|就|才|要)+(?:截止|截至|到期)(?:上报|报送)?(?:了|的|啊|呀|呢|吗)*\?)"),
        ("示", rf"{_START}{_DAY}(?:就|开始)?公示的?[,、\s]*公示(?:了|期)?{_N}(?:天|个?工作日)[,、\s]*{_DAY}(?:就|正式)?(?:发的?文|印发|批复)(?:的|了)?{_END}"),
        ("元块", rf"{_START}(?:一?共|总共|前后)*(?:花|用|投入?|使用|筹措?|支出)(?:了|去|掉)*(?:资金|经费|钱)?{_SUM}{_END}"),
        ("中站阵服基联示活议驿", rf"{_START}(?:一?共|总共|还|又)*(?:建|建成|建设|打造|设立|设|新建|改造|建起)了?(?:[、和]?{_N}[个处](?:[\u4e00-\u9fff]{{0,4}}){_STRUCTURE})+{_END}"),
        ("看", r"(?<=[好成定][了啦],)(?:恁|您|你)看着(?:登记?|记|录)(?:就行|吧|哈|一下)*(?=\s*(?:[,;。!\n~]|$))"),
        ("任手来席", rf"{_START}我(?:是|也是|也)?(?:(?:今年|去年|上个?月|上周|最近|{_N}月(?:份|初|底)?)*(?:新|才|刚刚?)(?:上任|接手|接任|来|当(?=主席)|当上)(?:村?妇联)?(?:主席)?的?(?:不久|没多久)?){_END}"),
        ("次遍回", rf"{_START}(?:我|这|已经|都|是|又|也)*(?:第{_N}[次遍回]|头一?[次回])(?:上报|报数|汇报|填报|报|发|填)(?:数|了|这个)*{_END}"),
        ("登录记", rf"{_START}(?:请|麻烦|劳烦|您|你|领导|主席|帮我?忙?|替我|给我)+(?:登记|录入|记录|登|记|录)(?:一?下|上)?(?=(?:我们?村|本村)?(?:新[增选]执委|执委|会改联)(?![^,。;!\n]*的))"),
        ("单料片表", rf"{_START}(?:执委)?(?:名单|材料|照片|表格?|会议记录)(?:还|也)?(?:要不要|需不需要|用不用|需要|要)(?:再|也|另外)?(?:上报|报|交|发|补|填|送|盖章)(?:给)?(?:您|你|镇里|上去|过去|一下)?(?:吗|么|呢|啊)*(?:\?|{_END})"),
        ("知晓", rf"{_START}(?:我|也)?不(?:知道?|晓得)(?:发|报|写|填)(?:在|到)?(?:这里|这儿|这边|这个?群|对地方)(?:对不对|行不行|可不可以|对吗?|行吗?|没有)?{_END}"),
        ("票半", rf"(?<=[名个位人])[,\s]+(?:她们|每[个名]?人|个个|人人|得?票数?)*(?:都|全部?|均)*(?:是|以)?(?:高票|全票|满票|过半数?|超过?了?半数)(?:的?票|通过|当选|赞成)*{_END}"),
        ("白空", rf"{_START}(?:我|一)*(?:点|打|登|进)(?:进|开|上)?[去来]?了?(?:之?后|里面|页面|就|都|还)*(?:是|显示)?(?:一片)?(?:空白|白屏|空的|白的)的?了?{_END}"),
        ("通修复", rf"(?<![联化委])(?:山上|山里|那边|这边|村里|上面|进村|的|公路|路|桥|网络?|电|水|信号){{1,3}}[都也还]*(?:没有?|未)(?:通[车网电水路]?|修[好通]|开通|恢复){_END}"),
        ("内里", rf"(?<=[名个位人])[,\s]+(?:连|包括)?(?:主席(?:[和、跟]?副主席)?|正副主席)(?:一起|也|都|全)*(?:在|算|包含)?(?:在)?(?:内|里[面头])了?{_END}"),
        ("除", rf"除了?(?:原来|原有|上届)?的?{_N}[名个位](?:(?:老执委|老的)(?:留任|连任|留下来?)?|(?:执委)?(?:留任|连任|留下来?))的?(?:以外|之外|外)[,\s]*(?:又|还|另外?)?(?=新[增选])"),
    )
)  # fmt: skip
"""Characters of which any such phrase holds one, and what it looks like."""

_ALL: Final = re.compile(
    rf"(?<=[,。;\s])(?:一共|总共|目前)?(?:完了)?就(?:是)?这(?P<n>{_N})个(?:村|社区)?(?:了|啦|吧|哈|的)*(?=\s*(?:[,;。!\n~]|$))"
)
_OUR_OWN: Final = re.compile(
    rf"^(?P<said>[^,;。!乡镇县村社区各]*{_N}[名个位](?:新?执委)?[^,;。!乡镇县村社区各0-9没未不]{{0,8}})[,\s]+(?:都|就|这)*(?:是)?(?:我们|咱们)?(?P<unit>[镇乡])[里上]的[了哈啊呀哦呢]*(?=[。!]?\s*$)"
)
"""14名执委新选上来了，镇里的: the township's own, named last."""


def without(text: str, lexicon: Lexicon) -> str:
    """The text with such phrases blanked out, as long as before."""
    signs = frozenset(text)
    figure = "执委" in text or "完成" in text
    for chars, pattern in _ROWS:
        if not chars.isdisjoint(signs) and (figure or chars is not _COST):
            text = pattern.sub(_blank, text)
    if "就" in signs and "这" in signs and lexicon.own.level is not Level.VILLAGE:
        text = _ALL.sub(lambda found: _those(found, lexicon), text)
    if "镇" in signs or "乡" in signs:
        text = _OUR_OWN.sub(lambda found: _ours(found, lexicon), text)
    return text


def _ours(found: re.Match[str], lexicon: Lexicon) -> str:
    """What a township says, without that it is its own."""
    own = lexicon.own.level is Level.TOWNSHIP and lexicon.own.name.endswith(found["unit"])
    return found["said"].ljust(len(found[0])) if own else found[0]


def _blank(found: re.Match[str]) -> str:
    return " " * (len(found[0]) - 1) + ("," if found[0][-1] in "?,:" else " ")


def _those(found: re.Match[str], lexicon: Lexicon) -> str:
    """就这两个 behind as many of her units."""
    told = {m.places[0].key for m in lexicon.names.find(found.string[: found.start()])}
    return " " * len(found[0]) if len(told) == numerals.value(found["n"]) else found[0]
