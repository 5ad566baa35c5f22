// Which pages there are, for whom, and what is shown at which address.

import { route } from "../lib/router.js";
import { showDemand, showTyped } from "./bench.js";
import { showDemands, showFollowed } from "./demands.js";
import { showGaps, showReports } from "./planner.js";
import { showInbox } from "./inbox.js";
import { showList } from "./list.js";
import { showLists } from "./lists.js";
import { showMorning } from "./morning.js";
import { showOwn } from "./own.js";
import { showPolicy, showRuns } from "./runs.js";
import { showToday } from "./today.js";
import { showUsers } from "./users.js";
import { session } from "../lib/session.js";

/// In the order of the bar. `action`: the row of the server's access table that the page needs.
const pages = [
  { path: "/users", text: "nav.users", roles: ["administrator"], action: "users.manage" },
  { path: "/runs", text: "nav.runs", roles: ["administrator"], action: "runs.start" },
  { path: "/today", text: "nav.today", roles: ["broker"], action: "todo.read" },
  { path: "/lists", text: "nav.lists", roles: ["park_operator", "administrator"], action: "lists.read" },
  { path: "/inbox", text: "nav.inbox", roles: ["platform_operator"], action: "inbox.read" },
  { path: "/own", text: "nav.own", roles: ["platform_operator"], action: "platforms.change" },
  { path: "/gaps", text: "nav.gaps", roles: ["planner", "administrator"], action: "gaps.read" },
  { path: "/morning", text: "nav.morning", roles: ["broker", "park_operator", "planner"], action: "changes.read" },
  { path: "/demands", text: "nav.demands", roles: ["broker", "park_operator", "administrator"], action: "demands.read" },
  { path: "/try", text: "nav.try", roles: ["broker", "planner"], action: "match.run" },
  { path: "/reports", text: "nav.reports", roles: ["planner", "broker", "park_operator", "platform_operator", "administrator"], action: "reports.read" },
  { path: "/policy", text: "nav.policy", roles: ["administrator"], action: "policy.read" },
];

export function pagesFor(who) {
  return pages
    .filter((p) => p.roles.includes(who.role) && (!who.actions || who.actions.includes(p.action)))
    .map((p) => Object.assign({ owns: (path) => path === p.path || path.startsWith(`${p.path}/`) }, p));
}

route("/today", showToday);
route("/morning", showMorning);
route("/lists", showLists);
route("/lists/:id", showList);
route("/demands", showDemands);
route("/demands/:id", (...given) => (session.role === "broker" ? showDemand : showFollowed)(...given));
route("/demands/:id/history", showFollowed);
route("/try", showTyped);
route("/inbox", showInbox);
route("/own", showOwn);
route("/gaps", showGaps);
route("/reports", showReports);
route("/users", showUsers);
route("/runs", showRuns);
route("/policy", showPolicy);
