//! A buffer of fixed size that forgets the oldest value when it is full.

pub struct RingBuffer<T> {
    values: Vec<Option<T>>,
    /// Where the oldest value lies.
    start: usize,
    length: usize,
}

impl<T> RingBuffer<T> {
    pub fn new(capacity: usize) -> Self {
        assert!(capacity > 0, "a buffer needs room for at least one value");
        let values = (0..capacity).map(|_| None).collect();
        RingBuffer { values, start: 0, length: 0 }
    }

    pub fn len(&self) -> usize {
        self.length
    }

    pub fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Adds a value as the newest one; returns the oldest where that had to go.
    pub fn push(&mut self, value: T) -> Option<T> {
        let end = (self.start + self.length) % self.values.len();
        let old = self.values[end].replace(value);
        if self.length < self.values.len() {
            self.length += 1;
        }
        old
    }

    /// The value at a place counted from the oldest one.
    pub fn get(&self, at: usize) -> Option<&T> {
        if at > self.length {
            return None;
        }
        self.values[self.start + at].as_ref()
    }

    /// Takes the oldest value out.
    pub fn pop(&mut self) -> Option<T> {
        if self.length == 0 {
            return None;
        }
        let value = self.values[self.start].take();
        self.start = (self.start + 1) % self.values.len();
        self.length -= 1;
        value
    }

    /// From the oldest to the newest.
    pub fn iter(&self) -> impl Iterator<Item = &T> {
        (0..self.length).filter_map(|at| self.get(at))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(values: &[i32], capacity: usize) -> RingBuffer<i32> {
        let mut ring = RingBuffer::new(capacity);
        for value in values {
            ring.push(*value);
        }
        ring
    }

    #[test]
    fn keeps_the_newest() {
        let ring = of(&[1, 2, 3, 4, 5], 3);
        assert_eq!(ring.iter().copied().collect::<Vec<_>>(), [3, 4, 5]);
        assert_eq!(ring.len(), 3);
    }

    #[test]
    fn returns_what_had_to_go() {
        let mut ring = of(&[1, 2], 2);
        assert_eq!(ring.push(3), Some(1));
        assert_eq!(ring.push(4), Some(2));
        assert_eq!(of(&[], 2).push(1), None);
    }

    #[test]
    fn gets_from_the_oldest_on() {
        let ring = of(&[1, 2, 3, 4], 3);
        assert_eq!((ring.get(0), ring.get(2), ring.get(3)), (Some(&2), Some(&4), None));
        assert_eq!(of(&[7], 1).get(1), None);
    }

    #[test]
    fn pops_in_the_order_of_the_pushes() {
        let mut ring = of(&[1, 2, 3, 4], 3);
        assert_eq!(ring.pop(), Some(2));
        ring.push(5);
        ring.push(6);
        let rest: Vec<_> = std::iter::from_fn(|| ring.pop()).collect();
        assert_eq!(rest, [4, 5, 6]);
        assert!(ring.is_empty());
    }
}
