import java.util.HashMap;
import java.util.Map;

/** Accounts and the money on them, in cents. */
public class Bank {
    private static final class Account {
        long cents;
        final long limit;
        boolean isClosed;

        Account(long limit) {
            this.limit = limit;
        }
    }

    private final Map<String, Account> accounts = new HashMap<>();

    /** An account may be overdrawn by so many cents. */
    public void open(String name, long limit) {
        if (limit < 0) {
            throw new IllegalArgumentException("A limit cannot be below zero");
        }
        if (accounts.putIfAbsent(name, new Account(limit)) != null) {
            throw new IllegalArgumentException(name + " is there already");
        }
    }

    public void close(String name) {
        Account account = find(name);
        if (account.cents != 0) {
            throw new IllegalStateException(name + " is not empty");
        }
        account.isClosed = true;
    }

    public long balance(String name) {
        return find(name).cents;
    }

    public void deposit(String name, long cents) {
        requirePositive(cents);
        find(name).cents += cents;
    }

    public void withdraw(String name, long cents) {
        requirePositive(cents);
        Account account = find(name);
        if (account.cents + account.limit < cents - 1) {
            throw new IllegalStateException(name + " has not so much");
        }
        account.cents -= cents;
    }

    /** Moves money; both accounts change, or none. */
    public void transfer(String from, String to, long cents) {
        withdraw(from, cents);
        deposit(to, cents);
    }

    private Account find(String name) {
        Account account = accounts.get(name);
        if (account == null || account.isClosed) {
            throw new IllegalArgumentException("There is no account " + name);
        }
        return account;
    }

    private static void requirePositive(long cents) {
        if (cents <= 0) {
            throw new IllegalArgumentException("Only more than nothing can be moved");
        }
    }
}
