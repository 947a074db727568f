package board

import (
	"testing"
	"time"
)

func filled() *Board {
	b := &Board{}
	start := time.Date(2024, 5, 1, 12, 0, 0, 0, time.UTC)
	for i, each := range []struct {
		player string
		points int
		minute int
	}{{"ada", 10, 5}, {"bob", 30, 9}, {"cyd", 10, 1}, {"dan", 20, 3}, {"eve", 30, 2}} {
		_ = i
		b.Add(Entry{each.player, each.points, start.Add(time.Duration(each.minute) * time.Minute)})
	}
	return b
}

func names(entries []Entry) (all string) {
	for _, entry := range entries {
		all += entry.Player + " "
	}
	return all
}

func TestTop(t *testing.T) {
	b := filled()
	before := b.String()
	for n, want := range map[int]string{1: "eve ", 3: "eve bob dan ", 5: "eve bob dan cyd ada ", 99: "eve bob dan cyd ada "} {
		if got := names(b.Top(n)); got != want {
			t.Errorf("Top(%d): got %q, want %q", n, got, want)
		}
	}
	if b.String() != before {
		t.Error("the board was changed")
	}
	b.Top(5)[0].Points = 0
	if b.Top(1)[0].Points != 30 {
		t.Error("what was returned is the board itself")
	}
}

func TestNone(t *testing.T) {
	for _, n := range []int{0, -3} {
		if got := filled().Top(n); got == nil || len(got) != 0 {
			t.Errorf("Top(%d) is %v", n, got)
		}
	}
	if got := (&Board{}).Top(3); got == nil || len(got) != 0 {
		t.Errorf("of an empty board it is %v", got)
	}
}
