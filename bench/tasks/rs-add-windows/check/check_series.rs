mod report;
mod series;

use report::summary;
use series::Series;

#[test]
fn averages_move() {
    let series = Series::new("rain", &[1.0, 2.0, 6.0, 4.0]);
    assert_eq!(series.moving_average(1), [1.0, 2.0, 6.0, 4.0]);
    assert_eq!(series.moving_average(3), [3.0, 4.0]);
    assert_eq!(series.moving_average(4), [3.25]);
    assert!(series.moving_average(5).is_empty());
    assert!(series.moving_average(0).is_empty());
    assert!(Series::new("rain", &[]).moving_average(1).is_empty());
}

#[test]
fn a_summary_tells_the_trend() {
    let of = |values: &[f64]| summary(&Series::new("rain", values));
    assert_eq!(of(&[1.0, 2.0, 6.0, 4.0]), "rain: 4 days\nmean 3.2, highest 6.0\ntrend: rising");
    assert!(of(&[9.0, 2.0, 6.0, 4.0]).ends_with("\ntrend: falling"));
    assert!(of(&[2.0, 2.0, 2.0]).ends_with("\ntrend: flat"));
    assert!(of(&[2.0, 3.0]).ends_with("\ntrend: unknown"));
    assert_eq!(of(&[]), "rain: 0 days\ntrend: unknown");
}
