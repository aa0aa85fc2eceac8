// What is typed after the bot's name: cards to choose from, as Telegram shows them in any chat.

import { ask, Refused } from "./line.js";
import { word } from "./words.js";

const PAUSE = 250; // milliseconds without a key before the bot is asked
const PATIENCE = 10; // seconds to wait for its answer
const LONGEST = 256;
const SOME_NAME = /^@[a-z0-9_]{3,32}\s+/i;

// `told` gives and gets: username(), chosen(), named(text), start(payload), failed(error).
export class Cards {
  constructor(menu, line, told) {
    this.menu = menu;
    this.line = line;
    this.told = told;
    this.round = 0;
    this.timer = null;
    this.first = null;
  }

  // The words behind the name; null where the text does not begin with it.
  query(text) {
    const name = `@${this.told.username()}`.toLowerCase();
    const [head, rest] = [text.slice(0, name.length), text.slice(name.length)];
    return head.toLowerCase() === name && /^\s/.test(rest) ? rest.trim().slice(0, LONGEST) : null;
  }

  get shown() {
    return !this.menu.box.hidden;
  }

  typed(text) {
    const query = this.query(text);
    if (query === null) {
      this.close();
      if (SOME_NAME.test(text)) this.correct(text);
      return;
    }
    clearTimeout(this.timer);
    this.round += 1;
    this.timer = setTimeout(() => this.ask(query, this.round), PAUSE);
  }

  // The name of another bot brings no cards here: ours is offered in its place.
  correct(text) {
    const bot = this.told.username();
    if (!bot) return;
    const named = text.replace(SOME_NAME, `@${bot} `);
    const act = () => {
      this.told.named(named);
      this.typed(named);
    };
    this.menu.fill([{ title: word("otherName").replace("{bot}", bot), note: word("takeName"), act }]);
    this.menu.open(false);
  }

  close() {
    clearTimeout(this.timer);
    this.round += 1;
    this.first = null;
    this.menu.close(false);
  }

  // Enter takes the first card, as in Telegram; what is typed is never sent.
  take() {
    if (this.shown) this.first?.();
  }

  async ask(query, round) {
    try {
      await this.line.meet();
      const asked = await ask("/preview/inline", { from: this.line.chat, query });
      const found = await ask(`/preview/inline/${asked.inline_query_id}?timeout=${PATIENCE}`);
      // Meanwhile more may have been typed.
      if (round === this.round && found.answered) this.show(asked.inline_query_id, found);
    } catch (error) {
      if (error instanceof Refused && error.status === 404) this.line.forget();
      else this.told.failed(error);
    }
  }

  show(query_id, { results, button }) {
    const cards = results.map(({ id, title, description }) => ({
      title,
      note: description,
      act: () => this.choose(query_id, id),
    }));
    const back = button && {
      title: button.text,
      note: cards.length ? "" : word("nothing"),
      act: () => {
        this.told.chosen();
        this.told.start(button.start_parameter);
      },
    };
    this.menu.fill(back ? [back, ...cards] : cards);
    this.first = cards[0]?.act || null;
    this.menu.open(false);
  }

  async choose(query_id, result_id) {
    this.close();
    this.told.chosen();
    try {
      await ask(`/preview/chats/${this.line.chat}/chosen`, { query_id, result_id });
    } catch (error) {
      this.told.failed(error);
    }
  }
}
