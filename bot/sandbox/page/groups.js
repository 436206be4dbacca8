// The WeChat groups: what their owners forwarded, what robots said.
import { $, ask, hourText, make, on } from "./net.js";
import { rich } from "./browser.js";
import { nameOf } from "./federation.js";
import { t } from "./words.js";

const SHOWN = 40;
let last = "";
let stale = true;

function group(one) {
  const spoken = one.messages.map((line) => {
    const who = one.owner ? t("owner_said", { name: nameOf(one.owner) || "…" }) : t("robot");
    return make("div", { class: "line" }, make("span", { class: "face" + (one.owner ? "" : " robot"), "aria-hidden": "true" }, one.owner ? (nameOf(one.owner)[0] || "主") : "机"),
      make("div", { class: "words" }, make("small", {}, `${who} · ${hourText(line.at)}`), rich(line.text)));
  });
  return make("section", { class: "group" }, make("h3", {}, one.name || one.key, " ", make("small", {}, `(${one.sent})`)), spoken);
}

async function show() {
  const { groups } = await ask("/groups?limit=2");
  const spoken = groups.filter((one) => one.sent);
  $("grouped").hidden = !spoken.length;
  $("grouped").textContent = String(spoken.length);
  const text = JSON.stringify(spoken.slice(0, SHOWN));
  if (text === last) return;
  last = text;
  const head = make("p", { class: "hint" }, spoken.length ? t("groups_count", { n: groups.length, m: spoken.length }) : t("groups_none"));
  $("groups").replaceChildren(head, ...spoken.slice(0, SHOWN).map(group));
}

export function start() {
  on("news", ({ events }) => { if (events.some(([, , kind]) => kind === "robot" || kind === "forward")) stale = true; });
  on("language", () => { last = ""; stale = true; });
  setInterval(() => { if (stale && !document.hidden) { stale = false; show().catch(() => { stale = true; }); } }, 700);
}
