// A text with Telegram's entities → DOM nodes. Offsets are UTF-16 units, as JavaScript counts.

import { moment } from "./dates.js";
import { word } from "./words.js";

const TAGS = {
  bold: "strong",
  italic: "em",
  underline: "u",
  strikethrough: "s",
  code: "code",
  pre: "pre",
  blockquote: "blockquote",
};
const BLOCKS = ["pre", "blockquote", "expandable_blockquote"];
const SAFE = ["http:", "https:", "tg:", "mailto:"];

export function element(tag, className, text) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  if (text !== undefined) made.textContent = text;
  return made;
}

export function link(address, text) {
  const made = element("a", "", text);
  let safe = false;
  try {
    safe = SAFE.includes(new URL(address).protocol);
  } catch {
    safe = false;
  }
  if (safe) {
    made.href = address;
    made.target = "_blank";
    made.rel = "noopener noreferrer";
  }
  return made;
}

function time(entity, text) {
  const made = element("time");
  const when = new Date(entity.unix_time * 1000);
  made.dateTime = when.toISOString();
  made.textContent = entity.date_time_format ? moment(when, entity.date_time_format) : text;
  made.title = text;
  return made;
}

function spoiler() {
  const cover = element("button", "spoiler");
  cover.type = "button";
  cover.setAttribute("aria-label", word("reveal"));
  cover.addEventListener("click", () => {
    const shown = element("span", "revealed");
    shown.tabIndex = -1;
    shown.append(...cover.firstChild.childNodes);
    cover.replaceWith(shown);
    shown.focus();
  });
  cover.append(element("span"));
  cover.firstChild.setAttribute("aria-hidden", "true");
  return [cover, cover.firstChild];
}

function expandable() {
  const quote = element("blockquote", "expandable");
  const body = element("div", "quoted");
  const toggle = element("button", "toggle", word("more"));
  body.id = `quote-${crypto.randomUUID()}`;
  toggle.type = "button";
  toggle.setAttribute("aria-expanded", "false");
  toggle.setAttribute("aria-controls", body.id);
  toggle.addEventListener("click", () => {
    const open = quote.classList.toggle("open");
    toggle.setAttribute("aria-expanded", String(open));
    toggle.textContent = word(open ? "less" : "more");
  });
  quote.append(body, toggle);
  return [quote, body];
}

// The outer node of an entity and the node that takes its content (null: it has its own).
function node(entity, text, run) {
  switch (entity.type) {
    case "text_link":
      return twice(link(entity.url));
    case "url":
      return [link(/^https?:/i.test(text) ? text : `https://${text}`, text), null];
    case "email":
      return [link(`mailto:${text}`, text), null];
    case "bot_command": {
      const command = element("button", "command", text);
      command.type = "button";
      command.addEventListener("click", () => run(text));
      return [command, null];
    }
    case "date_time":
      return [time(entity, text), null];
    case "spoiler":
      return spoiler();
    case "expandable_blockquote":
      return expandable();
    default:
      return twice(element(TAGS[entity.type] || "span"));
  }
}

const twice = (made) => [made, made];

function fill(parent, text, from, to, entities, run) {
  let position = from;
  let afterBlock = false;
  const write = (end, beforeBlock) => {
    let piece = text.slice(position, end);
    if (afterBlock && piece.startsWith("\n")) piece = piece.slice(1);
    if (beforeBlock && piece.endsWith("\n")) piece = piece.slice(0, -1);
    if (piece) parent.append(piece);
  };
  const queue = [...entities];
  while (queue.length) {
    const entity = queue.shift();
    const end = entity.offset + entity.length;
    const block = BLOCKS.includes(entity.type);
    write(entity.offset, block);
    const inner = [];
    const later = [];
    for (const other of queue.splice(0)) {
      const otherEnd = other.offset + other.length;
      if (other.offset >= end) later.push(other);
      else if (otherEnd <= end) inner.push(other);
      else {
        inner.push({ ...other, length: end - other.offset });
        later.unshift({ ...other, offset: end, length: otherEnd - end });
      }
    }
    queue.push(...later);
    const [outer, body] = node(entity, text.slice(entity.offset, end), run);
    if (body) fill(body, text, entity.offset, end, inner, run);
    parent.append(outer);
    position = end;
    afterBlock = block;
  }
  write(to, false);
}

// `run` is called with a command that was clicked in the text.
export function formatted(text, entities, run) {
  const made = element("div", "text");
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  fill(made, text, 0, text.length, sorted, run);
  return made;
}

// Once the bubble stands in the page: a quote that is short needs no toggle.
export function settle(root) {
  for (const quote of root.querySelectorAll("blockquote.expandable")) {
    const body = quote.querySelector(".quoted");
    if (body.scrollHeight <= body.clientHeight + 1) quote.classList.add("short");
  }
}
