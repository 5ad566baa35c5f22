// A demand in the broker's own words, for an answer on the spot.

import { get } from "../lib/api.js";
import { fill, h, newID } from "../lib/dom.js";
import { whenSent, whenTyped } from "../lib/input.js";
import { t } from "../lib/texts.js";
import { field, input } from "../parts/fields.js";
import { notice } from "../parts/feedback.js";

/// - Parameter send: called with the demand as flags of `matchctl match` state it.
export function typedForm(send) {
  const words = h("textarea", { name: "text", rows: "3", placeholder: t("try.example") });
  const service = lookUp("service", "/registry/services");
  const asks = h("textarea", { name: "requirements", rows: "2", placeholder: t("try.asksExample") });
  const more = {
    places: input("places"), quantity: input("quantity"), budget: input("budget", { inputmode: "numeric" }),
    finish: h("input", { type: "date", name: "finish" }), certificates: input("certificates"),
  };
  const wrong = h("div");
  const form = h("form", { class: "panel" }, h("div", { class: "panel-body stack" },
    field(t("try.words"), words),
    h("details", null, h("summary", null, t("try.more")), h("div", { class: "form-grid" },
      h("div", null, field(t("try.service"), service.field), service.list), field(t("try.asks"), asks, t("try.asksHint")),
      field(t("try.places"), more.places), field(t("try.finish"), more.finish), field(t("try.quantity"), more.quantity),
      field(t("try.budget"), more.budget), field(t("try.certificates"), more.certificates))),
    wrong, h("div", null, h("button", { class: "button primary", type: "submit" }, t("try.send")))));
  whenSent(form, () => {
    const typed = read(words, service.field, asks, more);
    fill(wrong);
    if (Object.keys(typed).length) send(typed);
    else {
      fill(wrong, notice("warn", t("try.needed")));
      words.focus();
    }
  });
  return form;
}

function read(words, service, asks, more) {
  const typed = {};
  if (words.value.trim()) typed.text = words.value.trim();
  if (service.value.trim()) typed.services = [service.value.trim()];
  const clauses = asks.value.split(/[\n;；]/).map((c) => c.trim()).filter(Boolean);
  if (clauses.length) typed.requirements = clauses;
  const places = more.places.value.split(/[,，、;；]/).map((c) => c.trim()).filter(Boolean);
  if (places.length) typed.places = places;
  if (more.finish.value) typed.finish = more.finish.value;
  if (more.quantity.value.trim()) typed.quantity = more.quantity.value.trim();
  const yuan = Number(more.budget.value.replace(/[,，\s]/g, ""));
  if (more.budget.value.trim() && yuan >= 0) typed.budget_cny = yuan;
  const certificates = more.certificates.value.split(/[;；]/).map((c) => c.trim()).filter(Boolean);
  if (certificates.length) typed.certificates = certificates;
  return typed;
}

/// A field that offers names of the registry while one types, and never in the middle of a composition.
function lookUp(name, path) {
  const id = newID("names");
  const list = h("datalist", { id });
  const node = input(name, { list: id });
  whenTyped(node, async (typed) => {
    if (typed.trim().length < 1) return;
    try {
      const answer = await get(path, { q: typed.trim(), limit: 20 });
      fill(list, answer.items.map((item) => h("option", { value: item.id }, item.name)));
    } catch (error) {
      fill(list);
    }
  });
  return { field: node, list };
}
