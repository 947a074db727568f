from collections import defaultdict
from dataclasses import dataclass
from datetime import date


class Unbalanced(ValueError):
    pass


@dataclass(frozen=True)
class Posting:
    account: str
    cents: int


@dataclass(frozen=True)
class Entry:
    day: date
    text: str
    postings: tuple[Posting, ...]

    def is_balanced(self) -> bool:
        return sum(posting.cents for posting in self.postings) == 0


class Ledger:
    def __init__(self) -> None:
        self._entries: list[Entry] = []
        self._closed_until = date.min

    def post(self, entry: Entry) -> None:
        if not entry.is_balanced():
            raise Unbalanced(entry.text)
        if entry.day <= self._closed_until:
            raise ValueError(f"{entry.day} is closed")
        self._entries.append(entry)

    def close(self, until: date) -> None:
        self._closed_until = max(self._closed_until, until)

    def balances(self, at: date) -> dict[str, int]:
        sums: dict[str, int] = defaultdict(int)
        for entry in self._entries:
            if entry.day > at:
                continue
            for posting in entry.postings:
                sums[posting.account] += posting.cents
        return {account: cents for account, cents in sorted(sums.items()) if cents != 0}

    def _days(self) -> set[date]:
        return {entry.day for entry in self._entries}


def reverse(entry: Entry, day: date) -> Entry:
    flipped = tuple(Posting(posting.account, -posting.cents) for posting in entry.postings)
    return Entry(day, f"Reversal: {entry.text}", flipped)
