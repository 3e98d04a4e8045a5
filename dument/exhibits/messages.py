"""E-mails and plain texts given as exhibits: what they say, read without trusting them."""

from __future__ import annotations

from codecs import BOM_UTF16_BE, BOM_UTF16_LE
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from email import policy
from email.message import EmailMessage
from email.parser import BytesParser
from email.utils import parsedate_to_datetime
from html.parser import HTMLParser
from unicodedata import category

from dument.digests import sha256
from dument.french import long_date

LONGEST_HEADER = 20_000
_BLOCKS = {"address", "blockquote", "div", "h1", "h2", "h3", "h4", "li", "p", "table", "tr"}
_UNSHOWN = {"Cc", "Cf"}
_UNSEEN = {"head", "script", "style", "title"}


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that came with an e-mail: its name if any, kind, size in bytes and fingerprint."""

    name: str
    kind: str
    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Message:
    """An e-mail as its reader saw it: its headers, empty when absent, its text and its files."""

    sender: str
    recipients: str
    copied: str
    sent: str
    subject: str
    body: str
    attachments: tuple[Attachment, ...]


def read_message(data: bytes) -> Message | None:
    """Read an e-mail (RFC 5322); None when it names no sender or no day, or nests without end.

    The plain text is preferred; an HTML body is read as text, pictures and links left out.
    """
    try:
        return _read(data)
    except RecursionError:
        return None


def _read(data: bytes) -> Message | None:
    parsed = BytesParser(policy=policy.default).parsebytes(data)
    if not isinstance(parsed, EmailMessage) or not (_header(parsed, "From") and parsed["Date"]):
        return None
    return Message(
        sender=_header(parsed, "From"),
        recipients=_header(parsed, "To"),
        copied=_header(parsed, "Cc"),
        sent=_moment(_header(parsed, "Date")),
        subject=_header(parsed, "Subject"),
        body=_body(parsed),
        attachments=tuple(_attachments(parsed)),
    )


def read_text_file(data: bytes) -> str | None:
    """Decode a text, UTF-8, UTF-16 with its mark or Windows-1252; None for what is no text."""
    if data.startswith((BOM_UTF16_LE, BOM_UTF16_BE)):
        return _shown(data.decode("utf-16", errors="replace"))
    if b"\0" in data:
        return None
    try:
        return _shown(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        return _shown(data.decode("cp1252", errors="replace"))


def _shown(text: str) -> str:
    """Keep what a reader sees: nothing that turns the text around, or has no shape.

    >>> _shown("a\\r\\nb\\u202ec\\x07\\ud800")
    'a\\nbc\ufffd'
    """
    lines = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    whole = lines.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return "".join(one for one in whole if one in "\n\t" or category(one) not in _UNSHOWN)


def _header(message: EmailMessage, name: str) -> str:
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    told = str(raw)
    if len(told) <= LONGEST_HEADER:  # the standard parser takes minutes over longer ones
        with suppress(ValueError, IndexError, AttributeError):  # and trips over some
            told = str(message[name] or "")
    return " ".join(_shown(told).split())


def _moment(written: str) -> str:
    """Write the day and hour of a `Date:` header in French; as it is when it cannot be read."""
    try:
        read = parsedate_to_datetime(written)
    except ValueError:
        return written
    zone = f" (UTC{read:%z})" if read.tzinfo is not None else ""
    return f"{long_date(read.date())} à {read:%H} h {read:%M}{zone}"


def _body(message: EmailMessage) -> str:
    part = message.get_body(preferencelist=("plain", "html"))
    if part is None:
        return ""
    text = _decoded(part)
    if part.get_content_subtype() == "html":
        reader = _TextOfHtml()
        reader.feed(text)
        reader.close()
        text = reader.text
    return _shown(text).strip("\n")


def _decoded(part: EmailMessage) -> str:
    try:
        return str(part.get_content())
    except (LookupError, ValueError):  # a charset nobody knows
        payload = part.get_payload(decode=True)
        return (read_text_file(payload) or "") if isinstance(payload, bytes) else ""


def _attachments(message: EmailMessage) -> Iterable[Attachment]:
    for part in message.iter_attachments():
        payload = part.get_payload(decode=True)
        content = payload if isinstance(payload, bytes) else bytes(part)
        name = " ".join((part.get_filename() or "").split())
        yield Attachment(name, part.get_content_type(), len(content), sha256(content))


class _TextOfHtml(HTMLParser):
    """Keeps the words of an HTML body, a line a block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self.hidden = 0

    @property
    def text(self) -> str:
        """The words, without runs of blank lines."""
        lines = [" ".join(line.split()) for line in "".join(self.parts).split("\n")]
        kept = [line for rank, line in enumerate(lines) if line or (rank and lines[rank - 1])]
        return "\n".join(kept).strip()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.hidden += tag in _UNSEEN
        if tag == "br" or tag in _BLOCKS:
            self.parts.append("\n")

    def handle_endtag(self, tag: str) -> None:
        self.hidden -= tag in _UNSEEN and self.hidden > 0
        if tag in _BLOCKS:
            self.parts.append("\n")

    def handle_data(self, data: str) -> None:
        if not self.hidden:
            self.parts.append(" ".join(data.split("\n")))
