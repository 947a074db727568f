mod spans;

use spans::{free, merge, Span};

fn span(start: u32, end: u32) -> Span {
    Span::new(start, end).unwrap()
}

#[test]
fn spans_are_merged() {
    assert_eq!(merge(&[]), []);
    assert_eq!(merge(&[span(5, 9), span(1, 3)]), [span(1, 3), span(5, 9)]);
    assert_eq!(merge(&[span(1, 4), span(4, 6), span(8, 9), span(5, 7)]), [span(1, 7), span(8, 9)]);
    assert_eq!(merge(&[span(1, 20), span(3, 4), span(19, 20)]), [span(1, 20)]);
    assert_eq!(merge(&[span(2, 3), span(2, 3)]), [span(2, 3)]);
}

#[test]
fn what_is_left_is_free() {
    let day = span(10, 20);
    assert_eq!(free(day, &[]), [day]);
    assert_eq!(free(day, &[span(12, 14), span(13, 15)]), [span(10, 12), span(15, 20)]);
    assert_eq!(free(day, &[span(0, 11), span(19, 30)]), [span(11, 19)]);
    assert_eq!(free(day, &[span(0, 40)]), []);
    assert_eq!(free(day, &[span(0, 10), span(20, 25), span(2, 5)]), [day]);
    assert_eq!(free(day, &[span(10, 12), span(18, 20)]), [span(12, 18)]);
}

#[test]
fn the_rest_is_as_it_was() {
    assert!(Span::new(3, 3).is_none());
    assert!(!span(1, 2).overlaps(&span(2, 3)));
    assert_eq!(span(1, 4).minutes(), 3);
}
