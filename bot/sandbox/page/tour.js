// The guided tour: six steps, each of which one can do oneself or have done.
import { $, make, on, state, toast } from "./net.js";
import { all, AWAY, chain, nameOf, shortName } from "./federation.js";
import { open } from "./browser.js";
import { act, choose, current, type } from "./phone.js";
import { either, t } from "./words.js";

const tour = { step: 0, done: new Set(), busy: false, notice: 0, says: "", since: 0, week: "", told: false, folded: false, cast: null };
let desk;

const wait = (ms) => new Promise((wake) => setTimeout(wake, ms));

/** Who plays: a chair with a slip in the county of the notice, and that county's chair. */
function cast() {
  if (tour.cast) return tour.cast;
  const waiting = [...all.people.values()].filter((one) => one.slip && one.stands === AWAY && one.home && one.home.level === "village");
  const countyOf = (person) => chain(person.home).find((unit) => unit.level === "county");
  const bossOf = (person) => ((countyOf(person) || { people: [] }).people).find((one) => one.stands !== AWAY);
  // The county of the README's first steps, if there is one.
  waiting.sort((one, other) => Number(other.unit && countyOf(other)?.name.startsWith("政和")) - Number(countyOf(one)?.name.startsWith("政和")));
  const chair = waiting.find(bossOf);
  tour.cast = chair ? { chair, boss: bossOf(chair), county: countyOf(chair) } : null;
  return tour.cast;
}

const who = (person) => `${shortName(person.unit)} ${nameOf(person)}`;

async function speak(person, ...lines) {
  if (state.openid !== person.openid) { choose(person); await wait(450); } else if (desk.narrow.matches) desk.go("phone");
  let result = null;
  for (const line of lines) {
    result = await type(line);
    await wait(500);
  }
  return result && result.text ? result.text : "";
}

const NOTICE = "发通知\n标题：会改联推进\n内容：请各村周五前完成会改联，并报新增执委人数。\n对象：村主席、群\n截止：周五";

const STEPS = [
  {
    title: () => either("登记：一张纸条，一句话", "Register: one slip, one line"),
    text: () => {
      const { chair } = cast();
      return [either(`${who(chair)}还没登记。乡镇给了她一张纸条，上面有六位码。关注公众号，发出纸条上的话：`, `${who(chair)} is not registered yet. Her township gave her a slip with a code. She follows the account and sends the line:`), make("q", {}, chair.slip)];
    },
    ready: () => choose(cast().chair),
    run: async () => {
      const { chair } = cast();
      choose(chair);
      await wait(400);
      if (!current().follows) { await act("/follow", {}); await wait(700); }
      await speak(chair, chair.slip);
    },
    ends: (line) => line.from === "account" && line.openid === cast().chair.openid && /登记好了|已经登记/.test(line.text || ""),
  },
  {
    title: () => either("上报：一句话，一个数", "Report: one sentence, one number"),
    text: () => [either("村里选举会开过了。她不用填表，说一句就行，打字、说话都可以：", "Her village has held its election. No form: one sentence will do, typed or spoken: “the reform is done, 12 newly elected”."), " ", make("q", {}, "会改联完成了，新选12个")],
    ready: () => choose(cast().chair),
    run: () => speak(cast().chair, "会改联完成了，新选12个"),
    ends: (line) => line.from === "account" && line.openid === cast().chair.openid && /记上了/.test(line.text || ""),
  },
  {
    title: () => either("问进度：数已经加上去了", "Progress: the number is already counted"),
    text: () => [either(`换到${who(cast().boss)}的手机。刚才那个村已经算进全县，问一句就知道：`, `Now the phone of ${who(cast().boss)}. That village is already in the county's total. Ask “progress”:`), " ", make("q", {}, "进度")],
    ready: () => choose(cast().boss),
    run: () => speak(cast().boss, "进度"),
    ends: (line) => line.from === "account" && line.openid === cast().boss.openid && /\d+\/\d+/.test(line.text || ""),
  },
  {
    title: () => either("发通知：先看清楚，再发出去", "Send a notice: look first, then send"),
    text: () => [either("把一件事发给全县的村主席和微信群。先给您看：多少人、谁没登记、要多久；回“确认发送”才发。发出去就看全景。", "Send a call to all village chairs and groups of the county. A preview comes first: how many, who is not registered, how long. “确认发送” (confirm) sends it; then watch the picture."), " ", make("q", {}, "发通知…"), " ", make("q", {}, "确认发送")],
    ready: () => choose(cast().boss),
    run: async () => {
      const answer = await speak(cast().boss, NOTICE);
      if (!/确认发送/.test(answer)) { toast(answer.slice(0, 60)); return; }
      await wait(1400);
      desk.clear(); // what came before shall not hide this one
      await speak(cast().boss, "确认发送");
      await wait(700);
      if (desk.narrow.matches) desk.go("stage");
    },
    ends: (line) => {
      const found = line.from === "account" && line.openid === cast().boss.openid && /(\d+)号通知.*(开始发|发出|在发)/s.exec(line.text || "");
      if (found) tour.notice = Number(found[1]);
      return Boolean(found);
    },
    see: "stage",
  },
  {
    title: () => either("看回执：一句句回话往上走", "Receipts: the answers climb"),
    text: () => [either("让大家动起来：她们签收、上报、转发到群，也有人抱怨、有人不理。绿光一级一级往回走。随时问一句：", "Let the people act: they sign, report, forward, some complain, some ignore it. Green lights climb level by level. Ask at any time, “who has not signed”:"), " ", make("q", {}, `谁没签收 ${tour.notice || ""}`.trim())],
    ready: () => choose(cast().boss),
    run: async () => {
      await desk.command({ running: true, share: 0.85, speed: 40, limit: 0 });
      if (desk.narrow.matches) desk.go("stage");
      await wait(7000);
      await speak(cast().boss, tour.notice ? `${tour.notice}号通知` : "谁没签收");
      await wait(900);
      await speak(cast().boss, `谁没签收 ${tour.notice || ""}`.trim());
    },
    ends: (line) => line.from === "account" && line.openid === cast().boss.openid && /还有\d+人没签收|都签收|没有要签收/.test(line.text || ""),
    see: "stage",
  },
  {
    title: () => either("读周报：周五下午，自己写好了", "The weekly analysis writes itself"),
    text: () => [either("把时间拨到周五 16:07。周报自己送到她手机上：这周变了多少、比计划快还是慢、卡在哪。点开链接，每句话都能翻到数。", "Move the time to Friday 16:07. The analysis arrives on her phone: this week's change, ahead of plan or behind, where it is stuck. Open the link: every sentence leads to its figures.")],
    ready: () => choose(cast().boss),
    run: async () => {
      await desk.command({ running: false });
      choose(cast().boss);
      Object.assign(tour, { week: "", told: false });
      await desk.moveTo("friday");
      tour.says = either("时间到了，周报正在写，一会儿就送来……", "It is Friday; the analysis is being written …");
      draw();
      for (let tries = 0; tries < 240 && !tour.week && !tour.told; tries += 1) await wait(250);
      tour.says = "";
      if (!tour.week) await speak(cast().boss, "周报"); // after two days without a word from her a card says that it is there
      if (desk.narrow.matches) desk.go("phone");
      await wait(1200);
      if (tour.week) open(tour.week);
    },
    hears: (line) => {
      const found = /https?:\/\/[^\s"<>，。）)]+\/h5\/weekly\/[^\s"<>，。）)]+/.exec(`${line.text || ""} ${line.url || ""}`);
      if (line.openid !== cast().boss.openid) return;
      if (found) tour.week = found[0];
      else if (line.from === "account" && (line.rows || []).some((row) => /周报/.test(row.value))) tour.told = true;
    },
    ends: () => false,
    opened: (address) => address.includes("/h5/weekly/"),
  },
];

// --- the card -------------------------------------------------------------------------------------------------
async function run() {
  if (tour.busy) return;
  const step = tour.step;
  tour.busy = true;
  draw();
  try { await STEPS[step].run(); } catch (error) { toast(error.message); }
  tour.busy = false;
  draw();
}

function finish(number) {
  if (tour.done.has(number)) return;
  tour.done.add(number);
  draw();
}

function to(step) {
  tour.step = Math.max(0, Math.min(STEPS.length, step));
  tour.since = state.now;
  if (tour.step < STEPS.length) STEPS[tour.step].ready();
  draw();
}

function close() {
  $("tour").hidden = true;
  try { localStorage.setItem("toured", "yes"); } catch { /* a private window remembers nothing */ }
}

function draw() {
  const box = $("tour");
  if (box.hidden || !cast()) return;
  box.classList.toggle("folded", tour.folded);
  const over = tour.step >= STEPS.length;
  const step = STEPS[tour.step];
  const done = tour.done.has(tour.step);
  const bars = make("div", { class: "steps", "aria-hidden": "true" }, STEPS.map((_, at) => make("i", { class: tour.done.has(at) ? "done" : at === tour.step ? "now" : null })));
  const fold = make("button", { type: "button", class: "fold", "aria-expanded": String(!tour.folded), "aria-label": t(tour.folded ? "tour_show" : "tour_hide"), onclick: () => { tour.folded = !tour.folded; draw(); } }, tour.folded ? "▾" : "▴");
  const button = (key, work, main, off) => make("button", { type: "button", class: main ? "main" : null, disabled: off, onclick: work }, t(key));
  const focused = document.activeElement && box.contains(document.activeElement) ? document.activeElement.textContent : null;
  if (over) {
    box.replaceChildren(bars, fold, make("h2", {}, either("走完了", "That was the whole loop")), make("p", { class: "said" }, either("一声招呼到了村，一句句回话收了回来，周报也写好了。往下随您：换任何一个人说话，让大家动起来，拨时间，开故障。", "One call reached every village, the answers came back, the analysis wrote itself. Now it is yours: speak as anybody, let people act, move time, switch on faults.")),
      make("div", { class: "buttons" }, button("tour_end", close, true), button("tour_again", () => { tour.done.clear(); tour.cast = null; to(0); })));
  } else {
    const seeing = desk.narrow.matches && step.see && document.body.dataset.view === "phone" ? [button("tour_see_stage", () => desk.go("stage"))] : desk.narrow.matches && document.body.dataset.view !== "phone" ? [button("tour_see_phone", () => desk.go("phone"))] : [];
    box.replaceChildren(bars, fold, make("p", { class: "count" }, t("tour_step", { n: tour.step + 1 })), make("h2", {}, step.title()), make("p", { class: "said" }, step.text()), tour.says ? make("p", { class: "wait", role: "status" }, tour.says) : "",
      make("div", { class: "buttons" }, done ? [button("tour_next", () => to(tour.step + 1), true, tour.busy), make("span", { class: "ok" }, "✓ " + t("tour_done"))] : [button("tour_do", run, true, tour.busy), button("tour_next", () => to(tour.step + 1), false, tour.busy)], tour.step ? button("tour_prev", () => to(tour.step - 1), false, tour.busy) : null, seeing));
  }
  if (focused) ([...box.querySelectorAll("button")].find((one) => one.textContent === focused) || box.querySelector("button.main")).focus();
}

function begin() {
  if (!cast()) { toast(t("stage_none")); return; }
  $("tour").hidden = false;
  tour.folded = false;
  to(tour.step >= STEPS.length ? 0 : tour.step);
}

export function start(given) {
  desk = given;
  $("tour-open").addEventListener("click", begin);
  on("federation", () => {
    let toured = null;
    try { toured = localStorage.getItem("toured"); } catch { /* see above */ }
    if (cast() && !toured && !new URLSearchParams(location.search).has("scan")) begin();
    $("tour-open").hidden = !cast();
  });
  on("language", draw);
  on("line", (line) => {
    if (!tour.cast || $("tour").hidden || line.at < tour.since) return; // what was said before the step began is no step
    STEPS.forEach((step, at) => {
      if (step.hears) step.hears(line);
      if (at === tour.step && step.ends(line)) finish(at);
    });
  });
  on("opened", (address) => { if (tour.cast && STEPS[tour.step] && STEPS[tour.step].opened && STEPS[tour.step].opened(address)) finish(tour.step); });
  new MutationObserver(draw).observe(document.body, { attributes: true, attributeFilter: ["data-view"] });
}
