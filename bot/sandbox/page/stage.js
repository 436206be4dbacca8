// The live picture: a notice runs out from the middle to the villages, and every answer runs back.
import { $, make, on, pace, state } from "./net.js";
import { all, ANSWERED, AWAY, CALLED, chain, levelName, meeting, nameOf, shortName, stand } from "./federation.js";
import { arrange } from "./layout.js";
import { choose } from "./phone.js";
import { language, t } from "./words.js";

const TINTS = ["#0000", "#48695e", "#ffb84d", "#57e39a", "#ff8a7d"];
const DOWN = "#ffd27a", UP = "#8dffc4", LETTER = "#9fd0ff", GROUP = "#b9a8ff";
const MOST = 500; // sparks in flight; beyond that only the dots change
const HOP = 260; // ms from one level to the next

const drawn = { laid: null, still: null, dots: null, sparks: [], pulses: [], refused: 0, grouped: new Set(), frame: 0, due: [], waiting: false, ratio: 1, lit: new Map(), dirty: false };
let canvas, pen;

// --- what does not move: rings, rays, names --------------------------------------------------------------------
function measure() {
  const box = canvas.parentElement.getBoundingClientRect();
  if (box.width < 40 || box.height < 40) return false;
  drawn.ratio = Math.min(2, devicePixelRatio || 1);
  drawn.width = box.width;
  drawn.height = box.height;
  canvas.width = Math.round(box.width * drawn.ratio);
  canvas.height = Math.round(box.height * drawn.ratio);
  return true;
}

function layer() {
  const made = document.createElement("canvas");
  made.width = canvas.width;
  made.height = canvas.height;
  const brush = made.getContext("2d");
  brush.setTransform(drawn.ratio, 0, 0, drawn.ratio, canvas.width / 2, canvas.height / 2);
  return { made, brush };
}

export function lay() {
  if (!measure()) return;
  $("bare").hidden = all.roots.length > 0;
  drawn.laid = arrange(all.roots, Math.min(drawn.width, drawn.height) / 2);
  drawn.still = layer();
  drawn.dots = layer();
  const { places, crown, rays, trunk } = drawn.laid;
  const brush = drawn.still.brush;
  brush.lineWidth = 1;
  for (const ray of rays) line(brush, ray.angle, ray.from - 6, ray.to, "#2b5549");
  for (const unit of places.keys()) {
    if (!unit.above || !unit.children.length || trunk.includes(unit)) continue;
    curve(brush, places.get(unit.above), places.get(unit), crown.includes(unit) ? "#4d8573" : "#35665a");
  }
  names();
  for (const unit of places.keys()) dot(unit);
  wake();
}

function line(brush, angle, from, to, tint) {
  brush.strokeStyle = tint;
  brush.beginPath();
  brush.moveTo(Math.cos(angle) * from, Math.sin(angle) * from);
  brush.lineTo(Math.cos(angle) * to, Math.sin(angle) * to);
  brush.stroke();
}

function curve(brush, from, to, tint) {
  const middle = (from.r + to.r) / 2;
  const near = from.r ? from.angle : to.angle;
  brush.strokeStyle = tint;
  brush.beginPath();
  brush.moveTo(from.x, from.y);
  brush.bezierCurveTo(Math.cos(near) * middle, Math.sin(near) * middle, Math.cos(to.angle) * middle, Math.sin(to.angle) * middle, to.x, to.y);
  brush.stroke();
}

function names() {
  const { places, crown, outer } = drawn.laid;
  const brush = drawn.still.brush;
  if (crown.length > 40) return;
  brush.font = `${drawn.width < 420 ? 11 : 13}px "PingFang SC", "Noto Sans CJK SC", "Noto Sans SC", sans-serif`;
  brush.textBaseline = "middle";
  brush.fillStyle = "#e3efe9";
  for (const unit of crown) {
    const { angle } = places.get(unit);
    const away = outer + 9;
    const x = Math.cos(angle) * away, y = Math.sin(angle) * away;
    brush.textAlign = Math.abs(Math.cos(angle)) < 0.3 ? "center" : Math.cos(angle) > 0 ? "left" : "right";
    const wide = drawn.width / 2 - 4;
    let name = shortName(unit.name);
    const room = brush.textAlign === "center" ? wide : wide - Math.abs(x);
    while (name.length > 2 && brush.measureText(name).width > room) name = name.slice(0, -1);
    brush.fillText(name, x, y + (brush.textAlign === "center" ? Math.sign(y) * 4 : 0));
  }
}

// --- dots -------------------------------------------------------------------------------------------------------
const standOf = (unit) => (unit.people.length ? Math.max(...unit.people.map((one) => one.stands)) : 1);

function dot(unit) {
  const laid = drawn.laid;
  const place = laid && laid.places.get(unit);
  if (!place) return;
  const brush = drawn.dots.brush;
  if (!place.leaf) { node(unit, place, brush); return; }
  const size = laid.dot;
  const stands = standOf(unit);
  // In a small picture dots touch: only a ring needs a clean ground, and a full dot covers what was there.
  if (stands === AWAY && size > 1.6) brush.clearRect(place.x - size - 1, place.y - size - 1, size * 2 + 2, size * 2 + 2);
  brush.beginPath();
  brush.arc(place.x, place.y, size, 0, Math.PI * 2);
  if (stands === AWAY) { brush.strokeStyle = "#7b9d92"; brush.lineWidth = 0.8; brush.stroke(); } else { brush.fillStyle = TINTS[stands]; brush.fill(); }
}

function node(unit, place, brush) {
  const { trunk, crown, dot: least, outer } = drawn.laid;
  const level = trunk.indexOf(unit);
  const last = level === trunk.length - 1;
  if (level >= 0 && !last) return; // the rings of the middle are drawn with the innermost
  const size = last ? Math.min(11, outer * 0.06) : crown.includes(unit) ? Math.min(outer * 0.036, 7) : Math.max(1.6, Math.min(outer * 0.016, least * 1.25));
  if (outer > 110) brush.clearRect(place.x - size - 2, place.y - size - 2, size * 2 + 4, size * 2 + 4);
  if (last) for (let ring = trunk.length - 1; ring > 0; ring -= 1) { brush.strokeStyle = "#5c8f7f"; brush.lineWidth = 1; circle(brush, place, size * (1 + ring * 0.42)); brush.stroke(); }
  const share = unit.called ? unit.answered / unit.called : 0;
  brush.fillStyle = unit.called ? TINTS[CALLED] : "#5c8272";
  circle(brush, place, size);
  brush.fill();
  if (share > 0) {
    brush.fillStyle = TINTS[ANSWERED];
    brush.beginPath();
    brush.moveTo(place.x, place.y);
    brush.arc(place.x, place.y, size, -Math.PI / 2, -Math.PI / 2 + Math.PI * 2 * share);
    brush.fill();
  }
  if (drawn.grouped.has(unit)) { brush.strokeStyle = GROUP; brush.lineWidth = 1.6; circle(brush, place, size + 0.6); brush.stroke(); }
}

function circle(brush, place, size) {
  brush.beginPath();
  brush.arc(place.x, place.y, size, 0, Math.PI * 2);
}

function changed(unit) {
  for (const one of chain(unit)) drawn.lit.set(one, true);
}

// --- sparks -------------------------------------------------------------------------------------------------------
/** The way between two units of which one stands above the other, as places. */
function way(top, unit) {
  if (!drawn.laid) return [];
  const up = chain(unit);
  const end = up.indexOf(top);
  return (end >= 0 ? up.slice(0, end + 1) : up).reverse().map((one) => drawn.laid.places.get(one)).filter(Boolean);
}

function spark(path, tint, arrived) {
  if (!drawn.laid || path.length < 2 || drawn.sparks.length >= MOST || document.hidden || !drawn.seen) { arrived(); return; }
  drawn.sparks.push({ path, tint, arrived, from: performance.now(), long: HOP * (path.length - 1) * (0.85 + Math.random() * 0.4) });
  wake();
}

function pulse(unit, tint) {
  const place = drawn.laid && drawn.laid.places.get(unit);
  if (!place || drawn.pulses.length > 160 || document.hidden || !drawn.seen) return;
  drawn.pulses.push({ place, tint, from: performance.now() });
  wake();
}

function pointOn(path, part) {
  const far = part * (path.length - 1);
  const step = Math.min(path.length - 2, Math.floor(far));
  const rest = far - step;
  const from = path[step], to = path[step + 1];
  return [from.x + (to.x - from.x) * rest, from.y + (to.y - from.y) * rest];
}

// --- what happened --------------------------------------------------------------------------------------------
function happen([, , kind, who], top) {
  const person = all.people.get(who);
  const unit = person ? person.home : null;
  const start = top && unit && chain(unit).includes(top) && top !== unit ? top : unit && unit.above;
  if (kind === "sent" && person) {
    const arrive = () => { if (stand(person, CALLED) && unit) changed(unit); };
    if (unit) spark(way(start, unit), DOWN, arrive); else arrive();
  } else if (kind === "letter" && unit) spark(way(unit.above, unit), LETTER, () => {});
  else if (kind === "said" && person) {
    if (person.stands === CALLED || person.stands === AWAY) { stand(person, ANSWERED); if (unit) changed(unit); }
    if (unit) { pulse(unit, UP); spark(way(drawn.top && chain(unit).includes(drawn.top) ? drawn.top : null, unit).reverse(), UP, () => {}); }
  } else if (kind === "tapped" && person) {
    if (person.stands === AWAY) { stand(person, 1); if (unit) changed(unit); }
    if (unit) pulse(unit, UP);
  } else if (kind === "refused") { drawn.refused += 1; if (unit) pulse(unit, TINTS[4]); } else if (kind === "forward" && unit) group(unit);
  else if (kind === "robot") group(robotHome(who));
  else if (kind === "opened" && unit) pulse(unit, LETTER);
}

const robots = new Map();
function robotHome(key) { return robots.get(key) || null; }
/** Where the groups are, and which of them have heard something already. */
export function knowGroups(groups) {
  for (const one of groups) {
    const unit = all.units.get(one.unit);
    if (!one.owner) robots.set(one.key, unit);
    if (one.sent && unit) { drawn.grouped.add(unit); drawn.lit.set(unit, true); }
  }
  wake();
}

function group(unit) {
  if (!unit) return;
  drawn.grouped.add(unit);
  changed(unit);
  pulse(unit, GROUP);
}

function hear({ events }) {
  const sent = events.filter(([, , kind]) => kind === "sent").map(([, , , who]) => (all.people.get(who) || {}).home).filter(Boolean);
  if (sent.length > 1) drawn.top = meeting(sent);
  // Spread over the time until the next look, so that nothing comes in jerks.
  const long = pace(), start = performance.now();
  events.forEach((event, at) => drawn.due.push([start + (long * at) / events.length, event, drawn.top]));
  if (events.length) wake();
}

// --- frames -------------------------------------------------------------------------------------------------------
function wake() {
  if (drawn.waiting) return;
  drawn.waiting = true;
  requestAnimationFrame(paint);
}

function paint(at) {
  drawn.waiting = false;
  let due = 0;
  while (due < drawn.due.length && (drawn.due[due][0] <= at || document.hidden)) due += 1;
  for (const [, event, top] of drawn.due.splice(0, due)) happen(event, top);
  if (!drawn.laid || !drawn.still) { if (drawn.due.length) setTimeout(wake, 200); return; }
  for (const unit of drawn.lit.keys()) dot(unit);
  if (drawn.lit.size) { drawn.lit.clear(); drawn.dirty = true; }
  pen.setTransform(1, 0, 0, 1, 0, 0);
  pen.clearRect(0, 0, canvas.width, canvas.height);
  pen.drawImage(drawn.still.made, 0, 0);
  pen.drawImage(drawn.dots.made, 0, 0);
  pen.setTransform(drawn.ratio, 0, 0, drawn.ratio, canvas.width / 2, canvas.height / 2);
  paintPulses(at);
  paintSparks(at);
  paintChosen();
  if (drawn.sparks.length || drawn.pulses.length || drawn.due.length) wake();
}

function paintPulses(at) {
  pen.lineWidth = 1.4;
  drawn.pulses = drawn.pulses.filter((one) => at - one.from < 700);
  for (const { place, tint, from } of drawn.pulses) {
    const part = Math.max(0, (at - from) / 700);
    pen.globalAlpha = 1 - part;
    pen.strokeStyle = tint;
    circle(pen, place, 3 + part * 11);
    pen.stroke();
  }
  pen.globalAlpha = 1;
}

function paintSparks(at) {
  const flying = [];
  for (const one of drawn.sparks) {
    const part = Math.max(0, (at - one.from) / one.long);
    if (part >= 1) { one.arrived(); continue; }
    flying.push(one);
    const eased = part < 0.5 ? 2 * part * part : 1 - 2 * (1 - part) * (1 - part);
    const [x, y] = pointOn(one.path, eased);
    const [tailX, tailY] = pointOn(one.path, Math.max(0, eased - 0.07));
    pen.strokeStyle = one.tint;
    pen.globalAlpha = 0.45;
    pen.lineWidth = 1.6;
    pen.beginPath();
    pen.moveTo(tailX, tailY);
    pen.lineTo(x, y);
    pen.stroke();
    pen.globalAlpha = 1;
    pen.fillStyle = one.tint;
    pen.fillRect(x - 1.7, y - 1.7, 3.4, 3.4);
  }
  drawn.sparks = flying;
}

function paintChosen() {
  const person = all.people.get(state.openid);
  const place = person && person.home && drawn.laid.places.get(person.home);
  if (!place) return;
  pen.strokeStyle = "#fff";
  pen.lineWidth = 1.6;
  circle(pen, place, place.leaf ? drawn.laid.dot + 3.5 : 10);
  pen.stroke();
}

/** Colour everybody as if nothing had happened yet, so that the next notice is seen alone. */
export function clear() {
  for (const person of all.people.values()) if (person.stands === CALLED || person.stands === ANSWERED) stand(person, 1);
  Object.assign(drawn, { refused: 0, grouped: new Set(), sparks: [], pulses: [], due: [], top: null });
  lay();
  figures();
}

// --- figures, legend, pointing ----------------------------------------------------------------------------------
function figures() {
  let called = 0, answered = 0;
  for (const unit of all.roots) { called += unit.called; answered += unit.answered; }
  const share = called ? Math.round((answered / called) * 100) + "%" : "–";
  const text = [called, answered, share, drawn.grouped.size, drawn.refused].join();
  if (text === drawn.figures) return;
  drawn.figures = text;
  const rows = [["called", called], ["answered", answered], ["share", share], ["groups", drawn.grouped.size], ...(drawn.refused ? [["refused", drawn.refused]] : [])];
  $("figures").replaceChildren(...rows.map(([name, value]) => make("div", { class: name }, make("dt", {}, t("fig_" + name)), make("dd", {}, typeof value === "number" ? value.toLocaleString("en") : value))));
  canvas.setAttribute("aria-label", t("stage_label", { called, answered }));
}

function legend() {
  const kinds = [["s0", "away"], ["s1", "quiet"], ["s2", "called"], ["s3", "answered"], ["sg", "group"]];
  $("legend").replaceChildren(...kinds.map(([tint, name]) => make("span", {}, make("i", { class: "dot " + tint, "aria-hidden": "true" }), t("dot_" + name))), make("em", {}, t("stage_help")), make("button", { type: "button", onclick: clear }, t("restate")));
}

function nearest(event) {
  if (!drawn.laid) return null;
  const box = canvas.getBoundingClientRect();
  const x = event.clientX - box.left - box.width / 2, y = event.clientY - box.top - box.height / 2;
  let best = null, least = 144;
  for (const [unit, place] of drawn.laid.places) {
    const far = (place.x - x) ** 2 + (place.y - y) ** 2;
    if (far < least) { least = far; best = unit; }
  }
  return best;
}

function point(event) {
  const unit = nearest(event);
  $("tip").hidden = !unit;
  if (!unit) return;
  const who = unit.people.length ? " · " + nameOf(unit.people[0]) : "";
  $("tip").textContent = `${shortName(unit.name)}（${levelName(unit.level, language())}）${who}${unit.called ? ` · ${unit.answered}/${unit.called}` : ""}`;
  const box = canvas.getBoundingClientRect();
  const left = Math.min(event.clientX - box.left + 14, box.width - $("tip").offsetWidth - 4);
  $("tip").style.left = Math.max(0, left) + "px";
  $("tip").style.top = Math.max(0, event.clientY - box.top - 34) + "px";
}

export function start() {
  canvas = $("tree");
  pen = canvas.getContext("2d");
  canvas.addEventListener("pointermove", point);
  canvas.addEventListener("pointerleave", () => { $("tip").hidden = true; });
  canvas.addEventListener("click", (event) => {
    const unit = nearest(event);
    if (unit && unit.people.length) choose(unit.people[0]);
  });
  new ResizeObserver(() => { drawn.seen = canvas.offsetParent !== null; if (drawn.seen) lay(); }).observe(canvas.parentElement);
  document.addEventListener("visibilitychange", () => { drawn.sparks.splice(0).forEach((one) => one.arrived()); wake(); });
  on("federation", () => { Object.assign(drawn, { refused: 0, grouped: new Set(), sparks: [], pulses: [] }); lay(); figures(); });
  on("news", hear);
  on("person", wake);
  on("language", () => { drawn.figures = ""; legend(); figures(); });
  setInterval(figures, 300);
}
