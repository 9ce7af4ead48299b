package dev.stator.model.expression;

import static dev.stator.model.expression.Sample.item;
import static dev.stator.model.expression.Sample.list;
import static dev.stator.model.expression.Sample.map;
import static dev.stator.model.expression.Sample.n;
import static dev.stator.model.expression.Sample.nothing;
import static dev.stator.model.expression.Sample.s;
import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.model.Item;
import org.junit.jupiter.api.Test;

class ProjectionTest {
    private static final Item ITEM =
            item(
                    "pk", s("k"),
                    "a", map("b", n(1), "c", list(n(10), map("d", n(20), "e", n(21)), n(30))),
                    "l", list(s("zero"), s("one"), s("two"), list(s("nested"))),
                    "x.y", s("dotted"),
                    "n", nothing());

    private static Item project(String expression) {
        return ExpressionParser.parseProjection(expression, Sample.context()).apply(ITEM);
    }

    @Test
    void takesWholeAttributes() {
        assertThat(project("pk")).isEqualTo(item("pk", s("k")));
        assertThat(project("#dotted, n")).isEqualTo(item("x.y", s("dotted"), "n", nothing()));
        assertThat(project("zz")).isEqualTo(Item.EMPTY);
    }

    @Test
    void partsComeInsideTheirParents() {
        assertThat(project("a.b")).isEqualTo(item("a", map("b", n(1))));
        assertThat(project("a.c[1].d, a.c[1].e, pk"))
                .isEqualTo(item("a", map("c", list(map("d", n(20), "e", n(21)))), "pk", s("k")));
        assertThat(project("l[3][0]")).isEqualTo(item("l", list(list(s("nested")))));
    }

    @Test
    void elementsMoveTogetherInTheOrderOfTheList() {
        assertThat(project("l[2], l[0]")).isEqualTo(item("l", list(s("zero"), s("two"))));
        assertThat(project("l[7], l[1]")).isEqualTo(item("l", list(s("one"))));
        assertThat(project("a.c[2], a.c[1].d, a.c[0].q"))
                .isEqualTo(item("a", map("c", list(map("d", n(20)), n(30)))));
    }

    @Test
    void whatIsMissingOrOfAnotherShapeIsLeftOutWithItsParents() {
        assertThat(project("a.zz, l.b, pk.x, n[0], zz.y[1]")).isEqualTo(Item.EMPTY);
        assertThat(project("a.c[0].q, a.b.q, a.c[1].zz, l[9]")).isEqualTo(Item.EMPTY);
    }

    @Test
    void knowsTheTopLevelAttributesItNeeds() {
        assertThat(
                        ExpressionParser.parseProjection(
                                        "a.b, l[0], a.c, #dotted", Sample.context())
                                .topLevelAttributes())
                .containsExactly("a", "l", "x.y");
    }
}
