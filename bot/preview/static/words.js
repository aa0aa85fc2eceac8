// The words of the page itself; what the bot says comes from the bot.

const LANGUAGES = ["kk", "ru", "en"];
const KEY = "preview.language";

const WORDS = {
  language: ["Тіл", "Язык", "Language"],
  restart: ["Жаңа әңгіме", "Новый разговор", "New conversation"],
  restartQuestion: [
    "Жаңа әңгіме бастайсыз ба? Қазіргі әңгіме бұл беттен жоғалады.",
    "Начать новый разговор? Нынешний исчезнет с этой страницы.",
    "Start a new conversation? The present one disappears from this page.",
  ],
  stay: ["Осы әңгімеде қалу", "Остаться в этом", "Stay in this one"],
  messages: ["Хабарламалар", "Сообщения", "Messages"],
  online: ["желіде", "в сети", "online"],
  reconnecting: ["қайта қосылып жатыр…", "переподключение…", "reconnecting…"],
  asleep: ["бот іске қосылмаған", "бот не запущен", "the bot is not running"],
  typing: ["жазып жатыр…", "печатает…", "typing…"],
  start: ["Бастау", "Начать", "Start"],
  about: [
    "Бот осы компьютерде ғана жұмыс істеп тұр. Telegram-ға ештеңе жіберілмейді.",
    "Бот работает только на этом компьютере. В Telegram ничего не отправляется.",
    "The bot runs on this computer only. Nothing is sent to Telegram.",
  ],
  write: ["Хабарлама", "Сообщение", "Message"],
  send: ["Жіберу", "Отправить", "Send"],
  commands: ["Командалар", "Команды", "Commands"],
  attach: ["Тіркеме", "Прикрепить", "Attach"],
  sticker: ["Стикер", "Стикер", "Sticker"],
  voice: ["Дауыстық хабарлама", "Голосовое сообщение", "Voice message"],
  photo: ["Фото", "Фото", "Photo"],
  video: ["Бейне", "Видео", "Video"],
  document: ["Құжат", "Документ", "Document"],
  location: ["Орналасқан жер", "Геопозиция", "Location"],
  contact: ["Контакт", "Контакт", "Contact"],
  other: ["Хабарлама", "Сообщение", "Message"],
  more: ["Толық көрсету", "Показать полностью", "Show more"],
  less: ["Қысқаша көрсету", "Свернуть", "Show less"],
  reveal: ["Жасырын мәтінді көрсету", "Показать скрытый текст", "Show hidden text"],
  cards: ["Таңдауға арналған жауаптар", "Ответы на выбор", "Answers to choose from"],
  otherName: ["Мұнда боттың аты: @{bot}", "Здесь имя бота: @{bot}", "Here the name of the bot is @{bot}"],
  takeName: ["Атын өзгерту үшін басыңыз", "Нажмите, чтобы исправить имя", "Press to correct the name"],
  nothing: ["Ештеңе табылмады", "Ничего не нашлось", "Nothing found"],
  via: ["@{bot} арқылы", "через @{bot}", "via @{bot}"],
  copied: ["Көшірілді", "Скопировано", "Copied"],
  elsewhere: [
    "Бұл түйме Telegram-да ғана жұмыс істейді",
    "Эта кнопка работает только в Telegram",
    "This button works only in Telegram",
  ],
  share: [
    "Telegram-да бұл түйме чаттар тізімін ашады: бот сілтемесін кімге жіберу керегін таңдайсыз. Осы беттен ештеңе жіберілмейді.",
    "В Telegram эта кнопка открывает список чатов: вы выбираете, кому отправить ссылку на бота. С этой страницы ничего не отправляется.",
    "In Telegram this button opens the list of chats: you choose whom to send a link to the bot. This page sends nothing.",
  ],
  edited: ["өзгертілді", "изменено", "edited"],
  sending: ["жіберіліп жатыр", "отправляется", "sending"],
  unsent: ["Жіберілмеді", "Не отправлено", "Not sent"],
  latest: ["Соңғы хабарламаға өту", "К последнему сообщению", "To the latest message"],
  close: ["Жабу", "Закрыть", "Close"],
  lost: [
    "Алдыңғы әңгіме сақталмаған. Жаңасын бастаңыз.",
    "Прежний разговор не сохранился. Начните новый.",
    "The earlier conversation was not kept. Please start a new one.",
  ],
  you: ["Сіз", "Вы", "You"],
};

function initial() {
  const stored = localStorage.getItem(KEY);
  if (LANGUAGES.includes(stored)) return stored;
  const own = (navigator.language || "en").slice(0, 2).toLowerCase();
  return LANGUAGES.includes(own) ? own : "en";
}

let language = initial();

export const current = () => language;

export const word = (name) => WORDS[name][LANGUAGES.indexOf(language)];

export function choose(code) {
  language = LANGUAGES.includes(code) ? code : "en";
  localStorage.setItem(KEY, language);
}

// Fill in every element that names its word; labels stand for icons and fields.
export function label(root) {
  document.documentElement.lang = language;
  for (const element of root.querySelectorAll("[data-word]")) element.textContent = word(element.dataset.word);
  for (const element of root.querySelectorAll("[data-label]")) {
    const text = word(element.dataset.label);
    element.setAttribute("aria-label", text);
    if (element.tagName === "TEXTAREA") element.placeholder = text;
    else if (element.tagName === "BUTTON") element.title = text;
  }
}

// The language of a message, as far as its letters tell.
export function languageOf(text) {
  if (/[әғқңөұүһі]/i.test(text)) return "kk";
  if (/[а-яё]/i.test(text)) return "ru";
  return "en";
}
