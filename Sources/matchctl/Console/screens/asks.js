// What the demand asks, editable: what remains after each hard rule, and the weights. Nothing is stored.

import { fill, h, newID } from "../lib/dom.js";
import { whenTyped } from "../lib/input.js";
import { money, percent } from "../lib/numbers.js";
import { t } from "../lib/texts.js";
import { choose, input } from "../parts/fields.js";
import { sealedMark } from "../parts/marks.js";
import { isChanged } from "./bench.js";

const levels = ["hard", "strong", "soft", "info"];

/// - Returns: a node with `refresh(stage)`, which redraws counts and leaves the fields alone.
export function asksPanel(bench, stage) {
  const counts = h("div");
  const weights = h("div");
  const reset = h("div");
  const wide = window.matchMedia("(min-width: 1321px)");
  const node = h("details", { open: wide.matches }, h("summary", { class: "panel-head" }, h("h2", null, t("bench.change"))), h("div", { class: "stack" },
    h("div", { class: "panel" },
      h("div", { class: "panel-head" }, h("h2", null, t("bench.asks")), reset),
      h("div", { class: "panel-body" }, words(bench.state.demand), criteria(bench, stage), day(bench))),
    h("div", { class: "panel" }, h("div", { class: "panel-head" }, h("h2", null, t("funnel.title"))), h("div", { class: "panel-body" }, counts)),
    h("div", { class: "panel" }, h("div", { class: "panel-head" }, h("h2", null, t("weights.title"))), h("div", { class: "panel-body" }, weights))));
  node.classList.add("fold");
  wide.onchange = () => {
    if (wide.matches) node.open = true;
  };
  const forPaper = () => {
    node.open = true;
    if (!node.isConnected) window.removeEventListener("beforeprint", forPaper);
  };
  window.addEventListener("beforeprint", forPaper);
  node.refresh = (next) => {
    fill(counts, funnel(next, beforeOf(bench.state, next)));
    if (!weights.firstChild) fill(weights, sliders(bench, next));
    fill(reset, isChanged(bench.state)
      ? h("button", { class: "button small", type: "button", on: { click: () => bench.reset() } }, t("bench.reset"))
      : h("span", { class: "small quiet-text" }, t("bench.tryOut")));
  };
  node.refresh(stage);
  return node;
}

function words(demand) {
  const text = demand && demand.record && demand.record.text;
  if (!text || typeof text !== "string") return null;
  return h("details", { class: "original", open: text.length < 160 }, h("summary", null, t("bench.words")), h("p", { class: "pre" }, text));
}

function stageAsks(bench, stage) {
  const stages = (bench.state.demand && bench.state.demand.stages) || [];
  const own = stages.find((s) => s.id && s.id === stage.stage) || stages[0];
  return own ? own.criteria : [];
}

function criteria(bench, stage) {
  const asks = stageAsks(bench, stage);
  if (!asks.length) return h("p", { class: "quiet-text" }, t("bench.noAsks"));
  return h("ul", { class: "asks" }, asks.map((ask) => askRow(bench, ask)));
}

function askRow(bench, ask) {
  const { changes } = bench.state;
  const level = choose("strictness", levels.map((l) => [l, t(`strictness.${l}`)]), changes.strictness[ask.criterion] || ask.strictness, {
    "aria-label": t("asks.level", { name: ask.name }),
  });
  level.addEventListener("change", () => {
    if (level.value === ask.strictness) delete changes.strictness[ask.criterion];
    else changes.strictness[ask.criterion] = level.value;
    bench.load();
  });
  const fixed = !levels.includes(ask.strictness);
  return h("li", null,
    h("div", { class: "ask-name" }, ask.name, ask.inferred ? h("span", { class: "tag" }, t("inferred")) : null),
    ask.sealed ? sealedMark() : value(bench, ask),
    fixed ? null : level);
}

/// A value is edited in place where its clause is known: `implant_temperature>=500 ℃ (strong)` is shown as `≥ 500 ℃`.
function value(bench, ask) {
  const clause = /^(\w+)\s*(>=|<=|=)\s*(.*?)(\s*\(\w+\))?$/.exec(ask.clause || "");
  if (!clause) return h("div", { class: "ask-value" }, inWords(bench, ask));
  const [, key, sign, said, mark] = clause;
  const start = `${{ ">=": "≥ ", "<=": "≤ " }[sign] || ""}${said}`;
  const { values } = bench.state.changes;
  const field = input("value", { value: start, "aria-label": t("asks.value", { name: ask.name }), enterkeyhint: "done" });
  whenTyped(field, (typed) => {
    const text = typed.trim().replace(/^≥/, ">=").replace(/^≤/, "<=");
    if (!text || typed.trim() === start) delete values[key];
    else values[key] = `${key}${/^[<>=]/.test(text) ? "" : "="}${text}${mark || ""}`;
    bench.load();
  }, 600);
  return field;
}

/// What is asked, in words: money in the way of the language, a window by its days.
function inWords(bench, ask) {
  const total = /^(\d+) CNY$/.exec(ask.asked || "");
  if (total) return money(total[1]);
  const window = bench.state.demand && bench.state.demand.record && bench.state.demand.record.window;
  if (ask.criterion !== "window" || ask.asked || !window) return ask.asked || t("asks.inWords");
  return [window.start, window.finish].filter(Boolean).join(" – ") || t("asks.inWords");
}

/// The last day, as the one date that most often decides.
function day(bench) {
  const record = bench.state.demand && bench.state.demand.record;
  const window = record && record.window;
  if (!window || window.sealed || !window.finish) return null;
  const field = h("input", { type: "date", value: window.finish, id: newID("finish") });
  field.addEventListener("change", () => {
    if (!/^\d{4}-\d{2}-\d{2}$/.test(field.value)) return;
    const { record: changed } = bench.state.changes;
    if (field.value === window.finish) delete changed.window;
    else changed.window = Object.assign({}, window, { finish: field.value });
    bench.load();
  });
  return h("div", { class: "inline-field finish" }, h("label", { class: "label", for: field.id }, t("asks.finish")), field);
}

function beforeOf(state, stage) {
  const stages = state.answer.before;
  return stages ? stages.find((s) => s.stage === stage.stage) || stages[0] : null;
}

/// How many lines stay after each gate and hard rule, each by itself; what changed is said beside.
function funnel(stage, before) {
  const left = stage.lines - stage.verdicts.conflict;
  const leftBefore = before ? before.lines - before.verdicts.conflict : null;
  return h("div", null,
    h("p", { class: "funnel-sum" }, t("funnel.sum", { n: left, of: stage.lines }), delta(left, leftBefore)),
    stage.removed.length
      ? h("ul", { class: "funnel" }, stage.removed.map((r) => rule(r, stage.lines, before)))
      : h("p", { class: "quiet-text" }, t("funnel.none")));
}

function rule(removed, lines, before) {
  const left = lines - removed.lines;
  const old = before && before.removed.find((r) => r.criterion === removed.criterion);
  const leftBefore = before ? before.lines - (old ? old.lines : 0) : null;
  return h("li", null,
    h("span", { class: "funnel-name" }, removed.name),
    h("span", { class: "funnel-track", "aria-hidden": "true" }, h("span", { style: { width: percent(lines ? left / lines : 0).replace(" ", "") } })),
    h("span", { class: "funnel-count" }, t("funnel.left", { n: left }), delta(left, leftBefore)));
}

function delta(now, before) {
  if (before === null || before === now) return null;
  return h("span", { class: `delta ${now > before ? "up" : "down"}` }, now > before ? `+${now - before}` : `−${before - now}`);
}

function sliders(bench, stage) {
  const rows = stage.weights || [];
  if (!rows.length) return h("p", { class: "quiet-text" }, t("weights.none"));
  return h("div", null, h("ul", { class: "weights" }, rows.map((row) => slider(bench, row))),
    h("p", { class: "hint" }, t("weights.hint")));
}

function slider(bench, row) {
  const { weights } = bench.state.changes;
  const start = weights[row.part] === undefined ? row.applied : weights[row.part];
  const id = newID("weight");
  const shown = h("output", { for: id }, String(start));
  const field = h("input", { type: "range", id, name: `weight-${row.part}`, min: "0", max: "100", step: "5", value: String(start) });
  let timer = 0;
  field.addEventListener("input", () => {
    fill(shown, field.value);
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (Number(field.value) === row.suggested) delete weights[row.part];
      else weights[row.part] = Number(field.value);
      bench.load();
    }, 200);
  });
  return h("li", null, h("label", { for: id }, row.name), field, shown,
    h("span", { class: "small quiet-text" }, t("weights.suggested", { n: row.suggested })));
}
