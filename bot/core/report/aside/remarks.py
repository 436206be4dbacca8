"""Remarks beside a figure that leave it as it is: when to ring, that all is said, who is among them, by when it was due, who came to the meeting and when it ended; and nothing put as a list puts it.

Each is known as a whole and blanked out, or put plainly, before the sentence is read, its places as they are; with a word more
(别的没说清, 28日前要选的, 2名老执委也在里头) it stays.
"""

from __future__ import annotations

import re
from functools import partial
from typing import Final

from bot.core import numerals

_D: Final = "[0-9一二三四五六七八九十两]{1,3}"
_W: Final = "[名个人位]"
_START: Final = r"(?:^|(?<=[,;:。!?\n\s]))"
_END: Final = r"(?=\s*(?:[,;:。!\n)~]|$))"
_SO: Final = "[了哈啊呀哦呢啦的]*"
_UNIT: Final = "[\u4e00-\u9fff]{2,4}(?:村|社区|乡|镇)"
_WRONG: Final = "(?:不对|不妥|不清楚|不明白|不符|出入|问题|错)的?(?:地方)?"
_ALREADY: Final = "(?:已经?|都|也|刚|正式|全部?|顺利)*"
_NO: Final = "(?:没有?|木有?|冇得?|莫得|么得|没得)"
_STEP: Final = "(?:宣传|动员|发动|摸底|推荐|推选|提名|公示|酝酿|筹备|准备|协商|考察|走访|入户|调研|审核|讨论|培训)"
_NONE_NEW: Final = r"(?=[,\s]+(?:所以|也|就|本周|这周)*(?:(?:没有?|无|零)新(?:增|的)|新增(?:的)?(?:为|是)?(?:零|0)))"

_ROWS: Final = tuple(
    (frozenset(chars), re.compile(pattern), plain)
    for chars, pattern, plain in (
        ("数", rf"{_START}(?:我们?|今天|现在|先)*(?:把|将)(?:我们?村?|村里)?(?:[这本]周|今天|本期|这次)?的?(?:人?数字?|数据|情况)(?:给您|向您|跟您|先|上)*[报说]{_SO}(?:一?下|给您|上来|上去|过来){_SO}{_END}", ""),
        ("话真编系址号", rf"{_START}(?:邮编|邮政编码)[0-9]{{6}}{_END}|{_START}(?:我的?)?(?:联系)?(?:电话|传真|手机号?|号码|联系人|地址|邮箱|微信号?)(?:也|都|还)*(?:[跟和同与](?:以前|上次|之前|原来|上周|过去)(?:的)?一样|没变|不变|照旧|同上){_SO}{_END}", ""),
        ("打系", rf"{_START}(?:(?:如果?|要是|若)(?:还)?有(?:啥|什么)?{_WRONG}[,\s]*|有(?:啥|什么|哪里|哪儿){_WRONG}[,\s]*|有{_WRONG}(?:[,\s]*(?=就|请|再|随时|尽管))?)(?:就|请|再|您|你|麻烦|尽管|随时)*(?:给我|跟我)?(?:打我(?:的)?(?:电话|手机)?|打(?:个)?电话(?:给我)?|打(?=\s*1)|联系我|来电话?){_SO}[:,\s]*(?:1[3-9][0-9]{{9}}(?![0-9]))?(?=\s*(?:[,;。!\n)~]|$)|\s+[\u4e00-\u9fff]{{2,3}}$)", ""),
        ("打", rf"{_START}(?:今天|明天|后天|今晚|明早|这两天)?(?:早上|上午|中午|下午|晚上|夜里)?{_D}(?:点半?|:[0-9]{{2}})(?:之|以)?[前后](?:请|就|都|您|你|先)*(?:别|不要|莫|勿|不用)(?:给我|再)?(?:打|来电)(?:我|电话|手机|扰)*{_SO}{_END}", ""),
        ("别其旁余", rf"(?<=[,。;!\s])(?:别|其[他它余]|旁)的?(?:都|也|就|再|暂时|目前|倒)*{_NO}(?:(?:啥|什么|甚么)(?:好|可|要)?|好|可|要)(?:说|讲|补充)的?{_SO}{_END}|(?<=[,。;!\s]){_NO}(?:啥|什么)?别的(?:要|可|好)?(?:说|讲|补充)的?{_SO}{_END}", ""),
        ("错", rf"(?<=[,。;!\s])(?:(?:{_NO}|么)[打写报填看说数算搞弄记输]?错|错不了){_SO}{_END}", ""),
        ("多少", rf"(?<=[,。;!\s])(?:(?:[多少]一个(?:都|也)?没有?[,\s]*){{1,2}}|没有?多(?:也)?没有?少|一个(?:都|也)?[没不]多[,\s]*(?:一个)?(?:都|也)?[没不]少|多的(?:一个)?(?:都|也)?没有?){_SO}{_END}", ""),
        ("意悬波", rf"{_START}(?:没有?(?:出|什么|啥|任何)*|毫无|并?无)(?:意外|悬念|波折)(?=[,\s]+[^,。;!\n]{{0,12}}(?:全部?|都|已经?)(?:当选|选上|选出来了|过了|通过))", ""),
        ("半", rf"(?<![没未不])(?:(?:每个人?|她们|大家)的?)?(?:得?票数?)?(?:都|全都?|全部|个个|均)(?:超?过了?)半数了?(?={_END}|当选|选上|通过)", ""),
        ("分职挂揭培", rf"(?<=[,。;(\s])(?:具体|人员)?的?(?:职务)?(?:分工|职责|(?:挂牌|揭牌|授牌|培训|见面会?)的?(?:时间|日期))(?:还|都|暂时?|再)*(?:待定|[没未]定|没有定|待明确|未明确|另行(?:通知|安排)|回头再[定说分]){_SO}{_END}", ""),
        ("改动变", rf"(?<=[,。;!\s])(?:新?增?执委)?的?(?:数字?|人数)(?:就|都|还是|也)*不(?:用|要|需)?(?:再)?[改动变]{_SO}{_END}", ""),
        ("补", rf"{_START}(?:再|另外?|还有?)?(?:要)?补充(?:一[条点句下个])?[:,]", ""),
        ("零0", rf"(?<=[0-9名个人位成好])[,\s]+(?:可|我们?村?|[这本]周|这[回次]|今天)*(?:不是|不报|不用报|别记)(?:零|0)(?:报告?)?{_SO}{_END}", ""),
        ("重改更", rf"^(?:主席|领导|[您你]好|[,。\s])*(?:麻烦|请|帮我?|我要?|给我)*(?:重新(?:上?报|发|说|填)(?:一[下遍次])?|(?:改|更正|修改)一?下(?:我们?村?的|刚才的|上次的)?(?:数字?|数据|人数)?)(?=[,:]\s*新[增选])|(?<=[0-9名个人位],)(?:就|我们?)?不改了{_END}", ""),
        ("到", rf"{_START}说到做到{_SO}{_END}", ""),
        ("际", r"实际(?=(?:到会|参会|出席|到场|签到)的?(?:妇女|代表|群众|村民|姐妹))", ""),
        ("谢亏靠", rf"{_START}(?:也|还|特别|要|真的?|首先|最后|衷心)*(?:感谢|多谢|谢谢|多亏|全靠|亏得)了?(?:[乡镇县市村][里上]|上级|妇联|组织)*(?:派来)?的?{_D}[名位个](?:领导|老师|干部|同志|老?党员|专家|主席|书记|姐妹|志愿者|工作人员)们?的?(?:到场|亲自|全程|来|前来|大力|一直|都)*(?:指导|支持|帮助|帮忙|帮|关心|把关|坐镇|出力|鼓励|见证|主持)*(?:工作)?{_SO}{_END}", ""),
        ("指", r"(?:两|2)个指标(?=(?:都|均|全都?)(?:跟|和|与|不|没|无|照|同))", "两项"),
        ("得", rf"(?<=一共|总共|拢共|统共)得(?=\s*{_D}{_W}人?[咯嘞啰喽哩]{_END})", ""),
        ("岁", rf"{_START}我(?:们)?(?:本人|今年|已经?|都|也|快)*[2-9二三四五六七八九][0-9十][一二三四五六七八九]?多?岁(?:的人)?[了啦](?:还是|还|才|也|又|是)*(?:头一[回次遭]|第一[回次]|头回|首次)(?:学着|学|来|用|拿|会)*(?:手机|微信|这个|公众号)*(?:报数字?|报数据|上报|汇报|打字|发信息|填报|报|弄)?{_SO}{_END}", ""),
        ("来到", rf"{_START}(?:姐妹|妇女|村民|群众|乡亲|大家伙)们?(?:儿)?(?:都|也|今天|昨晚|昨天|那天|一共|总共|共|足足|呼啦啦)*[来到]了?(?:有|场|会)?(?:[二三四五六七八九]?十|[2-9]0)[多几来][个名位]?人?(?:多)?{_SO}(?=\s*[,。;!\n](?!\s*(?:都|全|均|就|这些|当|她们|其中|里))[^\n]*(?:新[增选]|选出))", ""),
        ("快", rf"{_START}(?:都|这都|已经)+快(?:晚上|半夜)?{_D}点半?了?,?(?:我)?才(?:想起来?|记起来?|记得|有空|得空|闲下来)(?:要|来)*(?:上?报|发|填)?(?:这个|数字?|数据)?{_SO}{_END}", ""),
        ("孩娃孙老", rf"{_START}(?:我|我家|家里|家中|屋里|还|也)*有{_D}个?(?:小孩子?|孩子|娃儿?|娃娃|孙子|孙女|孙儿|老人|病人|老小)(?:要|得|需要)(?:我)?(?:带|照顾|照看|看|管|接送|伺候|喂){_SO}{_END}", ""),
        ("占", rf"(?<=[0-9一二三四五六七八九十]{_W})\s(?=(?:其中)?[\u4e00-\u9fff]{{2,6}}占)", ","),
        ("岁", rf"{_START}(?:新增)?执委的?平均(?:年龄)?(?:是|为|在)?[0-9]{{2}}(?:\.[0-9])?周?岁(?:左右|多)?[,\s]+(?=(?:共|一共)?新[增选])", ""),
        ("老旧连留", rf"(?<=[0-9名个人位])[,\s]+(?:其中)?(?:[老旧]的?(?:执委|人)?|(?:连选)?[连留]任的?(?:执委)?)(?:是|有|为)?[零0][名个人位]?{_END}", ""),
        ("经", rf"{_START}经过?(?:前期|这?[几两三半]?个?多?月(?:时间)?|认真|精心|充分|周密|反复|多次|广泛|积极|细致|的)*{_STEP}(?:[、和与及]{_STEP})*(?:等(?:程序|环节|步骤|工作))?,(?=[^。!\n拟计预争候]*(?:完成|新增|产生|当选|选出|成立))", ""),
        ("研", rf"{_START}经(?:村|社区|我们?)?(?:里|支)?(?:两委|党支部|支委|党委|党组织|班子)(?:会|会议|集体)*(?:研究|讨论|商议)(?:决定|通过)?[、并,]*(?:上?报|报请|报经)(?:乡镇|乡|镇|街道|上级|县)?(?:党委|妇联|政府|、|和)*(?:同意|批准|审批|备案)后?,", ""),
        ("选", r"在(?:本次|此次|这次)?(?:换届)?选举(?:过程)?中,?(?=(?:严格|坚持|充分|依法|始终|实行|采用|采取)[^,。;没未不]{2,16},)", ""),
        ("干顶当", r"一个人(?:要|得)?(?:干|做|顶|当)[两二三四五几]个?人?(?:的(?:活儿?|事儿?|工作)|用|使)", ""),
        ("代", rf"(?:原来|原先|以前)的(?=(?:本?村)?的?妇代会{_ALREADY}改(?:成|为|建))", ""),
        ("前", rf"{_START}(?:(?:{_D}月)?{_D}[日号]|月底|周[一二三四五六日]|月末)(?:之|以)?前(?:就)?(?:要|该|得)(?:上?报|交)的(?:数字?|数据|材料|表)?[,\s]*(?:我们?|这边)*(?:先|提前|现在|今天|就)+(?:上?报|交)(?:上来|过来)?{_SO}{_END}", ""),
    )
)  # fmt: skip
"""Characters of which any such phrase holds one, what it looks like, and what it says."""

_STAYED: Final = re.compile(
    rf"(?<![不非未别])(?:(?:都|全部?|全都)是(?:连任|留任)(?:的|过来的|下来的)?了?|(?:都|全部?|全都)(?:连任|留任)了?|(?:还|仍|都还?)是原来(?:的)?(?:那?(?:些|几个|班|帮))(?:人|姐妹)?){_NONE_NEW}"
)
_IF: Final = re.compile("要是|如果|假如|若是?|万一|的话|除非|[候备]")


# ---- who came, and when it ended ---------------------------------------------------------------------------

_GOES_ON: Final = r"(?!\s*[,;。(]\s*(?:都|全|均|也|就|作|当|这|是|她|他|其|里|选|有))"
_PEOPLE_CAME: Final = "[0-9一二三四五六七八九十百两]{1,5}(?:[个名位]人?|人)"
_CAME: Final = re.compile(
    rf"{_START}(?:今天|当天|这次)?(?:妇女|村民)?代表(?:一共|总共|共|都|今天|也)*(?:来|到)(?:了|会|场|齐)*{_PEOPLE_CAME}{_SO}{_END}{_GOES_ON}"
)
_SIGNED: Final = re.compile(
    rf"{_START}(?:会议|大会|会上|今天|今日|当天|本次|现场)*(?:实际)?签到(?:人数|的)?(?:一共|总共|共|有|了|是|为|:)*{_PEOPLE_CAME}(?:[,、\s]+(?:请假|缺席)(?:的|了|有)*{_PEOPLE_CAME}(?:没来|没到)?)?{_END}{_GOES_ON}"
)
_OF_ALL: Final = re.compile("应|率|总|实到|到会|会员|有表决|分之|/|代表.*代表", re.DOTALL)
"""Who came out of how many is a figure."""
_CLOCK: Final = "(?:今天|昨天|当天|上午|下午|中午|晚上)*(?:[012]?[0-9]:[0-5][0-9]|[0-9一二两三四五六七八九十]{1,3}点(?:半|[一三]刻|[0-9一二三四五十]{1,3}分)?)"
_OVER: Final = "(?:才|就|已经?|顺利|圆满|准时)*(?:结束|散会|开完|开好)了?的?"
_ENDED: Final = re.compile(
    rf"{_START}(?:{_CLOCK}(?:会议|大会|会|换届会|选举会|代表会)(?:就|才)?{_OVER}|(?:会议|大会|会){_CLOCK}{_OVER}|{_CLOCK}(?:就|准时)?(?:开会|开始开会|会议开始)[,、\s]*(?:一直)?(?:开?到)?{_CLOCK}(?:会议)?{_OVER}){_END}"
)


def _met(text: str, signs: frozenset[str]) -> str:
    """The text without how many came to the meeting and when it was over."""
    if "执委" not in text and "完成" not in text:
        return text
    of_all = _OF_ALL.search(text) is not None
    if "代" in signs and not of_all:
        text = _CAME.sub(partial(_put, ""), text)
    if "签" in signs and "代" not in signs and not of_all:
        text = _SIGNED.sub(partial(_put, ""), text)
    if "会" in signs and (":" in signs or "点" in signs):
        text = _ENDED.sub(partial(_put, ""), text)
    return text


# ---- nothing to tell ---------------------------------------------------------------------------------------

_AT_ZERO: Final = re.compile(
    rf"(?:(?P<none>{_START}(?:这周|本周|我们?村?|这[次回])*(?:{_NO}(?:什么|啥)?(?:要|可|需要)(?:上?报)的?了?|(?<=周)无))|(?P<new>(?:没有?|无)新增(?:执委)?))(?P<gap>[,\s]+)(?:那|就|我们?)*按(?:零|0)(?:报告|上?报|填|记){_SO}{_END}"
)
_LISTED: Final = re.compile(r"^(?:本周|这周)?新[增选]的?执委[:,\s]")
_HEAD: Final = re.compile(
    r"会改联(?:工作)?(?:进展)?情况(?:汇报|报告|如下|上报)*:\s*(?=(?:经(?:核实|统计|核对|排查),)?(?:本周|这周|本月|本村|我村|我们村|目前|截至目前|暂时|,)*(?:没有?|无|暂无)新[增选](?:的?执委)?(?:[,。]零报告)?[。!\s]*$)"
)
"""会改联情况：本周没有新增，零报告: what the report is called."""
_NOTHING: Final = re.compile(
    rf"(?<=[0-9]{_W})(\s+{_UNIT})(没有|无)(?=\s*(?:[。!]?$)|\s+(?:{_UNIT}[0-9没无]|会改联|区域化))"
)


def _at_zero(found: re.Match[str]) -> str:
    """没什么要报的，按零报: 零报告; 没有新增，按零报: 没有新增."""
    return (found["new"] or "零报告").ljust(len(found[0]))


def _zero(found: re.Match[str]) -> str:
    """新增执委 九蓬村12人 念山村没有: 念山村0名."""
    return found[1] + "0名"[: len(found[2])]


# ---- who is among them -------------------------------------------------------------------------------------

_KIND: Final = "(?:党员|团员|群众|大学生?|本科生?|大专|中专|高中|初中|小学|村医|医生|护士|教师|老师|会计|茶农|果农|(?:[汉畲回苗满壮藏彝侗瑶白黎傣羌佤]|土家|蒙古|布依|哈尼|仡佬|朝鲜|维吾尔|纳西)族|少数民族|[3-9]0后|[2-6][0-9]岁|女?能人|(?:致富|创业)?(?:带头人|能手)|(?:种植|养殖|种养)?大户|网格员|志愿者|个体户|女?(?:职工|工人)|女?企业家|宝妈)"
_LEVEL: Final = "(?:的|文化|学历|程度|水平|毕业|以[上下])*"
_WOMEN: Final = "(?:姐妹|妇女|媳妇|女同志|同志|女的|的)?"
_EXCEPT: Final = re.compile(
    rf"(?P<all>{_D}){_W}(?P<gone>[,\s]+除了?(?P<some>{_D}){_W}人?(?:是|为)?{_KIND}{_LEVEL}(?:以外|之外|外)?[,\s]*(?:其[余他]|剩下|别)?的?(?:人)?(?:都|均|全|全部)(?:是|为)?{_KIND}{_LEVEL}){_END}"
)
_SORT: Final = rf"(?:{_KIND}|外来|外嫁来?|嫁来|返乡|年轻){_WOMEN}"
_AMONG: Final = rf"(?P<some>(?:(?:{_SORT}|(?:妇联)?副?(?:主席|常委))\s*{_D}{_W}人?[,、和\s]*|{_D}{_W}{_SORT}[,、和\s]*)+)(?:(?:也|都)+(?:算|包括|包含)?在(?:里头|里面|内|其中|里边|当中)|(?:包[含括]|计算?|算)在内)"
_BEHIND: Final = re.compile(rf"(?P<all>{_D}){_W}(?P<gone>[,(\s]+{_AMONG}\)?){_END}")
_BEFORE: Final = re.compile(
    rf"{_START}(?P<gone>{_AMONG}[,\s]+)新[增选]的?执委(?:总数|总共|一共|共|有|是|为|数|:)*(?P<all>{_D}){_W}"
)

_DOES: Final = "(?:[返回](?:乡|村)(?:创业|就业|发展|种[田地茶])?|退[伍役](?:回来|回村|返乡)?|外?嫁(?:过来|进来|来|入)|开(?:店|超市|民宿|饭店|农家乐|网店)|种[茶田地菜果菇]|养[猪鸡鸭鱼蜂牛羊]|(?:外出|在外)?[打务]工(?:回来|返乡)?|教书|当过兵|做(?:生意|电商|买卖)|跑运输)"
_SOME: Final = rf"(?:{_DOES}(?:大学生|青年|人员)?|{_KIND}{_LEVEL}){_WOMEN}(?:有|共)?{_D}{_W}人?"
_COUNT: Final = re.compile(rf"{_D}{_W}")
_HOLDING: Final = re.compile(
    rf"(?P<all>{_D}){_W}(?:新?执委)?(?P<gone>[,(\s]+(?:含|包括|包含|连)了?(?P<some>{_SOME}(?:[,、和]+{_SOME})*)(?:在内)?\)?){_END}(?!\s*[,;。)]\s*(?:现在|目前)?(?:一共|总共|共|合计|总计|累计|加起来|实际|总数))"
)
_EXCEPT_OFFICE: Final = re.compile(
    rf"(?P<all>{_D}){_W}(?P<gone>[,(\s]+(?:其中)?(?:[乡镇]?(?:直)?机关|事业单位|企业|学校|卫生院)(?:单位|干部|职工|里|的)*(?:有|占)?(?P<some>{_D}){_W}人?[,\s]+其[余他](?:的|人)*(?:都|均|全|则)*(?:是|为|来自)+(?:各行各业|各条战线|各行业|各个行业|社会各界|各界)(?:的|人士|代表|妇女|人)*\)?){_END}"
)


def _without_some(found: re.Match[str]) -> str:
    """The figure without what is said of some of them, if they are no more than there are."""
    some = sum(numerals.value(one[:-1]) or 0 for one in _COUNT.findall(found["some"] + "名"))
    if some > (numerals.value(found["all"]) or 0):
        return found[0]
    start, end = (at - found.start() for at in found.span("gone"))
    return found[0][:start] + " " * (end - start) + found[0][end:]


def _among(text: str, signs: frozenset[str]) -> str:
    """The text without who is among them."""
    if "除" in signs:
        text = _EXCEPT.sub(_without_some, text)
    if "含" in signs or "包" in signs or "连" in signs:
        text = _HOLDING.sub(_without_some, text)
    if "余" in signs or "他" in signs:
        text = _EXCEPT_OFFICE.sub(_without_some, text)
    if "在" in signs:
        text = _BEHIND.sub(_without_some, _BEFORE.sub(_without_some, text))
    return text


# ---- a slip told in the same breath ------------------------------------------------------------------------

_JUST_NOW: Final = re.compile(
    rf"(?<=[0-9]{_W},)刚才(?=我?[少多漏](?:算|数|报|写|记)了?{_D}[个名位]人?,)"
)
_DIGIT: Final = re.compile(
    rf"(?P<was>[0-9]{{2,3}}){_W}?[,(\s]+(?:我|不小心|手[抖滑快误贱]了?)*多(?:打|按|写|输|敲)了?一?个?(?P<digit>[0-9])[,)\s]+(?=(?:(?:应该?|其实|实际|就)?[是为]|就)\s*(?P<right>[0-9]{{1,2}}){_W}?{_END})"
)


def _slipped(found: re.Match[str]) -> str:
    """21名，多打了一个2，是1名: only what is right, if it is what the digit leaves."""
    was, digit = found["was"], found["digit"]
    left = {was[:n] + was[n + 1 :] for n, one in enumerate(was) if one == digit}
    return " " * len(found[0]) if found["right"] in left else found[0]


_RECOUNTED: Final = re.compile(
    rf"(?P<n>{_D}){_W}(?P<gone>[,\s]+我?(?:们|刚才?|刚刚|又|再|重新|仔细|特意)*(?:数|核对?|核实|点|查|对|看)(?:了|过)+(?:[一两二三几好]+[遍次]|一下)?[了,\s]*(?:{_NO}(?:错|问题)|错不了)[,\s]*(?:(?:就|确实|还)?是\s*(?P<again>{_D}){_W})?){_SO}{_END}"
)

_SURE: Final = re.compile(
    rf"(?P<n>{_D}){_W}?(?P<gone>[,。\s]+(?:我|可以|已经?|能)*(?:确定|肯定|确认)(?:了|过|无误)?[,\s]*(?:就?是|为)?\s*(?P<again>{_D}){_W}?){_SO}{_END}"
)
"""12名，确定12名."""
_CHECKED: Final = frozenset("错题定认")


def _recounted(found: re.Match[str]) -> str:
    """12名，刚数了一遍，没错，就是12名: once, if it is the same number."""
    if found["again"] and numerals.value(found["again"]) != numerals.value(found["n"]):
        return found[0]
    start, end = (at - found.start() for at in found.span("gone"))
    return found[0][:start] + " " * (end - start) + found[0][end:]


# ---- what a county heads its townships with ----------------------------------------------------------------

_OF_TOWNSHIPS: Final = re.compile(
    r"^((?:各?乡镇)本级的?(?:妇联)?新[增选]的?执委),(?=(?:[\u4e00-\u9fff]{2,4}[乡镇]\s*[0-9]+[名人个位]?[,、;\s]*)+[。]?$)"
)


def _put(plain: str, found: re.Match[str]) -> str:
    return plain.ljust(len(found[0]))


def plainly(text: str, *, office: bool) -> str:
    """The text with such remarks blanked out or put plainly, as long as before."""
    signs = frozenset(text)
    if not _CHECKED.isdisjoint(signs):
        text = _SURE.sub(_recounted, _RECOUNTED.sub(_recounted, text))
    for chars, pattern, plain in _ROWS:
        if not chars.isdisjoint(signs):
            text = pattern.sub(partial(_put, plain), text)
    if ("连" in signs or "原" in signs) and not _IF.search(text):
        text = _STAYED.sub(partial(_put, ""), text)
    if "零" in signs or "无" in signs or "没" in signs:
        text = _HEAD.sub(partial(_put, ""), text)
    if "按" in signs and not office:
        text = _AT_ZERO.sub(_at_zero, text)
    text = _met(_among(text, signs), signs)
    if "多" in signs or "少" in signs or "漏" in signs:
        text = _DIGIT.sub(_slipped, _JUST_NOW.sub("  ", text))
    if office and _LISTED.match(text):
        text = _NOTHING.sub(_zero, text)
    if office and "本级" in text:
        text = _OF_TOWNSHIPS.sub(r"\1:", text)
    return text
