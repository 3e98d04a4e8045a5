"""The markup of a stored letter: what a template writes, and nothing that acts in a page.

A dossier may come from anyone; the body of a sealed letter is laid on a page as it is.
"""

from __future__ import annotations

import re

_NAMES = (
    "a|blockquote|br|code|dd|del|div|dl|dt|em|h[1-6]|hr|li|ol|p|pre|s|span|strong|sub|sup|table|"
    "tbody|td|th|thead|tr|ul"
)
_ATTRIBUTES = (
    r'style="text-align:[a-z]+"|(?:class|id|scope|start|title)="[^"<>]*"|'
    r'href="(?:https?://|mailto:|#|\.\./)[^"<>]*"'
)
_TAG = re.compile(rf"<(?:/(?:{_NAMES})|(?:{_NAMES})(?: (?:{_ATTRIBUTES}))* ?/?)>")


def is_letter_markup(markup: str) -> bool:
    """Whether some HTML holds only the tags that Markdown gives.

    >>> is_letter_markup("<p>1 &lt; 2<br /></p>"), is_letter_markup("<p onclick=\'x\'>a</p>")
    (True, False)
    """
    return "<" not in _TAG.sub("", markup)
