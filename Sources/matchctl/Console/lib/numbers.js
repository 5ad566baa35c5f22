// Numbers, days and money as people read them.

import { language, t } from "./texts.js";

/// `1234.5` → `1,234.5`, in every language here.
export function number(value, digits) {
  if (value === null || value === undefined || Number.isNaN(Number(value))) return t("unknown");
  return Number(value).toLocaleString("en", { maximumFractionDigits: digits === undefined ? 2 : digits });
}

/// A score of 0…1 as points of 100, whole.
export function points(value) {
  return String(Math.round(Number(value) * 100));
}

export function percent(value) {
  return `${Math.round(Number(value) * 100)} %`;
}

/// CNY: in Chinese by 万 from ten thousand on.
export function money(value) {
  if (value === null || value === undefined) return t("unknown");
  const n = Number(value);
  if (language() !== "en" && Math.abs(n) >= 10000) return t("money.wan", { n: number(n / 10000) });
  return t("money.yuan", { n: number(n) });
}

/// `2026-11-22` → `11月22日`, with the year where it is not the one of `today`.
export function day(iso, today) {
  const parts = /^(\d{4})-(\d{2})-(\d{2})/.exec(iso || "");
  if (!parts) return iso || "";
  const month = new Date(`${iso.slice(0, 10)}T00:00:00Z`).toLocaleString("en", { month: "short", timeZone: "UTC" });
  const values = { month, y: parts[1], m: Number(parts[2]), d: Number(parts[3]) };
  const near = today && today.slice(0, 4) === parts[1];
  return t(near ? "day.near" : "day.full", values);
}

/// The time of an instant in Asia/Shanghai, to the minute.
export function moment(iso) {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return iso || "";
  const local = new Date(at.getTime() + 8 * 3600000).toISOString();
  return `${local.slice(0, 10)} ${local.slice(11, 16)}`;
}

/// Whole days from `from` to `to`, both `YYYY-MM-DD`; null where one is missing.
export function daysBetween(from, to) {
  const a = Date.parse(`${(from || "").slice(0, 10)}T00:00:00Z`);
  const b = Date.parse(`${(to || "").slice(0, 10)}T00:00:00Z`);
  return Number.isNaN(a) || Number.isNaN(b) ? null : Math.round((b - a) / 86400000);
}

/// `due in 3 days`, `2 days over`, `today`.
export function dueWords(iso, today) {
  const days = daysBetween(today, iso);
  if (days === null) return "";
  if (days === 0) return t("due.today");
  return days > 0 ? t("due.in", { n: days }) : t("due.over", { n: -days });
}

/// The age of something checked at `iso`: days, months or years, rounded down.
export function age(iso, today) {
  const days = daysBetween(iso, today);
  if (days === null) return "";
  if (days < 1) return t("age.today");
  if (days < 60) return t("age.days", { n: days });
  if (days < 730) return t("age.months", { n: Math.floor(days / 30.44) });
  return t("age.years", { n: Math.floor(days / 365.25) });
}
