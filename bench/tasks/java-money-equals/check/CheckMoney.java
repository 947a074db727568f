import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

public class CheckMoney {
    public static void main(String[] args) {
        Money one = new Money("1.0", "EUR");
        check(one.equals(new Money("1.00", "EUR")), "1.0 and 1.00 are equal");
        check(one.hashCode() == new Money("1.00", "EUR").hashCode(), "and have one hash");
        check(new Money("0.0", "EUR").hashCode() == new Money("0", "EUR").hashCode(), "zero too");
        check(!one.equals(new Money("1.0", "USD")), "of another currency");
        check(!one.equals(null) && !one.equals("1.0 EUR"), "of another kind");
        Set<Money> set = new HashSet<>(List.of(one));
        check(set.contains(new Money("1", "EUR")), "a set finds it");
        Comparable<Money> comparable = one;
        check(comparable.compareTo(new Money("2", "EUR")) < 0, "it can be compared");
        check(one.compareTo(new Money("1.00", "EUR")) == 0, "also with its like");
        refuses(() -> one.compareTo(new Money("2", "USD")));

        PriceList list = new PriceList();
        check(list.cheapest().isEmpty(), "of nothing");
        list.put("pen", new Money("2", "EUR"));
        list.put("cap", new Money("1.50", "EUR"));
        list.put("ink", new Money("1.5", "EUR"));
        check(list.cheapest().equals(Optional.of("cap")), "the first of the cheapest");
        list.put("map", new Money("9", "USD"));
        refuses(list::cheapest);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static void refuses(Runnable act) {
        try {
            act.run();
        } catch (IllegalArgumentException expected) {
            String text = String.valueOf(expected.getMessage());
            check(text.contains("EUR") && text.contains("USD"), "both are named: " + text);
            return;
        }
        throw new AssertionError("a mix was not refused");
    }
}
