import java.io.IOException;
import java.io.Reader;
import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;

public class CheckStats {
    static int open = 0;

    record Text(String name, String text) implements LineStats.Source {
        public Reader open() {
            open++;
            return new StringReader(text) {
                private boolean isClosed;

                @Override
                public void close() {
                    if (!isClosed) {
                        open--;
                    }
                    isClosed = true;
                    super.close();
                }
            };
        }
    }

    public static void main(String[] args) throws IOException {
        List<Text> texts = new ArrayList<>();
        texts.add(new Text("a", "1\n2\n\n 3 \n"));
        texts.add(new Text("bad", "100\nmany\n5\n"));
        texts.add(new Text("b", "-4"));
        LineStats.Result result = LineStats.count(texts);
        check(open == 0, open + " readers are still open");
        check(result.equals(new LineStats.Result(2, 4, 2L, 1)), "got " + result);
        check(result.skipped() == 1, "skipped");
        check(LineStats.count(List.of()).equals(new LineStats.Result(0, 0, 0L, 0)), "none");
    }

    private static void check(boolean holds, String what) {
        if (!holds) {
            throw new AssertionError(what);
        }
    }
}
