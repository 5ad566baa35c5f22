// Restricted fields: shown on request alone, and every look is recorded.

import { post } from "../lib/api.js";
import { h, icon } from "../lib/dom.js";
import { t, word } from "../lib/texts.js";
import { dialog } from "../parts/dialog.js";
import { into, notice } from "../parts/feedback.js";

/// A button for who may look; a word for who may not; nothing where nothing is restricted.
export function sealedButton(demand) {
  const fields = demand.sealed || [];
  if (!fields.length) return null;
  if (!demand.may_look) return h("span", { class: "chip outline" }, icon("lock"), t("sealed.n", { n: fields.length }));
  return h("button", { class: "button", type: "button", on: { click: () => look(demand) } }, icon("lock"), t("sealed.look"));
}

function look(demand) {
  dialog(t("sealed.look"), (close) => {
    const body = h("div", { class: "stack" });
    const show = h("button", {
      class: "button primary", type: "button",
      on: { click: () => into(body, () => post(`/demands/${encodeURIComponent(demand.id)}/look`, {}), fieldsOf) },
    }, t("sealed.show"));
    body.appendChild(notice("warn", t("sealed.recorded")));
    body.appendChild(h("div", { class: "cluster" }, show, h("button", { class: "button", type: "button", on: { click: close } }, t("cancel"))));
    return { body };
  });
}

function fieldsOf(answer) {
  return h("dl", { class: "facts wide" }, Object.entries(answer.fields).map(([name, value]) => [
    h("dt", null, word("field", name)), h("dd", { class: "pre" }, typeof value === "string" ? value : JSON.stringify(value, null, 1))]));
}
