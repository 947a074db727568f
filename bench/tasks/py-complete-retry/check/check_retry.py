import unittest

from retry import GaveUp, Schedule, call_with_retry


class Busy(Exception):
    pass


def failing(times, error=Busy):
    calls = []

    def action():
        calls.append(1)
        if len(calls) <= times:
            raise error(f"call {len(calls)}")
        return f"done at {len(calls)}"

    return action, calls


class RetryTest(unittest.TestCase):
    def test_waits_grow_up_to_the_longest(self):
        self.assertEqual(Schedule(5, 1.0, 3.0, 8.0).waits(), [1.0, 3.0, 8.0, 8.0])
        self.assertEqual(Schedule(attempts=1).waits(), [])
        self.assertEqual(Schedule(2, 5.0, 2.0, 4.0).waits(), [4.0])

    def test_returns_what_came_at_last(self):
        slept = []
        action, calls = failing(2)
        self.assertEqual(call_with_retry(action, (Busy,), Schedule(4), slept.append), "done at 3")
        self.assertEqual(slept, [0.5, 1.0])
        self.assertEqual(len(calls), 3)

    def test_gives_up_with_the_last_cause(self):
        slept = []
        action, calls = failing(9)
        with self.assertRaises(GaveUp) as caught:
            call_with_retry(action, (Busy,), Schedule(3), slept.append)
        self.assertEqual(caught.exception.attempts, 3)
        self.assertEqual(str(caught.exception.__cause__), "call 3")
        self.assertEqual((len(calls), slept), (3, [0.5, 1.0]))

    def test_other_errors_leave_at_once(self):
        slept = []
        action, calls = failing(1, KeyError)
        with self.assertRaises(KeyError):
            call_with_retry(action, (Busy, OSError), Schedule(3), slept.append)
        self.assertEqual((len(calls), slept), (1, []))
