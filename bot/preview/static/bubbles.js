// One message → one bubble with its keyboard.

import { clock } from "./dates.js";
import { element, formatted, link } from "./text.js";
import { current, languageOf, word } from "./words.js";

const SIGNS = { voice: "🎤", photo: "🖼️", video: "🎬", location: "📍", contact: "👤" };

function stamp(message) {
  const when = new Date(message.date * 1000);
  const made = element("time", "time", message.edit_date ? `${word("edited")} ${clock(when)}` : clock(when));
  made.dateTime = when.toISOString();
  return made;
}

function size(bytes) {
  return bytes < 1024 ? `${bytes} B` : `${(bytes / 1024).toFixed(1)} kB`;
}

function content(message, run) {
  const parts = [];
  if (message.text) parts.push(formatted(message.text, message.entities, run));
  else if (message.document) {
    const file = element("a", "document");
    file.href = `/preview/files/${encodeURIComponent(message.document.file_id)}`;
    file.download = message.document.file_name || "file";
    file.append(element("strong", "", file.download), element("span", "size", size(message.document.file_size)));
    parts.push(file);
  } else if (message.sticker) {
    const sign = element("span", "sticker", message.sticker.emoji || "🙂");
    sign.setAttribute("role", "img");
    sign.setAttribute("aria-label", word("sticker"));
    parts.push(sign);
  } else {
    const kind = Object.keys(SIGNS).find((name) => message[name]);
    parts.push(element("div", "text", kind ? `${SIGNS[kind]} ${word(kind)}` : word("other")));
  }
  if (message.caption) parts.push(formatted(message.caption, message.caption_entities, run));
  return parts;
}

// Buttons act through `acts`: press(message_id, data, button), copy(text), elsewhere().
function keyboard(message, acts) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  const made = element("div", "keyboard");
  for (const row of rows) {
    const line = element("div", "row");
    for (const button of row) line.append(key(message, button, acts));
    made.append(line);
  }
  return made;
}

function key(message, button, acts) {
  if (button.url) {
    const made = link(button.url, button.text);
    made.className = "key link";
    return made;
  }
  const made = element("button", `key ${button.style || ""}`.trim(), button.text);
  made.type = "button";
  made.addEventListener("click", () => {
    if (button.callback_data !== undefined) acts.press(message.message_id, button.callback_data, made);
    else if (button.copy_text) acts.copy(button.copy_text.text);
    else acts.elsewhere();
  });
  return made;
}

export function bubble(change, author, acts) {
  const { message, outgoing } = change;
  const made = element("article", outgoing ? "message from-bot" : "message from-me");
  made.dataset.id = message.message_id;
  made.tabIndex = -1;
  const body = element("div", "bubble");
  body.lang = languageOf(message.text || message.caption || word("other"));
  const speaker = element("span", "unseen", `${outgoing ? author : word("you")}: `);
  speaker.lang = current();
  body.append(speaker, ...content(message, acts.run), stamp(message));
  made.append(body);
  const keys = keyboard(message, acts);
  if (keys) made.append(keys);
  return made;
}

// What was written and has not reached the server yet.
export function waiting(item) {
  const made = element("article", "message from-me waiting");
  made.dataset.client = item.client_id;
  const body = element("div", "bubble");
  body.append(element("div", "text", item.text), element("span", "time", word("sending")));
  made.append(body);
  return made;
}
