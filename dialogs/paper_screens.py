"""My papers: what rests, and what can be done with one of them."""

from dialogs.buttons import tap
from dialogs.formats import Voice
from dialogs.menu import side_rows
from dialogs.papers import Paper
from dialogs.promises import LONGEST_NAME
from dialogs.replay import replay
from dialogs.review import review_blocks
from dialogs.says import Bold, Bullets, Button, Heading, Paragraph, PressButton
from dialogs.screen import Screen
from dialogs.session import Session
from dialogs.shelf import paper_title
from dialogs.stance import is_unfinished
from dialogs.wire import Action, Tap
from dialogs.world import World

__all__ = ["paper_screen", "papers_screen"]


def papers_screen(session: Session, voice: Voice, world: World) -> Screen:
    """Every paper with its state and the day until which it is kept."""
    items, rows = [], []
    for number, paper in enumerate(session.papers, 1):
        title = paper_title(paper, world, voice)
        state = "papers.outcome" if paper.told else "papers.unfinished"
        items.append((Bold(title), " – ", voice.text(state, date=voice.date(paper.kept_until))))
        button = PressButton(Tap(session.run, Action.PAPER, value=str(paper.id)).encode())
        rows.append((Button(f"{number}. {title}", button),))
    if session.requests:
        rows.append((tap(voice, "button.requests", session.run, Action.REQUESTS),))
    lead = Paragraph((voice.text("papers.text" if items else "papers.none"),))
    blocks = (Heading(voice.text("papers.title")), lead, *((Bullets(tuple(items), numbered=True),) if items else ()))
    return Screen(blocks, (*rows, *side_rows(voice, session, in_flow=is_unfinished(session, world))))


def paper_screen(session: Session, voice: Voice, world: World) -> Screen | None:
    """One paper: its answers, and the ways on; None when it is not there any more."""
    paper = _shown_paper(session)
    flow = None if paper is None else world.flows.get(paper.flow)
    if paper is None or flow is None:
        return None
    if session.offer[0] == "name":
        return Screen(
            (Paragraph((voice.text("papers.new_name", title=paper_title(paper, world, voice), n=LONGEST_NAME),)),),
            ((tap(voice, "button.leave_it", session.run, Action.PAPER, value=str(paper.id)),),),
            by_number=False,
        )
    answers = dict(paper.answers)
    path = replay(flow, answers, world).path
    state = "papers.outcome" if paper.told else "papers.unfinished"
    blocks = (
        Heading(paper_title(paper, world, voice)),
        Paragraph((voice.text(state, date=voice.date(paper.kept_until)),)),
        *review_blocks(flow, path, answers, voice),
    )
    number = str(paper.id)
    sure = session.offer[2:] == ("sure",)
    rows: list[tuple[Button, ...]] = [
        (tap(voice, "button.open_paper" if paper.told else "button.resume", session.run, Action.RESUME, value=number),)
    ]
    if paper.told:
        told = "button.notify_off" if paper.notify else "button.notify_on"
        rows.append((tap(voice, told, session.run, Action.NOTIFY, value=number),))
    else:
        rows.append((tap(voice, "button.remind", session.run, Action.REMIND, "draft", number),))
    rows.append(
        (
            tap(voice, "button.name_paper", session.run, Action.NAME, value=number),
            tap(voice, "button.discard_paper", session.run, Action.DISCARD, "sure" if sure else "", number),
        )
    )
    rows.append((tap(voice, "button.papers", session.run, Action.PAPERS),))
    return Screen(blocks, (*rows, *side_rows(voice, session, in_flow=is_unfinished(session, world))))


def _shown_paper(session: Session) -> Paper | None:
    """The paper that the offer of the session names."""
    if session.offer[:1] not in (("paper",), ("name",)) or len(session.offer) < 2:
        return None
    return next((paper for paper in session.papers if str(paper.id) == session.offer[1]), None)
