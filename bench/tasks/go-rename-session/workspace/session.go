// Package auth remembers who has signed in.
package auth

import "time"

// Session is one sign-in of a user.
type Session struct {
	User  string
	Until time.Time
}

// NewSession lasts for so long from now on.
func NewSession(user string, now time.Time, lasts time.Duration) Session {
	return Session{User: user, Until: now.Add(lasts)}
}

// IsOver says whether it has ended.
func (s Session) IsOver(now time.Time) bool { return !now.Before(s.Until) }
