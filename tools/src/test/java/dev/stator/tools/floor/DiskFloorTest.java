package dev.stator.tools.floor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DiskFloorTest {
    @TempDir private Path directory;

    @Test
    void countsAppendsAndLeavesNothingBehind() throws IOException {
        DiskFloor.Result result = DiskFloor.measure(directory, 4096, 1);
        assertThat(result.micros().getTotalCount()).isPositive();
        assertThat(result.appendsPerSecond()).isPositive();
        assertThat(directory).isEmptyDirectory();
    }
}
