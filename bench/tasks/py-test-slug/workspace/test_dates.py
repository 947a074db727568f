import unittest

from dates import is_leap_year


class LeapYearTest(unittest.TestCase):
    def test_every_fourth_year_is_one(self):
        self.assertTrue(is_leap_year(2024))
        self.assertFalse(is_leap_year(2023))

    def test_a_century_is_one_only_every_fourth_time(self):
        self.assertTrue(is_leap_year(2000))
        self.assertFalse(is_leap_year(1900))


if __name__ == "__main__":
    unittest.main()
