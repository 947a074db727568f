"""Makes the part of an address that names a page."""

import re
import unicodedata

MOST_CHARACTERS = 40


def slugify(title: str) -> str:
    """Small letters, digits and single dashes; empty where nothing of the title can be kept.

    Accents are taken off, everything else that is no letter and no digit becomes a dash, and no
    dash stands at an end. What is longer than 40 characters is cut at the last dash before that,
    or in the middle of a word where there is none.
    """
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    slug = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(slug) <= MOST_CHARACTERS:
        return slug
    head = slug[: MOST_CHARACTERS + 1]
    cut = head.rfind("-")
    return head[:cut] if cut > 0 else head[:MOST_CHARACTERS]


def unique_slug(title: str, taken: set[str]) -> str:
    """The slug, or the first of slug-2, slug-3 and so on that is not taken."""
    slug = slugify(title) or "page"
    if slug not in taken:
        return slug
    number = 2
    while f"{slug}-{number}" in taken:
        number += 1
    return f"{slug}-{number}"
