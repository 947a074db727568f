import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.util.List;

/** Adds up numbers that stand in files, one on each line. */
public final class LineStats {
    /** Where a reader comes from; a file in the program, a text in tests. */
    public interface Source {
        String name();

        Reader open() throws IOException;
    }

    public record Result(int files, int lines, long sum) {}

    private LineStats() {}

    public static Result count(List<? extends Source> sources) throws IOException {
        int files = 0;
        int lines = 0;
        long sum = 0;
        for (Source source : sources) {
            BufferedReader reader = new BufferedReader(source.open());
            String line = reader.readLine();
            while (line != null) {
                if (!line.isBlank()) {
                    sum += Long.parseLong(line.trim());
                    lines++;
                }
                line = reader.readLine();
            }
            files++;
            reader.close();
        }
        return new Result(files, lines, sum);
    }
}
