// Moments as a reader of the page's language writes them. Browsers often lack Kazakh names, so they stand here.

import { current } from "./words.js";

const MONTHS = [
  "қаңтар", "ақпан", "наурыз", "сәуір", "мамыр", "маусым",
  "шілде", "тамыз", "қыркүйек", "қазан", "қараша", "желтоқсан",
];
const WEEKDAYS = ["жексенбі", "дүйсенбі", "сейсенбі", "сәрсенбі", "бейсенбі", "жұма", "сенбі"];
const DAY = 86400000;
const HOUR = 3600000;
const TIME = { hour: "2-digit", minute: "2-digit", hourCycle: "h23" };

const two = (number) => String(number).padStart(2, "0");

export const clock = (when) => `${two(when.getHours())}:${two(when.getMinutes())}`;

// Telegram's format: r, or any of w (weekday), d or D (short, long date), t or T (short, long time).
export function moment(when, form) {
  if (form === "r") return relative(when);
  if (current() === "kk") return kazakh(when, form);
  const options = {};
  if (form.includes("w")) options.weekday = "long";
  if (form.includes("d")) Object.assign(options, { day: "2-digit", month: "2-digit", year: "numeric" });
  if (form.includes("D")) Object.assign(options, { day: "numeric", month: "long", year: "numeric" });
  if (/t/i.test(form)) Object.assign(options, TIME);
  if (form.includes("T")) options.second = "2-digit";
  return new Intl.DateTimeFormat(current() === "en" ? "en-GB" : current(), options).format(when);
}

function kazakh(when, form) {
  const parts = [];
  if (form.includes("D")) parts.push(`${when.getFullYear()} жылғы ${when.getDate()} ${MONTHS[when.getMonth()]}`);
  if (form.includes("d")) parts.push(`${two(when.getDate())}.${two(when.getMonth() + 1)}.${when.getFullYear()}`);
  if (form.includes("w")) parts.push(WEEKDAYS[when.getDay()]);
  if (form.includes("T")) parts.push(`${clock(when)}:${two(when.getSeconds())}`);
  else if (form.includes("t")) parts.push(clock(when));
  return parts.join(", ");
}

function relative(when) {
  const away = when - Date.now();
  const days = Math.abs(away) >= DAY;
  const count = Math.round(away / (days ? DAY : HOUR));
  if (current() !== "kk")
    return new Intl.RelativeTimeFormat(current(), { numeric: "auto" }).format(count, days ? "day" : "hour");
  const number = Math.abs(count);
  if (count > 0) return days ? `${number} күннен кейін` : `${number} сағаттан кейін`;
  return days ? `${number} күн бұрын` : `${number} сағат бұрын`;
}
