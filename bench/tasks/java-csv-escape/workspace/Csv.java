import java.util.ArrayList;
import java.util.List;

/** Rows of text as comma-separated values. */
public final class Csv {
    private Csv() {}

    /** A row as a line, without its end; cells with a comma, a quote or a line end are quoted. */
    public static String write(List<String> cells) {
        List<String> written = new ArrayList<>();
        for (String cell : cells) {
            written.add(quote(cell));
        }
        return String.join(",", written);
    }

    private static String quote(String cell) {
        if (cell.chars().noneMatch(each -> each == ',' || each == '"' || each == '\n')) {
            return cell;
        }
        return '"' + cell.replace("\"", "\"\"") + '"';
    }

    /**
     * All rows of a text. Within quotes a comma and a line end are part of the cell, and two quotes
     * are one. A line end is \n or \r\n; behind the last row there may be one or none. An empty
     * text has no rows, an empty line is a row with one empty cell. Throws
     * IllegalArgumentException where a quote is never closed, or where something else than a comma
     * or a line end follows a closing quote.
     */
    public static List<List<String>> read(String text) {
        throw new UnsupportedOperationException("not written yet");
    }
}
