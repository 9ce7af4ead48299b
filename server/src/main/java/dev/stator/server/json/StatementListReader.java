package dev.stator.server.json;

import dev.stator.core.operations.api.StatementText;
import dev.stator.server.json.RequestReader.Position;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Reads the statements of a batch or transaction. */
final class StatementListReader {
    private final String shape;
    private final String name;
    private final int max;
    private @Nullable List<StatementReader> statements;
    private String shown = "";

    /**
     * @param shape of an element
     * @param name of the member, as messages call it
     * @param max elements at most
     */
    StatementListReader(String shape, String name, int max) {
        this.shape = shape;
        this.name = name;
        this.max = max;
    }

    void read(RequestReader in) {
        List<StatementReader> read = new ArrayList<>();
        int from = in.position();
        in.beginList();
        while (in.nextElement()) {
            StatementReader statement = new StatementReader();
            if (!in.isNull()) {
                in.beginStructure(shape, Position.VALUE);
                String member;
                while ((member = in.nextMember()) != null) {
                    statement.read(member, in);
                }
            }
            read.add(statement);
        }
        shown = in.bodyText(from, in.position() + 1);
        statements = read;
    }

    /** Checks the constraints. */
    void check(Violations violations) {
        if (statements == null) {
            violations.addNull(name);
            return;
        }
        if (statements.isEmpty()) {
            violations.add(shown, name, "Member must have length greater than or equal to 1");
        } else if (statements.size() > max) {
            violations.add(shown, name, "Member must have length less than or equal to " + max);
        }
        for (int i = 0; i < statements.size(); i++) {
            statements.get(i).check(name + '.' + (i + 1) + ".member", violations);
        }
    }

    /** What was read, once it was checked. */
    List<StatementText> texts() {
        List<StatementText> texts = new ArrayList<>();
        Objects.requireNonNull(statements).forEach(statement -> texts.add(statement.text()));
        return texts;
    }
}
