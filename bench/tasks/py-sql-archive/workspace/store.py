"""Keeps notes in a SQLite database."""

import sqlite3
from dataclasses import dataclass
from pathlib import Path

SCHEMA = Path(__file__).with_name("schema.sql")


@dataclass(frozen=True)
class Note:
    id: int
    title: str
    body: str
    tags: tuple[str, ...]


class NoteStore:
    def __init__(self, path: str = ":memory:") -> None:
        self._db = sqlite3.connect(path)
        self._db.execute("PRAGMA foreign_keys = ON")
        self._db.executescript(SCHEMA.read_text(encoding="utf-8"))

    def add(self, title: str, body: str, tags: tuple[str, ...], created_at: str) -> int:
        with self._db:
            cursor = self._db.execute(
                "INSERT INTO notes (title, body, created_at) VALUES (?, ?, ?)",
                (title, body, created_at),
            )
            note_id = cursor.lastrowid
            self._db.executemany(
                "INSERT INTO tags (note_id, tag) VALUES (?, ?)", [(note_id, tag) for tag in tags]
            )
        return note_id

    def delete(self, note_id: int) -> None:
        with self._db:
            cursor = self._db.execute("DELETE FROM notes WHERE id = ?", (note_id,))
        if cursor.rowcount == 0:
            raise KeyError(note_id)

    def all(self) -> list[Note]:
        rows = self._db.execute("SELECT id, title, body FROM notes ORDER BY created_at, id")
        return [self._note(row) for row in rows.fetchall()]

    def search(self, word: str) -> list[Note]:
        rows = self._db.execute(
            "SELECT id, title, body FROM notes WHERE title LIKE ? OR body LIKE ? ORDER BY id",
            (f"%{word}%", f"%{word}%"),
        )
        return [self._note(row) for row in rows.fetchall()]

    def _note(self, row: tuple[int, str, str]) -> Note:
        note_id, title, body = row
        tags = self._db.execute("SELECT tag FROM tags WHERE note_id = ? ORDER BY tag", (note_id,))
        return Note(note_id, title, body, tuple(tag for (tag,) in tags.fetchall()))
