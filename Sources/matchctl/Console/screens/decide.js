// What became of the pair: steps as people record them, a refusal with its reason.

import { get, post } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { whenSent } from "../lib/input.js";
import { day, moment, money } from "../lib/numbers.js";
import { session } from "../lib/session.js";
import { t, word } from "../lib/texts.js";
import { dialog } from "../parts/dialog.js";
import { choose, field, input } from "../parts/fields.js";
import { busy, empty, into, notice, say } from "../parts/feedback.js";

const plain = ["contacted", "no_reply", "visited", "quoted", "intent"];
const after = ["contracted", "completed", "solved_elsewhere"];

export function decidePanel(bench, match, criteria) {
  const past = h("div");
  const load = () => into(past, () => get("/decisions", { demand: match.demand, limit: 200 }),
    (answer) => timeline(answer.items.filter((d) => !d.line || d.line === match.line)));
  const record = (step, extra) => post("/decisions", Object.assign({
    demand: match.demand, platform: match.platform, line: match.line, step, day: session.as_of,
  }, match.stage ? { stage: match.stage } : {}, extra));
  const done = (answer, step) => {
    say(t("decide.done", { step: t(`step.${step}`) }));
    for (const warning of answer.warnings || []) say(warning);
    load();
  };
  const quick = (step) => {
    const button = h("button", { class: "button small", type: "button" }, t(`step.${step}`));
    button.addEventListener("click", () => busy(button, async () => done(await record(step), step)));
    return button;
  };
  load();
  return h("div", { class: "panel-body stack" },
    h("div", { class: "stack-small controls" }, h("h3", null, t("decide.went")), h("div", { class: "cluster" }, plain.map(quick))),
    h("div", { class: "stack-small controls" }, h("h3", null, t("decide.ended")), h("div", { class: "cluster" },
      after.map((step) => (step === "contracted" ? contractButton(record, done) : quick(step))), declineButton(bench, criteria, record, done))),
    h("div", { class: "rule" }), h("h3", null, t("decide.past")), past);
}

function timeline(items) {
  if (!items.length) return empty("decide.none");
  return h("ol", { class: "timeline" }, items.map((d) => h("li", null,
    h("div", { class: "spread" }, h("span", { class: "strong" }, word("step", d.step)), h("span", { class: "small quiet-text" }, day(d.day, session.as_of))),
    h("p", { class: "small second" }, [d.reason ? word("reason", d.reason) : null, d.note, d.contract && d.contract.amount !== undefined ? money(d.contract.amount) : null,
      d.who, d.at ? moment(d.at) : null].filter(Boolean).join(" · ")))));
}

/// A declined pair leaves the lists until what it was declined for has changed.
function declineButton(bench, criteria, record, done) {
  const button = h("button", { class: "button small danger", type: "button" }, t("decline"));
  button.addEventListener("click", () => dialog(t("decline.title"), (close) => {
    const body = h("div");
    into(body, () => get("/registry/decline-reasons"), (answer) => declineForm(bench, answer.items, criteria, record, done, close));
    return { body };
  }));
  return button;
}

function declineForm(bench, reasons, criteria, record, done, close) {
  const reason = choose("reason", [["", t("decline.pick")]].concat(reasons.map((r) => [r.code, r.name])), "");
  const which = h("select", { name: "field" });
  const whichField = field(t("decline.which"), which);
  const kindOf = () => (reasons.find((r) => r.code === reason.value) || {}).field;
  const offer = () => {
    const fitting = ["spec", "certificate"].includes(kindOf()) ? criteria.filter((c) => c.criterion.startsWith(`${kindOf()}:`)) : [];
    fill(which, fitting.map((c) => h("option", { value: c.criterion }, c.name || c.criterion)));
    whichField.classList.toggle("hidden", fitting.length === 0);
  };
  reason.addEventListener("change", offer);
  offer();
  const memo = h("textarea", { name: "note", rows: "3" });
  const told = h("p", { class: "hint" }, t("decline.text"));
  const wrong = h("div");
  const send = h("button", { class: "button primary", type: "submit" }, t("decline"));
  const form = h("form", { class: "stack" }, told, field(t("decline.reason"), reason), whichField, field(t("note"), memo, t("note.hint")), wrong,
    h("div", { class: "dialog-foot inner" }, h("button", { class: "button", type: "button", on: { click: close } }, t("cancel")), send));
  whenSent(form, () => {
    if (!reason.value) {
      fill(wrong, notice("warn", t("decline.needed")));
      reason.focus();
      return undefined;
    }
    return busy(send, async () => {
      const extra = { reason: reason.value };
      if (which.value) extra.field = which.value;
      else if (kindOf() && !["any", "spec", "certificate"].includes(kindOf())) extra.field = kindOf();
      if (memo.value.trim()) extra.note = memo.value.trim();
      const answer = await record("declined", extra);
      close();
      done(answer, "declined");
      bench.state.line = null;
      await bench.load();
    }, wrong);
  });
  return form;
}

function contractButton(record, done) {
  const button = h("button", { class: "button small", type: "button" }, t("step.contracted"));
  button.addEventListener("click", () => dialog(t("contract.title"), (close) => ({ body: contractForm(record, done, close) })));
  return button;
}

function contractForm(record, done, close) {
  const number = input("number");
  const signed = h("input", { type: "date", name: "date", value: session.as_of });
  const amount = input("amount", { inputmode: "numeric" });
  const wrong = h("div");
  const send = h("button", { class: "button primary", type: "submit" }, t("save"));
  const form = h("form", { class: "stack" }, field(t("contract.number"), number, t("contract.numberHint")), field(t("contract.date"), signed),
    field(t("contract.amount"), amount, t("contract.amountHint")), wrong,
    h("div", { class: "dialog-foot inner" }, h("button", { class: "button", type: "button", on: { click: close } }, t("cancel")), send));
  whenSent(form, () => {
    const contract = {};
    if (number.value.trim()) contract.number = number.value.trim();
    if (signed.value) contract.date = signed.value;
    const digits = amount.value.replace(/[,，\s]/g, "");
    if (digits && !/^\d+$/.test(digits)) {
      fill(wrong, notice("warn", t("contract.wrongAmount")));
      amount.focus();
      return undefined;
    }
    if (digits) contract.amount = Number(digits);
    return busy(send, async () => {
      const answer = await record("contracted", { contract });
      close();
      done(answer, "contracted");
    }, wrong);
  });
  return form;
}
