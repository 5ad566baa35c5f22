// A dialog: holds the focus, ends with Escape, gives the focus back.

import { h, icon, newID } from "../lib/dom.js";
import { t } from "../lib/texts.js";

const reachable = "a[href], button, input, select, textarea, [tabindex='0']";

/// Opens a dialog. `build(close)` gives `{ body, foot }`.
/// - Returns: a function that closes it.
export function dialog(title, build, options) {
  const before = document.activeElement;
  const id = newID("dialog");
  const veil = h("div", { class: "veil" });
  const page = document.getElementById("frame");

  function close() {
    if (!veil.isConnected) return;
    document.removeEventListener("keydown", keys, true);
    document.body.removeChild(veil);
    page.removeAttribute("aria-hidden");
    if (before && before.isConnected) before.focus();
  }

  function keys(event) {
    if (event.isComposing || event.keyCode === 229) return;
    if (event.key === "Escape") {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") {
      turn(event);
    }
  }

  function turn(event) {
    const stops = Array.from(box.querySelectorAll(reachable)).filter((n) => n.offsetParent !== null && !n.disabled);
    if (stops.length === 0) return;
    const first = stops[0];
    const last = stops[stops.length - 1];
    const inside = box.contains(document.activeElement);
    if (event.shiftKey && (document.activeElement === first || !inside)) {
      event.preventDefault();
      last.focus();
    } else if (!event.shiftKey && (document.activeElement === last || !inside)) {
      event.preventDefault();
      first.focus();
    }
  }

  const parts = build(close);
  const box = h("div", { class: `dialog ${options && options.wide ? "wide" : ""}`, role: "dialog", "aria-modal": "true", "aria-labelledby": id },
    h("div", { class: "dialog-head" }, h("h2", { id }, title),
      h("button", { class: "button plain small", type: "button", "aria-label": t("close"), on: { click: close } }, icon("cross"))),
    h("div", { class: "dialog-body" }, parts.body),
    parts.foot ? h("div", { class: "dialog-foot" }, parts.foot) : null);
  veil.appendChild(box);
  veil.addEventListener("mousedown", (event) => {
    if (event.target === veil) close();
  });
  document.body.appendChild(veil);
  page.setAttribute("aria-hidden", "true");
  document.addEventListener("keydown", keys, true);
  const start = box.querySelector(".dialog-body input, .dialog-body select, .dialog-body textarea") || box.querySelector("button");
  if (start) start.focus();
  return close;
}
