// The switches of the sandbox: the people act, what happens, faults, and what the platform took.
import { $, ask, hourText, hurry, make, on, state, toast } from "./net.js";
import { all, nameOf, shortName } from "./federation.js";
import { choose } from "./phone.js";
import { paint, t } from "./words.js";

const KINDS = ["register", "sign", "relay", "report", "ask", "complain", "reply"];
const CALLS = {
  "/cgi-bin/message/template/send": ["模板通知", "template notices"], "/cgi-bin/message/custom/send": ["客服消息", "customer-service messages"],
  "/cgi-bin/message/mass/send": ["群发", "mass messages"], "/cgi-bin/message/subscribe/bizsend": ["订阅通知", "subscription notices"],
  "/cgi-bin/message/send": ["企业微信应用消息", "WeCom app messages"], "/cgi-bin/webhook/send": ["群机器人", "group robots"],
  "/cgi-bin/stable_token": ["取令牌", "tokens"], "/cgi-bin/menu/create": ["建菜单", "menus made"], "/cgi-bin/qrcode/create": ["建二维码", "QR codes"], "/cgi-bin/media/upload": ["传图片", "uploads"],
};

// --- the people act ---------------------------------------------------------------------------------------------
const parts = {};

export async function command(body) {
  try { state.crowd = await ask("/crowd", body); } catch (error) { toast(error.message); }
  showCrowd();
  hurry();
}

export const toggle = () => command(state.crowd && state.crowd.running ? { running: false } : { running: true, share: parts.share.value / 100, speed: Number(parts.speed.value), seed: Number(parts.seed.value), limit: 0 });

function buildCrowd() {
  const range = (name, least, most, value) => make("input", { type: "range", id: "act-" + name, min: least, max: most, value, oninput: () => { showCrowd(); later({ [name]: name === "share" ? parts.share.value / 100 : Number(parts.speed.value) }); } });
  Object.assign(parts, {
    go: make("button", { type: "button", class: "act go", onclick: toggle }),
    share: range("share", 0, 100, 80), speed: range("speed", 1, 200, 20),
    seed: make("input", { type: "number", id: "act-seed", min: 1, max: 999999, value: 1, onchange: () => later({ seed: Number(parts.seed.value) }) }),
    shareText: make("b", {}), speedText: make("b", {}), about: make("p", { class: "about" }), done: make("div", { class: "done" }),
  });
  const label = (name, value, input) => make("label", { for: "act-" + name, class: name }, make("span", { "data-t": "act_" + name }), " ", value, input);
  $("pane-crowd").replaceChildren(parts.go, label("share", parts.shareText, parts.share), label("speed", parts.speedText, parts.speed), label("seed", "", parts.seed), parts.about, parts.done);
  paint($("pane-crowd"));
}

let waiting = 0;
function later(body) { clearTimeout(waiting); waiting = setTimeout(() => command(body), 200); }

function showCrowd() {
  const crowd = state.crowd;
  const running = Boolean(crowd && crowd.running);
  const word = t(running ? "act_stop" : "act_start");
  for (const button of [parts.go, $("act-top")]) {
    if (button.textContent !== word) button.textContent = word;
    button.classList.toggle("on", running);
  }
  parts.shareText.textContent = parts.share.value + "%";
  parts.speedText.textContent = parts.speed.value;
  parts.seed.disabled = running;
  parts.seed.title = t("act_seed_hint");
  const n = crowd ? crowd.actions : 0;
  const about = n ? t(running ? "act_rate" : "act_did", { n, rate: crowd.rate }) + (crowd.problems ? " · " + t("act_problems", { n: crowd.problems }) : "") : t("act_about");
  if (parts.about.textContent !== about) parts.about.textContent = about;
  const text = JSON.stringify(crowd ? [crowd.done, crowd.kinds, about] : "");
  if (!crowd || text === parts.last) return;
  parts.last = text;
  const focused = parts.done.contains(document.activeElement) ? document.activeElement.dataset.kind : "";
  parts.done.replaceChildren(...KINDS.map((kind) => make("button", { type: "button", "data-kind": kind, "aria-pressed": String(crowd.kinds.includes(kind)), onclick: () => {
    command({ kinds: crowd.kinds.includes(kind) ? crowd.kinds.filter((one) => one !== kind) : [...crowd.kinds, kind] });
  } }, `${t("do_" + kind)} ${crowd.done[kind] || 0}`)), make("span", {}, `${t("do_ignore")} ${crowd.done.ignore || 0}`));
  if (focused) parts.done.querySelector(`[data-kind="${focused}"]`).focus();
}

/** Take over what the sandbox is set to: the tour or somebody elsewhere may have set it. */
function adopt(crowd) {
  const text = [crowd.share, crowd.speed, crowd.seed].join();
  if (parts.adopted === text || [parts.share, parts.speed, parts.seed].includes(document.activeElement)) return;
  parts.adopted = text;
  parts.share.value = Math.round(crowd.share * 100);
  parts.speed.value = crowd.speed;
  parts.seed.value = crowd.seed;
}

// --- what happens -------------------------------------------------------------------------------------------------
const NEWS = 80;
const recent = [];

function hear({ events, crowd }) {
  adopt(crowd);
  showCrowd();
  for (const event of events.slice(-NEWS)) recent.push(event);
  recent.splice(0, recent.length - NEWS);
  if (!$("pane-news").hidden) showNews();
}

function showNews() {
  const key = recent.length ? recent[recent.length - 1][0] : 0;
  if (key === parts.news) return;
  parts.news = key;
  $("news").replaceChildren(...(recent.length ? recent.slice().reverse().map(item) : [make("li", { class: "hint" }, t("news_none"))]));
}

function item([, at, kind, who, text]) {
  const person = all.people.get(who);
  const name = person ? `${shortName(person.unit)} ${nameOf(person)}` : "";
  return make("li", {}, make("time", {}, hourText(at)), person ? make("button", { type: "button", onclick: () => choose(person) }, name) : null, make("span", {}, t("ev_" + kind, { text: text.replace(/\n/g, " ") })));
}

// --- faults -------------------------------------------------------------------------------------------------------
const FAULTS = {
  slow: { endpoint: "*", delay_ms: 2000 }, busy: { endpoint: "message/template/send", code: -1, share: 0.3 },
  quota: { endpoint: "message/template/send", code: 45009 }, drop: { endpoint: "*", drop: true, share: 0.2 }, report: { endpoint: "outcome", status: "failed:user block", share: 0.1 },
};
const ON_TIME = { token: () => ask("/tokens", { how: "revoke" }), repeat: () => ask("/repeat", { times: 2 }) };
const active = {};

async function fault(name) {
  try {
    if (ON_TIME[name]) { await ON_TIME[name](); toast(t("fault_done")); } else if (active[name]) {
      await fetch("/control/faults?number=" + active[name], { method: "DELETE" });
      delete active[name];
    } else {
      const { rules } = await ask("/faults", FAULTS[name]);
      active[name] = rules[rules.length - 1].number;
    }
  } catch (error) { toast(t("fault_failed", { why: error.message })); }
  showFaults();
}

/** Which switches are on: a page that is opened anew finds the faults of the one before. */
async function findFaults() {
  const { rules } = await ask("/faults");
  for (const [name, wanted] of Object.entries(FAULTS)) {
    const rule = rules.find((one) => Object.entries(wanted).every(([key, value]) => one[key] === value));
    if (rule) active[name] = rule.number;
  }
  showFaults();
}

function showFaults() {
  const buttons = [...Object.keys(FAULTS), ...Object.keys(ON_TIME)].map((name) => make("button", { type: "button", "aria-pressed": ON_TIME[name] ? null : String(Boolean(active[name])), onclick: () => fault(name) }, t("fault_" + name)));
  $("pane-faults").replaceChildren(make("p", { class: "hint" }, t("fault_about")), make("div", { class: "faults" }, buttons));
}

// --- what the platform took ---------------------------------------------------------------------------------------
function showLedger() {
  const sum = state.ledger;
  if (!sum || $("pane-ledger").hidden) return;
  const which = document.documentElement.lang === "en" ? 1 : 0;
  const nameFor = (path) => (CALLS[path] ? CALLS[path][which] : path.replace("/cgi-bin/", ""));
  const row = (name, value, bad) => make("tr", bad ? { class: "bad" } : {}, make("td", {}, name), make("td", {}, value.toLocaleString("en")));
  const rows = Object.keys(CALLS).filter((path) => sum.endpoints[path]).map((path) => row(nameFor(path), path in sum.accepted ? sum.accepted[path] : sum.endpoints[path]["0"] || 0));
  for (const [path, found] of Object.entries(sum.endpoints)) for (const [code, count] of Object.entries(found)) if (code !== "0") rows.push(row(t("failed", { name: nameFor(path), code }), count, true));
  if (sum.duplicates) rows.push(row(t("duplicates"), sum.duplicates));
  $("counts").replaceChildren(...rows);
  $("unattached").textContent = state.target ? t("ledger_more") : t("no_target");
}

// --- tabs ---------------------------------------------------------------------------------------------------------
function pick(name) {
  for (const tab of document.querySelectorAll('.panel [role="tab"]')) {
    const chosen = tab.id === "tab-" + name;
    tab.setAttribute("aria-selected", String(chosen));
    tab.tabIndex = chosen ? 0 : -1;
    $("pane-" + tab.id.slice(4)).hidden = !chosen;
  }
  if (name === "news") { parts.news = -1; showNews(); }
  if (name === "ledger") showLedger();
}

export function start() {
  buildCrowd();
  $("act-top").addEventListener("click", toggle);
  const tabs = [...document.querySelectorAll('.panel [role="tab"]')];
  tabs.forEach((tab, at) => {
    tab.addEventListener("click", () => pick(tab.id.slice(4)));
    tab.addEventListener("keydown", (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
      if (!step) return;
      const next = tabs[(at + step + tabs.length) % tabs.length];
      next.focus();
      pick(next.id.slice(4));
    });
  });
  findFaults().catch(() => {});
  on("news", hear);
  on("language", () => { parts.last = ""; parts.news = -1; showCrowd(); showFaults(); showNews(); showLedger(); });
  setInterval(() => { if (!document.hidden) showLedger(); }, 1000);
}
