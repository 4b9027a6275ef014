"""Practice certificates: asked for below a report, verified by anybody."""

from __future__ import annotations

from bot.chat import certificate_views
from bot.chat.context import Turn
from bot.chat.pictures import certificate_screen
from bot.domain.errors import NotDrawable
from bot.drawing.canvas import drawable
from bot.services.certificates import Issued


async def certificate_pressed(turn: Turn) -> None:
    """`🎓` below a report: the certificate, or first the question for the name."""
    mock_id = turn.pressed().id
    certificates = turn.house.services.certificates
    issued = await certificates.wanted(turn.who, mock_id)
    if issued is not None:
        await turn.beside_answer(_show(turn, issued))
        return
    name = turn.name if drawable(turn.name) else ""
    screen = certificate_views.ask_for_name(turn.texts, mock_id, name)
    message_id = await turn.beside_answer(turn.send(screen))
    await certificates.name_asked(mock_id, message_id)


async def name_pressed(turn: Turn) -> None:
    """The name that the person has in the chat."""
    issued = await _issued(turn, turn.pressed().id, turn.name)
    await turn.beside_answer(_show(turn, issued))


async def name_told(turn: Turn) -> bool:
    """Whether the message was the name on a certificate; if so, the certificate is there."""
    reply = turn.message.reply_to_message if turn.message else None
    reply_to = reply.message_id if reply else None
    mock_id = await turn.house.services.certificates.waiting(turn.who, turn.what.now, reply_to)
    if mock_id is None:
        return False
    await _show(turn, await _issued(turn, mock_id, turn.text))
    return True


async def verify(turn: Turn) -> None:
    """`/verify CODE`: whether a certificate is genuine."""
    if not turn.argument:
        await turn.say("verify_how")
        return
    issued = await turn.house.services.certificates.verify(turn.argument)
    if issued is None:
        await turn.say("not_genuine")
    else:
        await turn.send(certificate_views.genuine(turn.texts, issued))


async def _issued(turn: Turn, mock_id: str, name: str) -> Issued:
    if not drawable(name):
        raise NotDrawable
    return await turn.house.services.certificates.issue(turn.who, turn.what, mock_id, name)


async def _show(turn: Turn, issued: Issued) -> None:
    screen = certificate_views.certificate(turn.texts, issued)
    await turn.send(certificate_screen(turn.texts, issued, screen, turn.house.bot_username))
