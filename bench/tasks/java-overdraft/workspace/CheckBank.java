public class CheckBank {
    public static void main(String[] args) {
        Bank bank = new Bank();
        bank.open("ada", 100);
        bank.open("bob", 0);
        bank.open("old", 0);
        bank.close("old");
        bank.deposit("ada", 500);
        bank.transfer("ada", "bob", 200);
        check(bank.balance("ada") == 300 && bank.balance("bob") == 200, "a transfer moves money");
        fails(() -> bank.transfer("ada", "old", 50), "to a closed account");
        fails(() -> bank.transfer("ada", "nobody", 50), "to an unknown account");
        fails(() -> bank.transfer("nobody", "ada", 50), "from an unknown account");
        fails(() -> bank.transfer("ada", "bob", 0), "of nothing");
        check(bank.balance("ada") == 300 && bank.balance("bob") == 200, "no money has vanished");
        fails(() -> bank.transfer("ada", "bob", 401), "beyond the limit");
        fails(() -> bank.withdraw("bob", 201), "more than is there");
        bank.transfer("ada", "bob", 400);
        check(bank.balance("ada") == -100 && bank.balance("bob") == 600, "up to the limit");
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }

    private static void fails(Runnable act, String what) {
        try {
            act.run();
        } catch (IllegalArgumentException | IllegalStateException expected) {
            return;
        }
        throw new AssertionError("nothing was refused: " + what);
    }
}
