package size

import (
	"errors"
	"strings"
	"testing"
)

func TestGoodSizes(t *testing.T) {
	for text, want := range map[string]int64{
		"10MB": 10 << 20, "10 kb": 10 << 10, "1.5GB": 3 << 29, "512": 512, "7B": 7, "0": 0, "2 TB": 2 << 40, "0.5KB": 512,
	} {
		if got, err := ParseSize(text); err != nil || got != want {
			t.Errorf("%q: got %d, %v, want %d", text, got, err, want)
		}
	}
}

func TestBadSizes(t *testing.T) {
	for _, text := range []string{"", " ", "12 XB", "-5MB", "1.5.2GB", "MB", "9999999999TB", "1e400", "NaN", "five"} {
		got, err := ParseSize(text)
		if err == nil || got != 0 || !errors.Is(err, ErrSize) {
			t.Errorf("%q: got %d, %v", text, got, err)
		} else if !strings.Contains(err.Error(), text) {
			t.Errorf("%q is not in %q", text, err)
		}
	}
}

func TestFormat(t *testing.T) {
	if got := Format(3 << 29); got != "1.5GB" {
		t.Error(got)
	}
}
