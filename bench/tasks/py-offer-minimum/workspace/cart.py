"""A shopping cart that knows quantity offers."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

CENT = Decimal("0.01")


@dataclass(frozen=True)
class Offer:
    """So many percent off once at least `minimum` pieces are bought."""

    minimum: int
    percent: int


@dataclass(frozen=True)
class Line:
    name: str
    price: Decimal
    quantity: int
    offer: Offer | None = None

    def total(self) -> Decimal:
        amount = self.price * self.quantity
        if self.offer is not None and self.quantity > 0:
            amount -= amount * self.offer.percent / 100
        return amount.quantize(CENT, ROUND_HALF_UP)


class Cart:
    def __init__(self) -> None:
        self._lines: list[Line] = []

    def add(self, line: Line) -> None:
        if line.quantity < 0:
            raise ValueError(f"{line.name}: a quantity cannot be negative")
        self._lines.append(line)

    def total(self) -> Decimal:
        return sum((line.total() for line in self._lines), Decimal("0.00"))

    def summary(self) -> str:
        rows = [f"{line.quantity:>3} x {line.name:<20} {line.total():>8}" for line in self._lines]
        return "\n".join([*rows, f"{'total':<26} {self.total():>8}"])
