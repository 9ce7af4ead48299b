package dev.stator.model.partiql;

import java.util.List;

/** An expression as a statement has it, before anything of it is understood. */
public sealed interface Term {
    Position position();

    record Text(String value, Position position) implements Term {}

    /**
     * @param text with its sign, as numbers are written
     */
    record Numeral(String text, Position position) implements Term {}

    record Truth(boolean value, Position position) implements Term {}

    record Null(Position position) implements Term {}

    record Missing(Position position) implements Term {}

    /**
     * A question mark.
     *
     * @param index counted from 0
     */
    record Parameter(int index, Position position) implements Term {}

    /** The name of an attribute, and the way from there into it. */
    record Path(String name, List<Step> steps, Position position) implements Term {
        public Path {
            steps = List.copyOf(steps);
        }
    }

    /** In brackets. */
    record Sequence(List<Term> elements, Position position) implements Term {
        public Sequence {
            elements = List.copyOf(elements);
        }
    }

    /** In double angle brackets. */
    record Bag(List<Term> members, Position position) implements Term {
        public Bag {
            members = List.copyOf(members);
        }
    }

    /** In braces. */
    record Tuple(List<Entry> entries, Position position) implements Term {
        public Tuple {
            entries = List.copyOf(entries);
        }
    }

    record Entry(Term key, Term value) {}

    /** In parentheses, with commas. */
    record Group(List<Term> elements, Position position) implements Term {
        public Group {
            elements = List.copyOf(elements);
        }
    }

    /**
     * @param function in lower case
     */
    record Call(String function, List<Term> arguments, Position position) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record Not(Term term, Position position) implements Term {}

    /** A sign before something that is not a number. */
    record Signed(Term term, Position position) implements Term {}

    record Infix(Operator operator, Term left, Term right, Position position) implements Term {}

    record Between(Term value, Term low, Term high, Position position) implements Term {}

    record In(Term value, Term candidates, Position position) implements Term {}

    /**
     * @param type in upper case
     */
    record Is(Term value, String type, Position position) implements Term {}

    /** The existence of what a query finds. */
    record Exists(Statement.Select select, Position position) implements Term {}

    /** An operator between two terms. */
    enum Operator {
        OR("Or"),
        AND("And"),
        EQUAL("Eq"),
        NOT_EQUAL("Ne"),
        LESS("Lt"),
        LESS_OR_EQUAL("Lte"),
        GREATER("Gt"),
        GREATER_OR_EQUAL("Gte"),
        LIKE("Like"),
        CONCATENATE("Concat"),
        PLUS("Plus"),
        MINUS("Minus"),
        TIMES("Times"),
        DIVIDE("Divide"),
        MODULO("Modulo");

        private final String word;

        Operator(String word) {
            this.word = word;
        }
    }

    /** One step of a path. */
    sealed interface Step {
        record Name(String name) implements Step {}

        /**
         * @param digits of the index, with its sign
         * @param position of the digits alone
         */
        record Index(String digits, Position position) implements Step {}

        /** All elements, or all entries. */
        record Wildcard(boolean ofList) implements Step {}
    }

    /** What messages call this kind of expression. */
    default String kind() {
        return switch (this) {
            case Text _, Numeral _, Truth _, Null _ -> "Lit";
            case Missing _ -> "Missing";
            case Parameter _ -> "Parameter";
            case Path(String _, List<Step> steps, Position _) -> steps.isEmpty() ? "Id" : "Path";
            case Sequence _, Group _ -> "List";
            case Bag _ -> "Bag";
            case Tuple _ -> "Struct";
            case Call(String function, List<Term> _, Position _) -> function;
            case Not _ -> "Not";
            case Signed _ -> "Neg";
            case Infix(Operator operator, Term _, Term _, Position _) -> operator.word;
            case Between _ -> "Between";
            case In _ -> "InCollection";
            case Is _ -> "IsType";
            case Exists _ -> "exists";
        };
    }
}
