"""HTTP to the Bot API, on aiohttp.

python-telegram-bot's own transport (httpx) spends four fifths of the time of a turn in its connection pool. Putting
aiohttp under httpx helps, but the bridge reports a connection that broke after the request had left as a connect
time-out; whether a request left is what decides if it may be sent again. So aiohttp is used directly.
"""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
import orjson
from telegram._utils.defaultvalue import DefaultValue
from telegram.error import NetworkError, TimedOut
from telegram.request import BaseRequest, RequestData

from bot.telegram.uploads import upload_form

__all__ = ["AiohttpRequest", "ApiAnswerError", "BorrowedRequest", "BotApi", "MaybeSentError", "NotSentError"]

_Seconds = DefaultValue[float] | float | DefaultValue[None] | None
_CONNECT_SECONDS = 10.0
_READ_SECONDS = 30.0
_UPLOAD_READ_SECONDS = 120.0


class NotSentError(NetworkError):
    """No connection was made: the request did not leave, so that it is safe to make it again."""


class MaybeSentError(TimedOut):
    """The connection broke, timed out or answered 5xx after the request had left: it may have taken effect."""


class ApiAnswerError(Exception):
    """The Bot API answered `ok: false`."""

    def __init__(self, code: int, description: str, parameters: Mapping[str, Any]) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.retry_after: float | None = parameters.get("retry_after")
        self.migrate_to: int | None = parameters.get("migrate_to_chat_id")


class AiohttpRequest(BaseRequest):
    """The transport of python-telegram-bot's Bot and of `BotApi`, with one pool of connections."""

    def __init__(self, connections: int = 64) -> None:
        self._connections = connections
        self._session: aiohttp.ClientSession | None = None
        self._proxies: Mapping[str, str] = {}

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return _READ_SECONDS

    async def initialize(self) -> None:
        """Open the pool; once more has no effect."""
        if self._session is None or self._session.closed:
            # Looked up once: aiohttp's `trust_env` does so in a thread for every request.
            self._proxies = getproxies()
            self._session = aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=self._connections))

    async def shutdown(self) -> None:
        """Close the pool."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: _Seconds = BaseRequest.DEFAULT_NONE,
        write_timeout: _Seconds = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp has none for writing
        connect_timeout: _Seconds = BaseRequest.DEFAULT_NONE,
        pool_timeout: _Seconds = BaseRequest.DEFAULT_NONE,  # noqa: ARG002 - aiohttp waits for a free connection without end
    ) -> tuple[int, bytes]:
        """One request, as python-telegram-bot makes it. Raises NotSentError or MaybeSentError."""
        form: aiohttp.FormData | None = None
        uploads = request_data.multipart_data if request_data else None
        if request_data is not None:
            form = aiohttp.FormData(request_data.json_parameters, quote_fields=False)
            for name, (file_name, content, mime) in (uploads or {}).items():
                form.add_field(name, content, filename=file_name, content_type=mime)
        usual = _UPLOAD_READ_SECONDS if uploads else _READ_SECONDS
        return await self.request(
            url,
            form,
            method=method,
            read_timeout=usual if isinstance(read_timeout, DefaultValue) else read_timeout,
            connect_timeout=_CONNECT_SECONDS if isinstance(connect_timeout, DefaultValue) else connect_timeout,
        )

    async def request(
        self,
        url: str,
        data: aiohttp.FormData | bytes | None,
        *,
        method: str = "POST",
        headers: Mapping[str, str] | None = None,
        read_timeout: float | None = _READ_SECONDS,
        connect_timeout: float | None = _CONNECT_SECONDS,
    ) -> tuple[int, bytes]:
        """The status and body of the answer. Raises NotSentError or MaybeSentError; neither shows the address."""
        if self._session is None:
            raise RuntimeError("AiohttpRequest: initialize() must be awaited before the first request")
        timeout = aiohttp.ClientTimeout(total=None, sock_connect=connect_timeout, sock_read=read_timeout)
        proxy = self._proxy_for(url) if self._proxies else None
        try:
            async with self._session.request(
                method, url, data=data, headers=headers, timeout=timeout, proxy=proxy
            ) as response:
                return response.status, await response.read()
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.InvalidURL) as error:
            reason = getattr(error, "os_error", None) or type(error).__name__
            raise NotSentError(f"no connection: {reason}") from error
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise MaybeSentError(f"no answer: {type(error).__name__}") from error

    def _proxy_for(self, url: str) -> str | None:
        """The proxy of the environment (HTTPS_PROXY, NO_PROXY and so on) for an address, if any."""
        parts = urlsplit(url)
        return None if proxy_bypass(parts.netloc) else self._proxies.get(parts.scheme)


class BorrowedRequest(BaseRequest):
    """A transport that belongs to somebody else, who opens it before and closes it after."""

    def __init__(self, transport: AiohttpRequest) -> None:
        self._transport = transport

    @property
    def read_timeout(self) -> float | None:
        """Seconds to wait for an answer."""
        return self._transport.read_timeout

    async def initialize(self) -> None:
        """It is open."""

    async def shutdown(self) -> None:
        """It stays open: calls of others are on their way."""

    async def do_request(self, *arguments: Any, **named: Any) -> tuple[int, bytes]:
        """One request, as python-telegram-bot makes it."""
        return await self._transport.do_request(*arguments, **named)


class BotApi:
    """Bot API calls by name, with plain JSON in and out."""

    def __init__(self, transport: AiohttpRequest, token: str, api_url: str) -> None:
        self._transport = transport
        self._base = f"{api_url}/bot{token}/"

    async def call(self, method: str, payload: Mapping[str, Any], read_timeout: float = _READ_SECONDS) -> Any:
        """The result of `method`; files among the parameters (`bot.telegram.uploads`) are uploaded.

        Raises ApiAnswerError when the Bot API refuses, NotSentError when it cannot be reached, MaybeSentError when
        nobody knows.
        """
        form = upload_form(payload)
        if form is not None:
            status, answer = await self._transport.request(
                self._base + method, form, read_timeout=max(read_timeout, _UPLOAD_READ_SECONDS)
            )
        else:
            body = orjson.dumps(payload)
            status, answer = await self._transport.request(
                self._base + method, body, headers={"Content-Type": "application/json"}, read_timeout=read_timeout
            )
        try:
            data = orjson.loads(answer)
        except ValueError:
            data = None
        if isinstance(data, dict) and data.get("ok") is True and status < 300:
            return data.get("result")
        if status >= 500 or not isinstance(data, dict):
            raise MaybeSentError(f"no answer: HTTP {status}")
        raise ApiAnswerError(
            int(data.get("error_code", status)), str(data.get("description", "")), data.get("parameters") or {}
        )
