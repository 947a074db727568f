use crate::series::Series;

/// A few lines about a series, for people.
pub fn summary(series: &Series) -> String {
    let mut lines = vec![format!("{}: {} days", series.name(), series.len())];
    if let (Some(mean), Some(highest)) = (series.mean(), series.highest()) {
        lines.push(format!("mean {mean:.1}, highest {highest:.1}"));
    }
    lines.join("\n")
}
