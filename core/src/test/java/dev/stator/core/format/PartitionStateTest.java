package dev.stator.core.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.stator.core.store.StoreBatch;
import dev.stator.model.codec.MalformedEncodingException;
import dev.stator.replication.Ballot;
import dev.stator.replication.NodeId;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class PartitionStateTest {
    private static final PartitionState STATE =
            new PartitionState(new Ballot(5, new NodeId(0xA, 0xB)), 0x1234);

    /** What version 1 wrote. If this test fails, stores can no longer be opened. */
    private static final String GOLDEN =
            "01"
                    + "0000000000000005"
                    + "000000000000000a"
                    + "000000000000000b"
                    + "0000000000001234";

    @Test
    void hasTheFormThatItHadInVersion1() {
        assertThat(HexFormat.of().formatHex(STATE.encode())).isEqualTo(GOLDEN);
        assertThat(PartitionState.decode(HexFormat.of().parseHex(GOLDEN))).isEqualTo(STATE);
        assertThat(STATE.encode().length).isLessThanOrEqualTo(StoreBatch.STATE_BYTES_MAX);
    }

    @Test
    void noBytesAreTheStateOfAReplicaThatHasAppliedNothing() {
        assertThat(PartitionState.decode(new byte[0])).isEqualTo(PartitionState.INITIAL);
    }

    @Test
    void aGroupWithRecordsIsWrittenInTheNewerVersion() {
        PartitionState.Records records = new PartitionState.Records(true, 300, 7, 200);
        PartitionState state =
                new PartitionState(STATE.appliedBallot(), STATE.maxDeleteMicros(), records);
        byte[] bytes = state.encode();
        assertThat(HexFormat.of().formatHex(bytes))
                .isEqualTo(
                        "02"
                                + HexFormat.of().formatHex(STATE.encode()).substring(2)
                                + "01" // Rows of its own.
                                + "ac02" // Bytes recorded.
                                + "07" // Trimmed up to this LSN,
                                + "c801"); // and these bytes.
        assertThat(PartitionState.decode(bytes)).isEqualTo(state);
        assertThat(state.records().bytes()).isEqualTo(100);
    }

    @Test
    void whatIsMalformedIsRefused() {
        byte[] bytes = STATE.encode();
        for (int length = 1; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> PartitionState.decode(cut))
                    .isInstanceOf(MalformedEncodingException.class);
        }
        assertThatThrownBy(() -> PartitionState.decode(Arrays.copyOf(bytes, bytes.length + 1)))
                .isInstanceOf(MalformedEncodingException.class);
        bytes[0] = 3;
        assertThatThrownBy(() -> PartitionState.decode(bytes))
                .isInstanceOf(MalformedEncodingException.class)
                .hasMessageContaining("version of a replica's state: 3");
    }
}
