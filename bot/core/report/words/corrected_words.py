"""How people say that something told before was wrong, why, and what is to be done about it."""

from __future__ import annotations

import re
from typing import Final

from bot.core import numerals
from bot.core.report.plain import blank

D: Final = "[0-9零一二三四五六七八九十百两]"
N: Final = rf"{D}+\s*[名个人位]?"
_SAY: Final = "(?:说|讲|报|写|打(?!电)|算|数|记|填|弄|整|搞|输|念|看|抄|发|送|统计|登记?|录|点|按|敲|转|听|传)"
_TELL: Final = "(?:说|讲|报|写|打(?!电)|填|发|记|输|念|登记|统计|送|按|抄)"
_BEFORE: Final = (
    "(?:刚才|刚刚|刚(?=[报说写填发打按])|方才|头先|之前|前面|前头|先前|此前|早先|最早|起初|上面|上午|早上|中午|下午|今早上?|昨天|昨晚|昨日|前天|那天|上一?[条次回个句]|上周[一二三四五六日天]?(?![一二三四五六日天])"
    "|前期|第一[条次]|前一?[条次个句份]|原先|原来|原本|原(?=[报写填])|前(?=[报填写]))"
)
JUST_NOW: Final = re.compile(
    rf"(?:前面|上面|刚才|刚刚|[上前]一?条)(?:那[条个句]|的|我)*[少多漏错]{_SAY}(?:了|错|一?个|字)*$|(?:前面|上面|刚才|刚刚|[上前]一?条)(?:那[条个句]|的|我)*{_SAY}?错了?的?$"
)
"""前面那条少打一个: of what was told a moment before."""
_THAT: Final = "(?:那一?[条个次份句])"
_THEN: Final = rf"(?:{_BEFORE}|^{_THAT})"
SWAPPED: Final = re.compile("反了|颠倒|调换")
HARMLESS: Final = re.compile("[发报]了?[两二]遍|[发报]重|颠倒")
"""发了两遍, 写颠倒了: it is told again behind."""
BEFORE: Final = re.compile(_BEFORE)
LATE: Final = re.compile(
    rf"{_BEFORE}[^0-9]{{0,6}}?(?:那[条个]|{_TELL})|(?:昨天|昨晚|早上|上午|上次|上回)[^0-9]{{0,4}}(?:漏|忘|少|多|没|乱)[^0-9]{{0,6}}$"
)
"""早上那条少打了个1: of an earlier message, and not of this one."""
_WRONG: Final = re.compile(
    rf"{_SAY}[得的]?(?:太)?(?:错|混|反|岔|串|重|早|高|低|多|少|漏|乱|颠倒|快)|有误|有错|不对|不准|不实|不算|作废|不作数|无效|不要了|(?:别|不要|不用|请勿)(?:看|管|记|登)|忽略|[删抹划]|撤|笔误|口误|手误|手滑|手快"
    rf"|误{_SAY}|错{_SAY}|搞混|弄混|有出入|[✗×]|错了?的?$|误$|是(?:去年|上一?届|总数|旧|老)|发给|{_SAY}成|孙|乱[发点按写]"
)
_TOLD: Final = re.compile(
    rf"{_THEN}[^0-9]{{0,14}}?(?:{_TELL}(?:的|成|了|为|是|过|有|没|未|还)*|那一?[条个份句]|的(?={N}|数|不|别|请|麻烦|都|作废|删)|(?={N}))|^上一?[条次个](?=作废|不算|不作数|无效)|^我?(?:们)?(?:村|社区|乡|镇)?原(?:[报写填]|[为是]?{N})|[报写填]的{N}$"
)
_TOLD_SO: Final = re.compile(
    rf"(?:误|错){_SAY}(?:成|为)?(?:已?完成|未|没|[\"']?否|{N}|[一-鿿]{{1,4}}(?:村|社区|乡|镇|名))|{_SAY}成(?:了)?(?:未|没|还没|[\"']?否|{N}|[一-鿿]{{1,4}}(?:村|社区|乡|镇|的{N}))|(?:登记|[记报写填])[为成](?:未|没|还没)|(?:登记|[记报写算填])到[一-鿿]{{1,4}}(?:村|社区|乡|镇)"
)
_NOT_THAT: Final = re.compile(
    rf"[^,0-9一二三四五六七八九十]{{0,10}}?(?:(?:不是|不止)(?:{N}|没有?|无)|(?:没有?|哪里?有|哪来的?){N})(?:新增|执委)?[了啊哈呢哟呀喔]?"
)
_DEAD: Final = re.compile(
    rf"{N}(?:执委|这个|那个|是|系|的|我|数)*(?:不对|不算数?|作废|不作数|有误|笔误|口误|误报|才?是错|{_SAY}(?:错|漏|反|多|少|重|高|低|早)(?:了|的|一?个字|行|列|一?[个名])*|不要|[✗×])(?:了|的)*$|(?:把|将)[^,]{{0,6}}{N}[^,]{{0,4}}?(?:写|打|按|说|报|填|看|听|记)成了?{N}了?$"
)
OF_OTHERS: Final = re.compile(
    rf"(?:那|那个|前面那个|{N})那?(?:是|系|为)(?:上一?届|去年|上次|往年|旧|老|原来|以前|总|上[回个]|各村|全[乡镇县]|隔壁|别的|[一-鿿]{{1,4}}村的$|{D}+岁|党员|代表|妇女小组长|男)[^,0-9]{{0,8}}$"
)
_HOLDS: Final = re.compile(
    "跟上|一样|相同|照(?![片])|是对的|没错|没问题|包含|含|算上|加上|在内|不变|没变(?!化)|有[一两0-9]+[个名]不|听(?!成|错)|的话|不批|撤销|名单|上面说|(?:之前|原[来先]|上[次周回])的?[0-9一二三四五六七八九十]+[名个人位]?不算|[下乡镇县]里(?!.*错)"
)


def old(said: str) -> bool:
    """Whether a clause tells what was told before and does not hold."""
    if _HOLDS.search(said):
        return False
    if _NOT_THAT.fullmatch(said) or _DEAD.search(said) or _TOLD_SO.search(said):
        return True
    if _TOLD.search(said) is None and re.search(f"^{_THAT}", said) is None:
        return False
    return _WRONG.search(said) is not None or _WHY.search(said) is not None


def until(said: str) -> int:
    """Where the last word ends by which a clause says that something is wrong."""
    return max((m.end() for m in (*_WRONG.finditer(said), *_WHY.finditer(said))), default=len(said))


def told(said: str) -> bool:
    """Whether a clause tells what was told before, without saying that it does not hold."""
    return _TOLD.search(said) is not None and _HOLDS.search(said) is None


_WHY: Final = re.compile(
    rf"[漏忘落](?:了|掉|{_SAY}|下(?!帷))|(?<!差不)[少多重错](?:{_SAY}|了|掉)|{_SAY}(?:得|的)?(?:太)?(?:错|混|反|岔|串|重|漏|乱|颠倒|高|低|早|多|少)|[写弄搞看]颠倒|张冠李戴|搞混|弄混|看成|听成|当成|记成|乱[点按发写动打]"
    "|重复|把.{1,8}(?:算|写|报|加|统计)(?:进去|进来|在内)|手[滑快抖误]|眼花|糊涂|粗心|马虎|笔误|口误|没(?:算|数|统计|加)(?:上|进|到|[一-鿿])|颠倒|失误|疏忽|是我不清楚|数(?:了|过)[一两几三]遍|又?[对核数点查]了?[一两几三]遍|才(?:发现|想起)|刚想起|撤(?:回|销)?不|删不|[发报]了[两二]遍|^是?发给.{1,6}的$|发错[群人]"
)
_LONG: Final = 18  # characters an excuse has at most


def why(said: str) -> bool:
    """Whether a clause tells how it came about that something was told wrong."""
    return len(said) <= _LONG and _WHY.search(said) is not None and _HOLDS.search(said) is None


_PARTICULAR: Final = re.compile(
    "(?:联系)?(?:(?<![来打接])电话(?![里中])|号码|手机号)|日期|时间|名字|姓名|称呼|错?别字|错字|打错字|地址|职务"
)
_MENDED: Final = re.compile("错|更正|改[为成]|有误|打漏|不对")
_IT_IS: Final = re.compile(
    r"(?:应该?|正确的?|其实)?[是为].{1,14}|[0-9-]{7,13}[^0-9]{0,4}|.{0,6}不是.{1,8}"
)
_DAY: Final = re.compile(
    rf"(?:而|并)?不是(?:[0-9一二三四五六七八九十]+月)?{D}+[日号]|(?:而|并)?不是(?:上?周|星期|礼拜)[一二三四五六日天]"
)


def of_a_particular(said: str, before: str) -> bool:
    """Whether a clause puts right a telephone, a day or a name, and no figure: 电话错了, then 应该是139…."""
    if _DAY.fullmatch(said):
        return True
    if kind(said.replace("完成时间", "时间").replace("完成日期", "日期")):
        return False
    if "名单" not in said and _PARTICULAR.search(said) and _MENDED.search(said):
        return True
    return before == "particular" and _IT_IS.fullmatch(said) is not None


WISH: Final = re.compile(
    r"(?:(?:还)?(?:麻烦|让|叫|请|烦请|劳烦|拜托|敬请|望|帮忙?|给|替|把|您|你|[她他我]们?|大家|主席|领导|主任|干事|乡里|镇里|县里|妇联|数字?|那个|之前的?|原来的?|也|再|就|都|以|按|特此|予以?|重新|一起|特|现|数据)*"
    r"(?:改|更正|更改|修改|订正|调整|修正|删|撤|纠正|登记|录入|替换|覆盖|更新|改正|改改)(?:过来|一下|下|一改|掉|了|回来|为准|这个|上|来)*(?:好吗|吧|哈|啊|呢|了|谢谢)*"
    r"|(?:请|麻烦)?(?:就|都|还是)?(?:以|按照?|照)(?:我)?(?:这|本|此|新|下面|以下|后面这|后一条|现在)[^0-9]{0,6}(?:为准|登记|算|记|上报|来|报)(?:吧|哈|了)?"
    r"|(?:其[余他它]|别的|另外)(?:各)?(?:几个)?(?:村|乡镇?|社区|数字?|数据|项|内容)*(?:都|均|的)?(?:不[动改]|没问题|照旧|不用改|不用动)(?:了|哈)?"
    r"|[一-鿿]{0,4}(?:村|社区|乡|镇)?的?(?:数字?|数据)(?:没问题|没错)|特此(?:更正|说明|改正|纠正)|重[报发]一?[下次遍条]?|(?:[她他我]们|今天|刚才?|又|现在?)*(?:补报|改报)(?:来|了)?|(?:数字?|数据|人数)?更正(?:如下)?|勘误|订正|补正|只算一[次条遍]|(?:您|你|请|就)*当我?没(?:看[见到]|说|发|报)过?[了啊哈吧]*|[你您恁]*(?:给|帮)?[我俺]?(?:抹|划|擦|涂|勾|删)[了掉去]+(?:吧|哈)?|(?:请|就|都|麻烦)*(?:别|不要|不用)(?:记|看|管|算|登记)(?:了|吧|它)*|(?:就|都)?作废(?:了|吧|哈)?)"
)
TURN: Final = re.compile(
    rf"(?:(?:哎[哟呦]?|唉哟?|啊|哦|噢|喔|呃|额|嗯|诶|欸|呀|不好意思|抱歉|对不起|等等|等下|等一下|慢着|不对|不是|不|错了?|又|我|刚|刚才|{_SAY}错(?:[行列]了?|了|村)?|弄错了?|搞错了?|有误|有的?|还?有|有变化|有新增的?|不一样|打住|应该|忘记?了|漏了)+(?:了|啊|呀|哈|的)*)"
)
WHICH: Final = re.compile(
    "(?:前|上|头|第[一二三1-3]|后|最后|中间)一?[个条项](?:村|数字?)?的?(?:我|又)*(?:[报写说打填弄搞]?错|不对|有误)"
)
"""松源9人，石屯12人，前一个错了，是8人: which of the two?"""
MARKED: Final = re.compile(
    r"(?<!不)(?<!应)该是|应(?:该|当)?(?:是|为|报|有|(?=[0-9一二三四五六七八九十]))|(?:改|更正|更改|订正|修正|修改|调整|变更)(?:成|为|到|是|回)|核实(?:后|为|是)|其实|实际|实为|才[对是准](?!错)|正确|准确|(?:按|以)[^,]{0,8}(?:登记|记|报|算|改|为准)|改(?=\s*[0-9一二两三四五六七八九十])"
)
SIGNS: Final = re.compile(
    "[啊哦噢哎呃]不(?=[,。])|[看抄写]串|张冠李戴|(?:不好意思|抱歉|对不起|等等|等一?下|慢着)[,。~!…]*(?:应该?)?是|反了|更新|糊涂|忘|[唔勿]系|补报|不一样|应[为报]|算进去|是(?:去年|上|总)|重了|没算|[写打听看说报记填点选按发登算]成|[记写报填算]到|发给|误报|改(?![联选建革组造连])|[错误废漏删撤滑混颠✗]|更正|不是|不算|不对|上一?条|前报|原报|那条|早了|其实|乱|出入|[数核对发报].{0,2}遍|高了|低了|多了|[少多][了打报写数算]|有的|不作数|不要了|作数|为准|才[对是准]|[抹划]|哪里?有|哪来"
)
"""Without any of these a message corrects nothing."""
DOUBT: Final = re.compile(
    r"\?|吗|好像|可能|大概|也许|估计|恐怕|不确定|不知道|说不准|拿不准|记不|是不是|(?<!不)对不对|能不能|可不可以|要不要|再问|问问|问一下|问下|待|核实中|再核|再数|再查|再报|等(?!等|一?下[,。哦啊不])|要是|如果|万一|听|据说|有人说|到底|几[名个]|多少|来着|没同意|不同意|没答应|不让|也行|都行|随便|准备|打算|争取|下周|明天|吧(?=$|[,。!])|还是[0-9一二三四五六七八九十]+[名个]?还是|忘了$|不是[^,]*就是|也不是|还差|还得|重选|重新选|(?<!增)(?<!参)[加添补]上?[一两二三0-9]+[个名位]|虚|哄|骗|玩笑|测试"
)
"""With any of these nothing is sure."""
ASKED_FOR: Final = re.compile(
    r"(?:麻烦|请|帮)[^,。;!\n]{0,24}(?:好吗|吧|可以吗|行吗)(?=$|[,。!?])\??|等等|听成|听错"
)
"""麻烦改一下好吗: no doubt of hers."""
ONLY_RIGHT: Final = re.compile(
    rf"(?:哎呀?|唉|哦|噢|呃|额)?(?:应该?是|是)?{N}(?:才|方)(?:是)?(?:对|准|准确|正确)的?[了啊哈哦呢]*"
)
OTHER_RIGHT: Final = re.compile(
    rf"(?:^|(?<=[,。;\s要得是说该有觉上齐报]))({D}{{1,3}})\s*[名个人位]?才(?:是|算)?(?:对|准|正确|够)"
)
MISTOLD: Final = re.compile(
    rf"(?<!第){N}(?:执委)?(?:错|误){_SAY}(?:成|为|了)*\s*{N}(?![^\n]*(?:应|改|更正|实[为际是]|[,。;]是))"
)
"""12名错报13名: which of the two?"""
LATER: Final = re.compile(
    rf"(?:回头|改天|过[后两几]天?|晚点|晚些|以后|到时候?|等[一下会]+儿?|之后|下次|明天)(?:我|再|就|给|你|您|帮我?)*(?:(?:(?:改|更正)(?:成|为|到)?|[报填写])\s*{D}|还有\s*{N}(?=$|[,。!\s])|重新?[报发填])"
)
"""新增执委12名，回头改13; 等下重新报，新增执委12名."""
THINKS: Final = re.compile(
    r"[,。;…~\s.](?:[啊哦呃嗯,\s])*(?:[让容等])?我再?想(?:想|一?下|一想)(?:看|啊|哈|哦)*[。!…~.\s]*$|[报说写发]得?早了[啊哈。!~\s]*$"
)
"""新增执委12名，我想想: she is not sure of it; 报早了: nor is it so yet."""
SHORT_BY: Final = re.compile(
    rf"(?:[算数报写][漏多少重]了?{N}|(?<=[,。;\s])[算数报写打说]?错了?[一1两2][个名位])(?=[,。!)\s]*$)"
)
"""算漏一个: by how much a number is wrong."""
LEFT_OPEN: Final = re.compile(
    rf"{N}(?:执委)?[,。;\s]+[哎哟呀啊哦我刚才又]*{_SAY}错了?[,。;\s]+(?:应该?)?是[^,。;0-9一二三四五六七八九十两]*(?:会改联|区域化|完成|代表|组长)[^,。;0-9一二三四五六七八九十两]*(?=$|[,。;])"
)
"""新增执委12名，打错了，是会改联完成了: is the number taken back?"""
_DATED: Final = re.compile(
    r"[0-9一二三四五六七八九十]+(?:月|[日号]|点|岁|楼|届|:)[0-9]*[日号]?|1[0-9]{10}|[0-9]{4,}"
)
_NUMBER: Final = re.compile(
    rf"(?<!第)(?<![上下前后这那有点都])({D}+)\s*[名个人位](?!村|小时|月|字)|([0-9]+)(?![条次遍])|(?<=[是为成改委有:增])({D}+)$|^({D}+)$|^({D}+)(?=不对|不算|作废)"
)
_STATE: Final = re.compile("完成|[办弄搞改做][好完]了?|没开会|成立")
_NONE: Final = re.compile(
    "(?:没有?|无|零)(?:新增|新选|增加|新的|变化|变动|执委)|一样|没变|^零报告$|^(?:没有|没得|无)$|(?:执委|新增)(?:没有|为零|无)$"
)


def kind(said: str) -> str:
    """Of what kind a value is that a clause has: number, none, state; of none, if it has none."""
    said = _DATED.sub(" ", said)
    if _NUMBER.search(said):
        return "number"
    if _NONE.search(said):
        return "none"
    return "state" if _STATE.search(said) else ""


_INSTEAD_OF: Final = re.compile(rf"{N}[^,0-9]{{0,3}}(?={_SAY}成)")
"""原15写成了5: 5 is what was wrong."""


def numbers(said: str) -> frozenset[int]:
    """The numbers a clause tells, without its dates."""
    said = _INSTEAD_OF.sub(" ", said)
    found = _NUMBER.finditer(_DATED.sub(" ", said))
    return frozenset(v for m in found if (v := numerals.value(m[m.lastindex or 0])) is not None)


_FIRM: Final = re.compile(
    rf"(?:算上|加上)(?:[她他我]|自己)(?=新增|执委|一共|共|是|{D})|(?:{_BEFORE}的?|(?:麻烦|请)*(?:把|将|由|从)(?:我们?的?)?)*{N}(?:执委)?(?:请|要|麻烦|帮我|应|都)*(?:改|更正|更改|修改|订正|调整|变更)(?:成|为|到|回)(?=\s*{N})|(?<=[名个人位])吧$|实[为系是](?=已|完成|[办弄]好)|应该?(?=[是为]?(?:已经?|都)?(?:完成|[办弄搞做改]好))|"
    rf"(?P<a>应(?:该|当)?(?:写|填|报|记|有)?|该(?=是))(?=[是为]?[^,0-9]{{0,12}}\s*{D})|(?P<b>(?:请|麻烦)*按)(?=[^,0-9]{{0,8}}{N})|(?<=[0-9名个人位])(?P<c>(?:来)?(?:登记|上报|记|算|报|录入|才是?[对准]的?|才是|改))(?=$)"
)


def firm(said: str) -> str:
    """应该是12名 as 是12名: no doubt of hers, as long as before."""
    return _FIRM.sub(blank.match, said)


# ---- by how much -----------------------------------------------------------------------------------------

_BY: Final = re.compile(
    rf"(?:(?P<more>多|重复?)|(?P<less>漏|少))(?:(?:了|掉|{_SAY})+|(?<=[算数报写][漏少多重]))(?P<by>{D}+)\s*[个名位人](?![0-9])"
)
_DIGIT: Final = re.compile(
    rf"(?:(?P<more>多)|(?P<less>[少漏]))(?:打|按|写|输|敲)了?(?:一?个)?(?P<digit>{D})(?![名个人位0-9])"
)
_MENDS: Final = re.compile(
    "错|误|改|应|不是|不对|更正|上[午次周条]|[原前]报|刚才|昨天|早上|作废|不算|为准|[名个位人],(?:一共|总共|拢共|合计|总计|共)"
)


_OFTEN: Final = frozenset("多少漏重")


def fits(text: str, right: int) -> bool:
    """Whether what was told, by how much it was wrong, and what is right go together, as far as they are said."""
    digit = _DIGIT.search(text) if not _OFTEN.isdisjoint(text) else None
    if _OFTEN.isdisjoint(text) or not (digit or _MENDS.search(text)):
        return True
    found = digit or _BY.search(text)
    if found is None or (not digit and numerals.value(found["by"]) == right):
        return True
    rest = text[: found.start()] + "," + text[found.end() :]
    others = {v for part in re.split(r"[,。;!()\s]+", rest) for v in numbers(part)} - {right}
    if len(others) != 1:
        return (
            digit is None
            or found["more"] is not None
            or str(numerals.value(digit["digit"])) in str(right)
        )
    was = others.pop()
    if digit is None:
        by = numerals.value(found["by"]) or 0
        return right == was + (by if found["less"] else -by)
    if len(str(was)) == len(str(right)):
        other = [a for a, b in zip(str(was), str(right), strict=True) if a != b]
        surplus = str(numerals.value(digit["digit"])) if found["more"] else ""
        return len(other) == 1 and surplus in ("", *other)  # 21，多打了个2，是11
    longer, shorter = (str(was), str(right)) if found["more"] else (str(right), str(was))
    one = str(numerals.value(digit["digit"]))
    return any(longer[:n] + longer[n + 1 :] == shorter for n, c in enumerate(longer) if c == one)
