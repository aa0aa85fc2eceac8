// One message → one bubble with its keyboard.

import { clock } from "./dates.js";
import { isFollowed } from "./line.js";
import { element, formatted, link } from "./text.js";
import { current, languageOf, word } from "./words.js";

const START = "/start";
const SHARE = "https://t.me/share/";
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

// Buttons act through `acts`: press(message_id, data, button), copy(text), start(payload), note(word);
// payload(address) is what a link to this very bot starts it with. Nothing is shared from this page.
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
  const payload = button.url && acts.payload(button.url);
  const shares = button.url?.startsWith(SHARE);
  if (button.url && !payload && !shares) {
    const made = link(button.url, button.text);
    made.className = "key link";
    return made;
  }
  const made = element("button", `key ${button.style || ""}`.trim(), button.text);
  made.type = "button";
  made.addEventListener("click", () => {
    if (payload) acts.start(payload);
    else if (button.callback_data !== undefined) acts.press(message.message_id, button.callback_data, made);
    else if (button.copy_text) acts.copy(button.copy_text.text);
    else acts.note(shares ? "share" : "elsewhere");
  });
  return made;
}

export function bubble(change, author, acts) {
  const { outgoing } = change;
  const message = isFollowed(change.client_id) ? started(change.message) : change.message;
  const made = element("article", outgoing ? "message from-bot" : "message from-me");
  made.dataset.id = message.message_id;
  made.tabIndex = -1;
  const body = element("div", "bubble");
  body.lang = languageOf(message.text || message.caption || word("other"));
  const speaker = element("span", "unseen", `${outgoing ? author : word("you")}: `);
  speaker.lang = current();
  const via = message.via_bot ? [element("span", "via", word("via").replace("{bot}", message.via_bot.username))] : [];
  body.append(speaker, ...via, ...content(message, acts.run), stamp(message));
  made.append(body);
  const keys = keyboard(message, acts);
  if (keys) made.append(keys);
  return made;
}

// As in Telegram, who followed a link sees that the bot was started, not with what.
function started(message) {
  const entities = (message.entities || []).filter(({ offset, length }) => offset + length <= START.length);
  return { ...message, text: START, entities };
}

// What was written and has not reached the server yet.
export function waiting(item) {
  const made = element("article", "message from-me waiting");
  made.dataset.client = item.client_id;
  const body = element("div", "bubble");
  body.append(element("div", "text", isFollowed(item.client_id) ? START : item.text), element("span", "time", word("sending")));
  made.append(body);
  return made;
}
