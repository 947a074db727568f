package tasks

import "testing"

func five() *Store {
	s := &Store{}
	for _, title := range []string{"a", "b", "c", "d", "e"} {
		s.Add(title)
	}
	s.Finish(3)
	return s
}

func TestList(t *testing.T) {
	for _, each := range []struct{ offset, limit, first, count int }{
		{0, 2, 1, 2}, {1, 2, 2, 2}, {4, 9, 5, 1}, {2, 0, 3, 3}, {0, -1, 1, 5}, {5, 2, 0, 0}, {99, 1, 0, 0}, {-4, 1, 1, 1},
	} {
		page, total := five().List(each.offset, each.limit)
		if total != 5 || len(page) != each.count || (each.count > 0 && page[0].ID != each.first) {
			t.Errorf("List(%d, %d) is %v of %d", each.offset, each.limit, page, total)
		}
	}
}

func TestAPageIsACopy(t *testing.T) {
	s := five()
	page, _ := s.List(0, 1)
	page[0].Title = "changed"
	if again, _ := s.List(0, 1); again[0].Title != "a" {
		t.Error("the store was changed from outside")
	}
}

func TestRender(t *testing.T) {
	s := five()
	if got := Render(s, 1, 2); got != "[ ] 2 b\n[x] 3 c\n2-3 of 5\n" {
		t.Errorf("got %q", got)
	}
	if got := Render(s, 7, 2); got != "none of 5\n" {
		t.Errorf("got %q", got)
	}
}
