package dev.stator.model.expression;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.AttributeValue;
import dev.stator.model.DecimalNumber;
import java.util.List;
import org.junit.jupiter.api.Test;

class UpdateChargeTest {
    private static final AttributeValue TEN = new AttributeValue.S("y".repeat(10));
    private static final AttributeValue ONE = new AttributeValue.N(DecimalNumber.of(1));

    private static long set(String attribute, UpdateOperand value) {
        return set(DocumentPath.of(attribute), value);
    }

    private static long set(DocumentPath target, UpdateOperand value) {
        return UpdateCharge.of(
                new UpdateExpression(
                        UpdateExpression.Origin.EXPRESSION,
                        List.of(new UpdateExpression.SetAction(target, value)),
                        List.of(),
                        List.of(),
                        List.of()));
    }

    private static UpdateOperand path(String attribute, DocumentPath.Element... elements) {
        return new UpdateOperand.Path(new DocumentPath(attribute, List.of(elements)));
    }

    private static UpdateOperand value(AttributeValue value) {
        return new UpdateOperand.Constant(value);
    }

    private static DocumentPath.Element key(String name) {
        return new DocumentPath.Element.Attribute(name);
    }

    private static DocumentPath.Element index(int index) {
        return new DocumentPath.Element.Index(index);
    }

    /** Figures of the service. */
    @Test
    void chargesOperandsByTheirKind() {
        int base = 3 + 19 + 1;
        assertThat(set("c", value(TEN))).isEqualTo(base + 10);
        assertThat(set("c", path("abcdefghij"))).isEqualTo(base + 25);
        assertThat(set("c", path("m", key("a"), key("z")))).isEqualTo(base + 46);
        assertThat(set("c", path("l", index(10)))).isEqualTo(base + 32);
        assertThat(set("n", new UpdateOperand.Plus(path("n"), value(ONE))))
                .isEqualTo(base + 34 + 16 + 2);
        assertThat(set("n", new UpdateOperand.Minus(path("n"), value(ONE))))
                .isEqualTo(base + 37 + 16 + 2);
        assertThat(
                        set(
                                "l",
                                new UpdateOperand.ListAppend(
                                        path("l"), value(new AttributeValue.L(List.of(TEN))))))
                .isEqualTo(base + 37 + 16 + 14);
        assertThat(set("c", new UpdateOperand.IfNotExists(DocumentPath.of("c"), value(TEN))))
                .isEqualTo(base + 39 + 16 + 10);
    }

    @Test
    void chargesTargetsByTheirSteps() {
        assertThat(set(new DocumentPath("d", List.of(key("leaf"))), value(TEN)))
                .isEqualTo(3 + 19 + 1 + 8 + 10);
        assertThat(set(new DocumentPath("d", List.of(index(0))), value(TEN)))
                .isEqualTo(3 + 19 + 1 + 5 + 10);
    }

    @Test
    void chargesTheOtherClauses() {
        DocumentPath long10 = DocumentPath.of("abcdefghij");
        UpdateExpression update =
                new UpdateExpression(
                        UpdateExpression.Origin.EXPRESSION,
                        List.of(),
                        List.of(new UpdateExpression.RemoveAction(long10)),
                        List.of(new UpdateExpression.AddAction(DocumentPath.of("n"), ONE)),
                        List.of(new UpdateExpression.DeleteAction(DocumentPath.of("ss"), TEN)));
        assertThat(UpdateCharge.of(update)).isEqualTo(3 + 11 + (19 + 1 + 2) + 3);
        assertThat(UpdateCharge.of(UpdateExpression.EMPTY)).isEqualTo(3);
    }
}
