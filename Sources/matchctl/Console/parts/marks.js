// Verdicts, states and scores: each in words, in colour and with a sign.

import { h, icon } from "../lib/dom.js";
import { points } from "../lib/numbers.js";
import { t, word } from "../lib/texts.js";

const signs = { full: "check", potential: "question", near_miss: "near", conflict: "cross" };

/// The chip of a verdict. `n`: what is to be confirmed, or how many gaps.
export function verdictChip(verdict, n) {
  if (!verdict) return h("span", { class: "chip" }, t("verdict.none"));
  const counted = (verdict === "potential" || verdict === "near_miss") && n !== undefined && n !== null;
  const text = counted ? t(`verdict.${verdict}.n`, { n }) : t(`verdict.${verdict}`);
  return h("span", { class: `chip ${verdict}` }, icon(signs[verdict] || "question"), text);
}

/// How many things a match leaves open, or misses.
export function openCount(match) {
  if (match.verdict === "potential") return (match.pending || []).length || match.pending_count;
  if (match.verdict === "near_miss") return (match.failures || []).length || match.failure_count;
  return undefined;
}

const stateKinds = {
  satisfied: "good", relaxed: "warn", short: "warn", failed: "bad", denied: "bad", missing: "bad",
  unknown: "open", pending: "open", shown: "outline",
};

/// The state of one criterion.
export function stateChip(criterion) {
  const kind = criterion.failure ? "bad" : stateKinds[criterion.state] || "outline";
  const code = criterion.failure ? `fail.${criterion.failure}` : criterion.state;
  const sign = { good: "check", warn: "near", bad: "cross", open: "question" }[kind];
  return h("span", { class: `chip ${kind}` }, sign ? icon(sign) : null, word("state", code));
}

/// The interval of a score: a range with a tick at the expected value, and the numbers beside it.
export function scoreBar(score) {
  const low = clamp(score.low);
  const high = clamp(score.high);
  const label = t("score.words", { low: points(low), expected: points(score.expected), high: points(high) });
  return h("div", { class: "score", role: "img", "aria-label": label, title: label },
    h("div", { class: "score-track" },
      h("div", { class: "score-range", style: { left: `${low * 100}%`, width: `${Math.max(0, high - low) * 100}%` } }),
      h("div", { class: "score-tick", style: { left: `${clamp(score.expected) * 100}%` } })),
    h("div", { class: "score-words" }, h("b", null, points(score.expected)),
      h("span", null, points(low) === points(high) ? "" : `${points(low)}–${points(high)}`)));
}

function clamp(value) {
  return Math.min(1, Math.max(0, Number(value) || 0));
}

export function sealedMark() {
  return h("span", { class: "tag" }, icon("lock"), " ", t("sealed"));
}
