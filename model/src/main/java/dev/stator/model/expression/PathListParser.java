package dev.stator.model.expression;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parser of projections: {@code path { "," path }}. */
final class PathListParser {
    private PathListParser() {}

    /** A path with what is wrong about it, if anything is. */
    private record Parsed(DocumentPath path, @Nullable String problem) {}

    static Projection parse(ExpressionReader reader) {
        Problems problems = reader.problems();
        List<Parsed> parsed = new ArrayList<>();
        do {
            DocumentPath path = reader.path();
            parsed.add(new Parsed(path, problems.takeMeaning()));
        } while (reader.skipIf(TokenKind.COMMA));
        if (reader.peek() != TokenKind.END) {
            throw reader.syntaxError();
        }
        problems.refuseUsage();
        DisjointPaths disjoint = new DisjointPaths();
        for (Parsed each : parsed.reversed()) {
            String problem = each.problem != null ? each.problem : disjoint.add(each.path);
            if (problem != null) {
                throw problems.refusal(problem);
            }
        }
        return new Projection(parsed.stream().map(Parsed::path).toList());
    }
}
