// One line for one stage: what was found on each criterion, what to ask, what could give, what was decided.

import { h, icon } from "../lib/dom.js";
import { age, number, points } from "../lib/numbers.js";
import { session } from "../lib/session.js";
import { t, word } from "../lib/texts.js";
import { tabs } from "../parts/fields.js";
import { empty, notice } from "../parts/feedback.js";
import { openCount, scoreBar, sealedMark, stateChip, verdictChip } from "../parts/marks.js";
import { decidePanel } from "./decide.js";
import { questionsPanel } from "./questions.js";

export function pairPanel(bench, explanation) {
  const { match } = explanation;
  const criteria = explanation.criteria || [];
  const asked = match.questions || [];
  const views = [
    ["criteria", t("pair.criteria"), () => criteriaList(withAsks(bench, criteria), explanation)],
    ["questions", asked.length ? t("pair.questions.n", { n: asked.length }) : t("pair.questions"), () => questionsPanel(bench, explanation)],
    ["give", t("pair.give"), () => giveList(match)],
  ];
  if (bench.state.choice.demand) views.push(["decide", t("pair.decide"), () => decidePanel(bench, match, criteria)]);
  const wanted = bench.state.tab || "criteria";
  const chosen = views.some(([id]) => id === wanted) ? wanted : "criteria";
  return h("div", { class: "panel pair" }, head(bench, explanation, criteria),
    tabs(t("bench.pair"), views, chosen, (id) => { bench.state.tab = id; }));
}

function head(bench, explanation, criteria) {
  const { match } = explanation;
  const weighed = criteria.filter((c) => c.weight > 0);
  const known = weighed.filter((c) => c.state !== "unknown").length;
  const same = !match.line_name || match.line_name === match.platform_name;
  return h("div", { class: "pair-head" },
    h("button", { class: "button plain small to-list", type: "button", on: { click: () => bench.backToList() } }, icon("back"), t("bench.toList")),
    h("div", { class: "spread" }, h("h2", null, match.platform_name || match.platform), verdictChip(match.verdict, openCount(match))),
    h("p", { class: "second" }, [same ? null : match.line_name, match.place, match.line].filter(Boolean).join(" · ")),
    scoreBar(match.score),
    h("p", { class: "small quiet-text" }, [
      weighed.length ? t("known.of", { n: known, of: weighed.length }) : null,
      match.technical ? t("part.technical", { n: points(match.technical.expected) }) : null,
      match.commercial ? t("part.commercial", { n: points(match.commercial.expected) }) : null,
      match.holds_until ? t("holdsUntil", { day: match.holds_until }) : null,
    ].filter(Boolean).join(" · ")),
    (match.warnings || []).filter((w) => !/^warning\./.test(w)).map((w) => notice("warn", w)));
}

/// With what is asked in the demand's own words, which hold the comparison (`≤ 0.5 μm`).
function withAsks(bench, criteria) {
  const stages = (bench.state.demand && bench.state.demand.stages) || [];
  const own = stages.find((s) => s.id && s.id === bench.state.stage) || stages[0];
  const asked = new Map((own ? own.criteria : []).map((c) => [c.criterion, c.asked]));
  const same = !Object.keys(bench.state.changes.values).length;
  return criteria.map((c) => (same && c.asked && asked.get(c.criterion) ? Object.assign({}, c, { asked: asked.get(c.criterion) }) : c));
}

/// What stands against it first, then what is open, then what fits.
function criteriaList(criteria, explanation) {
  if (!criteria.length) return empty("pair.none");
  const rank = (c) => (c.failure ? 0 : c.state === "unknown" ? 1 : c.state === "short" || c.state === "relaxed" ? 2 : 3);
  const ordered = criteria.map((c, i) => [rank(c), i, c]).sort((a, b) => a[0] - b[0] || a[1] - b[1]).map((x) => x[2]);
  return h("div", null,
    explanation.isStored ? h("div", { class: "panel-tools" }, notice("", t("pair.stored"))) : null,
    explanation.ordering ? h("div", { class: "panel-tools" }, notice("", explanation.ordering)) : null,
    h("ul", { class: "criteria" }, ordered.map(criterionRow)),
    h("p", { class: "hint pair-foot" }, t("pair.asOf", { day: explanation.match.as_of, policy: explanation.match.policy || "" })));
}

function criterionRow(c) {
  const sealed = c.sealed && !c.asked;
  return h("li", null,
    h("div", { class: "spread" },
      h("div", { class: "crit-name" }, h("span", { class: "strong" }, c.name || c.criterion), h("span", { class: "tag" }, word("strictness", c.strictness))),
      stateChip(c)),
    sealed ? h("div", null, sealedMark()) : found(c),
    source(c));
}

/// Ask, has and margin where both sides are values; a sentence where they are not.
function found(c) {
  const isValue = /^(spec|certificate):/.test(c.criterion) && c.asked;
  const text = (c.text || "").replace(/^[^：:]{1,40}[：:]\s*/, "");
  if (!isValue) return [text ? h("p", { class: "finding" }, text) : null, h("dl", { class: "facts" }, pair(t("margin"), marginOf(c)))];
  return h("dl", { class: "facts" }, pair(t("asks"), c.asked),
    pair(t("has"), c.has || (c.state === "unknown" ? h("span", { class: "quiet-text" }, t("unstated")) : "")), pair(t("margin"), marginOf(c)));
}

function pair(name, text) {
  if (!text) return null;
  return [h("dt", null, name), h("dd", null, text)];
}

function marginOf(c) {
  if (c.margin === undefined || c.margin === null) return "";
  const sign = c.margin > 0 ? "+" : c.margin < 0 ? "−" : "";
  return h("span", { class: c.margin < 0 ? "minus" : "plus" }, `${sign}${number(Math.abs(c.margin), 3)}${c.unit ? ` ${c.unit}` : ""}`);
}

/// Where the statement comes from and how old it is. An address becomes a link only when it is one of the web.
function source(c) {
  const parts = [];
  if (c.read_from) parts.push(h("q", { class: "quote" }, c.read_from));
  if (c.inferred) parts.push(h("span", { class: "tag" }, t("inferred")));
  if (c.source) {
    parts.push(/^https?:\/\//.test(c.source)
      ? h("a", { href: c.source, target: "_blank", rel: "noopener noreferrer" }, t("source.page", { host: c.source.replace(/^https?:\/\//, "").split("/")[0] }))
      : h("span", null, t("source.text", { text: c.source })));
  }
  if (c.verified_at) parts.push(h("span", { title: c.verified_at }, t("checked", { age: age(c.verified_at, session.as_of) })));
  return parts.length ? h("p", { class: "crit-source" }, parts.map((p, i) => (i ? [" · ", p] : p))) : null;
}

/// The smallest changes of either side that lift the pair.
function giveList(match) {
  const relax = match.relaxation;
  if (!relax) return empty(match.verdict === "full" ? "give.full" : "give.none");
  const block = (id, rows) => (rows && rows.length
    ? h("div", { class: "stack-small" }, h("h3", null, t(id)), h("ul", { class: "give" }, rows.map((r) => h("li", null, textOf(r)))))
    : null);
  return h("div", { class: "panel-body stack" }, h("p", { class: "second" }, t("give.text")),
    block("give.demand", relax.demand), block("give.line", relax.line),
    relax.price !== undefined ? h("p", { class: "hint" }, t("give.price", { n: points(relax.price) })) : null);
}

function textOf(row) {
  return typeof row === "string" ? row : row.text || JSON.stringify(row);
}
