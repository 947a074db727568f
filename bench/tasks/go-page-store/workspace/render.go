package tasks

import (
	"fmt"
	"strings"
)

// Render shows the tasks of a store as people read them.
func Render(s *Store) string {
	var text strings.Builder
	for _, task := range s.List() {
		mark := " "
		if task.Done {
			mark = "x"
		}
		fmt.Fprintf(&text, "[%s] %d %s\n", mark, task.ID, task.Title)
	}
	return text.String()
}
