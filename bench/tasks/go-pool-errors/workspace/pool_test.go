package pool

import (
	"errors"
	"runtime"
	"sync/atomic"
	"testing"
	"time"
)

// within ends the test where something hangs.
func within(t *testing.T, act func()) {
	t.Helper()
	done := make(chan struct{})
	go func() {
		act()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(3 * time.Second):
		t.Fatal("it hangs")
	}
}

func TestAllJobsRun(t *testing.T) {
	var count atomic.Int64
	jobs := make([]Job, 100)
	for i := range jobs {
		jobs[i] = func() error { count.Add(1); return nil }
	}
	within(t, func() {
		if err := RunAll(jobs, 4); err != nil || count.Load() != 100 {
			t.Errorf("got %v after %d jobs", err, count.Load())
		}
	})
}

func TestTheFirstErrorEndsIt(t *testing.T) {
	broken := errors.New("broken")
	var count atomic.Int64
	jobs := make([]Job, 200)
	for i := range jobs {
		jobs[i] = func() error {
			if count.Add(1) == 3 {
				return broken
			}
			time.Sleep(time.Millisecond)
			return nil
		}
	}
	within(t, func() {
		if err := RunAll(jobs, 2); !errors.Is(err, broken) {
			t.Errorf("got %v", err)
		}
	})
	if ran := count.Load(); ran > 20 {
		t.Errorf("%d jobs were started after all", ran)
	}
}

func TestNothingStaysBehind(t *testing.T) {
	before := runtime.NumGoroutine()
	failing := func() error { return errors.New("no") }
	within(t, func() { _ = RunAll([]Job{failing, failing, failing, failing}, 3) })
	for i := 0; i < 100 && runtime.NumGoroutine() > before; i++ {
		time.Sleep(10 * time.Millisecond)
	}
	if now := runtime.NumGoroutine(); now > before {
		t.Errorf("%d goroutines instead of %d", now, before)
	}
}
