"""A socket on which a server of ours waits for connections."""

import socket

from bot.errors import StartError

__all__ = ["address_of", "listen", "without_delay"]


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 takes any free one. Raises StartError when the address cannot be had."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.create_server((host, port), family=family) as listener:
            return without_delay(listener)
    except OSError as error:
        raise StartError(
            f"HOST, PORT: {host}:{port}: {error.strerror or error}; "
            "choose another port, or stop the program that uses it"
        ) from error


def address_of(listener: socket.socket) -> str:
    """Where the socket listens, such as http://127.0.0.1:8080."""
    host, port = listener.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def without_delay(listener: socket.socket) -> socket.socket:
    """The same listener with its protocol named: only then asyncio turns Nagle's algorithm off for its connections.

    With it on, each answer on a kept connection takes 40 ms. Other sockets than TCP stay as they are.
    """
    if listener.family not in (socket.AF_INET, socket.AF_INET6):
        return listener
    number = listener.dup().detach()
    return socket.socket(listener.family, listener.type, socket.IPPROTO_TCP, fileno=number)
