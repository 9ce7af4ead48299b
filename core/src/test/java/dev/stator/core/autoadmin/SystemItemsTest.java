package dev.stator.core.autoadmin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.stator.core.metadata.SampleTables;
import dev.stator.model.AttributeValue;
import dev.stator.model.AttributesBuilder;
import dev.stator.model.Item;
import dev.stator.model.table.TableStatus;
import org.junit.jupiter.api.Test;

class SystemItemsTest {
    private static final TableRecord RECORD =
            TableRecord.created(SampleTables.active("orders", 7, 2));

    @Test
    void aRecordIsReadAsItWasWritten() {
        assertThat(SystemItems.decodeTable(SystemItems.encode(RECORD, "1.1"))).isEqualTo(RECORD);
    }

    @Test
    void whatANewerVersionWroteIsKeptThroughChangesOfThisOne() {
        AttributesBuilder newer = new AttributesBuilder();
        SystemItems.encode(RECORD, "1.1").attributes().forEach(newer::put);
        AttributeValue added = new AttributeValue.S("a rule of a later version");
        newer.put("FromTheFuture", added);

        TableRecord read = SystemItems.decodeTable(newer.toItem());
        TableRecord changed = read.changed(read.table().withStatus(TableStatus.UPDATING));
        Item written = SystemItems.encode(changed, "1.2");

        assertThat(written.get("FromTheFuture")).isEqualTo(added);
        assertThat(SystemItems.decodeTable(written)).isEqualTo(changed);
        assertThat(SystemItems.writeId(written)).isEqualTo("1.2");
    }
}
