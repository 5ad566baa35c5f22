// What to ask, of whom: copied as a message or a letter, marked as sent, and the answer taken beside it.

import { post } from "../lib/api.js";
import { fill, h, icon } from "../lib/dom.js";
import { copy, whenSent } from "../lib/input.js";
import { moment, points } from "../lib/numbers.js";
import { has, t } from "../lib/texts.js";
import { choose, filters, input } from "../parts/fields.js";
import { busy, empty, failure, loading, notice, say } from "../parts/feedback.js";
import { verdictChip } from "../parts/marks.js";

const sources = ["phone", "wechat", "letter", "email", "visit"];

export function questionsPanel(bench, explanation) {
  const { match } = explanation;
  const rows = match.questions || [];
  const sides = ["platform", "enterprise"].filter((s) => s === "platform" || rows.some((q) => q.to === s));
  return h("div", { class: "panel-body stack" },
    rows.length ? sides.map((side) => sideBlock(bench, match, side, rows.filter((q) => (q.to || "platform") === side))) : empty("ask.none"),
    letters(bench, match, rows.length ? "platform" : "enterprise"));
}

function sideBlock(bench, match, side, rows) {
  if (!rows.length) return null;
  return h("div", { class: "stack-small" }, h("h3", null, t(`ask.to.${side}`)),
    h("ol", { class: "questions" }, rows.map((q) => questionRow(bench, match, side, q))));
}

function questionRow(bench, match, side, question) {
  const stored = Boolean(bench.state.choice.demand);
  const state = h("div", { class: "small quiet-text" }, stateOf(question));
  const copied = h("button", {
    class: "button small", type: "button",
    on: { click: async () => say(t((await copy(question.text)) ? "copied" : "copyFailed")) },
  }, icon("copy"), t("copy"));
  const sent = h("button", { class: "button small", type: "button" }, icon("send"), t("ask.sent"));
  sent.addEventListener("click", () => busy(sent, async () => {
    await post("/questions/asked", askedBody(bench, match, side, question));
    question.asked = { at: new Date().toISOString(), who: "" };
    fill(state, stateOf(question));
    say(t("ask.sentDone"));
  }));
  return h("li", null, h("p", { class: "question" }, question.text), state,
    h("div", { class: "cluster" }, copied, stored ? sent : null),
    stored ? answerForm(bench, match, side, question) : null);
}

function stateOf(question) {
  if (question.answered) return t("ask.answered", { day: question.answered.day });
  return question.asked ? t("ask.asked", { at: moment(question.asked.at) }) : "";
}

function slotOf(question) {
  return question.slot || question.criterion;
}

function addresseeOf(match, side) {
  return side === "platform" ? match.platform : match.demand;
}

function askedBody(bench, match, side, question) {
  const body = { addressee: addresseeOf(match, side), slot: slotOf(question), demands: [match.demand], text: question.text };
  if (side === "platform") body.line = match.line;
  return body;
}

/// The answer in the words of a cell: `650 ℃`, `no`, `CNAS(振动) 2028-05-31`.
function answerForm(bench, match, side, question) {
  const value = input("value", { placeholder: exampleFor(slotOf(question)), "aria-label": t("answer.for", { text: question.text }) });
  const source = choose("source", sources.map((s) => [s, t(`source.${s}`)]), "phone", { "aria-label": t("answer.source") });
  const until = h("input", { type: "date", name: "until", "aria-label": t("answer.until"), title: t("answer.until") });
  const result = h("div");
  const button = h("button", { class: "button primary small", type: "submit" }, t("answer.record"));
  const isPlain = isYesOrNo(slotOf(question));
  const no = h("button", { class: "button small", type: "button" }, t(isPlain ? "answer.noPlain" : "answer.no"));
  const yes = isPlain ? h("button", { class: "button small", type: "button" }, t("answer.yesPlain")) : null;
  const form = h("form", { class: "answer" },
    h("div", { class: "answer-row" }, value, source), h("div", { class: "answer-row" }, h("span", { class: "label" }, t("answer.until")), until),
    h("div", { class: "cluster" }, button, yes, no), result);
  const record = (text, pressed) => busy(pressed, async () => {
    const body = { addressee: addresseeOf(match, side), slot: slotOf(question), value: text, source: source.value };
    if (side === "platform") body.line = match.line;
    if (until.value) body.valid_until = until.value;
    const answer = await post("/answers", body);
    fill(result, outcome(bench, answer));
    say(t(answer.changed.length ? "answer.changed" : "answer.noChange", { n: answer.changed.length }));
  }, result);
  no.addEventListener("click", () => record("no", no));
  if (yes) yes.addEventListener("click", () => record("yes", yes));
  whenSent(form, () => (value.value.trim() ? record(value.value.trim(), button) : value.focus()));
  return h("details", { class: "answer-box" }, h("summary", null, t("answer.open")), form);
}

/// What is asked is whether, not how much.
export function isYesOrNo(slot) {
  return slot === "openness";
}

/// How an answer is written: as in a cell of a platform's sheet.
export function exampleFor(slot) {
  const kind = slot.split(":")[0];
  return t(has(`answer.example.${kind}`) ? `answer.example.${kind}` : "answer.example");
}

/// What the answer changed, pair by pair; the list beside follows on request, so that the text stays put.
function outcome(bench, answer) {
  const rows = answer.changed.map((c) => h("li", { class: "cluster tight" },
    h("span", null, c.demand), verdictChip(c.before), "→", verdictChip(c.after),
    c.expected_after === undefined ? null : h("span", { class: "row-sub" }, `${points(c.expected_before)} → ${points(c.expected_after)}`),
    c.text ? h("span", { class: "row-sub" }, c.text) : null));
  return notice("good", h("span", { class: "strong" }, t(rows.length ? "answer.changed" : "answer.noChange", { n: rows.length })),
    h("ul", { class: "stack-small" }, rows), (answer.issues || []).map((i) => h("p", null, i.text)),
    h("button", { class: "button small", type: "button", on: { click: () => bench.load() } }, t("answer.follow")));
}

/// One text for one addressee, who learns nothing that is not theirs.
function letters(bench, match, first) {
  const picked = { side: first, register: "message" };
  const text = h("textarea", { class: "letter", rows: "8", readonly: true, "aria-label": t("letter.text") });
  const place = h("div");
  const copied = h("button", {
    class: "button", type: "button",
    on: { click: async () => say(t((await copy(text.value)) ? "copied" : "copyFailed")) },
  }, icon("copy"), t("letter.copy"));
  const load = async () => {
    fill(place, loading());
    try {
      const body = Object.assign({ lines: [match.line], for: picked.side, register: picked.register }, bench.state.choice);
      if (match.stage) body.stage = match.stage;
      text.value = (await post("/letter", body)).text;
      fill(place, text, copied);
    } catch (error) {
      fill(place, failure(error, load));
    }
  };
  const sides = ["platform", "enterprise", "file"].map((s) => [s, t(`letter.for.${s}`)]);
  const registers = ["message", "letter"].map((r) => [r, t(`letter.${r}`)]);
  const box = h("details", { class: "letters" }, h("summary", null, t("letter.title")),
    h("div", { class: "stack-small" },
      filters(t("letter.for"), sides, picked.side, (s) => { picked.side = s; load(); }),
      filters(t("letter.register"), registers, picked.register, (r) => { picked.register = r; load(); }), place));
  box.addEventListener("toggle", () => {
    if (box.open && !place.firstChild) load();
  });
  return box;
}
