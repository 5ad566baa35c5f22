// The broker's day: every demand of hers with the next step, its day and who waits.

import { all, fileAddress } from "../lib/api.js";
import { fill, h, icon } from "../lib/dom.js";
import { whenTyped } from "../lib/input.js";
import { day, daysBetween, dueWords } from "../lib/numbers.js";
import { address, note } from "../lib/router.js";
import { session } from "../lib/session.js";
import { t } from "../lib/texts.js";
import { filters, input } from "../parts/fields.js";
import { empty, into, whisper } from "../parts/feedback.js";
import { verdictChip } from "../parts/marks.js";
import { table } from "../parts/table.js";

const ways = ["all", "me", "no_reply", "new", "due"];

export async function showToday(place, params, query) {
  const body = h("div");
  const picked = { filter: ways.includes(query.filter) ? query.filter : "all", words: query.q || "" };
  const download = h("a", { class: "button", download: "" }, icon("down"), t("today.export"));
  const head = h("div", { class: "page-head" },
    h("div", { class: "titles" }, h("h1", null, t("nav.today")), h("p", { class: "sub", id: "today-sum" })),
    h("div", { class: "cluster" }, download));
  const bar = h("div", { class: "tool-bar" });
  fill(place, head, bar, h("section", { class: "panel", "aria-label": t("today.list") }, body));
  await into(body, () => all("/todo"), (answer) => {
    const items = answer.items;
    fill(document.getElementById("today-sum"), sum(items));
    const list = h("div");
    const draw = () => {
      note({ filter: picked.filter === "all" ? "" : picked.filter, q: picked.words });
      download.href = fileAddress("/todo/sheet", {
        format: "xlsx", filter: ["no_reply", "new", "due"].includes(picked.filter) ? picked.filter : "",
      });
      const rows = items.filter((i) => belongs(i, picked.filter) && holds(i, picked.words));
      fill(list, rows.length ? rowsOf(rows) : empty(items.length ? "today.none" : "today.empty"));
      whisper(t("shown", { n: rows.length }));
    };
    const search = input("q", { type: "search", value: picked.words, placeholder: t("today.search"), "aria-label": t("today.search") });
    whenTyped(search, (words) => {
      picked.words = words;
      draw();
    });
    fill(bar, filters(t("filter"), ways.map((w) => [w, t(`today.${w}`), items.filter((i) => belongs(i, w)).length]), picked.filter, (w) => {
      picked.filter = w;
      draw();
    }), h("div", { class: "search" }, icon("search"), search));
    draw();
    return list;
  });
}

function belongs(item, way) {
  if (way === "all") return true;
  if (way === "me") return item.waits === "broker";
  return (item.filters || []).includes(way);
}

/// Every word typed is in the row; folded by case alone, as the browser knows no scripts.
function holds(item, words) {
  const text = [item.title, item.enterprise, item.park, item.demand, item.next].join(" ").toLowerCase();
  return words.toLowerCase().split(/\s+/).every((w) => text.includes(w));
}

function sum(items) {
  return t("today.sum", {
    day: day(session.as_of), n: items.length,
    me: items.filter((i) => i.waits === "broker").length,
    due: items.filter((i) => belongs(i, "due")).length,
  });
}

function rowsOf(items) {
  return table([
    { title: t("demand"), lead: true, cell: (i) => lead(i) },
    { title: t("today.next"), width: "32%", cell: (i) => i.next },
    { title: t("today.waits"), width: "96px", cell: (i) => waitsChip(i.waits) },
    { title: t("today.day"), width: "132px", cell: (i) => due(i.due) },
    { title: t("today.since"), width: "120px", cell: (i) => since(i) },
  ], items, { caption: t("today.list") });
}

function lead(item) {
  return h("div", null,
    h("a", { class: "row-link", href: address(`/demands/${encodeURIComponent(item.demand)}`, { stage: item.stage, line: item.line }) }, item.title || item.demand),
    h("div", { class: "row-sub" }, [item.enterprise, item.park, item.demand, item.platform_name].filter(Boolean).join(" · ")),
    marks(item));
}

function marks(item) {
  const chips = [];
  if ((item.filters || []).includes("new")) chips.push(h("span", { class: "chip good" }, t("today.new")));
  const best = item.verdicts && ["full", "potential", "near_miss"].find((v) => item.verdicts[v] > 0);
  if (best) chips.push(verdictChip(best), h("span", { class: "row-sub" }, t("lines.n", { n: item.verdicts[best] })));
  return chips.length ? h("div", { class: "cluster tight" }, chips) : null;
}

export function waitsChip(waits) {
  return h("span", { class: `chip ${waits === "broker" ? "warn" : "outline"}` }, t(`waits.${waits}`));
}

function due(iso) {
  if (!iso) return h("span", { class: "quiet-text" }, t("today.noDay"));
  const left = daysBetween(session.as_of, iso);
  const kind = left < 0 ? "late" : left <= 14 ? "soon" : "";
  return h("div", { class: `due ${kind}` }, h("span", null, day(iso, session.as_of)), h("span", { class: "row-sub" }, dueWords(iso, session.as_of)));
}

function since(item) {
  if (!item.since) return "";
  const n = item.working_days;
  return h("div", null, h("span", null, day(item.since, session.as_of)),
    n === null || n === undefined ? null : h("div", { class: "row-sub" }, t("today.workingDays", { n })));
}
