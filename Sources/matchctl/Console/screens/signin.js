// Signing in.

import { post } from "../lib/api.js";
import { fill, h } from "../lib/dom.js";
import { whenSent } from "../lib/input.js";
import { t } from "../lib/texts.js";
import { field, input } from "../parts/fields.js";
import { busy, failure } from "../parts/feedback.js";

/// - Parameter entered: called with the session when the server takes the password.
export function signIn(place, problem, entered) {
  const name = input("name", { autocomplete: "username", required: true, autocapitalize: "none", spellcheck: "false" });
  const password = input("password", { type: "password", autocomplete: "current-password", required: true });
  const wrong = h("div", null, problem ? failure(problem) : null);
  const button = h("button", { class: "button primary wide", type: "submit" }, t("signIn"));
  const form = h("form", { class: "stack", novalidate: true }, field(t("user"), name), field(t("password"), password), wrong, button);
  whenSent(form, () => {
    const empty = [name, password].find((f) => !f.value);
    if (empty) {
      empty.focus();
      return undefined;
    }
    return busy(button, async () => entered(await post("/session", { name: name.value.trim(), password: password.value })), wrong);
  });
  fill(place, h("div", { class: "signin" },
    h("div", { class: "signin-words" }, h("h1", null, t("signIn.title")), h("p", null, t("signIn.text"))),
    h("div", { class: "panel" }, h("div", { class: "panel-body" }, form))));
  name.focus();
}
