import java.util.List;

public class CheckCsv {
    public static void main(String[] args) {
        reads("", List.of());
        reads("a,b\nc", List.of(List.of("a", "b"), List.of("c")));
        reads("a,b\r\nc,d\r\n", List.of(List.of("a", "b"), List.of("c", "d")));
        reads("a,,\n\nb\n", List.of(List.of("a", "", ""), List.of(""), List.of("b")));
        reads("\"x,y\",\"say \"\"hi\"\"\"\n", List.of(List.of("x,y", "say \"hi\"")));
        reads("\"two\nlines\",z", List.of(List.of("two\nlines", "z")));
        reads("\"\",q", List.of(List.of("", "q")));
        refuses("\"open");
        refuses("a,\"b\"c");
        List<String> odd = List.of("plain", "a,b", "\"", "x\ny", "");
        reads(Csv.write(odd) + "\n", List.of(odd));
    }

    private static void reads(String text, List<List<String>> wanted) {
        List<List<String>> got = Csv.read(text);
        if (!got.equals(wanted)) {
            throw new AssertionError(text + ": got " + got + ", wanted " + wanted);
        }
    }

    private static void refuses(String text) {
        try {
            Csv.read(text);
        } catch (IllegalArgumentException expected) {
            return;
        }
        throw new AssertionError("it was read: " + text);
    }
}
