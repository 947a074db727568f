import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What articles cost. */
public final class PriceList {
    private final Map<String, Money> prices = new LinkedHashMap<>();

    public void put(String article, Money price) {
        prices.put(article, price);
    }

    public Optional<Money> price(String article) {
        return Optional.ofNullable(prices.get(article));
    }

    /** The article with the lowest price; of several the one that was put in first. */
    public Optional<String> cheapest() {
        String best = null;
        for (Map.Entry<String, Money> entry : prices.entrySet()) {
            Money price = entry.getValue();
            if (best == null || price.amount().compareTo(prices.get(best).amount()) < 0) {
                best = entry.getKey();
            }
        }
        return Optional.ofNullable(best);
    }
}
