import unittest
from decimal import Decimal

from cart import Cart, Line, Offer

FIVE_OFF = Offer(minimum=10, percent=5)


class CartTest(unittest.TestCase):
    def test_without_an_offer_the_price_counts(self):
        self.assertEqual(Line("nail", Decimal("0.10"), 7).total(), Decimal("0.70"))

    def test_below_the_minimum_nothing_is_taken_off(self):
        self.assertEqual(Line("screw", Decimal("2.00"), 9, FIVE_OFF).total(), Decimal("18.00"))

    def test_from_the_minimum_on_the_offer_holds(self):
        self.assertEqual(Line("screw", Decimal("2.00"), 10, FIVE_OFF).total(), Decimal("19.00"))

    def test_half_a_cent_is_rounded_up(self):
        self.assertEqual(Line("bolt", Decimal("0.05"), 30, Offer(10, 50)).total(), Decimal("0.75"))
        self.assertEqual(Line("pin", Decimal("0.01"), 13, Offer(13, 50)).total(), Decimal("0.07"))

    def test_a_cart_adds_its_lines(self):
        cart = Cart()
        cart.add(Line("screw", Decimal("2.00"), 3, FIVE_OFF))
        cart.add(Line("nail", Decimal("0.10"), 10))
        self.assertEqual(cart.total(), Decimal("7.00"))


if __name__ == "__main__":
    unittest.main()
