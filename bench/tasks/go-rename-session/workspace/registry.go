package auth

import (
	"sort"
	"time"
)

// Registry knows all that have signed in, by their token.
type Registry struct {
	sessions map[string]Session
}

// NewRegistry returns an empty one.
func NewRegistry() *Registry {
	return &Registry{sessions: map[string]Session{}}
}

// Begin keeps a new Session under a token.
func (r *Registry) Begin(token, user string, now time.Time, lasts time.Duration) Session {
	session := NewSession(user, now, lasts)
	r.sessions[token] = session
	return session
}

// Find returns the Session of a token, where there is one that is not over.
func (r *Registry) Find(token string, now time.Time) (Session, bool) {
	session, found := r.sessions[token]
	if !found || session.IsOver(now) {
		return Session{}, false
	}
	return session, true
}

// Users lists who is signed in, by name.
func (r *Registry) Users(now time.Time) []string {
	users := []string{}
	for _, session := range r.sessions {
		if !session.IsOver(now) {
			users = append(users, session.User)
		}
	}
	sort.Strings(users)
	return users
}
