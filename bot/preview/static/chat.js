// The page: what is said goes down the line, what changes comes up as bubbles.

import { bubble, waiting } from "./bubbles.js";
import { Cards } from "./cards.js";
import { ask, Line } from "./line.js";
import { Menu } from "./menus.js";
import { element, settle } from "./text.js";
import { choose, current, label, word } from "./words.js";

const DRAFT = "preview.draft";
const ANSWER_WITHIN = 15000;
const TYPING = 5000;
const TOAST = 4000;
const LOOK_AGAIN = 4000;
const KINDS = ["sticker", "voice", "photo", "document", "location", "contact"];
const NEAR = 60;

const $ = (id) => document.getElementById(id);
const changes = new Map();
let bot = { name: "Visa assistant", username: "", description: "", commands: [], polling: true };
let connected = true;
let typingUntil = 0;

const start = (payload) => line.follow(payload);
const note = (name) => toast(word(name));
const acts = { run: (text) => line.say({ text }), press, copy, start, payload, note };
const commands = new Menu($("commands"), $("commands-button"), $("text"));
const kinds = new Menu($("kinds"), $("kinds-button"), $("text"));
const line = new Line({
  change: heard,
  opened: () => setConnected(true),
  broken: () => setConnected(false),
  lost: () => {
    clear();
    toast(word("lost"));
  },
  refused: (item, reason) => {
    document.querySelector(`[data-client="${item.client_id}"]`)?.remove();
    toast(`${word("unsent")}: ${reason}`);
    showEmpty();
  },
  waiting: (item) => {
    add(waiting(item), true);
    showEmpty();
  },
});

const cards = new Cards(new Menu($("cards"), null, $("text")), line, {
  username: () => bot.username,
  chosen: () => write(""),
  named: (text) => {
    write(text);
    $("text").focus();
  },
  start,
  failed: (error) => toast(`${word("unsent")}: ${error.message}`),
});

// What a link to this very bot starts it with; another link has none.
function payload(address) {
  const link = `https://t.me/${bot.username}?start=`;
  return address.startsWith(link) ? address.slice(link.length) : null;
}

function heard(change) {
  if (change.kind === "message") show(change);
  else if (change.kind === "action") {
    typingUntil = Date.now() + TYPING;
    showState();
    setTimeout(showState, TYPING + 50);
  } else answered(change);
}

function show(change) {
  const { message, deleted, client_id: client } = change;
  const old = $("log").querySelector(`[data-id="${message.message_id}"]`);
  if (client) $("log").querySelector(`[data-client="${client}"]`)?.remove();
  if (deleted) {
    changes.delete(message.message_id);
    old?.remove();
    return;
  }
  changes.set(message.message_id, change);
  const made = bubble(change, bot.name, acts);
  if (old) {
    const focused = old.contains(document.activeElement);
    const sticks = atBottom();
    old.replaceWith(made);
    settle(made);
    if (focused) (made.querySelector(".key") || made).focus({ preventScroll: true });
    if (sticks) toBottom();
  } else add(made, !change.outgoing);
  if (change.outgoing) typingUntil = 0;
  showState();
  showEmpty();
}

function add(made, own) {
  const sticks = own || atBottom();
  const after = made.dataset.id
    ? [...$("log").children].find((other) => !other.dataset.id || Number(other.dataset.id) > Number(made.dataset.id))
    : null;
  $("log").insertBefore(made, after || null);
  settle(made);
  if (sticks) follow(made, own);
  else $("latest").hidden = false;
}

// A message taller than the screen is read from its first line, so its end must wait.
function follow(made, own) {
  if (own || made.offsetHeight <= $("scroll").clientHeight) return toBottom();
  made.scrollIntoView({ block: "start" });
  $("latest").hidden = atBottom();
}

const atBottom = () => $("scroll").scrollHeight - $("scroll").scrollTop - $("scroll").clientHeight < NEAR;

function toBottom() {
  $("scroll").scrollTop = $("scroll").scrollHeight;
  $("latest").hidden = true;
}

async function press(messageId, data, button) {
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  setTimeout(() => button.removeAttribute("aria-busy"), ANSWER_WITHIN);
  try {
    await line.press(messageId, data);
  } catch (error) {
    button.removeAttribute("aria-busy");
    toast(`${word("unsent")}: ${error.message}`);
  }
}

function answered(change) {
  for (const button of document.querySelectorAll(`[data-id="${change.message_id}"] [aria-busy]`))
    button.removeAttribute("aria-busy");
  if (!change.text) return;
  if (change.show_alert) {
    $("alert-text").textContent = change.text;
    if (!$("alert").open) $("alert").showModal();
  } else toast(change.text);
}

async function copy(text) {
  await navigator.clipboard.writeText(text);
  toast(word("copied"));
}

function toast(text) {
  const made = element("p", "toast", text);
  $("toasts").append(made);
  setTimeout(() => made.remove(), TOAST);
}

function setConnected(value) {
  if (connected && !value)
    for (const button of document.querySelectorAll("[aria-busy]")) button.removeAttribute("aria-busy");
  connected = value;
  showState();
}

function showState() {
  let state = "online";
  if (!connected) state = "reconnecting";
  else if (!bot.polling) state = "asleep";
  else if (Date.now() < typingUntil) state = "typing";
  if ($("state").dataset.state === `${state} ${current()}`) return;
  $("state").dataset.state = `${state} ${current()}`;
  $("state").className = state;
  $("state").textContent = word(state);
}

function showEmpty() {
  $("empty").hidden = $("log").childElementCount > 0;
}

function clear() {
  changes.clear();
  for (const made of [...$("log").children]) if (!made.dataset.client) made.remove();
  $("latest").hidden = true;
  showEmpty();
}

// The bot's face, and whether it listens.
async function look() {
  try {
    const chat = line.chat ? `&chat_id=${line.chat}` : "";
    bot = await ask(`/preview/bot?language_code=${current()}${chat}`);
    if (!line.chat) connected = true;
  } catch {
    connected = false;
  }
  const letter = [...bot.name.trim()][0] || "?";
  for (const id of ["face", "big-face"]) $(id).textContent = letter.toUpperCase();
  for (const id of ["name", "empty-name"]) $(id).textContent = bot.name;
  $("username").textContent = `@${bot.username}`;
  $("username").hidden = !bot.username;
  document.title = bot.name;
  $("description").textContent = bot.description;
  showState();
}

function fillCommands() {
  const typed = $("text").value;
  const matching = bot.commands.filter(({ command }) => `/${command}`.startsWith(typed) || !typed.startsWith("/"));
  commands.fill(
    matching.map(({ command, description }) => ({
      title: `/${command}`,
      note: description,
      act: () => {
        if ($("text").value.startsWith("/")) write("");
        line.say({ text: `/${command}` });
      },
    })),
  );
  $("commands-button").hidden = bot.commands.length === 0;
}

function offerCommands() {
  fillCommands();
  const typed = $("text").value;
  if (/^\/[a-z0-9_]*$/.test(typed)) commands.open(false);
  else if (typed) commands.close(false);
}

function write(text) {
  $("text").value = text;
  localStorage.setItem(DRAFT, text);
  grow();
}

// On a touch screen focus would raise the keyboard over the answer.
function focusField() {
  if (matchMedia("(pointer: fine)").matches) $("text").focus();
  else $("scroll").focus();
}

function grow() {
  $("text").style.height = "auto";
  $("text").style.height = `${Math.min($("text").scrollHeight, 160)}px`;
}

function redraw() {
  label(document);
  kinds.fill(KINDS.map((kind) => ({ title: word(kind), act: () => line.say({ kind }) })));
  const known = [...changes.values()].sort((a, b) => a.seq - b.seq);
  for (const change of known) show(change);
  showState();
}

function wire() {
  $("language").value = current();
  $("language").addEventListener("change", async () => {
    choose($("language").value);
    redraw();
    await look();
    fillCommands();
  });
  $("restart").addEventListener("click", () => {
    if (!$("log").childElementCount) return focusField();
    $("ask-restart").returnValue = "";
    $("ask-restart").showModal();
  });
  $("ask-restart").addEventListener("close", () => {
    if ($("ask-restart").returnValue !== "restart") return;
    line.leave();
    clear();
    look();
    focusField();
  });
  $("start").addEventListener("click", () => {
    line.say({ text: "/start" });
    focusField();
  });
  $("latest").addEventListener("click", toBottom);
  $("scroll").addEventListener("scroll", () => atBottom() && ($("latest").hidden = true), { passive: true });
  $("commands-button").addEventListener("click", fillCommands, { capture: true });
  $("text").addEventListener("input", () => {
    write($("text").value);
    offerCommands();
    cards.typed($("text").value);
  });
  $("text").addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      $("composer").requestSubmit();
    } else if (event.key === "ArrowDown") {
      const open = [$("commands"), $("cards")].find((box) => !box.hidden);
      if (!open) return;
      event.preventDefault();
      open.firstElementChild.focus();
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    commands.close(true);
    kinds.close(true);
    cards.close();
  });
  $("composer").addEventListener("submit", (event) => {
    event.preventDefault();
    const text = $("text").value.trim();
    if (!text) return;
    if (cards.query($("text").value) !== null) return cards.take();
    write("");
    commands.close(false);
    cards.close();
    line.say({ text });
  });
  window.addEventListener("resize", () => atBottom() && toBottom());
}

async function main() {
  wire();
  redraw();
  write(localStorage.getItem(DRAFT) || "");
  const payload = new URLSearchParams(location.search).get("start");
  if (payload !== null) history.replaceState(null, "", "/");
  await Promise.all([look(), line.open()]);
  if (payload !== null) {
    if (/^[A-Za-z0-9_-]{1,64}$/.test(payload)) start(payload);
    else line.say({ text: "/start" });
  }
  showEmpty();
  fillCommands();
  toBottom();
  $("log").setAttribute("aria-live", "polite");
  setInterval(async () => {
    if (document.visibilityState !== "visible") return;
    await look();
    if ($("commands").hidden) fillCommands();
  }, LOOK_AGAIN);
}

main();
