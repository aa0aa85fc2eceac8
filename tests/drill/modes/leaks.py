"""Mode 14: secrets and what people write, in anything that the programs of all drills have told."""

from collections.abc import Sequence

from tests.bot.rig import DATA_KEY
from tests.bot.specimen import NUMBER, SURNAME
from tests.drill.bench import Bench
from tests.drill.modes.erasure import visabot
from tests.drill.outcome import Checks, Outcome
from tests.drill.scene import SECRET, TOKEN, Way, scene

__all__ = ["drill"]

_NAME = "Ainur Example"
_WORDS = (f"my passport is {NUMBER}, {SURNAME} ANNA", "call +7 701 000 00 00", "poison of the leak drill", "human")
_NEVER = {
    "the token": TOKEN.split(":")[1],
    "the secret of the webhook": SECRET,
    "a key": DATA_KEY,
    "a passport": NUMBER,
    "a surname": SURNAME,
    "a telephone": "701 000 00 00",
    "a name": _NAME,
    "words that raised an error": "of the leak drill",
    "words of the mix-up drill": "secret-of-",
}


async def drill(bench: Bench) -> Sequence[Outcome]:
    """Talk with the real conversations in both formats at DEBUG, with every kind of fault; then search everything."""
    pages = bytearray()
    for real in (False, True):
        way = Way(2, webhook=True, real=real, staff=True)
        async with scene(bench, way) as stage:
            people = await stage.people(4)
            await stage.town.post("faults", method="sendmessage", times=2, status=400, description=f"Bad: {NUMBER}")
            await stage.town.post("faults", method="sendmessage", times=2, when="after", drop=True)
            await stage.town.post("faults", method="sendmessage", times=2, when="before", reset=True)
            for person in people:
                for words in ("/start visa_EG_en", *_WORDS):
                    await person.say(words)
            await stage.settle()
            for port in stage.ports:
                for path in ("metrics", "healthz", "healthz/live", "healthz/ready", "nowhere", f"bot{TOKEN}/getMe"):
                    async with stage.town.http.get(f"http://127.0.0.1:{port}/{path}") as page:
                        pages += str(dict(page.headers)).encode() + await page.read()
            bench.logs.text += (await visabot(stage, "db", "erase", "nobody"))[1].encode()
            broken = {"BOT_TOKEN": TOKEN, "WEBHOOK_SECRET": f"{SECRET} with spaces", "DATA_KEYS": f"{DATA_KEY}x"}
            bench.logs.text += (await visabot(stage, "run", **broken))[1].encode()
            for bot in stage.bots:
                await bot.stop()
    told = (bench.logs.text + pages).decode(errors="replace")
    checks = Checks()
    for what, secret in _NEVER.items():
        count = told.count(secret)
        checks.that(count == 0, f"{what} stands {count} times in {_where(told, secret)}")
    return [
        checks.outcome(
            "14 leaks",
            bench.engine,
            f"{len(bench.logs.text) // 1000} kB of logs of all drills so far (DEBUG, text and JSON), metrics, health "
            "and error pages, errors of the command line",
            f"0 hits for {', '.join(_NEVER)}",
            f"{len(checks.problems)} kinds found",
        )
    ]


def _where(told: str, secret: str) -> str:
    place = told.find(secret)
    return repr(told[max(0, place - 120) : place]) if place >= 0 else "nothing"
