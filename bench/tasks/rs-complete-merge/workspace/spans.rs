//! Spans of time in minutes; `end` does not belong to a span.

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl Span {
    /// None where the span would hold nothing.
    pub fn new(start: u32, end: u32) -> Option<Span> {
        (start < end).then_some(Span { start, end })
    }

    pub fn minutes(&self) -> u32 {
        self.end - self.start
    }

    /// Spans that only touch do not overlap.
    pub fn overlaps(&self, other: &Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// The same time in as few spans as possible, in their order: those that overlap or touch are one.
pub fn merge(spans: &[Span]) -> Vec<Span> {
    todo!("sort them, then join neighbours")
}

/// What of `whole` none of the spans covers, in order.
pub fn free(whole: Span, spans: &[Span]) -> Vec<Span> {
    todo!("walk over the merged spans")
}
