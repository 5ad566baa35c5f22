// Runs of the night and the policy: what an administrator looks after.

import { all, fileAddress, follow, get } from "../lib/api.js";
import { fill, h, icon, newID } from "../lib/dom.js";
import { day, moment, number } from "../lib/numbers.js";
import { session } from "../lib/session.js";
import { t, word } from "../lib/texts.js";
import { busy, empty, into, notice, say } from "../parts/feedback.js";
import { table } from "../parts/table.js";

export async function showRuns(place) {
  const list = h("div");
  const load = () => into(list, () => all("/runs", {}, 200), (answer) => [lastNight(answer.night), answer.items.length ? runTable(answer.items) : empty("runs.none")]);
  fill(place, h("div", { class: "page-head" }, h("div", { class: "titles" }, h("h1", null, t("nav.runs")), h("p", { class: "sub" }, t("runs.text")))),
    starter(load), h("section", { class: "panel", "aria-label": t("nav.runs") }, list));
  await load();
}

/// What became of the last night where it did not end well, or that it is under way.
function lastNight(night) {
  if (!night || night.state === "done") return null;
  const told = t(night.state === "failed" ? "runs.night.failed" : "runs.night.running", { at: moment(night.started) });
  return notice(night.state === "failed" ? "bad" : "", [told, night.message || (night.code ? word("runs.code", night.code) : "")].filter(Boolean).join(" "));
}

function starter(load) {
  const bar = h("div", { class: "progress hidden" }, h("div"));
  const told = h("p", { class: "small second", role: "status" });
  const wrong = h("div");
  const id = newID("full");
  const full = h("input", { type: "checkbox", id });
  const start = h("button", { class: "button primary", type: "button" }, t("runs.start"));
  start.addEventListener("click", () => busy(start, async () => {
    bar.classList.remove("hidden");
    fill(told, t("runs.running"));
    const run = await follow("/runs", { full: full.checked }, (p) => {
      bar.firstChild.style.width = `${p.of ? Math.round((100 * p.done) / p.of) : 0}%`;
      fill(told, t("runs.progress", { phase: word("phase", p.phase || ""), done: p.done || 0, of: p.of || 0 }));
    }).catch(async (error) => {
      fill(told, t("runs.failed"));
      await load();
      throw error;
    }).finally(() => bar.classList.add("hidden"));
    fill(told, t("runs.done", { id: run.id }));
    say(t("runs.done", { id: run.id }));
    await load();
  }, wrong));
  return h("section", { class: "panel" }, h("div", { class: "panel-body stack-small" },
    h("div", { class: "cluster" }, start, h("div", { class: "choice" }, full, h("label", { for: id }, t("runs.full")))), bar, told, wrong));
}

function runTable(items) {
  return table([
    { title: t("runs.day"), lead: true, cell: (r) => h("div", null, h("span", { class: "strong" }, day(r.as_of, session.as_of)), h("div", { class: "row-sub nowrap" }, r.id)) },
    { title: t("runs.at"), width: "150px", cell: (r) => moment(r.at) },
    { title: t("state"), width: "110px", cell: (r) => h("span", { class: `chip ${{ done: "good", failed: "bad" }[r.state] || "open"}` }, word("run", r.state)) },
    { title: t("runs.counts"), cell: (r) => h("span", { class: "small second" }, Object.entries(r.counts || {}).filter(([, v]) => typeof v === "number").map(([k, v]) => `${word("counts", k)} ${number(v)}`).join(" · ")) },
    { title: t("runs.files"), width: "28%", cell: (r) => h("div", { class: "cluster tight" }, (r.files || []).slice(0, 12).map((f) =>
      h("a", { class: "small", href: fileAddress(`/runs/${encodeURIComponent(r.id)}/files/${encodeURIComponent(f.name)}`), download: f.name }, icon("down"), " ", f.title || f.name))) },
  ], items, { caption: t("nav.runs") });
}

export async function showPolicy(place) {
  const body = h("div");
  const sub = h("p", { class: "sub" });
  fill(place, h("div", { class: "page-head" }, h("div", { class: "titles" }, h("h1", null, t("nav.policy")), sub)), body);
  await into(body, () => get("/policy"), (answer) => {
    fill(sub, t("policy.version", { version: answer.version }));
    return h("div", { class: "stack" }, notice("", t("policy.text")), Object.entries(answer.policy).filter(([name]) => !["version", "note"].includes(name)).map(([name, value]) => member(name, value)));
  });
}

/// A member of the policy as its file names it: a table where it is one level deep, JSON otherwise.
function member(name, value) {
  const flat = value && typeof value === "object" && !Array.isArray(value) && Object.values(value).every((v) => v === null || typeof v !== "object");
  const shown = flat
    ? h("dl", { class: "facts wide" }, Object.entries(value).map(([k, v]) => [h("dt", null, word("policy.name", k)), h("dd", null, word("strictness", v))]))
    : h("pre", { class: "json" }, typeof value === "object" ? JSON.stringify(value, null, 2) : String(value));
  return h("details", { class: "panel fold", open: flat || typeof value !== "object" }, h("summary", { class: "panel-head" }, h("h2", null, word("policy.part", name))), h("div", { class: "panel-body" }, shown));
}
