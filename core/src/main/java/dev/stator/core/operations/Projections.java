package dev.stator.core.operations;

import dev.stator.core.operations.api.ExpressionAttributes;
import dev.stator.core.operations.api.ReadProjection;
import dev.stator.model.expression.ExpressionContext;
import dev.stator.model.expression.ExpressionParser;
import dev.stator.model.expression.Projection;
import dev.stator.model.expression.legacy.LegacyProjections;
import java.util.Optional;

/** Which attributes a read returns, in either form. */
final class Projections {
    private Projections() {}

    /** Checks a request whose only expression is the projection. */
    static void checkForm(ReadProjection projection, ExpressionAttributes attributes) {
        new ExpressionForm()
                .legacy("AttributesToGet", projection.attributesToGet())
                .expression("ProjectionExpression", projection.expression())
                .check(attributes);
    }

    /** Compiles the projection of a request that has no other expression. */
    static Optional<Projection> compile(
            ReadProjection projection, ExpressionAttributes attributes) {
        ExpressionContext placeholders = Placeholders.of(attributes);
        Optional<Projection> compiled = compile(projection, placeholders);
        placeholders.refuseUnused();
        return compiled;
    }

    static Optional<Projection> compile(ReadProjection projection, ExpressionContext placeholders) {
        return projection
                .expression()
                .map(text -> ExpressionParser.parseProjection(text, placeholders))
                .or(() -> projection.attributesToGet().map(LegacyProjections::of));
    }
}
