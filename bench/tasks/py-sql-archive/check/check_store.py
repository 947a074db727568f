import sqlite3
import unittest
from pathlib import Path

from store import NoteStore


class StoreTest(unittest.TestCase):
    def setUp(self):
        self.store = NoteStore()
        self.one = self.store.add("Bread", "flour and water", ("kitchen",), "2024-01-01")
        self.two = self.store.add("Soup", "water and salt", ("kitchen", "fast"), "2024-01-02")

    def titles(self, notes):
        return [note.title for note in notes]

    def test_an_archived_note_is_out_of_sight(self):
        self.store.delete(self.one)
        self.assertEqual(self.titles(self.store.all()), ["Soup"])
        self.assertEqual(self.titles(self.store.search("bread")), [])
        self.assertEqual(self.titles(self.store.search("water")), ["Soup"])

    def test_it_comes_back_with_its_tags(self):
        self.store.delete(self.two)
        self.store.restore(self.two)
        self.assertEqual(self.titles(self.store.search("soup")), ["Soup"])
        self.assertEqual(self.store.all()[1].tags, ("fast", "kitchen"))

    def test_what_is_not_there_cannot_be_deleted(self):
        with self.assertRaises(KeyError):
            self.store.delete(99)

    def test_the_schema_says_it(self):
        db = sqlite3.connect(":memory:")
        db.executescript(Path("schema.sql").read_text(encoding="utf-8"))
        columns = {row[1]: row for row in db.execute("PRAGMA table_info(notes)")}
        self.assertIn("archived", columns)
        _, _, kind, is_required, default, _ = columns["archived"]
        self.assertEqual((kind.upper(), is_required, default), ("INTEGER", 1, "0"))
