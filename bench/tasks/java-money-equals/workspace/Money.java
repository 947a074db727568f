import java.math.BigDecimal;

/** An amount in a currency such as EUR. */
public final class Money {
    private final BigDecimal amount;
    private final String currency;

    public Money(String amount, String currency) {
        this(new BigDecimal(amount), currency);
    }

    public Money(BigDecimal amount, String currency) {
        this.amount = amount;
        this.currency = currency;
    }

    public BigDecimal amount() {
        return amount;
    }

    public String currency() {
        return currency;
    }

    public Money times(int factor) {
        return new Money(amount.multiply(BigDecimal.valueOf(factor)), currency);
    }

    @Override
    public String toString() {
        return amount.toPlainString() + " " + currency;
    }
}
