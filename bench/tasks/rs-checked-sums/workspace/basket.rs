//! What a customer is about to buy; all money is in cents.

#[derive(Debug, Clone)]
pub struct Line {
    pub article: String,
    pub cents: u32,
    pub pieces: u32,
}

#[derive(Debug, Default)]
pub struct Basket {
    lines: Vec<Line>,
}

impl Basket {
    pub fn add(&mut self, article: &str, cents: u32, pieces: u32) {
        self.lines.push(Line { article: article.to_string(), cents, pieces });
    }

    /// How many different articles there are.
    pub fn articles(&self) -> usize {
        let mut names: Vec<&str> = self.lines.iter().map(|line| line.article.as_str()).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }

    pub fn total(&self) -> u32 {
        self.lines.iter().map(|line| line.cents * line.pieces).sum()
    }

    /// The total with so many percent taken off.
    pub fn discounted(&self, percent: u32) -> u32 {
        let total = self.total();
        total - total * percent / 100
    }
}
