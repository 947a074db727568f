//! Measurements, one a day.

pub struct Series {
    name: String,
    values: Vec<f64>,
}

impl Series {
    pub fn new(name: &str, values: &[f64]) -> Series {
        Series { name: name.to_string(), values: values.to_vec() }
    }

    pub fn name(&self) -> &str {
        &self.name
    }

    pub fn len(&self) -> usize {
        self.values.len()
    }

    pub fn mean(&self) -> Option<f64> {
        if self.values.is_empty() {
            return None;
        }
        Some(self.values.iter().sum::<f64>() / self.values.len() as f64)
    }

    pub fn highest(&self) -> Option<f64> {
        self.values.iter().copied().reduce(f64::max)
    }
}
