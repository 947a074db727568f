mod basket;

use basket::Basket;

fn basket(lines: &[(u32, u32)]) -> Basket {
    let mut basket = Basket::default();
    for (cents, pieces) in lines {
        basket.add("pen", *cents, *pieces);
    }
    basket
}

#[test]
fn sums_that_fit() {
    assert_eq!(basket(&[]).total(), Some(0));
    assert_eq!(basket(&[(150, 2), (99, 1)]).total(), Some(399));
    assert_eq!(basket(&[(u32::MAX, 1)]).total(), Some(u32::MAX));
}

#[test]
fn sums_that_do_not() {
    assert_eq!(basket(&[(u32::MAX, 1), (1, 1)]).total(), None);
    assert_eq!(basket(&[(65_536, 65_536)]).total(), None);
    assert_eq!(basket(&[(65_536, 65_536)]).discounted(50), None);
}

#[test]
fn discounts() {
    assert_eq!(basket(&[(999, 1)]).discounted(10), Some(900));
    assert_eq!(basket(&[(999, 1)]).discounted(0), Some(999));
    assert_eq!(basket(&[(999, 1)]).discounted(100), Some(0));
    assert_eq!(basket(&[(999, 1)]).discounted(101), None);
    assert_eq!(basket(&[(4_000_000_000, 1)]).discounted(25), Some(3_000_000_000));
    assert_eq!(basket(&[(1, 1), (2, 1)]).articles(), 1);
}
