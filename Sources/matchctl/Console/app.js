// The console: reads the texts, asks who is there, and shows the page of the address.

import { get, remove, useToken, whenSignedOut } from "./lib/api.js";
import { append, fill, h, icon } from "./lib/dom.js";
import { day } from "./lib/numbers.js";
import { address, current, find, go } from "./lib/router.js";
import { language, languages, loadTexts, preferredLanguage, setLanguage, t } from "./lib/texts.js";
import { choose } from "./parts/fields.js";
import { empty, failure, loading, whisper } from "./parts/feedback.js";
import { session, setSession } from "./lib/session.js";
import { pagesFor } from "./screens/pages.js";
import { signIn } from "./screens/signin.js";

const frame = document.getElementById("frame");
let main = null;
let leave = null;
/// The links of the bar that stands, by page, or null where the whole frame is to be drawn.
let links = null;

async function start() {
  setLanguage(preferredLanguage());
  await loadTexts();
  whenSignedOut(() => {
    setSession(null);
    show();
  });
  window.addEventListener("hashchange", show);
  await recall();
  show();
}

/// Who is signed in, if anybody.
async function recall() {
  try {
    await enter(await get("/session"));
  } catch (error) {
    setSession(null);
    if (error.status !== 401) session.problem = error;
  }
}

async function enter(value) {
  setSession(value);
  useToken(value && value.csrf);
  if (value) session.as_of = (await get("/status")).as_of;
}

function show() {
  if (leave) leave();
  leave = null;
  document.documentElement.lang = language();
  if (!session.name) {
    showSignIn();
    return;
  }
  land();
  draw();
  showPage();
}

/// The address of no page becomes that of the first, without another turn.
function land() {
  const pages = pagesFor(session);
  if (pages.length && !find()) history.replaceState(null, "", address(pages[0].path));
}

function showSignIn() {
  main = h("main", { id: "main", class: "page narrow" });
  fill(frame, topBar([]), main);
  links = null;
  document.title = t("brand");
  signIn(main, session.problem, async (value) => {
    await enter(value);
    show();
  });
}

/// An empty page under the bar. The bar stays where it is from page to page: what a finger is on does not go away under it.
function draw() {
  const before = main;
  main = h("main", { id: "main", class: "page", tabindex: "-1" });
  if (links) {
    before.replaceWith(main);
  } else {
    fill(frame, h("a", { class: "skip-link", href: "#main", on: { click: skip } }, t("skip")), topBar(pagesFor(session)), main);
  }
  const { path } = current();
  for (const [page, link] of links) {
    if (page.owns(path)) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function skip(event) {
  event.preventDefault();
  main.focus();
}

async function showPage() {
  const found = find();
  if (!found) {
    fill(main, empty("none"));
    return;
  }
  const place = main;
  const from = document.activeElement;
  fill(place, loading());
  const context = { title: (text) => titled(place, text), onLeave: (f) => { leave = f; } };
  try {
    await found.show(place, found.params, found.query, context);
    if (place === main) settle(place, from);
  } catch (error) {
    if (error.code === "signed_out" || place !== main) return;
    fill(place, error.status === 404 ? empty("missing") : failure(error, show));
  }
}

/// The heading takes the focus, so that a screen reader starts there; not from who went on by the keyboard
/// while the page was read: `from` had the focus when it was asked for.
function settle(place, from) {
  const heading = place.querySelector("h1");
  if (!heading) return;
  titled(place, heading.textContent);
  heading.tabIndex = -1;
  const now = document.activeElement;
  if (now !== from && now !== document.body) return;
  if (!place.contains(now)) heading.focus({ preventScroll: true });
  window.scrollTo(0, 0);
}

function titled(place, text) {
  if (place !== main) return;
  document.title = `${text} · ${t("brand")}`;
  whisper(text);
}

function topBar(pages) {
  links = pages.map((page) => [page, h("a", { href: address(page.path) }, t(page.text))]);
  const nav = h("nav", { class: "nav", "aria-label": t("nav") }, links.map(([, link]) => link));
  return h("header", { class: "bar-top" },
    h("a", { class: "brand", href: "#/" }, mark(), t("brand")), pages.length ? nav : h("div", { class: "nav" }), side());
}

function side() {
  const node = h("div", { class: "bar-side" });
  if (session.name && session.as_of) node.appendChild(h("span", { class: "as-of" }, t("asOf", { day: day(session.as_of) })));
  const select = choose("language", languages.map((l) => [l, t(`language.${l}`)]), language(), { "aria-label": t("language") });
  select.addEventListener("change", () => {
    setLanguage(select.value);
    links = null;
    show();
  });
  node.appendChild(select);
  if (session.name) {
    append(node, [h("span", { class: "who" }, session.display || session.name),
      h("button", { class: "button plain small", type: "button", on: { click: signOut } }, t("signOut"))]);
  }
  return node;
}

async function signOut() {
  try {
    await remove("/session");
  } finally {
    await enter(null);
    go("/");
    show();
  }
}

function mark() {
  const svg = icon("swap");
  svg.setAttribute("viewBox", "0 0 22 22");
  svg.setAttribute("class", "brand-mark");
  svg.firstChild.setAttribute("d", "M3 6.5h6.5a4.5 4.5 0 0 1 0 9H3M19 6.5h-3M19 15.5h-3M12.5 11H19");
  return svg;
}

start().catch((error) => {
  fill(frame, h("main", { class: "page narrow" }, failure(error, () => location.reload())));
});
