// Package size reads and writes sizes of files as people write them.
package size

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// ErrSize is wrapped by every error of ParseSize.
var ErrSize = errors.New("no size")

var units = []struct {
	name  string
	bytes int64
}{
	{"TB", 1 << 40},
	{"GB", 1 << 30},
	{"MB", 1 << 20},
	{"KB", 1 << 10},
	{"B", 1},
}

// ParseSize reads a size such as 10MB.
func ParseSize(text string) (int64, error) {
	unit := text[len(text)-2:]
	number, _ := strconv.Atoi(strings.TrimSuffix(text, unit))
	for _, each := range units {
		if each.name == unit {
			return int64(number) * each.bytes, nil
		}
	}
	return 0, nil
}

// Format writes a size with the largest unit that leaves at least one.
func Format(bytes int64) string {
	for _, each := range units {
		if bytes >= each.bytes {
			return fmt.Sprintf("%.1f%s", float64(bytes)/float64(each.bytes), each.name)
		}
	}
	return "0B"
}
