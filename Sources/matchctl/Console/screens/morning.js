// What changed since the run before, and why.

import { all, get } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { day, moment } from "../lib/numbers.js";
import { address } from "../lib/router.js";
import { session } from "../lib/session.js";
import { t, word } from "../lib/texts.js";
import { filters } from "../parts/fields.js";
import { empty, into } from "../parts/feedback.js";
import { verdictChip } from "../parts/marks.js";

export async function showMorning(place) {
  const body = h("div");
  const sub = h("p", { class: "sub" });
  fill(place, h("div", { class: "page-head" }, h("div", { class: "titles" }, h("h1", null, t("nav.morning")), sub)), body);
  await into(body, changes, ({ run, items }) => {
    if (!run) return h("div", { class: "panel" }, empty("morning.noRun"));
    fill(sub, t("morning.run", { day: day(run.as_of, session.as_of), at: moment(run.at), n: items.length }));
    return items.length ? listOf(items) : h("div", { class: "panel" }, empty("morning.none"));
  });
}

async function changes() {
  const runs = await get("/runs", { limit: 1 });
  const run = runs.items[0];
  if (!run) return { run: null, items: [] };
  return { run, items: (await all("/runs/latest/changes")).items };
}

function listOf(items) {
  const kinds = Array.from(new Set(items.map((i) => i.kind)));
  const list = h("div");
  const draw = (kind) => fill(list, groups(items.filter((i) => kind === "all" || i.kind === kind)));
  const pairs = [["all", t("all"), items.length]].concat(kinds.map((k) => [k, word("change", k), items.filter((i) => i.kind === k).length]));
  draw("all");
  return h("div", { class: "stack" }, filters(t("filter"), pairs, "all", draw), list);
}

/// One card a demand, in the order in which the run tells them.
function groups(items) {
  const byDemand = new Map();
  for (const item of items) {
    if (!byDemand.has(item.demand)) byDemand.set(item.demand, []);
    byDemand.get(item.demand).push(item);
  }
  return Array.from(byDemand, ([demand, rows]) => h("section", { class: "panel" },
    h("div", { class: "panel-head" },
      h("h2", null, h("a", { href: address(`/demands/${encodeURIComponent(demand)}`, { line: rows[0].line }) }, rows[0].title || demand)),
      h("span", { class: "small quiet-text" }, demand)),
    h("ul", { class: "changes" }, rows.map((row) => changeRow(demand, row)))));
}

function changeRow(demand, change) {
  const name = change.line_name || change.platform_name || change.line || change.platform;
  return h("li", null,
    h("div", { class: "change-what" },
      h("span", { class: `chip ${good(change) ? "good" : "warn"}` }, word("change", change.kind)),
      name ? h("a", { href: address(`/demands/${encodeURIComponent(demand)}`, { line: change.line, stage: change.stage }) }, names(change) || name) : null),
    h("div", { class: "cluster tight" },
      change.verdict_before && change.verdict_before !== change.verdict_after ? verdictChip(change.verdict_before) : null,
      change.verdict_before && change.verdict_after && change.verdict_before !== change.verdict_after ? h("span", { "aria-label": t("became") }, "→") : null,
      change.verdict_after ? verdictChip(change.verdict_after) : null),
    why(change) ? h("p", { class: "second" }, why(change)) : null);
}

/// The causes as the server words them, or by their kinds.
function why(change) {
  if (change.text) return change.text;
  const causes = change.causes || (change.cause ? [change.cause] : []);
  return causes.map((c) => t(`cause.${c.kind}`, { side: c.side ? t(`cause.side.${c.side}`) : "" })).join(t("comma"));
}

function names(change) {
  return Array.from(new Set([change.platform_name, change.line_name].filter(Boolean))).join(" · ");
}

const order = ["conflict", "near_miss", "potential", "full"];

function good(change) {
  if (["new", "risen"].includes(change.kind)) return true;
  return order.indexOf(change.verdict_after) > order.indexOf(change.verdict_before);
}
