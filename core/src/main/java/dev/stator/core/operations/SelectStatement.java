package dev.stator.core.operations;

import dev.stator.core.operations.api.RangeRead;
import dev.stator.core.operations.api.ReturnConsumedCapacity;
import dev.stator.model.Item;
import dev.stator.model.capacity.ConsumedCapacity;
import dev.stator.model.error.ApiException;
import dev.stator.model.expression.KeyAttributes;
import dev.stator.model.partiql.BoundStatement;
import dev.stator.model.partiql.Columns;
import dev.stator.model.partiql.ReadPlan;
import dev.stator.model.table.IndexEntries;
import dev.stator.model.table.SecondaryIndex;
import dev.stator.model.table.TableDescriptor;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * A SELECT: of one item where its WHERE clause is the key of one, of parts of item collections
 * where it names partition keys, else of a whole table or index (developer guide, "PartiQL select
 * statements for DynamoDB"). The parts are read one after the other, up to the bounds of one page.
 */
final class SelectStatement {
    /** Of the parts that a statement comes to; the next page goes on with the others. */
    private static final int READS_PER_PAGE_MAX = 10;

    private final BoundStatement.Select select;
    private final OperationContext context;
    private final TableReference reference;
    private final ReadTarget target;
    private final ReadPlan plan;

    private SelectStatement(
            BoundStatement.Select select,
            OperationContext context,
            TableReference reference,
            ReadTarget target) {
        this.select = select;
        this.context = context;
        this.reference = reference;
        this.target = target;
        plan = ReadPlan.of(select.where(), target.key(), select.orderBy());
    }

    /** How a page is read. */
    record Page(
            boolean consistentRead,
            Optional<NextToken> start,
            OptionalInt limit,
            ReturnConsumedCapacity returnConsumedCapacity) {}

    /**
     * Plans a SELECT; errors end the operation. Where an index may have come into being since the
     * table was looked up, the operation begins anew.
     */
    static void plan(
            BoundStatement.Select select,
            boolean consistentRead,
            OperationContext context,
            Consumer<SelectStatement> then) {
        TableReference reference = TableReference.parse(select.source().table());
        TableLookup.find(
                context,
                reference,
                table -> {
                    RangeRead read = range(select, consistentRead).build();
                    Runnable goOn =
                            () ->
                                    then.accept(
                                            new SelectStatement(
                                                    select,
                                                    context,
                                                    reference,
                                                    target(table, read)));
                    if (ReadTarget.mayBeOutdated(table, read)) {
                        context.lookAgain(table, goOn);
                    } else {
                        goOn.run();
                    }
                });
    }

    private static RangeRead.Builder range(BoundStatement.Select select, boolean consistentRead) {
        RangeRead.Builder read = new RangeRead.Builder().consistentRead(consistentRead);
        select.source().index().ifPresent(read::indexName);
        return read;
    }

    /** The words are not those of Query and Scan. */
    private static ReadTarget target(TableDescriptor table, RangeRead read) {
        if (read.indexName().isPresent()) {
            SecondaryIndex index =
                    table.schema()
                            .index(read.indexName().get())
                            .orElseThrow(() ->
                                    ApiException.validation(
                                            "The table does not have the specified index"));
            if (!KeyAttributes.of(index.keySchema()).isSimple()) {
                throw ApiException.validation(
                        "PartiQL statements cannot be executed on tables with multi-attribute HASH"
                                + " keys or multi-attribute RANGE keys.");
            }
            if (index instanceof SecondaryIndex.Global && read.consistentRead()) {
                throw ApiException.validation(
                        "Strongly consistent read is not supported on Global Secondary Indexes");
            }
        }
        return ReadTarget.of(table, read);
    }

    /** The one item that is read, where the clause says no more than its key. */
    Optional<ItemStatement> ofOneItem() {
        return target.index().isPresent()
                ? Optional.empty()
                : plan.onlyKey()
                        .map(key ->
                                ItemStatement.read(
                                        reference, target.table(), key, select.columns()));
    }

    /** Reads a page; errors end the operation. */
    void read(Page page, Consumer<StatementResult> then) {
        select.columns().ifPresent(columns -> ScalarKeys.check(target.table(), columns.paths()));
        ScalarKeys.check(target.table(), select.where());
        target.checkProjected(select.columns().map(Columns::projection));
        target.entries().ifPresent(this::checkFilter);
        NextToken start = page.start().orElse(NextToken.START);
        checkStart(start);
        new Reading(page, then).read(start);
    }

    private void checkFilter(IndexEntries entries) {
        List<String> missing = plan.missingFilterAttributes(entries::projects);
        if (!missing.isEmpty()) {
            throw Refusal.invalid(
                    "Secondary index "
                            + target.index().orElseThrow().name()
                            + " does not project one or more filter attributes: "
                            + missing);
        }
    }

    private void checkStart(NextToken start) {
        boolean isFirst = start.equals(NextToken.START);
        if (!isFirst && start.read() >= plan.reads().size()) {
            throw NextToken.invalid();
        }
        start.lastKey()
                .ifPresent(key -> {
                    StartKeys.checkSize(target, key);
                    StartKeys.checkAttributes(target.key().partition(), key);
                    StartKeys.checkAttributes(target.key().sort(), key);
                    StartKeys.checkTableKey(target.table(), key);
                });
    }

    /** One page, being read. */
    private final class Reading {
        private final Page page;
        private final Consumer<StatementResult> then;
        private final List<Item> items = new ArrayList<>();
        private int evaluated;
        private long evaluatedBytes;
        private int reads;
        private ConsumedCapacity consumed = ConsumedCapacity.none(reference.given());

        Reading(Page page, Consumer<StatementResult> then) {
            this.page = page;
            this.then = then;
        }

        void read(NextToken from) {
            if (from.read() >= plan.reads().size()) {
                finish(Optional.empty());
                return;
            }
            if (isFull() || reads == READS_PER_PAGE_MAX) {
                finish(Optional.of(from));
                return;
            }
            reads++;
            ReadPlan.Read part = plan.reads().get(from.read());
            RangeRead.Builder read = range(select, page.consistentRead());
            from.lastKey().ifPresent(read::exclusiveStartKey);
            page.limit().ifPresent(limit -> read.limit(limit - evaluated));
            ReadExpressions expressions =
                    new ReadExpressions(select.where(), select.columns().map(Columns::projection));
            new RangeAnswer(context, reference, target, read.build(), expressions)
                    .read(part.range(), plan.isForward(), result -> add(from.read(), part, result));
        }

        private boolean isFull() {
            return (page.limit().isPresent() && evaluated >= page.limit().getAsInt())
                    || evaluatedBytes >= TablePage.MAX_BYTES;
        }

        private void add(int read, ReadPlan.Read part, RangeAnswer.Result result) {
            evaluated += result.page().evaluatedCount();
            evaluatedBytes += result.page().evaluatedBytes();
            consumed = consumed.plus(result.consumed());
            for (Item item : result.page().items()) {
                items.add(select.columns().map(columns -> columns.of(item)).orElse(item));
            }
            boolean isOver = isOneItem(part) || result.page().lastKey().isEmpty();
            if (isOver) {
                read(new NextToken(read + 1, Optional.empty()));
            } else {
                finish(Optional.of(new NextToken(read, result.page().lastKey())));
            }
        }

        /** Whether there can be no second page of a part. */
        private boolean isOneItem(ReadPlan.Read part) {
            return target.index().isEmpty() && part.key().isPresent();
        }

        private void finish(Optional<NextToken> next) {
            then.accept(
                    new StatementResult(
                            items,
                            next,
                            CapacityReport.of(page.returnConsumedCapacity(), consumed)));
        }
    }
}
