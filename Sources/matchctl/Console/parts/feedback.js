// What the page says about itself: loading, nothing there, failed, done.

import { fill, h, icon } from "../lib/dom.js";
import { has, t } from "../lib/texts.js";

/// Says `text` to screen readers and shows it for four seconds.
let hiding = 0;
export function say(text) {
  const live = document.getElementById("live");
  const toast = document.getElementById("toast");
  live.textContent = "";
  setTimeout(() => {
    live.textContent = text;
  }, 30);
  fill(toast, text);
  toast.classList.remove("hidden");
  clearTimeout(hiding);
  hiding = setTimeout(() => toast.classList.add("hidden"), 4000);
}

/// Says `text` to screen readers alone: for changes that eyes see anyway.
export function whisper(text) {
  const live = document.getElementById("live");
  live.textContent = "";
  setTimeout(() => {
    live.textContent = text;
  }, 30);
}

export function loading() {
  return h("div", { class: "skeleton", role: "status", "aria-label": t("loading") },
    [1, 2, 3, 4, 5, 6].map(() => h("div")));
}

/// `id` names two texts, `id.title` and `id.text`; `action` is a button or a link.
export function empty(id, action) {
  return h("div", { class: "empty" }, h("h2", null, t(`${id}.title`)), h("p", null, t(`${id}.text`)), action);
}

/// A failed request: what happened, what to do, and a way to try again.
export function failure(error, again) {
  return h("div", { class: "notice bad", role: "alert" }, icon("warn"),
    h("div", null,
      h("span", { class: "strong" }, errorTitle(error)),
      error.hint ? h("span", null, error.hint) : null,
      again ? h("div", { class: "cluster" },
        h("button", { class: "button small", type: "button", on: { click: again } }, t("again"))) : null));
}

export function errorTitle(error) {
  const id = `error.${error.code}`;
  if (has(id)) return t(id);
  return error.message || t("error.unknown");
}

export function notice(kind, ...children) {
  return h("div", { class: `notice ${kind}` }, icon({ good: "check", warn: "warn", bad: "warn" }[kind] || "info"), h("div", null, children));
}

/// Runs `work` while `button` is off; a failure is said, and shown at `place` where one is given.
export async function busy(button, work, place) {
  if (button.getAttribute("aria-disabled") === "true") return undefined;
  button.setAttribute("aria-disabled", "true");
  if (place) fill(place);
  try {
    return await work();
  } catch (error) {
    if (place) fill(place, failure(error));
    say(error.hint ? `${errorTitle(error)} ${error.hint}` : errorTitle(error));
    return undefined;
  } finally {
    button.removeAttribute("aria-disabled");
  }
}

/// Fills `place` with what `load` gives, through loading and failure.
export async function into(place, load, show) {
  fill(place, loading());
  place.setAttribute("aria-busy", "true");
  try {
    const value = await load();
    fill(place, show(value));
    return value;
  } catch (error) {
    if (error.code === "signed_out") throw error;
    fill(place, failure(error, () => into(place, load, show)));
    return undefined;
  } finally {
    place.removeAttribute("aria-busy");
  }
}
