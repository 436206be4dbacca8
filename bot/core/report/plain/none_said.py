"""The ways to say that nothing is new, put as the common language has them: 啥子新增都没得, 梅有新增, 没有新的变化, 灵报告.

Only a clause that says nothing else is put so; what follows a figure or a word more (什么新增都没有说清) stays as it is.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Final

from bot.core.report.plain import nothing_new

_NO: Final = "(?:没有|没得|没|冇得|冇|莫得|么得|木得|木有|呒没|冒得|毛得|暂无|无)"
_ANY: Final = (
    "(?:什么|啥[子物个]?|么[子个哩]|乜嘢?|嘢|咩|嘛|任何|哪样|半点儿?|一点儿?|一丝|半个|半名)"
)
_ALSO: Final = "(?:也|都|拢|全|是|还)+"
_NEW: Final = "(?:新的?(?:增加?的?|数据|数字|人员|人|执委|成员)?|新?增加?的?)"
_CHANGED: Final = "(?:变化|变动|改变|变更|动静)"
_CHANGE: Final = f"(?:新的?)?{_CHANGED}"
AFTER: Final = "(?=(?:[的了哦啊哈呢咯嘛噻呀啦喽嘞咧嗷哟滴]|谢谢|辛苦了?)*(?:$|[,。;!~\\s]))"
BEFORE: Final = "(?:^|(?<=[,。;!:\\s村区乡镇里边们])|(?<=[这本上个呢]周)|(?<=礼拜)|(?<=星期)|(?<=[本这]月)|(?<=[目之]前)|(?<=今天)|(?<=暂时)|(?<=[这本]次)|(?<=真的)|(?<=确实))"
_FIGURE: Final = (
    "(?:会改联|妇代会改妇联|改联|(?:新增|新选)?的?执委|区域化(?:建设)?)(?:工作|建设|人数)?"
)
_NONE: Final = "没有新增"
_SAME: Final = "没变化"
_LAST: Final = "(?:[这本]周|这个?(?:礼拜|星期|月)|本[期月次]|这[次回])"
_Told = str | Callable[["re.Match[str]"], str]


_VALUE: Final = re.compile(
    "[0-9二两三四五六七八九十]|一[名个位]|完成|[弄搞办改做选][好完了]|没[弄搞办改做]"
)


def _alone(plain: str, found: re.Match[str]) -> str:
    """没东西报了, 没多没少: behind a value it says that there is no more, or that it is exact."""
    return (
        found[0]
        if _VALUE.search(found.string[: found.start()] + found.string[found.end() :])
        else plain
    )


def _no_more(found: re.Match[str]) -> str:
    """新增执委12名，没啥要报的: there is nothing else."""
    return "" if _VALUE.search(found.string[: found.start()]) else found[0]


def _as_last(found: re.Match[str]) -> str:
    """还跟上礼拜那样似的: as last time."""
    return f"和{found[1]}一样"


def _kept(found: re.Match[str]) -> str:
    return found[1]


_ROWS: Final[tuple[tuple[frozenset[str], re.Pattern[str], _Told], ...]] = tuple(
    (frozenset(chars), re.compile(pattern), told)
    for chars, pattern, told in (
        ("会选", "(?<=没有新增)(?:的)?[,\\s]*(?:(?:也|都|又|还|因为|反正)*(?:没有?|没)(?:开会|开过会|选人|选举|选过人?|换届)[,\\s]*)+(?=(?:所以|就|这周|本周)*(?:报个?[零0]|零报告))", ","),
        ("报减少", f"[,。]\\s*(?:{_NO}(?:(?:啥|什么|别的|其他的?|东西)(?:要|好|可|需要)?|要|好|可)(?:上?报|汇报)的?|没[加增]没减|没多也?没少){AFTER}", _no_more),
        # 什么新增都没有, 啥子变化都莫得, 啥子都没得增加, 新增啥的都没有, 没有新的变化, 没得啥子变动
        ("新增", f"(?:{BEFORE}{_ANY}的?{_NEW}|(?<!为){_ANY}的?新增){_ALSO}{_NO}{AFTER}|{BEFORE}{_ANY}{_ALSO}{_NO}(?:新增加?|增加){AFTER}|{BEFORE}新增(?:什么|啥)的?{_ALSO}{_NO}{AFTER}", _NONE),
        ("新增", f"{BEFORE}(?:{_NO}{_ANY}的?新增加?(?:的|人员|执委)?|(?:本周)?无新增(?:内容|事项)|{_NO}(?:[整弄搞](?:[出啥]|什么)*新[增的人]|(?:[出啥来]|什么)+新[增人])来?|新增(?:的?(?:人数|人员|名单|情况|数据|数))?[是为有:]*{_NO}){AFTER}", _NONE),
        ("报", f"{BEFORE}(?:{_NO}有?(?:嘢|料|东西|啥物|物|内容|事项?|数据)(?:可|要|需要?|得|好)?(?:上报|通报|汇报|填报|报)的?|{_NO}需?要?上报的?(?:内容|数据|事项)|无事可报|没有需要上报的(?:内容|数据|事项)){AFTER}", partial(_alone, "零报告")),
        # 没有，本周零; 会改联、执委等各项均无新增
        ("零0", f"{BEFORE}(?:{_NO}[,。\\s]+(?:[这本]周|这个?礼拜|这[次回]|都|也|就|是)*[零0]|(?<![0-9.])[零0][,\\s]+{_NO}){AFTER}", partial(_alone, "零报告")),
        ("、和", f"{_FIGURE}(?:[、和]{_FIGURE})+(?:等|这?[几两]项|各项|工作|指标|数据|数字?|方面|情况|目前|本周|,)*(?:都|均|也|全|全部)*(?:为|是|报)?(?:(?:没有?|无|零)新增|零报告|零){AFTER}", "没有新增"),
        # 跟上次一样没改; 上周到现在没有新增; 还跟上礼拜那样似的
        ("改动", f"(一样|一个样|一模一样|照旧|老样子|没变化)的?[,\\s]*(?:也|都|一点)*没(?:有)?(?:改|动)(?:过|动)?{AFTER}", _kept),
        ("到至", f"(?:从|自)?上(?:一?周|个?礼拜|个?星期|次)(?:报数?)?(?:以后|之后)?(?:到|至)(?:现在|今天|目前|本周|这周|如今)(?:我们?村?|都|还|一直|也)*(?=没有新增|没变化|{_NO}(?:新增|变化))", "本周"),
        ("那", f"{BEFORE}(?:还是?)?[跟和同与](上个?(?:周|礼拜|星期|次|回))(?:那样|那会儿|那个样)(?:似的|的|儿|子)*{AFTER}", _as_last),
        ("份张次", f"(零报告)一[份张次]{AFTER}", _kept),
        ("旧", f"(照旧)上?报{AFTER}", _kept),
        ("任何", f"{_NO}新增任何(?:执委|人员?|成员){AFTER}", _NONE),
        ("圈遍本单", f"{BEFORE}(?:我)?(?:问|查|看|翻|打听)[了遍完]*(?:一圈|一遍|本子|名单|台账|名册)(?:都|也|还是)*(?={_NO}(?:新增|变化))", ""),
        ("添加多进", f"{BEFORE}(?:{_NO}新(?:添|加|进|来)的?(?:人|姐妹|成员)?|没多出?一[个名]){AFTER}", partial(_alone, _NONE)),
        ("收蛋光", f"{BEFORE}(?:又|还是|照样|继续|依旧)*(?:颗粒无收|(?:吃|得|拿|抱|是|交)(?:了|个|一个)*(?:鸭蛋|大?零蛋|光头)){AFTER}", partial(_alone, _NONE)),
        ("零0", f"{BEFORE}(?:继续|照例|依旧|依然|仍然?|还是|照旧|本周)*(?:零报告|[请就]?按[零0]报告(?:来|上)?报|[请就]?按[零0](?:上报|报|记|算|填|登记)){AFTER}", "零报告"),
        ("减少", f"{BEFORE}(?:[没不]加[也都,]?[没不]减|没多也?没少){AFTER}", partial(_alone, _SAME)),
        ("变动", f"{BEFORE}(?:{_ANY}的?{_CHANGE}{_ALSO}{_NO}|{_NO}{_ANY}?新的?{_CHANGED}|{_NO}{_ANY}{_CHANGED}){AFTER}", _SAME),
        ("数字增", f"{BEFORE}{_NO}{_ANY}?新的(?:数据|数字|增加){AFTER}", _NONE),
        # 没得人加进来, 今个礼拜冇人加, 没得新的, 没有增员, 新增是没有的, 勒个礼拜一个也呒没
        ("人员", f"{BEFORE}{_NO}有?人(?:被?(?:选|加|添|补|增)(?:进来?|上来?|入)|[加添增]|进来){AFTER}|{BEFORE}{_NO}(?:增员|添丁|人新增|新增[到得](?:人|嘢)?){AFTER}", _NONE),
        ("新", f"{BEFORE}(?:[没冇莫]得新的|新增(?:执委)?(?:是{_NO}的|为空|是空的?)){AFTER}", _NONE),
        ("个名", f"{BEFORE}[一半][个名](?:也|都|拢)(?:呒没|无得|莫得|木得|么得){AFTER}", _NONE),
        ("未谁新", f"{BEFORE}(?:(?:尚未|未曾|至今未|未有)有?新增|谁[都也]没有?(?:新增|[选加]进来)|没有?新(?:面孔|鲜血液)){AFTER}", _NONE),
        ("样改未", f"{BEFORE}(?:(?:数字?|数据|人数|情况)(?:还是|都|也|全)*(?:一样|没改)|未有(?:变化|变动)){AFTER}", _SAME),
        # 原样不动, 跟上礼拜冇两样, 佮顶礼拜仝款
        ("原如", f"{BEFORE}(?:原样(?:不动|未动){AFTER}|一切如常{AFTER})", partial(_alone, _SAME)),
        ("样款", f"(?<=[周拜期次])(?:[冇呒无]得?[两二]样|[仝共同]款){AFTER}", "一样"),
        ("点丝", f"{BEFORE}(?:一点儿|一丝儿?|半点儿?){_ALSO}?没有?(?:变化?|动){AFTER}", _SAME),
        ("啥什", f"(?:(?<=[这本个]周)|(?<=礼拜)|(?<=星期)|(?<=[这本]月))(?:真的?|还是|又)?(?:啥|什么){_ALSO}(?:{_NO}|没[整弄搞])[过成]?{AFTER}", partial(_alone, _NONE)),
        ("行", "^(?:本周|这周|我们?村|[,\\s])*(?:实行|执行)[零0]报告(?=[。!]?$)", "零报告"),
        ("领邻", "^(?:[本这]周)?[领邻]报告[了哈啊哦]*(?=[。!~]*$)", "零报告吗"),
        # by the sound: 梅有新增, 没油新增, 无心增, 没编化
        ("梅每美妹煤霉媒油又友", f"{BEFORE}(?:[梅每美妹煤霉媒]有|没[油又友])新增(?![^\n]*[就都再才吗?]){AFTER}", _NONE),
        ("心信欣辛星", f"{BEFORE}(?:没有?|[暂并尚]?无|冇|没得)[心信欣辛星][增曾赠憎]{AFTER}", _NONE),
        ("变编便边", f"{BEFORE}(?:[梅煤毛设]变化|(?:没有?|[暂并尚]?无|冇)[编便边]化|[梅每美妹煤霉媒]有变化){AFTER}", _SAME),
        ("灵令凌", f"{BEFORE}[灵令凌]新增{AFTER}", "零新增"),
        ("零令灵凌玲龄0", f"{BEFORE}(?:[零令灵凌玲龄0](?:[报抱暴豹包保爆][告高搞吿稿]|汇报)|(?<![^,])0抱告|(?<![0-9.])0报){AFTER}", "零报告"),
        ("零0", f"{BEFORE}(?:我们?|就|也|给您?|先|只)*(?:报|填|写|算)(?:个|一个|的是|的|了)?[零0]{AFTER}", "零报告"),
        ("另林oO", "(?:^|(?<=^[本这我]周)|(?<=^[我本]村))[另林oO]报告(?=[了哈啊哦]*[。!~]*$)", "零报告"),
        # and so need not be touched: 和上周的一样，不用改了
        ("用需必改勿甭", "(一样|不变|没变化?|没有变化|无变化|照旧|老样子|样)[,。\\s]*(?:就|也|都)?(?:不用|不需要?|不必|勿用|无需|毋需|甭|不)再?(?:改|动|变|管|更新|修改|调整)(?:它|了|啦|的)*(?=[哈啊哦呀]*(?:$|[,。;!~\\s]))", _kept),
        # 没有的，零; 零，没有新增: of all
        ("零0", f"(?:没有新增|零报告|{BEFORE}(?:新增的?)?(?:{_NO}|颗粒无收|一[个名](?:都|也)?没有?)|(?:没有?|没得|冇|莫得|木有)人(?:[^,。;!?\\n0-9执会区愿]{{1,6}}))(?:[的了哦啊哈呀喽咯咧噻嘛呢]|新增)*[,。!~\\s]+(?:{_LAST}|还|都|也|就|是|为|报|报个|按|记|算)*[零0]个?{AFTER}|(?<![0-9.])(?:(?:{_LAST})?(?:报|为)?[零0]个?)[,。!~\\s]+(?:{_LAST}|我们?村?|都|也|真的)*(?:没有新增|{_NO}新增)的?{AFTER}", partial(_alone, "零报告")),
    )
)  # fmt: skip


def plain(text: str) -> str:
    """The text with such clauses put plainly."""
    text = nothing_new.plain(text)
    signs = frozenset(text)
    for chars, pattern, told in _ROWS:
        if not chars.isdisjoint(signs):
            text = pattern.sub(told, text)
    return text
