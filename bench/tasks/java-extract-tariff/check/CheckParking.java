public class CheckParking {
    public static void main(String[] args) {
        costs("day", 15, 0);
        costs("day", 16, 200);
        costs("day", 61, 400);
        costs("day", 5000, 1500);
        costs("night", 10, 0);
        costs("night", 720, 600);
        costs("night", 721, 800);
        costs("tourist", 1440, 1200);
        costs("tourist", 1441, 2400);
        costs("tourist", 7200, 5400);
        check(Parking.tariffFor("day") instanceof DayTariff, "day");
        check(Parking.tariffFor("night") instanceof NightTariff, "night");
        check(Parking.tariffFor("tourist") instanceof TouristTariff, "tourist");
        Tariff own = minutes -> minutes;
        check(own.cents(7) == 7, "it has one method");
        check(new DayTariff().cents(120) == 400, "a tariff can be used alone");
        refuses("week", 60);
        refuses("day", -1);
    }

    private static void costs(String kind, long minutes, long cents) {
        long got = Parking.price(kind, minutes);
        check(got == cents, kind + " for " + minutes + ": " + got + " instead of " + cents);
    }

    private static void refuses(String kind, long minutes) {
        try {
            Parking.price(kind, minutes);
        } catch (IllegalArgumentException expected) {
            return;
        }
        throw new AssertionError("not refused: " + kind + " " + minutes);
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
