// Publishing a list: first what would change, then the act; with a second pair of eyes where the park asks for one.

import { follow, get, post } from "../lib/api.js";
import { fill, h, newID } from "../lib/dom.js";
import { address } from "../lib/router.js";
import { may, session } from "../lib/session.js";
import { t, word } from "../lib/texts.js";
import { busy, notice, say } from "../parts/feedback.js";

export function publishPanel(desk) {
  const { list } = desk;
  const place = h("div", { class: "panel-body stack" });
  const node = h("div", { class: "panel publish" }, h("div", { class: "panel-head" }, h("h2", null, t("publish.title"))), place);
  fill(place, counts(list), list.state === "published" ? done() : steps(desk, place));
  return node;
}

function counts(list) {
  const c = list.counts;
  return h("ul", { class: "sums" },
    ["accept", "accept_with_warning", "reject", "skip"].map((a) => h("li", { class: a }, h("b", null, String(c[a])), h("span", null, t(`action.${a}`)))));
}

function done() {
  return [notice("good", t("publish.done")), h("a", { class: "button", href: address("/demands") }, t("publish.follow"))];
}

/// What the one who is signed in may do with it now.
function steps(desk, place) {
  const { list } = desk;
  const review = h("div");
  const parts = [];
  if (list.counts.reject) parts.push(h("p", { class: "second" }, t("publish.rest", { n: list.counts.reject })));
  if (list.state === "submitted") {
    parts.push(notice("", t("review.waiting", { who: list.submitted_by || list.by })));
    if (list.submitted_by === session.name) return parts.concat(h("p", { class: "second" }, t("review.other")));
  }
  parts.push(review);
  get("/parks", { limit: 500 }).then((answer) => {
    const park = answer.items.find((p) => p.id === list.park || p.name === list.park) || answer.items[0];
    const needsReview = park && park.review && list.state === "draft";
    fill(review, needsReview ? submitStep(desk) : publishStep(desk, place));
  }, () => fill(review, publishStep(desk, place)));
  return parts;
}

function submitStep(desk) {
  const send = h("button", { class: "button primary", type: "button" }, t("review.submit"));
  const wrong = h("div");
  send.addEventListener("click", () => busy(send, async () => {
    await post(`${desk.path}/submit`);
    say(t("review.submitted"));
    await desk.reload();
  }, wrong));
  return h("div", { class: "stack-small" }, h("p", { class: "second" }, t("review.text")), send, wrong);
}

function publishStep(desk, place) {
  if (!may("lists.publish")) return notice("", t("publish.notYou"));
  const id = newID("whole");
  const whole = h("input", { type: "checkbox", id });
  const result = h("div");
  const look = h("button", { class: "button primary", type: "button" }, t("publish.look"));
  look.addEventListener("click", () => busy(look, async () => {
    const difference = await post(`${desk.path}/publish`, { dry_run: true, whole: whole.checked });
    fill(result, differenceView(difference), confirmStep(desk, whole.checked, place));
    const next = result.querySelector("button.primary");
    if (next) next.focus();
  }, result));
  whole.addEventListener("change", () => fill(result));
  return h("div", { class: "stack-small" },
    h("div", { class: "choice" }, whole, h("label", { for: id }, t("publish.whole"), h("span", { class: "row-sub" }, t("publish.wholeHint")))), look, result);
}

const kinds = ["new", "changed", "withdrawn", "unchanged", "refused"];

function differenceView(difference) {
  return h("div", { class: "difference stack-small" },
    h("ul", { class: "sums" }, kinds.filter((k) => difference[k]).map((k) => h("li", { class: k }, h("b", null, String(difference[k])), h("span", null, t(`difference.${k}`))))),
    kinds.slice(0, 3).map((k) => rowsOf(difference.rows.filter((r) => r.what === k), k)));
}

function rowsOf(rows, kind) {
  if (!rows.length) return null;
  return h("details", { open: kind === "withdrawn" || rows.length <= 4 }, h("summary", null, t(`difference.${kind}`), " ", String(rows.length)),
    h("ul", { class: "difference-rows" }, rows.slice(0, 100).map((r) => h("li", null, h("span", null, r.title || r.own || r.id || t("row.n", { n: r.row })),
      (r.fields || []).map((f) => h("div", { class: "row-sub" }, t("labelled", { name: word("field", f.field) }), h("del", null, f.before || t("blank")), " → ", h("ins", null, f.after || t("blank"))))))));
}

function confirmStep(desk, whole, place) {
  const bar = h("div", { class: "progress hidden" }, h("div"));
  const told = h("p", { class: "small second", role: "status" });
  const wrong = h("div");
  const act = h("button", { class: "button primary", type: "button" }, t("publish.act"));
  act.addEventListener("click", () => busy(act, async () => {
    bar.classList.remove("hidden");
    fill(told, t("publish.running"));
    const result = await follow(`${desk.path}/publish`, { dry_run: false, whole }, (p) => {
      bar.firstChild.style.width = `${p.of ? Math.round((100 * p.done) / p.of) : 0}%`;
      fill(told, t("publish.progress", { done: p.done, of: p.of }));
    });
    say(t("publish.said", { n: result.new + result.changed }));
    desk.list = await get(desk.path);
    desk.draw();
    const heading = desk.node.querySelector(".publish a.button");
    if (heading) heading.focus();
  }, wrong));
  return h("div", { class: "stack-small" }, act, bar, told, wrong);
}
