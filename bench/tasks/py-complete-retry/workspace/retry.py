"""Tries something again when it fails in a way that may pass."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

T = TypeVar("T")


class GaveUp(Exception):
    """Every attempt failed; the last failure is the cause."""

    def __init__(self, attempts: int) -> None:
        super().__init__(f"gave up after {attempts} attempts")
        self.attempts = attempts


@dataclass(frozen=True)
class Schedule:
    """How often, and how long to wait between two attempts, in seconds."""

    attempts: int = 3
    first_wait: float = 0.5
    factor: float = 2.0
    longest_wait: float = 30.0

    def __post_init__(self) -> None:
        if self.attempts < 1:
            raise ValueError("there must be at least one attempt")

    def waits(self) -> list[float]:
        """The pauses between the attempts, so one fewer than attempts.

        The first is `first_wait`, each further one is `factor` times the one before it, and none
        is longer than `longest_wait`.
        """
        # Still to be written.
        raise NotImplementedError


def call_with_retry(
    action: Callable[[], T],
    passing: tuple[type[Exception], ...],
    schedule: Schedule,
    sleep: Callable[[float], None],
) -> T:
    """Calls `action` until it returns, and returns what it returned.

    Only exceptions of the types in `passing` are tried again, after `sleep` was called with the
    next pause of the schedule; all others leave at once, unchanged. When the last attempt has
    failed as well, `GaveUp` is raised from that last exception, and nothing is slept any more.
    """
    # Still to be written.
    raise NotImplementedError
