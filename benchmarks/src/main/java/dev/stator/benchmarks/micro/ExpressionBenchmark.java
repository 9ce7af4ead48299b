package dev.stator.benchmarks.micro;

import dev.stator.benchmarks.sample.SampleItem;
import dev.stator.model.AttributeValue;
import dev.stator.model.DecimalNumber;
import dev.stator.model.Item;
import dev.stator.model.expression.Condition;
import dev.stator.model.expression.ExpressionContext;
import dev.stator.model.expression.ExpressionParser;
import dev.stator.model.expression.Projection;
import dev.stator.model.expression.UpdateExpression;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;

/** Expressions of a usual size: parsed once for each request, evaluated once for each item. */
public class ExpressionBenchmark extends MicroBenchmark {
    private static final String CONDITION =
            "attribute_exists(pk) AND field0 <> :text AND (#version < :limit OR begins_with(field1, :text))";
    private static final String UPDATE =
            "SET field0 = :text, #version = #version + :one, document.tags[1] = :text REMOVE field7";
    private static final String PROJECTION = "pk, field0, #version, document.tags[0]";

    private final Item item = SampleItem.withDocument();
    private final Item key = Item.EMPTY;
    private final Condition condition = parseCondition();
    private final UpdateExpression update = parseUpdate();
    private final Projection projection = parseProjection();

    private static ExpressionContext context() {
        SequencedMap<String, String> names = new LinkedHashMap<>();
        names.put("#version", "version");
        SequencedMap<String, AttributeValue> values = new LinkedHashMap<>();
        values.put(":text", new AttributeValue.S("another text"));
        values.put(":limit", new AttributeValue.N(DecimalNumber.of(100)));
        values.put(":one", new AttributeValue.N(DecimalNumber.of(1)));
        return ExpressionContext.of(Optional.of(names), Optional.of(values));
    }

    @Benchmark
    public final Condition parseCondition() {
        return ExpressionParser.parseCondition(CONDITION, context());
    }

    @Benchmark
    public boolean evaluateCondition() {
        return condition.matches(item);
    }

    @Benchmark
    public final UpdateExpression parseUpdate() {
        return ExpressionParser.parseUpdate(UPDATE, context());
    }

    @Benchmark
    public @Nullable Item evaluateUpdate() {
        return update.apply(item, key);
    }

    @Benchmark
    public final Projection parseProjection() {
        return ExpressionParser.parseProjection(PROJECTION, context());
    }

    @Benchmark
    public Item evaluateProjection() {
        return projection.apply(item);
    }
}
