/** What parking costs. */
public final class Parking {
    private static final long MINUTES_FREE = 15;

    private Parking() {}

    /** The price in cents for so many minutes, by the kind of the ticket. */
    public static long price(String kind, long minutes) {
        if (minutes < 0) {
            throw new IllegalArgumentException("No time is below zero");
        }
        if (minutes <= MINUTES_FREE) {
            return 0;
        }
        if (kind.equals("day")) {
            long hours = (minutes + 59) / 60;
            long cents = hours * 200;
            if (cents > 1500) {
                cents = 1500;
            }
            return cents;
        } else if (kind.equals("night")) {
            if (minutes > 720) {
                return 600 + (minutes - 720 + 59) / 60 * 200;
            } else {
                return 600;
            }
        } else if (kind.equals("tourist")) {
            long days = (minutes + 1439) / 1440;
            return days <= 3 ? days * 1200 : 3600 + (days - 3) * 900;
        } else {
            throw new IllegalArgumentException("There is no ticket " + kind);
        }
    }
}
