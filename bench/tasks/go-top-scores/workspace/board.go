// Package board keeps the scores of a game.
package board

import (
	"fmt"
	"strings"
	"time"
)

// Entry is what one player has reached.
type Entry struct {
	Player string
	Points int
	At     time.Time
}

// Board keeps the best entry of every player, in the order in which the players came.
type Board struct {
	entries []Entry
}

// Add keeps an entry where the player has none that is at least as good.
func (b *Board) Add(entry Entry) bool {
	for i, old := range b.entries {
		if old.Player != entry.Player {
			continue
		}
		if old.Points >= entry.Points {
			return false
		}
		b.entries[i] = entry
		return true
	}
	b.entries = append(b.entries, entry)
	return true
}

// Len says how many players there are.
func (b *Board) Len() int { return len(b.entries) }

// String shows the board, one player a line.
func (b *Board) String() string {
	var text strings.Builder
	for _, entry := range b.entries {
		fmt.Fprintf(&text, "%-12s %6d\n", entry.Player, entry.Points)
	}
	return text.String()
}
