// The line to the server: one conversation, its changes, and what waits to be sent.

import { current } from "./words.js";

const CHAT = "preview.chat";
const OUTBOX = "preview.outbox";
const RETRY = 1500;
const FOLLOWED = "start-";

// Whether a message came from a link, by the id that the page gave it.
export const isFollowed = (client) => (client || "").startsWith(FOLLOWED);

export class Refused extends Error {
  constructor(status, reason) {
    super(reason);
    this.status = status;
  }
}

export async function ask(path, order, method = "POST") {
  const options = order
    ? { method, headers: { "content-type": "application/json" }, body: JSON.stringify(order) }
    : {};
  const answer = await fetch(path, options);
  const content = answer.status === 204 ? {} : await answer.json();
  if (!answer.ok) throw new Refused(answer.status, content.error || String(answer.status));
  return content;
}

// `heard` gets: change(change), opened(), broken(), lost(), refused(item, reason), waiting(item).
export class Line {
  constructor(heard) {
    this.heard = heard;
    this.chat = Number(localStorage.getItem(CHAT)) || null;
    this.seq = 0;
    this.outbox = JSON.parse(localStorage.getItem(OUTBOX) || "[]");
    this.source = null;
    this.flushing = false;
    this.meeting = null;
  }

  // Go on with the conversation this browser had; its history comes first, in one piece.
  async open() {
    for (const item of this.outbox) this.heard.waiting(item);
    if (this.chat) await this.catchUp();
    this.flush();
  }

  async catchUp() {
    try {
      const history = await ask(`/preview/chats/${this.chat}/messages?after=${this.seq}`);
      for (const change of history.messages) this.heard.change(change);
      this.seq = history.seq;
      this.listen();
    } catch (error) {
      if (error instanceof Refused && error.status === 404) this.forget();
      else {
        this.heard.broken();
        setTimeout(() => this.chat && this.catchUp(), RETRY);
      }
    }
  }

  listen() {
    this.source?.close();
    const source = new EventSource(`/preview/chats/${this.chat}/events?after=${this.seq}`);
    this.source = source;
    source.addEventListener("open", () => {
      this.heard.opened();
      this.flush();
    });
    source.addEventListener("message", (event) => {
      const change = JSON.parse(event.data);
      this.seq = change.seq;
      this.heard.change(change);
    });
    source.addEventListener("error", () => {
      this.heard.broken();
      if (source.readyState !== EventSource.CLOSED || source !== this.source) return;
      setTimeout(() => source === this.source && this.catchUp(), RETRY);
    });
  }

  forget() {
    this.leave();
    this.heard.lost();
  }

  // The next message begins a new conversation, as a new person.
  leave() {
    this.source?.close();
    this.source = null;
    this.chat = null;
    this.seq = 0;
    localStorage.removeItem(CHAT);
  }

  // Be somebody; two who ask at once become one person.
  async meet() {
    if (this.chat) return;
    this.meeting ||= this.begin().finally(() => {
      this.meeting = null;
    });
    await this.meeting;
  }

  async begin() {
    const names = { kk: "Қонақ", ru: "Гость", en: "Guest" };
    const user = await ask("/preview/users", { first_name: names[current()], language_code: current() });
    this.chat = user.id;
    this.seq = 0;
    localStorage.setItem(CHAT, String(user.id));
    this.listen();
  }

  // A link to the bot starts it with a payload, of which the person sees nothing.
  follow(payload) {
    this.say({ client_id: FOLLOWED + crypto.randomUUID(), text: `/start ${payload}` });
  }

  say(order) {
    const item = { client_id: crypto.randomUUID(), ...order };
    this.outbox.push(item);
    this.keep();
    if (item.text) this.heard.waiting(item);
    this.flush();
  }

  keep() {
    localStorage.setItem(OUTBOX, JSON.stringify(this.outbox));
  }

  // One at a time, in order; each carries its own id, so that sending twice says it once.
  async flush() {
    if (this.flushing) return;
    this.flushing = true;
    try {
      while (this.outbox.length) {
        const item = this.outbox[0];
        await this.meet();
        try {
          await ask(`/preview/chats/${this.chat}/messages`, item);
        } catch (error) {
          if (!(error instanceof Refused)) throw error;
          if (error.status === 404) {
            this.forget();
            continue;
          }
          if (error.status >= 500) throw error;
          this.heard.refused(item, error.message);
        }
        this.outbox.shift();
        this.keep();
      }
    } catch {
      this.heard.broken();
      setTimeout(() => this.flush(), RETRY);
    } finally {
      this.flushing = false;
    }
  }

  press(message_id, data) {
    return ask(`/preview/chats/${this.chat}/callbacks`, { message_id, data });
  }
}
