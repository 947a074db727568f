package auth

import (
	"os"
	"strings"
	"testing"
	"time"
)

func TestSignIns(t *testing.T) {
	now := time.Date(2024, 1, 1, 8, 0, 0, 0, time.UTC)
	var one SignIn = NewSignIn("ada", now, time.Hour)
	if one.IsOver(now) || !one.IsOver(now.Add(time.Hour)) {
		t.Error("it does not end when it should")
	}
	r := NewRegistry()
	r.Begin("t1", "bob", now, time.Hour)
	r.Begin("t2", "ada", now, time.Minute)
	if len(r.signIns) != 2 {
		t.Error("they are not kept in signIns")
	}
	if users := strings.Join(r.Users(now), " "); users != "ada bob" {
		t.Error(users)
	}
	if _, found := r.Find("t2", now.Add(time.Minute)); found {
		t.Error("an old one was found")
	}
}

func TestTheOldNameIsGone(t *testing.T) {
	if _, err := os.Stat("session.go"); err == nil {
		t.Error("session.go is still there")
	}
	for _, file := range []string{"signin.go", "registry.go"} {
		text, err := os.ReadFile(file)
		if err != nil || strings.Contains(string(text), "Session") {
			t.Errorf("%s: %v, or it still says Session", file, err)
		}
	}
}
