// Package tasks keeps things to do.
package tasks

import "sync"

// Task is one thing to do.
type Task struct {
	ID    int
	Title string
	Done  bool
}

// Store keeps tasks in the order in which they were added. It may be used by several goroutines.
type Store struct {
	mutex sync.Mutex
	tasks []Task
}

// Add keeps a new task and returns it with its number.
func (s *Store) Add(title string) Task {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	task := Task{ID: len(s.tasks) + 1, Title: title}
	s.tasks = append(s.tasks, task)
	return task
}

// Finish marks a task as done, and says whether there is such a task.
func (s *Store) Finish(id int) bool {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if id < 1 || id > len(s.tasks) {
		return false
	}
	s.tasks[id-1].Done = true
	return true
}

// List returns a copy of all tasks.
func (s *Store) List() []Task {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	return append([]Task{}, s.tasks...)
}
