// The sandbox's page: puts its parts together. It talks to /control of its own address and to nothing else.
import { $, ask, dayText, emit, follow, hourText, hurry, now, on, state, toast } from "./net.js";
import { load } from "./federation.js";
import * as browser from "./browser.js";
import * as groups from "./groups.js";
import * as panel from "./panel.js";
import * as phone from "./phone.js";
import * as picker from "./picker.js";
import * as stage from "./stage.js";
import * as tour from "./tour.js";
import { firstLanguage, language, setLanguage, t } from "./words.js";

const narrow = matchMedia("(max-width: 720px)");

// --- views ----------------------------------------------------------------------------------------------------
function go(view) {
  document.body.dataset.view = view;
  for (const tab of document.querySelectorAll(".views button")) tab.setAttribute("aria-current", String(tab.dataset.go === view));
  if (view === "find" || view === "groups") list(view === "find" ? "people" : "groups");
  if (view === "phone") $("lines").scrollTop = $("lines").scrollHeight;
}

function list(name) {
  document.querySelector(".find").dataset.list = name;
  for (const button of document.querySelectorAll("[data-list][aria-pressed]")) button.setAttribute("aria-pressed", String(button.dataset.list === name));
}

function change() {
  if (narrow.matches) go("find");
  else document.body.classList.toggle("drawer");
  $("search").focus();
}

// --- time -----------------------------------------------------------------------------------------------------
const SHIFT = 8 * 3600000, DAY = 86400000; // Shanghai has had no summer time since 1991

/** The next moment at hour:minute in Shanghai after now; on `weekday` (0 is Sunday) if given; `later` days on. */
function next(hour, minute, { weekday, later = 0 } = {}) {
  const local = now() + SHIFT;
  let at = Math.floor(local / DAY) * DAY + later * DAY + hour * 3600000 + minute * 60000;
  while (at <= local || (weekday !== undefined && new Date(at).getUTCDay() !== weekday)) at += DAY;
  return at - SHIFT;
}

const MOMENTS = {
  hour: () => now() + 3600000, day: () => now() + DAY, evening: () => next(19, 7), morning: () => next(8, 37, { later: 1 }), friday: () => next(16, 7, { weekday: 5 }),
};

async function moveTo(name) {
  try { await ask("/clock", { advance_ms: Math.round(MOMENTS[name]() - now()) + 1500 }); } catch (error) { toast(error.message); }
  hurry();
}

function showClock() {
  if (!state.now) return;
  $("day").textContent = dayText(now(), language());
  $("hour").textContent = $("status-hour").textContent = hourText(now());
}

function openTimes(yes) {
  $("times").hidden = !yes;
  $("clock").setAttribute("aria-expanded", String(yes));
}

// --- start ----------------------------------------------------------------------------------------------------
for (const part of [browser, phone, picker, groups, stage, panel]) part.start();
for (const button of document.querySelectorAll(".views button")) button.addEventListener("click", () => go(button.dataset.go));
for (const button of document.querySelectorAll("[data-list][aria-pressed]")) button.addEventListener("click", () => list(button.dataset.list));
for (const button of document.querySelectorAll("[data-time]")) button.addEventListener("click", () => { openTimes(false); moveTo(button.dataset.time); });
$("clock").addEventListener("click", () => openTimes($("times").hidden));
document.addEventListener("click", (event) => { if (!event.target.closest(".clock")) openTimes(false); });
document.addEventListener("keydown", (event) => { if (event.key === "Escape") { openTimes(false); document.body.classList.remove("drawer"); } });
for (const id of ["change", "back"]) $(id).addEventListener("click", change);
$("drawer-close").addEventListener("click", () => document.body.classList.remove("drawer"));
$("language").addEventListener("click", () => { setLanguage(language() === "zh" ? "en" : "zh"); emit("language"); });

const scanned = new URLSearchParams(location.search).get("scan");
function showScan() { $("scanning").hidden = !scanned || $("scanning").dataset.done === "yes" || !state.openid; }
$("scan").addEventListener("click", () => {
  phone.act("/scan", { ticket: scanned });
  $("scanning").dataset.done = "yes";
  showScan();
  history.replaceState(null, "", "/");
});

on("person", () => { document.body.classList.remove("drawer"); showScan(); if (narrow.matches) go("phone"); });
on("open", () => { if (narrow.matches) go("phone"); });
on("federation", async () => { try { stage.knowGroups((await ask("/groups?limit=0")).groups); } catch { /* groups then have no place */ } });
on("news", showClock);
on("language", showClock);
setInterval(showClock, 1000);

setLanguage(firstLanguage());
emit("language");
go("phone");
tour.start({ go, moveTo, command: panel.command, clear: stage.clear, narrow });
load().catch((error) => toast(error.message)).finally(follow);
if (scanned) toast(t("scan_pick"));
