"""What keeps a sentence told in one breath from being read with pauses: words that reach over one, or take a value back.

In front of a figure: hearsay, orders, plans, another village or year, a draft, and a word that the figure is the object of.
Behind its value: what is not over, who does not want to, another count, a doubt. What is known to be none of these is waived.
"""

from __future__ import annotations

import re
from typing import Final

from bot.core.model import Level
from bot.core.reading import Lexicon
from bot.core.report.tokens import tokens as report_tokens
from bot.core.report.tokens.sheet import Token
from bot.core.report.words.vocabulary import Kind

_WAIVED: Final = re.compile(
    "[说讲]得[\u4e00-\u9fff]{2,4}的|说不出话来?|光顾着?(?:说话|聊天|忙)|忘了?(?:正事|这事|这回事|这茬)|没文化|七嘴八舌|好说歹说|话说|(?:讲|说|商量|讨论|争|谈|议论|劝)了?(?:老?半天|很久|好久|一上午|一晚上|大半夜)|(?:大家|群众|村民|大伙儿?|个个|都)+(?:说|夸|讲)(?:选得|办得|搞得|开得)?(?:真|很|挺)?(?:好|不错|公平|公正|满意|热闹)|没有?错的?|没有?人有?意见|没有?意见"
    "|(?:没到齐|没来齐|没开成|没选成|没人来)(?=[^,]*(?:第[二三]次|后来|最后|总算|终于))|不(?:太)?愿意?(?:当|来|干)(?=[^,]*(?:后来|最后|才|终于|总算))|我是[^,]{0,6}?妇联主席|贴红纸|挂横幅|贴标语|(?:到|去|上|跑)了?[他她]们家里?|给[你您](?:发|打)(?:个|条)?(?:消息|信息|微信|字|这个)?"
    "|[说讲](?:话(?!算)|了话)|讲了好久|[说念]给你们?听|我?先?说一?[下声]|我先说[啊哦]|跟你说[^,]?|你(?:说|看)[^,]{1,3}[不没][^,]{1,3}(?=最后|还好|好在)|你?等(?:等|一[下会]儿?)[啊哦]?|等到(?:晚上|下午|天黑|中午|半夜)|等唱票|想起来?|看不见|不知道那天|就这样[说报]吧?|听了大家的意见|老人家|军人家属|看见选得|[刚前]面?说错了啊?|说错了啊"
    "|(?:[我本]们?村?|[一-鿿]{2}村)妇联(?=向|组织)|[乡镇]里?的?(?:干部|领导|书记)(?:也|都)?来(?:了|坐|看)|在上面站|符合规定|会场布置|选完之?后|退[休伍]|后来(?=打|走|大家|回)|没有(?:刮风|下雨|一[个张])|还(?:是来|有点[痛酸累])|[看写]错[了的]?|听不清自己|本子上盖|写黑板的人"
    "|按照?[^,]{0,8}(?:要求|精神|文件)(?:都|来|的)*(?=[开选做办走])|马上就?(?=[开去来选办][了好])|[看写打]错[行字]|[讲说](?:[通完]|(?:太|得)[慢快好不]|不[来好清])|先推荐(?=再|后|然后)|我?用[讲说]的"
    "|[跟给向和对]你们?(?:[讲说]|汇报|报告)?(?:一?[下声])?|你别?[笑怪急催]|你们?好|没想到|想不到|想通|好听|听话|等了|名额"
)
_CLOSED: Final = re.compile(".*[了的好定掉完],?(?:后来)?我们?(?:就|只好|赶紧|又|才|也)")
"""书记讲不能再拖了我就在广播里喊: what she did upon it."""
_REACHING: Final = re.compile(
    "听|据说|[说讲]|告诉|交代|嘱|要求|布置|分配|规定|想|打算|计划|商量|准备|争取|保证|希望|盼|等|如果|要是|只要|万一|快要?[弄搞办开]|预计|看[到见]|愿意|愁|讨论|合计了|(?:动员|预选|筹备|预备|座谈)会?(?=开)|有数|走光|开不下|少了|瞄|怎么|咋|路过|看了?一[眼下](?!手机)|一半|停电|散了|都走了|都回去|流会|[盖开办投弄搞做定凑签批够]不[了成齐出好]|没(?:有人)?[来到去开]|加人|增加|选不|没有?选出|没有?(?:吵)?出?结果|不服|闹到|又推|问过去|可能|大概|应该|估|好像|也许|差不多|不晓得|不知道|没[数对算核点](?!落)|先[报帮写记占放]|你|试|删|忘|不同意|不算|连任|老面孔|还没|还未|尚未"
    "|人(?:选|我们?|都|也)*[看找谈想定说][好妥]"
)
_ELSEWHERE: Final = re.compile(
    "有一年|早[几些]年|历来|旧年|那些年|老家|(?:[小老]|阿(?!拉))[\u4e00-\u9fff]村里|[姐妹哥嫂婶姨姑舅芳兰英]家?村里|(?:碰头|动员|支委|党员)大?会|隔壁|邻村|(?<!老)人家|别的?[村人]|外村|娘家|那边|去年|前年|那年|上个?(?:礼拜|星期|周)(?![改一二三四五六日天])|年前|年的?时候|那[回时年]|[0-9]年|以前|当[年初]|老主席|上一?届|换届|明[天年]|后天|下个?(?:周|礼拜|月|星期)|花名册|红纸|方案|短信|系统|范文|候选|推荐|提名|报名|意向|通知发|选票印|指标|任务|目标|群里|记得|表扬|除了|(?:我们?|这|咱们?)的?(?:这?个?)小组|小组$|网格|片区|老执委|我们?[和跟与]|(?<![改成])妇联"
)
_TAIL: Final = re.compile(
    "(?<!开)(?<!开的)(?<!开得成)会$|(?<![得也很不果睡])(?<!天气)好$|[要想让叫说讲听按给把被和跟同与是为有没未不再还又就才也都将能可肯愿请求盼派定报写填登算估猜编抄念读看问对向从]$|(?<![开选来投办坐])(?<!才开成)(?<!没有一个..)(?<!都是..)(?<!都是..)的$"
    "|(?<![也都])(?:定|报|说|讲|议|念|看(?!过)|听|写|填|登|算|估|猜|编|抄|加|减|少|多|漏|提|通过|批|同意|答应|布置|要|给|派|分|换|改)(?:好|过|完|出来?|上去?|下来?|到|了)+$|没有?.{0,2}出$|(?:同意|决定|通过|赞成|商量|讨论|提议|研究|支持)[\u4e00-\u9fff]{0,4}$"
)


_ABOVE: Final = {
    Level.VILLAGE: re.compile("(?<![到去给送交报跟向])(?:上面|上级|上头|[县镇乡][里上])|[他她]们"),
    Level.TOWNSHIP: re.compile("(?<![到去给送交报跟向])(?:上面|上级|上头|[县市][里上])"),
}
_NO_PLACE: Final = re.compile("[个在是的都全每们]")


def reaches(front: str, lexicon: Lexicon) -> bool:
    """Whether something in front of a pause may speak of what follows it."""
    plain = _WAIVED.sub("", front)
    if _ELSEWHERE.search(plain) or _TAIL.search(front):
        return True
    late, above = _CLOSED.sub("", plain), _ABOVE.get(lexicon.own.level)
    if _REACHING.search(late) or (above is not None and above.search(late)):
        return True
    return any(_of_others(t) for t in report_tokens.tokens(front, lexicon))


def _of_others(token: Token) -> bool:
    """Whether a token names a unit that is neither hers nor below hers."""
    if token.kind is Kind.FOREIGN:
        return not _NO_PLACE.search(token.text)
    return token.kind is Kind.UNIT and max(p.depth for p in token.places) < 0


_TAKEN_BACK: Final = re.compile(
    "忘|差不多|样子|^(?:是(?!我们?(?:村|社区)?的)|为|的|得|以|点|分|来|人(?!家|都)|代表|委|主席|副)|还是|就是[0-9一二三四五六七八九十]|来着|那个|不是(?:大家|所有|全|人人|每|个个|谁|都)|漏|少了|多了|[没未][批定投公签同开成看去来齐过有]|还[没未要得差在]|去年|前年|明年|不晓得|不知道|不清|搞不|[对行够是][不没]|吗|左右|可能|好像|估|大概|也许|等(?!了)|再(?:去|核|对|数|选|查|问|说|报|补|加|谈|想)|退|走了?[一两二三0-9]"
    "|不(?:[干肯愿算准对服要想让]|一定|止|作数)|候补|老的|旧的|上一?届|连任|包括|含|又[选加增补来]|还有|加上|一共|总共|隔壁|人家|那边|村的|在[\u4e00-\u9fff]{2}村|帮|全镇|改|删|撤|错|重|假|编|要是|如果|听|[说讲](?!话)|打算|计划|准备|争取|希望|目标|任务|指标|他们|上次|下次|下个?[周月礼星]|明天|后天|开会|投票|选举|记得|猜|梦|玩笑|随口|乱|照|要我|叫我|要镇|就[等差]|实际|真正|只有|哪有|哪里|本子|黑板|写|一半|大半|好看|点头|告|后来"
)


def taken_back(said: str, lexicon: Lexicon) -> bool:
    """Whether what follows a value may take it back."""
    if _TAKEN_BACK.search(_WAIVED.sub("", said)):
        return True
    return any(_of_others(t) for t in report_tokens.tokens(said, lexicon))
