// The ranked lines of a stage: verdict, interval, what is missing, where; and the same as cities.

import { fill, h, icon } from "../lib/dom.js";
import { percent } from "../lib/numbers.js";
import { t } from "../lib/texts.js";
import { choose, filters } from "../parts/fields.js";
import { empty, notice } from "../parts/feedback.js";
import { openCount, scoreBar, verdictChip } from "../parts/marks.js";
import { table } from "../parts/table.js";
import { citiesView } from "./cities.js";
import { compareLines } from "./compare.js";
import { isChanged } from "./bench.js";

export function rankedPanel(bench, stage) {
  const { state } = bench;
  const list = h("div");
  const compare = h("button", { class: "button small", type: "button", on: { click: () => compareLines(bench, stage) } }, t("compare"));
  const counted = () => {
    compare.textContent = t("compare.n", { n: state.compared.size });
    compare.classList.toggle("hidden", state.compared.size < 2);
  };
  const draw = () => {
    const wanted = state.verdict || "all";
    const rows = stage.matches.filter((m) => (wanted === "all" || m.verdict === wanted) && (!state.city || m.place === state.city));
    fill(list, state.asCities ? citiesView(bench, stage, draw) : rows.length ? lines(bench, rows, counted) : empty("ranked.none"));
  };
  counted();
  draw();
  return h("div", { class: "panel" }, heading(bench, stage, compare), chips(bench, stage, draw), said(bench), list, more(bench, stage));
}

function heading(bench, stage, compare) {
  const { state } = bench;
  const view = h("button", {
    class: "button small", type: "button", "aria-pressed": String(Boolean(state.asCities)),
    on: { click: () => { state.asCities = !state.asCities; bench.draw(); } },
  }, t("cities"));
  const stages = state.answer.stages;
  const pick = stages.length > 1
    ? choose("stage", stages.map((s, i) => [s.stage || "", s.title || t("stage.n", { n: i + 1 })]), stage.stage || "", { "aria-label": t("stage") })
    : null;
  if (pick) pick.addEventListener("change", () => bench.pickStage(pick.value));
  return h("div", { class: "panel-head" }, h("div", { class: "cluster" }, h("h2", null, t("bench.ranked")), pick),
    h("div", { class: "cluster" }, compare, view));
}

function chips(bench, stage, draw) {
  const { state } = bench;
  const v = stage.verdicts;
  const pairs = [["all", t("all"), v.full + v.potential + v.near_miss], ["full", t("verdict.full"), v.full],
    ["potential", t("verdict.potential"), v.potential], ["near_miss", t("verdict.near_miss"), v.near_miss]];
  pairs.push(["conflict", t("verdict.conflict"), v.conflict]);
  return h("div", { class: "panel-tools" }, filters(t("filter"), pairs, state.verdict || "all", (chosen) => {
    const needs = chosen === "conflict" && !state.conflicts;
    state.verdict = chosen;
    if (needs) {
      state.conflicts = true;
      bench.load();
    } else draw();
  }));
}

function said(bench) {
  const { state } = bench;
  const parts = [];
  if (isChanged(state)) {
    parts.push(notice("", t("bench.changed", { n: state.moved.size })));
  }
  for (const issue of state.answer.issues.slice(0, 3)) parts.push(notice("warn", issue.text));
  if (state.city) {
    parts.push(notice("", t("cities.only", { city: state.city }), " ",
      h("button", { class: "button plain small", type: "button", on: { click: () => { state.city = null; bench.draw(); } } }, t("all"))));
  }
  return parts.length ? h("div", { class: "panel-tools stack-small" }, parts) : null;
}

function lines(bench, rows, counted) {
  return table([
    { title: t("compare.short"), width: "38px", class: "pick", cell: (m) => tick(bench, m, counted) },
    { title: t("line"), lead: true, cell: (m) => lead(bench, m) },
    { title: t("score"), width: "212px", class: "score-cell", cell: (m) => h("div", null, scoreBar(m.score), h("div", { class: "row-sub known" }, t("known", { p: percent(m.coverage) }))) },
  ], rows, { caption: t("bench.ranked"), class: "ranked" });
}

function tick(bench, match, counted) {
  const { compared } = bench.state;
  const box = h("input", { type: "checkbox", checked: compared.has(match.line), "aria-label": t("compare.with", { line: nameOf(match) }) });
  box.addEventListener("change", () => {
    if (box.checked && compared.size >= 6) box.checked = false;
    else if (box.checked) compared.add(match.line);
    else compared.delete(match.line);
    counted();
  });
  return box;
}

export function nameOf(match) {
  const names = [match.platform_name || match.platform, match.line_name || match.line];
  return names[0] === names[1] ? names[0] : names.join(" · ");
}

function lead(bench, match) {
  const moved = bench.state.moved.get(match.line);
  const same = !match.line_name || match.line_name === match.platform_name;
  const link = h("a", {
    class: "row-link", href: location.hash, data: { line: match.line }, "aria-current": String(match.line === bench.state.line),
    on: { click: (event) => { event.preventDefault(); bench.look(match.line, match, true); } },
  }, h("span", { class: "rank" }, match.rank ? String(match.rank) : "–"), match.platform_name || match.platform);
  return h("div", { class: "lead-cell" }, link, shift(moved),
    h("div", { class: "row-sub" }, [same ? null : match.line_name, match.place].filter(Boolean).join(" · ")),
    h("div", { class: "cluster tight" }, was(moved), verdictChip(match.verdict, openCount(match)),
      match.decision ? h("span", { class: "chip outline" }, t(`step.${match.decision.step}`)) : null,
      match.synthetic ? h("span", { class: "tag" }, t("synthetic")) : null));
}

/// The verdict before the change that is tried out.
function was(moved) {
  if (!moved || !moved.verdict_before || moved.verdict_before === moved.verdict_after) return null;
  return [verdictChip(moved.verdict_before), h("span", { "aria-label": t("became") }, "→")];
}

function shift(moved) {
  if (!moved || !moved.before || !moved.after || moved.before === moved.after) return null;
  const up = moved.after < moved.before;
  const words = t(up ? "rank.up" : "rank.down", { n: Math.abs(moved.before - moved.after) });
  return h("span", { class: `delta ${up ? "up" : "down"}`, title: words }, h("span", { class: "aside" }, words),
    h("span", { "aria-hidden": "true" }, `${up ? "↑" : "↓"}${Math.abs(moved.before - moved.after)}`));
}

function more(bench, stage) {
  const v = stage.verdicts;
  const all = v.full + v.potential + v.near_miss + (bench.state.conflicts ? v.conflict : 0);
  if (stage.matches.length < bench.state.top || stage.matches.length >= all || bench.state.top >= 500) return null;
  return h("div", { class: "panel-foot" }, h("button", {
    class: "button plain", type: "button",
    on: { click: () => { bench.state.top = Math.min(500, bench.state.top * 5); bench.load(); } },
  }, icon("down"), t("more")));
}
