"""Photographs: those of iPhones read (HEIC), and what they tell beside the picture left out."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO

HEIC_BRANDS = frozenset({b"heic", b"heix", b"hevc", b"hevx", b"mif1", b"msf1"})
EXIF_PLACE = 0x8825  # the IFD of the GPS
_QUALITY = 92
_START, _SCAN = 0xD8, 0xDA
# Exif and XMP, Photoshop and IPTC, comments; colour profiles (APP2) and APP14 stay.
_TELLING = frozenset({0xE1, 0xED, 0xFE})


def is_heic(data: bytes) -> bool:
    """Whether a file is a HEIC or HEIF picture, by its brand."""
    return data[4:8] == b"ftyp" and data[8:12] in HEIC_BRANDS


def can_read_heic() -> bool:
    """Whether the library that decodes HEIC is installed."""
    try:
        import pillow_heif  # noqa: F401
    except ImportError:
        return False
    return True


def heic_to_jpeg(data: bytes) -> bytes | None:
    """Decode a HEIC picture, upright, into a JPEG without metadata; None when it is damaged."""
    import pillow_heif

    try:
        image = pillow_heif.open_heif(BytesIO(data)).to_pillow().convert("RGB")
    except (OSError, ValueError, RuntimeError, EOFError):
        return None
    target = BytesIO()
    image.save(target, "JPEG", quality=_QUALITY)
    return target.getvalue()


def tells_place(data: bytes) -> bool:
    """Whether a picture says where it was taken."""
    from PIL import Image

    try:
        with Image.open(BytesIO(data), formats=("PNG", "JPEG")) as image:
            return bool(image.getexif().get_ifd(EXIF_PLACE))
    except (OSError, SyntaxError, ValueError):
        return False


def without_metadata(jpeg: bytes) -> bytes:
    """Drop Exif, XMP, IPTC and comments of a JPEG; its pixels are not touched."""
    return b"".join(part for marker, part in _segments(jpeg) if marker not in _TELLING)


def _segments(jpeg: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the segments of a JPEG with their markers; the scan to the end as one."""
    yield _START, jpeg[:2]
    place = 2
    while place + 4 <= len(jpeg):
        marker = jpeg[place + 1]
        if jpeg[place] != 0xFF or marker == _SCAN:
            break
        end = place + 2 + int.from_bytes(jpeg[place + 2 : place + 4])
        yield marker, jpeg[place:end]
        place = end
    yield _SCAN, jpeg[place:]
