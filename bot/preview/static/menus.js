// The small menus above the composer: lists of buttons, moved through with arrows, closed with Escape.

import { element } from "./text.js";

// A menu without an opener is opened by what is typed in the field.
export class Menu {
  constructor(box, opener, field) {
    this.box = box;
    this.opener = opener;
    this.field = field;
    opener?.addEventListener("click", () => (box.hidden ? this.open(true) : this.close(true)));
    box.addEventListener("keydown", (event) => this.move(event));
    document.addEventListener("pointerdown", (event) => {
      if (!box.hidden && !box.contains(event.target) && !(opener || field).contains(event.target)) this.close(false);
    });
  }

  // Entries: { title, note, act }.
  fill(entries) {
    this.box.replaceChildren(
      ...entries.map(({ title, note, act }) => {
        const button = element("button", "entry");
        button.type = "button";
        button.append(element("strong", "", title));
        if (note) button.append(element("span", "", note));
        button.addEventListener("click", () => {
          this.close(true);
          act();
        });
        return button;
      }),
    );
  }

  open(focus) {
    if (!this.box.childElementCount) {
      this.close(focus);
      return;
    }
    this.box.hidden = false;
    this.opener?.setAttribute("aria-expanded", "true");
    if (focus) this.box.firstElementChild.focus();
  }

  close(focus) {
    if (this.box.hidden) return;
    this.box.hidden = true;
    this.opener?.setAttribute("aria-expanded", "false");
    if (focus) this.field.focus();
  }

  move(event) {
    const entries = [...this.box.children];
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      const next = entries.indexOf(document.activeElement) + step;
      if (next < 0) this.field.focus();
      else entries[Math.min(next, entries.length - 1)].focus();
    } else if (event.key === "Escape") {
      event.stopPropagation();
      this.close(true);
    }
  }
}
