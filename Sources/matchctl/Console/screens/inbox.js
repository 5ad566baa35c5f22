// A platform's inbox: what is asked of it. No rank, no rival, no firm.

import { all, post } from "../lib/api.js";
import { fill, h, icon } from "../lib/dom.js";
import { whenSent } from "../lib/input.js";
import { session } from "../lib/session.js";
import { t } from "../lib/texts.js";
import { filters, input } from "../parts/fields.js";
import { busy, empty, into, notice, say } from "../parts/feedback.js";
import { verdictChip } from "../parts/marks.js";
import { exampleFor, isYesOrNo } from "./questions.js";

export async function showInbox(place) {
  const body = h("div");
  fill(place, h("div", { class: "page-head" }, h("div", { class: "titles" }, h("h1", null, t("nav.inbox")), h("p", { class: "sub" }, t("inbox.text")))), body);
  await into(body, () => all("/inbox"), (answer) => {
    const items = answer.items;
    if (!items.length) return h("div", { class: "panel" }, empty("inbox.none"));
    const list = h("div");
    const ways = { all: () => true, ask: (i) => i.questions.length > 0, short: (i) => i.in_the_way && i.in_the_way.kind === "short" };
    const draw = (way) => {
      const rows = items.filter(ways[way]);
      fill(list, rows.length ? h("div", { class: "stack" }, rows.map(card)) : h("div", { class: "panel" }, empty("inbox.noneHere")));
    };
    draw("all");
    return h("div", { class: "stack" }, filters(t("filter"), Object.keys(ways).map((w) => [w, t(`inbox.${w}`), items.filter(ways[w]).length]), "all", draw), list);
  });
}

function card(item) {
  return h("section", { class: "panel" },
    h("div", { class: "panel-head" }, h("div", null, h("h2", null, item.title), h("p", { class: "row-sub" }, [item.line_name || item.line, item.demand].join(" · "))),
      verdictChip(item.verdict)),
    h("div", { class: "panel-body stack" },
      item.in_the_way ? notice(item.in_the_way.kind === "short" ? "warn" : "", h("span", { class: "strong" }, t(`inbox.way.${item.in_the_way.kind}`)), item.in_the_way.text) : null,
      item.questions.length ? h("ol", { class: "questions" }, item.questions.map((q) => question(item, q))) : null));
}

function question(item, q) {
  const slot = q.slot || q.criterion;
  const answered = q.answered || (item.answered || []).includes(slot);
  const value = input("value", { placeholder: exampleFor(slot), "aria-label": t("answer.for", { text: q.text }) });
  const wrong = h("div");
  const send = h("button", { class: "button primary small", type: "submit" }, t("inbox.answer"));
  const no = h("button", { class: "button small", type: "button" }, t(isYesOrNo(slot) ? "answer.noPlain" : "inbox.no"));
  const yes = isYesOrNo(slot) ? h("button", { class: "button small", type: "button" }, t("answer.yesPlain")) : null;
  const form = h("form", { class: "answer" }, h("div", { class: "answer-row" }, value, send, yes, no), wrong);
  const node = h("li", null, h("p", { class: "question" }, q.text), answered ? done() : form);
  const record = (text, button) => busy(button, async () => {
    await post("/answers", { addressee: session.platform, line: item.line, slot, value: text, source: "platform" });
    fill(node, h("p", { class: "question" }, q.text), done());
    say(t("inbox.thanks"));
  }, wrong);
  no.addEventListener("click", () => record("no", no));
  if (yes) yes.addEventListener("click", () => record("yes", yes));
  whenSent(form, () => (value.value.trim() ? record(value.value.trim(), send) : value.focus()));
  return node;
}

function done() {
  return h("span", { class: "chip good" }, icon("check"), t("inbox.answered"));
}
