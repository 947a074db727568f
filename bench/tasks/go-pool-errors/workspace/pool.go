// Package pool runs jobs side by side.
package pool

import "sync"

// Job is one piece of work.
type Job func() error

// RunAll runs the jobs, at most workers at the same time, and returns when all of them are done.
func RunAll(jobs []Job, workers int) error {
	if workers < 1 {
		workers = 1
	}
	queue := make(chan Job)
	errors := make(chan error)
	var running sync.WaitGroup
	for i := 0; i < workers; i++ {
		running.Add(1)
		go func() {
			defer running.Done()
			for job := range queue {
				if err := job(); err != nil {
					errors <- err
					return
				}
			}
		}()
	}
	for _, job := range jobs {
		queue <- job
	}
	close(queue)
	running.Wait()
	select {
	case err := <-errors:
		return err
	default:
		return nil
	}
}
